//! Numbers of identity papers: 9 digits (CMND), 12 digits (CCCD, số định danh), passports.

use super::DateValue;
use super::date::{DateLimits, WrittenDate, parse_date};
use super::text::{fold, normalise};

/// What stands in the slot; table cells also carry date and place of issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdPaper {
    /// Digits without spaces and points, or letter and digits of a passport.
    pub number: String,
    /// "cấp ngày …".
    pub issued: Option<DateValue>,
    /// "tại CA Bến Tre".
    pub issuer: Option<String>,
}

/// The parts of a 12-digit number, `PPP G YY NNNNNN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitizenNumber {
    /// Province of birth registration, 1–96, or a country above.
    pub province: u16,
    /// Even: male, odd: female.
    pub sex_digit: u8,
    /// Year of birth by century digit and year digits.
    pub birth_year: u16,
    /// The six digits that only count.
    pub serial: u32,
}

impl CitizenNumber {
    /// Splits twelve digits; `None` for anything else.
    #[must_use]
    pub fn parse(number: &str) -> Option<Self> {
        if number.len() != 12 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let sex_digit: u8 = number[3..4].parse().ok()?;
        let year: u16 = number[4..6].parse().ok()?;
        Some(Self {
            province: number[..3].parse().ok()?,
            sex_digit,
            birth_year: 1900 + 100 * u16::from(sex_digit / 2) + year,
            serial: number[6..].parse().ok()?,
        })
    }

    /// Code of the province with the statistical office, two digits; `None` for a country's code.
    #[must_use]
    pub fn province_code(&self) -> Option<String> {
        (self.province < 100).then(|| format!("{:02}", self.province))
    }
}

/// Longer before shorter.
const LABELS: [&str; 8] = ["cccd", "cmnd", "cmt", "gcmnd", "hc", "cc", "so", "ho chieu"];
const ISSUE_WORDS: [&str; 6] = ["cấp", "ngày", "do", "tại", "công an", "ca "];

/// Reads an ID slot; `None` when there is no number of a known form in it.
#[must_use]
pub fn parse_id(text: &str, limits: &DateLimits) -> Option<IdPaper> {
    let text = normalise(text);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let before = text[..start].trim_matches(|c: char| !c.is_alphanumeric());
    let letter = before.chars().last().filter(char::is_ascii_uppercase).filter(|_| !text[..start].ends_with(' '));
    let end = number_end(&text[start..]) + start;
    let digits: String = text[start..end].chars().filter(char::is_ascii_digit).collect();
    let labelled = before.is_empty() || LABELS.contains(&fold(before).as_str());
    let number = match (digits.len(), letter) {
        (9 | 12, _) if labelled => digits,
        (6..=8, Some(letter)) if before.chars().count() == 1 || !labelled => format!("{letter}{digits}"),
        _ => return None,
    };
    let (issued, issuer) = issue(&text[end..], limits);
    Some(IdPaper { number, issued, issuer })
}

/// The number goes on over single points, spaces and dashes as long as digits follow; it ends where words or a date begin.
fn number_end(text: &str) -> usize {
    let mut end = 0;
    let mut digits = 0;
    for (i, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                digits += 1;
                end = i + 1;
            }
            '.' | ' ' | '-' if i == end => {
                // after nine digits a further group belongs to the number only if it brings it to twelve
                let more = text[i + 1..].bytes().take_while(u8::is_ascii_digit).count();
                if digits >= 9 && digits + more != 12 {
                    break;
                }
            }
            _ => break,
        }
    }
    end
}

fn issue(rest: &str, limits: &DateLimits) -> (Option<DateValue>, Option<String>) {
    let dates = rest.split([' ', ',', ';', '(', ')']).filter(|w| w.chars().any(|c| c.is_ascii_digit()));
    let date = dates.filter_map(|w| Some((w, parse_date(w, limits).ok()?))).find_map(|(w, d)| match d {
        WrittenDate::Date(d) => Some((w, d)),
        WrittenDate::Age(_) => None,
    });
    let without_date = date.map_or(rest.to_owned(), |(w, _)| rest.replacen(w, " ", 1));
    let mut place = normalise(&without_date);
    loop {
        let trimmed = place.trim_start_matches(|c: char| !c.is_alphanumeric());
        let lower = trimmed.to_lowercase();
        // "công an" and "CA" are part of the issuer's name, the others only lead to it
        let word = ISSUE_WORDS[..4]
            .iter()
            .find(|w| lower.strip_prefix(**w).is_some_and(|r| r.is_empty() || r.starts_with([' ', ':', ','])));
        match word {
            Some(w) => place = trimmed[w.len()..].to_owned(),
            None => break place = trimmed.to_owned(),
        }
    }
    let place = place.trim_end_matches(|c: char| matches!(c, ',' | '-' | ';' | '(' | ' ')).to_owned();
    (date.map(|(_, d)| d), Some(place).filter(|p| !p.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn number(text: &str) -> String {
        parse_id(text, &LIMITS).map_or("-".into(), |p| p.number)
    }

    #[test]
    fn nine_and_twelve_digits_are_numbers_whatever_parts_them() {
        for text in ["320123456", "320 123 456", "320.123.456", "CMND 320123456", "Số: 320123456"] {
            assert_eq!(number(text), "320123456", "{text}");
        }
        assert_eq!(number("083 204 000 123"), "083204000123");
        assert_eq!(number("B1234567"), "B1234567");
    }

    #[test]
    fn other_lengths_are_not() {
        for text in ["32012345", "3201234567", "08320400012", "0832040001234", "", "không có", "/"] {
            assert_eq!(number(text), "-", "{text}");
        }
    }

    #[test]
    fn table_cells_carry_date_and_place_of_issue() {
        let paper = parse_id("320123456 cấp ngày 15/3/2005 tại CA Bến Tre", &LIMITS).unwrap();
        assert_eq!(paper.number, "320123456");
        assert_eq!(paper.issued.map(|d| d.import_text()), Some("15.03.2005".into()));
        assert_eq!(paper.issuer.as_deref(), Some("CA Bến Tre"));
        let paper = parse_id("320123456, Công an Bến Tre, 15-3-2005", &LIMITS).unwrap();
        assert_eq!((paper.number.as_str(), paper.issuer.as_deref()), ("320123456", Some("Công an Bến Tre")));
    }

    #[test]
    fn twelve_digits_tell_province_sex_and_year() {
        let number = CitizenNumber::parse("083204000123").unwrap();
        assert_eq!((number.province, number.sex_digit, number.birth_year, number.serial), (83, 2, 2004, 123));
        assert_eq!(CitizenNumber::parse("083099000123").unwrap().birth_year, 1999);
        assert_eq!(CitizenNumber::parse("08309900012"), None);
    }
}
