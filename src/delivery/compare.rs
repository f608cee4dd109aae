//! A book that people typed earlier, held against our reading: the typed file as second key.

use std::collections::BTreeMap;

use sohoa_tables::legacy::Legacy;
use sohoa_tables::read::{Cell, Converted, Sheet, header_key, serial_date};

use super::cells::sex_code;
use super::columns::{Column, ImportLayout, Rule, layouts};
use crate::domain::date::{DateLimits, WrittenDate, parse_date};
use crate::domain::register_number::parse_register_number;
use crate::domain::text::{normalise, same_text};

/// Why a sheet is no import file.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// No header of any known layout.
    #[error(
        "no row holds the import's headings (so, quyenSo, ngayDangKy …)\nhint: the file has {found}; known layouts are {known}"
    )]
    Header {
        /// The fullest of the first rows.
        found: String,
        /// Names of the layouts.
        known: String,
    },
    /// Acts cannot be known without their number.
    #[error("the file has no column `so`\nhint: rows are matched by number and book")]
    NoNumber,
}

/// A typed file, its columns found.
#[derive(Debug)]
pub struct Typed {
    /// The layout that it is nearest to.
    pub layout: &'static ImportLayout,
    /// Headings that no layout of this register has.
    pub unknown: Vec<String>,
    /// Headings of the layout that are missing.
    pub missing: Vec<&'static str>,
    /// Its acts.
    pub rows: Vec<TypedRow>,
    /// What had to be converted: Vietnamese sentences with counts.
    pub remarks: Vec<String>,
}

/// One typed act.
#[derive(Debug, Clone)]
pub struct TypedRow {
    /// Row in the file, from 1.
    pub row: usize,
    /// By header.
    pub cells: BTreeMap<&'static str, Cell>,
}

impl TypedRow {
    /// The text under a header.
    #[must_use]
    pub fn text(&self, header: &str) -> &str {
        self.cells.get(header).map(|c| c.text.as_str()).unwrap_or_default()
    }
}

/// Finds the import's columns in a sheet.
pub fn typed(sheet: &Sheet, limits: &DateLimits) -> Result<Typed, CompareError> {
    let count =
        |layout: &ImportLayout, row: &[Cell]| row.iter().filter(|c| layout.at(header_key(&c.text)).is_some()).count();
    let known = |cell: &str| layouts().iter().any(|layout| layout.at(header_key(cell)).is_some());
    let header = sheet.header(known).filter(|(_, n)| *n >= LEAST_HEADINGS);
    let Some((at, _)) = header else { return Err(no_header(sheet)) };
    let cells = &sheet.rows[at];
    // of two layouts with as many matches, the one with fewer columns that the file lacks
    let best = layouts().iter().max_by_key(|l| (count(l, cells), usize::MAX - l.columns.len()));
    let layout = best.unwrap_or(&layouts()[0]);
    let places: Vec<(&'static str, usize)> = layout
        .columns
        .iter()
        .filter_map(|c| Some((c.header, cells.iter().position(|cell| header_key(&cell.text) == c.header)?)))
        .collect();
    if !places.iter().any(|(header, _)| *header == "so") {
        return Err(CompareError::NoNumber);
    }
    let found = |header: &str| places.iter().any(|(h, _)| *h == header);
    let unknown = cells.iter().filter(|c| !c.text.is_empty() && layout.at(header_key(&c.text)).is_none());
    let mut typed = Typed {
        layout,
        unknown: unknown.map(|c| c.text.clone()).collect(),
        missing: layout.headers().into_iter().filter(|h| !found(h)).collect(),
        rows: Vec::new(),
        remarks: Vec::new(),
    };
    for (at, row) in sheet.rows.iter().enumerate().skip(at + 1) {
        let cells: BTreeMap<_, _> =
            places.iter().map(|(header, at)| (*header, row.get(*at).cloned().unwrap_or_default())).collect();
        if cells.values().any(|c| !c.text.is_empty()) {
            typed.rows.push(TypedRow { row: sheet.first_row + at, cells });
        }
    }
    unify(&mut typed, limits);
    remarks(&mut typed, sheet);
    Ok(typed)
}

/// Fewer known headings are an accident: "so" alone stands in many tables.
const LEAST_HEADINGS: usize = 3;

fn no_header(sheet: &Sheet) -> CompareError {
    let filled = |row: &&Vec<Cell>| row.iter().filter(|c| !c.text.is_empty()).count();
    let fullest = sheet.rows.iter().take(20).rev().max_by_key(filled);
    let names: Vec<&str> =
        fullest.into_iter().flatten().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).take(8).collect();
    let found = if names.is_empty() { "no text".to_owned() } else { format!("the columns {}", names.join(", ")) };
    CompareError::Header { found, known: layouts().iter().map(|l| l.id).collect::<Vec<_>>().join(", ") }
}

