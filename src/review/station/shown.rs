//! What several pages show of a field: its picture, its neighbours, who answers for it, what may be done with it.

use sohoa_http::encode;

use super::change::said_in_words;
use super::decide::Loaded;
use super::{Station, Visit, Work};
use crate::domain::settlement::Source;
use crate::domain::{EntryId, PageSpace, Rect, SlotKind, Step};
use crate::review::desk::{Known, Stand};
use crate::review::names::field_name;
use crate::review::pages::{Head, Neighbour, Picture};
use crate::review::words::{self, Language};

/// Around the slot, sheet pixels: the label to the left, half a line above and below.
const BESIDE: i64 = 220;
const AROUND: i64 = 34;

/// Where the browser gets an entry's sheet.
pub(super) fn sheet_address(entry: EntryId) -> String {
    format!("/sheet/{}-{}.jpg", entry.page, entry.part)
}

/// A slot with its surroundings.
fn picture(sheet: String, slot: Rect<PageSpace>, (width, height): (u32, u32)) -> Picture {
    let (left, top) = (slot.left as i64, slot.top as i64);
    let size = ((slot.right - slot.left) as i64, (slot.bottom - slot.top) as i64);
    let (x, y) = ((left - BESIDE).max(0), (top - AROUND).max(0));
    let right = (left + size.0 + BESIDE).min(i64::from(width));
    let bottom = (top + size.1 + AROUND).min(i64::from(height));
    let view = (x, y, (right - x).max(1), (bottom - y).max(1));
    Picture { sheet, width, height, slot: (left, top, size.0, size.1), view }
}

impl Loaded {
    /// The picture of the field, unless the cleaned page is gone.
    pub(super) fn picture(&self) -> Option<Picture> {
        let sheet = sheet_address(self.checked.entry.id);
        self.view().place(&self.facts).map(|(slot, size)| picture(sheet, slot, size))
    }
}

impl Station {
    /// What the pages of one field share; `seen` is the last line about it.
    pub(super) fn head(&self, visit: &Visit<'_>, work: &Work, loaded: &Loaded, (book, seen): (&str, u64)) -> Head {
        let (field, entry, l) = (loaded.field(), loaded.checked.entry.id, visit.frame.l);
        Head {
            item: format!("{entry}.{}", field.key),
            entry: entry.to_string(),
            seen,
            name: field_name(&field.key, l),
            kind: words::kind(field.kind, l),
            book: book.to_owned(),
            picture: loaded.picture(),
            neighbours: neighbours(work, loaded, l),
            suggestions: self.suggestions(work, loaded, book),
            confirmed: work.desk.is_confirmed(book),
            notice: said_in_words(visit.request.query.get("said"), l),
        }
    }
}

/// Whether a field waits for a person who must not see what was read or decided before.
pub(super) fn must_stay_hidden(work: &Work, entry: EntryId, key: &str) -> bool {
    work.desk.stand_of(&format!("{entry}.{key}")) == Some(Stand::Open(Step::Second))
}

/// A field's value as it stands; hidden where somebody is still to decide it blind.
pub(super) fn value_in_words(work: &Work, loaded: &Loaded, at: usize, l: Language) -> String {
    let field = &loaded.settled.checked.entry.fields[at];
    match loaded.settled.sources[at] {
        Source::People(_) => words::decided(&field.value, l),
        Source::Nobody if must_stay_hidden(work, loaded.checked.entry.id, &field.key) => "…".to_owned(),
        Source::Machine | Source::Nobody => field.value.text(),
    }
}

/// The other fields of the entry; the field's own value is left out, because it would tell a blind key what was read.
fn neighbours(work: &Work, loaded: &Loaded, l: Language) -> Vec<Neighbour> {
    let fields = loaded.settled.checked.entry.fields.iter().enumerate().zip(&loaded.settled.sources);
    fields
        .filter(|((_, field), _)| field.kind != SlotKind::Signature)
        .map(|((at, field), source)| {
            let class = if at == loaded.at { "now" } else { class(source) };
            let text = if at == loaded.at { "…".to_owned() } else { value_in_words(work, loaded, at, l) };
            Neighbour { name: field_name(&field.key, l), text, class }
        })
        .collect()
}

/// What may be done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It waits in the queue: a change elsewhere would go around the second key.
    Decide,
    /// It is settled, was accepted, or nobody is asked about its entry: it can be changed.
    Edit,
}

impl Way {
    /// Where it is done.
    pub(super) fn address(self, known: &Known, key: &str) -> String {
        let item = encode(&format!("{}.{key}", known.id));
        match self {
            Self::Decide => format!("/decide?item={item}"),
            Self::Edit => format!("/edit?item={item}"),
        }
    }
}

/// What may be done with a field; a drawn one may be changed, or the draw would show.
pub(super) fn way(work: &Work, known: &Known, key: &str) -> Way {
    let item = format!("{}.{key}", known.id);
    let open = matches!(work.desk.stand_of(&item), Some(Stand::Open(_))) && !work.desk.is_sample(&item);
    if open && work.desk.fate(known.id).is_asked() { Way::Decide } else { Way::Edit }
}

/// The CSS class that tells who answers for a value.
pub(super) fn class(source: &Source) -> &'static str {
    match source {
        Source::Machine => "",
        Source::People(_) => "done",
        Source::Nobody => "open",
    }
}

/// Who answers for a value, in words; `nobody` where a person is still to decide.
pub(super) fn by(source: &Source, nobody: &str, l: Language) -> String {
    match source {
        Source::Machine => l.pick("máy", "machine").to_owned(),
        Source::People(who) => who.join(", "),
        Source::Nobody => nobody.to_owned(),
    }
}
