//! What the gazetteer settles: before its district and its province a commune's name is spelt in one way, whatever one of its
//! letters looks like. "Hàm Tứ, Khoái Châu, Hưng Yên" can be nothing but Hàm Tử.

use std::ops::Range;

use super::decode::is_spelt;
use crate::domain::Reading;
use crate::domain::text::same_text;
use crate::lists::{Era, PlaceMatch, Unit, gazetteer, match_place};

/// A stretch of words.
pub(super) type Words = Range<usize>;

/// The names of units, each in the next, in a place that reads otherwise by itself inside of them only, and there like no other
/// unit; nothing for any other reading.
///
/// Hamlets, streets and unit words are no such names: "Tdp" is not "Tp". Nor are words that Vietnamese does not spell: one
/// district is Krông Búk in the gazetteer and Krông Buk in its own papers.
pub(super) fn settled(reading: &Reading) -> Option<Vec<Words>> {
    let PlaceMatch::Named(chain) = match_place(&reading.text) else { return None };
    let each_in_the_next =
        chain.windows(2).all(|w| w[0].lies_in(w[1])) && chain.iter().all(|u| u.era == Era::Districts);
    let (text, plain) = (words(&reading.text), words(&reading.unconstrained));
    if chain.len() < 2 || !each_in_the_next || text.len() != plain.len() {
        return None;
    }
    let names = names(&chain, &text)?;
    let is_changed = |at: &usize| !same_text(text[*at], plain[*at]);
    let is_settled = |at: usize| {
        let mut named = chain.iter().zip(&names).filter(|(_, name)| name.contains(&at));
        is_spelt(text[at]) && named.any(|(unit, name)| !names_another(unit, &plain[name.clone()]))
    };
    (0..text.len()).filter(is_changed).all(is_settled).then_some(names)
}

/// The words of a text without what stands between them.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Where a text's words say a name, the last time before `end`.
pub(super) fn stretch_of(name: &str, text: &[&str], end: usize) -> Option<Words> {
    let name = words(name);
    let says = |at: &usize| text[*at..at + name.len()].iter().zip(&name).all(|(a, b)| same_text(a, b));
    let last = end.checked_sub(name.len())?;
    (0..=last).rev().find(says).map(|at| at..at + name.len())
}

/// Where the units stand, the largest last.
fn names(chain: &[&Unit], text: &[&str]) -> Option<Vec<Words>> {
    let mut end = text.len();
    let mut names = Vec::new();
    for unit in chain.iter().rev() {
        let name = stretch_of(unit.name, text, end)?;
        end = name.start;
        names.push(name);
    }
    names.reverse();
    Some(names)
}

/// Whether words name another unit of the same place and rank.
fn names_another(unit: &Unit, plain: &[&str]) -> bool {
    let plain = plain.join(" ");
    let is_beside = |other: &&Unit| other.era == unit.era && other.level == unit.level && other.parent == unit.parent;
    gazetteer().named(&plain).filter(is_beside).any(|other| same_text(other.name, &plain) && other.name != unit.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Confidence;

    fn names_in(text: &str, plain: &str) -> Option<Vec<String>> {
        let reading = Reading { unconstrained: plain.into(), ..Reading::seen(&[(text, 1.0)], Confidence::FULL.get()) };
        let words = words(text);
        Some(settled(&reading)?.into_iter().map(|name| words[name].join(" ")).collect())
    }

    #[test]
    fn a_letter_of_a_commune_before_its_district_is_settled() {
        let found = names_in("Xuân Đình Hàm Tử Khoái Châu Hưng Yên", "Xuân Đình Hàm Tứ Khoái Châu Hưng Yên");
        assert_eq!(found.expect("settled"), ["Hàm Tử", "Khoái Châu", "Hưng Yên"]);
        assert!(names_in("Ấp 4 An Hữu, Cái Bè, Tiền Giang", "Ấp 4 An Hữu, Cái Bè, Trần Giang").is_some());
    }

    #[test]
    fn hamlets_unit_words_and_numbers_are_not() {
        for (text, plain) in [
            ("Ấp Tân Trà, Hàm Tử, Khoái Châu", "Kp Tân Trà, Hàm Tử, Khoái Châu"),
            ("Xuân Đình, Hàm Tử, Khoái Châu", "Xuân Định, Hàm Tử, Khoái Châu"),
            ("Ấp 4 An Hữu, Cái Bè, T Tiền Giang", "Ấp 4 An Hữu, Cái Bè, Tinh Tiền Giang"),
            ("Ấp 4 An Hữu, Cái Bè", "Ấp 1 An Hữu, Cái Bè"),
            ("Ấp An Hữu, Cái Bè", "Ấp 4 An Hữu, Cái Bè"),
        ] {
            assert_eq!(names_in(text, plain), None, "{text}");
        }
    }

    #[test]
    fn a_name_that_stands_alone_or_elsewhere_is_not() {
        assert_eq!(names_in("Hàm Tử", "Hàm Tứ"), None);
        assert_eq!(names_in("Hàm Tử, Hưng Yên", "Hàm Tứ, Hưng Yên"), None, "without its district");
        assert_eq!(names_in("Hàm Tử, Cái Bè, Tiền Giang", "Hàm Tứ, Cái Bè, Tiền Giang"), None);
    }

    #[test]
    fn a_word_that_vietnamese_does_not_spell_is_not() {
        assert_eq!(names_in("Ea Ngai, Krông Búk, Đắk Lắk", "Ea Ngai, Krông Buk, Đắk Lắk"), None);
    }

    #[test]
    fn what_reads_as_the_next_commune_is_not() {
        // both lie in the district of Nghi Lộc
        assert_eq!(names_in("Nghi Văn, Nghi Lộc, Nghệ An", "Nghi Vạn, Nghi Lộc, Nghệ An"), None);
        assert!(names_in("Nghi Văn, Nghi Lộc, Nghệ An", "Nghi Vằn, Nghi Lộc, Nghệ An").is_some());
    }
}
