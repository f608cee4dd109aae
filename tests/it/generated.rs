//! Two thousand generated cases of every kind and layout: exported by the real program, read back by another reader, and
//! held cell by cell against what the generator knows must stand there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use image::{Rgb, RgbImage};
use sohoa::delivery::columns::{BirthColumns, Column, ImportLayout, Rule, layout};
use sohoa::domain::{
    Absence, BookHint, CheckedEntry, Confidence, DraftEntry, EntryId, Field, Ink, PageFacts, PageId, PlaceUnit,
    Register, Sha256, SheetFacts, SlotKind, Value,
};
use sohoa::outputs::pictures::keep_sheet;
use sohoa::store::Store;

use crate::delivery::{OFFICE, configure, sohoa, workbook};

/// Six layouts: 2,004 cases.
const CASES: u32 = 334;
/// As rows on a ledger's spread; the database then keeps twenty at once.
const A_PAGE: u32 = 20;

/// One book of the run, and how it is exported.
struct Book {
    register: Register,
    year: &'static str,
    births: BirthColumns,
}

const BOOKS: [Book; 6] = [
    Book { register: Register::Ks, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Ks, year: "2009", births: BirthColumns::Sixty },
    Book { register: Register::Kh, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Kt, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Cmc, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Hn, year: "2008", births: BirthColumns::Seventy },
];

impl Book {
    fn name(&self) -> String {
        format!("{}/{}/01", self.register.code(), self.year)
    }

    fn layout(&self) -> &'static ImportLayout {
        layout(self.register, self.births)
    }
}

/// Numbers that look random and are the same every time.
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as usize
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

/// Names as people have them: apostrophes, hyphens, Đ, two blanks, decomposed letters, and one of exactly fifty letters.
const FAMILIES: [&str; 8] = ["Nguyễn", "Đỗ", "H'Bia", "Y", "Lê-Trần", "Phạm ", "Đa\u{306}\u{323}ng", "Ksor"];
const GIVEN: [&str; 8] = ["Đô", "Niê Kđăm", "Thị  Hoà", "K'Đăm", "Quý", "Niê-Kđăm", "Thúy Ái", "Blŭ"];
/// Texts that a spreadsheet or an XML reader could spoil.
const TEXTS: [&str; 10] = [
    "=ấp 2, xã Phú Long",
    "+84 ấp 3",
    "-",
    "@khóm 1",
    "Ấp \"Phú\" & <Lộc>",
    "ấp  2\tkhu  vực 3",
    "0012",
    "'dấu nháy",
    "12/3/2001",
    "Ho\u{300}a Bi\u{300}nh",
];
/// Days of births and deaths that the year of every book allows, in digits and in words.
const DAYS: [(&str, &str); 3] = [
    ("02.01.2007", "Ngày hai tháng một năm hai nghìn không trăm linh bảy"),
    ("27.08.2006", "Ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh sáu"),
    ("31.12.2007", "Ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm linh bảy"),
];

/// The values of one case by key.
fn case(book: &Book, n: u32, lot: &mut Lot) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::new();
    let day = DAYS[lot.below(DAYS.len())];
    for column in &book.layout().columns {
        let Some(key) = column.source.filter(|_| column.rule != Rule::None) else { continue };
        if !values.contains_key(key) {
            values.insert(key, value(book, column, key, (n, day), lot));
        }
    }
    values
}

