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
    /// A line is looked at once for each.
    pub slants: Slants,
}

/// How many columns a row is pushed to the right of the one above it, for each view of a line; one view at least.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Vec<f32>")]
pub struct Slants(Vec<f32>);

/// Each costs as much time as reading once.
const MOST_VIEWS: usize = 5;

impl TryFrom<Vec<f32>> for Slants {
    type Error = String;

    fn try_from(slants: Vec<f32>) -> Result<Self, String> {
        if (1..=MOST_VIEWS).contains(&slants.len()) && slants.iter().all(|s| (-1.0..=1.0).contains(s)) {
            Ok(Self(slants))
        } else {
            Err(format!("give one to {MOST_VIEWS} slants from -1.0 to 1.0; [0.0] looks at each line once"))
        }
    }
}

impl Slants {
    /// How many views of a line they make.
    #[must_use]
    pub fn views(&self) -> usize {
        self.0.len()
    }
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

/// Brings a line picture of any size into the network's form, once for each slant.
///
/// Empty where there are no pixels, or a shape that no line of writing has: nobody could read it honestly.
#[must_use]
pub fn strips(grey: &GrayImage, config: &Config) -> Vec<Strip> {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    if width == 0 || height == 0 || columns(width, height, config) > config.max_width as f32 * config.max_squeeze {
        return Vec::new();
    }
    let levels = Levels { width, height, values: stretched(grey, config) };
    config.slants.0.iter().map(|slant| strip(&levels.slanted(*slant), config)).collect()
}

/// Columns of the network's input that a line of this size asks for.
fn columns(width: usize, height: usize, config: &Config) -> f32 {
    width as f32 * HEIGHT as f32 / height as f32 * config.stretch
}

fn strip(levels: &Levels, config: &Config) -> Strip {
    let frames = (columns(levels.width, levels.height, config) / STRIDE as f32).round() as usize;
    let target = frames.clamp(config.min_frames, config.max_width / STRIDE) * STRIDE;
    let narrow = resize_rows(&levels.values, levels.width, levels.height, target);
    let small = resize_columns(&narrow, target, levels.height);
    Strip { width: target, pixels: small.iter().map(|v| v / 127.5 - 1.0).collect() }
}

const PAPER: f32 = 255.0;

/// A line from paper (255) to ink (0), row by row.
struct Levels {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Levels {
    /// Its rows pushed against each other around the middle one, paper where nothing was.
    fn slanted(&self, slant: f32) -> Self {
        let reach = (slant.abs() * self.height as f32 / 2.0).ceil() as usize;
        let width = self.width + 2 * reach;
        let middle = (self.height as f32 - 1.0) / 2.0;
        let mut values = Vec::with_capacity(width * self.height);
        for (y, row) in self.values.chunks_exact(self.width).enumerate() {
            let shift = reach as f32 + slant * (y as f32 - middle);
            let at = |x: i64| usize::try_from(x).ok().and_then(|x| row.get(x)).copied().unwrap_or(PAPER);
            values.extend((0..width).map(|x| {
                let place = x as f32 - shift;
                let (left, share) = (place.floor() as i64, place - place.floor());
                at(left) * (1.0 - share) + at(left + 1) * share
            }));
        }
        Self { width, height: self.height, values }
    }
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

    /// The upright view.
    fn one(grey: &GrayImage) -> Option<Strip> {
        strips(grey, &config()).into_iter().next()
    }

    #[test]
    fn a_slant_straightens_a_stroke_that_leans_and_loses_none_of_its_ink() {
        // four columns wide, one column to the left for every four rows downwards
        let (width, height) = (60, 32);
        let ink = |x: usize, y: usize| (30..34).contains(&(x + y / 4));
        let values = (0..width * height).map(|i| if ink(i % width, i / width) { 0.0 } else { PAPER }).collect();
        let leaning = Levels { width, height, values };
        let dark = |l: &Levels| l.values.iter().map(|v| PAPER - v).sum::<f32>() / PAPER;
        let widest = |l: &Levels| {
            (0..l.width)
                .map(|x| l.values.iter().skip(x).step_by(l.width).map(|v| PAPER - v).sum::<f32>())
                .fold(0.0, f32::max)
        };
        let (upright, as_it_was, further) = (leaning.slanted(0.25), leaning.slanted(0.0), leaning.slanted(-0.25));
        assert_eq!(as_it_was.values, leaning.values);
        assert!((dark(&upright) - dark(&leaning)).abs() < 0.5 && (dark(&further) - dark(&leaning)).abs() < 0.5);
        assert!(widest(&upright) > 0.95 * PAPER * 32.0 && widest(&leaning) < 0.6 * PAPER * 32.0);
        assert!(widest(&further) < widest(&leaning));
    }

    #[test]
    fn a_line_is_looked_at_once_for_each_slant() {
        let config = Config { slants: Slants(vec![0.0, 0.2, -0.2]), ..config() };
        let line = GrayImage::from_fn(200, 40, |x, y| Luma([if (x + y) % 9 < 2 { 20 } else { 240 }]));
        let seen = strips(&line, &config);
        assert_eq!(seen.len(), 3);
        assert_eq!(seen[0], one(&line).expect("has pixels"));
        assert!(seen[1] != seen[2] && seen[1].width == seen[2].width && seen[1].width > seen[0].width);
    }

    #[test]
    fn at_least_one_view_is_asked_for_and_none_lies_flat() {
        for slants in [vec![], vec![0.0; MOST_VIEWS + 1], vec![0.0, 1.01], vec![-1.01], vec![f32::NAN]] {
            assert!(Slants::try_from(slants.clone()).is_err(), "{slants:?}");
        }
        assert_eq!(Slants::try_from(vec![0.0]).map(|s| s.views()), Ok(1));
        assert_eq!(Slants::try_from(vec![-1.0; MOST_VIEWS]).map(|s| s.views()), Ok(MOST_VIEWS));
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
            one(&p).expect("has pixels")
        };
        assert_eq!(draw(20), draw(150));
        assert_ne!(draw(20), draw(225), "contrast below the least one is left weak");
    }

    #[test]
    fn one_pixel_becomes_the_smallest_strip_and_no_pixel_none() {
        let pixel = one(&GrayImage::from_pixel(1, 10, Luma([0]))).expect("has a pixel");
        assert_eq!(pixel.width, config().min_frames * STRIDE);
        assert!(pixel.pixels.iter().all(|v| v.is_finite()));
        assert_eq!(strips(&GrayImage::new(0, 7), &config()), []);
    }

    #[test]
    fn a_long_line_is_squeezed_and_one_far_too_long_is_not_read() {
        let width = |factor: f32| {
            let px = config().max_width as f32 * factor / config().stretch;
            one(&GrayImage::from_pixel(px as u32, 32, Luma([255]))).map(|s| s.width)
        };
        assert!(width(0.9).is_some_and(|w| w < config().max_width));
        assert_eq!(width(1.1), Some(config().max_width));
        assert_eq!(width(config().max_squeeze * 1.01), None);
    }
}
