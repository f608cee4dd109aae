//! `Scan` → `CleanPage`: upright, deskewed, flat background, seals apart, at one working resolution.

mod flatten;
mod plane;
mod skew;
mod warp;

use image::{GrayImage, RgbImage};
use serde::Deserialize;

use super::intake::Scan;
use crate::domain::{BookHint, PageId, PageSpace, ScanSpace, Sha256, Transform};

/// Pixels an inch of every [`CleanPage`]: lengths in pixels elsewhere mean this resolution.
pub const WORKING_DPI: u32 = 200;

/// Section `[cleanup]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Largest skew that is looked for, degrees to either side.
    pub max_skew: f32,
}

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
    /// Fewer pixels than any page has.
    #[error("picture of {width} × {height} pixels: too small for a page\nhint: scan the page again at 300 dpi")]
    TooSmall {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

/// Cleans one scan.
pub fn cleanup(scan: &Scan, config: &Config) -> Result<CleanPage, CleanupError> {
    let stored = scan.image.dimensions();
    let (width, height) = plane::upright_size(scan.orientation, stored);
    if width.min(height) < 200 {
        return Err(CleanupError::TooSmall { width, height });
    }
    let to_stored: Transform<plane::UprightSpace, ScanSpace> = plane::upright_to_stored(scan.orientation, stored);
    let dpi = scan.dpi.unwrap_or(height as f32 / if height > width { 11.7 } else { 8.27 * 1.41 });
    let factor = f64::from(dpi) / f64::from(WORKING_DPI);
    let page = ((f64::from(width) / factor).round(), (f64::from(height) / factor).round());
    let centre = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    // a preview at half the working resolution is enough for the angle
    let preview_to_scan = plane::level(0.0, 2.0 * factor, (page.0 / 2.0, page.1 / 2.0), centre).then(&to_stored);
    let preview = warp::pull(&scan.image, &preview_to_scan, (page.0 / 2.0) as u32, (page.1 / 2.0) as u32);
    let mut ink = flatten::grey_of(&flatten::flatten(&preview, &flatten::Paper::of(&preview)));
    ink.iter_mut().for_each(|v| *v = if *v < 200 { 1 } else { 0 });
    let skew = skew::skew_of(&ink, config.max_skew);
    let to_scan = plane::level(f64::from(skew.degrees), factor, page, centre).then(&to_stored);
    let colour = warp::pull(&scan.image, &to_scan, page.0 as u32, page.1 as u32);
    let flat = flatten::flatten(&colour, &flatten::Paper::of(&colour));
    let grey = flatten::grey_of(&flat);
    Ok(CleanPage {
        id: scan.id,
        hint: scan.hint.clone(),
        pixels_sha256: scan.pixels_sha256,
        seal: GrayImage::new(grey.width(), grey.height()),
        grey,
        colour,
        to_scan,
        quality: Quality { dpi, ..Quality::default() },
    })
}
