//! Entries: written once with their page, read back for the outputs and the book-wide rules.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::deliveries::has;
use super::{Store, StoreError};
use crate::domain::{
    BookId, BookReading, CheckedEntry, DraftEntry, EntryId, Field, Finding, PageFacts, PageId, Register,
};

/// An entry with its row in the database.
#[derive(Debug, Clone)]
pub struct StoredEntry {
    /// Its row.
    pub row: i64,
    /// Findings of its own first, those of the book after them.
    pub checked: CheckedEntry,
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct StoredPage {
    /// Beside the entries.
    pub facts: PageFacts,
    /// In order of sheet and place.
    pub entries: Vec<StoredEntry>,
}

/// Whether readings are wanted: they are nine tenths of the bytes, and rules do not look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// Values only.
    Values,
    /// Values with what the reader saw.
    Readings,
    /// The same for some columns only.
    ReadingsOf(&'static [&'static str]),
}

impl Load {
    /// The columns whose readings are wanted, as JSON; `None` for all.
    fn columns(self) -> Result<Option<String>, StoreError> {
        match self {
            Self::Values => Ok(Some("[]".to_owned())),
            Self::Readings => Ok(None),
            Self::ReadingsOf(keys) => Ok(Some(serde_json::to_string(keys)?)),
        }
    }
}

/// The book an entry claims to belong to: the layout's register, the rest by folder and file name.
#[must_use]
pub fn book_of(entry: &DraftEntry) -> BookId {
    let hint = &entry.hint;
    BookId {
        office: hint.office.clone().unwrap_or_default(),
        register: entry.register,
        year: hint.year.clone().unwrap_or_default(),
        number: hint.book.clone().unwrap_or_default(),
    }
}

pub(super) fn insert(change: &Transaction<'_>, result: i64, entries: &[CheckedEntry]) -> Result<(), StoreError> {
    for checked in entries {
        let (entry, book) = (&checked.entry, book_of(&checked.entry));
        change
            .prepare_cached(
                "INSERT INTO entry (result, part, ordinal, layout, register, office, year, book, hint, findings)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                result,
                entry.id.part,
                entry.id.ordinal,
                entry.layout,
                entry.register.code(),
                book.office,
                book.year,
                book.number,
                serde_json::to_string(&entry.hint)?,
                serde_json::to_string(&checked.findings)?,
            ])?;
        insert_fields(change, change.last_insert_rowid(), &entry.fields)?;
    }
    Ok(())
}

/// Puts an entry that a person found beside the one it was found in, or beside the first of its sheet where another
/// reading has no such one. Does nothing where the result has the entry already, or none on that sheet.
pub(super) fn insert_unread(change: &Transaction<'_>, result: i64, id: EntryId, of: EntryId) -> Result<(), StoreError> {
    let mut query = change.prepare_cached(&format!("{ENTRY} WHERE result = ?1 AND part = ?2 ORDER BY ordinal"))?;
    let rows = query.query_map(params![result, id.part], |row| EntryRow::new(row, id.page))?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    if rows.iter().any(|row| row.entry.id.ordinal == id.ordinal) {
        return Ok(());
    }
    let like = rows.iter().position(|row| row.entry.id.ordinal == of.ordinal).unwrap_or(0);
    let Some(like) = rows.into_iter().nth(like) else { return Ok(()) };
    let entry = like.load(change, Load::Values)?.checked.entry.unread(id);
    insert(change, result, &[CheckedEntry { entry, findings: Vec::new() }])
}

fn insert_fields(change: &Transaction<'_>, entry: i64, fields: &[Field]) -> Result<(), StoreError> {
    let mut row = change
        .prepare_cached("INSERT INTO field (entry, position, key, field, reading) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, field) in (0_i64..).zip(fields) {
        let reading = field.reading.as_ref().map(serde_json::to_string).transpose()?;
        let bare = Field { reading: None, ..field.clone() };
        row.execute(params![entry, position, field.key, serde_json::to_string(&bare)?, reading])?;
    }
    Ok(())
}

impl Store {
    /// A page with its entries, by the key of its result.
    pub fn page(&self, id: PageId, result: i64, load: Load) -> Result<StoredPage, StoreError> {
        let db = self.db();
        let facts = facts(&db, result)?;
        let mut query = db.prepare_cached(&format!("{ENTRY} WHERE result = ?1 ORDER BY part, ordinal"))?;
        let rows: Vec<_> = query.query_map([result], |row| EntryRow::new(row, id))?.collect::<Result<_, _>>()?;
        let entries = rows.into_iter().map(|row| row.load(&db, load)).collect::<Result<_, _>>()?;
        Ok(StoredPage { facts, entries })
    }

