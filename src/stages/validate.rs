//! `DraftEntry` → `CheckedEntry`: all that looks wrong. Cannot fail, drops nothing.

mod book;
mod config;
mod entry;
mod facts;
mod rule;
#[cfg(test)]
mod samples;
mod table;

pub use config::Config;
pub use rule::{BookRule, EntryRule, RuleCard};
pub use table::{cards, markdown};

use crate::domain::{BookId, CheckedEntry, DraftEntry, EntryId, Finding};
use facts::Facts;

/// Runs every rule on one entry; proposals are put beside the values, never in their place.
#[must_use]
pub fn validate(mut entry: DraftEntry, config: &Config) -> CheckedEntry {
    let mut findings = Vec::new();
    let mut proposals = Vec::new();
    for rule in entry::RULES {
        for hit in (rule.check)(&Facts::of(&entry), config) {
            proposals.extend(hit.proposal.clone());
            findings.push(rule.card.finding(&hit));
        }
    }
    for (key, text) in proposals {
        if let Some(field) = entry.fields.iter_mut().find(|f| f.key == key) {
            field.proposal.get_or_insert(text);
        }
    }
    CheckedEntry { entry, findings }
}

/// Runs the book-wide rules (gaps, repeats, order) on the entries of one book.
#[must_use]
pub fn check_book(book: &BookId, entries: &[&CheckedEntry], config: &Config) -> Vec<(EntryId, Finding)> {
    let acts = book::acts(book, entries);
    let hits = |rule: &BookRule| -> Vec<(EntryId, Finding)> {
        (rule.check)(&acts, config).into_iter().map(|(id, hit)| (id, rule.card.finding(&hit))).collect()
    };
    book::RULES.iter().flat_map(hits).collect()
}
