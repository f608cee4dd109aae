//! How far a reading is from the truth.

use std::time::Duration;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::{Confidence, SlotKind};
use crate::stages::read::calibration::{Calibration, Signs};

/// One value as every engine read it.
pub(super) struct Outcome {
    pub(super) class: String,
    pub(super) kind: SlotKind,
    pub(super) writer: String,
    pub(super) truth: String,
    /// Without grammar or list; empty for no reading.
    pub(super) plain: String,
    pub(super) reading: Option<Attempt>,
    /// Tesseract's, where it was asked.
    pub(super) print: Option<String>,
    pub(super) network: Duration,
    pub(super) decoding: Duration,
    /// Width of the pictures at the network's height.
    pub(super) columns: usize,
    pub(super) lines: usize,
}

/// A reading and what is judged of it.
pub(super) struct Attempt {
    pub(super) text: String,
    pub(super) whole: Judged,
    /// Of a composite slot: which part, for each that the text holds.
    pub(super) parts: Vec<(usize, Judged)>,
}

/// What is accepted or asked as one: a value, or one part of a composite slot.
pub(super) struct Judged {
    /// States the same as the truth, be it in other letters.
    pub(super) right: bool,
    pub(super) confidence: Confidence,
    pub(super) signs: Signs,
}

/// One line of the tables about confidence.
pub(super) struct Row {
    /// A part's is that of its slot with its place, counted from 1.
    pub(super) class: String,
    /// A page's fields are judged by it: not by the whole of a composite slot.
    pub(super) is_field: bool,
    pub(super) sure: f32,
    pub(super) right: bool,
}

impl Outcome {
    pub(super) fn text(&self) -> &str {
        self.reading.as_ref().map_or("", |r| &r.text)
    }

    /// What is accepted or asked of it: the value, then its parts.
    pub(super) fn rows(&self) -> Vec<Row> {
        let class = self.class.clone();
        let Some(read) = &self.reading else { return vec![Row { class, is_field: true, sure: 0.0, right: false }] };
        let row = |class: String, is_field: bool, judged: &Judged| Row {
            class,
            is_field,
            sure: judged.confidence.get(),
            right: judged.right,
        };
        let whole = row(class, read.parts.is_empty(), &read.whole);
        let parts = read.parts.iter().map(|(part, judged)| row(format!("{} {}", self.class, part + 1), true, judged));
        std::iter::once(whole).chain(parts).collect()
    }

    /// Half of the writers fit the confidence, the others judge it.
    pub(super) fn is_for_fitting(&self) -> bool {
        let mix = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        self.writer.bytes().fold(0x811c_9dc5, mix) & 0x100 == 0
    }

    pub(super) fn calibrate(&mut self, calibration: &Calibration) {
        if let Some(r) = &mut self.reading {
            r.whole.confidence = calibration.map(self.kind).probability(r.whole.signs);
            for (part, judged) in &mut r.parts {
                judged.confidence = calibration.map_of_part(self.kind, *part).probability(judged.signs);
            }
        }
    }

    /// For people: one value, or one part of it, a line.
    pub(super) fn lines(&self) -> String {
        let print = self.print.as_deref().unwrap_or_default();
        let line = |Row { class, sure, right, .. }: Row| {
            let mark = if right { "right" } else { "WRONG" };
            format!("{class}\t{mark}\t{sure:.3}\t{}\t{}\t{}\t{print}\n", self.truth, self.plain, self.text())
        };
        self.rows().into_iter().map(line).collect()
    }
}

/// Sums of one engine over one class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) values: usize,
    exact: usize,
    letters: (usize, usize),
    bare: (usize, usize),
    words: (usize, usize),
}

impl Tally {
    pub(super) fn add(&mut self, read: &str, truth: &str) {
        self.values += 1;
        self.exact += usize::from(read == truth);
        let chars = |t: &str| t.chars().collect::<Vec<_>>();
        let count = |sum: &mut (usize, usize), wrong, all| *sum = (sum.0 + wrong, sum.1 + all);
        let (a, b) = (chars(read), chars(truth));
        count(&mut self.letters, strsim::generic_levenshtein(&a, &b), b.len());
        let (a, b) = (chars(&bare(read)), chars(&bare(truth)));
        count(&mut self.bare, strsim::generic_levenshtein(&a, &b), b.len());
        let (a, b): (Vec<&str>, Vec<&str>) = (read.split(' ').collect(), truth.split(' ').collect());
        count(&mut self.words, strsim::generic_levenshtein(&a, &b), b.len());
    }

    /// CER, CER without marks, WER, share exact: percent.
    pub(super) fn rates(&self) -> [f64; 4] {
        let share = |(wrong, all): (usize, usize)| 100.0 * wrong as f64 / all.max(1) as f64;
        [share(self.letters), share(self.bare), share(self.words), share((self.exact, self.values))]
    }
}

/// Without the marks on letters, case kept.
fn bare(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_count_letters_marks_words_and_whole_values() {
        let mut tally = Tally::default();
        tally.add("Bến Trê", "Bến Tre");
        tally.add("Đồng Nai", "Đồng Nai");
        let [cer, without_marks, wer, exact] = tally.rates();
        assert!((cer - 100.0 / 15.0).abs() < 1e-9);
        assert!(without_marks.abs() < 1e-9);
        assert!((wer - 25.0).abs() < 1e-9);
        assert!((exact - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_missing_reading_is_wrong_in_every_letter() {
        let mut tally = Tally::default();
        tally.add("", "Kinh");
        assert!((tally.rates()[0] - 100.0).abs() < 1e-9);
    }
}
