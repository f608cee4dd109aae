//! What importers are known to refuse, looked for before they can: one cell, one row, one book.

use super::cells::year_of;
use super::columns::{Column, ImportLayout, Need, Rule};
use crate::domain::date::{DateLimits, WrittenDate, parse_date};
use crate::domain::date_words::from_words;
use crate::domain::text::{fold, same_text};
use crate::domain::{DateValue, Register};

/// What a problem does to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Delivered; somebody may look.
    Warning,
    /// Not delivered until it is cured.
    Stop,
}

/// One thing that an importer would refuse or that looks wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable id of the check.
    pub rule: &'static str,
    /// What it does.
    pub weight: Weight,
    /// The column.
    pub header: &'static str,
    /// One Vietnamese sentence.
    pub sentence: String,
}

fn stop(rule: &'static str, header: &'static str, sentence: String) -> Problem {
    Problem { rule, weight: Weight::Stop, header, sentence }
}

fn warning(rule: &'static str, header: &'static str, sentence: String) -> Problem {
    Problem { rule, weight: Weight::Warning, header, sentence }
}

/// A row with its layout, asked by header.
#[derive(Clone, Copy)]
struct Row<'a> {
    layout: &'a ImportLayout,
    cells: &'a [String],
    limits: &'a DateLimits,
}

impl Row<'_> {
    fn text(&self, header: &str) -> &str {
        self.layout.at(header).and_then(|at| self.cells.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// A column of this layout that checks speak of.
    fn header(&self, header: &str) -> Option<&'static str> {
        self.layout.at(header).map(|at| self.layout.columns[at].header)
    }

    fn date(&self, header: &str) -> Option<DateValue> {
        match parse_date(self.text(header), self.limits) {
            Ok(WrittenDate::Date(date)) => Some(date),
            _ => None,
        }
    }
}

/// Every problem of one row.
#[must_use]
pub fn check_row(layout: &ImportLayout, cells: &[String], limits: &DateLimits) -> Vec<Problem> {
    let row = Row { layout, cells, limits };
    let mut found = Vec::new();
    for (column, text) in layout.columns.iter().zip(cells) {
        found.extend(check_cell(layout.register, column, text, limits));
    }
    order_of_dates(&row, &mut found);
    years(&row, &mut found);
    people(&row, &mut found);
    words(&row, &mut found);
    found
}

fn check_cell(register: Register, column: &Column, text: &str, limits: &DateLimits) -> Vec<Problem> {
    let label = column.label;
    if text.is_empty() {
        let missing = || stop("missing", column.header, format!("Thiếu {label}: bắt buộc phải có."));
        return (column.need == Need::Must).then(missing).into_iter().collect();
    }
    let mut found = Vec::new();
    let length = text.chars().count();
    if length > column.longest {
        let sentence = format!("{label} dài {length} ký tự, chỉ được {}.", column.longest);
        found.push(stop("too-long", column.header, sentence));
    }
    found.extend(form(register, column, text, limits));
    found
}

/// Whether a text is in the form that its column wants.
fn form(register: Register, column: &Column, text: &str, limits: &DateLimits) -> Option<Problem> {
    let (header, label) = (column.header, column.label);
    let wrong = |rule, wanted: &str| Some(stop(rule, header, format!("{label} không đúng dạng: cần {wanted}.")));
    match column.rule {
        Rule::Date => date_form(column, text, limits),
        Rule::Number if !is_act_number(text) => wrong("number-form", "số từ 1 đến 9999, dạng NN hoặc NN/NNNN"),
        Rule::Book if !text.contains('/') => wrong("book-form", "dạng NN/NNNN"),
        Rule::Page if !text.bytes().all(|b| b.is_ascii_digit()) => wrong("page-form", "chữ số"),
        Rule::Name if text.chars().any(|c| !(c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ','))) => {
            wrong("name-form", "chữ cái, dấu cách, dấu ' hoặc -")
        }
        Rule::Name if !text.contains(' ') => Some(warning("name-short", header, format!("{label} chỉ có một chữ."))),
        rule => match codes(register, rule) {
            Some(codes) if !codes.contains(&text) => wrong("code", &format!("một trong các mã {}", codes.join(", "))),
            _ => None,
        },
    }
}

