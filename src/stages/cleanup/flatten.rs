//! Paper to white: illumination, shadow, gutter and paper colour divided out, channel by channel.

use image::{GrayImage, RgbImage};

/// Side of the squares in which the paper's level is taken, working pixels: two letters wide, so that paper shows.
const SQUARE: u32 = 16;

/// The paper's colour, one value a square and channel.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    pub(super) across: usize,
    pub(super) down: usize,
    pub(super) levels: Vec<[f32; 3]>,
}

impl Paper {
    /// A high percentile of each square, then dark squares (dense print, seals) filled from around, then smoothed.
    pub(super) fn of(picture: &RgbImage) -> Self {
        let (across, down) = (picture.width().div_ceil(SQUARE), picture.height().div_ceil(SQUARE));
        let mut levels = Vec::with_capacity((across * down) as usize);
        for by in 0..down {
            for bx in 0..across {
                levels.push(square_level(picture, bx * SQUARE, by * SQUARE));
            }
        }
        let mut paper = Self { across: across as usize, down: down as usize, levels };
        paper.each_channel(|plane, w, h| {
            let wide = spread(plane, w, h, 3, f32::max);
            let closed = spread(&wide, w, h, 3, f32::min);
            blur(&blur(&closed, w, h), w, h)
        });
        paper
    }

    fn each_channel(&mut self, f: impl Fn(&[f32], usize, usize) -> Vec<f32>) {
        for c in 0..3 {
            let plane: Vec<f32> = self.levels.iter().map(|l| l[c]).collect();
            for (level, value) in self.levels.iter_mut().zip(f(&plane, self.across, self.down)) {
                level[c] = value;
            }
        }
    }

    /// Interpolated over a whole row: one triple a pixel.
    fn row(&self, y: u32, width: u32) -> Vec<[f32; 3]> {
        let place = |v: u32, n: usize| {
            let v = ((v as f32 + 0.5) / SQUARE as f32 - 0.5).clamp(0.0, (n - 1) as f32);
            (v as usize, (v as usize + 1).min(n - 1), v.fract())
        };
        let (top, bottom, fy) = place(y, self.down);
        let mixed: Vec<[f32; 3]> = (0..self.across)
            .map(|x| mix(self.levels[top * self.across + x], self.levels[bottom * self.across + x], fy))
            .collect();
        (0..width)
            .map(|x| {
                let (left, right, fx) = place(x, self.across);
                mix(mixed[left], mixed[right], fx)
            })
            .collect()
    }
}

fn mix(a: [f32; 3], b: [f32; 3], t: f32) -> [f32; 3] {
    std::array::from_fn(|c| a[c] + (b[c] - a[c]) * t)
}

/// The mean colour of the brighter part of a square, without its few brightest pixels.
fn square_level(picture: &RgbImage, left: u32, top: u32) -> [f32; 3] {
    let mut counts = [[0_u32; 256]; 3];
    let mut total = 0_u32;
    for y in (top..(top + SQUARE).min(picture.height())).step_by(2) {
        for x in (left..(left + SQUARE).min(picture.width())).step_by(2) {
            let pixel = picture.get_pixel(x, y).0;
            (0..3).for_each(|c| counts[c][usize::from(pixel[c])] += 1);
            total += 1;
        }
    }
    std::array::from_fn(|c| {
        let mut left = total / 4;
        for (level, n) in counts[c].iter().enumerate().rev() {
            if *n > left {
                return level as f32;
            }
            left -= n;
        }
        0.0
    })
}

/// Running maximum or minimum over a square of `reach` to each side.
fn spread(plane: &[f32], width: usize, height: usize, reach: usize, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    let along = |plane: &[f32], w: usize, h: usize, dx: usize, dy: usize| -> Vec<f32> {
        let mut out = plane.to_vec();
        for y in 0..h {
            for x in 0..w {
                for k in 1..=reach {
                    for (xx, yy) in [(x + k * dx, y + k * dy), (x.wrapping_sub(k * dx), y.wrapping_sub(k * dy))] {
                        if xx < w && yy < h {
                            out[y * w + x] = pick(out[y * w + x], plane[yy * w + xx]);
                        }
                    }
                }
            }
        }
        out
    };
    along(&along(plane, width, height, 1, 0), width, height, 0, 1)
}

/// A 3×3 mean.
fn blur(plane: &[f32], width: usize, height: usize) -> Vec<f32> {
    let at = |x: usize, y: usize| plane[y.min(height - 1) * width + x.min(width - 1)];
    let mut out = Vec::with_capacity(plane.len());
    for y in 0..height {
        for x in 0..width {
            let (l, t) = (x.saturating_sub(1), y.saturating_sub(1));
            let sum: f32 = [t, y, y + 1].iter().flat_map(|y| [l, x, x + 1].map(|x| at(x, *y))).sum();
            out.push(sum / 9.0);
        }
    }
    out
}

/// Each channel divided by the paper's.
pub(super) fn flatten(picture: &RgbImage, paper: &Paper) -> RgbImage {
    let width = picture.width();
    let mut out = picture.clone();
    for (y, row) in out.chunks_exact_mut(width as usize * 3).enumerate() {
        let levels = paper.row(y as u32, width);
        for (pixel, level) in row.chunks_exact_mut(3).zip(levels) {
            for (value, paper) in pixel.iter_mut().zip(level) {
                *value = (f32::from(*value) * 255.0 / paper.max(1.0)).min(255.0) as u8;
            }
        }
    }
    out
}

/// How dark a flattened picture is: the channel mean of luminance and the darkest channel, so that blue and brown ink
/// count as much as black.
pub(super) fn grey_of(flat: &RgbImage) -> GrayImage {
    GrayImage::from_fn(flat.width(), flat.height(), |x, y| {
        let [r, g, b] = flat.get_pixel(x, y).0.map(u16::from);
        let luma = (r * 77 / 256) + (g * 150 / 256) + (b * 29 / 256);
        image::Luma([((luma + r.min(g).min(b)) / 2) as u8])
    })
}
