//! Dates in digits, dates in words, times of death.

use std::ops::RangeInclusive;

use super::grammar::{Builder, NodeId};
use super::words::cased;

const SLASHES: [(&str, f32); 12] = [
    ("/", 0.5),
    ("-", 0.12),
    (".", 0.12),
    (" / ", 0.06),
    ("/ ", 0.05),
    (" /", 0.05),
    (" - ", 0.03),
    ("- ", 0.01),
    (" -", 0.01),
    (". ", 0.02),
    (" . ", 0.01),
    (" ", 0.02),
];
const YEARS: RangeInclusive<u32> = 1880..=2030;
const UNITS: [&[&str]; 10] = [
    &["không"],
    &["một", "mốt"],
    &["hai"],
    &["ba"],
    &["bốn", "tư"],
    &["năm", "lăm", "nhăm"],
    &["sáu"],
    &["bảy", "bẩy"],
    &["tám"],
    &["chín"],
];

/// A whole date: "26/9/2004", "01.01.2008", "6/2010", "1971", "25T", "ngày 6 tháng 4 năm 2010".
pub(super) fn date(b: &mut Builder, from: NodeId, to: NodeId) {
    let [full, month, year, age, spoken, part] = std::array::from_fn(|_| b.node());
    for (way, weight) in [(full, 0.72), (month, 0.04), (year, 0.16), (age, 0.02), (spoken, 0.04), (part, 0.02)] {
        b.jump(from, way, weight);
    }
    day_month_year(b, full, to);
    let months = b.number(month, 1..=12);
    let years = b.then_exactly(months, &SLASHES);
    year_digits(b, years, to);
    year_digits(b, year, to);
    let years_old = b.number(age, 1..=110);
    b.words(years_old, to, &[("T", 0.4), ("t", 0.2), (" tuổi", 0.2), ("tuổi", 0.1), (" T", 0.1)]);
    spoken_date(b, spoken, to);
    incomplete(b, part, to);
}

/// Day and month without a year, or a day and a year around a missing month, as the parts of a form leave them.
fn incomplete(b: &mut Builder, from: NodeId, to: NodeId) {
    let day = b.number(from, 1..=31);
    b.jump(day, to, 0.3);
    let month = b.then_exactly(day, &[("/", 0.7)]);
    let month = b.number(month, 1..=12);
    b.jump(month, to, 1.0);
    let year = b.then_exactly(day, &[("//", 1.0)]);
    year_digits(b, year, to);
}

fn day_month_year(b: &mut Builder, from: NodeId, to: NodeId) {
    let all: Vec<u32> = (1..=12).collect();
    let long: Vec<u32> = vec![1, 3, 5, 7, 8, 10, 12];
    let not_february: Vec<u32> = all.iter().copied().filter(|m| *m != 2).collect();
    let years = b.node();
    for (days, months) in [(1..=29, &all), (30..=30, &not_february), (31..=31, &long)] {
        let start = b.node();
        b.jump(from, start, (days.clone().count() * months.len()) as f32 / 366.0);
        let day = b.number(start, days);
        let month = b.then_exactly(day, &SLASHES);
        let behind = b.node();
        b.phrases(month, behind, months.iter().flat_map(|m| [(m.to_string(), 0.6), (format!("{m:02}"), 0.4)]));
        let slash = b.then_exactly(behind, &SLASHES);
        b.jump(slash, years, 1.0);
    }
    year_digits(b, years, to);
}

fn year_digits(b: &mut Builder, from: NodeId, to: NodeId) {
    // hardly any act tells of a birth before 1920 or of a day after 2020
    let weight = |y: u32| if (1920..=2020).contains(&y) { 1.0 } else { 0.2 };
    b.phrases(from, to, YEARS.map(|y| (y.to_string(), weight(y))));
}

fn spoken_date(b: &mut Builder, from: NodeId, to: NodeId) {
    let [said, day, only_month] = std::array::from_fn(|_| b.node());
    b.jump(from, said, 0.65);
    b.jump(from, day, 0.25);
    b.jump(from, only_month, 0.1);
    b.words(said, day, &[("ngày ", 0.8), ("ngày", 0.2)]);
    let behind = b.number(day, 1..=31);
    let month = b.then(behind, &[(" tháng ", 0.9), (", tháng ", 0.1)]);
    b.words(only_month, month, &[("tháng ", 1.0)]);
    let month = b.number(month, 1..=12);
    let year = b.then(month, &[(" năm ", 0.9), (", năm ", 0.1)]);
    year_digits(b, year, to);
}

