//! What leaves the house: with the officer's word, never rewritten, and back in the queue when the importer refuses it.

use std::fs;
use std::path::Path;

use sohoa::confirmation::content;
use sohoa::domain::{AuditLine, BookId, Confirmation, Register, Step};
use sohoa::review::desk::{Desk, Left};
use sohoa::review::filter::Filter;
use sohoa::review::item::Cause;
use sohoa::store::{Claim, Role, Store};
use tempfile::TempDir;

use crate::delivery::{
    EXPORT, answer, column, configure, decide, decide_as, delivery, keep_as, office, sohoa, workbook,
};

pub(crate) fn store(office: &TempDir) -> Store {
    Store::for_people(&office.path().join("run"), Claim::Shared).expect("store")
}

fn book() -> BookId {
    let text = |t: &str| t.to_owned();
    BookId { office: text("xa_loc_thuan"), register: Register::Ks, year: text("2008"), number: text("01") }
}

pub(crate) fn settings(office: &TempDir) -> sohoa::config::Config {
    sohoa::config::load(&office.path().join("pipeline.toml")).expect("config").config
}

/// The officer's word, as the station keeps it.
pub(crate) fn confirm(office: &TempDir) {
    let (store, config) = (store(office), settings(office));
    let now = content(&store, &book(), &config).expect("content");
    let confirmation = Confirmation {
        at: "2026-02-03T00:00:00Z".to_owned(),
        who: "hoa".to_owned(),
        book: book(),
        content: now.hash,
        entries: u32::try_from(now.entries).expect("few"),
        note: String::new(),
    };
    store.add_line(&AuditLine::Confirmation(confirmation)).expect("kept");
}

#[test]
fn no_book_leaves_without_the_officers_word_about_it_as_it_is() {
    let office = office();
    configure(office.path(), "required");
    let (code, out, told) = sohoa(&office, &EXPORT);
    assert_eq!(code, Some(1), "{out}{told}");
    assert!(out.contains("KS/2008/01: chưa được công chức tư pháp - hộ tịch xác nhận, nên không giao."), "{out}");
    assert!(out.contains("Cách xử lý: chạy `sohoa review run`"), "{out}");
    assert!(!office.path().join("out").exists(), "nothing was written");

    confirm(&office);
    let (_, out, told) = sohoa(&office, &EXPORT);
    assert!(out.contains("delivery 1: 2 rows"), "{out}{told}");

    decide(&office, 3, "lan", "ghiChu", "Ly hôn năm 2012");
    let before = fs::read(delivery(&office, 1).join("SHA256SUMS")).expect("sums");
    let (code, out, _) = sohoa(&office, &EXPORT);
    assert!(code == Some(1) && out.contains("đã thay đổi sau khi hoa xác nhận ngày 2026-02-03"), "{out}");
    assert_eq!(fs::read(delivery(&office, 1).join("SHA256SUMS")).expect("sums"), before);
    let (_, out, _) = sohoa(&office, &[&EXPORT[..], &["--check"]].concat());
    assert!(out.contains("3 rows"), "what would go out may be looked at: {out}");
}

pub(crate) fn hand_over(office: &TempDir, number: u32) -> (Option<i32>, String, String) {
    sohoa(office, &["hand-over", "run", delivery(office, number).to_str().expect("path")])
}

fn read_again(office: &TempDir, n: u8, mother: &str) {
    let store = crate::fake::open(&office.path().join("run"));
    keep_as(&store, n, &[("meHoTen", mother)], 1.0, mother);
}

#[test]
fn a_delivery_that_left_the_house_is_never_rewritten_and_the_next_holds_what_changed() {
    let office = office();
    sohoa(&office, &EXPORT);
    let (code, out, told) = hand_over(&office, 1);
    assert_eq!(code, Some(0), "{out}{told}");
    assert!(out.contains("KS/2008/01 delivery 1: handed over"), "{out}");
    assert!(hand_over(&office, 1).1.contains("handed over before"));
    let sums = fs::read(delivery(&office, 1).join("SHA256SUMS")).expect("sums");

    read_again(&office, 2, "Lê Thị Hoa");
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("delivery 2: 1 rows") && out.contains("1 unanswered"), "{out}");
    assert_eq!(fs::read(delivery(&office, 1).join("SHA256SUMS")).expect("sums"), sums);

    // the answer to the first comes when the second is written already
    let (_, out, _) = answer(&office, &["so,quyenSo,Trạng thái", "1,01/2008,Thành công", "2,01/2008,Thành công"]);
    assert!(out.starts_with("2 imported, 0 refused, 0 rows not understood"), "{out}");
    let (_, out, _) = sohoa(&office, &["status", "run"]);
    assert!(out.contains("delivery 1: 2 imported, 0 refused, 0 unanswered; handed over 20"), "{out}");
    assert!(out.contains("delivery 2: 0 imported, 0 refused, 1 unanswered; not noted as handed over"), "{out}");
    let (_, out, _) = sohoa(&office, &["status", "run", "--deliveries"]);
    assert!(out.contains("\t01/2008\tKS.2008.01.2008-01-11.001.pdf\t"), "{out}");
    assert!(out.contains("\timported\t\n") && out.contains("\tdelivered\t\n"), "{out}");
}

