//! What an officer confirms with a book, and whether that confirmation still stands.

use sha2::{Digest, Sha256};

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
    let (mut entries, mut hash) = (0, Sha256::new());
    store.each_entry(book, |stored| {
        let after = standing(store, stored.checked, config)?;
        let entry = after.checked.entry;
        // entries like any other hash as they always did: old confirmations stand
        if after.fate != Fate::Kept {
            hash.update(serde_json::to_string(&(entry.id, &after.fate))?);
            hash.update("\n");
        }
        for field in &entry.fields {
            let cells = (entry.id, &field.key, &field.as_written, &field.value);
            hash.update(serde_json::to_string(&cells)?);
            hash.update("\n");
        }
        entries += 1;
        Ok::<_, StoreError>(())
    })?;
    let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Content { entries, hash })
}

/// All confirmations, in order of time.
pub fn confirmations(store: &Store) -> Result<Vec<Confirmation>, StoreError> {
    let confirmation = |kept: crate::store::Kept| match kept.line {
        AuditLine::Confirmation(confirmation) => Some(confirmation),
        AuditLine::Decision(_)
        | AuditLine::Account(_)
        | AuditLine::Fate(_)
        | AuditLine::Training(_)
        | AuditLine::Split(_)
        | AuditLine::Layout(_) => None,
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
