//! What folder and file names claim about a page. Never trusted before the page itself.
//!
//! Files: `<LOAI>.<year opened>.<book>.<YYYY-MM-DD>.<number>.pdf`, covers `Cover.<office>.<LOAI>.<A3|A4>.<year>.<book>.pdf`;
//! folders: `…/<office>/<LOAI>/<A3|A4>/<year>/<book>/`. Real folders leave parts out, add parts and write "null".

use std::path::Path;

use crate::domain::{BookHint, Register};

/// What the names say; the file's own name goes before the folders'.
#[must_use]
pub fn hint_of(path: &Path) -> BookHint {
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let folders: Vec<String> =
        path.parent().map(|p| p.components().filter_map(|c| normal(&c)).collect()).unwrap_or_default();
    let (file, above) = (of_file(&name), of_folders(&folders));
    BookHint {
        office: above.office.or(file.office),
        register: file.register.or(above.register),
        year: file.year.or(above.year),
        book: file.book.or(above.book),
        date: file.date,
        number: file.number,
    }
}

fn normal(component: &std::path::Component<'_>) -> Option<String> {
    match component {
        std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        std::path::Component::Prefix(_)
        | std::path::Component::RootDir
        | std::path::Component::CurDir
        | std::path::Component::ParentDir => None,
    }
}

fn of_file(name: &str) -> BookHint {
    let parts: Vec<&str> = name.split('.').map(str::trim).collect();
    let Some(at) = parts.iter().position(|p| Register::from_code(p).is_some()) else {
        return BookHint::default();
    };
    let register = Register::from_code(parts[at]);
    if parts[0].eq_ignore_ascii_case("cover") {
        let after: Vec<&str> = parts[at + 1..].iter().copied().filter(|p| !is_paper(p)).collect();
        let office = parts[1..at].first().and_then(|p| stated(p));
        return BookHint {
            office,
            register,
            year: first(&after, 0, year),
            book: first(&after, 1, book),
            ..BookHint::default()
        };
    }
    let date_at = parts.iter().position(|p| date(p).is_some());
    let before = &parts[at + 1..date_at.unwrap_or(parts.len()).max(at + 1)];
    let year_at = before.iter().position(|p| year(p).is_some());
    let number = match date_at {
        Some(at) => parts.get(at + 1),
        // without a date only a full name has a number: LOAI, year, book and one more
        None => parts.last().filter(|_| parts.len() > at + 3),
    };
    BookHint {
        office: None,
        register,
        year: year_at.and_then(|i| year(before[i])).or_else(|| short_year(&parts)),
        book: year_at.and_then(|i| first(before, i + 1, book)),
        date: date_at.and_then(|i| date(parts[i])),
        number: number.and_then(|n| self::number(n)),
    }
}

fn of_folders(folders: &[String]) -> BookHint {
    let at = folders.iter().rposition(|f| Register::from_code(f).is_some());
    let below: Vec<&str> =
        at.map_or(&[][..], |at| &folders[at + 1..]).iter().map(String::as_str).filter(|f| !is_paper(f)).collect();
    let year_at = below.iter().position(|f| year(f).is_some());
    let named = folders.iter().rev().find(|f| is_office(f));
    BookHint {
        office: named.or_else(|| at?.checked_sub(1).map(|i| &folders[i])).and_then(|f| stated(f)),
        register: at.and_then(|at| Register::from_code(&folders[at])),
        year: year_at.and_then(|i| year(below[i])),
        book: year_at.and_then(|i| first(&below, i + 1, book)),
        ..BookHint::default()
    }
}

fn first(parts: &[&str], at: usize, kind: fn(&str) -> Option<String>) -> Option<String> {
    parts.get(at).and_then(|p| kind(p))
}

/// A part that says something.
fn stated(part: &str) -> Option<String> {
    let part = part.trim();
    let nothing = part.is_empty() || ["null", "none", "undefined", "nan"].contains(&part.to_ascii_lowercase().as_str());
    (!nothing).then(|| part.to_owned())
}

fn is_paper(part: &str) -> bool {
    ["A3", "A4"].iter().any(|p| p.eq_ignore_ascii_case(part))
}

