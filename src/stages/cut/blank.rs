//! Whether what is left on a line is writing at all.

use serde::Deserialize;

use super::canvas::Canvas;
use super::owner::{Piece, Row};
use super::parts::Parts;

/// Section `[cut.blank]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Parts lower and narrower than this are specks of paper or what other lines left, pixels.
    pub speck: i32,
    /// Least area of a part that may be a letter, pixels.
    pub letter_area: u32,
    /// Least mean darkness of such a part, 0–255; paler ones shine through from the next page.
    pub letter_darkness: f32,
    /// Least area of all letters together, pixels.
    pub writing_area: u32,
    /// Least height of the tallest letter, pixels.
    pub letter_height: i32,
    /// Share of inked pixels in the ink's box from which it is a scribble or a blot.
    pub blot: f32,
}

/// Whether the pieces amount to writing.
pub(super) fn is_written(parts: &Parts, pieces: &[Piece], row: &Row, config: &Config) -> bool {
    let letters = pieces.iter().map(|p| (p, &parts.list()[p.part])).filter(|(piece, part)| {
        let (left, top, right, bottom) = piece.clip;
        let base = row.rule.row_at(part.centre.0 as i32);
        let stands = (bottom as f32) > base - 0.5 * row.pitch;
        stands
            && (right - left).max(bottom - top) >= config.speck
            && part.area >= config.letter_area
            && part.darkness >= config.letter_darkness
    });
    let (area, height) = letters
        .fold((0, 0), |(area, height), (piece, part)| (area + part.area, height.max(piece.clip.3 - piece.clip.1)));
    area >= config.writing_area && height >= config.letter_height
}

/// Whether a line's ink is a solid mass that no reader could follow.
pub(super) fn is_blot(canvas: &Canvas, config: &Config) -> bool {
    let Some((left, top, right, bottom)) = canvas.bounds() else { return false };
    canvas.area() as f32 >= config.blot * ((right - left) * (bottom - top)) as f32
}
