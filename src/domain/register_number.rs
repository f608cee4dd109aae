//! Register numbers ("05", "05/2008"), page numbers and ordinals.

use super::text::{fold, normalise};

/// The number of an act in its year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterNumber {
    /// 1–9999.
    pub number: u32,
    /// Year after a stroke, where written.
    pub year: Option<u16>,
    /// As written without words around it: leading zeros, letter and year kept.
    pub text: String,
}

/// Reads `05`, `5A`, `05/2008`, `Số 05/2008`; a two-digit year is no year that can be checked and is refused.
#[must_use]
pub fn parse_register_number(text: &str) -> Option<RegisterNumber> {
    let compact: String = normalise(text).chars().filter(|c| *c != ' ').collect();
    let body = compact.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(['.', ',']);
    let lead = fold(&compact[..compact.len() - compact.trim_start_matches(|c: char| !c.is_ascii_digit()).len()]);
    if !matches!(lead.as_str(), "" | "so" | "s" | "n" | "no") {
        return None;
    }
    let (number, year) = match body.split_once('/') {
        Some((n, y)) => (n, Some(y)),
        None => (body, None),
    };
    let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ok = (1..=4).contains(&digits.len())
        && number.len() - digits.len() <= 1
        && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = digits.parse().ok().filter(|n| ok && *n > 0)?;
    let year = match year {
        None => None,
        Some(y) => Some(y.parse::<u16>().ok().filter(|_| y.len() == 4)?),
    };
    Some(RegisterNumber { number, year, text: body.to_owned() })
}

/// Reads a page number: digits only.
#[must_use]
pub fn parse_page_number(text: &str) -> Option<u32> {
    let digits = normalise(text).trim_matches(|c: char| matches!(c, '.' | '…' | '-' | ' ')).to_owned();
    digits.parse().ok().filter(|_| (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Reads "1", "lần 2", "lần thứ nhất", "thứ hai".
#[must_use]
pub fn parse_ordinal(text: &str) -> Option<u32> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|w| !matches!(*w, "lan" | "thu" | "dau" | "")).collect();
    match words.as_slice() {
        [] if folded == "lan dau" => Some(1),
        [word] => {
            let names = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay"];
            let named = names.iter().position(|n| n == word).map(|i| i as u32 + 1);
            named.or_else(|| word.parse().ok().filter(|n| (1..=20).contains(n))).or((*word == "mot").then_some(1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_year_are_told_apart_and_zeros_kept() {
        let read = |t| parse_register_number(t).map(|n| (n.number, n.year, n.text));
        assert_eq!(read("05"), Some((5, None, "05".into())));
        assert_eq!(read("Số: 05 / 2008"), Some((5, Some(2008), "05/2008".into())));
        assert_eq!(read("12A"), Some((12, None, "12A".into())));
        assert_eq!(read("9999"), Some((9999, None, "9999".into())));
        for text in ["", "0", "00", "10000", "05/08", "05/20081", "5AB", "abc", "Quyển 05"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_number_is_digits_only() {
        assert_eq!((parse_page_number("07"), parse_page_number(" 12.")), (Some(7), Some(12)));
        for text in ["", "7a", "l2", "12345"] {
            assert_eq!(parse_page_number(text), None, "{text}");
        }
    }

    #[test]
    fn ordinals_come_in_digits_and_words() {
        for (text, n) in
            [("1", 1), ("Lần 2", 2), ("lần thứ nhất", 1), ("Thứ hai", 2), ("lần đầu", 1), ("một", 1), ("20", 20)]
        {
            assert_eq!(parse_ordinal(text), Some(n), "{text}");
        }
        assert_eq!((parse_ordinal("0"), parse_ordinal("21"), parse_ordinal("nhiều")), (None, None, None));
    }
}
