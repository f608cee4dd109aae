//! What looks wrong in a book as it stands, what people brought up first: an officer reads it before confirming.

use sohoa_http::Response;

use super::entry::finding_line;
use super::{Station, Visit, not_found};
use crate::domain::Severity;
use crate::review::pages::{EntryFindings, Findings, page};
use crate::standing::{brought_up, standing};
use crate::store::{Load, StoreError};

impl Station {
    pub(super) fn show_findings(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, l) = (self.fresh_work()?, visit.frame.l);
        let name = visit.request.query.get("book");
        let Some(book) = work.desk.books().get(name) else { return Ok(not_found()) };
        let mut entries = Vec::new();
        for stored in self.store.book_entries(book, Load::Values)? {
            let Some(known) = work.desk.entry(&stored.checked.entry.id.to_string()) else { continue };
            let read = stored.checked.findings.clone();
            let after = standing(&self.store, stored.checked, &self.config)?;
            let new = brought_up(&read, &after.checked.findings);
            let told = after.checked.findings.iter().filter(|f| f.severity != Severity::Note || new.contains(f));
            let lines: Vec<_> = told.map(|f| finding_line(&work, known, f, new.contains(&f), l)).collect();
            if !lines.is_empty() {
                entries.push(EntryFindings { entry: known.id.to_string(), number: known.number.clone(), lines });
            }
        }
        // the sort is stable: within both halves the book's order stays
        entries.sort_by_key(|entry| entry.lines.iter().all(|line| !line.new));
        Ok(page(200, &Findings { f: visit.frame.clone(), book: name.to_owned(), entries }))
    }
}
