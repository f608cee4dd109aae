//! The quality gate: what cannot be read is set aside for scanning again, what may suffer gets a remark.

use image::GrayImage;
use serde::{Deserialize, Serialize};

use super::sheet::Sheet;
use super::squares::luma;

/// Section `[cleanup.gate]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Share of ink below which a page is blank.
    pub blank_ink: f32,
    /// Brightness of paper below which a page is too dark to be read.
    pub dark_paper: f32,
    /// Brightness of paper below which there is a remark.
    pub dim_paper: f32,
    /// Sharpness below which a page is too blurred to be read.
    pub blurred: f32,
    /// Sharpness below which there is a remark.
    pub soft: f32,
    /// Resolution below which print cannot be read.
    pub coarse_dpi: f32,
    /// Resolution below which there is a remark.
    pub low_dpi: f32,
    /// Share of a border of the picture that ink crosses, above which something may be cut off.
    pub cut_share: f32,
}

/// What the quality gate measured, and what it has to say about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Sharpness of ink edges: 1 is a step from one pixel to the next, a blur over `n` pixels gives about `1/n`.
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
    #[error("blank page ({ink:.3} % ink)\nhint: nothing to do if the page is empty in the book; else scan it again")]
    Blank {
        /// Percent of dark pixels.
        ink: f32,
    },
    /// Fewer pixels than any page has.
    #[error("picture of {width} × {height} pixels: too small for a page\nhint: scan the page again at 300 dpi")]
    TooSmall {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Paper as dark as ink.
    #[error(
        "too dark (paper {paper:.0} of 255)\nhint: scan the page again with more light or a higher brightness setting"
    )]
    TooDark {
        /// Grey level of the paper.
        paper: f32,
    },
    /// Strokes run into each other.
    #[error(
        "blurred (sharpness {sharpness:.2})\nhint: clean the glass, press the book flat, hold the camera still, and scan the page again"
    )]
    Blurred {
        /// Sharpness of edges.
        sharpness: f32,
    },
    /// Letters of a few pixels.
    #[error("{dpi:.0} dpi: writing is too small to be read\nhint: scan the page again at 300 dpi")]
    TooCoarse {
        /// Dots an inch.
        dpi: f32,
    },
}

/// Measures a cleaned page and holds it against the gate.
pub(super) fn judge(grey: &GrayImage, sheet: &Sheet, gate: &Gate) -> Result<Quality, CleanupError> {
    let ink = grey.iter().filter(|v| **v < DARK).count() as f32 / grey.len().max(1) as f32;
    let paper = luma(sheet.paper.map(f32::from));
    let (sharpness, dpi) = (sharpness(grey), sheet.dpi);
    if dpi < gate.coarse_dpi {
        return Err(CleanupError::TooCoarse { dpi });
    }
    if paper < gate.dark_paper {
        return Err(CleanupError::TooDark { paper });
    }
    if ink < gate.blank_ink {
        return Err(CleanupError::Blank { ink: ink * 100.0 });
    }
    if sharpness < gate.blurred {
        return Err(CleanupError::Blurred { sharpness });
    }
    let remarks = [
        ("dim", paper < gate.dim_paper),
        ("soft", sharpness < gate.soft),
        ("low-resolution", dpi < gate.low_dpi),
        ("cut-edge", cut_share(grey, sheet) > gate.cut_share),
    ];
    let remarks = remarks.into_iter().filter(|(_, holds)| *holds).map(|(id, _)| id.to_owned()).collect();
    Ok(Quality { sharpness, paper, ink, dpi, remarks })
}

/// Grey below which a pixel counts as ink.
const DARK: u8 = 128;
/// Change over two pixels that makes an edge: half of full contrast would leave out weak ink, less takes in noise.
const EDGE: i16 = 48;

/// How much of each edge's change happens within one pixel.
fn sharpness(grey: &GrayImage) -> f32 {
    let (mut change, mut bend) = (0_u64, 0_u64);
    for row in grey.chunks_exact(grey.width().max(1) as usize) {
        for w in row.windows(4) {
            let [a, b, c, d] = [w[0], w[1], w[2], w[3]].map(i16::from);
            // the steepest step of an edge against the whole of it
            let (step, whole) = ((c - b).abs(), (d - a).abs());
            if whole >= EDGE && step >= (b - a).abs() && step >= (d - c).abs() {
                change += whole as u64;
                bend += step as u64;
            }
        }
    }
    if change == 0 { 1.0 } else { bend as f32 / change as f32 }
}

/// The largest share of ink along a border where the picture, not the page, ends.
///
/// Taken at three depths: writing that is cut off crosses all of them, dust and resampling do not; a dark strip along
/// the whole border is the scanner's.
fn cut_share(grey: &GrayImage, sheet: &Sheet) -> f32 {
    const DEPTHS: [f32; 3] = [5.0, 10.0, 15.0];
    const STRIP: f32 = 0.3;
    let [a, b, c, d] = sheet.corners;
    let sides = [(d, a), (a, b), (b, c), (c, d)];
    let open = sides.into_iter().zip(sheet.seen).filter(|(_, seen)| !seen).map(|(side, _)| side);
    open.map(|(from, to)| {
        let [near, middle, far] = DEPTHS.map(|depth| share_along(grey, from, to, depth));
        if near > STRIP { 0.0 } else { near.min(middle).min(far) }
    })
    .fold(0.0, f32::max)
}

/// The share of ink on a line `depth` pixels inside of a side that runs clockwise.
fn share_along(grey: &GrayImage, from: (f32, f32), to: (f32, f32), depth: f32) -> f32 {
    const STEPS: u32 = 400;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let dark = (0..STEPS).filter(|i| {
        let t = (*i as f32 + 0.5) / STEPS as f32;
        let (x, y) = (from.0 + dx * t - dy / length * depth, from.1 + dy * t + dx / length * depth);
        let inside = x >= 0.0 && y >= 0.0 && (x as u32) < grey.width() && (y as u32) < grey.height();
        inside && grey.get_pixel(x as u32, y as u32).0[0] < DARK
    });
    dark.count() as f32 / STEPS as f32
}
