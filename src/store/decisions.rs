//! The audit: lines are added at the end, read, and proved; never changed.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use sohoa_chain::{Broken, Head, Line};

use super::{Store, StoreError};
use crate::domain::{AuditLine, Decision, DraftEntry, EntryId, EntrySplit, Fate, Layouts, PageId};

/// A line with its number in the audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// From 1.
    pub number: u64,
    /// What it says.
    pub line: AuditLine,
}

/// What a decision goes on from: another person's decision in between must not be overwritten unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nobody decided this field yet, or the last line about it has this number.
    Last(u64),
    /// Goes on from whatever stands there.
    Anything,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is in the audit under this number.
    Line(u64),
    /// Somebody was faster: the last line about the field has this number.
    Overtaken(u64),
}

impl Store {
    /// Adds a line; once this returns it survives a power cut.
    pub fn add_line(&self, line: &AuditLine) -> Result<u64, StoreError> {
        match self.add_lines(&[(line, Expected::Anything)])?.first() {
            Some(Added::Line(number) | Added::Overtaken(number)) => Ok(*number),
            None => Ok(0),
        }
    }

    /// Adds several lines in one transaction, those that were not overtaken.
    pub fn add_lines(&self, lines: &[(&AuditLine, Expected)]) -> Result<Vec<Added>, StoreError> {
        let mut db = self.db();
        // another process may add lines too: the head is read under the write lock
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut head = head(&change)?;
        let mut added = Vec::with_capacity(lines.len());
        for (line, expected) in lines {
            if let Some(last) = overtaken(&change, line, *expected)? {
                added.push(Added::Overtaken(last));
                continue;
            }
            head = append(&change, &head, line)?;
            added.push(Added::Line(head.number));
        }
        change.commit()?;
        Ok(added)
    }

    /// Adds one more entry to a page as it was read, with the line that tells who found it: both or nothing.
    pub fn add_split(&self, split: &EntrySplit, result: i64) -> Result<Added, StoreError> {
        let (mut db, line) = (self.db(), AuditLine::Split(split.clone()));
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(last) = overtaken(&change, &line, Expected::Last(0))? {
            return Ok(Added::Overtaken(last));
        }
        let head = append(&change, &head(&change)?, &line)?;
        add_splits(&change, split.entry.page, result)?;
        change.commit()?;
        Ok(Added::Line(head.number))
    }

    /// The decisions on one entry as it was read, in order of time, and what becomes of the whole of it. Keyed by file,
    /// page and place: another reading of the page keeps them, another layout of the page does not.
    pub fn said_of(&self, entry: &DraftEntry) -> Result<(Vec<Decision>, Fate), StoreError> {
        let (lines, id) = (self.audit_on(entry.id.page)?, entry.id);
        let (mut decisions, mut fate) = (Vec::new(), Fate::Kept);
        let layouts = layouts_of(&lines);
        for Kept { number, line } in lines {
            match line {
                AuditLine::Decision(made) if made.entry == id && layouts.is_about(number, id.part, &entry.layout) => {
                    decisions.push(made);
                }
                AuditLine::Fate(said) if said.entry == id => fate = said.fate,
                _ => {}
            }
        }
        let waits = layouts.waits(id.part, &entry.layout);
        Ok((decisions, if waits && fate.is_asked() { Fate::Reread } else { fate }))
    }

    /// The layout that people said a page has; nothing for the one that the program finds.
    pub fn wanted_layout(&self, page: PageId) -> Result<Option<String>, StoreError> {
        Ok(layouts_of(&self.audit_on(page)?).wanted().map(str::to_owned))
    }

