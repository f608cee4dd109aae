//! What a person says of a whole entry: a duplicate, a part of another, no act at all, to be scanned again, or none of these.

use sohoa_http::Response;

use super::edit::entry_address;
use super::{Station, Visit, Work, not_found};
use crate::domain::{AuditLine, EntryFate, Fate};
use crate::review::desk::Known;
use crate::store::{Added, Expected, StoreError};

impl Station {
    pub(super) fn take_fate(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form) = (self.fresh_work()?, &visit.request.form);
        let Some(known) = work.desk.entry(form.get("entry")) else { return Ok(not_found()) };
        let said = match self.leave_for(visit, &work, &known.book) {
            Ok(note) => match form.get("fate") {
                "split" => self.split(visit, &work, known, note)?,
                "layout" => self.change_layout(visit, &work, known, note)?,
                _ => match fate(visit, &work, known) {
                    Ok(fate) => self.say_of(visit, known, fate, note)?,
                    Err(objection) => objection,
                },
            },
            Err(objection) => objection.said(),
        };
        work.desk.catch_up(&self.store)?;
        Ok(Response::see(&entry_address(known, said)))
    }

    fn say_of(&self, visit: &Visit<'_>, known: &Known, fate: Fate, note: String) -> Result<&'static str, StoreError> {
        let (at, who) = visit.signed();
        let line = AuditLine::Fate(EntryFate { at, who, entry: known.id, fate, note });
        let added = self.store.add_lines(&[(&line, Expected::Last(seen(visit)))])?;
        Ok(if matches!(added[..], [Added::Overtaken(_)]) { "overtaken" } else { "kept" })
    }
}

/// The last line about the whole entry that the person had before them.
pub(super) fn seen(visit: &Visit<'_>) -> u64 {
    visit.request.form.get("seen").parse().unwrap_or(u64::MAX)
}

/// What is said, or why it cannot be.
fn fate(visit: &Visit<'_>, work: &Work, known: &Known) -> Result<Fate, &'static str> {
    let form = &visit.request.form;
    let of = form.get("of").trim();
    let other = || work.desk.entry(of).filter(|other| other.id != known.id);
    match form.get("fate") {
        "kept" => Ok(Fate::Kept),
        "rescan" => Ok(Fate::Rescan),
        "void" => Ok(Fate::Void),
        "duplicate" if of.is_empty() || other().is_some() => Ok(Fate::Duplicate { of: of.to_owned() }),
        "part" => {
            let other = other().ok_or("other")?;
            // one act begins in one place: no chains, no rings, no two registers
            let begins = work.desk.fate(other.id) == Fate::Kept && work.desk.parts(known).is_empty();
            let fits = other.register == known.register;
            if begins && fits { Ok(Fate::PartOf { of: of.to_owned() }) } else { Err("part") }
        }
        _ => Err("other"),
    }
}
