//! files → `Scan`: hashes, limits before decoding, one picture a page.
//!
//! The type of a file is told by its first bytes, never by its suffix. Sizes are read and held against the limits
//! before any pixel is decoded, so that a hostile or broken file costs no memory.

mod error;
mod format;
mod hint;
mod raster;
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
    let bytes = read(path, config)?;
    let pages = match Format::of(&bytes)? {
        Format::Jpeg | Format::Png => 1,
    };
    Ok(SourceFile { path: path.to_owned(), sha256: sha256(&[&bytes]), pages, hint: hint_of(path) })
}

/// Decodes one page of a file.
pub fn load(file: &SourceFile, page: u32, config: &Config) -> Result<Scan, IntakeError> {
    let bytes = read(&file.path, config)?;
    if sha256(&[&bytes]) != file.sha256 {
        return Err(IntakeError::Changed);
    }
    let decoded = match Format::of(&bytes)? {
        Format::Jpeg => raster::jpeg(&bytes, config)?,
        Format::Png => raster::png(&bytes, config)?,
    };
    let (width, height) = decoded.image.dimensions();
    Ok(Scan {
        id: PageId { file: file.sha256, index: page },
        path: file.path.clone(),
        hint: file.hint.clone(),
        pixels_sha256: sha256(&[&width.to_le_bytes(), &height.to_le_bytes(), decoded.image.as_raw()]),
        orientation: decoded.orientation,
        dpi: decoded.dpi.filter(|dpi| (config.min_dpi..=config.max_dpi).contains(dpi)),
        image: decoded.image,
    })
}

/// The whole file, where its size is allowed.
fn read(path: &Path, config: &Config) -> Result<Vec<u8>, IntakeError> {
    let size = std::fs::metadata(path)?.len();
    if size > config.max_file_bytes {
        return Err(IntakeError::TooLarge { what: "bytes", found: size, limit: config.max_file_bytes });
    }
    Ok(std::fs::read(path)?)
}

fn sha256(parts: &[&[u8]]) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Sha256(hasher.finalize().into())
}
