//! Line picture → network input: paper to white, ink to black, 32 rows, aspect kept.
//!
//! The training code does exactly the same (`docs/reader.md`); a change here needs a new model.

use image::GrayImage;
use serde::Deserialize;

/// Section `[read.picture]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Lines are widened by this factor.
    pub stretch: f32,
    /// Percentile of grey that becomes white.
    pub paper_percentile: f32,
    /// Percentile of grey that becomes black.
    pub ink_percentile: f32,
    /// Grey levels between paper and ink at least; less is noise, not writing.
    pub min_contrast: f32,
    /// Shortest input, in frames of the output.
    pub min_frames: usize,
    /// Widest input, pixels.
    pub max_width: usize,
    /// A line up to this many times too wide is squeezed; beyond, it is no line.
    pub max_squeeze: f32,
}

/// Rows of the network's input.
pub const HEIGHT: usize = 32;
/// Input columns for one frame of the output.
pub const STRIDE: usize = 4;

/// One line, ready for the network: `HEIGHT` rows of `width` floats in -1 (ink) to 1 (paper).
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Columns, a multiple of [`STRIDE`].
    pub width: usize,
    /// Row-major.
    pub pixels: Vec<f32>,
}

/// Brings a line picture of any size into the network's form.
///
/// `None` where there are no pixels, or a shape that no line of writing has: nobody could read it honestly.
#[must_use]
pub fn strip(grey: &GrayImage, config: &Config) -> Option<Strip> {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    if width == 0 || height == 0 {
        return None;
    }
    let target = width as f32 * HEIGHT as f32 / height as f32 * config.stretch;
    if target > config.max_width as f32 * config.max_squeeze {
        return None;
    }
    let frames = (target / STRIDE as f32).round() as usize;
    let target = frames.clamp(config.min_frames, config.max_width / STRIDE) * STRIDE;
    let levels = stretched(grey, config);
    let narrow = resize_rows(&levels, width, height, target);
    let small = resize_columns(&narrow, target, height);
    Some(Strip { width: target, pixels: small.iter().map(|v| v / 127.5 - 1.0).collect() })
}

/// Paper to 255, darkest ink to 0, so that weak and strong pens look alike.
fn stretched(grey: &GrayImage, config: &Config) -> Vec<f32> {
    let mut histogram = [0_usize; 256];
    for p in grey.as_raw() {
        histogram[usize::from(*p)] += 1;
    }
    let top = percentile(&histogram, config.paper_percentile);
    let bottom = percentile(&histogram, config.ink_percentile).min(top - config.min_contrast);
    grey.as_raw().iter().map(|p| ((f32::from(*p) - bottom) / (top - bottom)).clamp(0.0, 1.0) * 255.0).collect()
}

/// Percentile with linear interpolation between the two neighbours, as NumPy takes it.
fn percentile(histogram: &[usize; 256], percent: f32) -> f32 {
    let count: usize = histogram.iter().sum();
    let place = f64::from(percent) / 100.0 * (count.max(1) - 1) as f64;
    let low = nth(histogram, place.floor() as usize);
    let high = nth(histogram, place.ceil() as usize);
    low + (high - low) * (place - place.floor()) as f32
}

fn nth(histogram: &[usize; 256], n: usize) -> f32 {
    let mut seen = 0;
    for (level, count) in histogram.iter().enumerate() {
        seen += count;
        if seen > n {
            return level as f32;
        }
    }
    255.0
}

fn resize_rows(pixels: &[f32], width: usize, height: usize, target: usize) -> Vec<f32> {
    let weights = weights(width, target);
    let mut out = Vec::with_capacity(target * height);
    for row in pixels.chunks_exact(width) {
        out.extend(weights.iter().map(|w| w.iter().map(|(i, f)| row[*i] * f).sum::<f32>()));
    }
    out
}

fn resize_columns(pixels: &[f32], width: usize, height: usize) -> Vec<f32> {
    let mut out = vec![0.0; width * HEIGHT];
    for (y, taps) in weights(height, HEIGHT).iter().enumerate() {
        let row = &mut out[y * width..(y + 1) * width];
        for (i, f) in taps {
            for (o, p) in row.iter_mut().zip(&pixels[i * width..(i + 1) * width]) {
                *o += p * f;
            }
        }
    }
    out
}

/// For each target pixel the source pixels and their shares: covered area when shrinking, linear when growing.
fn weights(source: usize, target: usize) -> Vec<Vec<(usize, f32)>> {
    let scale = source as f64 / target as f64;
    (0..target).map(|i| if scale > 1.0 { area(i, scale, source) } else { linear(i, scale, source) }).collect()
}

fn area(i: usize, scale: f64, source: usize) -> Vec<(usize, f32)> {
    let (from, to) = (i as f64 * scale, ((i + 1) as f64 * scale).min(source as f64));
    (from.floor() as usize..(to.ceil() as usize).min(source))
        .map(|k| (k, ((to.min((k + 1) as f64) - from.max(k as f64)) / (to - from)) as f32))
        .collect()
}

fn linear(i: usize, scale: f64, source: usize) -> Vec<(usize, f32)> {
    let place = ((i as f64 + 0.5) * scale - 0.5).clamp(0.0, (source - 1) as f64);
    let low = place.floor() as usize;
    let share = (place - place.floor()) as f32;
    if low + 1 < source { vec![(low, 1.0 - share), (low + 1, share)] } else { vec![(low, 1.0)] }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    fn config() -> Config {
        crate::stages::read::tests::config().picture
    }

    #[test]
    fn shares_of_a_target_pixel_add_up_to_one() {
        for (source, target) in [(1, 32), (31, 32), (32, 32), (33, 32), (80, 32), (10_000, 52)] {
            for taps in weights(source, target) {
                let sum: f32 = taps.iter().map(|t| t.1).sum();
                assert!((sum - 1.0).abs() < 1e-4, "{source} to {target}: {sum}");
            }
        }
    }

    #[test]
    fn weak_and_strong_ink_look_alike() {
        let draw = |ink: u8| {
            let mut p = GrayImage::from_pixel(64, 32, Luma([230]));
            for x in 20..28 {
                for y in 4..28 {
                    p.put_pixel(x, y, Luma([ink]));
                }
            }
            strip(&p, &config()).expect("has pixels")
        };
        assert_eq!(draw(20), draw(150));
        assert_ne!(draw(20), draw(225), "contrast below the least one is left weak");
    }

    #[test]
    fn one_pixel_becomes_the_smallest_strip_and_no_pixel_none() {
        let one = strip(&GrayImage::from_pixel(1, 10, Luma([0])), &config()).expect("has a pixel");
        assert_eq!(one.width, config().min_frames * STRIDE);
        assert!(one.pixels.iter().all(|v| v.is_finite()));
        assert_eq!(strip(&GrayImage::new(0, 7), &config()), None);
    }

    #[test]
    fn a_long_line_is_squeezed_and_one_far_too_long_is_not_read() {
        let width = |factor: f32| {
            let px = config().max_width as f32 * factor / config().stretch;
            strip(&GrayImage::from_pixel(px as u32, 32, Luma([255])), &config()).map(|s| s.width)
        };
        assert!(width(0.9).is_some_and(|w| w < config().max_width));
        assert_eq!(width(1.1), Some(config().max_width));
        assert_eq!(width(config().max_squeeze * 1.01), None);
    }
}
