//! The way out of the house: from settled entries to files that an importer takes, and back with its answer.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use image::{Rgb, RgbImage};
use sohoa::domain::date::{DateLimits, WrittenDate, parse_date};
use sohoa::domain::{
    Act, AuditLine, BookHint, CheckedEntry, Confidence, Decision, DraftEntry, EntryId, Fate, Field, Ink, PageFacts,
    PageId, Register, Sha256, SheetFacts, Shown, SlotKind, Step, Value,
};
use sohoa::outputs::pictures::keep_sheet;
use sohoa::store::{Claim, Store};
use tempfile::TempDir;

use crate::archive::say;

const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };
pub(crate) const OFFICE: &str = "UBND xã Lộc Thuận, huyện Bình Đại, tỉnh Bến Tre";

fn field(key: &str, text: &str, sure: f32) -> Field {
    let kind = match key {
        "so" => SlotKind::RegisterNumber,
        "trangSo" => SlotKind::PageNumber,
        "ngayDangKy" | "nksNgaySinh" => SlotKind::Date,
        "ghiChu" => SlotKind::MarginNote,
        _ => SlotKind::FreeText,
    };
    let value = match (kind, parse_date(text, &LIMITS)) {
        (SlotKind::Date, Ok(WrittenDate::Date(date))) => Value::Date { date, text: date.import_text() },
        _ if text.is_empty() => Value::Nothing { absence: sohoa::domain::Absence::Blank },
        _ => Value::Text { text: text.to_owned() },
    };
    Field {
        key: key.to_owned(),
        kind,
        slot: key.to_owned(),
        required: key != "ghiChu",
        ink: if text.is_empty() { Ink::Blank } else { Ink::Written },
        as_written: text.to_owned(),
        value,
        confidence: Confidence::new(sure),
        proposal: None,
        reading: None,
        place: Vec::new(),
    }
}

/// One birth a page; `changes` replace fields of a plain one.
pub(crate) fn keep_birth(store: &Store, n: u8, changes: &[(&str, &str)], sure: f32) {
    keep_as(store, n, changes, sure, "first")
}

pub(crate) fn keep_as(store: &Store, n: u8, changes: &[(&str, &str)], sure: f32, fingerprint: &str) {
    keep_in(store, n, changes, sure, fingerprint, "xa_loc_thuan");
}

fn keep_in(store: &Store, n: u8, changes: &[(&str, &str)], sure: f32, fingerprint: &str, folder: &str) {
    let id = PageId { file: Sha256([n; 32]), index: 0 };
    let hint = BookHint {
        office: Some(folder.to_owned()),
        register: Some(Register::Ks),
        year: Some("2008".to_owned()),
        book: Some("01".to_owned()),
        ..BookHint::default()
    };
    let (so, day) = (n.to_string(), format!("{:02}.01.2008", n + 10));
    let plain = [
        ("so", so.as_str()),
        ("trangSo", "07"),
        ("ngayDangKy", day.as_str()),
        ("nksHoTen", "Nguyễn  Văn Đô"),
        ("nksGioiTinh", "Nam"),
        ("nksNgaySinh", "02.01.2008"),
        ("nksDanToc", "Kinh"),
        ("nksQuocTich", "Việt Nam"),
        ("nksNoiSinh", "=ấp 2"),
        ("chaHoTen", "Nguyễn Văn Tí"),
        ("meHoTen", "H'Bia Niê-Kđăm"),
    ];
    let added = changes.iter().filter(|(key, _)| plain.iter().all(|(k, _)| k != key));
    let changed = |key: &str| changes.iter().find(|(k, _)| *k == key).map(|(_, text)| *text);
    let pairs = plain.iter().map(|(key, text)| (*key, changed(key).unwrap_or(text))).chain(added.copied());
    let fields = pairs.map(|(key, text)| field(key, text, if changed(key).is_some() { sure } else { 1.0 })).collect();
    let entry = DraftEntry {
        id: EntryId { page: id, part: 0, ordinal: 0 },
        layout: "ks-2006".to_owned(),
        register: Register::Ks,
        hint: hint.clone(),
        fields,
    };
    let sheet = SheetFacts {
        part: 0,
        layout: "ks-2006".to_owned(),
        misfit: 0.3,
        labels_found: 0.9,
        size: (1654, 2339),
        slots: Vec::new(),
    };
    let facts = PageFacts { pixels: id.file, sharpness: 1.0, dpi: 200.0, remarks: Vec::new(), sheets: vec![sheet] };
    store.note_file(Path::new(&format!("scans/{n:03}.jpg")), id.file, 1, &hint).expect("noted");
    let checked = CheckedEntry { entry, findings: Vec::new() };
    store.keep_page(id, fingerprint, Ok((&facts, &[checked]))).expect("kept");
    let picture = RgbImage::from_fn(827, 1170, |x, y| Rgb([n, (x / 8 % 256) as u8, (y / 8 % 256) as u8]));
    keep_sheet(&store.folder().page(id, 0), &picture, 70).expect("picture");
}

