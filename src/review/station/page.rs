//! What a person says of a whole page: one more act stands on it, or it has another layout.

use std::sync::Arc;

use super::fate::seen;
use super::{Station, Visit, Work};
use crate::domain::{AuditLine, EntryId, EntrySplit, LayoutChange, PageFacts};
use crate::forms::Layout;
use crate::pipeline::page::MISFIT;
use crate::review::desk::Known;
use crate::review::pages::PageForms;
use crate::review::words::Language;
use crate::store::{Added, Expected, StoreError};

impl Station {
    /// One more entry beside `known`, which nobody has read: all its fields are asked.
    pub(super) fn split(
        &self,
        visit: &Visit<'_>,
        work: &Work,
        known: &Known,
        note: String,
    ) -> Result<&'static str, StoreError> {
        let there = work.desk.on_page(known.id.page);
        // a page sent twice is one entry more, not two
        if visit.request.form.get("entries") != there.len().to_string() {
            return Ok("overtaken");
        }
        let last = there.iter().filter(|other| other.id.part == known.id.part).map(|other| other.id.ordinal).max();
        let Some(ordinal) = last.unwrap_or(0).checked_add(1) else { return Ok("other") };
        let (at, who) = visit.signed();
        let split = EntrySplit { at, who, entry: EntryId { ordinal, ..known.id }, of: known.id, note };
        Ok(match self.store.add_split(&split, known.result)? {
            Added::Line(_) => "split",
            Added::Overtaken(_) => "overtaken",
        })
    }

    /// What the entry view offers for its page.
    pub(super) fn page_forms(&self, work: &Work, known: &Known, facts: &PageFacts, l: Language) -> PageForms {
        let there = work.desk.on_page(known.id.page);
        let others = there.iter().filter(|other| other.id != known.id);
        let choice = |layout: &Arc<Layout>| (layout.id.clone(), format!("{} ({})", layout.title, layout.id));
        let misfit = facts.remarks.iter().any(|remark| remark == MISFIT);
        PageForms {
            others: others.map(|other| (other.id.to_string(), other.number.clone())).collect(),
            entries: there.len(),
            layout: known.layout.clone(),
            layouts: self.layouts.iter().map(choice).filter(|(id, _)| *id != known.layout).collect(),
            remark: if misfit {
                l.pick(
                    "Trang không khớp bố cục đã chọn; máy giữ bố cục tự tìm được.",
                    "The page does not fit the layout that was chosen; it stays as the program found it.",
                )
            } else {
                ""
            },
        }
    }

    /// The page is read anew by the next run; until then nobody is asked about its entries.
    pub(super) fn change_layout(
        &self,
        visit: &Visit<'_>,
        work: &Work,
        known: &Known,
        note: String,
    ) -> Result<&'static str, StoreError> {
        let mut layouts: Vec<_> = work.desk.on_page(known.id.page).into_iter().map(of_part).collect();
        layouts.dedup();
        self.say_layout(visit, known.id, layouts, note)
    }

    /// A person's word about the layout of an entry's page, which was read as the layouts of `from`.
    pub(super) fn say_layout(
        &self,
        visit: &Visit<'_>,
        entry: EntryId,
        from: Vec<(u8, String)>,
        note: String,
    ) -> Result<&'static str, StoreError> {
        let wanted = visit.request.form.get("layout");
        if !wanted.is_empty() && self.layouts.iter().all(|layout| layout.id != wanted) {
            return Ok("other");
        }
        let (at, who) = visit.signed();
        let to = (!wanted.is_empty()).then(|| wanted.to_owned());
        let line = AuditLine::Layout(LayoutChange { at, who, entry, from, to, note });
        let added = self.store.add_lines(&[(&line, Expected::Last(seen(visit)))])?;
        Ok(if matches!(added[..], [Added::Overtaken(_)]) { "overtaken" } else { "layout" })
    }
}

fn of_part(known: &Known) -> (u8, String) {
    (known.id.part, known.layout.clone())
}
