//! The books of a run; the officer confirms one that is finished.

use sohoa_http::Response;

use super::change::LONGEST_NOTE;
use super::{Station, Visit, Work, not_found, note};
use crate::confirmation::{confirmations, content};
use crate::domain::{AuditLine, Confirmation, day_of};
use crate::review::filter::Filter;
use crate::review::pages::{BookLine, Books, page};
use crate::review::words::{self, Language};
use crate::store::{Role, StoreError};

impl Station {
    pub(super) fn show_books(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, l) = (self.fresh_work()?, visit.frame.l);
        let confirmed = confirmations(&self.store)?;
        let mut lines = Vec::new();
        for (name, book) in work.desk.books() {
            let left = work.desk.left(&Filter::default().with("book", name));
            let open = left.open + left.rescan;
            let last = confirmed.iter().rev().find(|confirmation| confirmation.book == *book);
            // hashing a book costs: only where it tells something
            let hash = || Ok::<_, StoreError>(content(&self.store, book, &self.config)?.hash);
            let content = if last.is_some() || open == 0 { hash()? } else { String::new() };
            let state = match last {
                Some(last) if last.content == content => confirmed_in_words(last, l),
                Some(_) => l.pick("đã thay đổi sau khi xác nhận", "changed after it was confirmed").to_owned(),
                None => String::new(),
            };
            let stands = last.is_some_and(|last| last.content == content);
            lines.push(BookLine {
                name: name.clone(),
                register: words::register(book.register, l),
                open,
                settled: left.settled,
                state,
                confirmable: visit.frame.role == Role::Officer && open == 0 && !stands,
                again: last.is_some(),
            });
        }
        Ok(page(200, &Books { f: visit.frame.clone(), lines, sample: sample_in_words(work.desk.sampled(), l) }))
    }

    pub(super) fn confirm(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form, frame) = (self.fresh_work()?, &visit.request.form, visit.frame.clone());
        let l = frame.l;
        let Some(book) = work.desk.books().get(form.get("book")) else { return Ok(not_found()) };
        let refused = |title| Ok(note(visit.frame.clone(), 409, title, "", "/books".to_owned()));
        if self.open_in(&work, form.get("book")) > 0 {
            return refused(l.pick("Quyển này còn trường đang chờ.", "Fields of this book are still waiting."));
        }
        let again = confirmations(&self.store)?.iter().any(|confirmation| confirmation.book == *book);
        let why = crate::domain::text::normalise(form.get("note"));
        if why.chars().count() > LONGEST_NOTE || (again && why.is_empty()) {
            return refused(l.pick("Xác nhận lại thì phải ghi lý do.", "Confirming again needs a reason."));
        }
        let content = content(&self.store, book, &self.config)?;
        let (at, who) = visit.signed();
        let confirmation = Confirmation {
            at,
            who,
            book: book.clone(),
            content: content.hash,
            entries: u32::try_from(content.entries).unwrap_or(u32::MAX),
            note: why,
        };
        self.store.add_line(&AuditLine::Confirmation(confirmation))?;
        Ok(Response::see("/books"))
    }

    fn open_in(&self, work: &Work, book: &str) -> usize {
        let left = work.desk.left(&Filter::default().with("book", book));
        left.open + left.rescan
    }
}

fn confirmed_in_words(confirmation: &Confirmation, l: Language) -> String {
    let (day, short) = (day_of(&confirmation.at), confirmation.short());
    let Confirmation { who, entries, .. } = confirmation;
    match l {
        Language::Vietnamese => format!("{who} xác nhận {day}: {entries} trường hợp, mã {short}"),
        Language::English => format!("confirmed by {who} {day}: {entries} entries, hash {short}"),
    }
}

/// Nothing until somebody has looked: no figure is better than one from a handful.
fn sample_in_words((looked, wrong): (usize, usize), l: Language) -> String {
    match (looked, l) {
        (0, _) => String::new(),
        (_, Language::Vietnamese) => format!("Kiểm tra ngẫu nhiên trường máy đã nhận: xem {looked}, sai {wrong}."),
        (_, Language::English) => format!("Random check of accepted fields: {looked} looked at, {wrong} wrong."),
    }
}