fn value(book: &Book, column: &Column, key: &str, (n, day): (u32, (&str, &str)), lot: &mut Lot) -> String {
    let person = key.chars().take_while(char::is_ascii_lowercase).collect::<String>();
    match key {
        "so" => return n.to_string(),
        "trangSo" => return format!("{:03}", n % 200),
        "ngayDangKy" => return format!("{:02}.{:02}.{}", 1 + n % 28, 1 + n / 28 % 12, book.year),
        "nksNgaySinh" | "nktNgayChet" => return day.0.to_owned(),
        "nksNgaySinhBangChu" | "nktNgayChetGhiBangChu" => return [day.1, ""][lot.below(2)].to_owned(),
        "nktGioPhutChet" => return "05:30".to_owned(),
        "loaiDangKy" => return lot.of(&["1", "2"]).to_owned(),
        "loaiXacNhan" => return lot.of(&["Cha nhận con", "Mẹ nhận con", "Con nhận cha", "Con nhận mẹ"]).to_owned(),
        "noiDangKy" | "noiCap" => return lot.of(&["", "UBND xã Phú Long, huyện Bình Đại, tỉnh Bến Tre"]).to_owned(),
        "gbtLoai" => return lot.of(&["", "1", "6"]).to_owned(),
        "nxnMucDichSuDung" => return lot.of(&["Kết hôn", "Vay vốn ngân hàng"]).to_owned(),
        "nxnTinhTrangHonNhan" => return "Chưa đăng ký kết hôn với ai".to_owned(),
        _ => {}
    }
    match column.rule {
        Rule::Date if key.contains("NgaySinh") => birthday(&person, lot),
        Rule::Date => "05.03.2005".to_owned(),
        Rule::Name if n.is_multiple_of(50) => fifty(&person),
        // the person's own word keeps husband and wife, applicant and deceased apart
        Rule::Name => format!("{} {} {}", lot.of(&FAMILIES), lot.of(&GIVEN), person.to_uppercase()),
        Rule::Sex => lot.of(&["Nam", "Nữ"]).to_owned(),
        Rule::ResidenceKind => {
            format!("{}{}", lot.of(&["", "Thường trú: ", "Tạm trú "]), lot.of(&["ấp 2", "=khóm 3", "tổ 01"]))
        }
        Rule::PaperKind | Rule::PersonalNumber => match lot.below(5) {
            0 => String::new(),
            1 => format!("0{}", lot.digits(8)),
            2 => format!("0{}", lot.digits(11)),
            3 => format!("B{}", lot.digits(7)),
            _ => format!("00{}", lot.digits(4)),
        },
        _ if key.ends_with("DanToc") => lot.of(&["Kinh", "Ê Đê", "Giẻ-Triêng", "Cơ Ho (Chil)"]).to_owned(),
        _ if key.ends_with("QuocTich") => "Việt Nam".to_owned(),
        _ => lot.of(&TEXTS).to_owned(),
    }
}

