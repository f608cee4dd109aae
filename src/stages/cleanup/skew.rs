//! How far lines of print and rules run off level, by projection profile.

use image::GrayImage;

/// Angle of the lines, degrees, positive when they run downwards to the right; with how many there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Skew {
    pub(super) degrees: f32,
    /// About how many rows of print begin or end there, however dark each is; rules do not count.
    pub(super) lines: f32,
}

/// The skew of marks (0 paper, more is darker), looked for up to `limit` degrees to either side.
pub(super) fn skew_of(ink: &GrayImage, limit: f32) -> Skew {
    let marks = marks_of(ink);
    let span = ink.width() as usize + ink.height() as usize;
    let strength = |degrees: f32| steps(&profile(&marks, degrees, span));
    let best = |centre: f32, reach: f32, step: f32| {
        angles(centre, reach, step).map(|a| (a, strength(a))).max_by(|a, b| a.1.total_cmp(&b.1)).map_or(centre, |b| b.0)
    };
    let fine = best(best(best(0.0, limit, COARSE), COARSE, MIDDLE), MIDDLE, FINE).clamp(-limit, limit);
    let print = without_rules(&marks, fine, ink.dimensions());
    Skew { degrees: fine, lines: lines(profile(&print, 0.0, span), ink.height()) }
}

/// Steps of the three passes, degrees: a rule over a page's width blurs over one row of the preview at 0.1 degrees.
const COARSE: f32 = 0.4;
const MIDDLE: f32 = 0.1;
const FINE: f32 = 0.02;

fn angles(centre: f32, reach: f32, step: f32) -> impl Iterator<Item = f32> {
    let n = (reach / step).round() as i32;
    (-n..=n).map(move |i| centre + i as f32 * step)
}

fn marks_of(ink: &GrayImage) -> Vec<(f32, f32, f32)> {
    let dark = ink.enumerate_pixels().filter(|(_, _, p)| p.0[0] > 0);
    dark.map(|(x, y, p)| (x as f32, y as f32, f32::from(p.0[0]))).collect()
}

/// How dark each row is after the turn.
fn profile(marks: &[(f32, f32, f32)], degrees: f32, span: usize) -> Vec<f32> {
    let slope = degrees.to_radians().tan();
    let middle = span as f32 / 2.0;
    let mut rows = vec![0.0_f32; 2 * span];
    for (x, y, weight) in marks {
        let row = (y - x * slope + middle).clamp(0.0, (2 * span - 2) as f32);
        let (at, part) = (row as usize, row.fract());
        rows[at] += weight * (1.0 - part);
        rows[at + 1] += weight * part;
    }
    rows
}

/// Sum of squared steps of the row profile: level lines have sharp edges.
fn steps(rows: &[f32]) -> f32 {
    rows.windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum()
}

/// The marks made level, without the rules of frame and table, which run both ways.
fn without_rules(marks: &[(f32, f32, f32)], degrees: f32, (w, h): (u32, u32)) -> Vec<(f32, f32, f32)> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (mx, my) = (w as f32 / 2.0, h as f32 / 2.0);
    let mut level = GrayImage::new(w, h);
    for (x, y, weight) in marks {
        let (dx, dy) = (x - mx, y - my);
        let (x, y) = (mx + dx * cos + dy * sin, my + dy * cos - dx * sin);
        if (0.0..w as f32).contains(&x) && (0.0..h as f32).contains(&y) {
            level.put_pixel(x as u32, y as u32, image::Luma([*weight as u8]));
        }
    }
    let ruled = rules(&level);
    let left = level.enumerate_pixels().zip(ruled).filter(|((_, _, p), ruled)| p.0[0] > 0 && !ruled);
    left.map(|((x, y, p), _)| (x as f32, y as f32, f32::from(p.0[0]))).collect()
}

/// Which marks lie in straight runs longer than any stroke of print, along rows or columns.
fn rules(level: &GrayImage) -> Vec<bool> {
    let (w, h) = (level.width() as usize, level.height() as usize);
    let mut ruled = vec![false; w * h];
    for (n, length, step, stride) in [(h, w, 1, w), (w, h, w, 1)] {
        for line in 0..n {
            let mut run = 0;
            for i in 0..=length {
                let at = line * stride + i * step;
                if i < length && level.as_raw()[at] > 0 {
                    run += 1;
                } else {
                    if run >= RULE {
                        (1..=run).for_each(|k| ruled[at - k * step] = true);
                    }
                    run = 0;
                }
            }
        }
    }
    ruled
}

/// Preview pixels; a capital's stem has a third.
const RULE: usize = 36;

/// How many rows of print there are, each counted alike: a dark heading is no more lines than a row of dots.
fn lines(mut rows: Vec<f32>, height: u32) -> f32 {
    const DOTS: f32 = 4.0;
    let most = DOTS * rows.iter().sum::<f32>() / height as f32;
    if most <= 0.0 {
        return 0.0;
    }
    rows.iter_mut().for_each(|row| *row = row.min(most) / most);
    steps(&rows)
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
    fn rows_of_print_count_and_rules_do_not() {
        let table = GrayImage::from_fn(700, 900, |x, y| {
            // letters of one row do not stand below those of the next
            let along = x + y / 50 * 31 % 97;
            let print = along % 13 < 6 && y % 50 < 8 && (along / 13 * 7 + y / 50 * 3) % 5 > 0;
            Luma([u8::from(print || x % 60 == 0) * 100])
        });
        let (across, down) = (skew_of(&table, 8.0), skew_of(&image::imageops::rotate90(&table), 8.0));
        assert!(across.lines > 2.0 * down.lines, "{across:?} {down:?}");
    }

    #[test]
    fn nothing_beyond_the_limit_is_claimed() {
        let found = skew_of(&lines(9.0), 5.0);
        assert!(found.degrees.abs() <= 5.0, "{found:?}");
    }

    #[test]
    fn an_empty_picture_has_no_lines() {
        assert!(skew_of(&GrayImage::new(100, 100), 8.0).lines.abs() < 1e-6);
    }
}