/// The shipped configuration, with or without the officer's word.
pub(crate) fn configure(folder: &Path, confirmation: &str) {
    let shipped = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline.toml")).expect("config");
    assert!(shipped.contains("confirmation = \"required\""), "the law asks for the officer");
    let changed = shipped.replace("confirmation = \"required\"", &format!("confirmation = \"{confirmation}\""));
    fs::write(folder.join("pipeline.toml"), changed).expect("config");
}

/// A run of three births: two settled, one with a doubtful note.
pub(crate) fn office() -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    configure(folder.path(), "not-asked");
    let store = crate::fake::open(&folder.path().join("run"));
    keep_birth(&store, 2, &[], 1.0);
    keep_birth(&store, 1, &[], 1.0);
    keep_birth(&store, 3, &[("ghiChu", "ly hôn")], 0.5);
    folder
}

pub(crate) fn sohoa(office: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("sohoa").expect("built");
    let done = command.current_dir(office.path()).args(arguments).output().expect("ran");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (done.status.code(), text(done.stdout), text(done.stderr))
}

pub(crate) const EXPORT: [&str; 6] = ["export", "run", "--to", "out", "--office", OFFICE];

pub(crate) fn delivery(office: &TempDir, number: u32) -> PathBuf {
    office.path().join(format!("out/xalocthuan_hbd_tbt.KS.2008.01/lan-{number}"))
}

/// Header and rows of a workbook, read by another program's reader.
pub(crate) fn workbook(path: &Path) -> Vec<Vec<String>> {
    let sheet = sohoa_tables::read::read(path).expect("a workbook").remove(0);
    assert!(sheet.rows.iter().flatten().all(|cell| cell.converted.is_none()), "every cell is text");
    sheet.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
}

pub(crate) fn column(rows: &[Vec<String>], header: &str) -> Vec<String> {
    let at = rows[0].iter().position(|h| h == header).expect("a column");
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn what_is_settled_goes_out_and_the_rest_is_listed_with_its_reason() {
    let office = office();
    let (code, out, told) = sohoa(&office, &EXPORT);
    assert_eq!(code, Some(3), "{out}{told}");
    let rows = workbook(&delivery(&office, 1).join("xalocthuan_hbd_tbt.KS.2008.01.xlsx"));
    assert_eq!((rows.len(), rows[0].len(), rows[0][0].as_str()), (3, 70, "STT"));
    assert_eq!(column(&rows, "so"), ["01/2008", "02/2008"]);
    assert_eq!(column(&rows, "nksHoTen")[0], "Nguyễn Văn Đô");
    assert_eq!(column(&rows, "nksNoiSinh")[0], "=ấp 2", "text, never a formula");
    assert_eq!(column(&rows, "noiDangKy")[1], OFFICE);
    let left = fs::read_to_string(delivery(&office, 1).join("left-out.csv")).expect("list");
    assert!(left.contains("Chờ người duyệt 1 trường: Ghi chú."), "{left}");
    assert_eq!(left.lines().count(), 2);
    let zip = fs::read(delivery(&office, 1).join("xalocthuan_hbd_tbt.KS.2008.01.zip")).expect("archive");
    let names = String::from_utf8_lossy(&zip).into_owned();
    for name in ["KS.2008.01.2008-01-11.001.pdf", "KS.2008.01.2008-01-12.002.pdf"] {
        assert!(names.contains(name), "{name}");
    }
    assert!(!names.contains("003.pdf"));
}

#[test]
fn the_same_run_exported_again_gives_the_same_bytes() {
    let office = office();
    sohoa(&office, &EXPORT);
    let read = || fs::read(delivery(&office, 1).join("SHA256SUMS")).expect("sums");
    let first = read();
    fs::remove_dir_all(delivery(&office, 1)).expect("gone");
    sohoa(&office, &EXPORT);
    assert_eq!(read(), first);
}

#[test]
fn without_an_office_no_row_passes_and_nothing_looks_like_a_delivery() {
    let office = office();
    let (code, out, _) = sohoa(&office, &["export", "run", "--to", "out", "--base-name", "x"]);
    assert_eq!(code, Some(1), "{out}");
    let folder = office.path().join("out/x.KS.2008.01/lan-1");
    assert!(!folder.join("x.KS.2008.01.xlsx").exists() && !folder.join("x.KS.2008.01.zip").exists());
    let rows = workbook(&folder.join("preflight.xlsx"));
    assert_eq!(column(&rows, "Cột"), ["noiDangKy", "noiDangKy"]);
    assert!(column(&rows, "Lỗi")[0].contains("Thiếu Nơi đăng ký"));
}

#[test]
fn two_acts_of_one_number_both_stay() {
    let office = office();
    let store = crate::fake::open(&office.path().join("run"));
    keep_birth(&store, 4, &[("so", "2")], 1.0);
    drop(store);
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("1 rows") && out.contains("2 stopped by checks"), "{out}");
}

