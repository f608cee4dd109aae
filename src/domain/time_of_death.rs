//! Time and date of death in one slot: "17 h 30, 25/6/2013", "02 giờ 00 phút ngày 05/7/2013".

use super::DateValue;
use super::date::{DateLimits, NotADate, WrittenDate, parse_date};
use super::text::normalise;

/// What the slot says; at least one of the two is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDeath {
    /// Hour 0–23 and minute.
    pub time: Option<(u8, Option<u8>)>,
    /// The day.
    pub date: Option<DateValue>,
}

/// Longer before shorter, so that "giờ" is not taken for "g" and a rest.
const HOUR_WORDS: [&str; 6] = ["giờ", "gio", "giơ", "g", "h", ":"];
const MINUTE_WORDS: [&str; 7] = ["phút", "phut", "ph", "p", "'", "’", "′"];
/// What stands between time and date.
const LINKS: [char; 7] = [',', ';', '.', '-', '–', ' ', '('];

/// Parses time and date. An hour after noon by its word ("5 giờ chiều") is counted to 24.
pub fn parse_time_of_death(text: &str, limits: &DateLimits) -> Result<TimeOfDeath, NotADate> {
    let lower = normalise(text).to_lowercase();
    let lower = lower.trim_start_matches("lúc").trim_start_matches("vào").trim();
    let (time, rest) = match hour(lower) {
        None => (None, lower),
        Some((hour, rest)) => {
            let (minute, rest) = minute(rest, limits);
            let (hour, rest) = part_of_day(hour, rest);
            if hour > 23 || minute.is_some_and(|m| m > 59) {
                return Err(NotADate::Form);
            }
            (Some((hour, minute)), rest)
        }
    };
    let rest = rest.trim_matches(LINKS.as_slice());
    if rest.is_empty() && time.is_some() {
        return Ok(TimeOfDeath { time, date: None });
    }
    match parse_date(rest, limits)? {
        WrittenDate::Date(date) => Ok(TimeOfDeath { time, date: Some(date) }),
        WrittenDate::Age(_) => Err(NotADate::Form),
    }
}

fn number(text: &str) -> Option<(u8, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text.get(..end).filter(|d| (1..=2).contains(&d.len()))?.parse().ok()?;
    Some((number, text[end..].trim_start()))
}

fn strip_word<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|w| text.strip_prefix(w)).map(str::trim_start)
}

fn hour(text: &str) -> Option<(u8, &str)> {
    let (hour, rest) = number(text)?;
    Some((hour, strip_word(rest, &HOUR_WORDS)?))
}

/// A number after the hour is a minute unless it begins the date.
fn minute<'a>(text: &'a str, limits: &DateLimits) -> (Option<u8>, &'a str) {
    let Some((minute, rest)) = number(text) else { return (None, text) };
    match strip_word(rest, &MINUTE_WORDS) {
        Some(rest) => (Some(minute), rest),
        None if parse_date(text, limits).is_ok() => (None, text),
        None => (Some(minute), rest),
    }
}

fn part_of_day(hour: u8, text: &str) -> (u8, &str) {
    match strip_word(text, &["chiều", "tối", "đêm", "trưa"]) {
        Some(rest) if (1..12).contains(&hour) && !(text.starts_with("trưa") && hour > 9) => (hour + 12, rest),
        Some(rest) => (hour, rest),
        None => (hour, strip_word(text, &["sáng", "khuya", "rạng"]).unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn read(text: &str) -> String {
        match parse_time_of_death(text, &LIMITS) {
            Err(e) => format!("{e:?}"),
            Ok(TimeOfDeath { time, date }) => {
                let time = time.map(|(h, m)| format!("{h:02}:{}", m.map_or("--".into(), |m| format!("{m:02}"))));
                format!("{} {}", time.unwrap_or_default(), date.map(|d| d.import_text()).unwrap_or_default())
            }
        }
    }

    #[test]
    fn every_written_style_is_read() {
        for (text, expected) in [
            ("17 h 30, 25/6/2013", "17:30 25.06.2013"),
            ("02 giờ 00 phút ngày 05/7/2013", "02:00 05.07.2013"),
            ("17h30' ngày 25.6.2013", "17:30 25.06.2013"),
            ("5 giờ, ngày 25 tháng 6 năm 2013", "05:-- 25.06.2013"),
            ("17 h 25/6/2013", "17:-- 25.06.2013"),
            ("17g 25-6-2013", "17:-- 25.06.2013"),
            ("05 GIỜ 10 PHÚT 1-2-2010", "05:10 01.02.2010"),
            ("05 giờ chiều ngày 1/2/2010", "17:-- 01.02.2010"),
            ("11 giờ trưa 1/2/2010", "11:-- 01.02.2010"),
            ("25/6/2013", " 25.06.2013"),
            ("6/2013", " 06.2013"),
            ("17 giờ 30", "17:30 "),
            ("23:59 - 31/12/2012", "23:59 31.12.2012"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn both_sides_of_the_clock() {
        assert_eq!(read("23 h 59 1/1/2013"), "23:59 01.01.2013");
        assert_eq!(read("24 h 00 1/1/2013"), "Form");
        assert_eq!(read("12 giờ 60 phút 1/1/2013"), "Form");
    }

    #[test]
    fn what_is_neither_time_nor_date_is_refused() {
        assert_eq!(read("sáng sớm"), "Form");
        assert_eq!(read("17 h 30, 31/6/2013"), "NoSuchDay");
    }
}
