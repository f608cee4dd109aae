//! What a person says of a whole entry: a duplicate, to be scanned again, or neither.

use sohoa_http::Response;

use super::edit::entry_address;
use super::{Station, Visit, not_found};
use crate::domain::{AuditLine, EntryFate, Fate};
use crate::store::{Added, Expected, StoreError};

impl Station {
    pub(super) fn take_fate(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form) = (self.fresh_work()?, &visit.request.form);
        let Some(known) = work.desk.entry(form.get("entry")) else { return Ok(not_found()) };
        let again = |said: &str| Ok(Response::see(&entry_address(known, said)));
        let fate = match form.get("fate") {
            "kept" => Fate::Kept,
            "rescan" => Fate::Rescan,
            "duplicate" => {
                let of = form.get("of").trim();
                let other = of.is_empty() || work.desk.entry(of).is_some_and(|other| other.id != known.id);
                if !other {
                    return again("other");
                }
                Fate::Duplicate { of: of.to_owned() }
            }
            _ => return Ok(Response::text(400, "no such fate")),
        };
        let note = match self.leave_for(visit, &work, &known.book) {
            Ok(note) => note,
            Err(objection) => return again(objection.said()),
        };
        let at = jiff::Timestamp::now().to_string();
        let line = AuditLine::Fate(EntryFate { at, who: visit.frame.who.clone(), entry: known.id, fate, note });
        let seen = form.get("seen").parse().unwrap_or(u64::MAX);
        let added = self.store.add_lines(&[(&line, Expected::Last(seen))])?;
        work.desk.catch_up(&self.store)?;
        again(if matches!(added[..], [Added::Overtaken(_)]) { "overtaken" } else { "kept" })
    }
}
