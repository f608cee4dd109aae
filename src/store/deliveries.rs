//! Deliveries: which entry left in which row, and what the importer answered.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::{Store, StoreError};
use crate::domain::{BookId, Register};

/// Where a delivered entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// Handed over, no answer yet.
    Delivered,
    /// The register has it.
    Imported,
    /// Sent back, with the importer's words.
    Refused(String),
}

/// One row of one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredRow {
    /// Delivery within the book, from 1.
    pub number: u32,
    /// The entry: page and place.
    pub entry: String,
    /// Row in the workbook, from 2.
    pub row: u32,
    /// The act's number as delivered.
    pub so: String,
    /// The book's number as delivered.
    pub quyen_so: String,
    /// Name of its PDF.
    pub pdf: String,
    /// Fingerprint of its values.
    pub content: String,
    /// What became of it.
    pub state: DeliveryState,
}

/// A delivery as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Within the book, from 1.
    pub number: u32,
    /// SHA-256 of its `SHA256SUMS`.
    pub sums: String,
    /// When it left the house, UTC.
    pub handed_over: Option<String>,
}

/// What became of the word that a delivery left the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandedOver {
    /// It is noted, for this delivery of this book.
    Noted(BookId, u32),
    /// It was noted before, then.
    Before(BookId, u32, String),
    /// No delivery of this run has these files.
    Unknown,
}

/// An entry that the importer sent back in its last delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEntry {
    /// The entry: page and place.
    pub entry: String,
    /// The importer's words.
    pub reason: String,
    /// Last line of the audit when the answer came.
    pub after: u64,
}

impl Store {
    /// All rows of a book's deliveries, oldest first.
    pub fn delivered(&self, book: &BookId) -> Result<Vec<DeliveredRow>, StoreError> {
        let db = self.db();
        if !has(&db, "delivered")? {
            return Ok(Vec::new());
        }
        let mut query = db.prepare_cached(
            "SELECT number, entry, row, so, quyen_so, pdf, content, state, reason FROM delivered
             WHERE office = ?1 AND register = ?2 AND year = ?3 AND book = ?4 ORDER BY number, row",
        )?;
        let key = params![book.office, book.register.code(), book.year, book.number];
        Ok(query.query_map(key, delivered_row)?.collect::<Result<_, _>>()?)
    }

    /// The deliveries of a book, oldest first.
    pub fn deliveries(&self, book: &BookId) -> Result<Vec<Delivery>, StoreError> {
        let db = self.db();
        if !has(&db, "delivery")? {
            return Ok(Vec::new());
        }
        let mut query = db.prepare_cached(
            "SELECT number, sums, handed_over FROM delivery
             WHERE office = ?1 AND register = ?2 AND year = ?3 AND book = ?4 ORDER BY number",
        )?;
        let key = params![book.office, book.register.code(), book.year, book.number];
        let delivery =
            |row: &Row<'_>| Ok(Delivery { number: row.get(0)?, sums: row.get(1)?, handed_over: row.get(2)? });
        Ok(query.query_map(key, delivery)?.collect::<Result<_, _>>()?)
    }

    /// Puts the rows of an open delivery in place of those that it had, together with its files: `place` puts them in
    /// their place while nobody else can note that the delivery left the house.
    pub fn replace_delivery<T, E: From<StoreError>>(
        &self,
        book: &BookId,
        (number, sums): (u32, &str),
        rows: &[DeliveredRow],
        place: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut db = self.db();
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        replace(&change, book, (number, sums), rows)?;
        let placed = place()?;
        change.commit().map_err(StoreError::from)?;
        Ok(placed)
    }

    /// Notes that the delivery with these files left the house.
    pub fn hand_over(&self, sums: &str, at: &str) -> Result<HandedOver, StoreError> {
        let mut db = self.db();
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<(BookId, u32, Option<String>)> = change
            .prepare_cached("SELECT office, register, year, book, number, handed_over FROM delivery WHERE sums = ?1")?
            .query_row([sums], |row| Ok((book(row)?, row.get(4)?, row.get(5)?)))
            .optional()?;
        let Some((book, number, before)) = found else { return Ok(HandedOver::Unknown) };
        if let Some(before) = before {
            return Ok(HandedOver::Before(book, number, before));
        }
        change.execute("UPDATE delivery SET handed_over = ?2 WHERE sums = ?1", [sums, at])?;
        change.commit()?;
        Ok(HandedOver::Noted(book, number))
    }

