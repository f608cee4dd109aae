//! Names of people: kept as written, taken apart only for comparing.

use super::text::{compare_key, normalise};

/// A name of two words or more has a family part first and a given part last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameParts<'a> {
    /// Họ.
    pub family: &'a str,
    /// Chữ đệm, in order.
    pub middle: Vec<&'a str>,
    /// Tên.
    pub given: &'a str,
}

/// The name with single spaces and without the dots of the line around it; `None` if it cannot be a name.
///
/// Letters, apostrophes and hyphens only. How unusual the letters are does not matter: villages had names of their own.
#[must_use]
pub fn parse_name(text: &str) -> Option<String> {
    let name = normalise(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let lettered = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.');
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && name.chars().all(lettered)).then_some(name)
}

/// Splits a name; `None` for a single word.
#[must_use]
pub fn split_name(name: &str) -> Option<NameParts<'_>> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let given = words.pop()?;
    if words.is_empty() {
        return None;
    }
    let family = words.remove(0);
    Some(NameParts { family, middle: words, given })
}

/// Whether two names have the same family part (case and tone placement aside).
#[must_use]
pub fn same_family(a: &str, b: &str) -> Option<bool> {
    Some(compare_key(split_name(a)?.family) == compare_key(split_name(b)?.family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_around_a_name_is_left_out_and_nothing_else() {
        assert_eq!(parse_name("..NGUYỄN  THỊ HOÀ….").as_deref(), Some("NGUYỄN THỊ HOÀ"));
        assert_eq!(parse_name("H'Hen Niê").as_deref(), Some("H'Hen Niê"));
        for text in ["", ".", "A", "Nguyễn 2", "12/3/2004"] {
            assert_eq!(parse_name(text), None, "{text}");
        }
    }

    #[test]
    fn families_compare_without_case() {
        assert_eq!(same_family("NGUYỄN VĂN A", "Nguyễn Thị B"), Some(true));
        assert_eq!(same_family("Huỳnh An", "Hoàng An"), Some(false));
        assert_eq!(same_family("Út", "Nguyễn An"), None);
    }
}