/// Parents are older than all children here; a year or a month alone is allowed.
fn birthday(person: &str, lot: &mut Lot) -> String {
    let year = if matches!(person, "nc" | "nxn") { 1985 } else { 1950 } + lot.below(20);
    let (day, month) = (1 + lot.below(28), 1 + lot.below(12));
    match lot.below(4) {
        0 => year.to_string(),
        1 => format!("{month:02}.{year}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

/// As long as a name may be.
fn fifty(person: &str) -> String {
    let name = format!("{} {} {}", "Đ".repeat(20), "ữ".repeat(24), person.to_uppercase());
    name.chars().chain("aaaaaaaaaa".chars()).take(50).collect()
}

/// What must stand in a cell, told without the program.
fn expected(book: &Book, column: &Column, values: &BTreeMap<&str, String>, row: usize) -> String {
    let text = column.source.and_then(|key| values.get(key)).map(String::as_str).unwrap_or_default();
    let code = |pairs: &[(&str, &str)], other: &str| {
        pairs.iter().find(|(begin, _)| text.starts_with(begin)).map_or(other, |(_, code)| code).to_owned()
    };
    match column.rule {
        Rule::Serial => row.to_string(),
        Rule::Number => format!("{:02}/{}", text.parse::<u32>().expect("a number"), book.year),
        Rule::Book => format!("01/{}", book.year),
        Rule::Sex => code(&[("Nam", "1"), ("Nữ", "2")], "?"),
        Rule::BirthKind => "1".to_owned(),
        Rule::RecognitionKind => code(&[("Cha", "1"), ("Mẹ", "2"), ("Con nhận cha", "3"), ("Con nhận mẹ", "4")], "?"),
        Rule::ResidenceKind => code(&[("Thường trú", "1"), ("Tạm trú", "2")], "0"),
        Rule::PaperKind => match (text.len(), text.starts_with('B')) {
            (0, _) => "0",
            (9, _) => "1",
            (12, _) => "4",
            (_, true) => "2",
            _ => "8",
        }
        .to_owned(),
        Rule::PersonalNumber if text.len() == 12 => text.to_owned(),
        Rule::PersonalNumber | Rule::None => String::new(),
        Rule::PurposeKind => code(&[("Kết hôn", "1")], "5"),
        Rule::NoticeKind if text.is_empty() => "0".to_owned(),
        Rule::Office if text.is_empty() => OFFICE.to_owned(),
        Rule::Province => "tỉnh Bến Tre".to_owned(),
        Rule::NoticeKind | Rule::RegistrationKind | Rule::Office | Rule::Page => text.to_owned(),
        Rule::Date | Rule::Name | Rule::Text => one_form(text),
    }
}

/// Composed letters, single blanks: the three decomposed ones of this file, spelt out.
fn one_form(text: &str) -> String {
    let composed = text.replace("a\u{306}\u{323}", "ặ").replace("o\u{300}", "ò").replace("i\u{300}", "ì");
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field(key: &str, text: &str) -> Field {
    let place =
        || PlaceUnit { code: "28987".into(), path: "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre".into() };
    let value = match text {
        "" => Value::Nothing { absence: Absence::Blank },
        "05:30" => Value::Time { hour: 5, minute: Some(30) },
        text if key.ends_with("NoiSinh") => Value::Place { text: text.to_owned(), unit: Some(place()) },
        text => Value::Text { text: text.to_owned() },
    };
    Field {
        key: key.to_owned(),
        kind: SlotKind::FreeText,
        slot: key.to_owned(),
        required: false,
        ink: if text.is_empty() { Ink::Blank } else { Ink::Written },
        as_written: text.to_owned(),
        value,
        confidence: Confidence::FULL,
        proposal: None,
        reading: None,
        place: Vec::new(),
    }
}

/// Cases of one book in a run, so many a page. Gives their values in the order of their numbers.
fn keep(
    store: &Store,
    at: u8,
    book: &Book,
    cases: u32,
    a_page: u32,
    sheet: &RgbImage,
) -> Vec<BTreeMap<&'static str, String>> {
    let mut lot = Lot(u64::from(at) + 7);
    let all: Vec<_> = (1..=cases).map(|n| case(book, n, &mut lot)).collect();
    let hint = BookHint {
        office: Some("xa_loc_thuan".to_owned()),
        register: Some(book.register),
        year: Some(book.year.to_owned()),
        book: Some("01".to_owned()),
        ..BookHint::default()
    };
    let pages = cases.div_ceil(a_page);
    let file = Sha256([at; 32]);
    store.note_file(Path::new(&format!("scans/{at}.tif")), file, pages, &hint).expect("noted");
    for (index, entries) in (0_u32..).zip(all.chunks(a_page as usize)) {
        let id = PageId { file, index };
        let entry = |(ordinal, values): (u8, &BTreeMap<&'static str, String>)| CheckedEntry {
            entry: DraftEntry {
                id: EntryId { page: id, part: 0, ordinal },
                layout: "generated".to_owned(),
                register: book.register,
                hint: hint.clone(),
                fields: values.iter().map(|(key, text)| field(key, text)).collect(),
            },
            findings: Vec::new(),
        };
        let entries: Vec<CheckedEntry> = (0_u8..).zip(entries).map(entry).collect();
        let size = sheet.dimensions();
        let facts =
            SheetFacts { part: 0, layout: "generated".into(), misfit: 0.1, labels_found: 1.0, size, slots: vec![] };
        let facts = PageFacts { pixels: file, sharpness: 1.0, dpi: 200.0, remarks: vec![], sheets: vec![facts] };
        store.keep_page(id, "generated", Ok((&facts, &entries))).expect("kept");
        let (path, first) = (store.folder().page(id, 0), store.folder().page(PageId { file, index: 0 }, 0));
        // one picture under many names: scripts make ten thousand pages
        if index == 0 {
            keep_sheet(&path, sheet, 70).expect("picture");
        } else {
            fs::hard_link(&first, &path).expect("linked");
        }
    }
    all
}

#[test]
fn two_thousand_generated_cases_come_back_cell_by_cell() {
    let folder = tempfile::tempdir().expect("folder");
    configure(folder.path(), "not-asked");
    let sheet = RgbImage::from_pixel(83, 117, Rgb([240, 235, 220]));
    let store = Store::open(&folder.path().join("run")).expect("store");
    let kept: Vec<_> = (1_u8..).zip(&BOOKS).map(|(at, book)| keep(&store, at, book, CASES, A_PAGE, &sheet)).collect();
    drop(store);
    let mut compared = 0;
    for (book, cases) in BOOKS.iter().zip(kept) {
        let columns = if book.births == BirthColumns::Sixty { "60" } else { "70" };
        let name = book.name();
        let (_, out, told) = sohoa(
            &folder,
            &["export", "run", "--to", "out", "--office", OFFICE, "--book", &name, "--ks-columns", columns],
        );
        assert!(out.contains(&format!("delivery 1: {CASES} rows")), "{name}: {out}{told}");
        let base = format!("xalocthuan_hbd_tbt.{}", name.replace('/', "."));
        let rows = workbook(&folder.path().join("out").join(&base).join("lan-1").join(format!("{base}.xlsx")));
        let layout = book.layout();
        assert_eq!(rows[0], layout.headers());
        assert_eq!(rows.len(), cases.len() + 1);
        for (at, (values, row)) in cases.iter().zip(&rows[1..]).enumerate() {
            for (column, cell) in layout.columns.iter().zip(row) {
                let wanted = expected(book, column, values, at + 1);
                assert_eq!(*cell, wanted, "{name}, row {}, {}", at + 2, column.header);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, CASES as usize * (70 + 60 + 44 + 48 + 50 + 35));
}

#[test]
fn a_name_longer_than_the_importer_takes_is_refused_with_a_sentence_and_the_rest_goes_out() {
    let folder = tempfile::tempdir().expect("folder");
    configure(folder.path(), "not-asked");
    let store = Store::open(&folder.path().join("run")).expect("store");
    let sheet = RgbImage::from_pixel(83, 117, Rgb([240, 235, 220]));
    keep(&store, 1, &BOOKS[0], 3, 1, &sheet);
    drop(store);
    let store = Store::open(&folder.path().join("run")).expect("store");
    crate::delivery::keep_birth(&store, 9, &[("nksHoTen", &format!("{} {}", "Đ".repeat(29), "a".repeat(30)))], 1.0);
    drop(store);
    let (_, out, _) = sohoa(&folder, &["export", "run", "--to", "out", "--office", OFFICE]);
    assert!(out.contains("3 rows") && out.contains("1 stopped by checks"), "{out}");
    let left =
        fs::read_to_string(folder.path().join("out/xalocthuan_hbd_tbt.KS.2008.01/lan-1/left-out.csv")).expect("list");
    assert!(left.contains("dài 60 ký tự, chỉ được 50."), "{left}");
}

/// Writes a run of generated births for scripts, one a page; does nothing when the suite runs it.
#[test]
fn run_for_scripts() {
    let Some(folder) = std::env::var_os("SOHOA_GENERATED_RUN") else { return };
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u32>().ok());
    let cases = number("SOHOA_GENERATED_CASES").expect("how many");
    // an A4 page at the working resolution with something like writing on it
    let picture = RgbImage::from_fn(1654, 2339, |x, y| {
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519) >> 29;
        let ink = y % 64 > 40 && (x / 3 + y / 5) % 11 < 3 && x % 827 > 90;
        let paper = 235 - noise as u8;
        if ink { Rgb([40, 45, 110]) } else { Rgb([paper, paper - 6, paper - 20]) }
    });
    let store = Store::open(Path::new(&folder)).expect("store");
    keep(&store, 1, &BOOKS[0], cases, number("SOHOA_GENERATED_A_PAGE").unwrap_or(1), &picture);
}