/// Width and height of the picture in a member of an archive.
fn picture_of(zip: &[u8], name: &str) -> (u32, u32) {
    let text = String::from_utf8_lossy(zip);
    let member = text.split(name).nth(1).expect("a member");
    let number = |key: &str| member.split(key).nth(1)?.split(' ').next()?.parse().ok();
    (number("/Width ").expect("width"), number("/Height ").expect("height"))
}

#[test]
fn an_act_that_goes_on_on_another_page_is_one_row_and_one_pdf_with_both_pages() {
    let office = office();
    let store = crate::fake::open(&office.path().join("run"));
    keep_as(&store, 1, &[("meHoTen", "")], 1.0, "without the mother");
    let rest = ["so", "trangSo", "ngayDangKy", "nksHoTen", "nksGioiTinh", "nksNgaySinh", "nksDanToc", "nksQuocTich"];
    let blank = rest.into_iter().chain(["nksNoiSinh", "chaHoTen"]).map(|key| (key, ""));
    keep_as(&store, 4, &Vec::from_iter(blank), 1.0, "the mother alone");
    drop(store);
    let entry = |n: u8| EntryId { page: PageId { file: Sha256([n; 32]), index: 0 }, part: 0, ordinal: 0 };
    say(&office, entry(4), Fate::PartOf { of: entry(1).to_string() });
    let (_, out, told) = sohoa(&office, &EXPORT);
    assert!(out.contains("2 rows"), "{out}{told}");
    let rows = workbook(&delivery(&office, 1).join("xalocthuan_hbd_tbt.KS.2008.01.xlsx"));
    assert_eq!(column(&rows, "so"), ["01/2008", "02/2008"]);
    assert_eq!(column(&rows, "meHoTen")[0], "H'Bia Niê-Kđăm", "it stands on the other page");
    let zip = fs::read(delivery(&office, 1).join("xalocthuan_hbd_tbt.KS.2008.01.zip")).expect("archive");
    let (joined, alone) = (picture_of(&zip, "11.001.pdf"), picture_of(&zip, "12.002.pdf"));
    let tall = |(width, height): (u32, u32)| height as f32 / width as f32;
    assert!((tall(joined) / tall(alone) - 2.0).abs() < 0.02, "both pages, whole: {joined:?} {alone:?}");
    let left = fs::read_to_string(delivery(&office, 1).join("left-out.csv")).expect("list");
    assert!(left.contains("Người kiểm tra đã ghép vào trường hợp khác."), "{left}");
}

#[test]
fn a_wrong_book_is_named_with_those_that_there_are() {
    let office = office();
    let (code, _, told) = sohoa(&office, &[&EXPORT[..], &["--book", "KH/2008/01"]].concat());
    assert_eq!(code, Some(2));
    assert!(told.contains("hint: it has KS/2008/01"), "{told}");
    assert_eq!(sohoa(&office, &["export", "nowhere", "--to", "out"]).0, Some(2));
}

/// A person types a value.
pub(crate) fn decide(office: &TempDir, n: u8, who: &str, key: &str, text: &str) {
    decide_as(office, n, (who, Step::First), key, text);
}

