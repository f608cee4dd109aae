//! Pages: which are to do, which are done, which gave up. One transaction a page.

use rusqlite::{OptionalExtension, Row, params};

use super::files::parse_hash;
use super::{Store, StoreError};
use crate::domain::{Aside, CheckedEntry, PageFacts, PageId};

/// Where a page stands under one fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageState {
    /// Read or set aside for good.
    Done,
    /// To do, after so many starts without an end.
    Pending(u32),
}

/// One page of the run as the outputs see it.
#[derive(Debug, Clone)]
pub struct PageRow {
    /// Which page.
    pub id: PageId,
    /// First path of its file.
    pub path: String,
    /// Its result.
    pub result: ResultRef,
}

/// Which result a page shows.
#[derive(Debug, Clone)]
pub enum ResultRef {
    /// Read; load it by this key.
    Read(i64),
    /// Set aside.
    Aside(Aside),
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Pages known.
    pub pages: u64,
    /// Pages with a result.
    pub read: u64,
    /// Pages set aside.
    pub aside: u64,
    /// Files that could not be opened.
    pub files_aside: u64,
    /// Entries on the pages read.
    pub entries: u64,
}

impl Store {
    /// Where a page stands; makes the result of this fingerprint the one that shows.
    pub fn page_state(&self, id: PageId, fingerprint: &str) -> Result<PageState, StoreError> {
        let (sha256, mut db) = (id.file.to_string(), self.db());
        let known: Option<i64> = db
            .prepare_cached("SELECT id FROM result WHERE sha256 = ?1 AND idx = ?2 AND fingerprint = ?3")?
            .query_row(params![sha256, id.index, fingerprint], |row| row.get(0))
            .optional()?;
        if let Some(result) = known {
            let change = db.transaction()?;
            // read before people found one more entry on the page
            super::decisions::add_splits(&change, id, result)?;
            change
                .prepare_cached(
                    "UPDATE page SET current = ?3, attempts = 0, failure = NULL
                 WHERE sha256 = ?1 AND idx = ?2 AND (current IS NOT ?3 OR failure IS NOT NULL)",
                )?
                .execute(params![sha256, id.index, result])?;
            change.commit()?;
            return Ok(PageState::Done);
        }
        let attempts: Option<u32> = db
            .prepare_cached("SELECT attempts FROM page WHERE sha256 = ?1 AND idx = ?2 AND attempted = ?3")?
            .query_row(params![sha256, id.index, fingerprint], |row| row.get(0))
            .optional()?;
        Ok(PageState::Pending(attempts.unwrap_or(0)))
    }

    /// Notes a start before the page is touched, so that a page which kills the process is found out.
    pub fn begin_page(&self, id: PageId, fingerprint: &str) -> Result<(), StoreError> {
        self.db()
            .prepare_cached(
                "INSERT INTO page (sha256, idx, attempts, attempted) VALUES (?1, ?2, 1, ?3)
                 ON CONFLICT (sha256, idx) DO UPDATE SET
                     attempts = CASE WHEN attempted = ?3 THEN attempts + 1 ELSE 1 END, attempted = ?3",
            )?
            .execute(params![id.file.to_string(), id.index, fingerprint])?;
        Ok(())
    }

    /// Notes that a page could not be read this time; the start stays counted.
    pub fn fail_page(&self, id: PageId, aside: &Aside) -> Result<(), StoreError> {
        self.db().prepare_cached("UPDATE page SET failure = ?3 WHERE sha256 = ?1 AND idx = ?2")?.execute(params![
            id.file.to_string(),
            id.index,
            serde_json::to_string(aside)?
        ])?;
        Ok(())
    }

    /// Sets a page aside that will not be tried again; a reason that is known already is kept.
    pub fn give_up(&self, id: PageId, aside: &Aside) -> Result<(), StoreError> {
        self.db()
            .prepare_cached("UPDATE page SET failure = coalesce(failure, ?3) WHERE sha256 = ?1 AND idx = ?2")?
            .execute(params![id.file.to_string(), id.index, serde_json::to_string(aside)?])?;
        Ok(())
    }

