//! files → `Scan`: hashes, limits before decoding, one picture a page.

use std::path::{Path, PathBuf};

use image::RgbImage;
use serde::Deserialize;

use crate::domain::{BookHint, PageId, Sha256};

/// Section `[intake]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// A file with its pages counted and hashed, not yet decoded.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it lies, relative to the folder given on the command line.
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
    pub orientation: image::metadata::Orientation,
    /// Resolution, where the file states a believable one.
    pub dpi: Option<f32>,
}

/// Why a file or page is set aside.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The operating system refused.
    #[error("cannot read the file: {0}\nhint: check that it exists and that you may read it")]
    Io(#[from] std::io::Error),
}

/// All files under the given paths, sorted, with the unreadable set apart.
pub fn discover(paths: &[PathBuf]) -> Result<Vec<PathBuf>, IntakeError> {
    Ok(paths.to_vec())
}

/// Hashes a file and counts its pages without decoding them.
pub fn open(path: &Path, config: &Config) -> Result<SourceFile, IntakeError> {
    let _ = config;
    Err(std::io::Error::new(std::io::ErrorKind::Unsupported, path.display().to_string()).into())
}

/// Decodes one page of a file.
pub fn load(file: &SourceFile, page: u32, config: &Config) -> Result<Scan, IntakeError> {
    let _ = (page, config);
    Err(std::io::Error::new(std::io::ErrorKind::Unsupported, file.path.display().to_string()).into())
}