/// Day counts in date columns and other styles of dates become import dates.
fn unify(typed: &mut Typed, limits: &DateLimits) {
    for column in typed.layout.columns.iter().filter(|c| is_date(c)) {
        for row in &mut typed.rows {
            let Some(cell) = row.cells.get_mut(column.header) else { continue };
            if let Some(text) = day_count(cell) {
                *cell = Cell { text, converted: Some(Converted::SerialDate) };
            } else if let Ok(WrittenDate::Date(date)) = parse_date(&cell.text, limits) {
                cell.text = date.import_text();
            }
        }
    }
}

fn is_date(column: &Column) -> bool {
    column.rule == Rule::Date || (column.rule == Rule::None && column.longest == 10)
}

/// Five digits that are a number to the spreadsheet: years have four.
fn day_count(cell: &Cell) -> Option<String> {
    let five = cell.text.len() == 5 && cell.text.bytes().all(|b| b.is_ascii_digit());
    serial_date(cell.text.parse().ok().filter(|_| five)?)
}

fn remarks(typed: &mut Typed, sheet: &Sheet) {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for cell in typed.rows.iter().flat_map(|row| row.cells.values()) {
        let what = match cell.converted {
            Some(Converted::Number) => "ô kiểu số (số 0 ở đầu có thể đã mất)",
            Some(Converted::SerialDate) => "ô ngày kiểu Excel, đã đổi sang dd.mm.yyyy",
            Some(Converted::Exponent) => "ô số dạng 1.65E8, đã đổi lại thành dãy số",
            Some(Converted::OldFont(Legacy::Tcvn3)) => "ô chữ TCVN3, đã đổi sang Unicode",
            Some(Converted::OldFont(Legacy::Vni)) => "ô chữ VNI, đã đổi sang Unicode",
            Some(Converted::Error) => "ô công thức bị lỗi, coi như trống",
            None => continue,
        };
        *counts.entry(what).or_default() += 1;
    }
    typed.remarks = counts.into_iter().map(|(what, n)| format!("{n} {what}.")).collect();
    if !sheet.merged.is_empty() {
        typed.remarks.push(format!("{} vùng ô bị gộp: chỉ ô đầu có giá trị.", sheet.merged.len()));
    }
}

/// How a typed cell and ours stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Both say the same.
    Same,
    /// They say different things.
    Differs,
    /// Only the typed file says something.
    TypedOnly,
    /// Only we say something.
    ReadOnly,
}

/// Compares one column's cells; `None` where there is nothing to compare: both empty, or the form has no such slot.
#[must_use]
pub fn compare(column: &Column, typed: &Cell, read: &str) -> Option<Standing> {
    let told = typed.text.as_str();
    let unset = |text: &str| text.is_empty() || (text == "0" && column.rule.is_code());
    match (unset(told), unset(read)) {
        (true, true) => None,
        _ if matches!(column.rule, Rule::None | Rule::Serial) => None,
        // codes that we only conclude are no second key where we conclude nothing
        (false, true) if column.rule.is_code() || column.rule == Rule::Province => None,
        (false, true) => Some(Standing::TypedOnly),
        (true, false) => Some(Standing::ReadOnly),
        (false, false) => Some(if same(column.rule, typed, read) { Standing::Same } else { Standing::Differs }),
    }
}

/// Case, spaces, Unicode form and the place of the tone mark make no difference; zeros at the start of numbers neither.
fn same(rule: Rule, typed: &Cell, read: &str) -> bool {
    let bare = |text: &str| text.trim_start_matches('0').to_owned();
    match rule {
        Rule::Number | Rule::Book => match (act_key(&typed.text), act_key(read)) {
            (Some(a), Some(b)) => (a.0, a.1) == (b.0, b.1) && (a.2.is_none() || b.2.is_none() || a.2 == b.2),
            _ => same_text(&typed.text, read),
        },
        // people typed the word or its code
        Rule::Sex => sex_code(&typed.text) == sex_code(read),
        Rule::Page => bare(&typed.text) == bare(read),
        Rule::Date => normalise(&typed.text) == normalise(read),
        // a number that a spreadsheet kept as one has lost its zeros
        _ if typed.converted == Some(Converted::Number) => bare(&typed.text) == bare(read),
        _ => same_text(&typed.text, read),
    }
}

