//! Entries that the importer sent back: which of their fields a person should look at again.

use super::Config;
use super::item::{Cause, Item, book_name};
use super::names::field_name;
use super::words::Language;
use crate::domain::text::fold;
use crate::domain::{BookId, CheckedEntry, DraftEntry, Field, SlotKind, Verdict};
use crate::outputs::queue::reason_id;
use crate::store::RefusedEntry;

/// Id of the reason, beside those of triage.
pub const RETURNED: &str = "returned";

/// What the importer said of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Its words.
    pub words: String,
    /// Decisions up to this line of the audit had been made when it answered: they answer nothing.
    pub after: u64,
}

/// The fields of a returned entry that a person should look at: those that the importer's words name, else the required
/// ones.
#[must_use]
pub fn items_of(
    checked: &CheckedEntry,
    verdict: &Verdict,
    book: &BookId,
    result: i64,
    config: &Config,
    refused: &RefusedEntry,
) -> Vec<Item> {
    let entry = &checked.entry;
    let pairs = entry.fields.iter().zip(&verdict.fields);
    let meant: Vec<&Field> = meant(&refused.reason, entry);
    let asked = pairs.filter(|(field, _)| meant.iter().any(|m| m.key == field.key));
    asked
        .map(|(field, to)| Item {
            entry: entry.id,
            key: field.key.clone(),
            slot: field.slot.clone(),
            kind: field.kind,
            book: book_name(book),
            reasons: std::iter::once(RETURNED.to_owned()).chain(to.queued.iter().map(reason_id)).collect(),
            cause: Cause::Returned,
            // before all that was never handed over: somebody waits for these
            weight: 2.0 * config.required_weight,
            result,
            text: field.value.text(),
            returned: Some(Returned { words: refused.reason.clone(), after: refused.after }),
        })
        .collect()
}

fn meant<'a>(words: &str, entry: &'a DraftEntry) -> Vec<&'a Field> {
    let fields = || entry.fields.iter().filter(|field| field.kind != SlotKind::Signature);
    let said = format!(" {} ", fold(words));
    let says = |phrase: &str| said.contains(&format!(" {phrase} "));
    let named =
        |field: &&Field| says(&fold(&field.key)) || by_name(&field_name(&field.key, Language::Vietnamese), &says);
    // "ngày sinh mẹ" means the mother's alone, "ngày sinh" everybody's
    let people: Vec<String> = fields().filter_map(|field| person(&field.key)).filter(|who| says(who)).collect();
    let found: Vec<&Field> = fields()
        .filter(named)
        .filter(|field| people.is_empty() || person(&field.key).is_none_or(|who| people.contains(&who)))
        .collect();
    if found.is_empty() { fields().filter(|field| field.required).collect() } else { found }
}

/// Whether the name of a field stands in the words: "Họ tên – mẹ" by "họ tên" or "tên".
fn by_name(name: &str, says: &impl Fn(&str) -> bool) -> bool {
    let noun = fold(name.split(" – ").next().unwrap_or_default());
    says(&noun) || (noun == "ho ten" && says("ten"))
}

/// Whose field it is, folded: "me", "chong"; none for fields of the act.
fn person(key: &str) -> Option<String> {
    let name = field_name(key, Language::Vietnamese);
    name.split_once(" – ").map(|(_, who)| fold(who))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Confidence, EntryId, Ink, PageId, Register, Sha256, Value};

    fn entry() -> DraftEntry {
        let field = |key: &str| Field {
            key: key.to_owned(),
            kind: SlotKind::FreeText,
            slot: key.to_owned(),
            required: key == "so" || key.ends_with("HoTen"),
            ink: Ink::Written,
            as_written: "x".into(),
            value: Value::Text { text: "x".into() },
            confidence: Confidence::FULL,
            proposal: None,
            reading: None,
            place: Vec::new(),
        };
        let keys = ["so", "ngayDangKy", "nksHoTen", "nksNgaySinh", "meHoTen", "meNgaySinh", "chaHoTen", "ghiChu"];
        DraftEntry {
            id: EntryId { page: PageId { file: Sha256([1; 32]), index: 0 }, part: 0, ordinal: 0 },
            layout: "ks-2006".into(),
            register: Register::Ks,
            hint: crate::domain::BookHint::default(),
            fields: keys.map(field).into(),
        }
    }

    fn asked(words: &str) -> String {
        meant(words, &entry()).iter().map(|field| field.key.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_fields_that_the_importer_names_come_back() {
        assert_eq!(asked("Sai tên mẹ"), "meHoTen");
        assert_eq!(asked("Lỗi cột nksNgaySinh: sai định dạng"), "nksNgaySinh");
        assert_eq!(asked("Ngày sinh không hợp lệ"), "nksNgaySinh meNgaySinh");
        assert_eq!(asked("Ngày đăng ký sai, ghi chú quá dài"), "ngayDangKy ghiChu");
    }

    #[test]
    fn words_that_name_no_field_bring_the_required_ones() {
        for words in ["", "Bản ghi bị trùng", "Lỗi hệ thống 500"] {
            assert_eq!(asked(words), "so nksHoTen meHoTen chaHoTen", "{words}");
        }
    }
}