    /// Entries whose last delivery the importer sent back.
    pub fn refused_entries(&self) -> Result<Vec<RefusedEntry>, StoreError> {
        let db = self.db();
        let mut query = db.prepare_cached(
            "SELECT entry, reason, answered_after FROM delivered AS one WHERE state = 'refused' AND NOT EXISTS (
                 SELECT 1 FROM delivered AS later WHERE later.office = one.office AND later.register = one.register
                 AND later.year = one.year AND later.book = one.book AND later.entry = one.entry
                 AND later.number > one.number)
             ORDER BY entry",
        )?;
        let refused = |row: &Row<'_>| {
            let after: i64 = row.get(2)?;
            Ok(RefusedEntry { entry: row.get(0)?, reason: row.get(1)?, after: after.cast_unsigned() })
        };
        Ok(query.query_map([], refused)?.collect::<Result<_, _>>()?)
    }

    /// Another text means that other entries were sent back than before.
    pub fn refused_mark(&self) -> Result<String, StoreError> {
        let sql = "SELECT count(*), coalesce(sum(number * row), 0) FROM delivered WHERE state = 'refused'";
        let mark = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        Ok(format!("{:?}", self.db().prepare_cached(sql)?.query_row([], mark)?))
    }

    /// Notes the importer's answers, all or none: entry and state in one delivery of a book.
    pub fn note_answers(
        &self,
        book: &BookId,
        number: u32,
        answers: &[(String, DeliveryState)],
    ) -> Result<(), StoreError> {
        let mut db = self.db();
        let change = db.transaction()?;
        for (entry, state) in answers {
            let (state, reason) = match state {
                DeliveryState::Delivered => ("delivered", ""),
                DeliveryState::Imported => ("imported", ""),
                DeliveryState::Refused(reason) => ("refused", reason.as_str()),
            };
            change
                .prepare_cached(
                    "UPDATE delivered SET state = ?6, reason = ?7,
                     answered_after = (SELECT coalesce(max(audit.number), 0) FROM audit) WHERE office = ?1 AND register = ?2 AND year = ?3
                     AND book = ?4 AND number = ?5 AND entry = ?8",
                )?
                .execute(params![
                    book.office,
                    book.register.code(),
                    book.year,
                    book.number,
                    number,
                    state,
                    reason,
                    entry
                ])?;
        }
        Ok(change.commit()?)
    }
}

/// A run that was written by an earlier version, opened for reading, lacks tables.
pub(super) fn has(db: &Connection, table: &str) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")?.exists([table])?)
}

fn replace(
    change: &Transaction<'_>,
    book: &BookId,
    (number, sums): (u32, &str),
    rows: &[DeliveredRow],
) -> Result<(), StoreError> {
    let (register, key) = (book.register.code(), (&book.office, &book.year, &book.number));
    // the first to fail where it was handed over
    change.execute(
        "INSERT INTO delivery (office, register, year, book, number, sums) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET sums = ?6",
        params![key.0, register, key.1, key.2, number, sums],
    )?;
    change.execute(
        "DELETE FROM delivered WHERE office = ?1 AND register = ?2 AND year = ?3 AND book = ?4 AND number = ?5",
        params![key.0, register, key.1, key.2, number],
    )?;
    for row in rows {
        change
            .prepare_cached(
                "INSERT INTO delivered (office, register, year, book, number, entry, row, so, quyen_so, pdf, content, state, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'delivered', '')",
            )?
            .execute(params![
                key.0, register, key.1, key.2, number, row.entry, row.row, row.so, row.quyen_so, row.pdf, row.content
            ])?;
    }
    Ok(())
}

fn book(row: &Row<'_>) -> rusqlite::Result<BookId> {
    let register: String = row.get(1)?;
    let register = Register::from_code(&register).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(BookId { office: row.get(0)?, register, year: row.get(2)?, number: row.get(3)? })
}

