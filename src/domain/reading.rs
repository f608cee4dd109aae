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
    /// Calibrated probability that all of `text` is right.
    pub confidence: Confidence,
    /// What the picture says without any grammar or list.
    pub unconstrained: String,
    /// Best first; the first equals `text`.
    pub alternatives: Vec<Alternative>,
    /// Which reader and model, e.g. `neural:3f9a…` or `tesseract:vie`.
    pub reader: String,
}

/// Whether anything is written in a slot at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    /// Nothing but paper, dots and rules.
    Blank,
    /// Writing.
    Written,
    /// Writing with a stroke through all of it.
    StruckOut,
    /// Ink that is no writing a reader could follow.
    Illegible,
}
