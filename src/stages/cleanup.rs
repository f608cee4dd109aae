//! `Scan` → `CleanPage`: upright, deskewed, flat background, seals apart, at one working resolution.

use image::{GrayImage, RgbImage};
use serde::Deserialize;

use super::intake::Scan;
use crate::domain::{BookHint, PageId, PageSpace, ScanSpace, Sha256, Transform};

/// Pixels an inch of every [`CleanPage`]: lengths in pixels elsewhere mean this resolution.
pub const WORKING_DPI: u32 = 200;

/// Section `[cleanup]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// One page made ready for alignment and reading; all pictures share one pixel grid.
#[derive(Debug, Clone)]
pub struct CleanPage {
    /// Which page.
    pub id: PageId,
    /// What folder and file name claim.
    pub hint: BookHint,
    /// SHA-256 of the decoded pixels.
    pub pixels_sha256: Sha256,
    /// Ink on white: background flattened to 255, seals and bleed-through weakened.
    pub grey: GrayImage,
    /// True colours on the same grid, for crops that people look at.
    pub colour: RgbImage,
    /// 255 where a red seal or stamp lies.
    pub seal: GrayImage,
    /// From this grid to the raw scan.
    pub to_scan: Transform<PageSpace, ScanSpace>,
    /// What the quality gate measured.
    pub quality: Quality,
}

/// What the quality gate measured, and what it has to say about it.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, Deserialize)]
pub struct Quality {
    /// Sharpness of ink edges; higher is sharper.
    pub sharpness: f32,
    /// Grey level of the paper, 0–255, before flattening.
    pub paper: f32,
    /// Share of dark pixels.
    pub ink: f32,
    /// Resolution that was taken or guessed.
    pub dpi: f32,
    /// Ids of remarks that do not stop the page, e.g. `low-resolution`, `cut-edge`.
    pub remarks: Vec<String>,
}

/// Why a page must be scanned again or is no entry page.
#[derive(Debug, thiserror::Error)]
pub enum CleanupError {
    /// Nothing on it.
    #[error("blank page\nhint: nothing to do if the page is empty in the book; else scan it again")]
    Blank,
}

/// Cleans one scan.
pub fn cleanup(scan: &Scan, config: &Config) -> Result<CleanPage, CleanupError> {
    let _ = (scan, config);
    Err(CleanupError::Blank)
}
