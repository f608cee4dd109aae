//! Printed matter by Tesseract: words of a whole page with their places.

use image::GrayImage;

use crate::domain::{Confidence, PageSpace, Rect};

/// A printed word as the engine saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedWord {
    /// NFC text.
    pub text: String,
    /// Where.
    pub place: Rect<PageSpace>,
    /// The engine's own word confidence.
    pub confidence: Confidence,
    /// Words of one line share this number.
    pub line: u32,
}

/// Why print could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// No engine or no language data.
    #[error(
        "tesseract does not start: {0}\nhint: install the packages tesseract-ocr and tesseract-ocr-vie, or run scripts/setup.sh"
    )]
    Engine(String),
    /// The engine gave up on a picture.
    #[error("tesseract failed on a picture: {0}")]
    Picture(String),
}

/// Reads printed words; a trait because tests replay recorded words.
pub trait PrintReader: Send + Sync {
    /// All words of a picture at the given resolution.
    fn words(&self, picture: &GrayImage, dpi: u32) -> Result<Vec<PrintedWord>, PrintError>;
}