fn delivered_row(row: &Row<'_>) -> rusqlite::Result<DeliveredRow> {
    let (state, reason): (String, String) = (row.get(7)?, row.get(8)?);
    let state = match state.as_str() {
        "imported" => DeliveryState::Imported,
        "refused" => DeliveryState::Refused(reason),
        _ => DeliveryState::Delivered,
    };
    Ok(DeliveredRow {
        number: row.get(0)?,
        entry: row.get(1)?,
        row: row.get(2)?,
        so: row.get(3)?,
        quyen_so: row.get(4)?,
        pdf: row.get(5)?,
        content: row.get(6)?,
        state,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Register;

    fn row(entry: &str, row: u32) -> DeliveredRow {
        DeliveredRow {
            number: 1,
            entry: entry.into(),
            row,
            so: "01/2008".into(),
            quyen_so: "01/2008".into(),
            pdf: "a.pdf".into(),
            content: "c".into(),
            state: DeliveryState::Delivered,
        }
    }

    fn of_year(year: &str) -> BookId {
        BookId { office: "xa_x".into(), register: Register::Ks, year: year.into(), number: "01".into() }
    }

    fn replace(store: &Store, year: &str, sums: &str, rows: &[DeliveredRow]) -> Result<(), StoreError> {
        store.replace_delivery(&of_year(year), (1, sums), rows, || Ok(()))
    }

    #[test]
    fn an_open_delivery_is_replaced_and_answers_are_kept_by_book() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        replace(&store, "2008", "s", &[row("a", 2)]).unwrap();
        replace(&store, "2008", "t", &[row("b", 2), row("c", 3)]).unwrap();
        replace(&store, "2009", "u", &[row("b", 2)]).unwrap();
        let refused = DeliveryState::Refused("sai ngày".into());
        store.note_answers(&of_year("2008"), 1, &[("c".into(), refused.clone())]).unwrap();
        let kept = store.delivered(&of_year("2008")).unwrap();
        assert_eq!(kept, [row("b", 2), DeliveredRow { state: refused, ..row("c", 3) }]);
        assert_eq!(store.delivered(&of_year("2009")).unwrap()[0].state, DeliveryState::Delivered);
        let waiting = RefusedEntry { entry: "c".into(), reason: "sai ngày".into(), after: 0 };
        assert_eq!(store.refused_entries().unwrap(), [waiting]);
        let later = DeliveredRow { number: 2, ..row("c", 2) };
        store.replace_delivery::<_, StoreError>(&of_year("2008"), (2, "v"), &[later], || Ok(())).unwrap();
        assert_eq!(store.refused_entries().unwrap(), [], "it is on its way again");
    }

    #[test]
    fn what_was_handed_over_is_never_rewritten_not_even_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        replace(&store, "2008", "s", &[row("a", 2)]).unwrap();
        replace(&store, "2008", "t", &[row("a", 2)]).unwrap();
        assert_eq!(store.hand_over("s", "1").unwrap(), HandedOver::Unknown, "these files were replaced");
        assert_eq!(store.hand_over("t", "1").unwrap(), HandedOver::Noted(of_year("2008"), 1));
        assert_eq!(store.hand_over("t", "2").unwrap(), HandedOver::Before(of_year("2008"), 1, "1".into()));
        let mut placed = false;
        let told = store.replace_delivery(&of_year("2008"), (1, "u"), &[], || {
            placed = true;
            Ok::<_, StoreError>(())
        });
        assert!(told.unwrap_err().to_string().contains("never rewritten") && !placed);
        let kept = Delivery { number: 1, sums: "t".into(), handed_over: Some("1".into()) };
        assert_eq!(
            (store.deliveries(&of_year("2008")).unwrap(), store.delivered(&of_year("2008")).unwrap().len()),
            (vec![kept], 1)
        );
    }

    #[test]
    fn files_that_cannot_be_placed_leave_the_rows_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        replace(&store, "2008", "s", &[row("a", 2)]).unwrap();
        let refuse = || Err::<(), _>(StoreError::NoRun("x".into()));
        assert!(store.replace_delivery(&of_year("2008"), (1, "t"), &[row("b", 2)], refuse).is_err());
        assert_eq!(store.delivered(&of_year("2008")).unwrap(), [row("a", 2)]);
        assert_eq!(store.deliveries(&of_year("2008")).unwrap()[0].sums, "s");
    }
}
