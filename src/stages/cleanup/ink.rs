//! How dark the ink is: print that shines through pale, weak strokes strong, nothing made black or white for good.

use image::{GrayImage, RgbImage};

use super::Config;
use super::seal::widest;

/// Ink on white from a flattened picture; `seal` is left out as far as ink under it allows.
pub(super) fn ink_of(flat: &RgbImage, seal: &GrayImage, config: &Config) -> GrayImage {
    let mut grey = darkness(flat, seal);
    let near = strongest_near(&grey);
    let full = full_ink(&grey);
    let w = grey.width();
    let curve = curve(config, full);
    let cells = w.div_ceil(CELL) as usize;
    for (y, row) in grey.chunks_exact_mut(w.max(1) as usize).enumerate() {
        let cells = &near[y / CELL as usize * cells..][..cells];
        for (x, value) in row.iter_mut().enumerate() {
            let pale = ramp(f32::from(cells[x / CELL as usize]), config.through_level, config.ink_level);
            *value = 255 - (curve[usize::from(*value)] * pale) as u8;
        }
    }
    grey
}

/// Side of the cells in which the darkest spot is looked for, pixels: a stroke's width.
const CELL: u32 = 4;

/// 0 for paper, more for ink: the mean of brightness and the darkest channel, so that blue and brown ink count as much
/// as black; under a seal the red channel, in which the seal is nearly paper and ink is not. What red light the stamp's
/// own colour takes grows with its colour: ink, which has none, stays.
fn darkness(flat: &RgbImage, seal: &GrayImage) -> GrayImage {
    let mut out = GrayImage::new(flat.width(), flat.height());
    for ((value, pixel), seal) in out.iter_mut().zip(flat.chunks_exact(3)).zip(seal.iter()) {
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u16::from);
        let luma = (r * 77 + g * 150 + b * 29) / 256;
        let plain = (luma + r.min(g).min(b)) / 2;
        let red = (2 * r - g.max(b).min(r)).min(255);
        let light = (red * u16::from(*seal) + plain * u16::from(255 - *seal)) / 255;
        *value = 255 - light.min(255) as u8;
    }
    out
}

/// The darkest spot of each cell and its neighbours: what is pale there belongs to a stroke only if something is dark.
fn strongest_near(dark: &GrayImage) -> Vec<u8> {
    let (w, h) = (dark.width().div_ceil(CELL) as usize, dark.height().div_ceil(CELL) as usize);
    let mut most = vec![0_u8; w * h];
    for (y, row) in dark.chunks_exact(dark.width() as usize).enumerate() {
        let cells = &mut most[y / CELL as usize * w..][..w];
        for (x, value) in row.iter().enumerate() {
            let cell = &mut cells[x / CELL as usize];
            *cell = (*cell).max(*value);
        }
    }
    widest(&most, w, h)
}

/// The darkness that only one in two hundred pixels exceeds: full ink of print.
fn full_ink(dark: &GrayImage) -> f32 {
    let mut counts = [0_u32; 256];
    dark.iter().for_each(|v| counts[usize::from(*v)] += 1);
    let mut left = dark.len() as u32 / 200;
    for (level, n) in counts.iter().enumerate().rev() {
        if *n > left {
            return level as f32;
        }
        left -= n;
    }
    0.0
}

/// Darkness in to darkness out: noise to nothing, full ink to nearly black, weak ink lifted between them.
fn curve(config: &Config, full: f32) -> [f32; 256] {
    let full = full.max(config.least_full_ink);
    std::array::from_fn(|d| {
        let t = ((d as f32 - config.noise_level) / (full - config.noise_level)).clamp(0.0, 1.0);
        240.0 * t.powf(config.ink_gamma)
    })
}

fn ramp(v: f32, from: f32, to: f32) -> f32 {
    let t = ((v - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