pub(crate) fn decide_as(office: &TempDir, n: u8, (who, step): (&str, Step), key: &str, text: &str) {
    let store = Store::for_people(&office.path().join("run"), Claim::Shared).expect("store");
    let decision = Decision {
        at: "2026-01-01T00:00:00Z".to_owned(),
        who: who.to_owned(),
        step,
        entry: EntryId { page: PageId { file: Sha256([n; 32]), index: 0 }, part: 0, ordinal: 0 },
        key: key.to_owned(),
        act: Act::Type { value: Value::Text { text: text.to_owned() } },
        from: String::new(),
        to: text.to_owned(),
        note: String::new(),
        seconds: 1.0,
        shown: Shown::default(),
    };
    store.add_line(&AuditLine::Decision(decision)).expect("kept");
}

#[test]
fn what_a_person_decided_goes_out_and_a_date_needs_two() {
    let office = office();
    decide(&office, 3, "hoa", "ghiChu", "Ly hôn năm 2012");
    let store = crate::fake::open(&office.path().join("run"));
    keep_birth(&store, 4, &[("nksNgaySinh", "1.1.2008")], 0.5);
    drop(store);
    decide(&office, 4, "hoa", "nksNgaySinh", "02.01.2008");
    let (_, out, told) = sohoa(&office, &EXPORT);
    assert!(out.contains("3 rows") && out.contains("1 waiting"), "{out}{told}");
    let book = delivery(&office, 1).join("xalocthuan_hbd_tbt.KS.2008.01.xlsx");
    assert_eq!(column(&workbook(&book), "ghiChu")[2], "Ly hôn năm 2012");
    decide(&office, 4, "binh", "nksNgaySinh", "02.01.2008");
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("4 rows") && out.contains("do not hand over this one"), "{out}");
    assert!(!sohoa(&office, &EXPORT).1.contains("hand over"), "nothing changed since");
    assert_eq!(column(&workbook(&book), "nksNgaySinh")[3], "02.01.2008");
}

/// Rows of a CSV that the importer might send.
pub(crate) fn answer(office: &TempDir, rows: &[&str]) -> (Option<i32>, String, String) {
    fs::write(office.path().join("answer.csv"), rows.join("\n")).expect("answer");
    sohoa(office, &["import-result", "run", "answer.csv"])
}

#[test]
fn an_answered_delivery_is_closed_and_the_next_holds_only_what_changed() {
    let office = office();
    sohoa(&office, &EXPORT);
    let rows = ["Số,Quyển số,Trạng thái,Lý do", "1,01/2008,Thành công,", "2,01/2008,Lỗi,Sai tên mẹ"];
    let (code, out, told) = answer(&office, &rows);
    assert_eq!(code, Some(0), "{out}{told}");
    assert!(out.starts_with("1 imported, 1 refused, 0 rows not understood"), "{out}");
    let refused = fs::read_to_string(office.path().join("run/review/refused.csv")).expect("list");
    assert!(refused.contains("02/2008") && refused.contains("Sai tên mẹ"), "{refused}");

    let (code, out, _) = sohoa(&office, &EXPORT);
    assert_eq!(code, Some(1), "nothing new: {out}");
    assert!(out.contains("delivery 2: 0 rows") && out.contains("1 imported, 0 unanswered, 1 refused"), "{out}");

    let store = crate::fake::open(&office.path().join("run"));
    keep_as(&store, 2, &[("meHoTen", "Lê Thị Hoa")], 1.0, "read again");
    drop(store);
    let (_, out, _) = sohoa(&office, &EXPORT);
    assert!(out.contains("delivery 2: 1 rows"), "{out}");
    let rows = workbook(&delivery(&office, 2).join("xalocthuan_hbd_tbt.KS.2008.01.xlsx"));
    assert_eq!(
        (column(&rows, "so"), column(&rows, "meHoTen")),
        (vec!["02/2008".into()], vec!["Lê Thị Hoa".to_owned()])
    );
}