    /// Commits what was read from a page, or why it holds nothing for us: all of it or nothing.
    pub fn keep_page(
        &self,
        id: PageId,
        fingerprint: &str,
        outcome: Result<(&PageFacts, &[CheckedEntry]), &Aside>,
    ) -> Result<(), StoreError> {
        let (sha256, mut db) = (id.file.to_string(), self.db());
        let change = db.transaction()?;
        let (facts, aside) = match outcome {
            Ok((facts, _)) => (Some(serde_json::to_string(facts)?), None),
            Err(aside) => (None, Some(serde_json::to_string(aside)?)),
        };
        change
            .prepare_cached("INSERT INTO result (sha256, idx, fingerprint, facts, aside) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![sha256, id.index, fingerprint, facts, aside])?;
        let result = change.last_insert_rowid();
        if let Ok((_, entries)) = outcome {
            super::entries::insert(&change, result, entries)?;
            super::decisions::add_splits(&change, id, result)?;
        }
        change
            .prepare_cached(
                "INSERT INTO page (sha256, idx, current) VALUES (?1, ?2, ?3)
                 ON CONFLICT (sha256, idx) DO UPDATE SET current = ?3, attempts = 0, failure = NULL",
            )?
            .execute(params![sha256, id.index, result])?;
        Ok(change.commit()?)
    }

    /// All pages of the run that have an outcome, by path and page.
    pub fn page_rows(&self) -> Result<Vec<PageRow>, StoreError> {
        let db = self.db();
        let mut query = db.prepare(
            "SELECT page.sha256, page.idx, path, result.id, coalesce(page.failure, result.aside)
             FROM page JOIN shown USING (sha256) LEFT JOIN result ON result.id = page.current
             WHERE path IS NOT NULL AND (page.failure IS NOT NULL OR result.id IS NOT NULL)
             ORDER BY path, page.idx",
        )?;
        let rows = query.query_map([], |row| Ok(page_row(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Another text means that pages show other results or more entries than before, that the importer sent others
    /// back, or that typed files say other things.
    pub fn results_mark(&self) -> Result<String, StoreError> {
        let (refused, typed) = (self.refused_mark()?, self.typed_mark()?);
        let sql = "SELECT count(*), coalesce(sum(current * (rowsum + 1)), 0), coalesce(max(current), 0), (SELECT max(id) FROM entry) FROM
            (SELECT current, row_number() OVER (ORDER BY sha256, idx) AS rowsum FROM page WHERE failure IS NULL)";
        let mark = |row: &Row<'_>| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, Option<i64>>(3)?))
        };
        Ok(format!("{:?} {refused} {typed}", self.db().prepare_cached(sql)?.query_row([], mark)?))
    }

    /// Counts for `status`.
    pub fn progress(&self) -> Result<Progress, StoreError> {
        let db = self.db();
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
        let shown = "FROM page JOIN result ON result.id = page.current WHERE page.failure IS NULL";
        Ok(Progress {
            pages: count("SELECT coalesce(sum(pages), 0) FROM file WHERE sha256 IN (SELECT sha256 FROM source)")?,
            read: count(&format!("SELECT count(*) {shown} AND facts IS NOT NULL"))?,
            aside: count(&format!("SELECT count(*) {shown} AND aside IS NOT NULL"))?
                + count("SELECT count(*) FROM page WHERE failure IS NOT NULL")?,
            files_aside: count("SELECT count(*) FROM file_aside")?,
            entries: count(
                "SELECT count(*) FROM entry JOIN page ON page.current = entry.result WHERE failure IS NULL",
            )?,
        })
    }
}

fn page_row(row: &Row<'_>) -> Result<PageRow, StoreError> {
    let hex: String = row.get(0)?;
    let aside: Option<String> = row.get(4)?;
    let result = match aside {
        Some(json) => ResultRef::Aside(serde_json::from_str(&json)?),
        None => ResultRef::Read(row.get(3)?),
    };
    Ok(PageRow { id: PageId { file: parse_hash(&hex)?, index: row.get(1)? }, path: row.get(2)?, result })
}
