//! One line's own ink on a small canvas, before it becomes a picture.

use image::GrayImage;

use super::ink::InkMap;
use super::owner::Piece;
use super::parts::Parts;

/// The own ink of one line: a mask over a stretch of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Canvas {
    /// Page column of the mask's first.
    pub(super) left: i32,
    /// Page row of the mask's first.
    pub(super) top: i32,
    /// Columns.
    pub(super) width: i32,
    /// Rows.
    pub(super) height: i32,
    own: Vec<bool>,
}

impl Canvas {
    /// Draws the pieces; `None` when there are none.
    pub(super) fn draw(parts: &Parts, pieces: &[Piece]) -> Option<Self> {
        let left = pieces.iter().map(|p| p.clip.0).min()?;
        let top = pieces.iter().map(|p| p.clip.1).min()?;
        let width = pieces.iter().map(|p| p.clip.2).max()? - left;
        let height = pieces.iter().map(|p| p.clip.3).max()? - top;
        let mut canvas = Self { left, top, width, height, own: vec![false; (width * height).max(0) as usize] };
        for piece in pieces {
            let (l, t, r, b) = piece.clip;
            for y in t..b {
                for x in l..r {
                    if parts.at(x as usize, y as usize) == Some(piece.part) {
                        canvas.own[((y - top) * width + x - left) as usize] = true;
                    }
                }
            }
        }
        Some(canvas)
    }

    /// Whether own ink lies at a place of the canvas.
    pub(super) fn has(&self, x: i32, y: i32) -> bool {
        (0..self.width).contains(&x) && (0..self.height).contains(&y) && self.own[(y * self.width + x) as usize]
    }

    /// Only the core of strokes: what is at least `share` as dark as the middle of the own ink.
    pub(super) fn core(&self, page: &GrayImage, share: f32) -> Self {
        let shade = |i: usize| {
            let (x, y) = (i as i32 % self.width + self.left, i as i32 / self.width + self.top);
            page.get_pixel_checked(x as u32, y as u32).map_or(0, |p| 255 - p.0[0])
        };
        let mut shades: Vec<u8> = (0..self.own.len()).filter(|&i| self.own[i]).map(shade).collect();
        shades.sort_unstable();
        let least = share * f32::from(shades.get(shades.len() / 2).copied().unwrap_or(0));
        let own = (0..self.own.len()).map(|i| self.own[i] && f32::from(shade(i)) >= least).collect();
        Self { own, ..*self }
    }

    /// Pixels of own ink.
    pub(super) fn area(&self) -> usize {
        self.own.iter().filter(|&&o| o).count()
    }

    /// Takes all ink of some columns out.
    pub(super) fn clear_columns(&mut self, from: i32, to: i32) {
        for y in 0..self.height {
            for x in from.max(0)..to.min(self.width) {
                self.own[(y * self.width + x) as usize] = false;
            }
        }
    }

    /// The box around the ink that is left: left, top, right, bottom, the last two outside.
    pub(super) fn bounds(&self) -> Option<(i32, i32, i32, i32)> {
        let columns = |x: &i32| (0..self.height).any(|y| self.has(*x, y));
        let rows = |y: &i32| (0..self.width).any(|x| self.has(x, *y));
        let (left, right) = ((0..self.width).find(columns)?, (0..self.width).rev().find(columns)?);
        let (top, bottom) = ((0..self.height).find(rows)?, (0..self.height).rev().find(rows)?);
        Some((left, top, right + 1, bottom + 1))
    }

    /// The grey of a place: the page's where it is own ink or its soft edge, else paper.
    pub(super) fn grey_at(&self, page: &GrayImage, map: &InkMap, x: i32, y: i32) -> u8 {
        let (px, py) = (x + self.left, y + self.top);
        let soft = || !map.is_ink(px, py) && (-1..=1).any(|dy| (-1..=1).any(|dx| self.has(x + dx, y + dy)));
        if self.has(x, y) || soft() {
            page.get_pixel_checked(px as u32, py as u32).map_or(255, |p| p.0[0])
        } else {
            255
        }
    }

    /// Ink pixels of each row.
    pub(super) fn row_masses(&self) -> Vec<u32> {
        (0..self.height).map(|y| (0..self.width).filter(|&x| self.has(x, y)).count() as u32).collect()
    }
}
