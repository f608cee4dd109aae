//! The queue, the accounts, one entry.

use sohoa_http::Response;

use super::{Station, Visit};
use crate::review::desk::Desk;
use crate::review::filter::Filter;
use crate::review::item::{Item, kind_of_word, kind_word};
use crate::review::pages::{Chosen, Count, Counts, People, Queue, page};
use crate::review::words::{self, Language};
use crate::store::StoreError;

/// Reasons with less than this are still found by their kind.
const LINES: usize = 14;

impl Station {
    pub(super) fn show_queue(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let work = self.fresh_work()?;
        let (desk, filter, l) = (&work.desk, Filter::of(&visit.request.query), visit.frame.l);
        let (own, all) = desk.pace(&visit.frame.who);
        let left = desk.left(&filter);
        let tables = vec![
            counts(desk, &filter, "book", l.pick("Quyển sổ", "Book"), |i| vec![i.book.clone()], str::to_owned),
            counts(
                desk,
                &filter,
                "kind",
                l.pick("Loại trường", "Kind of field"),
                |i| vec![kind_word(i.kind)],
                |id| kind_in_words(id, l),
            ),
            counts(
                desk,
                &filter,
                "reason",
                l.pick("Lý do", "Reason"),
                |i| i.reasons.clone(),
                |id| words::reason_group(id, l),
            ),
        ];
        let queue = Queue {
            f: visit.frame.clone(),
            query: filter.query(),
            end: end(left.open, all, l),
            left,
            own,
            tables,
            alike: super::many::groups(desk, &filter, &visit.frame.who, l),
        };
        Ok(page(200, &queue))
    }

    pub(super) fn show_people(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let l = visit.frame.l;
        let audit = match (self.store.verify_audit()?, l) {
            (Ok(head), Language::Vietnamese) => format!("{} dòng, nguyên vẹn.", head.number),
            (Ok(head), Language::English) => format!("{} lines, unbroken.", head.number),
            (Err(broken), Language::Vietnamese) => format!("Bị sửa từ dòng {}.", broken.number),
            (Err(broken), Language::English) => format!("Broken from line {} on.", broken.number),
        };
        Ok(page(200, &People { f: visit.frame.clone(), accounts: self.store.accounts()?, audit }))
    }
}

fn counts(
    desk: &Desk,
    filter: &Filter,
    part: &str,
    title: &'static str,
    words: impl Fn(&Item) -> Vec<String>,
    name: impl Fn(&str) -> String,
) -> Counts {
    let set = match part {
        "book" => &filter.book,
        "kind" => &filter.kind,
        _ => &filter.reason,
    };
    let to = |value: &str| format!("/queue{}", filter.with(part, value).query());
    let line = |(id, open): (String, usize)| Count {
        name: name(&id),
        link: to(&id),
        open,
        chosen: if *set == id { Chosen::Yes } else { Chosen::No },
    };
    // the other two filters hold, this one offers its other values too
    let lines = desk.counts(&filter.with(part, ""), words).into_iter().take(LINES).map(line).collect();
    Counts { title, all: if set.is_empty() { String::new() } else { to("") }, lines }
}

fn kind_in_words(id: &str, l: Language) -> String {
    kind_of_word(id).map_or_else(|| id.to_owned(), |kind| words::kind(kind, l).to_owned())
}

/// When the queue will be empty at the pace of the last ten minutes.
fn end(open: usize, decided: usize, l: Language) -> String {
    if decided == 0 {
        return String::new();
    }
    let minutes = open * 10 / decided;
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match l {
        Language::Vietnamese => format!("còn khoảng {hours} giờ {minutes} phút"),
        Language::English => format!("about {hours} h {minutes} min left"),
    }
}