/// The codes that a column takes; `None` where it takes text.
fn codes(register: Register, rule: Rule) -> Option<&'static [&'static str]> {
    const EIGHT: [&str; 9] = ["0", "1", "2", "3", "4", "5", "6", "7", "8"];
    Some(match (rule, register) {
        (Rule::RegistrationKind, Register::Ks) => &EIGHT[1..=6],
        (Rule::RegistrationKind, Register::Kt) => &EIGHT[..=4],
        (Rule::RegistrationKind, Register::Kh) => &EIGHT[1..=3],
        (Rule::RegistrationKind, Register::Cmc) => &EIGHT[..=2],
        (Rule::Sex, _) => &EIGHT[1..=3],
        (Rule::BirthKind | Rule::PurposeKind, _) => &EIGHT[1..=5],
        (Rule::RecognitionKind, _) => &EIGHT[1..=4],
        (Rule::ResidenceKind, _) => &EIGHT[..=2],
        (Rule::PaperKind, _) => &EIGHT,
        (Rule::NoticeKind, _) => &EIGHT[..=7],
        _ => return None,
    })
}

fn date_form(column: &Column, text: &str, limits: &DateLimits) -> Option<Problem> {
    let (header, label) = (column.header, column.label);
    let parsed = match parse_date(text, limits) {
        Ok(WrittenDate::Date(date)) if date.import_text() == text => date,
        Ok(WrittenDate::Age(_)) if header != "ngayDangKy" => {
            let sentence = format!("{label} ghi bằng tuổi: một số phần mềm không nhận.");
            return Some(warning("age", header, sentence));
        }
        _ => {
            let sentence = format!("{label} không đúng dạng ngày có thật: cần dd.mm.yyyy, mm.yyyy hoặc yyyy.");
            return Some(stop("date-form", header, sentence));
        }
    };
    match (header, parsed.day, parsed.month) {
        ("ngayDangKy", None, _) => Some(stop("date-full", header, format!("{label} phải đủ ngày, tháng, năm."))),
        (_, None, Some(_)) => {
            Some(warning("month-only", header, format!("{label} chỉ có tháng và năm: một số phần mềm không nhận.")))
        }
        _ => None,
    }
}

/// `NN`, `NNA`, each perhaps with `/YYYY`.
fn is_act_number(text: &str) -> bool {
    crate::domain::register_number::parse_register_number(text).is_some_and(|n| n.text == text)
}

/// Dates that cannot come in this order: earlier, later, sentence.
const ORDER: [(&str, &str, &str); 14] = [
    ("nksNgaySinh", "ngayDangKy", "Ngày sinh sau ngày đăng ký."),
    ("meNgaySinh", "nksNgaySinh", "Mẹ sinh sau con."),
    ("chaNgaySinh", "nksNgaySinh", "Cha sinh sau con."),
    ("nktNgaySinh", "nktNgayChet", "Ngày chết trước ngày sinh."),
    ("nktNgayChet", "ngayDangKy", "Ngày chết sau ngày đăng ký."),
    ("gbtNgay", "ngayDangKy", "Giấy báo tử cấp sau ngày đăng ký."),
    ("chongNgaySinh", "ngayDangKy", "Chồng sinh sau ngày đăng ký."),
    ("voNgaySinh", "ngayDangKy", "Vợ sinh sau ngày đăng ký."),
    ("cmNgaySinh", "ncNgaySinh", "Cha/mẹ sinh sau con."),
    ("ncNgaySinh", "ngayDangKy", "Con sinh sau ngày đăng ký."),
    ("nxnNgaySinh", "ngayDangKy", "Ngày sinh sau ngày cấp."),
    ("nycNgayCapGiayToTuyThan", "ngayDangKy", "Giấy tờ của người yêu cầu cấp sau ngày đăng ký."),
    ("chongNgayCapGiayToTuyThan", "ngayDangKy", "Giấy tờ của chồng cấp sau ngày đăng ký."),
    ("voNgayCapGiayToTuyThan", "ngayDangKy", "Giấy tờ của vợ cấp sau ngày đăng ký."),
];