    /// One entry of a page with the page's facts, by the key of its result: a ledger's page holds twenty others, whose readings
    /// nobody has to wait for. Nothing where the result has no such entry.
    pub fn page_entry(
        &self,
        id: EntryId,
        result: i64,
        load: Load,
    ) -> Result<Option<(PageFacts, StoredEntry)>, StoreError> {
        let db = self.db();
        let mut query = db.prepare_cached(&format!("{ENTRY} WHERE result = ?1 AND part = ?2 AND ordinal = ?3"))?;
        let row =
            query.query_row(params![result, id.part, id.ordinal], |row| EntryRow::new(row, id.page)).optional()?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((facts(&db, result)?, row.load(&db, load)?)))
    }

    /// What is kept of a page beside its entries, by the key of its result.
    pub fn facts(&self, result: i64) -> Result<PageFacts, StoreError> {
        facts(&self.db(), result)
    }

    /// An entry as its page shows it now, without readings; nothing where the page has no such entry any more.
    pub fn entry(&self, id: EntryId) -> Result<Option<StoredEntry>, StoreError> {
        let db = self.db();
        let mut query = db.prepare_cached(&format!(
            "{ENTRY} JOIN page ON page.current = entry.result
             WHERE page.failure IS NULL AND page.sha256 = ?1 AND page.idx = ?2 AND part = ?3 AND ordinal = ?4"
        ))?;
        let key = params![id.page.file.to_string(), id.page.index, id.part, id.ordinal];
        let row = query.query_row(key, |row| EntryRow::new(row, id.page)).optional()?;
        row.map(|row| row.load(&db, Load::Values)).transpose()
    }

    /// The books of the run that names tell apart; entries of no known book are in none.
    pub fn books(&self) -> Result<Vec<BookId>, StoreError> {
        let db = self.db();
        let mut query = db.prepare(
            "SELECT DISTINCT office, register, year, book FROM entry JOIN page ON page.current = entry.result
             WHERE page.failure IS NULL AND year <> '' AND book <> '' ORDER BY office, register, year, book",
        )?;
        let books = query.query_map([], |row| {
            Ok(BookId { office: row.get(0)?, register: register(row, 1)?, year: row.get(2)?, number: row.get(3)? })
        })?;
        Ok(books.collect::<Result<_, _>>()?)
    }

    /// How many entries belong to no known book.
    pub fn entries_without_book(&self) -> Result<usize, StoreError> {
        let count: i64 = self.db().query_row(
            "SELECT count(*) FROM entry JOIN page ON page.current = entry.result
             WHERE page.failure IS NULL AND (year = '' OR book = '')",
            [],
            |row| row.get(0),
        )?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The entries of one book by path, page and place.
    pub fn book_entries(&self, book: &BookId, load: Load) -> Result<Vec<StoredEntry>, StoreError> {
        let rows = self.entry_rows(book)?;
        rows.into_iter().map(|row| row.load(&self.db(), load)).collect()
    }

    /// The same without readings, one at a time: a book of ten thousand acts is not held in memory as a whole.
    pub fn each_entry<E: From<StoreError>>(
        &self,
        book: &BookId,
        mut each: impl FnMut(StoredEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        for row in self.entry_rows(book)? {
            // the database is free again while the entry is worked on
            let stored = row.load(&self.db(), Load::Values)?;
            each(stored)?;
        }
        Ok(())
    }

    fn entry_rows(&self, book: &BookId) -> Result<Vec<EntryRow>, StoreError> {
        let db = self.db();
        let mut query = db.prepare_cached(&format!(
            "{ENTRY} JOIN page ON page.current = entry.result JOIN shown ON shown.sha256 = page.sha256
             WHERE page.failure IS NULL AND office = ?1 AND register = ?2 AND year = ?3 AND book = ?4
             ORDER BY shown.path, page.idx, part, ordinal"
        ))?;
        let key = params![book.office, book.register.code(), book.year, book.number];
        Ok(query.query_map(key, EntryRow::with_page)?.collect::<Result<_, _>>()?)
    }

    /// Puts the findings of all books in place of those of the last time.
    pub fn replace_book_findings(&self, findings: &[(i64, Finding)]) -> Result<(), StoreError> {
        let mut db = self.db();
        let change = db.transaction()?;
        change.execute("DELETE FROM book_finding", [])?;
        for (position, (entry, finding)) in (0_i64..).zip(findings) {
            change
                .prepare_cached("INSERT INTO book_finding (entry, position, finding) VALUES (?1, ?2, ?3)")?
                .execute(params![entry, position, serde_json::to_string(finding)?])?;
        }
        Ok(change.commit()?)
    }

    /// Puts what fields read as beside the other pages of their books, with the findings of entries whose values changed by
    /// that, in place of those of the last time.
    pub fn replace_book_readings(
        &self,
        fields: &[(i64, BookReading)],
        findings: &[(i64, Vec<Finding>)],
    ) -> Result<(), StoreError> {
        let mut db = self.db();
        let change = db.transaction()?;
        change.execute("DELETE FROM book_reading", [])?;
        change.execute("DELETE FROM book_reading_findings", [])?;
        for (entry, field) in fields {
            let row = params![entry, field.key, serde_json::to_string(field)?];
            change.prepare_cached("INSERT INTO book_reading (entry, key, field) VALUES (?1, ?2, ?3)")?.execute(row)?;
        }
        for (entry, findings) in findings {
            let row = params![entry, serde_json::to_string(findings)?];
            change
                .prepare_cached("INSERT INTO book_reading_findings (entry, findings) VALUES (?1, ?2)")?
                .execute(row)?;
        }
        Ok(change.commit()?)
    }

    /// Keeps the counts of a finished run.
    pub fn keep_summary(&self, report: &serde_json::Value) -> Result<(), StoreError> {
        self.db().execute("INSERT OR REPLACE INTO summary (one, report) VALUES (1, ?1)", [report.to_string()])?;
        Ok(())
    }
}

const ENTRY: &str = "SELECT entry.id, part, ordinal, layout, register, hint, findings,
    (SELECT json_group_array(json(finding)) FROM (SELECT finding FROM book_finding WHERE entry = entry.id ORDER BY position)),
    result.sha256, result.idx
    FROM entry JOIN result ON result.id = entry.result";

struct EntryRow {
    row: i64,
    entry: DraftEntry,
    hint: String,
    findings: [String; 2],
}

impl EntryRow {
    fn new(row: &Row<'_>, page: PageId) -> rusqlite::Result<Self> {
        let entry = DraftEntry {
            id: EntryId { page, part: row.get(1)?, ordinal: row.get(2)? },
            layout: row.get(3)?,
            register: register(row, 4)?,
            hint: crate::domain::BookHint::default(),
            fields: Vec::new(),
        };
        Ok(Self { row: row.get(0)?, entry, hint: row.get(5)?, findings: [row.get(6)?, row.get(7)?] })
    }

    fn with_page(row: &Row<'_>) -> rusqlite::Result<Self> {
        let hex: String = row.get(8)?;
        let file = hex.parse().map_err(|_| rusqlite::Error::InvalidQuery)?;
        Self::new(row, PageId { file, index: row.get(9)? })
    }

    fn load(self, db: &rusqlite::Connection, load: Load) -> Result<StoredEntry, StoreError> {
        let mut entry = self.entry;
        entry.hint = serde_json::from_str(&self.hint)?;
        let mut query = db.prepare_cached(
            "SELECT field, CASE WHEN ?2 IS NULL OR key IN (SELECT value FROM json_each(?2)) THEN reading END
             FROM field WHERE entry = ?1 ORDER BY position",
        )?;
        let mut rows = query.query(params![self.row, load.columns()?])?;
        while let Some(row) = rows.next()? {
            let (field, reading): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let mut field: Field = serde_json::from_str(&field)?;
            field.reading = reading.as_deref().map(serde_json::from_str).transpose()?;
            entry.fields.push(field);
        }
        let of_book = book_readings(db, self.row)?;
        let [own, of_book_findings] = self.findings;
        let own = if of_book.is_empty() { own } else { book_reading_findings(db, self.row)?.unwrap_or(own) };
        for new in of_book {
            if let Some(field) = entry.fields.iter_mut().find(|field| field.key == new.key) {
                new.apply(field);
            }
        }
        let mut findings: Vec<Finding> = serde_json::from_str(&own)?;
        findings.extend(serde_json::from_str::<Vec<Finding>>(&of_book_findings)?);
        // those of the book came after the entry was kept
        entry.propose(&findings);
        Ok(StoredEntry { row: self.row, checked: CheckedEntry { entry, findings } })
    }
}

/// What an entry's fields read as beside the other pages of its book; a run of an earlier version has none.
fn book_readings(db: &rusqlite::Connection, entry: i64) -> Result<Vec<BookReading>, StoreError> {
    if !has(db, "book_reading")? {
        return Ok(Vec::new());
    }
    let mut query = db.prepare_cached("SELECT field FROM book_reading WHERE entry = ?1")?;
    let rows = query.query_map([entry], |row| row.get::<_, String>(0))?;
    rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
}

/// The findings of an entry with book readings, where these changed a value.
fn book_reading_findings(db: &rusqlite::Connection, entry: i64) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT findings FROM book_reading_findings WHERE entry = ?1")?;
    Ok(query.query_row([entry], |row| row.get(0)).optional()?)
}

fn register(row: &Row<'_>, at: usize) -> rusqlite::Result<Register> {
    let code: String = row.get(at)?;
    Register::from_code(&code).ok_or(rusqlite::Error::InvalidQuery)
}

fn facts(db: &rusqlite::Connection, result: i64) -> Result<PageFacts, StoreError> {
    let facts: String =
        db.prepare_cached("SELECT facts FROM result WHERE id = ?1")?.query_row([result], |row| row.get(0))?;
    Ok(serde_json::from_str(&facts)?)
}
