//! What typed files say of fields.

use std::collections::HashMap;

use rusqlite::{Connection, Row, TransactionBehavior, params};

use super::deliveries::has;
use super::{Store, StoreError};
use crate::domain::{EntryId, TypedKeys, TypedWord};

impl Store {
    /// What a typed file says of an entry, by key.
    pub fn typed_words(&self, entry: EntryId) -> Result<Vec<TypedWord>, StoreError> {
        let db = self.db();
        if !has(&db, "typed")? {
            return Ok(Vec::new());
        }
        words(&db, &entry.to_string())
    }

    /// What typed files say of all entries.
    pub fn all_typed_words(&self) -> Result<HashMap<String, Vec<TypedWord>>, StoreError> {
        let db = self.db();
        let mut all: HashMap<String, Vec<TypedWord>> = HashMap::new();
        if !has(&db, "typed")? {
            return Ok(all);
        }
        let mut query =
            db.prepare_cached("SELECT key, said, row, read, agrees, entry FROM typed ORDER BY entry, key")?;
        for found in query.query_map([], |row| Ok((row.get::<_, String>(5)?, word(row)?)))? {
            let (entry, word) = found?;
            all.entry(entry).or_default().push(word);
        }
        Ok(all)
    }

    /// Another text means that typed files say other things than before.
    pub fn typed_mark(&self) -> Result<String, StoreError> {
        let sql = "SELECT count(*), coalesce(max(turn), 0) FROM typed";
        let mark = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        Ok(format!("{:?}", self.db().prepare_cached(sql)?.query_row([], mark)?))
    }

    /// Puts what a typed file says of entries in the place of what was noted of them, all or none; tells of how many entries
    /// it says something else than was noted.
    pub fn note_typed(&self, said: &[(EntryId, Vec<TypedWord>)]) -> Result<usize, StoreError> {
        let mut db = self.db();
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let turn: i64 = change.query_row("SELECT coalesce(max(turn), 0) + 1 FROM typed", [], |row| row.get(0))?;
        let mut changed = 0;
        for (entry, said) in said {
            let entry = entry.to_string();
            if words(&change, &entry)? == *said {
                continue;
            }
            changed += 1;
            change.prepare_cached("DELETE FROM typed WHERE entry = ?1")?.execute([&entry])?;
            let mut insert = change.prepare_cached(
                "INSERT INTO typed (entry, key, said, row, read, agrees, turn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            for word in said {
                let agrees = word.keys == TypedKeys::Agree;
                insert.execute(params![entry, word.key, word.said, word.row, word.read, agrees, turn])?;
            }
        }
        change.commit()?;
        Ok(changed)
    }
}

fn words(db: &Connection, entry: &str) -> Result<Vec<TypedWord>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT key, said, row, read, agrees FROM typed WHERE entry = ?1 ORDER BY key")?;
    Ok(query.query_map([entry], word)?.collect::<Result<_, _>>()?)
}

fn word(row: &Row<'_>) -> rusqlite::Result<TypedWord> {
    let keys = if row.get(4)? { TypedKeys::Agree } else { TypedKeys::Differ };
    Ok(TypedWord { key: row.get(0)?, said: row.get(1)?, row: row.get(2)?, read: row.get(3)?, keys })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PageId, Sha256};

    fn said(key: &str, said: &str) -> TypedWord {
        TypedWord { key: key.into(), said: said.into(), row: 2, read: "A".into(), keys: TypedKeys::Differ }
    }

    #[test]
    fn the_last_file_counts_and_the_same_file_twice_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let entry = EntryId { page: PageId { file: Sha256([1; 32]), index: 0 }, part: 0, ordinal: 0 };
        let other = EntryId { ordinal: 1, ..entry };
        let first = [(entry, vec![said("chaHoTen", "B"), said("meHoTen", "C")]), (other, vec![said("so", "7")])];
        assert_eq!(store.note_typed(&first).unwrap(), 2);
        let mark = store.typed_mark().unwrap();
        assert_eq!(store.note_typed(&first).unwrap(), 0);
        assert_eq!(store.typed_mark().unwrap(), mark);
        assert_eq!(store.note_typed(&[(entry, vec![said("meHoTen", "D")])]).unwrap(), 1);
        assert_ne!(store.typed_mark().unwrap(), mark);
        assert_eq!(store.typed_words(entry).unwrap(), [said("meHoTen", "D")]);
        assert_eq!(store.all_typed_words().unwrap()[&other.to_string()], [said("so", "7")]);
    }
}
