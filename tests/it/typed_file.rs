//! The typed file as second key: what it says otherwise is asked, what it says alike is evidence and nothing more.

use std::fs;

use sohoa::domain::{Act, AuditLine};
use sohoa::review::desk::{Desk, Left};
use sohoa::review::filter::Filter;
use sohoa::review::item::Cause;
use sohoa::store::Role;
use tempfile::TempDir;

use crate::delivery::{EXPORT, configure, decide, delivery, office, sohoa};
use crate::hand_over::{confirm, hand_over, settings, store};
use crate::station::{open, run_with_people};

const TYPED: &str =
    "so,quyenSo,nksHoTen,ghiChu\n1,01/2008,Nguyễn Văn Đo,\n2,01/2008,Nguyễn Văn Đô,\n3,01/2008,Nguyễn Văn Đô,Ly hôn\n";

/// Compares and asks; what the command said.
fn queue(office: &TempDir, typed: &str) -> String {
    fs::write(office.path().join("typed.csv"), typed).expect("typed");
    let (_, out, told) = sohoa(office, &["compare", "run", "typed.csv", "--queue"]);
    assert!(out.contains("queue: "), "{out}{told}");
    out
}

fn desk(office: &TempDir) -> (Desk, Left) {
    let desk = Desk::of(&store(office), &settings(office)).expect("desk");
    let left = desk.left(&Filter::default().with("reason", "rule:typed-differs"));
    (desk, left)
}

#[test]
fn a_difference_is_asked_an_agreement_is_not_and_the_same_file_twice_is_once() {
    let office = office();
    fs::write(office.path().join("typed.csv"), TYPED).expect("typed");
    sohoa(&office, &["compare", "run", "typed.csv"]);
    assert_eq!(desk(&office).1.open, 0, "without being told to, nobody is asked");
    let out = queue(&office, TYPED);
    assert!(out.contains("queue: 1 fields wait for a person (2 entries changed); 1 unsure readings agree"), "{out}");
    let table = fs::read_to_string(office.path().join("run/compare.csv")).expect("table");
    assert!(table.contains("Nguyễn Văn Đo,Nguyễn Văn Đô,đã vào hàng đợi,"), "{table}");

    let (desk_now, left) = desk(&office);
    assert_eq!((left.open, desk_now.left(&Filter::default()).open), (1, 2), "the note waits as before");
    let at = desk_now.next(&Filter::default(), "lan", Role::Operator, None).expect("first of all");
    assert_eq!((desk_now.item(at).key.as_str(), desk_now.item(at).cause), ("nksHoTen", Cause::Typed));
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("1 rows") && out.contains("2 waiting"), "an act that two keys differ about stays: {out}");
    let list = fs::read_to_string(delivery(&office, 1).join("left-out.csv")).expect("list");
    assert!(
        list.contains("Chờ người duyệt 1 trường: Họ tên – người được khai sinh.")
            && list.contains("1 trường: Ghi chú."),
        "{list}"
    );

    let out = queue(&office, TYPED);
    assert!(out.contains("queue: 1 fields wait for a person (0 entries changed)"), "{out}");
    assert_eq!(desk(&office).1.open, 1);

    decide(&office, 1, "lan", "nksHoTen", "Nguyễn Văn Đo");
    assert_eq!((desk(&office).1.open, desk(&office).1.settled), (0, 1), "who saw both settles it alone");
    assert!(queue(&office, TYPED).contains("queue: 0 fields wait for a person (0 entries changed)"));
    assert!(sohoa(&office, &EXPORT).1.contains("2 rows"));
}

#[test]
fn a_file_that_was_put_right_asks_no_more_and_rows_that_contradict_each_other_ask_nobody() {
    let office = office();
    queue(&office, TYPED);
    let out = queue(&office, &TYPED.replace("Đo", "Đô"));
    assert!(out.contains("queue: 0 fields wait for a person (1 entries changed)"), "{out}");
    assert_eq!(desk(&office).1.open, 0);
    let out = queue(&office, "so,quyenSo,nksHoTen\n2,01/2008,Lê Thị Hoa\n2,01/2008,Lê Thị Hòa\n");
    assert!(out.contains("queue: 0 fields wait for a person (0 entries changed)") && out.contains("1 ambiguous"));
    let table = fs::read_to_string(office.path().join("run/compare.csv")).expect("table");
    assert!(!table.contains("đã vào hàng đợi"), "{table}");
}

