//! One entry over its page, with what was found and what people did.

use sohoa_http::{Response, encode};

use super::{Station, Visit, not_found};
use crate::domain::settlement::Source;
use crate::domain::{Act, Decision, SlotKind};
use crate::review::names::field_name;
use crate::review::pages::{Box, EntryField, EntryPage, Past, page};
use crate::review::words::{self, Language};
use crate::standing::standing;
use crate::store::{Load, ResultRef, StoreError};

impl Station {
    pub(super) fn show_entry(&self, visit: &Visit<'_>, name: &str) -> Result<Response, StoreError> {
        let (work, l) = (self.work(), visit.frame.l);
        let Some(row) = self.store.page_rows()?.into_iter().find(|row| name.starts_with(&format!("{}-", row.id)))
        else {
            return Ok(not_found());
        };
        let ResultRef::Read(result) = row.result else { return Ok(not_found()) };
        let stored = self.store.page(row.id, result, Load::Values)?;
        let Some(entry) = stored.entries.into_iter().find(|stored| stored.checked.entry.id.to_string() == name) else {
            return Ok(not_found());
        };
        let id = entry.checked.entry.id;
        let after = standing(&self.store, entry.checked, &self.config)?;
        let Some(sheet) = stored.facts.sheets.iter().find(|sheet| sheet.part == id.part) else {
            return Ok(not_found());
        };
        let fields = after.checked.entry.fields.iter().zip(&after.sources);
        let shown: Vec<_> = fields.filter(|(field, _)| field.kind != SlotKind::Signature).collect();
        let boxes = shown.iter().filter_map(|(field, source)| {
            let slot = sheet.slots.iter().find(|slot| slot.ordinal == id.ordinal && slot.key == field.slot)?;
            let (x, y) = (slot.crop.left as i64, slot.crop.top as i64);
            let size = ((slot.crop.right - slot.crop.left) as i64, (slot.crop.bottom - slot.crop.top) as i64);
            Some(Box { x, y, width: size.0, height: size.1, class: class(source) })
        });
        let line = |(field, source): &(&crate::domain::Field, &Source)| {
            let item = format!("{id}.{}", field.key);
            let open = **source == Source::Nobody && work.desk.find(&item).is_some();
            EntryField {
                name: field_name(&field.key, l),
                text: match source {
                    Source::People(_) => words::decided(&field.value, l),
                    Source::Machine | Source::Nobody => field.value.text(),
                },
                class: class(source),
                by: by(source, l),
                link: if open { format!("/decide?item={}", encode(&item)) } else { String::new() },
            }
        };
        let shown = EntryPage {
            sheet: format!("/sheet/{}-{}.jpg", id.page, id.part),
            size: sheet.size,
            boxes: boxes.collect(),
            fields: shown.iter().map(line).collect(),
            findings: after.checked.findings.iter().map(|finding| finding.message.clone()).collect(),
            past: self.store.decisions_of(id)?.iter().map(|decision| past(decision, l)).collect(),
            entry: name.to_owned(),
            f: visit.frame.clone(),
        };
        Ok(page(200, &shown))
    }
}

fn class(source: &Source) -> &'static str {
    match source {
        Source::Machine => "",
        Source::People(_) => "done",
        Source::Nobody => "open",
    }
}

fn by(source: &Source, l: Language) -> String {
    match source {
        Source::Machine => l.pick("máy", "machine").to_owned(),
        Source::People(who) => who.join(", "),
        Source::Nobody => l.pick("chờ", "waiting").to_owned(),
    }
}

/// What others decided is not shown here: a second key must stay blind.
fn past(decision: &Decision, l: Language) -> Past {
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
    let at = decision.at.get(..16).unwrap_or(&decision.at).replace('T', " ");
    Past { at, who: decision.who.clone(), name: field_name(&decision.key, l), what }
}
