//! Books for an archive: the scans as they are, the text over them, and the hash of everything.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{ImageFormat, Rgb, RgbImage};
use sha2::Digest;
use sohoa::domain::{
    AuditLine, BookHint, CheckedEntry, Confidence, DraftEntry, EntryFate, EntryId, Fate, Field, Ink, PageFacts, PageId,
    Point, Polygon, Register, Sha256, SheetFacts, SlotKind, Value,
};
use sohoa::store::{Claim, Store};
use tempfile::TempDir;

use crate::delivery::{OFFICE, configure, sohoa};

fn field(key: &str, text: &str, at: u16) -> Field {
    let (top, left) = (f32::from(at), 50.0);
    let corners = [(left, top), (left + 200.0, top), (left + 200.0, top + 30.0), (left, top + 30.0)];
    Field {
        key: key.to_owned(),
        kind: SlotKind::FreeText,
        slot: key.to_owned(),
        required: false,
        ink: Ink::Written,
        as_written: text.to_owned(),
        value: Value::Text { text: text.to_owned() },
        confidence: Confidence::FULL,
        proposal: None,
        reading: None,
        place: vec![Polygon(corners.map(|(x, y)| Point::new(x, y)).into())],
    }
}

/// What the importer wants to have; act 5 has no day of birth.
fn fields(n: u8) -> Vec<Field> {
    let born = if n == 5 { "" } else { "02.01.2008" };
    let (so, day) = (n.to_string(), format!("{:02}.01.2008", n + 10));
    let texts = [
        ("so", so.as_str()),
        ("ngayDangKy", &day),
        ("nksHoTen", "Nguyễn Văn Đô"),
        ("nksGioiTinh", "Nam"),
        ("nksNgaySinh", born),
        ("nksNoiSinh", "ấp 2"),
        ("nksDanToc", "Kinh"),
        ("nksQuocTich", "Việt Nam"),
        ("chaHoTen", "Nguyễn Văn Tí"),
        ("meHoTen", "H'Bia Niê-Kđăm"),
    ];
    texts.iter().zip((40..).step_by(50)).map(|((key, text), at)| field(key, text, at)).collect()
}

/// A page with one act: number and day are `n`'s.
fn keep(office: &TempDir, n: u8, name: &str, format: ImageFormat) -> PathBuf {
    keep_acts(office, &[n], name, format)
}

/// A page with some acts, as rows of a ledger.
fn keep_acts(office: &TempDir, acts: &[u8], name: &str, format: ImageFormat) -> PathBuf {
    let n = acts[0];
    let picture = RgbImage::from_fn(400, 560, |x, y| Rgb([n, (x / 8 % 256) as u8, (y / 8 % 256) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encoded");
    let path = office.path().join(name);
    fs::write(&path, bytes.get_ref()).expect("written");
    let id = PageId { file: Sha256(sha2::Sha256::digest(bytes.get_ref()).into()), index: 0 };
    let hint = BookHint {
        office: Some("xa_loc_thuan".to_owned()),
        register: Some(Register::Ks),
        year: Some("2008".to_owned()),
        book: Some("01".to_owned()),
        ..BookHint::default()
    };
    let entry = |(ordinal, n): (u8, &u8)| CheckedEntry {
        entry: DraftEntry {
            id: EntryId { page: id, part: 0, ordinal },
            layout: "ks-2006".to_owned(),
            register: Register::Ks,
            hint: hint.clone(),
            fields: fields(*n),
        },
        findings: vec![],
    };
    let entries: Vec<CheckedEntry> = (0_u8..).zip(acts).map(entry).collect();
    let sheet = SheetFacts {
        part: 0,
        layout: "ks-2006".into(),
        misfit: 0.1,
        labels_found: 1.0,
        size: (400, 560),
        slots: vec![],
    };
    let facts = PageFacts { pixels: id.file, sharpness: 1.0, dpi: 100.0, remarks: vec![], sheets: vec![sheet] };
    let store = crate::fake::open(&office.path().join("run"));
    store.note_file(&path, id.file, 1, &hint).expect("noted");
    store.keep_page(id, "first", Ok((&facts, &entries))).expect("kept");
    path
}

fn page_of(scan: &Path) -> PageId {
    let bytes = fs::read(scan).expect("scan");
    PageId { file: Sha256(sha2::Sha256::digest(bytes).into()), index: 0 }
}

fn office() -> (TempDir, PathBuf) {
    let office = tempfile::tempdir().expect("folder");
    configure(office.path(), "not-asked");
    let jpeg = keep(&office, 1, "a.jpg", ImageFormat::Jpeg);
    keep(&office, 2, "b.png", ImageFormat::Png);
    (office, jpeg)
}

const ARCHIVE: [&str; 8] = ["archive", "run", "--to", "aip", "--office", OFFICE, "--date", "2026-02-03T00:00:00Z"];

fn files(folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            files(&path, all);
        } else {
            all.insert(path.to_string_lossy().into_owned(), fs::read(&path).expect("bytes"));
        }
    }
}

fn package(office: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    files(&office.path().join("aip"), &mut all);
    all
}

/// Names of the files that end so.
fn names<'a>(all: &'a BTreeMap<String, Vec<u8>>, end: &str) -> Vec<&'a str> {
    all.keys().filter_map(|name| name.rsplit('/').next()).filter(|name| name.ends_with(end)).collect()
}

