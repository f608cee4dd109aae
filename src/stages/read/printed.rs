//! Slots of printed matter by Tesseract; everything else goes to another reader.

use std::sync::Arc;

use super::{EntryPictures, ReadError, Reader};
use crate::domain::{Alternative, CharReading, Confidence, Reading, SlotKind};
use crate::print::PrintReader;
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
            let found = self.print.words(&line.grey, WORKING_DPI).map_err(|e| ReadError::Engine(e.to_string()))?;
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

/// Sends each slot to the reader for what stands in it.
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
        let (printed, written): (Vec<_>, Vec<_>) = entry.slots.iter().partition(|(slot, _)| is_printed(slot.kind));
        let mut of_print = self.print.read(&EntryPictures { slots: printed, ..*entry })?.into_iter();
        let mut of_hand = self.hand.read(&EntryPictures { slots: written, ..*entry })?.into_iter();
        let take = |(slot, _): &(&crate::forms::Slot, _)| {
            if is_printed(slot.kind) { of_print.next().flatten() } else { of_hand.next().flatten() }
        };
        Ok(entry.slots.iter().map(take).collect())
    }
}

/// Only the page number of the 2010 books is printed in the slot itself.
fn is_printed(kind: SlotKind) -> bool {
    kind == SlotKind::PageNumber
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_as_sure_as_its_weakest_word() {
        let words = [("Trang".to_owned(), Confidence::new(0.9)), ("12".to_owned(), Confidence::new(0.4))];
        let reading = joined(&words).expect("words");
        assert_eq!((reading.text.as_str(), reading.confidence), ("Trang 12", Confidence::new(0.4)));
        assert_eq!(reading.chars.len(), 8);
        assert_eq!(joined(&[]), None);
    }
}
