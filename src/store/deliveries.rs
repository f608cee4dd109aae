//! Deliveries: which entry left in which row, and what the importer answered.

use rusqlite::{Row, params};

use super::{Store, StoreError};
use crate::domain::BookId;

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

impl Store {
    /// All rows of a book's deliveries, oldest first.
    pub fn delivered(&self, book: &BookId) -> Result<Vec<DeliveredRow>, StoreError> {
        let db = self.db();
        let mut query = db.prepare_cached(
            "SELECT number, entry, row, so, quyen_so, pdf, content, state, reason FROM delivered
             WHERE office = ?1 AND register = ?2 AND year = ?3 AND book = ?4 ORDER BY number, row",
        )?;
        let key = params![book.office, book.register.code(), book.year, book.number];
        Ok(query.query_map(key, delivered_row)?.collect::<Result<_, _>>()?)
    }

    /// Puts the rows of an open delivery in place of those that it had.
    pub fn replace_delivery(&self, book: &BookId, number: u32, rows: &[DeliveredRow]) -> Result<(), StoreError> {
        let mut db = self.db();
        let change = db.transaction()?;
        let (register, key) = (book.register.code(), (&book.office, &book.year, &book.number));
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
        Ok(change.commit()?)
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
                    "UPDATE delivered SET state = ?6, reason = ?7 WHERE office = ?1 AND register = ?2 AND year = ?3
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

    #[test]
    fn an_open_delivery_is_replaced_and_answers_are_kept_by_book() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let book = |year: &str| BookId {
            office: "xa_x".into(),
            register: Register::Ks,
            year: year.into(),
            number: "01".into(),
        };
        store.replace_delivery(&book("2008"), 1, &[row("a", 2)]).unwrap();
        store.replace_delivery(&book("2008"), 1, &[row("b", 2), row("c", 3)]).unwrap();
        store.replace_delivery(&book("2009"), 1, &[row("b", 2)]).unwrap();
        let refused = DeliveryState::Refused("sai ngày".into());
        store.note_answers(&book("2008"), 1, &[("c".into(), refused.clone())]).unwrap();
        let kept = store.delivered(&book("2008")).unwrap();
        assert_eq!(kept, [row("b", 2), DeliveredRow { state: refused, ..row("c", 3) }]);
        assert_eq!(store.delivered(&book("2009")).unwrap()[0].state, DeliveryState::Delivered);
    }
}