fn order_of_dates(row: &Row<'_>, found: &mut Vec<Problem>) {
    for (earlier, later, sentence) in ORDER {
        let spans = || Some((row.date(earlier)?.span()?, row.date(later)?.span()?));
        let (Some(header), Some((first, second))) = (row.header(earlier), spans()) else { continue };
        if first.0 > second.1 {
            found.push(stop("date-order", header, sentence.to_owned()));
        }
    }
}

/// Importers compare the last four characters of number and day; a book is opened before its first act.
fn years(row: &Row<'_>, found: &mut Vec<Problem>) {
    let registered = year_of(row.text("ngayDangKy"));
    let own = row.text("so").split_once('/').and_then(|(_, y)| y.parse::<u16>().ok());
    if let (Some(registered), Some(own)) = (registered, own)
        && registered != own
    {
        let sentence = format!("Năm trong số ({own}) khác năm đăng ký ({registered}).");
        found.push(stop("number-year", "so", sentence));
    }
    let opened = row.text("quyenSo").split_once('/').and_then(|(_, y)| y.parse::<u16>().ok());
    if let (Some(registered), Some(opened)) = (registered, opened)
        && registered < opened
    {
        let sentence = format!("Ngày đăng ký ({registered}) trước năm mở sổ ({opened}).");
        found.push(stop("book-year", "ngayDangKy", sentence));
    }
}

/// Pairs that cannot be the same.
const APART: [(&str, &str, &str); 5] = [
    ("meSoGiayToTuyThan", "chaSoGiayToTuyThan", "Số giấy tờ của mẹ trùng của cha."),
    ("voSoGiayToTuyThan", "chongSoGiayToTuyThan", "Số giấy tờ của vợ trùng của chồng."),
    ("voHoTen", "chongHoTen", "Tên vợ trùng tên chồng."),
    ("nycHoTen", "nktHoTen", "Người đi khai tử trùng tên người chết."),
    ("cmSoGiayToTuyThan", "ncSoGiayToTuyThan", "Số giấy tờ của cha/mẹ trùng của con."),
];

fn people(row: &Row<'_>, found: &mut Vec<Problem>) {
    for (one, other, sentence) in APART {
        let (a, b) = (row.text(one), row.text(other));
        if let Some(header) = row.header(one).filter(|_| !a.is_empty() && same_text(a, b)) {
            found.push(stop("same", header, sentence.to_owned()));
        }
    }
    for person in ["nks", "me", "cha", "chong", "vo", "nkt", "cm", "nc", "nxn"] {
        let (group, country) = (row.text(&format!("{person}DanToc")), row.text(&format!("{person}QuocTich")));
        let foreign = !country.is_empty() && fold(country) != "viet nam";
        let of_54 = crate::lists::ethnic_groups().lookup(group).member().is_some();
        let open = ["khac", "nguoi nuoc ngoai"].contains(&fold(group).as_str());
        if let Some(header) = row.header(&format!("{person}DanToc")).filter(|_| foreign && of_54 && !open) {
            let sentence = "Quốc tịch nước ngoài nhưng dân tộc thuộc 54 dân tộc Việt Nam.".to_owned();
            found.push(warning("foreign-group", header, sentence));
        }
    }
    parents(row, found);
}

