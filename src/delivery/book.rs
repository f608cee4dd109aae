//! A book as the register names it: file names, and the conventions that vary from importer to importer.

use clap::ValueEnum;

use super::columns::BirthColumns;
use crate::domain::register_number::parse_register_number;
use crate::domain::text::fold;
use crate::domain::{BookId, Register};

/// How the act's number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum NumberStyle {
    /// 01/2008, as the template and most checks want it
    #[default]
    WithYear,
    /// 1
    Plain,
    /// as it stands in the book
    AsWritten,
}

/// What a code says where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Unset {
    /// 0, where the code's list has one
    #[default]
    Zero,
    /// nothing
    Empty,
}

/// What varies between importers.
#[derive(Debug, Clone, Default)]
pub struct Conventions {
    /// 70 or 60 columns of births.
    pub births: BirthColumns,
    /// Style of `so`.
    pub number: NumberStyle,
    /// Codes of what is not known.
    pub unset: Unset,
    /// Least digits of the number in a PDF's name.
    pub digits: usize,
    /// Full name of the office; stands where the page does not name one.
    pub office: Option<String>,
    /// Beginning of the names of workbook and archive.
    pub base_name: Option<String>,
    /// Code of the kind of registration where the page has none.
    pub registration: Option<String>,
}

/// Reads `KS/2008/01`.
#[must_use]
pub fn parse_book(text: &str) -> Option<(Register, String, String)> {
    let parts: Vec<&str> = text.trim_matches('/').split('/').collect();
    let &[register, year, number] = parts.as_slice() else { return None };
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let register = Register::from_code(register).filter(|_| year.len() == 4 && digits(year) && !number.is_empty())?;
    Some((register, year.to_owned(), number.to_owned()))
}

/// Number of the book with two digits at least: "1" and "01" are one book.
#[must_use]
pub fn padded(number: &str) -> String {
    format!("{number:0>2}")
}

/// `NN/YYYY`, the year it was opened.
#[must_use]
pub fn book_number(book: &BookId) -> String {
    format!("{}/{}", padded(&book.number), book.year)
}

/// `KS/2008/01`.
#[must_use]
pub fn book_name(book: &BookId) -> String {
    format!("{}/{}/{}", book.register.code(), book.year, padded(&book.number))
}

/// The act's number in the importer's style; empty when there is none.
#[must_use]
pub fn act_number(written: &str, year: Option<u16>, style: NumberStyle) -> String {
    let Some(number) = parse_register_number(written) else { return written.to_owned() };
    let year = number.year.or(year);
    match (style, year) {
        (NumberStyle::AsWritten, _) => number.text,
        (NumberStyle::WithYear, Some(year)) => format!("{:02}{}/{year}", number.number, letter(&number.text)),
        (NumberStyle::WithYear, None) => format!("{:02}{}", number.number, letter(&number.text)),
        (NumberStyle::Plain, _) => format!("{}{}", number.number, letter(&number.text)),
    }
}

/// The letter behind a number that was given twice: "12A".
fn letter(text: &str) -> String {
    let own = text.split('/').next().unwrap_or_default();
    own.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect()
}

/// `KS.2008.01.2008-01-15.001.pdf`; `None` without a full date or a number.
#[must_use]
pub fn pdf_name(book: &BookId, registered: &str, number: &str, digits: usize) -> Option<String> {
    let parts: Vec<&str> = registered.split('.').collect();
    let &[day, month, year] = parts.as_slice() else { return None };
    let parsed = parse_register_number(number)?;
    let (code, opened, book) = (book.register.code(), &book.year, padded(&book.number));
    Some(format!("{code}.{opened}.{book}.{year}-{month}-{day}.{:0digits$}{}.pdf", parsed.number, letter(&parsed.text)))
}

/// `xalocthuan_hbd_tbt.KS.2008.01`: commune in full, district and province by their first letters.
#[must_use]
pub fn base_name(book: &BookId, conventions: &Conventions) -> String {
    let office = conventions.base_name.clone().or_else(|| conventions.office.as_deref().map(office_name));
    let bare: String = book.office.chars().filter(char::is_ascii_alphanumeric).collect();
    let office = office.filter(|o| !o.is_empty()).unwrap_or(bare);
    let own = format!("{}.{}.{}", book.register.code(), book.year, padded(&book.number));
    if office.is_empty() { own } else { format!("{office}.{own}") }
}

/// "UBND xã Lộc Thuận, huyện Bình Đại, tỉnh Bến Tre" → `xalocthuan_hbd_tbt`.
fn office_name(office: &str) -> String {
    let parts = office.split(',').map(fold).filter(|p| !p.is_empty());
    let shorten = |(at, part): (usize, String)| {
        let words = part.split(' ').skip_while(|w| matches!(*w, "ubnd" | "uy" | "ban" | "nhan" | "dan"));
        match at {
            0 => words.collect::<String>(),
            _ => words.filter_map(|w| w.chars().next()).collect(),
        }
    };
    parts.enumerate().map(shorten).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> BookId {
        BookId { office: "xa_loc_thuan".into(), register: Register::Cmc, year: "2006".into(), number: "1".into() }
    }

    #[test]
    fn names_are_those_that_contractors_deliver() {
        let office = Some("UBND xã Lộc Thuận, huyện Bình Đại, tỉnh Bến Tre".to_owned());
        let named = Conventions { office, ..Conventions::default() };
        assert_eq!(base_name(&book(), &named), "xalocthuan_hbd_tbt.CMC.2006.01");
        assert_eq!(base_name(&book(), &Conventions::default()), "xalocthuan.CMC.2006.01");
        let own = Conventions { base_name: Some("X".into()), ..named };
        assert_eq!(base_name(&book(), &own), "X.CMC.2006.01");
        assert_eq!(base_name(&BookId { office: String::new(), ..book() }, &Conventions::default()), "CMC.2006.01");
    }

    #[test]
    fn a_pdf_is_named_after_book_day_and_number() {
        let name = |date: &str, number: &str| pdf_name(&book(), date, number, 3);
        assert_eq!(name("15.01.2008", "1").as_deref(), Some("CMC.2006.01.2008-01-15.001.pdf"));
        assert_eq!(name("15.01.2008", "12a/2008").as_deref(), Some("CMC.2006.01.2008-01-15.012A.pdf"));
        assert_eq!(name("15.01.2008", "1234").as_deref(), Some("CMC.2006.01.2008-01-15.1234.pdf"));
        assert_eq!((name("01.2008", "1"), name("15.01.2008", "")), (None, None), "never …null.pdf");
    }

    #[test]
    fn numbers_keep_their_letter_and_take_the_year_of_the_day() {
        let styled = |text: &str, style| act_number(text, Some(2008), style);
        assert_eq!(styled("5", NumberStyle::WithYear), "05/2008");
        assert_eq!(styled("005/2007", NumberStyle::WithYear), "05/2007");
        assert_eq!(styled("12a", NumberStyle::WithYear), "12A/2008");
        assert_eq!(styled("005", NumberStyle::Plain), "5");
        assert_eq!(styled("005", NumberStyle::AsWritten), "005");
        assert_eq!(act_number("5", None, NumberStyle::WithYear), "05", "no year is invented");
    }

    #[test]
    fn a_book_is_named_by_register_year_and_number() {
        assert_eq!(parse_book("ks/2008/01"), Some((Register::Ks, "2008".into(), "01".into())));
        for wrong in ["", "KS", "KS/08/01", "XX/2008/01", "KS/2008/", "KS/2008/01/2"] {
            assert_eq!(parse_book(wrong), None, "{wrong}");
        }
    }
}
