//! Pages fail, workers differ, processes die: the outputs do not notice.

use sohoa::domain::{Alternative, Aside, Confidence, PageId, Reading, Sha256, SlotKind, Value};
use sohoa::pipeline::page::PageFailure;
use sohoa::store::{Load, PageState, ResultRef, Store};

use crate::fake;

const PAGES: [u8; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

fn text(run: &std::path::Path, name: &str) -> String {
    String::from_utf8(fake::outputs(run)[name].clone()).expect("text")
}

#[test]
fn outputs_do_not_depend_on_workers_or_order() {
    let folder = tempfile::tempdir().expect("folder");
    let tools = fake::tools(folder.path());
    let backwards: Vec<u8> = PAGES.into_iter().rev().collect();
    let runs = [("one", 1, &PAGES[..]), ("two", 2, &PAGES[..]), ("eight", 8, &backwards[..])];
    for (name, workers, order) in runs {
        fake::run(&folder.path().join(name), &tools, order, workers, &|job| Ok(fake::page(job)));
        fake::assert_same(&folder.path().join("one"), &folder.path().join(name));
    }
    let one = fake::outputs(&folder.path().join("one"));
    for name in [
        "records.csv",
        "records.jsonl",
        "records.parquet",
        "review/queue.csv",
        "review/queue.jsonl",
        "aside.csv",
        "duplicates.csv",
        "findings.csv",
        "report.html",
        "report.json",
    ] {
        assert!(one.contains_key(name), "{name} is missing");
    }
    assert_eq!(one.keys().filter(|name| name.starts_with("pages/")).count(), PAGES.len());
}

#[test]
fn a_signer_whom_three_pages_name_is_accepted_and_pages_never_count_twice() {
    let folder = tempfile::tempdir().expect("folder");
    let (run, tools) = (folder.path().join("run"), fake::tools(folder.path()));
    let signed = |job: &sohoa::pipeline::Job| {
        let mut page = fake::page(job);
        let field = &mut page.entries[0].entry.fields[3];
        (field.key, field.slot, field.kind) = ("nguoiKy".to_owned(), "nguoiKy".to_owned(), SlotKind::Signer);
        field.as_written = "Trần Hồng Tân".to_owned();
        field.value = Value::Text { text: field.as_written.clone() };
        field.confidence = Confidence::new(if job.file.sha256.0[0] == 4 { 0.6 } else { 0.95 });
        Ok(page)
    };
    let signers = |run: &std::path::Path| text(run, "review/queue.csv").matches("nguoiKy").count();
    fake::run(&run, &tools, &[1, 2], 1, &signed);
    let two = signers(&run);
    fake::run(&run, &tools, &[1, 2, 4, 7], 1, &signed);
    let (four, once) = (signers(&run), text(&run, "review/queue.jsonl"));
    assert!(two > 0 && four > 0 && four < two, "{two} asked of two pages, {four} of four: the one in doubt");
    fake::run(&run, &tools, &[1, 2, 4, 7], 1, &signed);
    assert_eq!(text(&run, "review/queue.jsonl"), once);
}

#[test]
fn a_number_in_doubt_is_read_again_between_its_neighbours_and_alone_when_they_are_gone() {
    let folder = tempfile::tempdir().expect("folder");
    let (run, tools) = (folder.path().join("run"), fake::tools(folder.path()));
    let doubtful = |job: &sohoa::pipeline::Job| {
        let mut page = fake::page(job);
        let field = &mut page.entries[0].entry.fields[0];
        if field.as_written == "5" {
            let seen = |text: &str, p: f32| Alternative {
                text: text.to_owned(),
                evidence: Confidence::new(p),
                prior: Confidence::new(0.1),
                posterior: Confidence::new(p),
            };
            field.as_written = "6".to_owned();
            field.value = Value::Number { number: 6, text: "6".to_owned() };
            field.confidence = Confidence::new(0.6);
            field.reading = Some(Reading {
                text: "6".to_owned(),
                chars: Vec::new(),
                confidence: field.confidence,
                parts: Vec::new(),
                unconstrained: "6".to_owned(),
                alternatives: vec![seen("6", 0.6), seen("5", 0.4)],
                reader: "test".to_owned(),
            });
        }
        Ok(page)
    };
    let number = || {
        let store = fake::open(&run);
        let row = store.page_rows().expect("rows").into_iter().find(|row| row.path.contains("005")).expect("page 5");
        let ResultRef::Read(result) = row.result else { panic!("read") };
        let page = store.page(row.id, result, Load::Readings).expect("page");
        let field = page.entries[0].checked.entry.fields[0].clone();
        (field.as_written, field.value.text(), field.reading.expect("reading"))
    };
    fake::run(&run, &tools, &[5], 1, &doubtful);
    assert_eq!((number().0.as_str(), number().1.as_str()), ("6", "6"));
    fake::run(&run, &tools, &[4, 5, 6], 1, &doubtful);
    let (written, value, reading) = number();
    assert_eq!((written.as_str(), value.as_str(), reading.text.as_str()), ("5", "5", "5"));
    assert_eq!(reading.alternatives.iter().map(|other| other.text.as_str()).collect::<Vec<_>>(), ["5", "6"]);
    let once = fake::outputs(&run);
    fake::run(&run, &tools, &[4, 5, 6], 1, &doubtful);
    assert_eq!(fake::outputs(&run), once, "and pages never count twice");
}

#[test]
fn every_entry_is_a_record_or_has_a_queued_required_field() {
    let folder = tempfile::tempdir().expect("folder");
    let run = folder.path().join("run");
    fake::run(&run, &fake::tools(folder.path()), &PAGES, 2, &|job| Ok(fake::page(job)));
    let records = text(&run, "records.csv").lines().count() - 1;
    // every third page is unsure, every fifth has a finding against its name
    assert_eq!(records, PAGES.iter().filter(|n| *n % 3 != 0 && *n % 5 != 0).count());
    let queue = text(&run, "review/queue.csv");
    // an unsure number is told by the pages before and behind
    assert_eq!(queue.lines().count() - 1, 4 * 3 + 2, "three fields of four unsure pages, the name of two more");
    for name in
        queue.lines().skip(1).map(|line| line.rsplit(',').find(|cell| cell.starts_with("crops/")).expect("crop"))
    {
        assert!(run.join("review").join(name).is_file(), "{name} is missing");
    }
    assert!(!text(&run, "records.csv").contains(",=chữ"), "a cell starts a formula");
}

#[test]
fn a_page_that_panics_is_set_aside_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("folder");
    let run = folder.path().join("run");
    let read = |job: &sohoa::pipeline::Job| {
        assert!(job.file.sha256.0[0] != 4, "Nguyễn Thị Bí Mật");
        Ok(fake::page(job))
    };
    let tally = fake::run(&run, &fake::tools(folder.path()), &PAGES, 2, &read);
    assert_eq!((tally.read, tally.aside), (PAGES.len() - 1, 1));
    let aside = text(&run, "aside.csv");
    assert!(aside.contains("scans/004.jpg,1,run,the program stumbled over it"), "{aside}");
    assert!(!aside.contains("Bí Mật"), "a panic message may hold a name");
}

