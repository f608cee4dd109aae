//! `CleanPage` → `AlignedPage`: which layout, and where each slot lies.

use std::sync::Arc;

use serde::Deserialize;

use super::cleanup::CleanPage;
use crate::domain::{LinePart, PageSpace, Point, Polygon};
use crate::forms::Layout;
use crate::print::{PrintError, PrintReader, PrintedWord};

/// Section `[align]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// A page with its layout found.
#[derive(Debug, Clone)]
pub struct AlignedPage {
    /// The picture; for half a spread, that half on its own grid.
    pub page: CleanPage,
    /// 0: the whole scan or the left half; 1: the right half of a spread of two pages.
    pub part: u8,
    /// The layout.
    pub layout: Arc<Layout>,
    /// How badly the labels found fit: root mean square in millimetres.
    pub misfit: f32,
    /// Share of the layout's label characters that were found.
    pub labels_found: f32,
    /// All printed words, for the page number and for later questions.
    pub words: Vec<PrintedWord>,
    /// Entries in order.
    pub entries: Vec<AlignedEntry>,
}

/// One entry's slots, in the layout's order.
#[derive(Debug, Clone)]
pub struct AlignedEntry {
    /// From 0.
    pub ordinal: u8,
    /// One for each of `layout.slots`, same order.
    pub slots: Vec<PlacedSlot>,
}

/// Where one slot lies.
#[derive(Debug, Clone)]
pub struct PlacedSlot {
    /// The slot's key.
    pub key: String,
    /// Writing lines in reading order, one for each of the slot's parts.
    pub lines: Vec<PlacedLine>,
}

/// One stretch of writing line.
#[derive(Debug, Clone)]
pub struct PlacedLine {
    /// Which part of the value.
    pub part: LinePart,
    /// Where writing is expected: from about one line pitch above the baseline to a third below.
    pub place: Polygon<PageSpace>,
    /// The dotted line, left to right.
    pub baseline: (Point<PageSpace>, Point<PageSpace>),
    /// Distance to the neighbouring line, pixels.
    pub pitch: f32,
    /// Whether the printed dots or rule were seen there, or the place is only predicted.
    pub baseline_seen: bool,
}

/// Why a page has no layout.
#[derive(Debug, thiserror::Error)]
pub enum AlignError {
    /// Too few labels of any layout.
    #[error(
        "unknown layout (best: {best}, {found:.0} % of its labels)\nhint: add the layout as forms/NAME.toml, or set the page aside if it is no register page"
    )]
    UnknownLayout {
        /// The least unlikely layout.
        best: String,
        /// Percent of label characters found.
        found: f32,
    },
    /// A cover page.
    #[error("cover page\nhint: nothing to do, covers hold no entry")]
    Cover,
    /// The print reader failed.
    #[error(transparent)]
    Print(#[from] PrintError),
}

/// Finds the layout and places the slots; two pages for a spread of single pages.
pub fn align(
    page: CleanPage,
    layouts: &[Arc<Layout>],
    print: &dyn PrintReader,
    config: &Config,
) -> Result<Vec<AlignedPage>, AlignError> {
    let _ = (page, layouts, print, config);
    Err(AlignError::Cover)
}
