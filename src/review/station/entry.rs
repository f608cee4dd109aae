//! One entry over its page, with what was found and what people did.

use sohoa_http::Response;

use super::change::said_in_words;
use super::decide::Loaded;
use super::shown::{Way, by, class, must_stay_hidden, sheet_address, value_in_words, way};
use super::{Station, Visit, Work, not_found};
use crate::domain::settlement::Source;
use crate::domain::{Act, AuditLine, Decision, EntryFate, EntryId, Fate, Field, Finding, SheetFacts, SlotKind};
use crate::review::desk::Known;
use crate::review::names::field_name;
use crate::review::pages::{Box, EntryField, EntryPage, FindingLine, Past, page};
use crate::review::words::{self, Language};
use crate::standing::brought_up;
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
        let new = brought_up(&loaded.checked.findings, &after.checked.findings);
        let findings = after.checked.findings.iter();
        let findings = findings.map(|finding| finding_line(&work, known, finding, new.contains(&finding), l)).collect();
        let lines = self.store.audit_on(known.id.page)?;
        let seen = lines.iter().filter(|kept| whole(&kept.line) == Some(known.id)).map(|kept| kept.number).max();
        let shown = EntryPage {
            sheet: sheet_address(known.id),
            size: sheet.size,
            boxes: boxes(&work, known, &loaded, sheet, l),
            fields: field_lines(&work, known, &loaded, l),
            findings,
            fate: fate_in_words(&after.fate, l),
            rereads: after.fate == Fate::Reread,
            fate_seen: seen.unwrap_or(0),
            parts: work.desk.parts(known).into_iter().map(|part| part.id.to_string()).collect(),
            page: self.page_forms(&work, known, &loaded.facts, l),
            namesakes: work.desk.namesakes(known).into_iter().map(|other| other.id.to_string()).collect(),
            past: lines.iter().filter_map(|kept| past(&kept.line, known, l)).collect(),
            note_link: asked(&loaded)
                .find(|(_, field, _)| field.kind == SlotKind::MarginNote)
                .map(|(_, field, _)| way(&work, known, &field.key).address(known, &field.key))
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

/// The fields that people are asked about, with who answers for each; a signature is a picture.
fn asked(loaded: &Loaded) -> impl Iterator<Item = (usize, &Field, &Source)> {
    let all = loaded.settled.checked.entry.fields.iter().zip(&loaded.settled.sources).enumerate();
    all.map(|(at, (field, source))| (at, field, source)).filter(|(_, field, _)| field.kind != SlotKind::Signature)
}

/// Their slots over the page.
fn boxes(work: &Work, known: &Known, loaded: &Loaded, sheet: &SheetFacts, l: Language) -> Vec<Box> {
    let own = |field: &Field| {
        sheet.slots.iter().find(|slot| slot.ordinal == known.id.ordinal && slot.key == field.slot).map(|slot| slot.crop)
    };
    let of = |(_, field, source): (usize, &Field, &Source)| {
        let crop = own(field)?;
        Some(Box {
            x: crop.left as i64,
            y: crop.top as i64,
            width: (crop.right - crop.left) as i64,
            height: (crop.bottom - crop.top) as i64,
            class: class(source),
            link: way(work, known, &field.key).address(known, &field.key),
            name: field_name(&field.key, l),
        })
    };
    asked(loaded).filter_map(of).collect()
}

/// Their values; a value that stands in another part is changed there.
fn field_lines(work: &Work, known: &Known, loaded: &Loaded, l: Language) -> Vec<EntryField> {
    let line = |(at, field, source): (usize, &Field, &Source)| {
        let home = work.desk.home(known, &field.key);
        let way = way(work, home, &field.key);
        EntryField {
            name: field_name(&field.key, l),
            text: value_in_words(work, loaded, at, l),
            class: class(source),
            by: by(source, l.pick("chờ", "waiting"), l),
            link: way.address(home, &field.key),
            act: match way {
                Way::Decide => l.pick("quyết định", "decide"),
                Way::Edit => l.pick("sửa", "edit"),
            },
        }
    };
    asked(loaded).map(line).collect()
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
        Fate::PartOf { of } => format!("{} {of}.", l.pick("Là phần tiếp của", "Goes on with")),
        Fate::Void => l.pick("Không phải là một trường hợp.", "No act stands here.").to_owned(),
        Fate::Reread => l
            .pick(
                "Trang chờ đọc lại theo bố cục khác (lần chạy `sohoa run` tới).",
                "The page waits to be read as another layout (by the next `sohoa run`).",
            )
            .to_owned(),
    }
}

fn past(line: &AuditLine, known: &Known, l: Language) -> Option<Past> {
    match line {
        AuditLine::Decision(decision) if decision.entry == known.id => Some(past_decision(decision, l)),
        AuditLine::Fate(fate) if fate.entry == known.id => Some(past_fate(fate, l)),
        AuditLine::Split(split) if split.entry == known.id || split.of == known.id => {
            let what = l.pick("thêm một trường hợp trên trang", "one more entry on the page");
            Some(past_whole((&split.at, &split.who, &split.note), what, l))
        }
        AuditLine::Layout(change) => {
            let what = match change.to {
                Some(_) => l.pick("đổi bố cục của trang", "another layout for the page"),
                None => l.pick("để máy tự chọn bố cục", "layout left to the program"),
            };
            Some(past_whole((&change.at, &change.who, &change.note), what, l))
        }
        _ => None,
    }
}

fn past_fate(said: &EntryFate, l: Language) -> Past {
    let what = match said.fate {
        Fate::Kept => l.pick("bỏ đánh dấu", "mark removed"),
        Fate::Duplicate { .. } => l.pick("đánh dấu trùng", "marked as duplicate"),
        Fate::Rescan => l.pick("yêu cầu quét lại", "sent to rescan"),
        Fate::PartOf { .. } => l.pick("ghép vào trường hợp khác", "joined to another entry"),
        Fate::Void | Fate::Reread => l.pick("không phải là một trường hợp", "said to be no act"),
    };
    past_whole((&said.at, &said.who, &said.note), what, l)
}

fn past_whole((at, who, note): (&str, &str, &str), what: &'static str, l: Language) -> Past {
    let name = l.pick("Cả trường hợp", "Whole entry").to_owned();
    Past { at: minute(at), who: who.to_owned(), name, what, note: note.to_owned() }
}

/// The entry that a line is about as a whole.
pub(super) fn whole(line: &AuditLine) -> Option<EntryId> {
    match line {
        AuditLine::Fate(said) => Some(said.entry),
        AuditLine::Split(split) => Some(split.entry),
        AuditLine::Layout(change) => Some(change.entry),
        AuditLine::Decision(_) | AuditLine::Confirmation(_) | AuditLine::Account(_) | AuditLine::Training(_) => None,
    }
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
