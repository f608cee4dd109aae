//! Dates in digits, in every style that clerks write.

use serde::Deserialize;

use super::text::{fold, normalise};
use super::{DateDoubt, DatePrecision, DateValue};

/// Which years a register's date may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateLimits {
    /// The first possible year.
    pub first_year: u16,
    /// The last possible year.
    pub last_year: u16,
    /// Two digits mean the year in the hundred years from this one.
    pub short_years_from: u16,
}

/// What a date slot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDate {
    /// A date, perhaps only its year.
    Date(DateValue),
    /// An age in years: "25T", "25 tuổi".
    Age(u8),
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADate {
    /// Not in any written style.
    #[error("not in the form of a date")]
    Form,
    /// In form, but there is no such day.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// The year is outside the limits.
    #[error("the year is outside the limits")]
    YearOutside,
}

/// Words that stand around the numbers and mean nothing by themselves.
const FILLERS: [&str; 10] = ["ngay", "thang", "nam", "sinh", "sanh", "mung", "mong", "luc", "vao", "ng"];
const CIRCA: [&str; 2] = ["khoang", "chung"];
/// Day, month and year blanks that the reader joined with nothing between are no "month/year".
const EMPTY_MIDDLE: &str = "//";

/// Reads a date: `26/9/2004`, `01.01.2008`, `1971`, `28-12-2003`, `06 / 4 / 2010`, `ngày 6 tháng 4 năm 2010`, `9/2004`, `25T`.
pub fn parse_date(text: &str, limits: &DateLimits) -> Result<WrittenDate, NotADate> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if compact.contains(EMPTY_MIDDLE) {
        return Err(NotADate::Form);
    }
    let words = date_words(&normalise(text));
    let (numbers, names): (Vec<&str>, Vec<&str>) =
        words.iter().map(String::as_str).partition(|w| w.bytes().all(|b| b.is_ascii_digit()));
    if let (&[age], true) = (numbers.as_slice(), names.iter().any(|n| matches!(*n, "t" | "tuoi"))) {
        return age.parse().ok().filter(|a| *a <= 120).map(WrittenDate::Age).ok_or(NotADate::Form);
    }
    let doubt = doubt_of(&names)?;
    let mut date = from_numbers(&numbers, limits)?;
    date.doubt = doubt.or(date.doubt);
    check(date, limits).map(WrittenDate::Date)
}

/// Splits "28-12-2003" and "ngày6" into numbers and folded words.
fn date_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in fold(text).split(' ').filter(|w| !w.is_empty()) {
        let mut last_is_digit = None;
        for c in word.chars() {
            let digit = c.is_ascii_digit();
            match words.last_mut() {
                Some(w) if last_is_digit == Some(digit) => w.push(c),
                _ => words.push(c.to_string()),
            }
            last_is_digit = Some(digit);
        }
    }
    words
}

fn doubt_of(names: &[&str]) -> Result<Option<DateDoubt>, NotADate> {
    let mut doubt = None;
    for name in names {
        match *name {
            "am" | "lich" | "al" => doubt = Some(DateDoubt::Lunar),
            n if CIRCA.contains(&n) => doubt = doubt.or(Some(DateDoubt::Circa)),
            "duong" | "dl" => {}
            n if FILLERS.contains(&n) => {}
            _ => return Err(NotADate::Form),
        }
    }
    // "dương lịch" is the calendar that is meant anyway
    Ok(if names.contains(&"duong") && !names.contains(&"am") { None } else { doubt })
}

fn from_numbers(numbers: &[&str], limits: &DateLimits) -> Result<DateValue, NotADate> {
    match *numbers {
        [y] if y.len() == 4 => full(None, None, year(y, limits)?),
        [dmy] if dmy.len() == 8 => full(Some(&dmy[..2]), Some(&dmy[2..4]), year(&dmy[4..], limits)?),
        [m, y] if y.len() == 4 => full(None, Some(m), year(y, limits)?),
        [y, m, d] if y.len() == 4 => full(Some(d), Some(m), year(y, limits)?),
        [d, m, y] => full(Some(d), Some(m), year(y, limits)?),
        _ => Err(NotADate::Form),
    }
}

fn year(digits: &str, limits: &DateLimits) -> Result<(u16, Option<DateDoubt>), NotADate> {
    let number: u16 = digits.parse().map_err(|_| NotADate::Form)?;
    match digits.len() {
        4 => Ok((number, None)),
        2 => {
            let century = limits.short_years_from / 100 * 100;
            let year =
                if century + number < limits.short_years_from { century + 100 + number } else { century + number };
            Ok((year, Some(DateDoubt::ShortYear)))
        }
        _ => Err(NotADate::Form),
    }
}

fn full(
    day: Option<&str>,
    month: Option<&str>,
    (year, doubt): (u16, Option<DateDoubt>),
) -> Result<DateValue, NotADate> {
    let small = |digits: &str| digits.parse::<u8>().ok().filter(|_| digits.len() <= 2).ok_or(NotADate::Form);
    let (day, month) = (day.map(small).transpose()?, month.map(small).transpose()?);
    Ok(DateValue { doubt, ..DateValue::new(Some(year), month, day) })
}

/// That the day exists and the year is possible.
pub(super) fn check(date: DateValue, limits: &DateLimits) -> Result<DateValue, NotADate> {
    if date.month.is_some_and(|m| !(1..=12).contains(&m)) || date.day.is_some_and(|d| !(1..=31).contains(&d)) {
        return Err(NotADate::NoSuchDay);
    }
    // lunar months have 29 or 30 days whatever the solar calendar says
    let lunar = date.doubt == Some(DateDoubt::Lunar);
    if lunar && date.day == Some(31) || !lunar && date.is_full() && date.solar_day().is_none() {
        return Err(NotADate::NoSuchDay);
    }
    match date.year {
        Some(y) if !(limits.first_year..=limits.last_year).contains(&y) => Err(NotADate::YearOutside),
        _ => Ok(date),
    }
}

