//! Pieces that several grammars share: spellings in every case, numbers, spaces, syllables never seen.

use super::grammar::{Any, Builder, NodeId};
use super::syllables;

/// A phrase as clerks write it: as given, with a capital at its beginning, all small, each word with a capital, all in
/// capitals.
pub(super) fn cased(text: &str, weight: f32) -> [(String, f32); 5] {
    [
        (text.to_owned(), 0.4 * weight),
        (begun(text), 0.25 * weight),
        (text.to_lowercase(), 0.1 * weight),
        (title(text), 0.15 * weight),
        (text.to_uppercase(), 0.1 * weight),
    ]
}

/// With a capital first letter, the rest as given.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + letters.as_str())
}

/// The other place of the tone mark, where usage differs: "Thanh Hóa", "Thanh Hoá". Nothing where there is none.
pub(super) fn other_tone_place(text: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 15] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    let other = |word: &str| {
        let small = word.to_lowercase();
        // "quý" has one place only; with a letter behind it ("hoàng") the mark stands where spelling has it
        let pair = PAIRS.iter().filter(|_| !small.starts_with("qu")).find_map(|(a, b)| match small.ends_with(a) {
            true => Some(*b),
            false => small.ends_with(b).then_some(*a),
        })?;
        let kept: String = word.chars().take(word.chars().count() - 2).collect();
        let all_capitals = word.chars().nth(1).is_some_and(char::is_uppercase);
        let end = if all_capitals { pair.to_uppercase() } else { pair.to_owned() };
        Some(if kept.is_empty() && word != small { begun(&end) } else { kept + &end })
    };
    let words: Vec<String> = text.split(' ').map(|w| other(w).unwrap_or_else(|| w.to_owned())).collect();
    Some(words.join(" ")).filter(|spelt| spelt != text)
}

/// Each word with a capital first letter.
pub(super) fn title(text: &str) -> String {
    let word = |w: &str| {
        let mut letters = w.chars();
        letters
            .next()
            .map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + &letters.as_str().to_lowercase())
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

impl Builder<'_> {
    /// Phrases in every case.
    pub(super) fn words(&mut self, from: NodeId, to: NodeId, forms: &[(&str, f32)]) {
        self.phrases(from, to, forms.iter().flat_map(|(t, w)| cased(t, *w)));
    }

    /// A fresh place behind phrases in every case.
    pub(super) fn then(&mut self, from: NodeId, forms: &[(&str, f32)]) -> NodeId {
        let to = self.node();
        self.words(from, to, forms);
        to
    }

    /// A fresh place behind one of the texts, exactly as given; "" is allowed.
    pub(super) fn then_exactly(&mut self, from: NodeId, forms: &[(&str, f32)]) -> NodeId {
        let to = self.node();
        self.phrases(from, to, forms.iter().copied());
        to
    }

    /// A fresh place behind `count` digits.
    pub(super) fn digits(&mut self, from: NodeId, count: usize) -> NodeId {
        let mut at = from;
        for _ in 0..count {
            let next = self.node();
            self.phrases(at, next, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].map(|d| (d, 1.0)));
            at = next;
        }
        at
    }

    /// A fresh place behind a number of the range, one digit also with a zero before it.
    pub(super) fn number(&mut self, from: NodeId, range: std::ops::RangeInclusive<u32>) -> NodeId {
        let to = self.node();
        self.phrases(from, to, range.flat_map(|n| [(n.to_string(), 0.6), (format!("{n:02}"), 0.4)]));
        to
    }

    /// One word that no list has: a syllable spelt like Vietnamese, or at a price any letters.
    pub(super) fn unknown_word(&mut self, from: NodeId, to: NodeId, case: fn(&str) -> String, letter: f32) {
        let (spelt, any) = (self.node(), self.node());
        self.jump(from, spelt, 0.9);
        self.jump(from, any, 0.1);
        self.phrases(spelt, to, syllables::all().iter().map(|s| (case(s), 1.0)));
        self.open(any, to, Any::Letters, letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tone_mark_moves_only_where_usage_differs() {
        let other = |text| other_tone_place(text);
        for (a, b) in [
            ("Thanh Hóa", "Thanh Hoá"),
            ("ủy ban", "uỷ ban"),
            ("Ủy ban", "Uỷ ban"),
            ("THỦY", "THUỶ"),
            ("Hòa Lạc", "Hoà Lạc"),
        ] {
            assert_eq!(other(a).as_deref(), Some(b));
            assert_eq!(other(b).as_deref(), Some(a));
        }
        for same in ["Quý", "Hoàng", "Thuỳnh", "Bến Tre", "", "12"] {
            assert_eq!(other(same), None, "{same}");
        }
    }

    #[test]
    fn a_phrase_is_written_with_a_capital_at_its_beginning_too() {
        assert!(cased("tại nhà", 1.0).iter().any(|(form, _)| form == "Tại nhà"));
    }
}
