//! What an officer confirms with a book, and whether that confirmation still stands.

use sohoa_chain::hash_of;

use crate::config::Config;
use crate::domain::{AuditLine, BookId, Confirmation, Fate};
use crate::standing::standing;
use crate::store::{Store, StoreError};

/// All that is confirmed with a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// How many entries.
    pub entries: usize,
    /// Hash of every field as it stands, in the book's order.
    pub hash: String,
}

/// Where a book stands with the officer.
#[derive(Debug, Clone, PartialEq)]
pub enum Confirmed {
    /// As it is now.
    Stands(Confirmation),
    /// Something changed since.
    Changed(Confirmation),
    /// Nobody did yet.
    Never,
}

/// What is confirmed with a book as it is now.
pub fn content(store: &Store, book: &BookId, config: &Config) -> Result<Content, StoreError> {
    let entries = store.book_entries(book)?;
    let mut content = String::new();
    for stored in &entries {
        let after = standing(store, stored.checked.clone(), config)?;
        let entry = after.checked.entry;
        // entries like any other hash as they always did: old confirmations stand
        if after.fate != Fate::Kept {
            content.push_str(&serde_json::to_string(&(entry.id, &after.fate))?);
            content.push('\n');
        }
        for field in &entry.fields {
            let cells = (entry.id, &field.key, &field.as_written, &field.value);
            content.push_str(&serde_json::to_string(&cells)?);
            content.push('\n');
        }
    }
    Ok(Content { entries: entries.len(), hash: hash_of(&content) })
}

/// All confirmations, in order of time.
pub fn confirmations(store: &Store) -> Result<Vec<Confirmation>, StoreError> {
    let confirmation = |kept: crate::store::Kept| match kept.line {
        AuditLine::Confirmation(confirmation) => Some(confirmation),
        AuditLine::Decision(_) | AuditLine::Account(_) | AuditLine::Fate(_) | AuditLine::Training(_) => None,
    };
    Ok(store.audit_after(0)?.into_iter().filter_map(confirmation).collect())
}

/// Whether the officer's last word about a book, of all there are, is about the book as it is now.
pub fn confirmed(store: &Store, all: &[Confirmation], book: &BookId, config: &Config) -> Result<Confirmed, StoreError> {
    let Some(last) = all.iter().rev().find(|confirmation| confirmation.book == *book) else {
        return Ok(Confirmed::Never);
    };
    let stands = content(store, book, config)?.hash == last.content;
    Ok(if stands { Confirmed::Stands(last.clone()) } else { Confirmed::Changed(last.clone()) })
}