    /// The entries that people said go on with this one, in order of page and place.
    pub fn parts_of(&self, entry: EntryId) -> Result<Vec<EntryId>, StoreError> {
        let lines: Vec<String> = {
            let db = self.db();
            if !has_audit(&db)? {
                return Ok(Vec::new());
            }
            let mut query = db.prepare_cached(
                "SELECT body FROM audit WHERE body ->> '$.of' = ?1 AND body ->> '$.fate' = 'part-of' ORDER BY number",
            )?;
            query.query_map([entry.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        let mut parts = BTreeSet::new();
        for line in lines {
            let AuditLine::Fate(said) = serde_json::from_str(&line)? else { continue };
            // it may have been taken back, or joined elsewhere since
            let last = self.audit_on(said.entry.page)?.into_iter().rev().find_map(|kept| match kept.line {
                AuditLine::Fate(last) if last.entry == said.entry => Some(last.fate),
                _ => None,
            });
            if last == Some(said.fate) {
                parts.insert(said.entry);
            }
        }
        Ok(parts.into_iter().collect())
    }

    /// The lines about all entries of a page, in order of time.
    pub fn audit_on(&self, page: PageId) -> Result<Vec<Kept>, StoreError> {
        audit_on(&self.db(), page)
    }

    /// All lines after a number, in order.
    pub fn audit_after(&self, number: u64) -> Result<Vec<Kept>, StoreError> {
        let lines = self.lines_after(number)?;
        lines
            .into_iter()
            .map(|line| Ok(Kept { number: line.number, line: serde_json::from_str(&line.body)? }))
            .collect()
    }

    /// Proves the chain: its head, or the first line that is not as it was written.
    pub fn verify_audit(&self) -> Result<Result<Head, Broken>, StoreError> {
        Ok(sohoa_chain::verify(&self.lines_after(0)?))
    }

    /// The lines about one entry as they are kept, with their hashes.
    pub fn history(&self, entry: EntryId) -> Result<Vec<Line>, StoreError> {
        let about = |line: &Line| match serde_json::from_str(&line.body) {
            Ok(AuditLine::Decision(decision)) => decision.entry == entry,
            Ok(AuditLine::Fate(said)) => said.entry == entry,
            Ok(AuditLine::Split(split)) => split.entry == entry || split.of == entry,
            Ok(AuditLine::Layout(change)) => change.entry.page == entry.page,
            _ => false,
        };
        Ok(self.lines_after(0)?.into_iter().filter(about).collect())
    }

    fn lines_after(&self, number: u64) -> Result<Vec<Line>, StoreError> {
        let db = self.db();
        if !has_audit(&db)? {
            return Ok(Vec::new());
        }
        let mut query =
            db.prepare_cached("SELECT number, previous, body, hash FROM audit WHERE number > ?1 ORDER BY number")?;
        Ok(query.query_map([number.cast_signed()], line)?.collect::<Result<_, _>>()?)
    }
}

fn append(change: &Connection, head: &Head, line: &AuditLine) -> Result<Head, StoreError> {
    let next = head.next(serde_json::to_string(line)?);
    change
        .prepare_cached("INSERT INTO audit (number, previous, body, hash) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![next.number.cast_signed(), next.previous, next.body, next.hash])?;
    Ok(Head { number: next.number, hash: next.hash })
}

fn audit_on(db: &Connection, page: PageId) -> Result<Vec<Kept>, StoreError> {
    if !has_audit(db)? {
        return Ok(Vec::new());
    }
    let mut query = db.prepare_cached("SELECT number, body FROM audit WHERE file = ?1 AND idx = ?2 ORDER BY number")?;
    let lines = query.query_map(params![page.file.to_string(), page.index], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let kept =
        |(number, body): (i64, String)| Ok(Kept { number: number.cast_unsigned(), line: serde_json::from_str(&body)? });
    lines.map(|line| kept(line?)).collect()
}

/// What was said about the layout of the page that these lines are about.
fn layouts_of(lines: &[Kept]) -> Layouts {
    let mut layouts = Layouts::default();
    for kept in lines {
        if let AuditLine::Layout(change) = &kept.line {
            layouts.push(kept.number, change.clone());
        }
    }
    layouts
}

/// Puts the entries that people found on a page into a result of it that lacks them.
pub(super) fn add_splits(change: &Transaction<'_>, page: PageId, result: i64) -> Result<(), StoreError> {
    for kept in audit_on(change, page)? {
        if let AuditLine::Split(split) = kept.line {
            super::entries::insert_unread(change, result, split.entry, split.of)?;
        }
    }
    Ok(())
}

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    let number: i64 = row.get(0)?;
    Ok(Line { number: number.cast_unsigned(), previous: row.get(1)?, body: row.get(2)?, hash: row.get(3)? })
}

fn head(db: &Connection) -> Result<Head, StoreError> {
    let last = db
        .prepare_cached("SELECT number, previous, body, hash FROM audit ORDER BY number DESC LIMIT 1")?
        .query_row([], line)
        .optional()?;
    Ok(last.map_or_else(Head::origin, |line| Head { number: line.number, hash: line.hash }))
}

/// Number of the last line about the field, or about the whole entry, if it is not the one expected.
fn overtaken(db: &Connection, line: &AuditLine, expected: Expected) -> Result<Option<u64>, StoreError> {
    let Expected::Last(seen) = expected else { return Ok(None) };
    // lines about a whole entry have no key
    let (entry, key) = match line {
        AuditLine::Decision(decision) => (decision.entry, Some(&decision.key)),
        AuditLine::Fate(said) => (said.entry, None),
        AuditLine::Split(split) => (split.entry, None),
        AuditLine::Layout(change) => (change.entry, None),
        AuditLine::Confirmation(_) | AuditLine::Account(_) | AuditLine::Training(_) => return Ok(None),
    };
    let last: Option<i64> = db
        .prepare_cached(
            "SELECT max(number) FROM audit WHERE file = ?1 AND idx = ?2 AND body ->> '$.entry.part' = ?3
             AND body ->> '$.entry.ordinal' = ?4 AND body ->> '$.key' IS ?5",
        )?
        .query_row(params![entry.page.file.to_string(), entry.page.index, entry.part, entry.ordinal, key], |row| {
            row.get(0)
        })?;
    let last = last.map_or(0, i64::cast_unsigned);
    Ok((last != seen).then_some(last))
}

/// A run that was written before there was a station, opened for reading, has none.
fn has_audit(db: &Connection) -> Result<bool, StoreError> {
    let found = db.prepare_cached("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit'")?.exists([])?;
    Ok(found)
}

#[cfg(test)]
mod tests;
