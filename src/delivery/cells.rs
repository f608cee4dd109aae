//! `Values` → the cells of one row, in the layout's order. Every cell is text in its import form.

use super::book::{Conventions, Unset, act_number, book_number};
use super::columns::{Column, ImportLayout, Rule};
use super::settled::Values;
use crate::domain::text::{fold, normalise};
use crate::domain::{BookId, Register};
use crate::lists::{Match, relations, sexes};

/// What a row is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The entry's values.
    pub values: &'a Values,
    /// Its book.
    pub book: &'a BookId,
    /// What the importer wants.
    pub conventions: &'a Conventions,
    /// Row from 1, for the column that counts.
    pub serial: usize,
}

/// The cells of one row.
#[must_use]
pub fn row(source: &Source<'_>, layout: &ImportLayout) -> Vec<String> {
    layout.columns.iter().map(|column| normalise(&cell(source, column))).collect()
}

fn cell(source: &Source<'_>, column: &Column) -> String {
    let (values, conventions) = (source.values, source.conventions);
    let text = column.source.map(|key| values.text(key)).unwrap_or_default();
    let zero = || if conventions.unset == Unset::Zero { "0" } else { "" }.to_owned();
    match column.rule {
        Rule::Serial => source.serial.to_string(),
        Rule::Number => act_number(text, year_of(values.text("ngayDangKy")), conventions.number),
        Rule::Book => book_number(source.book),
        Rule::Page | Rule::Date | Rule::Name | Rule::Text => text.to_owned(),
        Rule::RegistrationKind => registration_kind(source, text),
        Rule::Sex => sex_code(text),
        Rule::BirthKind => birth_kind(values).to_owned(),
        Rule::RecognitionKind => recognition_kind(text).to_owned(),
        Rule::ResidenceKind => residence_kind(text).map_or_else(zero, str::to_owned),
        Rule::PaperKind => paper_kind(text).map_or_else(zero, str::to_owned),
        Rule::PersonalNumber => Some(text).filter(|t| paper_kind(t) == Some("4")).unwrap_or_default().to_owned(),
        Rule::PurposeKind => purpose_kind(text, values.text("nxnQuocTich")).to_owned(),
        Rule::NoticeKind if text.is_empty() => zero(),
        Rule::NoticeKind => text.to_owned(),
        Rule::Office if text.is_empty() => conventions.office.clone().unwrap_or_default(),
        Rule::Office => text.to_owned(),
        Rule::Province => column.source.map(|key| values.province(key)).unwrap_or_default().to_owned(),
        Rule::None => String::new(),
    }
}

/// Year of an import date.
#[must_use]
pub fn year_of(date: &str) -> Option<u16> {
    date.rsplit('.').next().filter(|y| y.len() == 4).and_then(|y| y.parse().ok())
}

/// The page's own code; else what the office says; else the code that the list has for "not known".
fn registration_kind(source: &Source<'_>, text: &str) -> String {
    if !text.is_empty() {
        return text.to_owned();
    }
    if let Some(code) = &source.conventions.registration {
        return code.clone();
    }
    match source.book.register {
        Register::Ks => "6",
        Register::Kt | Register::Cmc => "0",
        // their lists have no such code: nothing is invented
        Register::Kh | Register::Hn => "",
    }
    .to_owned()
}

/// The code of a word or of a code.
pub(super) fn sex_code(text: &str) -> String {
    match sexes().lookup(text) {
        Match::One(member) | Match::Likely(member) => member.code.unwrap_or_default().to_owned(),
        Match::Several(_) | Match::None => text.to_owned(),
    }
}

/// Which parents are named. "Bị bỏ rơi" (5) cannot be told from that: a person decides.
fn birth_kind(values: &Values) -> &'static str {
    match (values.text("chaHoTen").is_empty(), values.text("meHoTen").is_empty()) {
        (false, false) => "1",
        (false, true) => "2",
        (true, false) => "3",
        (true, true) => "4",
    }
}

/// "Cha", "Mẹ": who recognises the child. "Con" alone does not tell whom it recognises.
fn recognition_kind(text: &str) -> &'static str {
    let folded = fold(text);
    let phrases = [("cha nhan con", "1"), ("me nhan con", "2"), ("con nhan cha", "3"), ("con nhan me", "4")];
    if let Some((_, code)) = phrases.iter().find(|(phrase, _)| folded.contains(phrase)) {
        return code;
    }
    match relations().lookup(text).member().and_then(|m| m.code) {
        Some("father") => "1",
        Some("mother") => "2",
        _ => ["1", "2", "3", "4"].into_iter().find(|code| *code == text).unwrap_or_default(),
    }
}

/// How somebody lives there, where the page says so.
fn residence_kind(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let says = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    if says(&["thuong tru", "hktt", "ho khau thuong tru", "noi thuong tru"]) {
        return Some("1");
    }
    says(&["tam tru", "noi tam tru"]).then_some("2")
}

/// The kind of paper by its number: nine digits, twelve digits, or letters and digits of a passport.
fn paper_kind(text: &str) -> Option<&'static str> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = bare.bytes().all(|b| b.is_ascii_digit());
    let passport = || {
        let rest = bare.trim_start_matches(|c: char| c.is_ascii_uppercase());
        (1..=2).contains(&(bare.len() - rest.len()))
            && (6..=8).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_digit())
    };
    match bare.len() {
        0 => None,
        9 if digits => Some("1"),
        12 if digits => Some("4"),
        _ if passport() => Some("2"),
        _ => Some("8"),
    }
}

