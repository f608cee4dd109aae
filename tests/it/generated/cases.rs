//! Books and their cases, the same every time: what people write, and what spoils spreadsheets.

use std::collections::BTreeMap;

use sohoa::delivery::columns::{BirthColumns, Column, ImportLayout, Rule, layout};
use sohoa::domain::Register;

/// One book of the run, and how it is exported.
pub(super) struct Book {
    pub(super) register: Register,
    pub(super) year: &'static str,
    pub(super) births: BirthColumns,
}

pub(super) const BOOKS: [Book; 6] = [
    Book { register: Register::Ks, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Ks, year: "2009", births: BirthColumns::Sixty },
    Book { register: Register::Kh, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Kt, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Cmc, year: "2008", births: BirthColumns::Seventy },
    Book { register: Register::Hn, year: "2008", births: BirthColumns::Seventy },
];

impl Book {
    pub(super) fn name(&self) -> String {
        format!("{}/{}/01", self.register.code(), self.year)
    }

    pub(super) fn layout(&self) -> &'static ImportLayout {
        layout(self.register, self.births)
    }
}

/// Numbers that look random and are the same every time.
pub(super) struct Lot(pub(super) u64);

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
pub(super) fn case(book: &Book, n: u32, lot: &mut Lot) -> BTreeMap<&'static str, String> {
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
