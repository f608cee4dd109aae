//! `Scan` → `CleanPage`: upright, deskewed, flat background, seals apart, at one working resolution.

mod flatten;
mod ink;
mod outline;
mod plane;
mod quality;
mod seal;
mod sheet;
mod skew;
mod squares;
mod warp;

use image::{GrayImage, RgbImage};
use serde::Deserialize;

pub use self::quality::{CleanupError, Gate, Quality};
use self::squares::Squares;
use super::intake::Scan;
use crate::domain::{BookHint, PageId, PageSpace, ScanSpace, Sha256, Transform};

/// Pixels an inch of every [`CleanPage`]: lengths in pixels elsewhere mean this resolution.
pub const WORKING_DPI: u32 = 200;

/// Section `[cleanup]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Fewest pixels on the short side of a picture of a page.
    pub least_side: u32,
    /// Largest skew that is looked for, degrees to either side.
    pub max_skew: f32,
    /// How many more lines must run downwards than across before the page is turned.
    pub sideways_lines: f32,
    /// Light within one centimetre of a sheet, the darkest over the brightest: less is a step.
    pub same_sheet_light: f32,
    /// Difference of tint within one centimetre of a sheet, channel over brightness: more is a step.
    pub same_sheet_tint: f32,
    /// Light from one square (2 mm) of a page's rim to the next, outwards.
    pub rim_light: f32,
    /// A second part of the page is at least one in so many squares.
    pub least_part_squares: usize,
    /// Light of a second part of the page against the first.
    pub other_part_light: f32,
    /// Share of a side's squares that lie on its line.
    pub least_side_seen: f32,
    /// Difference of opposite sides' directions that makes a photo of a scan, degrees.
    pub least_perspective: f32,
    /// Long side of an upright page, millimetres, from and to: outside of this a stated resolution is not believed.
    pub upright_page: [f32; 2],
    /// Long side of a spread, millimetres, from and to.
    pub spread: [f32; 2],
    /// What is nearer to a page's edge than this is whitened, pixels.
    pub edge_inset: f32,
    /// Red over the next channel that makes full seal.
    pub seal_redness: f32,
    /// Least red of a seal.
    pub seal_red: f32,
    /// How far a seal's red leans to orange, share of its colour.
    pub seal_lean_green: f32,
    /// How far it leans to pink, share of its colour.
    pub seal_lean_blue: f32,
    /// Darkness that is noise.
    pub noise_level: f32,
    /// Where nothing nearby is darker than this, ink shines through from the other side.
    pub through_level: f32,
    /// Where something nearby is as dark as this, ink is ink.
    pub ink_level: f32,
    /// Print is taken to be at least this dark.
    pub least_full_ink: f32,
    /// Exponent that lifts weak ink: below 1.
    pub ink_gamma: f32,
    /// The quality gate.
    pub gate: quality::Gate,
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

/// Which way the lines of a page are taken to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As the marks on it suggest.
    Likely,
    /// Across that: in a table the columns can look more like lines than the lines do.
    Unlikely,
}

/// Cleans one scan.
pub fn cleanup(scan: &Scan, way: Way, config: &Config) -> Result<CleanPage, CleanupError> {
    let sheet = sheet::find(scan, way, config)?;
    let colour = warp::pull(&scan.image, &sheet.to_scan, sheet.size, sheet.paper);
    let squares = Squares::of(&colour, flatten::SQUARE);
    let flat = flatten::flatten(&colour, &squares);
    let seal = seal::seal_of(&flat, config);
    let mut grey = ink::ink_of(&flat, &seal, config);
    sheet.paint_beyond(&mut grey, config.edge_inset);
    let quality = quality::judge(&grey, &sheet, &config.gate)?;
    Ok(CleanPage {
        id: scan.id,
        hint: scan.hint.clone(),
        pixels_sha256: scan.pixels_sha256,
        grey,
        colour,
        seal,
        to_scan: sheet.to_scan,
        quality,
    })
}

#[cfg(test)]
mod tests;
