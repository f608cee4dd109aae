//! Dates in words: "Ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh tám".

use super::date::{DateLimits, NotADate, check};
use super::text::fold;
use super::{DateDoubt, DateValue};

/// How the thousand is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thousand {
    /// hai nghìn
    Nghin,
    /// hai ngàn
    Ngan,
    /// mười chín trăm; years from 2000 are said with nghìn all the same
    Hundreds,
}

/// How an empty hundred and ten are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// hai nghìn không trăm linh tám
    FullLinh,
    /// hai nghìn không trăm lẻ tám
    FullLe,
    /// hai nghìn linh tám
    ShortLinh,
    /// hai nghìn lẻ tám
    ShortLe,
}

/// How the first ten days are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlyDay {
    /// ngày ba
    Plain,
    /// ngày mùng ba
    Mung,
    /// ngày mồng ba
    Mong,
}

/// How ones and fives after a ten are said: mốt or một, lăm, nhăm or năm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ones {
    /// hai mươi mốt, hai mươi tư, hai mươi lăm
    MotTuLam,
    /// hai mươi mốt, hai mươi bốn, hai mươi nhăm
    MotBonNham,
    /// hai mươi một, hai mươi bốn, hai mươi năm
    Plain,
}

/// How the seven is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seven {
    /// bảy
    Bay,
    /// bẩy
    Bay2,
}

/// How months are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Months {
    /// tháng một, tháng bốn, tháng mười hai
    Numbers,
    /// tháng một, tháng tư, tháng mười hai
    FourthTu,
    /// tháng giêng, tháng tư, tháng chạp
    Traditional,
}

/// One way to write a date in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordStyle {
    /// Thousand.
    pub thousand: Thousand,
    /// Empty places of the year.
    pub gap: Gap,
    /// First ten days.
    pub early: EarlyDay,
    /// After a ten.
    pub ones: Ones,
    /// Seven.
    pub seven: Seven,
    /// Months.
    pub months: Months,
}

impl WordStyle {
    /// The house style: as the import template's samples have it.
    pub const PLAIN: Self = Self {
        thousand: Thousand::Nghin,
        gap: Gap::FullLinh,
        early: EarlyDay::Plain,
        ones: Ones::MotTuLam,
        seven: Seven::Bay,
        months: Months::FourthTu,
    };

    /// Every style there is.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut styles = Vec::new();
        for thousand in [Thousand::Nghin, Thousand::Ngan, Thousand::Hundreds] {
            for gap in [Gap::FullLinh, Gap::FullLe, Gap::ShortLinh, Gap::ShortLe] {
                for early in [EarlyDay::Plain, EarlyDay::Mung, EarlyDay::Mong] {
                    for ones in [Ones::MotTuLam, Ones::MotBonNham, Ones::Plain] {
                        for seven in [Seven::Bay, Seven::Bay2] {
                            for months in [Months::Numbers, Months::FourthTu, Months::Traditional] {
                                styles.push(Self { thousand, gap, early, ones, seven, months });
                            }
                        }
                    }
                }
            }
        }
        styles.into_iter()
    }

    fn digit(self, d: u16) -> &'static str {
        match d {
            7 if self.seven == Seven::Bay2 => "bẩy",
            _ => ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"][d as usize],
        }
    }

    fn below_100(self, n: u16) -> String {
        let (ten, one) = (n / 10, n % 10);
        match (ten, one) {
            (0, _) => self.digit(one).to_owned(),
            (1, 0) => "mười".to_owned(),
            (1, 5) => format!("mười {}", if self.ones == Ones::MotBonNham { "nhăm" } else { "lăm" }),
            (1, _) => format!("mười {}", self.digit(one)),
            (_, 0) => format!("{} mươi", self.digit(ten)),
            _ => format!("{} mươi {}", self.digit(ten), self.after_ten(one)),
        }
    }

    fn after_ten(self, one: u16) -> &'static str {
        match (one, self.ones) {
            (1, Ones::MotTuLam | Ones::MotBonNham) => "mốt",
            (4, Ones::MotTuLam) => "tư",
            (5, Ones::MotTuLam) => "lăm",
            (5, Ones::MotBonNham) => "nhăm",
            _ => self.digit(one),
        }
    }

    fn day(self, day: u8) -> String {
        let prefix = match self.early {
            EarlyDay::Mung if day <= 10 => "mùng ",
            EarlyDay::Mong if day <= 10 => "mồng ",
            _ => "",
        };
        format!("{prefix}{}", self.below_100(day.into()))
    }

    fn month(self, month: u8) -> String {
        match (month, self.months) {
            (1, Months::Traditional) => "giêng".to_owned(),
            (12, Months::Traditional) => "chạp".to_owned(),
            (4, Months::FourthTu | Months::Traditional) => "tư".to_owned(),
            _ => self.below_100(month.into()),
        }
    }

    fn year(self, year: u16) -> String {
        let (century, rest) = (year / 100, year % 100);
        let (thousands, hundreds) = (year / 1000, century % 10);
        let (linh, short) = match self.gap {
            Gap::FullLinh => ("linh", false),
            Gap::FullLe => ("lẻ", false),
            Gap::ShortLinh => ("linh", true),
            Gap::ShortLe => ("lẻ", true),
        };
        let thousand = if self.thousand == Thousand::Ngan { "ngàn" } else { "nghìn" };
        let head = match self.thousand {
            Thousand::Hundreds if hundreds > 0 => format!("{} trăm", self.below_100(century)),
            _ if hundreds == 0 && (short || rest == 0) => format!("{} {thousand}", self.digit(thousands)),
            _ => format!("{} {thousand} {} trăm", self.digit(thousands), self.digit(hundreds)),
        };
        match rest {
            0 => head,
            1..=9 => format!("{head} {linh} {}", self.digit(rest)),
            _ => format!("{head} {}", self.below_100(rest)),
        }
    }
}

