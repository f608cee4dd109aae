//! What is offered while a person types: closed lists, and what people settled in this book before.

use super::decide::Loaded;
use super::{Station, Work};
use crate::domain::SlotKind;
use crate::lists::{self, ClosedList};

/// More than anybody looks through; typing narrows them down.
const MOST: usize = 300;

impl Station {
    /// The book's own values first, the most frequent of them at the top; then the closed list.
    pub(super) fn suggestions(&self, work: &Work, loaded: &Loaded, book: &str) -> Vec<String> {
        let field = loaded.field();
        let own = format!("{}.{}", loaded.checked.entry.id, field.key);
        // what was decided about this very field would end the blindness of a second key
        let mut all = if repeats(field.kind) { work.desk.settled_texts(book, field.kind, &own) } else { Vec::new() };
        for member in lists::of_kind(field.kind).map(ClosedList::members).unwrap_or_default() {
            if !all.iter().any(|text| text == member.text) {
                all.push(member.text.to_owned());
            }
        }
        all.truncate(MOST);
        all
    }
}

/// Kinds whose values come again in a book; offering somebody else's number or date would only invite slips.
fn repeats(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::PersonName
            | SlotKind::Sex
            | SlotKind::EthnicGroup
            | SlotKind::Country
            | SlotKind::Place
            | SlotKind::Relation
            | SlotKind::Signer
            | SlotKind::MaritalStatus
            | SlotKind::Purpose
            | SlotKind::CauseOfDeath
            | SlotKind::RegisterType
    )
}
