//! How far lines of print and rules run off level, by projection profile.

use image::GrayImage;

/// Angle of the lines, degrees, positive when they run downwards to the right; with how clear it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Skew {
    pub(super) degrees: f32,
    /// Profile strength there against the median over all angles: 1 means no lines at all.
    pub(super) clearness: f32,
}

/// The skew of dark marks in `ink` (0 paper, more is darker), looked for up to `limit` degrees to either side.
pub(super) fn skew_of(ink: &GrayImage, limit: f32) -> Skew {
    let marks = marks_of(ink);
    let span = ink.width() as usize + ink.height() as usize;
    let strength = |degrees: f32| profile_strength(&marks, degrees, span);
    let coarse: Vec<(f32, f32)> = angles(0.0, limit, COARSE).map(|a| (a, strength(a))).collect();
    let best = best_of(&coarse);
    let middle = best_of(&angles(best.0, COARSE, MIDDLE).map(|a| (a, strength(a))).collect::<Vec<_>>());
    let fine = best_of(&angles(middle.0, MIDDLE, FINE).map(|a| (a, strength(a))).collect::<Vec<_>>());
    let mut all: Vec<f32> = coarse.iter().map(|(_, s)| *s).collect();
    all.sort_by(f32::total_cmp);
    let median = all.get(all.len() / 2).copied().unwrap_or(0.0);
    Skew { degrees: fine.0.clamp(-limit, limit), clearness: if median > 0.0 { fine.1 / median } else { 1.0 } }
}

/// Steps of the three passes, degrees: a rule over a page's width blurs over one row of the preview at 0.1 degrees.
const COARSE: f32 = 0.4;
const MIDDLE: f32 = 0.1;
const FINE: f32 = 0.02;

fn angles(centre: f32, reach: f32, step: f32) -> impl Iterator<Item = f32> {
    let n = (reach / step).round() as i32;
    (-n..=n).map(move |i| centre + i as f32 * step)
}

fn best_of(scores: &[(f32, f32)]) -> (f32, f32) {
    scores.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0.0, 0.0))
}

fn marks_of(ink: &GrayImage) -> Vec<(f32, f32, f32)> {
    let dark = ink.enumerate_pixels().filter(|(_, _, p)| p.0[0] > 0);
    dark.map(|(x, y, p)| (x as f32, y as f32, f32::from(p.0[0]))).collect()
}

/// Sum of squared steps of the row profile: level lines have sharp edges.
fn profile_strength(marks: &[(f32, f32, f32)], degrees: f32, span: usize) -> f32 {
    let slope = degrees.to_radians().tan();
    let middle = span as f32 / 2.0;
    let mut rows = vec![0.0_f32; 2 * span];
    for (x, y, weight) in marks {
        let row = (y - x * slope + middle).clamp(0.0, (2 * span - 2) as f32);
        let (at, part) = (row as usize, row.fract());
        rows[at] += weight * (1.0 - part);
        rows[at + 1] += weight * part;
    }
    rows.windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum()
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    /// Five rules and some crossing strokes, turned by `degrees`.
    fn lines(degrees: f32) -> GrayImage {
        let slope = degrees.to_radians().tan();
        GrayImage::from_fn(700, 900, |x, y| {
            let level = y as f32 - (x as f32 - 350.0) * slope;
            let rule = (1..6).any(|i| (level - i as f32 * 150.0).abs() < 1.0);
            Luma([u8::from(rule || x % 97 == 3 && y % 5 != 0)])
        })
    }

    #[test]
    fn skew_is_found_to_a_tenth_of_a_degree_on_both_sides() {
        for degrees in [-7.0, -3.3, -0.25, 0.0, 0.4, 2.15, 7.0] {
            let found = skew_of(&lines(degrees), 8.0);
            assert!((found.degrees - degrees).abs() <= 0.1, "{degrees}: {found:?}");
        }
    }

    #[test]
    fn nothing_beyond_the_limit_is_claimed() {
        let found = skew_of(&lines(9.0), 5.0);
        assert!(found.degrees.abs() <= 5.0, "{found:?}");
    }

    #[test]
    fn an_empty_picture_has_no_lines() {
        assert_eq!(skew_of(&GrayImage::new(100, 100), 8.0).clearness, 1.0);
    }
}