#[test]
fn a_picture_that_is_no_good_is_never_read_again_and_a_failing_engine_is() {
    let folder = tempfile::tempdir().expect("folder");
    let (run, tools) = (folder.path().join("run"), fake::tools(folder.path()));
    let bad = |job: &sohoa::pipeline::Job| match job.file.sha256.0[0] {
        1 => Err(PageFailure::ForGood(Aside::new("cleanup", "blank page\nhint: scan it again"))),
        2 => Err(PageFailure::ThisTime(Aside::new("align", "tesseract failed"))),
        _ => Ok(fake::page(job)),
    };
    assert_eq!(fake::run(&run, &tools, &PAGES, 2, &bad).aside, 2);
    assert!(text(&run, "aside.csv").contains("scans/001.jpg,1,cleanup,blank page,scan it again"));
    let again = fake::run(&run, &tools, &PAGES, 2, &|job| Ok(fake::page(job)));
    assert_eq!((again.known, again.read, again.aside), (PAGES.len() - 1, 1, 0));
}

#[test]
fn another_fingerprint_reads_again_and_the_old_result_stays() {
    let folder = tempfile::tempdir().expect("folder");
    let run = folder.path().join("run");
    fake::run(&run, &fake::tools(folder.path()), &[1], 1, &|job| Ok(fake::page(job)));
    let store = crate::fake::open(&run);
    let id = PageId { file: Sha256([1; 32]), index: 0 };
    let first = store.page_rows().expect("rows").remove(0);
    assert_eq!(store.page_state(id, "other model").expect("state"), PageState::Pending(0));
    let page = fake::page(&fake::job(1));
    store.keep_page(id, "other model", Ok((&page.facts, &page.entries))).expect("kept");
    let second = store.page_rows().expect("rows").remove(0);
    let key = |row: &sohoa::store::PageRow| match row.result {
        ResultRef::Read(key) => key,
        ResultRef::Aside(_) => panic!("read"),
    };
    assert_ne!(key(&first), key(&second));
    assert_eq!(store.page_state(id, "test").expect("state"), PageState::Done);
    assert_eq!(key(&first), key(&store.page_rows().expect("rows").remove(0)), "the old result shows again");
}

#[test]
fn the_same_page_is_never_kept_twice() {
    let folder = tempfile::tempdir().expect("folder");
    let store = crate::fake::open(&folder.path().join("run"));
    let (job, page) = (fake::job(1), fake::page(&fake::job(1)));
    store.note_file(&job.file.path, job.file.sha256, 1, &job.file.hint).expect("noted");
    let keep = || store.keep_page(job.id(), "test", Ok((&page.facts, &page.entries)));
    keep().expect("first");
    assert!(keep().is_err());
    assert_eq!(store.progress().expect("counts").entries, 1);
}

#[test]
fn a_page_in_hand_when_the_process_died_is_counted_and_given_up_after_the_limit() {
    let folder = tempfile::tempdir().expect("folder");
    let store = crate::fake::open(&folder.path().join("run"));
    let job = fake::job(1);
    store.note_file(&job.file.path, job.file.sha256, 1, &job.file.hint).expect("noted");
    for died in 0..3 {
        assert_eq!(store.page_state(job.id(), "test").expect("state"), PageState::Pending(died));
        store.begin_page(job.id(), "test").expect("begun");
    }
    sohoa::pipeline::batch::give_up(&job, &store).expect("given up");
    let row = store.page_rows().expect("rows").remove(0);
    assert!(matches!(row.result, ResultRef::Aside(aside) if aside.reason.contains("died on this page")));
    assert_eq!(store.page_state(job.id(), "next version").expect("state"), PageState::Pending(0), "a new chance");
}

#[test]
fn two_processes_do_not_share_a_run() {
    let folder = tempfile::tempdir().expect("folder");
    let first = crate::fake::open(folder.path());
    let told = Store::open(folder.path()).expect_err("busy").to_string();
    assert!(told.contains("in use") && told.contains("hint:"), "{told}");
    drop(first);
    crate::fake::open(folder.path());
}