/// Number, letter and year of an act, by which rows and entries find each other.
#[must_use]
pub fn act_key(text: &str) -> Option<(u32, String, Option<u16>)> {
    let number = parse_register_number(text)?;
    let letter = number.text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect();
    Some((number.number, letter, number.year))
}

#[cfg(test)]
mod tests {
    use super::super::columns::{BirthColumns, layout};
    use super::*;
    use crate::domain::Register;

    const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), converted: None };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Sheet { name: String::new(), rows, first_row: 1, merged: Vec::new() }
    }

    fn standing(header: &str, typed: &str, read: &str) -> Option<Standing> {
        let layout = layout(Register::Ks, BirthColumns::Sixty);
        let column = &layout.columns[layout.at(header).expect("a column")];
        compare(column, &Cell { text: typed.into(), converted: None }, read)
    }

    #[test]
    fn a_typed_file_of_either_layout_is_known_by_its_headings() {
        for layout in layouts() {
            let header: Vec<&str> = layout.headers();
            let found = typed(&sheet(&[&["SỔ"], &header, &["1"]]), &LIMITS).expect("known");
            assert_eq!((found.layout.id, found.missing.len(), found.rows.len()), (layout.id, 0, 1));
        }
    }

    #[test]
    fn columns_that_we_do_not_know_are_named_and_not_in_the_way() {
        let found =
            typed(&sheet(&[&["TenFile", "so \ni=..", "quyenSo", "nksHoTen"], &["f", "1", "1/2008", "A"]]), &LIMITS)
                .unwrap();
        assert_eq!((found.unknown.as_slice(), found.rows[0].text("so")), (&["TenFile".to_owned()][..], "1"));
    }

    #[test]
    fn a_wrong_header_is_shown_with_what_was_expected() {
        let told = typed(&sheet(&[&["Họ tên", "Ngày sinh"], &["A", "B"]]), &LIMITS).unwrap_err().to_string();
        assert!(told.contains("Họ tên, Ngày sinh") && told.contains("KS-70"), "{told}");
        let told = typed(&sheet(&[&["quyenSo", "trangSo", "ngayDangKy"]]), &LIMITS).unwrap_err();
        assert!(matches!(told, CompareError::NoNumber));
    }

    #[test]
    fn days_in_other_styles_become_import_dates_and_are_told() {
        let rows: [&[&str]; 3] =
            [&["so", "quyenSo", "ngayDangKy"], &["1", "1/2008", "39462"], &["2", "1/2008", "15/1/2008"]];
        let found = typed(&sheet(&rows), &LIMITS).unwrap();
        assert_eq!(found.rows.iter().map(|r| r.text("ngayDangKy")).collect::<Vec<_>>(), ["15.01.2008", "15.01.2008"]);
        assert_eq!(found.remarks, ["1 ô ngày kiểu Excel, đã đổi sang dd.mm.yyyy."]);
    }

    #[test]
    fn writing_that_means_the_same_is_the_same() {
        assert_eq!(standing("nksHoTen", "NGUYỄN VĂN HOÀ", "Nguyễn Văn Hòa"), Some(Standing::Same));
        assert_eq!(standing("nksHoTen", "Nguyễn Văn Hoa", "Nguyễn Văn Hòa"), Some(Standing::Differs));
        assert_eq!(standing("so", "1", "01/2008"), Some(Standing::Same));
        assert_eq!(standing("so", "1/2007", "01/2008"), Some(Standing::Differs));
        assert_eq!(standing("trangSo", "7", "07"), Some(Standing::Same));
        assert_eq!(standing("nksGioiTinh", "Gái", "2"), Some(Standing::Same));
        assert_eq!(standing("nksGioiTinh", "1", "2"), Some(Standing::Differs));
    }

    #[test]
    fn what_only_one_side_has_is_told_and_what_no_side_can_have_is_not() {
        assert_eq!(standing("nksHoTen", "A B", ""), Some(Standing::TypedOnly));
        assert_eq!(standing("nksHoTen", "", "A B"), Some(Standing::ReadOnly));
        assert_eq!(standing("nksHoTen", "", ""), None);
        assert_eq!(standing("nksMatTich", "1", ""), None, "old forms have no slot for it");
        assert_eq!(standing("meLoaiCuTru", "1", "0"), None, "we conclude nothing");
    }
}
