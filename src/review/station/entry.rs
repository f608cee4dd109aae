//! One entry over its page, with what was found and what people did.

use sohoa_http::Response;

use super::change::{brought_up, said_in_words};
use super::shown::{Way, by, class, must_stay_hidden, sheet_address, value_in_words, way};
use super::{Station, Visit, Work, not_found};
use crate::domain::settlement::Source;
use crate::domain::{Act, AuditLine, Decision, EntryFate, Fate, Finding, SlotKind};
use crate::review::desk::Known;
use crate::review::names::field_name;
use crate::review::pages::{Box, EntryField, EntryPage, FindingLine, Past, page};
use crate::review::words::{self, Language};
use crate::store::StoreError;

impl Station {
    pub(super) fn show_entry(&self, visit: &Visit<'_>, name: &str) -> Result<Response, StoreError> {
        let (work, l) = (self.fresh_work()?, visit.frame.l);
        let Some(known) = work.desk.entry(name) else { return Ok(not_found()) };
        let Some(loaded) = self.load_at(known.id, known.result, |_| true)? else { return Ok(not_found()) };
        let Some(sheet) = loaded.facts.sheets.iter().find(|sheet| sheet.part == known.id.part) else {
            return Ok(not_found());
        };
        let after = &loaded.settled;
        let fields = || {
            let all = after.checked.entry.fields.iter().zip(&after.sources).enumerate();
            all.filter(|(_, (field, _))| field.kind != SlotKind::Signature)
        };
        let boxes = fields().filter_map(|(_, (field, source))| {
            let slot = sheet.slots.iter().find(|slot| slot.ordinal == known.id.ordinal && slot.key == field.slot)?;
            let (x, y) = (slot.crop.left as i64, slot.crop.top as i64);
            let size = ((slot.crop.right - slot.crop.left) as i64, (slot.crop.bottom - slot.crop.top) as i64);
            Some(Box {
                x,
                y,
                width: size.0,
                height: size.1,
                class: class(source),
                link: way(&work, known, &field.key).address(known, &field.key),
                name: field_name(&field.key, l),
            })
        });
        let line = |(at, (field, source)): (usize, (&crate::domain::Field, &Source))| {
            let way = way(&work, known, &field.key);
            EntryField {
                name: field_name(&field.key, l),
                text: value_in_words(&work, &loaded, at, l),
                class: class(source),
                by: by(source, l.pick("chờ", "waiting"), l),
                link: way.address(known, &field.key),
                act: match way {
                    Way::Decide => l.pick("quyết định", "decide"),
                    Way::Edit => l.pick("sửa", "edit"),
                },
            }
        };
        let new = brought_up(&loaded.checked.findings, &after.checked.findings);
        let findings = after.checked.findings.iter();
        let findings = findings.map(|finding| finding_line(&work, known, finding, new.contains(&finding), l)).collect();
        let lines = self.store.audit_on(known.id.page)?;
        let fate_seen = lines.iter().filter(|kept| matches!(&kept.line, AuditLine::Fate(f) if f.entry == known.id));
        let shown = EntryPage {
            sheet: sheet_address(known.id),
            size: sheet.size,
            boxes: boxes.collect(),
            fields: fields().map(line).collect(),
            findings,
            fate: fate_in_words(&after.fate, l),
            fate_seen: fate_seen.map(|kept| kept.number).max().unwrap_or(0),
            namesakes: work.desk.namesakes(known).into_iter().map(|other| other.id.to_string()).collect(),
            past: lines.iter().filter_map(|kept| past(&kept.line, known, l)).collect(),
            note_link: fields()
                .find(|(_, (field, _))| field.kind == SlotKind::MarginNote)
                .map(|(_, (field, _))| way(&work, known, &field.key).address(known, &field.key))
                .unwrap_or_default(),
            confirmed: work.desk.is_confirmed(&known.book),
            notice: said_in_words(visit.request.query.get("said"), l),
            entry: name.to_owned(),
            book: known.book.clone(),
            number: known.number.clone(),
            f: visit.frame.clone(),
        };
        Ok(page(200, &shown))
    }
}

/// A finding with the ways to the fields it is about.
pub(super) fn finding_line(work: &Work, known: &Known, finding: &Finding, new: bool, l: Language) -> FindingLine {
    let own = |key: &&String| work.desk.has_field(known.id, key);
    let rule = words::rule(&finding.rule, l).to_owned();
    // its words may hold what a second key must not see
    let hidden = finding.fields.iter().any(|key| must_stay_hidden(work, known.id, key));
    let fields = finding.fields.iter().filter(own);
    FindingLine {
        message: if hidden { format!("{rule}: …") } else { finding.message.clone() },
        rule,
        new,
        fields: fields.map(|key| (field_name(key, l), way(work, known, key).address(known, key))).collect(),
    }
}

/// Nothing for an entry like any other.
fn fate_in_words(fate: &Fate, l: Language) -> String {
    match fate {
        Fate::Kept => String::new(),
        Fate::Rescan => l.pick("Đang chờ quét lại trang.", "Waits for another scan of the page.").to_owned(),
        Fate::Duplicate { of } if of.is_empty() => l.pick("Bản trùng.", "A duplicate.").to_owned(),
        Fate::Duplicate { of } => format!("{} {of}.", l.pick("Trùng với", "A duplicate of")),
    }
}

fn past(line: &AuditLine, known: &Known, l: Language) -> Option<Past> {
    match line {
        AuditLine::Decision(decision) if decision.entry == known.id => Some(past_decision(decision, l)),
        AuditLine::Fate(fate) if fate.entry == known.id => Some(past_fate(fate, l)),
        _ => None,
    }
}

fn past_fate(said: &EntryFate, l: Language) -> Past {
    let what = match said.fate {
        Fate::Kept => l.pick("bỏ đánh dấu", "mark removed"),
        Fate::Duplicate { .. } => l.pick("đánh dấu trùng", "marked as duplicate"),
        Fate::Rescan => l.pick("yêu cầu quét lại", "sent to rescan"),
    };
    let name = l.pick("Cả trường hợp", "Whole entry").to_owned();
    Past { at: minute(&said.at), who: said.who.clone(), name, what, note: said.note.clone() }
}

/// What others decided is not shown here: a second key must stay blind.
fn past_decision(decision: &Decision, l: Language) -> Past {
    let what = match decision.act {
        Act::Accept { .. } => l.pick("chấp nhận", "accepted"),
        Act::Choose { .. } => l.pick("chọn cách đọc khác", "chose another reading"),
        Act::Type { .. } => l.pick("gõ", "typed"),
        Act::Blank => l.pick("để trống", "blank"),
        Act::Illegible => l.pick("không đọc được", "illegible"),
        Act::StruckOut => l.pick("bị gạch", "struck out"),
        Act::Unsure => l.pick("chưa chắc", "not sure"),
        Act::Rescan => l.pick("cần quét lại", "rescan"),
        Act::Undo => l.pick("hoàn tác", "taken back"),
    };
    let name = field_name(&decision.key, l);
    Past { at: minute(&decision.at), who: decision.who.clone(), name, what, note: decision.note.clone() }
}

fn minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}
