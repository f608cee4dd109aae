//! Acts that the page holds and the machine did not tell apart: split, joined, read as another layout.

use sohoa::domain::{Absence, AuditLine, Ink, Value};
use sohoa::pipeline::Job;
use sohoa::pipeline::page::PageRead;

use crate::fake;
use crate::station::{Office, office, open, rerun, rerun_of, run_of};

const FIRST: &str = "0101010101010101-0-0-0";
const SECOND: &str = "0202020202020202-0-0-0";
const THIRD: &str = "0303030303030303-0-0-0";
// the last of its book, so that one more number leaves no gap
const SIXTH: &str = "0606060606060606-0-0-0";
const FOUND: &str = "0606060606060606-0-0-1";

impl Office {
    fn page_has(&self, cookie: &str, address: &str, text: &str) -> bool {
        self.get(address, cookie).body.contains(text)
    }

    fn is_asked(&self, cookie: &str, entry: &str, key: &str) -> bool {
        let item = format!("{entry}.{key}");
        self.page_has(cookie, &format!("/decide?item={item}"), &format!("value=\"{item}\""))
    }
}

#[test]
fn one_more_act_on_a_page_is_asked_field_by_field_and_becomes_a_record() {
    let office = office();
    let (lan, hoa) = (office.sign_in("lan"), office.sign_in("hoa"));
    assert_eq!(office.get(&format!("/entry/{FOUND}"), &lan).status, 404);
    let stale = office.get(&format!("/entry/{SIXTH}"), &lan);
    let done = office.fate(&lan, SIXTH, "split", &[("entries", "1")]);
    assert!(done.header("location").contains("said=split"), "{done:?}");
    let fields = ["form_token", "entry", "seen", "entries"].map(|name| (name, stale.hidden(name)));
    let twice = office.post("/fate", &lan, &[&fields[..], &[("fate", "split")]].concat());
    assert!(twice.header("location").contains("said=overtaken"), "a page sent twice is one entry more: {twice:?}");
    assert!(office.page_has(&lan, &format!("/entry/{SIXTH}"), FOUND), "the way to it");
    let page = office.get(&format!("/decide?item={FOUND}.nksHoTen"), &lan);
    assert!(!page.body.contains("value=\"accept\"") && page.body.contains("/sheet/"), "{}", page.body);
    for cookie in [&lan, &hoa] {
        for key in ["so", "nksHoTen", "nksNoiSinh", "ghiChu"] {
            let page = office.get(&format!("/decide?item={FOUND}.{key}"), cookie);
            if page.body.contains(&format!("value=\"{FOUND}.{key}\"")) {
                office.decide(cookie, &page, "type", if key == "so" { "7" } else { "Lê Thị Mới" });
            }
        }
    }
    assert!(office.page_has(&lan, &format!("/entry/{FOUND}"), "<td>Lê Thị Mới</td>"));
    let [records, _] = rerun(office.close().path());
    assert!(records.contains(FOUND), "{records}");
}

#[test]
fn an_entry_that_a_person_found_outlives_another_reading_and_can_be_said_to_be_none() {
    let office = office();
    let lan = office.sign_in("lan");
    office.fate(&lan, SIXTH, "split", &[("entries", "1")]);
    office.fate(&lan, SIXTH, "layout", &[("layout", "kh-2006")]);
    let folder = office.close();
    rerun_of(folder.path(), as_said);
    let office = open(folder);
    let lan = office.sign_in("lan");
    assert!(office.page_has(&lan, &format!("/entry/{FOUND}"), "đang đọc theo kh-2006"), "beside the new reading");
    assert!(office.is_asked(&lan, FOUND, "so"));
    office.fate(&lan, FOUND, "void", &[]);
    assert!(!office.is_asked(&lan, FOUND, "so"));
    let [_, queue] = rerun_of(office.close().path(), as_said);
    assert!(!queue.contains(FOUND), "{queue}");
}

