//! Names stamped in red: clean-up sets all red print aside with the seals; where a signer's line holds no pen's ink, the
//! stamp is looked for there.

use image::{GrayImage, Luma};

use super::area;
use super::ink::InkMap;
use super::owner::{self, Piece, Row};
use super::parts::Parts;
use crate::domain::{PageSpace, Rect};
use crate::stages::align::PlacedLine;
use crate::stages::cleanup::CleanPage;

/// The red print of a page, dark on white; `None` where there is none.
pub(super) struct Stamps {
    pub(super) grey: GrayImage,
    pub(super) map: InkMap,
    pub(super) parts: Parts,
    /// No writing line owns any of the parts.
    taken: Vec<bool>,
}

impl Stamps {
    pub(super) fn of(page: &CleanPage, below: u8) -> Option<Self> {
        if page.seal.as_raw().iter().all(|&red| red == 0) {
            return None;
        }
        let paper = paper(page);
        let grey = GrayImage::from_fn(page.seal.width(), page.seal.height(), |x, y| {
            // red ink takes the green out of the light, and paper's own colour is much the same all over a page
            let green = u32::from(page.colour.get_pixel(x, y).0[1]) * 255 / paper;
            Luma([if page.seal.get_pixel(x, y).0[0] > 0 { green.min(255) as u8 } else { 255 }])
        });
        let map = InkMap::smoothed(&grey, below);
        let parts = Parts::of(&map, &grey);
        let taken = vec![false; parts.list().len()];
        Some(Self { grey, map, parts, taken })
    }

    /// The stamped line about a place: of what red there is, the row with the most of it. Stamps stand askew and seldom
    /// on the dots, so half a pitch above and below counts too.
    pub(super) fn line(&self, line: &PlacedLine, config: &owner::Config) -> Vec<(Row, Vec<Piece>)> {
        let place = line.place.bounds();
        let reach = line.pitch / 2.0;
        let around: Rect<PageSpace> = Rect::new(place.left, place.top - reach, place.right, place.bottom + reach);
        let rows = area::lines(&self.parts, around, line.pitch, &self.taken, config);
        let mass = |pieces: &[Piece]| pieces.iter().map(|p| self.parts.list()[p.part].area).sum::<u32>();
        rows.into_iter().max_by_key(|(_, pieces)| mass(pieces)).into_iter().collect()
    }
}

/// The green of paper: that of the lighter fifth of the page.
fn paper(page: &CleanPage) -> u32 {
    let mut counts = [0_u32; 256];
    page.colour.pixels().for_each(|p| counts[usize::from(p.0[1])] += 1);
    let (mut left, mut level) = (page.colour.width() * page.colour.height() / 5, 255_u32);
    while level > 1 && counts[level as usize] <= left {
        left -= counts[level as usize];
        level -= 1;
    }
    level
}