/// A parent who is not determined has no details.
fn parents(row: &Row<'_>, found: &mut Vec<Problem>) {
    let kind = row.text("nksLoaiKhaiSinh");
    for (person, kinds, who) in [("me", ["2", "4"], "mẹ"), ("cha", ["3", "4"], "cha")] {
        if !kinds.contains(&kind) {
            continue;
        }
        let details = ["NgaySinh", "DanToc", "NoiCuTru", "SoGiayToTuyThan"].map(|d| format!("{person}{d}"));
        let filled = details.iter().find(|header| !row.text(header).is_empty());
        if let Some(header) = filled.and_then(|header| row.header(header)) {
            let sentence =
                format!("Loại khai sinh {kind} là chưa xác định được {who}, nhưng vẫn ghi thông tin của {who}.");
            found.push(stop("birth-kind", header, sentence));
        }
    }
}

/// Digits and words are two readings of one day.
fn words(row: &Row<'_>, found: &mut Vec<Problem>) {
    for (digits, words) in [("nksNgaySinh", "nksNgaySinhBangChu"), ("nktNgayChet", "nktNgayChetGhiBangChu")] {
        let (Some(date), Some(header)) = (row.date(digits), row.header(words)) else { continue };
        if row.text(words).is_empty() {
            continue;
        }
        match from_words(row.text(words), row.limits) {
            Ok(said) if (said.day, said.month, said.year) == (date.day, date.month, date.year) => {}
            Ok(_) => found.push(stop("words-differ", header, "Ngày bằng chữ khác ngày bằng số.".to_owned())),
            Err(_) => found.push(warning("words-unread", header, "Ngày bằng chữ không đọc được.".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{BirthColumns, layout};
    use super::*;

    const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    /// A row that passes, with some cells put in.
    fn problems(register: Register, changes: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
        let layout = layout(register, BirthColumns::Seventy);
        let good = |c: &Column| if c.need == Need::Must { c.example.to_owned() } else { String::new() };
        let mut cells: Vec<String> = layout.columns.iter().map(good).collect();
        for (header, text) in changes {
            cells[layout.at(header).expect("a column")] = (*text).to_owned();
        }
        check_row(layout, &cells, &LIMITS).into_iter().map(|p| (p.rule, p.header)).collect()
    }

    fn birth(changes: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
        // the shared examples of day and birth do not fit together
        let base = [("nksNgaySinh", "02.01.2008"), ("nksHoTen", "Lê An")];
        problems(Register::Ks, &[&base, changes].concat())
    }

    #[test]
    fn a_plain_row_of_every_register_passes() {
        assert_eq!(birth(&[]), []);
        let spouses = [("voHoTen", "Lê Thị Hoa"), ("chongNgaySinh", "1980"), ("voNgaySinh", "1981")];
        assert_eq!(problems(Register::Kh, &spouses), []);
        assert_eq!(problems(Register::Kt, &[("ngayDangKy", "03.05.2012"), ("so", "01/2012")]), []);
        assert_eq!(problems(Register::Cmc, &[]), []);
        assert_eq!(problems(Register::Hn, &[]), []);
    }

    #[test]
    fn what_must_be_there_is_missed() {
        assert_eq!(birth(&[("so", "")]), [("missing", "so")]);
        assert_eq!(birth(&[("noiDangKy", "")]), [("missing", "noiDangKy")]);
        assert_eq!(birth(&[("trangSo", "")]), []);
    }

    #[test]
    fn both_sides_of_the_longest_name() {
        let name = |n: usize| format!("{} {}", "A".repeat(9), "b".repeat(n - 10));
        assert_eq!(birth(&[("nksHoTen", &name(50))]), []);
        assert_eq!(birth(&[("nksHoTen", &name(60))]), [("too-long", "nksHoTen")]);
    }

    #[test]
    fn dates_are_real_days_in_the_importers_form() {
        for (text, rule) in [
            ("1.1.2008", "date-form"),
            ("02/01/2008", "date-form"),
            ("31.02.2007", "date-form"),
            ("39462", "date-form"),
            ("01.2008", "month-only"),
            ("25T", "age"),
        ] {
            assert_eq!(birth(&[("nksNgaySinh", text)]), [(rule, "nksNgaySinh")], "{text}");
        }
        assert_eq!(birth(&[("nksNgaySinh", "2007")]), []);
        assert_eq!(birth(&[("ngayDangKy", "2008")]), [("date-full", "ngayDangKy")]);
    }

    #[test]
    fn numbers_pages_and_codes_are_in_form() {
        assert_eq!(birth(&[("so", "10000/2008")]), [("number-form", "so")]);
        assert_eq!(birth(&[("trangSo", "7a")]), [("page-form", "trangSo")]);
        assert_eq!(birth(&[("nksGioiTinh", "4")]), [("code", "nksGioiTinh")]);
        assert_eq!(birth(&[("loaiDangKy", "0")]), [("code", "loaiDangKy")], "births have no zero");
        assert_eq!(birth(&[("nksHoTen", "L3 An")]), [("name-form", "nksHoTen")]);
        assert_eq!(birth(&[("nksHoTen", "H'Bia Niê-Kđăm")]), []);
    }

    #[test]
    fn years_of_number_day_and_book_agree() {
        assert_eq!(birth(&[("so", "01/2007")]), [("number-year", "so")]);
        assert_eq!(birth(&[("quyenSo", "01/2009")]), [("book-year", "ngayDangKy")]);
        assert_eq!(birth(&[("quyenSo", "01/2007")]), [], "a book may run on into the next year");
    }

    #[test]
    fn events_come_in_their_order() {
        assert_eq!(birth(&[("nksNgaySinh", "16.01.2008")]), [("date-order", "nksNgaySinh")]);
        assert_eq!(birth(&[("nksNgaySinh", "15.01.2008")]), []);
        assert_eq!(birth(&[("meNgaySinh", "2009")]), [("date-order", "meNgaySinh")]);
        assert_eq!(birth(&[("meNgaySinh", "2008")]), [], "a year alone proves nothing within it");
    }

    #[test]
    fn people_who_cannot_be_the_same_are_told() {
        let both = [("meSoGiayToTuyThan", "320123456"), ("chaSoGiayToTuyThan", "320123456")];
        assert_eq!(birth(&both), [("same", "meSoGiayToTuyThan")]);
        let dead = [("ngayDangKy", "03.05.2012"), ("so", "01/2012"), ("nycHoTen", "Lê An"), ("nktHoTen", "LÊ AN")];
        assert_eq!(problems(Register::Kt, &dead), [("same", "nycHoTen")]);
    }

    #[test]
    fn a_parent_who_is_not_determined_has_no_details() {
        assert_eq!(birth(&[("nksLoaiKhaiSinh", "2"), ("meDanToc", "Kinh")]), [("birth-kind", "meDanToc")]);
        assert_eq!(birth(&[("nksLoaiKhaiSinh", "2"), ("chaDanToc", "Kinh")]), []);
    }

    #[test]
    fn foreigners_of_a_vietnamese_group_are_a_warning() {
        let row = [("nksQuocTich", "Hoa Kỳ"), ("nksDanToc", "Kinh")];
        assert_eq!(birth(&row), [("foreign-group", "nksDanToc")]);
        assert_eq!(birth(&[("nksQuocTich", "Hoa Kỳ"), ("nksDanToc", "Khác")]), []);
    }

    #[test]
    fn words_and_digits_of_a_day_agree() {
        let said = |words| birth(&[("nksNgaySinhBangChu", words)]);
        assert_eq!(said("Ngày hai tháng một năm hai nghìn không trăm linh tám"), []);
        assert_eq!(
            said("Ngày ba tháng một năm hai nghìn không trăm linh tám"),
            [("words-differ", "nksNgaySinhBangChu")]
        );
        assert_eq!(said("chữ mờ"), [("words-unread", "nksNgaySinhBangChu")]);
    }
}
