//! The reader's picture of a line: own ink on white, cropped, weak ink made stronger.

use image::{GrayImage, Luma};
use serde::Deserialize;

use super::canvas::Canvas;
use super::ink::InkMap;

/// Section `[cut.picture]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Paper around the ink, pixels.
    pub margin: i32,
    /// This share of the ink is darker than the level that is normalised.
    pub percentile: f32,
    /// Grey that this level becomes.
    pub level: u8,
    /// Most that contrast is raised; more would make a blot of noise.
    pub most_gain: f32,
    /// The writing's own baseline is looked for this far above the rule …
    pub lift: i32,
    /// … and this far below, pixels.
    pub drop: i32,
}

/// The picture of what is left on a canvas, with the page column and row of its first pixel.
pub(super) fn render(
    canvas: &Canvas,
    page: &GrayImage,
    map: &InkMap,
    config: &Config,
) -> Option<(GrayImage, i32, i32)> {
    let (left, top, right, bottom) = canvas.bounds()?;
    let (x0, y0) = (left - config.margin, top - config.margin);
    let (width, height) = (right - left + 2 * config.margin, bottom - top + 2 * config.margin);
    let mut picture = GrayImage::from_fn(width as u32, height as u32, |x, y| {
        Luma([canvas.grey_at(page, map, x0 + x as i32, y0 + y as i32)])
    });
    strengthen(&mut picture, config);
    Some((picture, x0 + canvas.left, y0 + canvas.top))
}

/// Stretches contrast so that the ink's dark share has the level the reader knows.
fn strengthen(picture: &mut GrayImage, config: &Config) {
    let mut shades: Vec<u8> = picture.as_raw().iter().copied().filter(|&g| g < 255).collect();
    if shades.is_empty() {
        return;
    }
    let at = (shades.len() as f32 * config.percentile) as usize;
    let at = at.min(shades.len() - 1);
    let (_, &mut dark, _) = shades.select_nth_unstable(at);
    let gain = (255.0 - f32::from(config.level)) / (255.0 - f32::from(dark)).max(1.0);
    let gain = gain.clamp(1.0, config.most_gain);
    for p in picture.pixels_mut() {
        p.0[0] = (255.0 - (255.0 - f32::from(p.0[0])) * gain).max(0.0) as u8;
    }
}

/// The row of the canvas that the letters stand on: where ink thins out most, near the rule.
pub(super) fn baseline(canvas: &Canvas, rule: f32, config: &Config) -> f32 {
    let masses = canvas.row_masses();
    let mass = |from: i32, to: i32| -> i64 {
        (from..to).filter_map(|y| usize::try_from(y).ok()).filter_map(|y| masses.get(y)).map(|&m| i64::from(m)).sum()
    };
    let near = rule as i32 - config.lift..=rule as i32 + config.drop;
    let step = |y: &i32| mass(y - 3, *y) - mass(*y, y + 3);
    near.max_by_key(step).map_or(rule, |y| y as f32)
}
