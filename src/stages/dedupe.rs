//! entries and page marks → groups of duplicates, each with its reason. Drops nothing.
//!
//! From sure to likely: the same bytes, the same pixels, another scan of the same sheet, the same act, the same event
//! registered again. The weaker reasons stay silent where a stronger one has named the same members.

use serde::{Deserialize, Serialize};

use crate::domain::{BookId, CheckedEntry, EntryId, PageFacts, Sha256, SlotFacts, SlotKind, Value, text};

mod act;
mod group;
mod look;
mod rescan;

pub use look::look;

/// Section `[dedupe]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Largest share of differing bits between the looks of two scans of one sheet.
    pub look_distance: f32,
    /// Slots with ink on both sides below which looks prove nothing.
    pub look_slots: usize,
    /// Least likeness of the texts of two scans of one sheet.
    pub text_likeness: f32,
    /// How many neighbours with an equal piece of a look are compared.
    pub look_neighbours: usize,
}

/// What duplicates are found by: a few hundred bytes an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where it lies.
    pub place: Place,
    /// Layout it stands on.
    pub layout: String,
    /// Its book, as the names claim it.
    pub book: BookId,
    /// Register number and year of registration, where both are known.
    pub act: Option<(u32, u16)>,
    /// Folded name of the first person and the first date after it.
    pub event: Option<String>,
    /// Pixels of the page.
    pub pixels: Sha256,
    /// Looks of slots that differ from act to act.
    pub looks: Vec<(String, u64)>,
    /// Folded texts of those slots.
    pub texts: Vec<(String, String)>,
}

/// Where a member of a group lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Another run's name; empty for this one.
    pub run: String,
    /// The file.
    pub path: String,
    /// Page in the file from 1; `None` for the whole file.
    pub page: Option<u32>,
    /// The entry; `None` for a whole file.
    pub entry: Option<EntryId>,
}

/// Why members belong together, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The same bytes lie in several places; they were read once.
    SameFile,
    /// The same picture in different files.
    SamePixels,
    /// Another scan of the same sheet.
    Rescan,
    /// Same office, register, book and number.
    SameAct,
    /// Same person and date under another number.
    SameEvent,
}

impl Why {
    /// As the outputs write it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::SameFile => "same-file",
            Self::SamePixels => "same-pixels",
            Self::Rescan => "rescan",
            Self::SameAct => "same-act",
            Self::SameEvent => "same-event",
        }
    }

    /// One Vietnamese sentence for the operator.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::SameFile => "Cùng một tệp nằm ở nhiều nơi; chỉ đọc một lần.",
            Self::SamePixels => "Cùng một ảnh được lưu thành nhiều tệp.",
            Self::Rescan => "Có vẻ cùng một trang sổ được quét nhiều lần.",
            Self::SameAct => "Trùng nơi đăng ký, loại sổ, quyển số và số đăng ký.",
            Self::SameEvent => "Trùng họ tên và ngày sinh: có thể là đăng ký lại.",
        }
    }
}

/// Members that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Why.
    pub why: Why,
    /// Sorted; at least two.
    pub members: Vec<Place>,
}

/// Key of the registration date in every import layout: an act is unique by number and this date's year only.
const REGISTRATION_DATE: &str = "ngayDangKy";

/// The mark of one entry.
#[must_use]
pub fn mark(place: Place, book: BookId, checked: &CheckedEntry, facts: &PageFacts) -> Mark {
    let entry = &checked.entry;
    let telling: Vec<_> = entry.fields.iter().filter(|field| differs_from_act_to_act(field.kind)).collect();
    let slots = facts.sheets.iter().filter(|sheet| sheet.part == entry.id.part).flat_map(|sheet| &sheet.slots);
    let of_entry = |slot: &&SlotFacts| slot.ordinal == entry.id.ordinal && telling.iter().any(|f| f.slot == slot.key);
    Mark {
        layout: entry.layout.clone(),
        act: act::number(entry).zip(entry.field(REGISTRATION_DATE).and_then(act::year)),
        event: act::event(entry),
        pixels: facts.pixels,
        looks: slots.filter(of_entry).filter_map(|slot| Some((slot.key.clone(), slot.look?))).collect(),
        texts: telling
            .iter()
            .filter(|field| !matches!(field.value, Value::Nothing { .. }))
            .map(|field| (field.key.clone(), text::fold(&field.value.text())))
            .collect(),
        place,
        book,
    }
}

/// All groups among the marks and the files that lie in several places; sorted.
#[must_use]
pub fn groups(same_files: Vec<Vec<Place>>, marks: &[Mark], config: &Config) -> Vec<Group> {
    let mut groups: Vec<Group> = same_files.into_iter().map(|members| Group { why: Why::SameFile, members }).collect();
    for (why, pairs) in [
        (Why::SamePixels, act::pairs(marks, act::pixels_key, act::on_other_pages)),
        (Why::Rescan, rescan::pairs(marks, config)),
        (Why::SameAct, act::pairs(marks, act::act_key, act::any_two)),
        (Why::SameEvent, act::pairs(marks, act::event_key, act::any_two)),
    ] {
        group::add(&mut groups, why, group::join(marks, &pairs));
    }
    groups.sort_by(|a, b| (a.why, &a.members).cmp(&(b.why, &b.members)));
    groups
}

/// "Kinh", "Việt Nam" and the signer are the same on every page of a book and tell nothing.
fn differs_from_act_to_act(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::PersonName | SlotKind::Date | SlotKind::RegisterNumber | SlotKind::IdNumber | SlotKind::DateWords
    )
}

#[cfg(test)]
mod tests;
