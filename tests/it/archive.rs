//! Books for an archive: the scans as they are, the text over them, and the hash of everything.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{ImageFormat, Rgb, RgbImage};
use sha2::Digest;
use sohoa::domain::{
    BookHint, CheckedEntry, Confidence, DraftEntry, EntryId, Field, Ink, PageFacts, PageId, Point, Polygon, Register,
    Sha256, SheetFacts, SlotKind, Value,
};
use sohoa::store::Store;
use tempfile::TempDir;

use crate::delivery::{configure, sohoa};

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

/// One page a scan: number and day are `n`'s.
fn keep(office: &TempDir, n: u8, name: &str, format: ImageFormat) -> PathBuf {
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
    let day = format!("{:02}.01.2008", n + 10);
    let entry = DraftEntry {
        id: EntryId { page: id, part: 0, ordinal: 0 },
        layout: "ks-2006".to_owned(),
        register: Register::Ks,
        hint: hint.clone(),
        fields: vec![
            field("so", &n.to_string(), 40),
            field("ngayDangKy", &day, 90),
            field("nksHoTen", "Nguyễn Văn Đô", 140),
        ],
    };
    let sheet = SheetFacts {
        part: 0,
        layout: "ks-2006".into(),
        misfit: 0.1,
        labels_found: 1.0,
        size: (400, 560),
        slots: vec![],
    };
    let facts = PageFacts { pixels: id.file, sharpness: 1.0, dpi: 100.0, remarks: vec![], sheets: vec![sheet] };
    let store = Store::open(&office.path().join("run")).expect("store");
    store.note_file(&path, id.file, 1, &hint).expect("noted");
    store.keep_page(id, "first", Ok((&facts, &[CheckedEntry { entry, findings: vec![] }]))).expect("kept");
    path
}

fn office() -> (TempDir, PathBuf) {
    let office = tempfile::tempdir().expect("folder");
    configure(office.path(), "not-asked");
    let jpeg = keep(&office, 1, "a.jpg", ImageFormat::Jpeg);
    keep(&office, 2, "b.png", ImageFormat::Png);
    (office, jpeg)
}

const ARCHIVE: [&str; 6] = ["archive", "run", "--to", "aip", "--date", "2026-02-03T00:00:00Z"];

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
    assert!(find("schemas/rows.KS-70.schema.json").starts_with(b"{"));
    assert_eq!(sohoa(&office, &ARCHIVE).0, Some(0));
    assert!(package(&office) == all, "the same book, the same bytes");
}

#[test]
fn an_archive_takes_no_other_scan_than_the_one_that_was_read() {
    let (office, jpeg) = office();
    assert_eq!(sohoa(&office, &ARCHIVE[..4]).0, Some(2), "without the officer's word a time must be given");
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
