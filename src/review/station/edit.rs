//! A field that is settled or was accepted, changed later: with a reason where the book is confirmed.

use sohoa_http::{Response, encode};

use super::act::decision_on;
use super::decide::Loaded;
use super::shown::{Way, by, value_in_words, way};
use super::{Station, Visit, Work, not_found};
use crate::domain::{Act, AuditLine, Decision, EntryId, Fate, Shown, Step, Value};
use crate::review::desk::Known;
use crate::review::pages::{Edit, page};
use crate::standing::brought_up;
use crate::store::{Added, Expected, StoreError};

impl Station {
    pub(super) fn show_edit(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, l) = (self.fresh_work()?, visit.frame.l);
        let Some((known, key)) = named(&work, visit.request.query.get("item")) else { return Ok(not_found()) };
        let Some(loaded) = self.load_field(known.id, known.result, key)? else { return Ok(not_found()) };
        if way(&work, known, key) == Way::Decide {
            return Ok(Response::see(&entry_address(known, "waiting")));
        }
        let now = loaded.now();
        let settled = &loaded.settled.checked;
        let about = settled.findings.iter().filter(|finding| finding.fields.iter().any(|field| field == key));
        let shown = Edit {
            h: self.head(visit, &work, &loaded, (&known.book, self.last_about(known.id, key)?)),
            value: value_in_words(&work, &loaded, loaded.at, l),
            text: if matches!(now.value, Value::Nothing { .. }) { String::new() } else { now.as_written.clone() },
            by: by(&loaded.settled.sources[loaded.at], l.pick("chưa có người quyết định", "nobody yet"), l),
            findings: about.map(|finding| finding.message.clone()).collect(),
            f: visit.frame.clone(),
        };
        Ok(page(200, &shown))
    }

    pub(super) fn take_edit(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form) = (self.fresh_work()?, &visit.request.form);
        let item = form.get("item");
        let Some((known, key)) = named(&work, item) else { return Ok(not_found()) };
        let again = |said: &str| Ok(Response::see(&format!("/edit?item={}&said={said}", encode(item))));
        if way(&work, known, key) == Way::Decide {
            return Ok(Response::see(&entry_address(known, "waiting")));
        }
        // what is seen in the slots of one layout would not count for another
        if work.desk.fate(known.id) == Fate::Reread {
            return Ok(Response::see(&entry_address(known, "reread")));
        }
        let note = match self.leave_for(visit, &work, &known.book) {
            Ok(note) => note,
            Err(objection) => return again(objection.said()),
        };
        let Some(loaded) = self.load_field(known.id, known.result, key)? else { return Ok(not_found()) };
        let Some(act) = self.plain_act(form.get("act"), form.get("text"), &loaded) else { return again("text") };
        let decision = edit(visit, &loaded, act, note);
        let seen = form.get("seen").parse().unwrap_or(u64::MAX);
        let line = AuditLine::Decision(decision);
        let before = loaded.settled.checked.findings.clone();
        if let [Added::Overtaken(_)] = self.store.add_lines(&[(&line, Expected::Last(seen))])?[..] {
            return again("overtaken");
        }
        work.desk.catch_up(&self.store)?;
        let Some(after) = self.load_field(known.id, known.result, key)? else { return Ok(not_found()) };
        let new = brought_up(&before, &after.settled.checked.findings);
        let said = match (new.is_empty(), after.settled.raised.is_empty()) {
            (true, _) => "kept",
            (false, true) => "findings",
            (false, false) => "raised",
        };
        Ok(Response::see(&entry_address(known, said)))
    }

    /// Number of the last line about a field, 0 for none.
    fn last_about(&self, entry: EntryId, key: &str) -> Result<u64, StoreError> {
        let lines = self.store.audit_on(entry.page)?.into_iter();
        let about = |line: &AuditLine| matches!(line, AuditLine::Decision(d) if d.entry == entry && d.key == key);
        Ok(lines.filter(|kept| about(&kept.line)).map(|kept| kept.number).max().unwrap_or(0))
    }
}

/// Entry and key of an item's name.
fn named<'a>(work: &'a Work, item: &'a str) -> Option<(&'a Known, &'a str)> {
    let (entry, key) = item.split_once('.')?;
    Some((work.desk.entry(entry)?, key))
}

/// An entry's page, with what just happened.
pub(super) fn entry_address(known: &Known, said: &str) -> String {
    format!("/entry/{}?said={said}", known.id)
}

fn edit(visit: &Visit<'_>, loaded: &Loaded, act: (Act, String), note: String) -> Decision {
    let plain = decision_on(visit, loaded, Step::Edit, act);
    let (now, settled) = (loaded.now(), &loaded.settled.checked);
    let shown = Shown {
        reading: Some(now.as_written.clone()),
        reasons: settled.findings.iter().map(|finding| format!("rule:{}", finding.rule)).collect(),
        ..plain.shown
    };
    Decision { from: now.value.text(), note, shown, ..plain }
}
