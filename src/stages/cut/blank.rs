//! Whether what is left on a line is writing at all.

use serde::Deserialize;

use super::canvas::Canvas;
use super::owner::{Piece, Row, RowKind, shade};
use super::parts::{Part, Parts};

/// Section `[cut.blank]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Parts lower and narrower than this are specks of paper or what other lines left, pixels.
    pub speck: i32,
    /// Least area of a part that may be a letter, pixels.
    pub letter_area: u32,
    /// Least mean darkness of such a part, 0–255, on a page without writing; paler ones shine through from the next.
    pub letter_darkness: f32,
    /// Least darkness as a share of what is usual for the page's writing.
    pub own_share: f32,
    /// Least darkness on any page.
    pub palest: f32,
    /// Area from which a line counts as writing when the usual darkness is measured, pixels.
    pub own_area: u32,
    /// Lines that it takes.
    pub own_lines: usize,
    /// The same as a share of the page's lines, where what the pen is decides more than what one line is.
    pub filled_in: f32,
    /// Least area of all letters together, pixels.
    pub writing_area: u32,
    /// Least height of the tallest letter, pixels.
    pub letter_height: i32,
    /// Share of inked pixels in the ink's box from which it is a scribble or a blot.
    pub blot: f32,
    /// The same for one part about as wide as high: a hole, a drop of ink, dirt.
    pub disc: f32,
    /// Width over height of such a part, from and to.
    pub disc_round: [f32; 2],
    /// Share of such a part that lies outside the ellipse in its box, from which it is letters.
    pub disc_corners: f32,
    /// Largest such part that is no blot over writing, pixels.
    pub disc_size: i32,
    /// Least width of writing in an area without lines, pixels; narrower is the edge of the sheet.
    pub area_width: i32,
}

/// Darkness below which ink is not the page's own: it shines through or is what remained of something erased.
pub(super) fn least_darkness(parts: &Parts, lines: &[Vec<Piece>], config: &Config) -> f32 {
    let own = |usual: f32| (config.own_share * usual).clamp(config.palest, config.letter_darkness);
    usual_darkness(parts, lines, config.own_lines, config).map_or(config.letter_darkness, own)
}

/// Whether the page's writing is less dark than `than`. A form that nobody filled in has a few lines of rests and of what shines
/// through, which tell nothing of a pen.
pub(super) fn is_paler(parts: &Parts, lines: &[Vec<Piece>], than: f32, config: &Config) -> bool {
    let least = config.own_lines.max((config.filled_in * lines.len() as f32).ceil() as usize);
    usual_darkness(parts, lines, least, config).is_some_and(|usual| usual < than)
}

/// How dark the page's writing is; `None` where there are fewer lines of it than `least`.
fn usual_darkness(parts: &Parts, lines: &[Vec<Piece>], least: usize, config: &Config) -> Option<f32> {
    let written = lines
        .iter()
        .map(|pieces| shade(parts, pieces.iter().map(|p| p.part)))
        .filter(|(_, area)| *area >= config.own_area);
    let mut shades: Vec<f32> = written.map(|(shade, _)| shade).collect();
    shades.sort_by(f32::total_cmp);
    // bleed-through may fill more lines than writing does: the usual darkness is that of the darker half
    (shades.len() >= least).then(|| shades[shades.len() * 2 / 3])
}

/// Whether the pieces amount to writing; `darkness` is the least that ink has on this page.
pub(super) fn is_written(parts: &Parts, (pieces, row): (&[Piece], &Row), darkness: f32, config: &Config) -> bool {
    let letters = pieces.iter().map(|p| (p, &parts.list()[p.part])).filter(|(piece, part)| {
        let (left, top, right, bottom) = piece.clip;
        let base = row.rule.row_at(part.centre.0 as i32);
        let stands = (bottom as f32) > base - 0.5 * row.pitch;
        stands
            && (right - left).max(bottom - top) >= config.speck
            && part.area >= config.letter_area
            && part.darkness >= darkness
    });
    let mut all = Letters::default();
    letters.for_each(|(piece, part)| all.add(piece, part, is_disc(parts, piece.part, config)));
    let wide = row.kind == RowKind::Line || all.across.is_some_and(|(left, right)| right - left >= config.area_width);
    // a bold 8 or a blurred M is nearly as solid as a hole, but holes and drops stand alone
    let several = all.any_open || all.discs >= 2;
    all.area >= config.writing_area && all.height >= config.letter_height && wide && several
}

/// What the letters of a line have together.
#[derive(Default)]
struct Letters {
    area: u32,
    /// Of the highest.
    height: i32,
    /// First and last column, once there is a letter.
    across: Option<(i32, i32)>,
    /// One of them is no hole or drop.
    any_open: bool,
    /// How many are as round and solid as one.
    discs: usize,
}

impl Letters {
    fn add(&mut self, piece: &Piece, part: &Part, disc: bool) {
        let (left, top, right, bottom) = piece.clip;
        self.across = Some(self.across.map_or((left, right), |(first, last)| (first.min(left), last.max(right))));
        self.area += part.area;
        self.height = self.height.max(bottom - top);
        self.any_open |= !disc;
        self.discs += usize::from(disc);
    }
}

/// Whether a part is as round and solid as no letter is, and no larger than one.
fn is_disc(parts: &Parts, index: usize, config: &Config) -> bool {
    let part = &parts.list()[index];
    let (width, height) = (part.width() as f32, part.height() as f32);
    let [least, most] = config.disc_round;
    let round = (least..=most).contains(&(width / height.max(1.0)));
    let solid = part.area as f32 >= config.disc * width * height;
    round && part.height() <= config.disc_size && solid && in_corners(parts, index) < config.disc_corners
}

/// Share of a part that lies outside the ellipse in its box: a disc has nothing there, "VN" in a thick pen has its ends.
fn in_corners(parts: &Parts, index: usize) -> f32 {
    let part = &parts.list()[index];
    let off = |at: i32, from: i32, size: i32| (2.0 * (at - from) as f32 + 1.0) / size as f32 - 1.0;
    let outside =
        (part.top..part.bottom).flat_map(|y| (part.left..part.right).map(move |x| (x, y))).filter(|&(x, y)| {
            let (dx, dy) = (off(x, part.left, part.width()), off(y, part.top, part.height()));
            dx * dx + dy * dy > 1.0 && parts.at(x as usize, y as usize) == Some(index)
        });
    outside.count() as f32 / part.area.max(1) as f32
}

/// Whether a line's ink is a solid mass that no reader could follow.
pub(super) fn is_blot(canvas: &Canvas, config: &Config) -> bool {
    let Some((left, top, right, bottom)) = canvas.bounds() else { return false };
    canvas.area() as f32 >= config.blot * ((right - left) * (bottom - top)) as f32
}
