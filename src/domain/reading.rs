//! What a reader saw in a slot.

use serde::{Deserialize, Serialize};

use super::Confidence;

/// One character as read, with the probability that it is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CharReading {
    /// The character, NFC.
    pub ch: char,
    /// How sure.
    pub confidence: Confidence,
}

/// Another text that the picture allows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The text, NFC.
    pub text: String,
    /// Probability of the picture given this text, normalised over the alternatives kept.
    pub evidence: Confidence,
    /// Probability of this text in such a field, before looking.
    pub prior: Confidence,
    /// Both together, normalised over the alternatives kept.
    pub posterior: Confidence,
}

/// Text, confidence, alternatives: as one reader saw one slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The reading chosen with the field's grammar, NFC.
    pub text: String,
    /// Its characters.
    pub chars: Vec<CharReading>,
    /// Calibrated probability that `text` states what is written, be it in other letters ("05" for "5").
    pub confidence: Confidence,
    /// The same for each part of a composite slot (a signer's name and title), in the order of its keys; empty where the
    /// slot has one part or the reader has no confidence of parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Confidence>,
    /// What the picture says without any grammar or list.
    pub unconstrained: String,
    /// Best first; the first equals `text`.
    pub alternatives: Vec<Alternative>,
    /// Which reader and model, e.g. `neural:3f9a…` or `tesseract:vie`.
    pub reader: String,
}

impl Reading {
    /// The alternatives' probabilities: `sure` for those that state the same as the text (`agree`, one for each
    /// alternative), half of the doubt for the others; the other half is left for texts that nobody thought of.
    #[must_use]
    pub fn shares(&self, sure: Confidence, agree: &[bool]) -> Vec<f32> {
        let of = |wanted: bool| self.alternatives.iter().zip(agree).filter(move |(_, agree)| **agree == wanted);
        let mass = |wanted: bool| of(wanted).map(|(a, _)| a.posterior.get()).sum::<f32>().max(1e-9);
        let (own, rest, sure) = (mass(true), mass(false), sure.get());
        let share = |(a, agree): (&Alternative, &bool)| {
            if *agree { sure * a.posterior.get() / own } else { (1.0 - sure) * 0.5 * a.posterior.get() / rest }
        };
        self.alternatives.iter().zip(agree).map(share).collect()
    }

    /// The same picture with another of its alternatives chosen, which then stands first; nothing else of what was seen changes.
    #[must_use]
    pub fn choose(&self, at: usize, sure: Confidence) -> Self {
        let mut new = Self { confidence: sure, ..self.clone() };
        new.alternatives[..=at].rotate_right(1);
        new.take_first(&self.chars);
        new
    }

    /// Makes the first alternative the text. A letter that the picture did not decide is as sure as the whole.
    pub fn take_first(&mut self, seen: &[CharReading]) {
        let Some(first) = self.alternatives.first() else { return };
        if self.text == first.text {
            return;
        }
        self.text.clone_from(&first.text);
        let same = self.text.chars().count() == seen.len();
        let letter = |(i, ch): (usize, char)| {
            let old = seen.get(i).filter(|old| same && old.ch == ch);
            old.cloned().unwrap_or(CharReading { ch, confidence: self.confidence })
        };
        self.chars = self.text.chars().enumerate().map(letter).collect();
    }
}

/// Whether anything is written in a slot at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    /// Nothing but paper, dots and rules.
    Blank,
    /// Writing.
    Written,
    /// Writing of which a part is struck out: what stands is the value, but a person has corrected it.
    Corrected,
    /// Writing that reaches the end of its place where another one begins: it may go on there, unread.
    RunsOver,
    /// Writing with a stroke through all of it.
    StruckOut,
    /// Ink that is no writing a reader could follow.
    Illegible,
}

impl Ink {
    /// Whether something stands there that a reader can read.
    #[must_use]
    pub fn is_writing(self) -> bool {
        matches!(self, Self::Written | Self::Corrected | Self::RunsOver)
    }
}

#[cfg(test)]
impl Reading {
    /// For tests: these texts with their probabilities, best first, and how sure the first one is.
    pub(crate) fn seen(texts: &[(&str, f32)], sure: f32) -> Self {
        let alternative = |(text, p): &(&str, f32)| Alternative {
            text: (*text).to_owned(),
            evidence: Confidence::new(*p),
            prior: Confidence::new(0.5),
            posterior: Confidence::new(*p),
        };
        Self {
            text: texts[0].0.to_owned(),
            chars: Vec::new(),
            confidence: Confidence::new(sure),
            parts: Vec::new(),
            unconstrained: texts[0].0.to_owned(),
            alternatives: texts.iter().map(alternative).collect(),
            reader: "test".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_agree_share_the_confidence_and_the_others_half_of_the_doubt() {
        let reading = Reading::seen(&[("5", 0.3), ("05", 0.3), ("6", 0.4)], 0.8);
        let shares = reading.shares(reading.confidence, &[true, true, false]);
        assert_eq!(shares.len(), 3);
        for (share, wanted) in shares.iter().zip([0.4, 0.4, 0.1]) {
            assert!((share - wanted).abs() < 1e-6, "{shares:?}");
        }
    }
}