/// A person's word about a whole entry.
pub(crate) fn say(office: &TempDir, entry: EntryId, fate: Fate) {
    let store = Store::for_people(&office.path().join("run"), Claim::Shared).expect("store");
    let said = EntryFate { at: "2026-01-01T00:00:00Z".into(), who: "hoa".into(), entry, fate, note: String::new() };
    store.add_line(&AuditLine::Fate(said)).expect("kept");
}

#[test]
fn a_book_becomes_a_package_that_holds_the_scans_as_they_are() {
    let (office, jpeg) = office();
    let (code, out, told) = sohoa(&office, &ARCHIVE);
    assert_eq!(code, Some(0), "{out}{told}");
    let all = package(&office);
    let find = |end: &str| all.iter().find(|(name, _)| name.ends_with(end)).unwrap_or_else(|| panic!("{end}")).1;
    let pdf = find("rep1/data/KS.2008.01.2008-01-11.001.pdf");
    let scan = fs::read(&jpeg).expect("scan");
    assert!(pdf.windows(scan.len()).any(|part| part == scan), "the JPEG byte for byte");
    let lossless = find("rep1/data/KS.2008.01.2008-01-12.002.pdf");
    assert!(String::from_utf8_lossy(lossless).contains("/DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"));
    let text = |end: &str| String::from_utf8(find(end).clone()).expect("text");
    let mets = text("/METS.xml");
    assert!(mets.contains("CREATEDATE=\"2026-02-03T07:00:00+07:00\""), "{mets}");
    let altos: Vec<&String> = all.keys().filter(|name| name.ends_with(".alto.xml")).collect();
    assert_eq!(altos.len(), 2);
    let alto = text(altos[0]);
    assert!(alto.contains("HPOS=\"50\" VPOS=\"140\" WIDTH=\"200\" HEIGHT=\"30\" CONTENT=\"Nguyễn Văn Đô\""), "{alto}");
    let rows = text("rep2/data/rows.KS-70.jsonl");
    let numbers: Vec<bool> = rows.lines().zip(["01/2008", "02/2008"]).map(|(row, so)| row.contains(so)).collect();
    assert_eq!(numbers, [true, true], "{rows}");
    assert!(find("schemas/rows.KS-70.schema.json").starts_with(b"{"));
    assert_eq!(sohoa(&office, &ARCHIVE).0, Some(0));
    assert!(package(&office) == all, "the same book, the same bytes");
}

#[test]
fn every_act_of_a_ledgers_page_has_its_pdf_and_what_is_a_duplicate_is_counted_and_left_out() {
    let (office, _) = office();
    let ledger = keep_acts(&office, &[3, 4, 5], "c.png", ImageFormat::Png);
    let entry = EntryId { page: page_of(&ledger), part: 0, ordinal: 1 };
    say(&office, entry, Fate::Duplicate { of: String::new() });
    let (_, out, told) = sohoa(&office, &ARCHIVE);
    assert!(out.contains("4 cases on 3 pages, 3 rows, 1 left out by a person's word"), "{out}{told}");
    let all = package(&office);
    let names = |end: &str| names(&all, end);
    let days = ["11.001", "12.002", "13.003", "15.005"].map(|end| format!("KS.2008.01.2008-01-{end}.pdf"));
    assert_eq!(names(".pdf"), days);
    assert_eq!(names(".alto.xml").len(), 3, "one a page");
    let readme = all.iter().find(|(name, _)| name.ends_with("README.txt")).expect("README").1;
    let readme = String::from_utf8_lossy(readme);
    assert!(
        readme.contains("Số dòng nhập dữ liệu: 3; 1 trường hợp chưa có dòng")
            && readme.contains("Không đưa vào gói: 1"),
        "{readme}"
    );
}

