//! Files: which bytes lie where, and which could not be opened.

use std::path::Path;

use rusqlite::{Row, params};

use super::{Store, StoreError};
use crate::domain::{Aside, BookHint, Sha256};

/// A path as text that no two paths share.
#[must_use]
pub fn path_text(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    path.to_str().map_or_else(|| bytes.escape_ascii().to_string(), str::to_owned)
}

impl Store {
    /// Notes that a file was opened, where it lies and how many pages it has.
    pub fn note_file(&self, path: &Path, sha256: Sha256, pages: u32, hint: &BookHint) -> Result<(), StoreError> {
        let (path, sha256) = (path_text(path), sha256.to_string());
        let mut db = self.db();
        let change = db.transaction()?;
        change.execute(
            "INSERT INTO file (sha256, pages) VALUES (?1, ?2) ON CONFLICT (sha256) DO UPDATE SET pages = ?2",
            params![sha256, pages],
        )?;
        change.execute(
            "INSERT INTO source (path, sha256, claims) VALUES (?1, ?2, ?3)
             ON CONFLICT (path) DO UPDATE SET sha256 = ?2, claims = ?3",
            params![path, sha256, claims(hint) as i64],
        )?;
        change.execute("DELETE FROM file_aside WHERE path = ?1", [path])?;
        Ok(change.commit()?)
    }

    /// Notes that a file could not be opened.
    pub fn set_file_aside(&self, path: &Path, aside: &Aside) -> Result<(), StoreError> {
        let path = path_text(path);
        let mut db = self.db();
        let change = db.transaction()?;
        change.execute("DELETE FROM source WHERE path = ?1", [&path])?;
        change.execute(
            "INSERT OR REPLACE INTO file_aside (path, stage, reason, cure) VALUES (?1, ?2, ?3, ?4)",
            params![path, aside.stage, aside.reason, aside.cure],
        )?;
        Ok(change.commit()?)
    }

    /// Files that could not be opened, by path.
    pub fn files_aside(&self) -> Result<Vec<(String, Aside)>, StoreError> {
        let db = self.db();
        let mut query = db.prepare("SELECT path, stage, reason, cure FROM file_aside ORDER BY path")?;
        let aside = |row: &Row<'_>| {
            Ok((row.get(0)?, Aside { stage: row.get(1)?, reason: row.get(2)?, cure: row.get(3)?, tried: None }))
        };
        Ok(query.query_map([], aside)?.collect::<Result<_, _>>()?)
    }

    /// The paths of one file's bytes, sorted.
    pub fn paths(&self, sha256: Sha256) -> Result<Vec<String>, StoreError> {
        let db = self.db();
        let mut query = db.prepare_cached("SELECT path FROM source WHERE sha256 = ?1 ORDER BY path")?;
        Ok(query.query_map([sha256.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Bytes that lie in more than one place, with the places; by first place.
    pub fn same_files(&self) -> Result<Vec<(Sha256, Vec<String>)>, StoreError> {
        let hashes: Vec<String> = {
            let db = self.db();
            let mut query =
                db.prepare("SELECT sha256 FROM source GROUP BY sha256 HAVING count(*) > 1 ORDER BY min(path)")?;
            query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        hashes.iter().map(|hex| parse_hash(hex).and_then(|hash| Ok((hash, self.paths(hash)?)))).collect()
    }
}

/// How many things a name claims. A copy called "scan (2)" must not stand for the well-named original.
#[must_use]
pub fn claims(hint: &BookHint) -> usize {
    let BookHint { office, register, year, book, date, number } = hint;
    usize::from(register.is_some())
        + [office, year, book, date, number].into_iter().filter(|claim| claim.is_some()).count()
}

/// A hash that this program wrote.
pub(super) fn parse_hash(hex: &str) -> Result<Sha256, StoreError> {
    hex.parse().map_err(|error: String| StoreError::Row(serde::de::Error::custom(error)))
}