fn is_office(folder: &str) -> bool {
    ["xa_", "phuong_", "thi_tran_"].iter().any(|kind| folder.to_ascii_lowercase().starts_with(kind))
}

fn digits(part: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
}

/// Registers of this kind begin in the colonial time.
fn year(part: &str) -> Option<String> {
    let plausible = digits(part, 4..=4) && ("1860".."2100").contains(&part);
    plausible.then(|| part.to_owned())
}

/// Books over several years: more than seven parts, and two digits of a year third from the end.
fn short_year(parts: &[&str]) -> Option<String> {
    let part = parts.get(parts.len().checked_sub(3)?)?;
    (parts.len() > 7 && digits(part, 2..=2)).then(|| format!("19{part}"))
}

fn book(part: &str) -> Option<String> {
    let number = part.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(part);
    digits(number, 1..=3).then(|| part.to_owned())
}

/// `YYYY-MM-DD`, or the same the other way about; a real month and a day that some month has.
fn date(part: &str) -> Option<String> {
    let fields: Vec<&str> = part.split(['-', '_']).collect();
    let (y, m, d) = match fields[..] {
        [y, m, d] if year(y).is_some() => (y, m, d),
        [d, m, y] if year(y).is_some() => (y, m, d),
        _ => return None,
    };
    let within = |v: &str, most: u8| digits(v, 1..=2) && v.parse::<u8>().is_ok_and(|v| (1..=most).contains(&v));
    (within(m, 12) && within(d, 31)).then(|| format!("{y}-{m:0>2}-{d:0>2}"))
}

fn number(part: &str) -> Option<String> {
    let part = stated(part)?;
    let plain = part.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(&part);
    digits(plain, 1..=4).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(path: &str) -> BookHint {
        hint_of(Path::new(path))
    }

    fn some(s: &str) -> Option<String> {
        Some(s.to_owned())
    }

    #[test]
    fn the_full_name_gives_every_part() {
        let h = hint("tinh_x/huyen_y/xa_loc_thuan/KS/A4/2008/01/KS.2008.01.2008-01-15.001.pdf");
        let want = BookHint {
            office: some("xa_loc_thuan"),
            register: Some(Register::Ks),
            year: some("2008"),
            book: some("01"),
            date: some("2008-01-15"),
            number: some("001"),
        };
        assert_eq!(h, want);
    }

    #[test]
    fn a_null_number_is_no_number() {
        let h = hint("KH.2014.01.2014-03-03.null.pdf");
        assert_eq!((h.number, h.book), (None, some("01")));
    }

    #[test]
    fn a_cover_names_office_year_and_book_but_no_number() {
        let h = hint("Cover.xa_loc_thuan.KS.A4.2008.01.pdf");
        assert_eq!((h.office, h.year, h.book, h.number), (some("xa_loc_thuan"), some("2008"), some("01"), None));
    }

    #[test]
    fn many_parts_may_hold_a_short_year() {
        assert_eq!(hint("KS.a.b.c.d.98.02.015.pdf").year, some("1998"));
        assert_eq!(hint("KS.a.b.c.98.02.015.pdf").year, None, "seven parts are not more than seven");
    }

    #[test]
    fn the_file_goes_before_the_folder_and_the_folder_fills_gaps() {
        let h = hint("xa_a/KT/2013/02/KH.pdf");
        assert_eq!((h.register, h.year, h.book), (Some(Register::Kh), some("2013"), some("02")));
    }

    #[test]
    fn dates_need_a_month_that_exists() {
        assert_eq!(hint("KS.2008.01.15-1-2008.7.jpg").date, some("2008-01-15"));
        let h = hint("KS.2008.01.2008-13-15.7.jpg");
        assert_eq!((h.date, h.number), (None, some("7")));
    }

    #[test]
    fn a_book_may_carry_a_letter_and_free_names_say_nothing() {
        assert_eq!(hint("hn.2010.02A.2010-05-01.12.jpg").book, some("02A"));
        assert_eq!(hint("scan0001.jpg"), BookHint::default());
        assert_eq!(hint(""), BookHint::default());
    }
}