/// A date in words: "Ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh tám" and its variants.
pub(super) fn date_words(b: &mut Builder, from: NodeId, to: NodeId) {
    let day = b.then(from, &[("ngày ", 0.85)]);
    b.jump(from, day, 0.15);
    let early = b.then(day, &[("mùng ", 0.5), ("mồng ", 0.5)]);
    let month = b.node();
    number_words(b, early, month, 1..=10);
    number_words(b, day, month, 1..=31);
    let month = b.then(month, &[(" tháng ", 0.93), (", tháng ", 0.07)]);
    let year = b.node();
    number_words(b, month, year, 1..=12);
    b.words(month, year, &[("giêng", 0.02), ("chạp", 0.02)]);
    let year = b.then(year, &[(" năm ", 0.93), (", năm ", 0.07)]);
    let [old, new] = [b.node(), b.node()];
    b.jump(year, old, 0.5);
    b.jump(year, new, 0.5);
    twentieth_century(b, old, to);
    twenty_first_century(b, new, to);
}

fn twentieth_century(b: &mut Builder, from: NodeId, to: NodeId) {
    let thousand = b.then(from, &[("một ", 0.97), ("mười ", 0.03)]);
    let hundred = b.then(thousand, &[("nghìn ", 0.48), ("ngàn ", 0.48), ("", 0.04)]);
    let rest = b.then(hundred, &[("chín trăm", 1.0)]);
    below_hundred(b, rest, to);
}

fn twenty_first_century(b: &mut Builder, from: NodeId, to: NodeId) {
    let rest = b.then(from, &[("hai nghìn", 0.5), ("hai ngàn", 0.5)]);
    let none = b.then(rest, &[(" không trăm", 1.0)]);
    b.jump(rest, none, 0.4);
    below_hundred(b, none, to);
}

/// What follows the hundreds: nothing, "linh tám", "mười hai", "tám mươi lăm".
fn below_hundred(b: &mut Builder, from: NodeId, to: NodeId) {
    b.jump(from, to, 0.02);
    let unit = b.then(from, &[(" linh ", 0.45), (" lẻ ", 0.45), (" không ", 0.1)]);
    number_words(b, unit, to, 1..=9);
    let tens = b.then(from, &[(" ", 1.0)]);
    number_words(b, tens, to, 10..=99);
}

/// Numbers from 1 to 99 in words, every spelling of the units.
fn number_words(b: &mut Builder, from: NodeId, to: NodeId, range: RangeInclusive<usize>) {
    let forms = range.flat_map(|n| {
        let spellings = spellings(n);
        let share = 1.0 / spellings.len() as f32;
        spellings.into_iter().flat_map(move |s| cased(&s, share))
    });
    b.phrases(from, to, forms);
}

fn spellings(n: usize) -> Vec<String> {
    let (tens, units) = (n / 10, n % 10);
    match (tens, units) {
        (0, u) => UNITS[u].iter().map(|s| (*s).to_owned()).collect(),
        (1, 0) => vec!["mười".into()],
        (1, u) => UNITS[u].iter().map(|s| format!("mười {s}")).collect(),
        (t, 0) => vec![format!("{} mươi", UNITS[t][0])],
        (t, u) => UNITS[u]
            .iter()
            .flat_map(|s| [format!("{} mươi {s}", UNITS[t][0]), format!("{} {s}", UNITS[t][0])])
            .collect(),
    }
}

/// Time and date of death: "17 h 30, 25/6/2013", "02 giờ 00 phút ngày 05/7/2013", or the date alone.
pub(super) fn time_of_death(b: &mut Builder, from: NodeId, to: NodeId) {
    let [timed, day] = [b.node(), b.node()];
    b.jump(from, timed, 0.8);
    b.jump(from, day, 0.2);
    let hour = b.then(timed, &[("", 0.85), ("lúc ", 0.1), ("vào lúc ", 0.02), ("khoảng ", 0.03)]);
    let hour = b.number(hour, 0..=24);
    let unit = b.then_exactly(
        hour,
        &[(" giờ", 0.35), ("giờ", 0.15), ("h", 0.2), (" h", 0.15), ("g", 0.05), (" g", 0.05), (":", 0.05)],
    );
    let behind = b.node();
    b.jump(unit, behind, 0.25);
    let minute = b.then_exactly(unit, &[(" ", 0.6), ("", 0.4)]);
    let minute = b.number(minute, 0..=59);
    let forms = [("", 0.4), (" phút", 0.35), ("phút", 0.1), ("'", 0.05), (" p", 0.05), ("p", 0.05)];
    let minute = b.then_exactly(minute, &forms);
    b.jump(minute, behind, 0.75);
    let gaps =
        [(", ", 0.35), (" ", 0.15), (" ngày ", 0.25), (", ngày ", 0.15), (" - ", 0.03), (",", 0.04), (" Ngày ", 0.03)];
    let date_at = b.then_exactly(behind, &gaps);
    b.jump(date_at, day, 1.0);
    date(b, day, to);
}
