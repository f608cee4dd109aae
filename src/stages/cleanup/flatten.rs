//! Paper to white: illumination, shadow, gutter and paper colour divided out, channel by channel.

use image::RgbImage;

use super::squares::{Squares, spread};

/// Side of the squares in which the paper's level is taken, working pixels: two letters wide, so that paper shows.
pub(super) const SQUARE: u32 = 16;
/// Squares to each side over which dark places (dense print, seals, solid strokes) are filled from around.
const REACH: usize = 3;

/// The picture with each channel divided by the paper's.
pub(super) fn flatten(picture: &RgbImage, squares: &Squares) -> RgbImage {
    let paper = smooth(squares);
    let width = picture.width();
    let mut out = picture.clone();
    let mut gains = vec![[0.0_f32; 3]; width as usize];
    for (y, row) in out.chunks_exact_mut(width as usize * 3).enumerate() {
        gains_of_row(&paper, y as u32, &mut gains);
        for (pixel, gain) in row.chunks_exact_mut(3).zip(&gains) {
            for (value, gain) in pixel.iter_mut().zip(gain) {
                *value = (f32::from(*value) * gain).min(255.0) as u8;
            }
        }
    }
    out
}

/// Dark squares filled from around (a closing), then smoothed.
fn smooth(squares: &Squares) -> Squares {
    let (w, h) = (squares.across, squares.down);
    let mut out = squares.clone();
    for c in 0..3 {
        let plane: Vec<f32> = squares.levels.iter().map(|l| l[c]).collect();
        let closed = spread(&spread(&plane, (w, h), REACH, f32::max), (w, h), REACH, f32::min);
        let smooth = blur(&blur(&closed, w, h), w, h);
        out.levels.iter_mut().zip(smooth).for_each(|(level, value)| level[c] = value);
    }
    out
}

/// 255 over the paper's level, interpolated between the squares' middles.
fn gains_of_row(paper: &Squares, y: u32, gains: &mut [[f32; 3]]) {
    let place = |v: u32, n: usize| {
        let v = ((v as f32 + 0.5) / paper.side as f32 - 0.5).clamp(0.0, (n - 1) as f32);
        (v as usize, (v as usize + 1).min(n - 1), v.fract())
    };
    let (top, bottom, fy) = place(y, paper.down);
    let row = |r: usize| &paper.levels[r * paper.across..(r + 1) * paper.across];
    let mixed: Vec<[f32; 3]> = row(top).iter().zip(row(bottom)).map(|(a, b)| mix(*a, *b, fy)).collect();
    for (x, gain) in gains.iter_mut().enumerate() {
        let (left, right, fx) = place(x as u32, paper.across);
        *gain = mix(mixed[left], mixed[right], fx).map(|paper| 255.0 / paper.max(1.0));
    }
}

fn mix(a: [f32; 3], b: [f32; 3], t: f32) -> [f32; 3] {
    std::array::from_fn(|c| a[c] + (b[c] - a[c]) * t)
}

/// A 3×3 mean.
fn blur(plane: &[f32], width: usize, height: usize) -> Vec<f32> {
    let at = |x: usize, y: usize| plane[y.min(height - 1) * width + x.min(width - 1)];
    let mut out = Vec::with_capacity(plane.len());
    for y in 0..height {
        for x in 0..width {
            let (left, top) = (x.saturating_sub(1), y.saturating_sub(1));
            let sum: f32 = [top, y, y + 1].iter().flat_map(|y| [left, x, x + 1].map(|x| at(x, *y))).sum();
            out.push(sum / 9.0);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    fn flat(picture: &RgbImage) -> RgbImage {
        flatten(picture, &Squares::of(picture, SQUARE))
    }

    #[test]
    fn a_shadow_goes_and_ink_in_it_stays_as_dark_as_elsewhere() {
        let mut picture = RgbImage::from_fn(320, 320, |x, _| Rgb([(240 - x / 5) as u8; 3]));
        for (x, y) in [(20, 160), (300, 160)] {
            let paper = picture.get_pixel(x, y).0[0];
            picture.put_pixel(x, y, Rgb([paper / 2; 3]));
        }
        let flat = flat(&picture);
        for (x, y) in [(10, 10), (160, 100), (300, 300)] {
            assert!(flat.get_pixel(x, y).0[0] >= 240, "paper at {x} is {:?}", flat.get_pixel(x, y));
        }
        let ink = [20, 300].map(|x| flat.get_pixel(x, 160).0[0]);
        assert!(ink[0].abs_diff(ink[1]) <= 6 && ink[0] < 140, "{ink:?}");
    }

    #[test]
    fn pink_paper_becomes_white() {
        let flat = flat(&RgbImage::from_pixel(64, 64, Rgb([243, 210, 230])));
        assert!(flat.pixels().all(|p| p.0.iter().all(|v| *v >= 253)), "{:?}", flat.get_pixel(3, 3));
    }
}