/// Writes a date in words; parts that are not known are left out.
#[must_use]
pub fn to_words(date: &DateValue, style: WordStyle) -> String {
    let day = date.day.map(|d| format!("ngày {}", style.day(d)));
    let month = date.month.map(|m| format!("tháng {}", style.month(m)));
    let year = date.year.map(|y| format!("năm {}", style.year(y)));
    let mut text = [day, month, year].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if let Some(first) = text.get(..1) {
        let capital = first.to_uppercase();
        text.replace_range(..1, &capital);
    }
    text
}

/// Reads a date in words, whatever its case, with or without marks.
///
/// "năm" is a five, a year or both in a row, so every way to split the words is tried; more than one date is no date.
pub fn from_words(text: &str, limits: &DateLimits) -> Result<DateValue, NotADate> {
    let folded = fold(text);
    let mut words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    let lead = words.iter().take_while(|w| matches!(**w, "sinh" | "sanh" | "ngay" | "vao")).count();
    words.drain(..lead);
    let mut found: Vec<DateValue> = splits(&words).filter_map(|(d, m, y)| parts(d, m, y)).collect();
    found.dedup();
    match found.as_slice() {
        [date] => check(*date, limits),
        _ => Err(NotADate::Form),
    }
}

type Split<'a> = (&'a [&'a str], &'a [&'a str], &'a [&'a str]);

fn splits<'a>(words: &'a [&'a str]) -> impl Iterator<Item = Split<'a>> {
    let month = words.iter().position(|w| *w == "thang");
    let (day, rest) = month.map_or((&words[..0], words), |at| (&words[..at], &words[at + 1..]));
    let no_month = month.is_none().then(|| rest.strip_prefix(&["nam"]).unwrap_or(rest)).map(|y| (day, &words[..0], y));
    let years = rest.iter().enumerate().filter(|(_, w)| **w == "nam").map(|(i, _)| i);
    let with_year = years.filter(move |_| month.is_some()).map(move |i| (day, &rest[..i], &rest[i + 1..]));
    with_year.chain(no_month)
}

fn parts(day: &[&str], month: &[&str], year: &[&str]) -> Option<DateValue> {
    let day_number = if day.is_empty() { None } else { Some(small_number(strip_early(day))?) };
    let (month_number, traditional) = match month {
        [] => (None, false),
        ["gieng"] => (Some(1), true),
        ["chap"] => (Some(12), true),
        words => (Some(small_number(words).filter(|m| (1..=12).contains(m))?), false),
    };
    if day_number.is_some_and(|d| !(1..=31).contains(&d)) || (day_number.is_some() && month_number.is_none()) {
        return None;
    }
    let date = DateValue::new(Some(year_number(year)?), month_number, day_number);
    // no lunar month has 31 days, so there the old name is only a habit of speech
    let lunar = traditional && day_number != Some(31);
    Some(DateValue { doubt: lunar.then_some(DateDoubt::Lunar), ..date })
}

fn strip_early<'a>(day: &'a [&'a str]) -> &'a [&'a str] {
    match day {
        ["mung" | "mong", rest @ ..] => rest,
        _ => day,
    }
}

fn digit(word: &str) -> Option<u16> {
    Some(match word {
        "khong" => 0,
        "mot" => 1,
        "hai" => 2,
        "ba" => 3,
        "bon" | "tu" => 4,
        "nam" | "lam" | "nham" => 5,
        "sau" => 6,
        "bay" => 7,
        "tam" => 8,
        "chin" => 9,
        _ => return None,
    })
}

/// 1–99: "mười lăm", "hai mươi mốt", "hăm bảy", "bảy mốt".
fn below_100(words: &[&str]) -> Option<u16> {
    let nonzero = |w: &str| digit(w).filter(|d| *d > 0);
    match *words {
        ["muoi"] => Some(10),
        ["muoi", one] => Some(10 + nonzero(one)?),
        ["ham", one] => Some(20 + nonzero(one)?),
        [one] => nonzero(one),
        [ten, "muoi" | "chuc"] => nonzero(ten).filter(|t| *t > 1).map(|t| 10 * t),
        [ten, "muoi", one] => Some(10 * nonzero(ten).filter(|t| *t > 1)? + nonzero(one)?),
        [ten, one] => Some(10 * nonzero(ten).filter(|t| *t > 1)? + nonzero(one)?),
        _ => None,
    }
}

fn small_number(words: &[&str]) -> Option<u8> {
    let words = match words {
        ["khong", rest @ ..] if !rest.is_empty() => rest,
        _ => words,
    };
    below_100(words).and_then(|n| u8::try_from(n).ok())
}

fn year_number(words: &[&str]) -> Option<u16> {
    if let [a, b, c, d] = words
        && let (Some(a), Some(b), Some(c), Some(d)) = (digit(a), digit(b), digit(c), digit(d))
    {
        return Some(a * 1000 + b * 100 + c * 10 + d);
    }
    if let Some(at) = words.iter().position(|w| matches!(*w, "nghin" | "ngan")) {
        let thousands = digit(words.get(..at).filter(|w| w.len() == 1)?.first()?)?;
        return Some(thousands * 1000 + below_1000(&words[at + 1..])?);
    }
    let at = words.iter().position(|w| *w == "tram")?;
    Some(below_100(&words[..at]).filter(|c| *c >= 10)? * 100 + rest_of_hundred(&words[at + 1..])?)
}

fn below_1000(words: &[&str]) -> Option<u16> {
    match words.iter().position(|w| *w == "tram") {
        Some(1) => Some(digit(words[0])? * 100 + rest_of_hundred(&words[2..])?),
        Some(_) => None,
        // "hai nghìn tám" is 2800 in speech and 2008 in haste: not to be decided here
        None if words.len() == 1 && words[0] != "muoi" => None,
        None => rest_of_hundred(words),
    }
}

fn rest_of_hundred(words: &[&str]) -> Option<u16> {
    match words {
        [] => Some(0),
        ["linh" | "le", one] => digit(one).filter(|d| *d > 0),
        // "một nghìn chín trăm năm" is 1950 in speech and 1905 in haste
        [one] if *one != "muoi" => None,
        words => below_100(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn read(text: &str) -> String {
        from_words(text, &LIMITS).map_or_else(|e| format!("{e:?}"), |d| d.import_text())
    }

    fn days() -> impl Iterator<Item = DateValue> {
        let days_of = |year, month| jiff::civil::Date::new(year, month, 1).unwrap().days_in_month();
        (1900..=2030).flat_map(move |y| (1..=12).flat_map(move |m| (1..=days_of(y, m)).map(move |d| (y, m, d)))).map(
            |(y, m, d)| {
                DateValue::new(Some(y.try_into().unwrap()), Some(m.try_into().unwrap()), Some(d.try_into().unwrap()))
            },
        )
    }

    fn survives(date: &DateValue, style: WordStyle) {
        let words = to_words(date, style);
        let back = from_words(&words, &LIMITS).unwrap_or_else(|e| panic!("{words}: {e}"));
        assert_eq!((back.year, back.month, back.day), (date.year, date.month, date.day), "{words}");
    }

    #[test]
    fn every_day_from_1900_to_2030_goes_to_words_and_back_in_eight_styles_taken_in_turn() {
        let styles: Vec<_> = WordStyle::all().collect();
        for (i, date) in days().enumerate() {
            (0..8).for_each(|k| survives(&date, styles[(i * 8 + k) % styles.len()]));
        }
    }

    #[test]
    fn every_style_can_say_every_day_of_a_leap_year_and_every_year() {
        let leap = days().filter(|d| d.year == Some(2004));
        let years = days().filter(|d| (d.month, d.day) == (Some(5), Some(25)));
        let dates: Vec<_> = leap.chain(years).collect();
        WordStyle::all().for_each(|style| dates.iter().for_each(|d| survives(d, style)));
    }

    proptest! {
        #[test]
        fn case_and_missing_marks_do_not_matter(i in 0usize..47_000, s in 0usize..648) {
            let date = days().nth(i).unwrap();
            let words = to_words(&date, WordStyle::all().nth(s).unwrap());
            for text in [words.to_uppercase(), fold(&words), words.replace(' ', "  ")] {
                let back = from_words(&text, &LIMITS).unwrap();
                prop_assert_eq!((back.year, back.month, back.day), (date.year, date.month, date.day));
            }
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".*") {
            let _ = from_words(&text, &LIMITS);
        }
    }

    #[test]
    fn samples_of_the_import_template_are_read() {
        for (words, date) in [
            ("Ngày Hai Mươi Bảy Tháng Tám Năm Hai Nghìn Không Trăm Linh Tám", "27.08.2008"),
            ("Ngày Mười Sáu Tháng Bảy Năm Hai Nghìn Không Trăm Linh Tám", "16.07.2008"),
            ("Ngày Hai Tháng Ba Năm Hai Nghìn Linh Tám", "02.03.2008"),
            ("sanh ngày mồng năm tháng năm năm một ngàn chín trăm năm mươi lăm", "05.05.1955"),
            ("Ngày hăm bảy tháng mười hai năm mười chín trăm bảy mốt", "27.12.1971"),
            ("Tháng ba năm một nghìn chín trăm tám mươi", "03.1980"),
            ("Năm một nghìn chín trăm tám mươi", "1980"),
            ("Một nghìn chín trăm năm mươi tư", "1954"),
            ("ngày mười, tháng mười, năm hai nghìn mười", "10.10.2010"),
            ("ngày một tháng hai năm hai không không tám", "01.02.2008"),
        ] {
            assert_eq!(read(words), date, "{words}");
        }
    }

    #[test]
    fn what_can_be_two_years_is_none() {
        for words in
            ["ngày một tháng hai năm hai nghìn tám", "năm một nghìn chín trăm năm", "tháng ba", "ngày ba", "", "năm"]
        {
            assert_eq!(read(words), "Form", "{words}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused_in_words_too() {
        assert_eq!(read("ngày hai mươi chín tháng hai năm hai nghìn không trăm linh một"), "NoSuchDay");
        assert_eq!(read("ngày hai mươi chín tháng hai năm hai nghìn không trăm linh tư"), "29.02.2004");
        assert_eq!(read("ngày ba mươi hai tháng một năm hai nghìn"), "Form");
    }

    #[test]
    fn old_month_names_hint_at_the_lunar_calendar() {
        let date = from_words("ngày ba mươi tháng giêng năm một nghìn chín trăm bốn mươi", &LIMITS).unwrap();
        assert_eq!((date.month, date.doubt), (Some(1), Some(DateDoubt::Lunar)));
    }
}
