//! Pages that no layout fits: a person looks at them and says which one they have; the next run reads them so.

use sohoa_http::{Response, encode};

use super::change::said_in_words;
use super::entry::whole;
use super::shown::sheet_address;
use super::{Station, Visit, Work, not_found};
use crate::domain::{Aside, BookId, EntryId, PageId};
use crate::pipeline::page::UNLAID;
use crate::review::item::book_name;
use crate::review::pages::{AsideList, AsidePage, page};
use crate::review::words::Language;
use crate::stages::intake::hint_of;
use crate::store::{PageRow, ResultRef, StoreError};

/// A page that no layout fits.
struct Unlaid {
    row: PageRow,
    aside: Aside,
}

impl Unlaid {
    fn of(row: PageRow) -> Option<Self> {
        match &row.result {
            ResultRef::Aside(aside) if aside.stage == UNLAID => Some(Self { aside: aside.clone(), row }),
            ResultRef::Aside(_) | ResultRef::Read(_) => None,
        }
    }

    /// What is said of the page is kept as said of the first entry that will stand on it.
    fn first_entry(&self) -> EntryId {
        EntryId { page: self.row.id, part: 0, ordinal: 0 }
    }

    /// File and page.
    fn title(&self, l: Language) -> String {
        format!("{}, {} {}", self.row.path, l.pick("trang", "page"), self.row.id.index + 1)
    }

    /// The book that folder and file name claim; a page without one is in no book that could be confirmed.
    fn book(&self) -> String {
        let hint = hint_of(std::path::Path::new(&self.row.path));
        let part = |part: Option<String>| part.unwrap_or_default();
        let book = hint.register.map(|register| BookId {
            office: part(hint.office),
            register,
            year: part(hint.year),
            number: part(hint.book),
        });
        book.as_ref().map(book_name).unwrap_or_default()
    }
}

impl Station {
    fn unlaid(&self) -> Result<Vec<Unlaid>, StoreError> {
        Ok(self.store.page_rows()?.into_iter().filter_map(Unlaid::of).collect())
    }

    fn unlaid_of(&self, name: &str) -> Result<Option<Unlaid>, StoreError> {
        Ok(self.unlaid()?.into_iter().find(|page| page.row.id.to_string() == name))
    }

    pub(super) fn show_asides(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let l = visit.frame.l;
        let mut lines = Vec::new();
        for page in self.unlaid()? {
            let state = self.state_of(&page, l)?;
            lines.push((format!("/aside/{}", page.row.id), page.title(l), state));
        }
        // what nobody has said anything about comes first; the sort is stable
        lines.sort_by_key(|(_, _, state)| !state.is_empty());
        let notice = said_in_words(visit.request.query.get("said"), l);
        Ok(page(200, &AsideList { f: visit.frame.clone(), lines, notice }))
    }

    pub(super) fn show_aside(&self, visit: &Visit<'_>, name: &str) -> Result<Response, StoreError> {
        let (work, l) = (self.fresh_work()?, visit.frame.l);
        let Some(unlaid) = self.unlaid_of(name)? else { return Ok(not_found()) };
        let entry = unlaid.first_entry();
        let lines = self.store.audit_on(unlaid.row.id)?;
        let seen = lines.iter().filter(|kept| whole(&kept.line) == Some(entry)).map(|kept| kept.number).max();
        let has_picture = self.store.folder().page(unlaid.row.id, 0).is_file();
        let shown = AsidePage {
            name: name.to_owned(),
            title: unlaid.title(l),
            picture: if has_picture { sheet_address(entry) } else { String::new() },
            reason: unlaid.aside.reason.clone(),
            state: self.state_of(&unlaid, l)?,
            layouts: self.layouts.iter().map(|layout| (layout.id.clone(), layout.title.clone())).collect(),
            seen: seen.unwrap_or(0),
            confirmed: work.desk.is_confirmed(&unlaid.book()),
            notice: said_in_words(visit.request.query.get("said"), l),
            f: visit.frame.clone(),
        };
        Ok(page(200, &shown))
    }

    pub(super) fn take_layout(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let work = self.fresh_work()?;
        let name = visit.request.form.get("page");
        let Some(unlaid) = self.unlaid_of(name)? else { return Ok(not_found()) };
        let said = self.said_of_page(visit, &work, &unlaid)?;
        work.desk.catch_up(&self.store)?;
        let back = if said == "layout" { String::new() } else { format!("/{}", encode(name)) };
        Ok(Response::see(&format!("/aside{back}?said={said}")))
    }

    fn said_of_page(&self, visit: &Visit<'_>, work: &Work, unlaid: &Unlaid) -> Result<&'static str, StoreError> {
        match self.leave_for(visit, work, &unlaid.book()) {
            // it was read as nothing before
            Ok(note) => self.say_layout(visit, unlaid.first_entry(), Vec::new(), note),
            Err(objection) => Ok(objection.said()),
        }
    }

    /// What became of a person's word about the page; empty where nobody said one.
    fn state_of(&self, unlaid: &Unlaid, l: Language) -> Result<String, StoreError> {
        let page: PageId = unlaid.row.id;
        let Some(wanted) = self.store.wanted_layout(page)? else { return Ok(String::new()) };
        let told = if unlaid.aside.tried.as_ref() == Some(&wanted) {
            l.pick("đã đọc theo bố cục này mà vẫn không khớp", "read as this layout, and it does not fit either")
        } else {
            l.pick("chờ lần chạy `sohoa run` tới", "waits for the next `sohoa run`")
        };
        Ok(format!("{wanted}: {told}"))
    }
}