/// The first page lacks its place, the second all but that and its note; the numbers run on without the second.
fn torn(job: &Job) -> PageRead {
    let mut page = fake::page(job);
    let n = job.file.sha256.0[0];
    for field in
        page.entries.iter_mut().flat_map(|checked| &mut checked.entry.fields).filter(|f| f.key == "so" && n > 2)
    {
        field.as_written = (n - 1).to_string();
        field.value = Value::Number { number: u32::from(n - 1), text: field.as_written.clone() };
    }
    let lacks = |key: &str| match n {
        1 => key == "nksNoiSinh",
        2 => matches!(key, "so" | "nksHoTen"),
        _ => false,
    };
    for field in page.entries.iter_mut().flat_map(|checked| &mut checked.entry.fields).filter(|f| lacks(&f.key)) {
        field.ink = Ink::Blank;
        field.as_written.clear();
        field.value = Value::Nothing { absence: Absence::Blank };
    }
    page
}

#[test]
fn two_parts_of_one_act_are_one_record_and_each_field_is_asked_where_it_is_written() {
    let office = open(run_of(torn));
    let (lan, hoa) = (office.sign_in("lan"), office.sign_in("hoa"));
    assert!(office.is_asked(&lan, FIRST, "nksNoiSinh") && office.is_asked(&lan, SECOND, "so"));
    assert!(!office.is_asked(&lan, FIRST, "ghiChu"));
    assert!(office.fate(&lan, SECOND, "part", &[("of", "nowhere")]).header("location").contains("said=other"));
    assert!(office.fate(&lan, SECOND, "part", &[("of", FIRST)]).header("location").contains("said=kept"));
    let chain = office.fate(&lan, THIRD, "part", &[("of", SECOND)]);
    assert!(chain.header("location").contains("said=part"), "no part of a part: {chain:?}");
    let ring = office.fate(&lan, FIRST, "part", &[("of", THIRD)]);
    assert!(ring.header("location").contains("said=part"), "what has parts is no part: {ring:?}");
    assert!(!office.is_asked(&lan, FIRST, "nksNoiSinh"), "it stands in the other part");
    assert!(!office.is_asked(&lan, SECOND, "so"), "what is blank in a part is not asked there");
    let whole = office.get(&format!("/entry/{FIRST}"), &lan).body;
    assert!(whole.contains("chữ số 2 &#34;nksNoiSinh") || whole.contains("chữ số 2 &quot;nksNoiSinh"), "{whole}");
    assert!(whole.contains(&format!("/edit?item={SECOND}.nksNoiSinh")), "changed where it is written: {whole}");
    assert!(office.is_asked(&lan, FIRST, "ghiChu"), "the two notes differ");
    let page = office.get(&format!("/decide?item={FIRST}.ghiChu"), &lan);
    assert!(page.body.contains("Hai phần của trường hợp ghi khác nhau"), "{}", page.body);
    office.decide(&lan, &page, "type", "cả hai ghi chú");
    assert!(!office.is_asked(&hoa, FIRST, "ghiChu"));
    let folder = office.close();
    let [records, queue] = rerun_of(folder.path(), torn);
    let row = records.lines().find(|line| line.contains(FIRST)).expect("a record");
    assert!(row.contains("chữ số 2") && row.contains("cả hai ghi chú"), "{row}");
    assert!(!records.contains(SECOND) && !queue.contains(SECOND) && !queue.contains(FIRST), "{records}{queue}");
    let office = open(folder);
    let lan = office.sign_in("lan");
    office.fate(&lan, SECOND, "kept", &[]);
    assert!(office.is_asked(&lan, FIRST, "nksNoiSinh") && office.is_asked(&lan, SECOND, "so"), "as before");
}

