//! `DraftEntry` → `CheckedEntry`: all that looks wrong. Cannot fail, drops nothing.

use serde::Deserialize;

use crate::domain::{BookId, CheckedEntry, DraftEntry, EntryId, Finding};

/// Section `[validate]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// Runs every rule on one entry.
#[must_use]
pub fn validate(entry: DraftEntry, config: &Config) -> CheckedEntry {
    let _ = config;
    CheckedEntry { entry, findings: Vec::new() }
}

/// Runs the book-wide rules (gaps, repeats, order) on the entries of one book.
#[must_use]
pub fn check_book(book: &BookId, entries: &[&CheckedEntry], config: &Config) -> Vec<(EntryId, Finding)> {
    let _ = (book, entries, config);
    Vec::new()
}
