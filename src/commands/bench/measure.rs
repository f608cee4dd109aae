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
    /// The reading states the same as the truth.
    pub(super) right: bool,
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

/// A reading with its confidence.
pub(super) struct Attempt {
    pub(super) text: String,
    pub(super) confidence: Confidence,
    pub(super) signs: Signs,
}

impl Outcome {
    pub(super) fn text(&self) -> &str {
        self.reading.as_ref().map_or("", |r| &r.text)
    }

    /// States what was written, be it in other letters.
    pub(super) fn is_right(&self) -> bool {
        self.right
    }

    /// Half of the writers fit the confidence, the others judge it.
    pub(super) fn is_for_fitting(&self) -> bool {
        let mix = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        self.writer.bytes().fold(0x811c_9dc5, mix) & 0x100 == 0
    }

    pub(super) fn calibrate(&mut self, calibration: &Calibration) {
        if let Some(r) = &mut self.reading {
            r.confidence = calibration.map(self.kind).probability(r.signs);
        }
    }

    /// For people: one value on one line.
    pub(super) fn line(&self) -> String {
        let mark = if self.is_right() { "right" } else { "WRONG" };
        let sure = self.reading.as_ref().map_or(0.0, |r| r.confidence.get());
        let print = self.print.as_deref().unwrap_or_default();
        format!("{}\t{mark}\t{sure:.3}\t{}\t{}\t{}\t{print}\n", self.class, self.truth, self.plain, self.text())
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
