//! Ink that is coloured on a form that is printed black: colour tells a first digit from the label's last letter, where the
//! label's end is only known to a letter or two.

use image::{GrayImage, RgbImage};
use serde::Deserialize;

use super::owner::{self, Piece, Row, RowEnd, whole};
use super::parts::{Part, Parts};

/// Section `[cut.hue]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Least hue of a line's ink to go by.
    pub least: f32,
    /// Most hue of the print before it, as a share of the ink's.
    pub print: f32,
    /// From this share of the ink's hue on, a part was written.
    pub written: f32,
    /// Least darkness of what is print for having no hue, as a share of the label's.
    pub print_dark: f32,
    /// Smallest part whose hue is known, pixels.
    pub area: u32,
    /// How far before a line's beginning writing is looked for, as a share of the pitch.
    pub reach: f32,
    /// Widest gap that is followed, pixels.
    pub gap: i32,
    /// A stroke no wider than this share of the pitch tells no hue.
    pub thin: f32,
}

/// The page that hues are taken from.
pub(super) struct Hues<'a> {
    /// All ink.
    pub(super) parts: &'a Parts,
    /// White where there is none.
    pub(super) grey: &'a GrayImage,
    /// True colours, paper as it is.
    pub(super) colour: &'a RgbImage,
    /// Thresholds.
    pub(super) config: &'a Config,
}

/// Paper around a part, pixels.
const AROUND: i32 = 6;

impl Hues<'_> {
    /// How coloured a part's ink is, against the paper around it: 0 grey or black, 1 one pure colour.
    ///
    /// The light that the ink lets through in the best channel and in the worst, over all that it takes away: a thin stroke
    /// has the hue of a thick one.
    fn of(&self, index: usize) -> Option<f32> {
        let part = &self.parts.list()[index];
        if part.area < self.config.area {
            return None;
        }
        let (width, height) = (self.grey.width() as i32, self.grey.height() as i32);
        let (mut ink, mut paper, mut n, mut m) = ([0.0_f32; 3], [0.0_f32; 3], 0.0_f32, 0.0_f32);
        for y in (part.top - AROUND).max(0)..(part.bottom + AROUND).min(height) {
            for x in (part.left - AROUND).max(0)..(part.right + AROUND).min(width) {
                let (x, y) = (x as u32, y as u32);
                let (sum, count) = match self.parts.at(x as usize, y as usize) {
                    Some(owner) if owner == index => (&mut ink, &mut n),
                    None if self.grey.get_pixel(x, y).0[0] == u8::MAX => (&mut paper, &mut m),
                    _ => continue,
                };
                let pixel = self.colour.get_pixel(x, y).0;
                sum.iter_mut().zip(pixel).for_each(|(s, v)| *s += f32::from(v));
                *count += 1.0;
            }
        }
        if n == 0.0 || m == 0.0 {
            return None;
        }
        let through: [f32; 3] = std::array::from_fn(|c| (ink[c] / n) / (paper[c] / m).max(1.0));
        let most = through.iter().copied().fold(0.0, f32::max);
        let least = through.iter().copied().fold(f32::INFINITY, f32::min);
        Some(((most - least) / (1.0 - least).max(0.05)).clamp(0.0, 1.0))
    }

    /// The middle hue of some parts, each counting by its ink.
    fn middle(&self, parts: impl Iterator<Item = usize>) -> Option<f32> {
        let mut hues: Vec<(f32, u32)> =
            parts.filter_map(|index| Some((self.of(index)?, self.parts.list()[index].area))).collect();
        hues.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = hues.iter().map(|h| h.1).sum::<u32>() / 2;
        let mut seen = 0;
        hues.iter().find_map(|(hue, area)| {
            seen += area;
            (seen > half).then_some(*hue)
        })
    }

    /// Gives a line what was written just before its beginning, and takes from it what is printed at its ends.
    pub(super) fn mend(&self, row: &Row, pieces: &mut Vec<Piece>, taken: &[bool]) {
        let config = self.config;
        let Some(own) = self.middle(pieces.iter().map(|p| p.part)).filter(|hue| *hue >= config.least) else { return };
        let reach = (config.reach * row.pitch) as i32;
        let before: Vec<usize> = (0..self.parts.list().len())
            .filter(|&i| !taken[i] && on_row(&self.parts.list()[i], row))
            .filter(|&i| {
                let part = &self.parts.list()[i];
                part.right > row.left - 4 * reach && part.centre.0 < row.left as f32
            })
            .collect();
        let mut label = before.clone();
        label.retain(|&i| self.parts.list()[i].left < row.left - reach / 2);
        if self.middle(label.iter().copied()).is_some_and(|print| print > config.print * own) {
            return;
        }
        let (dark, _) = owner::shade(self.parts, label.into_iter());
        let is_coloured = |index: usize| self.of(index).is_none_or(|hue| hue >= config.written * own);
        // a weak stroke shows hardly any hue, but it is paler than print
        let is_written =
            |index: usize| is_coloured(index) || self.parts.list()[index].darkness < config.print_dark * dark;
        let half = row.pitch / 2.0;
        pieces.retain(|piece| {
            let part = &self.parts.list()[piece.part];
            let centre = part.centre.0;
            let at_label =
                centre < row.left as f32 + half || row.end == RowEnd::Neighbour && centre > row.right as f32 - half;
            let is_one = part.width() as f32 <= config.thin * row.pitch && row.is_behind_print(part);
            !at_label || is_one || is_written(piece.part)
        });
        let mut edge = pieces.iter().map(|p| p.clip.0).min().unwrap_or(row.left).min(row.left + reach / 2);
        let mut waiting = before;
        waiting.sort_by_key(|&i| std::cmp::Reverse(self.parts.list()[i].right));
        for index in waiting {
            let part = &self.parts.list()[index];
            if edge - part.right > config.gap || part.right < row.left - reach {
                break;
            }
            if part.area >= config.area && is_coloured(index) {
                edge = edge.min(part.left);
                pieces.push(whole(self.parts, index));
            }
        }
    }
}

/// Whether a part stands on the row, neither the line's above nor the line's below.
fn on_row(part: &Part, row: &Row) -> bool {
    let base = row.base_at(part.centre.0);
    part.centre.1 < base && part.centre.1 > base - 0.6 * row.pitch && part.height() < row.pitch as i32 * 3 / 2
}
