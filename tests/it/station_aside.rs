//! Pages that no layout fits: people look at them, say which layout they have, and the next run reads them so.

use sohoa::domain::{Aside, AuditLine};
use sohoa::pipeline::Job;
use sohoa::pipeline::page::{PageFailure, PageRead};

use crate::fake;
use crate::station::{Answer, Office, open, rerun_that, run_that};

/// The fourth page, which no layout fits.
const PAGE: &str = "0404040404040404-0";
const ENTRY: &str = "0404040404040404-0-0-0";

fn unlaid(job: &Job) -> PageFailure {
    let aside = Aside::new("align", "unknown layout (best: ks-2006, 12 % of its labels)\nhint: add the layout");
    let aside = job.layout.as_ref().map_or(aside.clone(), |layout| aside.nor_as(layout));
    PageFailure::Unlaid(aside, Box::new(fake::page(job).pictures.remove(0)))
}

/// Fits no layout, whatever people say.
fn stubborn(job: &Job) -> Result<PageRead, PageFailure> {
    if job.file.sha256.0[0] == 4 { Err(unlaid(job)) } else { Ok(fake::page(job)) }
}

/// Fits the layout that people say.
fn as_said(job: &Job) -> Result<PageRead, PageFailure> {
    if job.layout.is_none() { stubborn(job) } else { Ok(fake::page(job)) }
}

impl Office {
    fn say_layout(&self, cookie: &str, page: &Answer, layout: &str) -> Answer {
        let fields = ["form_token", "page", "seen"].map(|name| (name, page.hidden(name)));
        self.post("/layout", cookie, &[&fields[..], &[("layout", layout), ("note", "")]].concat())
    }
}

#[test]
fn a_page_that_no_layout_fits_is_listed_shown_and_read_as_a_person_says() {
    let office = open(run_that(stubborn));
    let lan = office.sign_in("lan");
    let list = office.get("/aside", &lan).body;
    assert!(list.contains(&format!("/aside/{PAGE}")) && list.contains("scans/004.jpg, trang 1"), "{list}");
    assert_eq!(list.matches("href=\"/aside/").count(), 1, "the others were read");
    assert!(office.get("/queue", &lan).body.contains("href=\"/aside\""), "the way to it");
    let page = office.get(&format!("/aside/{PAGE}"), &lan);
    assert!(
        page.body.contains("unknown layout (best: ks-2006") && page.body.contains("data-key=\"1\""),
        "{}",
        page.body
    );
    assert!(page.body.contains(&format!("/sheet/{PAGE}-0.jpg")));
    let picture = office.get(&format!("/sheet/{PAGE}-0.jpg"), &lan);
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));

    let unknown = office.say_layout(&lan, &page, "nowhere");
    assert!(unknown.header("location").contains("said=other"), "{unknown:?}");
    let said = office.say_layout(&lan, &page, "ks-2006");
    assert_eq!(said.header("location"), "/aside?said=layout");
    let twice = office.say_layout(&lan, &page, "kh-2006");
    assert!(twice.header("location").contains("said=overtaken"), "{twice:?}");
    let [AuditLine::Layout(change)] = &office.audit()[..] else { panic!("one word") };
    assert_eq!((change.who.as_str(), change.to.as_deref(), change.from.len()), ("lan", Some("ks-2006"), 0));
    assert!(office.get("/aside", &lan).body.contains("ks-2006: chờ lần chạy"));

    let folder = office.close();
    rerun_that(folder.path(), as_said);
    let office = open(folder);
    let lan = office.sign_in("lan");
    assert!(!office.get("/aside", &lan).body.contains(PAGE), "it was read");
    assert_eq!(office.get(&format!("/aside/{PAGE}"), &lan).status, 404);
    assert_eq!(office.get(&format!("/entry/{ENTRY}"), &lan).status, 200);
}

#[test]
fn a_word_that_does_not_hold_is_told_and_can_be_taken_back() {
    let office = open(run_that(stubborn));
    let lan = office.sign_in("lan");
    office.say_layout(&lan, &office.get(&format!("/aside/{PAGE}"), &lan), "kt-2010");
    let folder = office.close();
    rerun_that(folder.path(), stubborn);
    let office = open(folder);
    let lan = office.sign_in("lan");
    let page = office.get(&format!("/aside/{PAGE}"), &lan);
    assert!(page.body.contains("kt-2010: đã đọc theo bố cục này mà vẫn không khớp"), "{}", page.body);
    office.say_layout(&lan, &page, "");
    let list = office.get("/aside", &lan).body;
    assert!(list.contains(PAGE) && !list.contains("kt-2010"), "{list}");
}

#[test]
fn nobody_without_the_right_or_the_token_says_what_a_page_is() {
    let office = open(run_that(stubborn));
    let (lan, quan) = (office.sign_in("lan"), office.sign_in("quan"));
    assert_eq!(office.get("/aside", &quan).status, 403);
    let forged = [("form_token", "0"), ("page", PAGE), ("seen", "0"), ("layout", "ks-2006")];
    assert_eq!(office.post("/layout", &lan, &forged).status, 403);
    assert_eq!(office.get("/aside/../run.sqlite", &lan).status, 404);
    let token = office.get(&format!("/aside/{PAGE}"), &lan).hidden("form_token").to_owned();
    let other = [("form_token", token.as_str()), ("page", "0101010101010101-0"), ("seen", "0"), ("layout", "ks-2006")];
    assert_eq!(office.post("/layout", &lan, &other).status, 404, "a page that was read is changed at its entry");
    assert!(office.audit().is_empty());
}
