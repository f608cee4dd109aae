//! What waits for people: one item a field.

use sohoa_chain::hash_of;

use super::Config;
use super::returned::Returned;
use crate::domain::{BookId, CheckedEntry, EntryId, Field, Ink, SlotKind, Value, Verdict};
use crate::outputs::queue::{kind_id, reason_id};

/// Why an item is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Triage queued it.
    Queued,
    /// Accepted, and drawn for a look.
    Sample,
    /// The importer sent its entry back.
    Returned,
    /// A file that people typed earlier says something else.
    Typed,
    /// Accepted and not drawn: nobody is asked, unless people bring something up about it.
    Accepted,
}

/// Id of the reason why an accepted field is asked after all, beside those of triage.
pub const BROUGHT_UP: &str = "brought-up";

/// One field that waits.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its entry.
    pub entry: EntryId,
    /// Import key.
    pub key: String,
    /// Slot it stands in.
    pub slot: String,
    /// Kind.
    pub kind: SlotKind,
    /// The book, as the filter names it.
    pub book: String,
    /// Ids of the reasons, rules with their names.
    pub reasons: Vec<String>,
    /// Why it is shown.
    pub cause: Cause,
    /// Expected error × importance.
    pub weight: f32,
    /// Row of the result it stands in.
    pub result: i64,
    /// The machine's value, for deciding many alike.
    pub text: String,
    /// What the importer said, where it sent the entry back.
    pub returned: Option<Returned>,
}

impl Item {
    /// Last line of the audit that does not count for it.
    #[must_use]
    pub fn after(&self) -> u64 {
        self.returned.as_ref().map_or(0, |returned| returned.after)
    }

    /// Whether it is asked about only because it was drawn, and must not stand out.
    #[must_use]
    pub fn is_unmarked(&self) -> bool {
        self.cause == Cause::Sample && self.reasons.is_empty()
    }

    /// Its name in addresses: hex digits and the import key, nothing personal.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.entry, self.key)
    }
}

/// A book as one word: `xa_x.KS.2008.01`.
#[must_use]
pub fn book_name(book: &BookId) -> String {
    [&book.office, book.register.code(), &book.year, &book.number]
        .map(|part| if part.is_empty() { "-" } else { part })
        .join(".")
}

/// The items of one entry.
#[must_use]
pub fn items_of(checked: &CheckedEntry, verdict: &Verdict, book: &BookId, result: i64, config: &Config) -> Vec<Item> {
    let entry = &checked.entry;
    let pairs = entry.fields.iter().zip(&verdict.fields);
    let item = |(field, to): (&Field, &crate::domain::VerdictedField)| {
        let (cause, weight) = match (to.queued.is_empty(), drawn(entry.id, field, config)) {
            (false, _) => (Cause::Queued, weight(field, config)),
            (true, Some(weight)) => (Cause::Sample, weight),
            // once asked it comes among the first: somebody has just been at its entry
            (true, None) if field.kind != SlotKind::Signature => (Cause::Accepted, config.required_weight),
            (true, None) => return None,
        };
        let reasons = match cause {
            Cause::Accepted => vec![BROUGHT_UP.to_owned()],
            Cause::Queued | Cause::Sample | Cause::Returned | Cause::Typed => to.queued.iter().map(reason_id).collect(),
        };
        Some(Item {
            entry: entry.id,
            key: field.key.clone(),
            slot: field.slot.clone(),
            kind: field.kind,
            book: book_name(book),
            reasons,
            cause,
            weight,
            result,
            text: field.value.text(),
            returned: None,
        })
    };
    pairs.filter_map(item).collect()
}

fn weight(field: &Field, config: &Config) -> f32 {
    let importance = if field.required { config.required_weight } else { 1.0 };
    // a blank that should not be, or a struck-out field, has nothing to be sure of
    let doubt = match (&field.value, field.ink) {
        (Value::Nothing { .. } | Value::Unparsed { .. }, _)
        | (_, Ink::Blank | Ink::StruckOut | Ink::Corrected | Ink::Illegible) => 1.0,
        (_, Ink::Written | Ink::RunsOver) => 1.0 - field.confidence.get(),
    };
    doubt * importance
}

/// The draw depends on seed, entry and key alone: the same fields in every run, and nobody can choose them.
///
/// A drawn field gets a weight by lot, so that it comes anywhere in the queue and not at its end, where nobody gets.
fn drawn(entry: EntryId, field: &Field, config: &Config) -> Option<f32> {
    if !field.ink.is_writing() || field.kind == SlotKind::Signature {
        return None;
    }
    let digest = hash_of(&format!("{}\n{entry}\n{}", config.sample_seed, field.key));
    let lot = |digits: &str| u32::from_str_radix(digits, 16).map_or(1.0, |lot| lot as f32 / u32::MAX as f32);
    (lot(&digest[..8]) < config.sample_share).then(|| lot(&digest[8..16]) * config.required_weight)
}

/// The kind that addresses write so.
#[must_use]
pub fn kind_of_word(word: &str) -> Option<SlotKind> {
    serde_json::from_value(word.into()).ok()
}

/// A kind as addresses write it.
#[must_use]
pub fn kind_word(kind: SlotKind) -> String {
    kind_id(kind)
}