#[test]
fn only_what_was_exported_last_and_is_whole_can_be_handed_over() {
    let office = office();
    sohoa(&office, &EXPORT);
    let kept = office.path().join("kept");
    copy(&delivery(&office, 1), &kept);
    read_again(&office, 2, "Lê Thị Hoa");
    sohoa(&office, &EXPORT);
    let (code, _, told) = sohoa(&office, &["hand-over", "run", "kept"]);
    assert!(code == Some(2) && told.contains("not the last that was exported"), "{told}");
    fs::write(delivery(&office, 1).join("left-out.csv"), "damaged").expect("written");
    let (code, _, told) = hand_over(&office, 1);
    assert!(code == Some(2) && told.contains("no whole delivery"), "{told}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder") {
        let entry = entry.expect("entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

fn desk(office: &TempDir) -> (Desk, Left) {
    let config = settings(office);
    let desk = Desk::of(&store(office), &config).expect("desk");
    let left = desk.left(&Filter::default().with("reason", "returned"));
    (desk, left)
}

#[test]
fn what_the_importer_refuses_returns_to_the_queue_with_its_words_until_a_person_has_answered() {
    let office = office();
    sohoa(&office, &EXPORT);
    answer(&office, &["so,quyenSo,Kết quả,Lý do", "1,01/2008,OK,", "2,01/2008,Lỗi,Sai tên mẹ"]);
    let (desk_now, left) = desk(&office);
    assert_eq!((left.open, left.settled), (1, 0));
    let at = desk_now.next(&Filter::default(), "lan", Role::Operator, None).expect("first of all");
    let item = desk_now.item(at);
    assert_eq!((item.key.as_str(), item.cause), ("meHoTen", Cause::Returned));
    assert_eq!(item.returned.as_ref().expect("words").words, "Sai tên mẹ");
    assert_eq!(desk_now.take(at, "lan", Role::Operator).expect("free").step, Step::Edit);

    decide_as(&office, 2, ("lan", Step::Edit), "meHoTen", "H'Bia Niê Kđăm");
    let (_, left) = desk(&office);
    assert_eq!((left.open, left.settled), (0, 1));
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("delivery 2: 1 rows"), "{out}");
    let rows = workbook(&delivery(&office, 2).join("xalocthuan_hbd_tbt.KS.2008.01.xlsx"));
    assert_eq!(column(&rows, "meHoTen"), ["H'Bia Niê Kđăm"]);
    assert_eq!(desk(&office).1, Left::default(), "it is on its way again");
}

#[test]
fn a_field_that_two_people_had_settled_needs_two_again_when_it_comes_back() {
    let office = office();
    let run = crate::fake::open(&office.path().join("run"));
    keep_as(&run, 2, &[("nksNgaySinh", "1.1.2008")], 0.5, "doubtful");
    drop(run);
    decide(&office, 2, "lan", "nksNgaySinh", "01.01.2008");
    decide(&office, 2, "minh", "nksNgaySinh", "01.01.2008");
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("2 rows"), "{out}");
    answer(&office, &["so,quyenSo,Kết quả,Lý do", "2,01/2008,Lỗi,Sai ngày sinh"]);
    assert_eq!(desk(&office).1.open, 1, "earlier decisions answer nothing");
    decide_as(&office, 2, ("lan", Step::Edit), "nksNgaySinh", "02.01.2008");
    assert_eq!(desk(&office).1.later_keys, 1);
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("delivery 2: 0 rows") && out.contains("2 waiting"), "{out}");
    decide_as(&office, 2, ("minh", Step::Second), "nksNgaySinh", "02.01.2008");
    assert_eq!(desk(&office).1.settled, 1);
    assert!(sohoa(&office, &EXPORT).1.contains("delivery 2: 1 rows"));
}
