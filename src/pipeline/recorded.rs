//! Engines that answer from a file: runs without Tesseract and without a model, for tests that need many runs.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use image::GrayImage;
use serde::{Deserialize, Serialize};
use sha2::Digest;

use super::ToolsError;
use crate::domain::{Confidence, PageSpace, Rect};
use crate::print::{Arrangement, PrintError, PrintReader, PrintedWord, Tesseract};
use crate::stages::read::Reader;
use crate::stages::read::replay::ReplayReader;

/// What the engines answered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answers {
    /// Printed words by the SHA-256 of the picture; without them the real engine reads print.
    #[serde(default)]
    words: Option<BTreeMap<String, Vec<Word>>>,
    /// Readings by page, entry and slot.
    #[serde(default)]
    readings: ReplayReader,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Word {
    text: String,
    place: Rect<PageSpace>,
    confidence: Confidence,
    line: u32,
}

/// Both engines from one file.
pub fn load(path: &Path) -> Result<(Box<dyn PrintReader>, Box<dyn Reader>), ToolsError> {
    let wrong = |what: String| ToolsError::Recorded(path.to_owned(), what);
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let answers: Answers = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let print: Box<dyn PrintReader> = match answers.words {
        Some(words) => Box::new(RecordedPrint(words)),
        None => Box::new(Tesseract::start(super::tools::LANGUAGE)?),
    };
    Ok((print, Box::new(answers.readings)))
}

struct RecordedPrint(BTreeMap<String, Vec<Word>>);

impl PrintReader for RecordedPrint {
    fn words(&self, picture: &GrayImage, dpi: u32, arrangement: Arrangement) -> Result<Vec<PrintedWord>, PrintError> {
        let known = self.0.get(&name(picture, dpi, arrangement));
        let words = known.ok_or_else(|| PrintError::Picture("no recorded words for it".to_owned()))?;
        Ok(words.iter().cloned().map(PrintedWord::from).collect())
    }
}

impl From<Word> for PrintedWord {
    fn from(word: Word) -> Self {
        Self { text: word.text, place: word.place, confidence: word.confidence, line: word.line }
    }
}

/// A print reader that remembers its answers.
pub struct Recorder {
    inner: Box<dyn PrintReader>,
    answers: Mutex<BTreeMap<String, Vec<Word>>>,
}

impl Recorder {
    /// Listens to a reader.
    #[must_use]
    pub fn new(inner: Box<dyn PrintReader>) -> Self {
        Self { inner, answers: Mutex::default() }
    }

    /// What was heard, as JSON with the readings given.
    pub fn to_json(&self, readings: ReplayReader) -> Result<String, serde_json::Error> {
        let words = Some(self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone());
        serde_json::to_string(&Answers { words, readings })
    }
}

impl PrintReader for Recorder {
    fn words(&self, picture: &GrayImage, dpi: u32, arrangement: Arrangement) -> Result<Vec<PrintedWord>, PrintError> {
        let words = self.inner.words(picture, dpi, arrangement)?;
        let heard = words.iter().map(|word| Word {
            text: word.text.clone(),
            place: word.place,
            confidence: word.confidence,
            line: word.line,
        });
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.insert(name(picture, dpi, arrangement), heard.collect());
        drop(answers);
        Ok(words)
    }
}

fn name(picture: &GrayImage, dpi: u32, arrangement: Arrangement) -> String {
    let mut hash = sha2::Sha256::new();
    for number in [picture.width(), picture.height(), dpi] {
        hash.update(number.to_le_bytes());
    }
    hash.update([u8::from(arrangement == Arrangement::Scattered)]);
    hash.update(picture.as_raw());
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
