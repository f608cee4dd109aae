//! Pieces that several grammars share: spellings in every case, numbers, spaces, syllables never seen.

use super::grammar::{Any, Builder, NodeId};
use super::syllables;

/// A phrase as clerks write it: as given, all small, each word with a capital, all in capitals.
pub(super) fn cased(text: &str, weight: f32) -> Vec<(String, f32)> {
    let mut forms = vec![
        (text.to_owned(), 0.5 * weight),
        (text.to_lowercase(), 0.2 * weight),
        (title(text), 0.2 * weight),
        (text.to_uppercase(), 0.1 * weight),
    ];
    forms.dedup_by(|a, b| a.0 == b.0);
    forms
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
