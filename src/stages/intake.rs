//! files → `Scan`: hashes, limits before decoding, one picture a page.
//!
//! The type of a file is told by its first bytes, never by its suffix. Sizes are read and held against the limits
//! before any pixel is decoded, so that a hostile or broken file costs no memory.

mod error;
mod format;
mod hint;
mod jp2;
mod jpeg;
mod limits;
mod pdf;
mod pixels;
mod png;
mod tiff;
mod walk;

use std::path::{Path, PathBuf};

use image::RgbImage;
use image::metadata::Orientation;
use serde::Deserialize;
use sha2::Digest;

pub use error::IntakeError;
pub use hint::hint_of;
pub use walk::discover;

use crate::domain::{BookHint, PageId, Sha256};
use format::Format;

/// Section `[intake]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Largest file, bytes.
    pub max_file_bytes: u64,
    /// Longest side of a picture, pixels.
    pub max_side: u32,
    /// Most pixels of a picture.
    pub max_pixels: u64,
    /// Most pages of a file.
    pub max_pages: u32,
    /// A stated resolution below this is not believed.
    pub min_dpi: f32,
    /// A stated resolution above this is not believed.
    pub max_dpi: f32,
}

/// A file with its pages counted and hashed, not yet decoded.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it lies, as given to [`open`].
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub sha256: Sha256,
    /// Pages in it.
    pub pages: u32,
    /// What folder and file name claim.
    pub hint: BookHint,
    /// Tells whether the file has changed since.
    pub stamp: Stamp,
}

/// Length and time of change of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    modified: Option<std::time::SystemTime>,
}

/// One decoded page, exactly as stored.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Which page.
    pub id: PageId,
    /// The file, for messages.
    pub path: PathBuf,
    /// What folder and file name claim.
    pub hint: BookHint,
    /// SHA-256 of width, height and RGB pixels.
    pub pixels_sha256: Sha256,
    /// Pixels as stored, before EXIF rotation.
    pub image: RgbImage,
    /// How EXIF says to turn it.
    pub orientation: Orientation,
    /// Resolution, where the file states a believable one.
    pub dpi: Option<f32>,
}

/// What a decoder gives: pixels as stored and what the file says about them.
#[derive(Debug)]
struct Decoded {
    image: RgbImage,
    orientation: Orientation,
    dpi: Option<f32>,
}

/// Hashes a file and counts its pages without decoding them.
pub fn open(path: &Path, config: &Config) -> Result<SourceFile, IntakeError> {
    let (bytes, stamp) = read(path, config)?;
    let sha256 = sha256(&[&bytes]);
    let pages = guarded(|| match Format::of(&bytes)? {
        Format::Jpeg | Format::Png | Format::Jpeg2000 => Ok(1),
        Format::Tiff => tiff::pages(&bytes, config),
        Format::Pdf => pdf::pages(bytes, config),
    })?;
    Ok(SourceFile { path: path.to_owned(), sha256, pages, hint: hint_of(path), stamp })
}

/// Decodes one page of a file, counted from 0.
pub fn load(file: &SourceFile, page: u32, config: &Config) -> Result<Scan, IntakeError> {
    let (bytes, stamp) = read(&file.path, config)?;
    // hashing a book of 200 MB again for each of its pages would cost more than reading them
    if stamp != file.stamp {
        return Err(IntakeError::Changed);
    }
    if page >= file.pages {
        return Err(IntakeError::NoSuchPage { page: page.saturating_add(1) });
    }
    let Decoded { image, orientation, dpi } = guarded(|| decode(bytes, page, config))?;
    let (width, height) = image.dimensions();
    Ok(Scan {
        id: PageId { file: file.sha256, index: page },
        path: file.path.clone(),
        hint: file.hint.clone(),
        pixels_sha256: sha256(&[&width.to_le_bytes(), &height.to_le_bytes(), image.as_raw()]),
        orientation,
        dpi: dpi.filter(|dpi| (config.min_dpi..=config.max_dpi).contains(dpi)),
        image,
    })
}

fn decode(bytes: Vec<u8>, page: u32, config: &Config) -> Result<Decoded, IntakeError> {
    match Format::of(&bytes)? {
        Format::Jpeg => jpeg::decode(&bytes, config),
        Format::Png => png::decode(&bytes, config),
        Format::Jpeg2000 => jp2::decode(&bytes, config),
        Format::Tiff => tiff::decode(&bytes, page, config),
        Format::Pdf => pdf::decode(bytes, page, config),
    }
}

/// Decoders are other people's code: one that panics on a hostile file costs that file, not the batch.
fn guarded<T>(work: impl FnOnce() -> Result<T, IntakeError>) -> Result<T, IntakeError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(IntakeError::Broken { format: "picture", reason: "the decoder gave up".to_owned() }))
}

/// The whole file, where its size is allowed.
fn read(path: &Path, config: &Config) -> Result<(Vec<u8>, Stamp), IntakeError> {
    let facts = std::fs::metadata(path)?;
    if facts.len() > config.max_file_bytes {
        return Err(IntakeError::TooLarge { what: "bytes", found: facts.len(), limit: config.max_file_bytes });
    }
    Ok((std::fs::read(path)?, Stamp { bytes: facts.len(), modified: facts.modified().ok() }))
}

fn sha256(parts: &[&[u8]]) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Sha256(hasher.finalize().into())
}

#[cfg(test)]
mod tests;