#[test]
fn an_answer_that_is_not_understood_changes_nothing() {
    let office = office();
    assert_eq!(answer(&office, &["so,Trạng thái", "1,Thành công"]).0, Some(2), "nothing was delivered yet");
    sohoa(&office, &EXPORT);
    let (code, _, told) = answer(&office, &["họ tên,tuổi", "A,3"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("họ tên, tuổi") && told.contains("hint: "), "{told}");
    let (code, out, _) = answer(&office, &["so,Trạng thái", "1,Đang xử lý", "77,Thành công"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("row 2") && out.contains("row 3"), "{out}");
}

#[test]
fn a_typed_file_is_held_against_the_reading() {
    let office = office();
    let typed = "so,quyenSo,ngayDangKy,nksHoTen,nksMatTich,TenFile\n\
                 1,01/2008,39458,NGUYỄN VĂN ĐÔ,,x\n2,01/2008,12/1/2008,Nguyễn Văn Đo,,y\n9,01/2008,1.1.2008,A B,,z\n";
    fs::write(office.path().join("typed.csv"), typed).expect("typed");
    let (code, out, told) = sohoa(&office, &["compare", "run", "typed.csv"]);
    assert_eq!(code, Some(3), "{out}{told}");
    assert!(out.contains("3 typed acts, 2 matched, 1 only typed, 1 only scanned, 0 ambiguous"), "{out}");
    assert!(out.contains("1 different, 0 only typed, 0 only read"), "{out}");
    assert!(out.contains("columns not compared: TenFile") && out.contains("1 ô ngày kiểu Excel"), "{out}");
    let table = fs::read_to_string(office.path().join("run/compare.csv")).expect("table");
    assert!(table.contains("Khác nhau,3,2,01/2008,nksHoTen,"), "{table}");
    fs::write(office.path().join("typed.csv"), "Họ tên,Ngày sinh\nA,B\n").expect("typed");
    assert_eq!(sohoa(&office, &["compare", "run", "typed.csv"]).0, Some(2));
}

/// What `compare` tells of a typed file with these bytes.
fn compared(office: &TempDir, bytes: &[u8]) -> (Option<i32>, String, String) {
    fs::write(office.path().join("typed.csv"), bytes).expect("typed");
    sohoa(office, &["compare", "run", "typed.csv"])
}

#[test]
fn letters_from_before_unicode_are_converted_and_told() {
    let office = office();
    // one byte a letter, as the old fonts have it
    let old = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).expect("a byte")).collect::<Vec<u8>>();
    let tcvn3 = old("so,quyenSo,nksHoTen,chaHoTen\n1,01/2008,NguyÔn V¨n §«,NguyÔn V¨n TÝ\n");
    let (_, out, told) = compared(&office, &tcvn3);
    assert!(out.contains("0 different") && out.contains("ô chữ TCVN3, đã đổi sang Unicode"), "{out}{told}");
    let vni = old("so,quyenSo,nksHoTen,chaHoTen\n1,01/2008,Nguyeãn Vaên Ñoâ,Nguyeãn Vaên Tí\n");
    let (_, out, told) = compared(&office, &vni);
    assert!(out.contains("0 different") && out.contains("ô chữ VNI, đã đổi sang Unicode"), "{out}{told}");
}

#[test]
fn numbers_that_a_spreadsheet_spoilt_are_whole_again_and_told() {
    let office = office();
    let store = crate::fake::open(&office.path().join("run"));
    keep_as(&store, 2, &[("meSoGiayToTuyThan", "165415511"), ("chaSoGiayToTuyThan", "083204000123")], 1.0, "numbers");
    drop(store);
    let typed = "so,quyenSo,meSoGiayToTuyThan,chaSoGiayToTuyThan\n2,01/2008,1.65415511E8,083204000123\n";
    let (_, out, told) = compared(&office, typed.as_bytes());
    assert!(out.contains("0 different") && out.contains("1 ô số dạng 1.65E8, đã đổi lại thành dãy số"), "{out}{told}");
}

#[test]
fn a_layout_with_other_columns_is_compared_as_far_as_it_goes_and_the_rest_is_named() {
    let office = office();
    let layout = sohoa::delivery::columns::layouts()[0].headers();
    // seventy columns without five: one of the variants that offices have
    let kept: Vec<&str> = layout.iter().copied().filter(|header| !header.ends_with("Str")).collect();
    assert_eq!(kept.len(), 64);
    let header = format!("{},TenFile", kept.join(","));
    let row = kept.iter().map(|header| match *header {
        "so" => "1",
        "quyenSo" => "01/2008",
        "nksHoTen" => "Nguyễn Văn Đô",
        _ => "",
    });
    let row = format!("{},a.pdf", row.collect::<Vec<_>>().join(","));
    let (_, out, told) = compared(&office, format!("{header}\n{row}\n").as_bytes());
    assert!(out.contains("layout KS-70: 1 typed acts, 1 matched") && out.contains("0 different"), "{out}{told}");
    assert!(out.contains("columns not compared: TenFile\n"), "{out}");
    assert!(out.contains("columns that the file lacks: nksQuocTichStr, nksQuocTichKhacStr, meQuocTichStr"), "{out}");
}