#[test]
fn an_act_that_goes_on_on_another_page_is_one_pdf_with_both_scans() {
    let (office, jpeg) = office();
    let further = keep_acts(&office, &[1], "c.png", ImageFormat::Png);
    let begins = EntryId { page: page_of(&jpeg), part: 0, ordinal: 0 };
    let part = EntryId { page: page_of(&further), part: 0, ordinal: 0 };
    say(&office, part, Fate::PartOf { of: begins.to_string() });
    let (_, out, told) = sohoa(&office, &ARCHIVE);
    assert!(out.contains("2 cases on 3 pages, 2 rows\n"), "{out}{told}");
    let all = package(&office);
    assert_eq!(names(&all, ".pdf"), ["KS.2008.01.2008-01-11.001.pdf", "KS.2008.01.2008-01-12.002.pdf"]);
    assert_eq!(names(&all, ".alto.xml").len(), 3, "one a page");
    let find = |end: &str| all.iter().find(|(name, _)| name.ends_with(end)).unwrap_or_else(|| panic!("{end}")).1;
    let (pdf, scan) = (find("11.001.pdf"), fs::read(&jpeg).expect("scan"));
    assert!(pdf.windows(scan.len()).any(|part| part == scan), "the first scan byte for byte");
    let text = String::from_utf8_lossy(pdf);
    assert!(text.contains("/Count 2 >>") && text.contains("/DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"));
    assert!(String::from_utf8_lossy(find("12.002.pdf")).contains("/Count 1 >>"));
    let premis = String::from_utf8_lossy(find("/metadata/preservation/PREMIS.xml"));
    for page in [begins.page, part.page] {
        assert!(text.contains(&format!("sha256:{}, trang 1", page.file)), "named as its source");
        assert!(premis.contains(&page.file.to_string()));
    }

    say(&office, begins, Fate::Duplicate { of: String::new() });
    let (_, out, _) = sohoa(&office, &ARCHIVE);
    assert!(out.contains("1 cases on 2 pages, 1 rows, 1 left out"), "{out}");
    assert_eq!(
        names(&package(&office), ".pdf"),
        ["KS.2008.01.2008-01-11.001.pdf", "KS.2008.01.2008-01-12.002.pdf"],
        "a page is never lost"
    );
}

#[test]
fn names_that_could_lead_out_of_the_package_are_refused_before_anything_is_read() {
    let (office, jpeg) = office();
    fs::remove_file(jpeg).expect("gone");
    fs::write(office.path().join("báo cáo.pdf"), "x").expect("written");
    for odd in [["--document", "báo cáo.pdf"], ["--fonds", "../x"]] {
        let (code, _, told) = sohoa(&office, &[&ARCHIVE[..], &odd].concat());
        assert!(code == Some(2) && told.contains("becomes a file name of the package"), "{told}");
    }
    assert!(!office.path().join("aip").exists());
}

#[test]
fn an_archive_takes_no_other_scan_than_the_one_that_was_read() {
    let (office, jpeg) = office();
    assert_eq!(sohoa(&office, &ARCHIVE[..6]).0, Some(2), "without the officer's word a time must be given");
    let moved = office.path().join("moved");
    fs::create_dir(&moved).expect("folder");
    fs::rename(&jpeg, moved.join("a.jpg")).expect("moved");
    let (code, _, told) = sohoa(&office, &ARCHIVE);
    assert!(code == Some(2) && told.contains("--scans names the folder"), "{told}");
    assert_eq!(sohoa(&office, &[&ARCHIVE[..], &["--scans", "moved"]].concat()).0, Some(0));
    fs::write(&jpeg, fs::read(office.path().join("b.png")).expect("other")).expect("written");
    let (code, _, told) = sohoa(&office, &ARCHIVE);
    assert!(code == Some(2) && told.contains("its bytes differ"), "{told}");
}