#[test]
fn what_is_empty_in_the_file_or_concluded_from_other_fields_is_told_and_asks_nobody() {
    let office = office();
    let out = queue(&office, "so,quyenSo,nksHoTen,nksLoaiKhaiSinh\n1,01/2008,,4\n");
    assert!(out.contains("1 different, 0 only typed, 1 only read"), "{out}");
    assert!(out.contains("queue: 0 fields wait for a person (0 entries changed)"), "{out}");
}

#[test]
fn what_people_settled_and_what_an_officer_confirmed_is_told_and_not_opened_again() {
    let office = office();
    configure(office.path(), "required");
    decide(&office, 3, "hoa", "ghiChu", "Ly hôn năm 2012");
    let out = queue(&office, "so,quyenSo,nksHoTen,ghiChu\n3,01/2008,Nguyễn Văn Đô,Ly thân\n");
    assert!(out.contains("queue: 0 fields wait") && out.contains("not opened again: 1 settled by people, 0 "), "{out}");
    assert_eq!(desk(&office).1.open, 0);

    confirm(&office);
    let out = queue(&office, TYPED);
    assert!(out.contains("queue: 0 fields wait for a person (0 entries changed)"), "{out}");
    assert!(out.contains("0 settled by people, 2 confirmed or handed over"), "{out}");
    let table = fs::read_to_string(office.path().join("run/compare.csv")).expect("table");
    assert!(table.contains("quyển đã xác nhận hoặc đã giao, không mở lại"), "{table}");
    assert_eq!(desk(&office).1.open, 0);
    assert!(sohoa(&office, &EXPORT).1.contains("delivery 1: 3 rows"), "the confirmation stands");
}

#[test]
fn what_left_the_house_is_not_opened_by_a_typed_file() {
    let office = office();
    sohoa(&office, &EXPORT);
    hand_over(&office, 1);
    let out = queue(&office, TYPED);
    assert!(out.contains("queue: 0 fields wait") && out.contains("1 confirmed or handed over"), "{out}");
    assert_eq!(desk(&office).1.open, 0);
}

#[test]
fn a_person_sees_both_and_chooses_and_a_second_key_stays_blind() {
    const SURE: &str = "0101010101010101-0-0-0.nksHoTen";
    const UNSURE: &str = "0303030303030303-0-0-0.nksHoTen";
    let folder = run_with_people();
    let typed =
        "so,quyenSo,nksHoTen,nksNoiSinh\n1,01/2008,Lê Thị Gõ,\n3,01/2008,\"=chữ số 3 \"\"nksHoTen\"\"\",Bến Tre\n";
    fs::write(folder.path().join("typed.csv"), typed).expect("typed");
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline.toml");
    let (_, out, told) = sohoa(&folder, &["compare", "run", "typed.csv", "--queue", "--config", config]);
    assert!(
        out.contains("queue: 2 fields wait") && out.contains("1 unsure readings agree"),
        "the number is sure by its neighbours: {out}{told}"
    );

    let office = open(folder);
    let (lan, tam) = (office.sign_in("lan"), office.sign_in("tam"));
    assert!(office.get("/queue", &lan).body.contains("tệp gõ trước đây ghi khác"));
    let entry = office.get("/entry/0101010101010101-0-0-0", &lan).body;
    assert!(entry.contains("ghi: Lê Thị Gõ") && !entry.contains("mới, do sửa"), "{entry}");
    let page = office.get(&format!("/decide?item={SURE}"), &lan);
    for told in
        ["Tệp gõ trước đây (dòng 2) ghi khác: Lê Thị Gõ", "<span>Lê Thị Gõ</span>", "chữ số 1", "value=\"accept\""]
    {
        assert!(page.body.contains(told), "{told} in {}", page.body);
    }
    office.decide(&lan, &page, "choose-1", "");
    let [AuditLine::Decision(decision)] = &office.audit()[..] else { panic!("one decision") };
    assert!(matches!(decision.act, Act::Choose { .. }) && decision.to == "Lê Thị Gõ");
    assert_eq!(decision.shown.reasons, ["rule:typed-differs"]);
    assert!(office.get("/entry/0101010101010101-0-0-0", &lan).body.contains("<td>Lê Thị Gõ</td>"));

    let page = office.get(&format!("/decide?item={UNSURE}"), &lan);
    assert!(page.body.contains("(dòng 3) cũng ghi như máy đọc"), "{}", page.body);
    office.decide(&lan, &page, "accept", "");
    let second = office.get(&format!("/decide?item={UNSURE}"), &tam);
    assert_eq!(second.hidden("item"), UNSURE, "an agreement is no second key");
    assert!(!second.body.contains("Tệp gõ"), "{}", second.body);
}