impl DateValue {
    /// A date from its parts; the precision follows from which there are.
    #[must_use]
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Self {
        let precision = match (month, day) {
            (Some(_), Some(_)) => DatePrecision::Day,
            (Some(_), None) => DatePrecision::Month,
            (None, _) => DatePrecision::Year,
        };
        Self { year, month, day, precision, doubt: None }
    }

    /// The calendar day, if all parts are there and it exists.
    #[must_use]
    pub fn solar_day(&self) -> Option<jiff::civil::Date> {
        let year = i16::try_from(self.year?).ok()?;
        jiff::civil::Date::new(year, i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?).ok()
    }

    /// The first and last calendar day that it may be; `None` without a year or for a lunar date.
    #[must_use]
    pub fn span(&self) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        if self.doubt == Some(DateDoubt::Lunar) {
            return None;
        }
        let year = i16::try_from(self.year?).ok()?;
        let month = |default: i8| self.month.and_then(|m| i8::try_from(m).ok()).unwrap_or(default);
        if let Some(day) = self.solar_day() {
            return Some((day, day));
        }
        let first = jiff::civil::Date::new(year, month(1), 1).ok()?;
        let last = jiff::civil::Date::new(year, month(12), 1).ok()?.last_of_month();
        Some((first, last))
    }

    /// As the import wants it: `dd.mm.yyyy`, `mm.yyyy` or `yyyy`.
    #[must_use]
    pub fn import_text(&self) -> String {
        match (self.day, self.month, self.year) {
            (Some(d), Some(m), Some(y)) => format!("{d:02}.{m:02}.{y:04}"),
            (_, Some(m), Some(y)) => format!("{m:02}.{y:04}"),
            (_, _, Some(y)) => format!("{y:04}"),
            (_, _, None) => String::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.day.is_some() && self.month.is_some() && self.year.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn text(written: &str) -> String {
        match parse_date(written, &LIMITS) {
            Ok(WrittenDate::Date(d)) => d.import_text(),
            Ok(WrittenDate::Age(a)) => format!("{a}T"),
            Err(e) => format!("{e:?}"),
        }
    }

    #[test]
    fn every_written_style_is_read() {
        for (written, read) in [
            ("26/9/2004", "26.09.2004"),
            ("01.01.2008", "01.01.2008"),
            ("1971", "1971"),
            ("28-12-2003", "28.12.2003"),
            ("06 / 4 / 2010", "06.04.2010"),
            ("ngày 6 tháng 4 năm 2010", "06.04.2010"),
            ("Ngày 06 Tháng 04 Năm 2010.", "06.04.2010"),
            ("9/2004", "09.2004"),
            ("tháng 9 năm 2004", "09.2004"),
            ("năm 1950", "1950"),
            ("sanh năm 1950", "1950"),
            ("2010-04-06", "06.04.2010"),
            ("06042010", "06.04.2010"),
            ("26/9/04", "26.09.2004"),
            ("26/9/71", "26.09.1971"),
            ("25T", "25T"),
            ("25 tuổi", "25T"),
        ] {
            assert_eq!(text(written), read, "{written}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for written in ["29/02/2001", "31/4/2010", "13/13/2010", "32/1/2010", "0/1/2010", "00/00/2010"] {
            assert_eq!(parse_date(written, &LIMITS), Err(NotADate::NoSuchDay), "{written}");
        }
        assert_eq!(text("29/02/2004"), "29.02.2004");
    }

    #[test]
    fn both_sides_of_the_year_limits() {
        assert_eq!(text("1/1/1850"), "01.01.1850");
        assert_eq!(parse_date("31/12/1849", &LIMITS), Err(NotADate::YearOutside));
        assert_eq!(text("31/12/2030"), "31.12.2030");
        assert_eq!(parse_date("1/1/2031", &LIMITS), Err(NotADate::YearOutside));
    }

    #[test]
    fn two_digits_are_the_year_in_the_hundred_years_from_the_limit_and_are_flagged() {
        assert_eq!((text("1/1/26"), text("1/1/25")), ("01.01.1926".into(), "01.01.2025".into()));
        let Ok(WrittenDate::Date(date)) = parse_date("1/1/26", &LIMITS) else { panic!() };
        assert_eq!(date.doubt, Some(DateDoubt::ShortYear));
    }

    #[test]
    fn what_is_no_date_is_not_made_one() {
        for written in
            ["", "/", "2010/", "tháng", "6/4", "6//2010", "12/3/201", "1/2/3/2004", "Nguyễn", "71", "12345", "130T"]
        {
            let expected = if written == "2010/" { "2010".to_owned() } else { "Form".to_owned() };
            assert_eq!(text(written), expected, "{written}");
        }
    }

    #[test]
    fn a_lunar_date_is_flagged_and_not_held_against_the_solar_calendar() {
        let Ok(WrittenDate::Date(date)) = parse_date("30/2/1950 (âm lịch)", &LIMITS) else { panic!() };
        assert_eq!((date.doubt, date.span()), (Some(DateDoubt::Lunar), None));
        assert_eq!(text("31/1/1950 âl"), "NoSuchDay");
        assert_eq!(text("30/1/1950 dương lịch"), "30.01.1950");
    }

    #[test]
    fn a_year_spans_from_its_first_to_its_last_day() {
        let Ok(WrittenDate::Date(date)) = parse_date("2/2004", &LIMITS) else { panic!() };
        let (first, last) = date.span().unwrap();
        assert_eq!((first.to_string(), last.to_string()), ("2004-02-01".into(), "2004-02-29".into()));
    }
}