#[test]
fn an_act_waits_for_its_other_part() {
    fn doubtful(job: &Job) -> PageRead {
        let mut page = torn(job);
        for field in page.entries.iter_mut().flat_map(|checked| &mut checked.entry.fields) {
            if job.file.sha256.0[0] == 2 && field.key == "nksNoiSinh" {
                field.confidence = sohoa::domain::Confidence::new(0.5);
            }
        }
        page
    }
    let office = open(run_of(doubtful));
    let lan = office.sign_in("lan");
    office.fate(&lan, SECOND, "part", &[("of", FIRST)]);
    assert!(office.is_asked(&lan, SECOND, "nksNoiSinh") && !office.is_asked(&lan, FIRST, "nksNoiSinh"));
    let folder = office.close();
    let [records, queue] = rerun_of(folder.path(), doubtful);
    assert!(!records.contains(FIRST) && queue.contains(SECOND), "{records}{queue}");
    let office = open(folder);
    let lan = office.sign_in("lan");
    for item in [format!("{SECOND}.nksNoiSinh"), format!("{FIRST}.ghiChu")] {
        office.decide(&lan, &office.get(&format!("/decide?item={item}"), &lan), "type", "Đồng Tháp");
    }
    let [records, _] = rerun_of(office.close().path(), doubtful);
    assert!(records.lines().any(|line| line.contains(FIRST) && line.contains("Đồng Tháp")), "{records}");
}

/// As a run reads a page whose layout people said.
fn as_said(job: &Job) -> PageRead {
    let mut page = fake::page(job);
    if let Some(layout) = &job.layout {
        page.entries.iter_mut().for_each(|checked| checked.entry.layout.clone_from(layout));
        page.facts.sheets.iter_mut().for_each(|sheet| sheet.layout.clone_from(layout));
    }
    page
}

#[test]
fn another_layout_waits_for_the_next_run_and_leaves_the_old_decisions_behind() {
    let office = office();
    let (lan, hoa) = (office.sign_in("lan"), office.sign_in("hoa"));
    let page = office.get(&format!("/decide?item={THIRD}.nksNoiSinh"), &lan);
    office.decide(&lan, &page, "type", "Đồng Tháp");
    assert!(office.fate(&lan, THIRD, "layout", &[("layout", "nowhere")]).header("location").contains("said=other"));
    office.fate(&lan, THIRD, "layout", &[("layout", "kh-2006")]);
    assert!(office.page_has(&lan, &format!("/entry/{THIRD}"), "chờ đọc lại theo bố cục khác"));
    assert!(!office.is_asked(&lan, THIRD, "so"), "nobody decides on slots that are not those of the page");
    let page = office.get(&format!("/edit?item={THIRD}.nksNoiSinh"), &hoa);
    let fields = ["form_token", "item", "seen"].map(|name| (name, page.hidden(name)));
    let change = office.post("/edit", &hoa, &[&fields[..], &[("act", "type"), ("text", "Bến Tre")]].concat());
    assert!(change.header("location").contains("said=reread"), "{change:?}");
    let folder = office.close();
    let [records, queue] = rerun_of(folder.path(), as_said);
    assert!(!records.contains(THIRD) && queue.contains(THIRD));
    let office = open(folder);
    let lan = office.sign_in("lan");
    assert!(office.page_has(&lan, &format!("/entry/{THIRD}"), "đang đọc theo kh-2006"));
    assert!(!office.page_has(&lan, &format!("/entry/{THIRD}"), "<td>Đồng Tháp</td>"), "seen in another slot");
    assert!(office.is_asked(&lan, THIRD, "nksNoiSinh"));
    office.fate(&lan, THIRD, "layout", &[("layout", "")]);
    let folder = office.close();
    rerun_of(folder.path(), as_said);
    let office = open(folder);
    let lan = office.sign_in("lan");
    assert!(office.page_has(&lan, &format!("/entry/{THIRD}"), "<td>Đồng Tháp</td>"), "taken back, it counts again");
    let said = office.audit().into_iter().filter(|line| matches!(line, AuditLine::Layout(_))).count();
    assert_eq!(said, 2, "and all of it is in the audit");
}