#[test]
fn an_answer_with_spoilt_numbers_and_old_letters_is_understood() {
    let office = office();
    sohoa(&office, &EXPORT);
    let old = "Sè,QuyÓn sè,Tr¹ng th¸i,Lý do\n1.0,01/2008,Thµnh c«ng,\n2,01/2008,Lçi,Sai tªn mÑ\n";
    let bytes: Vec<u8> = old.chars().map(|c| u8::try_from(u32::from(c)).expect("a byte")).collect();
    fs::write(office.path().join("answer.csv"), bytes).expect("answer");
    let (code, out, told) = sohoa(&office, &["import-result", "run", "answer.csv"]);
    assert_eq!(code, Some(0), "{out}{told}");
    assert!(out.starts_with("1 imported, 1 refused, 0 rows not understood"), "{out}");
}

#[test]
fn the_delivered_workbook_compared_with_the_run_differs_in_nothing() {
    let office = office();
    sohoa(&office, &EXPORT);
    let path = delivery(&office, 1).join("xalocthuan_hbd_tbt.KS.2008.01.xlsx");
    let (_, out, _) = sohoa(&office, &["compare", "run", path.to_str().expect("path")]);
    // the office was given at export, not read
    assert!(out.contains("0 different, 2 only typed, 0 only read"), "{out}");
}

#[test]
fn the_acceptance_report_counts_every_entry_once_and_shows_the_hashes() {
    let office = office();
    sohoa(&office, &EXPORT);
    let folder = delivery(&office, 1);
    let place = folder.to_str().expect("path");
    let accept = ["accept", "run", "--book", "KS/2008/01", "--office", OFFICE, "--events", "4", "--delivery", place];
    let (code, out, told) = sohoa(&office, &accept);
    assert_eq!(code, Some(0), "{out}{told}");
    let page = fs::read_to_string(office.path().join("run/acceptance-KS.2008.01.html")).expect("report");
    for told in [
        "Tổng số trường hợp đã quét: <b>3</b>",
        "Đã giao, chờ kết quả nhập</td><td class=\"n\">2</td>",
        "Chờ người duyệt</td><td class=\"n\">1</td>",
        "theo lời khóa sổ: 4; đã quét: 3 (thiếu 1)",
        "lan-1/xalocthuan_hbd_tbt.KS.2008.01.xlsx",
        "Chưa lấy mẫu",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let paper = fs::read(office.path().join("run/acceptance-KS.2008.01.pdf")).expect("paper");
    assert!(paper.starts_with(b"%PDF-1.7") && out.contains("acceptance-KS.2008.01.pdf"), "{out}");
    sohoa(&office, &accept);
    let again = fs::read(office.path().join("run/acceptance-KS.2008.01.pdf")).expect("paper");
    assert!(again == paper, "the same report has the same bytes");
    fs::write(folder.join("left-out.csv"), "damaged").expect("damaged");
    assert_eq!(sohoa(&office, &accept).0, Some(2), "a damaged delivery is no hash to sign");
}

#[test]
fn one_name_is_not_given_to_books_of_two_offices() {
    let office = office();
    let store = crate::fake::open(&office.path().join("run"));
    keep_in(&store, 9, &[], 1.0, "first", "xa_khac");
    drop(store);
    let (code, _, told) = sohoa(&office, &EXPORT);
    assert_eq!(code, Some(2));
    assert!(told.contains("xa_khac, xa_loc_thuan") && told.contains("--of"), "{told}");
    assert!(!office.path().join("out").exists());
    let (_, out, _) = sohoa(&office, &[&EXPORT[..], &["--of", "xa_loc_thuan"]].concat());
    assert!(out.contains("2 rows"), "{out}");
    assert_eq!(sohoa(&office, &[&EXPORT[..], &["--of", "xa_la"]].concat()).0, Some(2));
}