/// Marriage at home, marriage abroad, or another purpose; empty when the words leave it open.
fn purpose_kind(text: &str, nationality: &str) -> &'static str {
    let folded = fold(text);
    if folded.is_empty() {
        return "";
    }
    let (marriage, abroad) = (folded.contains("ket hon"), folded.contains("nuoc ngoai"));
    let vietnamese = nationality.is_empty() || nationality == "Việt Nam";
    match (marriage, abroad, vietnamese) {
        (true, false, true) => "1",
        (true, false, false) => "2",
        (false, _, _) => "5",
        // "ở nước ngoài" and "với người nước ngoài" are different codes
        (true, true, _) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{BirthColumns, layout, layouts};
    use super::*;

    fn book(register: Register) -> BookId {
        BookId { office: "xa_x".into(), register, year: "2008".into(), number: "1".into() }
    }

    fn cells(register: Register, pairs: &[(&str, &str)], conventions: &Conventions) -> Vec<(&'static str, String)> {
        let (values, book) = (Values::from_pairs(pairs), book(register));
        let layout = layout(register, BirthColumns::Seventy);
        let source = Source { values: &values, book: &book, conventions, serial: 7 };
        layout.headers().into_iter().zip(row(&source, layout)).collect()
    }

    fn cell_of(row: &[(&'static str, String)], header: &str) -> String {
        row.iter().find(|(h, _)| *h == header).expect("a column").1.clone()
    }

    #[test]
    fn a_birth_becomes_a_row() {
        let pairs = [
            ("so", "5"),
            ("ngayDangKy", "15.01.2008"),
            ("trangSo", "07"),
            ("nksHoTen", "Nie\u{302}  K'Đăm"),
            ("nksGioiTinh", "Nữ"),
            ("chaHoTen", ""),
            ("meHoTen", "Lê Thị Hoa"),
            ("meSoGiayToTuyThan", "083304000123"),
        ];
        let row = cells(Register::Ks, &pairs, &Conventions::default());
        let told: Vec<String> = [
            "STT",
            "so",
            "quyenSo",
            "trangSo",
            "ngayDangKy",
            "loaiDangKy",
            "nksHoTen",
            "nksGioiTinh",
            "nksLoaiKhaiSinh",
            "meLoaiCuTru",
            "meSoDinhDanhCaNhan",
            "meLoaiGiayToTuyThan",
            "chaLoaiGiayToTuyThan",
            "nksMatTich",
        ]
        .iter()
        .map(|h| cell_of(&row, h))
        .collect();
        let expected = [
            "7",
            "05/2008",
            "01/2008",
            "07",
            "15.01.2008",
            "6",
            "Niê K'Đăm",
            "2",
            "3",
            "0",
            "083304000123",
            "4",
            "0",
            "",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_not_known_follows_the_conventions() {
        let empty = Conventions { unset: Unset::Empty, ..Conventions::default() };
        assert_eq!(cell_of(&cells(Register::Kt, &[], &empty), "nktLoaiCuTru"), "");
        assert_eq!(cell_of(&cells(Register::Kt, &[], &Conventions::default()), "gbtLoai"), "0");
        assert_eq!(
            cell_of(&cells(Register::Kh, &[], &empty), "loaiDangKy"),
            "",
            "the list of marriages has no such code"
        );
        let office = Conventions { office: Some("UBND xã X".into()), registration: Some("1".into()), ..empty };
        let row = cells(Register::Kh, &[("noiDangKy", "UBND xã Y")], &office);
        assert_eq!((cell_of(&row, "noiDangKy"), cell_of(&row, "loaiDangKy")), ("UBND xã Y".into(), "1".into()));
        assert_eq!(cell_of(&cells(Register::Hn, &[], &office), "noiCap"), "UBND xã X");
    }

    #[test]
    fn papers_are_told_by_their_numbers() {
        let kinds = ["", "320123456", "083204000123", "B1234567", "32012345", "QĐ 12"].map(paper_kind);
        assert_eq!(kinds, [None, Some("1"), Some("4"), Some("2"), Some("8"), Some("8")]);
    }

    #[test]
    fn purposes_that_the_words_leave_open_stay_open() {
        assert_eq!(purpose_kind("Đăng ký kết hôn", "Việt Nam"), "1");
        assert_eq!(purpose_kind("Kết hôn", "Hoa Kỳ"), "2");
        assert_eq!(purpose_kind("Vay vốn ngân hàng", "Việt Nam"), "5");
        assert_eq!((purpose_kind("Kết hôn với người nước ngoài", "Việt Nam"), purpose_kind("", "")), ("", ""));
    }

    #[test]
    fn who_recognises_whom_is_not_guessed_from_the_child_alone() {
        assert_eq!(["Cha", "Mẹ", "Con", "Con nhận mẹ", "3"].map(recognition_kind), ["1", "2", "", "4", "3"]);
    }

    #[test]
    fn every_row_has_as_many_cells_as_columns_and_no_source_is_misspelt() {
        for layout in layouts() {
            let (values, book) = (Values::default(), book(layout.register));
            let conventions = Conventions::default();
            let source = Source { values: &values, book: &book, conventions: &conventions, serial: 1 };
            assert_eq!(row(&source, layout).len(), layout.columns.len());
            for column in &layout.columns {
                let sourced = !matches!(column.rule, Rule::None | Rule::Serial | Rule::Book | Rule::BirthKind);
                assert_eq!(column.source.is_some(), sourced, "{}", column.header);
            }
        }
    }
}
