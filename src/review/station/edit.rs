//! A field that is settled or was accepted, changed later: with a reason where the book is confirmed.

use sohoa_http::{Response, encode};

use super::change::{brought_up, said_in_words};
use super::decide::{LONGEST_TEXT, Loaded, seconds};
use super::shown::{neighbours, picture, sheet_address, value_in_words};
use super::{Station, Visit, Work, not_found};
use crate::domain::settlement::Source;
use crate::domain::{Act, AuditLine, Decision, EntryId, Fate, Shown, Step, Value};
use crate::review::desk::{Known, Stand};
use crate::review::names::field_name;
use crate::review::pages::{Edit, page};
use crate::review::words;
use crate::stages::extract::value_of_field_text;
use crate::store::{Added, Expected, StoreError};

impl Station {
    pub(super) fn show_edit(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, l) = (self.fresh_work()?, visit.frame.l);
        let Some((known, key)) = named(&work, visit.request.query.get("item")) else { return Ok(not_found()) };
        let Some(loaded) = self.load_field(known.id, known.result, key)? else { return Ok(not_found()) };
        if waits(&work, known, key) {
            return Ok(Response::see(&entry_address(known, "waiting")));
        }
        let now = loaded.now();
        let settled = &loaded.settled.checked;
        let about = settled.findings.iter().filter(|finding| finding.fields.iter().any(|field| field == key));
        let shown = Edit {
            item: format!("{}.{key}", known.id),
            entry: known.id.to_string(),
            seen: self.last_about(known.id, key)?,
            name: field_name(key, l),
            kind: words::kind(now.kind, l),
            book: known.book.clone(),
            picture: loaded
                .view()
                .place(&loaded.facts)
                .map(|(slot, size)| picture(sheet_address(known.id), slot, size)),
            value: value_in_words(&work, &loaded, loaded.at, l),
            text: if matches!(now.value, Value::Nothing { .. }) { String::new() } else { now.as_written.clone() },
            by: by(&loaded.settled.sources[loaded.at], l),
            findings: about.map(|finding| finding.message.clone()).collect(),
            suggestions: self.suggestions(&work, &loaded, &known.book),
            neighbours: neighbours(&work, &loaded, l),
            confirmed: work.desk.is_confirmed(&known.book),
            notice: said_in_words(visit.request.query.get("said"), l),
            f: visit.frame.clone(),
        };
        Ok(page(200, &shown))
    }

    pub(super) fn take_edit(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form) = (self.fresh_work()?, &visit.request.form);
        let item = form.get("item");
        let Some((known, key)) = named(&work, item) else { return Ok(not_found()) };
        let again = |said: &str| Ok(Response::see(&format!("/edit?item={}&said={said}", encode(item))));
        if waits(&work, known, key) {
            return Ok(Response::see(&entry_address(known, "waiting")));
        }
        let note = match self.leave_for(visit, &work, &known.book) {
            Ok(note) => note,
            Err(objection) => return again(objection.said()),
        };
        let Some(loaded) = self.load_field(known.id, known.result, key)? else { return Ok(not_found()) };
        let Some((act, to)) = self.change(form.get("act"), form.get("text"), &loaded) else { return again("text") };
        let decision = edit(visit, &loaded, (act, to, note));
        let seen = form.get("seen").parse().unwrap_or(u64::MAX);
        let line = AuditLine::Decision(decision);
        let before = loaded.settled.checked.findings.clone();
        if let [Added::Overtaken(_)] = self.store.add_lines(&[(&line, Expected::Last(seen))])?[..] {
            return again("overtaken");
        }
        work.desk.catch_up(&self.store)?;
        let Some(after) = self.load_field(known.id, known.result, key)? else { return Ok(not_found()) };
        let new = brought_up(&before, &after.settled.checked.findings);
        Ok(Response::see(&entry_address(known, if new.is_empty() { "kept" } else { "findings" })))
    }

    fn change(&self, act: &str, text: &str, loaded: &Loaded) -> Option<(Act, String)> {
        let act = match act {
            "blank" => Act::Blank,
            "illegible" => Act::Illegible,
            "struck-out" => Act::StruckOut,
            "rescan" => Act::Rescan,
            "type" => {
                let text = crate::domain::text::normalise(text);
                let (field, register) = (loaded.now(), loaded.checked.entry.register);
                let value = value_of_field_text(field.kind, &text, register, &self.config.extract);
                return (1..=LONGEST_TEXT).contains(&text.chars().count()).then_some((Act::Type { value }, text));
            }
            _ => return None,
        };
        Some((act, String::new()))
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

/// Fields in the queue are decided there: a change here would go around the second key.
fn waits(work: &Work, known: &Known, key: &str) -> bool {
    let open = matches!(work.desk.stand_of(&format!("{}.{key}", known.id)), Some(Stand::Open(_)));
    open && !work.desk.is_sample(&format!("{}.{key}", known.id)) && work.desk.fate(known.id) == Fate::Kept
}

/// An entry's page, with what just happened.
pub(super) fn entry_address(known: &Known, said: &str) -> String {
    format!("/entry/{}?said={said}", known.id)
}

fn by(source: &Source, l: words::Language) -> String {
    match source {
        Source::Machine => l.pick("máy", "machine").to_owned(),
        Source::People(who) => who.join(", "),
        Source::Nobody => l.pick("chưa có người quyết định", "nobody yet").to_owned(),
    }
}

fn edit(visit: &Visit<'_>, loaded: &Loaded, (act, to, note): (Act, String, String)) -> Decision {
    let (now, entry) = (loaded.now(), loaded.checked.entry.id);
    Decision {
        at: jiff::Timestamp::now().to_string(),
        who: visit.frame.who.clone(),
        step: Step::Edit,
        entry,
        key: now.key.clone(),
        act,
        from: now.value.text(),
        to,
        note,
        seconds: seconds(visit),
        shown: Shown {
            reading: Some(now.as_written.clone()),
            reasons: loaded.settled.checked.findings.iter().map(|finding| format!("rule:{}", finding.rule)).collect(),
            confidence: loaded.field().confidence.get(),
            sheet: format!("{}-{}", entry.page, entry.part),
            reader: loaded.field().reading.as_ref().map(|reading| reading.reader.clone()).unwrap_or_default(),
            alternatives: Vec::new(),
            together: 1,
        },
    }
}
