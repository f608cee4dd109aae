//! Slots where print may stand by Tesseract too; everything else goes to another reader alone.

use std::sync::Arc;

use super::{EntryPictures, ReadError, Reader};
use crate::domain::register_number::parse_page_number;
use crate::domain::{Alternative, CharReading, Confidence, Reading, SlotKind};
use crate::print::{Arrangement, PrintReader};
use crate::stages::cleanup::WORKING_DPI;
use crate::stages::cut::SlotPicture;

/// Reads every slot as print.
pub struct TesseractReader {
    print: Arc<dyn PrintReader>,
}

impl TesseractReader {
    /// Shares the engines that read the labels.
    #[must_use]
    pub fn new(print: Arc<dyn PrintReader>) -> Self {
        Self { print }
    }

    /// One slot: its lines joined with spaces; the value is as sure as its weakest word.
    pub fn read_slot(&self, slot: &SlotPicture) -> Result<Option<Reading>, ReadError> {
        let mut words: Vec<(String, Confidence)> = Vec::new();
        for line in &slot.lines {
            let found = self
                .print
                .words(&line.grey, WORKING_DPI, Arrangement::Block)
                .map_err(|e| ReadError::Engine(e.to_string()))?;
            words.extend(found.into_iter().map(|w| (w.text, w.confidence)));
        }
        Ok(joined(&words))
    }
}

fn joined(words: &[(String, Confidence)]) -> Option<Reading> {
    let text = words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    let confidence = words.iter().map(|w| w.1).fold(Confidence::FULL, Confidence::weakest);
    let space = CharReading { ch: ' ', confidence: Confidence::FULL };
    let of = |(text, confidence): &(String, Confidence)| {
        text.chars().map(|ch| CharReading { ch, confidence: *confidence }).collect::<Vec<_>>()
    };
    let chars = words.iter().map(of).collect::<Vec<_>>().join(&space);
    let only = Alternative {
        text: text.clone(),
        evidence: Confidence::FULL,
        prior: Confidence::FULL,
        posterior: Confidence::FULL,
    };
    Some(Reading {
        unconstrained: text.clone(),
        text,
        chars,
        confidence,
        parts: Vec::new(),
        alternatives: vec![only],
        reader: NAME.to_owned(),
    })
}

const NAME: &str = "tesseract:vie";

impl Reader for TesseractReader {
    fn id(&self) -> String {
        NAME.to_owned()
    }

    fn read(&self, entry: &EntryPictures) -> Result<Vec<Option<Reading>>, ReadError> {
        entry.slots.iter().map(|(_, picture)| self.read_slot(picture)).collect()
    }
}

/// Every slot goes to the reader of handwriting; where print may stand, both say what they see.
pub struct ByKind<H> {
    /// Reads print.
    pub print: TesseractReader,
    /// Reads handwriting.
    pub hand: H,
}

impl<H: Reader> Reader for ByKind<H> {
    fn id(&self) -> String {
        format!("{} {}", self.hand.id(), self.print.id())
    }

    fn read(&self, entry: &EntryPictures) -> Result<Vec<Option<Reading>>, ReadError> {
        let mut readings = self.hand.read(entry)?;
        for ((slot, picture), reading) in entry.slots.iter().zip(&mut readings) {
            if may_be_printed(slot.kind) {
                *reading = better(self.print.read_slot(picture)?, reading.take());
            }
        }
        Ok(readings)
    }
}

/// Page numbers are printed in some books, stamped or written in others; nothing else is printed in a slot.
fn may_be_printed(kind: SlotKind) -> bool {
    kind == SlotKind::PageNumber
}

/// Of two readings of a page number the one that is a number; of two numbers the surer one, surer still where both agree and
/// as doubtful as the other is sure where they differ.
fn better(print: Option<Reading>, hand: Option<Reading>) -> Option<Reading> {
    let number = |reading: &Option<Reading>| reading.as_ref().and_then(|r| parse_page_number(&r.text));
    let (printed, written) = (number(&print), number(&hand));
    let (a, b) = match (print, hand) {
        (Some(a), Some(b)) => (a, b),
        (one, other) => return one.or(other),
    };
    let (sure_a, sure_b) = (a.confidence.get(), b.confidence.get());
    match (printed, written) {
        (Some(_), None) => Some(a),
        (None, _) => Some(b),
        (Some(x), Some(y)) => {
            let best = if sure_a > sure_b { a } else { b };
            let sure = if x == y {
                1.0 - (1.0 - sure_a) * (1.0 - sure_b)
            } else {
                sure_a.max(sure_b) * (1.0 - sure_a.min(sure_b))
            };
            Some(Reading { confidence: Confidence::new(sure), ..best })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, sure: f32) -> Option<Reading> {
        joined(&[(text.to_owned(), Confidence::new(sure))])
    }

    #[test]
    fn a_number_goes_before_letters_and_two_that_agree_are_surer_than_each() {
        let of = |print, hand| better(print, hand).map(|r| (r.text, (r.confidence.get() * 100.0).round()));
        assert_eq!(of(seen("$1", 0.9), seen("81", 0.6)), Some(("81".to_owned(), 60.0)));
        assert_eq!(of(seen("12", 0.6), seen("lZ", 0.9)), Some(("12".to_owned(), 60.0)));
        assert_eq!(of(seen("12", 0.8), seen("012", 0.9)), Some(("012".to_owned(), 98.0)));
        assert_eq!(of(seen("12", 0.8), seen("17", 0.9)), Some(("17".to_owned(), 18.0)));
    }

    #[test]
    fn what_only_one_of_two_sees_is_taken() {
        let of = |print, hand| better(print, hand).map(|r| r.text);
        assert_eq!(of(None, seen("7", 0.5)), Some("7".to_owned()));
        assert_eq!(of(seen("7", 0.5), None), Some("7".to_owned()));
        assert_eq!(of(None, None), None);
    }

    #[test]
    fn a_value_is_as_sure_as_its_weakest_word() {
        let words = [("Trang".to_owned(), Confidence::new(0.9)), ("12".to_owned(), Confidence::new(0.4))];
        let reading = joined(&words).expect("words");
        assert_eq!((reading.text.as_str(), reading.confidence), ("Trang 12", Confidence::new(0.4)));
        assert_eq!(reading.chars.len(), 8);
        assert_eq!(joined(&[]), None);
    }
}
