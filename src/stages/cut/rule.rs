//! The printed line that a value is written on: finds its exact course and takes it out of the ink.
//!
//! Dots are told from strokes by what surrounds them: a dot is as flat as the other dots of its line and at most one
//! of its sides touches other ink. What is flat but joined on both sides is the foot of a letter and stays.

use image::GrayImage;
use serde::Deserialize;

use super::ink::InkMap;
use crate::domain::{PageSpace, Point};

/// Section `[cut.rule]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How far from its predicted place the rule is looked for, pixels.
    pub search: i32,
    /// The same where `align` has seen it.
    pub search_seen: i32,
    /// Columns before and after the slot that are cleaned with it.
    pub beyond: i32,
    /// Columns that share one height of the rule.
    pub window: i32,
    /// Cost of a bend by one pixel from window to window, in columns of evidence.
    pub bend_cost: f32,
    /// Longest level run that counts fully as evidence for dots, pixels.
    pub flat_foot: i32,
    /// What each column of a longer one counts.
    pub foot_weight: f32,
    /// Tallest run of ink that can be a dot or a rule, pixels.
    pub tallest: i32,
    /// Smallest share of columns with dots for there to be a rule.
    pub least_cover: f32,
    /// Share of columns from which the rule counts as solid.
    pub solid_cover: f32,
    /// Widest dots; a rule whose pieces are wider as a rule is drawn through, pixels.
    pub longest: i32,
    /// The same for what was too pale of a rule that was found.
    pub search_pale: i32,
    /// Dots are paler than this share of the writing's middle darkness where they were too pale to be print.
    pub paler: f32,
    /// Writing stands up to this share of the pitch above the rule.
    pub body: f32,
    /// How much higher smoothed ink is than print, pixels.
    pub soft: f32,
    /// Shortest flat piece that is dots grown together though a letter touches its end, pixels.
    pub strip: i32,
    /// How much wider than its line's dots a dot under a letter's foot may be, pixels.
    pub spur: f32,
    /// How much taller than its line's dots a dot may be, pixels.
    pub taller: f32,
}

/// The course of a rule in page pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    /// First column.
    pub(super) left: i32,
    /// Its middle row in each column.
    pub(super) rows: Vec<f32>,
    /// Whether it was found and what it is made of.
    pub(super) found: Option<Dots>,
}

/// What a printed line is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dots {
    /// Usual height of a dot, pixels.
    pub(super) height: f32,
    /// Usual width of a dot, pixels.
    pub(super) width: f32,
    /// Drawn through, or grown together.
    pub(super) solid: bool,
}

/// A flat piece of ink on the rule: columns `from..to`, and the run of ink in each.
struct Flat {
    from: i32,
    runs: Vec<(i32, i32)>,
}

impl Rule {
    /// Finds the rule near the straight line that `align` predicts.
    pub(super) fn find(map: &InkMap, ends: (Point<PageSpace>, Point<PageSpace>), search: i32, config: &Config) -> Self {
        let (a, b) = ends;
        let left = (a.x as i32 - config.beyond).max(0);
        let right = (b.x as i32 + config.beyond).min(map.width as i32);
        let slope = (b.y - a.y) / (b.x - a.x).max(1.0);
        let predicted: Vec<f32> = (left..right).map(|x| a.y + slope * (x as f32 - a.x)).collect();
        let mut rule = Self { left, rows: course(map, (left, &predicted), search, config), found: None };
        rule.found = rule.measure(map, config);
        rule
    }

    /// Takes out what smoothed ink shows of dots that were too pale to be print: they stand by themselves in the rule's
    /// band, and are paler than the writing above it.
    pub(super) fn erase_pale(&self, map: &mut InkMap, grey: &GrayImage, pitch: f32, config: &Config) {
        let Some(dots) = self.found else { return };
        let rows = course(map, (self.left, &self.rows), config.search_pale, config);
        let half = ((dots.height + config.soft) / 2.0).ceil() as i32;
        let shade = |x: i32, y: i32| 255 - grey.get_pixel(x as u32, y as u32).0[0];
        let mut writing = Vec::new();
        let mut lone = Vec::new();
        for (x, &row) in (self.left..).zip(&rows) {
            let row = row.round() as i32;
            let (top, bottom) = (row - half, row + half);
            let body = row - (config.body * pitch) as i32..top;
            writing.extend(body.filter(|&y| map.is_ink(x, y)).map(|y| shade(x, y)));
            let darkest = (top..=bottom).filter(|&y| map.is_ink(x, y)).map(|y| shade(x, y)).max();
            let beside = (1..=half).any(|d| map.is_ink(x, top - d) || map.is_ink(x, bottom + d));
            lone.extend(darkest.filter(|_| !beside).map(|dark| (x, row, dark)));
        }
        writing.sort_unstable();
        let usual = writing.get(writing.len() / 2).map_or(f32::MAX, |&dark| f32::from(dark));
        let pale = lone.into_iter().filter(|(_, _, dark)| f32::from(*dark) < config.paler * usual);
        for (x, row, _) in pale {
            (row - half..=row + half).for_each(|y| map.erase(x, y));
        }
    }

    /// A level line where no rule is printed.
    pub(super) fn level(left: i32, row: f32) -> Self {
        Self { left, rows: vec![row], found: None }
    }

    /// The rule's row at a column; beyond its ends, that of its nearest end.
    pub(super) fn row_at(&self, x: i32) -> f32 {
        let last = self.rows.len().saturating_sub(1) as i32;
        self.rows.get((x - self.left).clamp(0, last.max(0)) as usize).copied().unwrap_or(0.0)
    }

    /// Takes the rule's dots out of the ink.
    pub(super) fn erase(&self, map: &mut InkMap, config: &Config) {
        let Some(dots) = self.found else { return };
        let mut doomed = Vec::new();
        for flat in self.flats(map, dots.height + config.taller, config) {
            if is_rule(&flat, map, dots, config) {
                doomed.push(flat);
            }
        }
        for flat in doomed {
            for (x, &(top, bottom)) in (flat.from..).zip(&flat.runs) {
                (top..=bottom).for_each(|y| map.erase(x, y));
            }
        }
        if !dots.solid {
            self.erase_spurs(map, dots, config);
        }
    }

    /// Takes out dots that hang on the foot of a stroke: narrow, in the rule's band, with nothing below.
    fn erase_spurs(&self, map: &mut InkMap, dots: Dots, config: &Config) {
        let band = |row: f32| {
            let middle = row.round() as i32;
            let half = (dots.height / 2.0).ceil() as i32;
            (middle - half, middle + half)
        };
        let mut spur: Vec<i32> = Vec::new();
        for (x, &row) in (self.left..).zip(&self.rows) {
            let (top, bottom) = band(row);
            if (top..=bottom).any(|y| map.is_ink(x, y)) {
                spur.push(x);
                continue;
            }
            let narrow = spur.len() as f32 <= dots.width + config.spur;
            let ends = |x: &i32| !(1..=2).any(|d| map.is_ink(*x, band(self.row_at(*x)).1 + d));
            if narrow && spur.iter().all(ends) {
                for &x in &spur {
                    let (top, bottom) = band(self.row_at(x));
                    (top..=bottom).for_each(|y| map.erase(x, y));
                }
            }
            spur.clear();
        }
    }

    /// Flat pieces of ink on the rule's course.
    fn flats(&self, map: &InkMap, tallest: f32, config: &Config) -> Vec<Flat> {
        let mut flats: Vec<Flat> = Vec::new();
        let mut open = false;
        for (x, &row) in (self.left..).zip(&self.rows) {
            match flat_run(map, x, row, tallest, config.tallest) {
                Some(run) if open => flats.last_mut().into_iter().for_each(|f| f.runs.push(run)),
                Some(run) => flats.push(Flat { from: x, runs: vec![run] }),
                None => {}
            }
            open = flat_run(map, x, row, tallest, config.tallest).is_some();
        }
        flats
    }

    fn measure(&self, map: &InkMap, config: &Config) -> Option<Dots> {
        let flats = self.flats(map, config.tallest as f32, config);
        let covered: usize = flats.iter().map(|f| f.runs.len()).sum();
        let cover = covered as f32 / self.rows.len().max(1) as f32;
        if cover < config.least_cover {
            return None;
        }
        let heights = flats.iter().flat_map(|f| f.runs.iter().map(|(t, b)| b - t + 1)).collect();
        let widths = flats.iter().map(|f| f.runs.len() as i32).collect();
        let width = median(widths);
        let solid = cover > config.solid_cover || width > config.longest as f32;
        Some(Dots { height: median(heights), width, solid })
    }
}

fn median(mut values: Vec<i32>) -> f32 {
    values.sort_unstable();
    values.get(values.len() / 2).map_or(0.0, |&v| v as f32)
}

/// The run of ink at a column that is flat and lies on the rule.
fn flat_run(map: &InkMap, x: i32, row: f32, tallest: f32, reach: i32) -> Option<(i32, i32)> {
    let middle = row.round() as i32;
    let hit = [0, -1, 1, -2, 2].into_iter().map(|d| middle + d).find(|&y| map.is_ink(x, y))?;
    let (top, bottom) = map.upright_run(x, hit, reach + 1);
    let centre = (top + bottom) as f32 / 2.0;
    let flat = (bottom - top + 1) as f32 <= tallest && (centre - row).abs() <= 2.0;
    flat.then_some((top, bottom))
}

/// The rows of most evidence near predicted ones.
fn course(map: &InkMap, (left, predicted): (i32, &[f32]), search: i32, config: &Config) -> Vec<f32> {
    let seen = evidence(map, left, predicted, search, config);
    bend(predicted, &best_course(&seen, search, config), config.window)
}

/// How many columns of each window have a flat run at each offset from the predicted line.
fn evidence(map: &InkMap, left: i32, predicted: &[f32], search: i32, config: &Config) -> Vec<Vec<f32>> {
    let offsets = (2 * search + 1) as usize;
    let mut seen = vec![vec![0.0; offsets]; predicted.len().div_ceil(config.window.max(1) as usize)];
    for (i, &row) in predicted.iter().enumerate() {
        let x = left + i as i32;
        let window = &mut seen[i / config.window as usize];
        let (first, last) = (row.round() as i32 - search, row.round() as i32 + search);
        let mut y = first;
        while y <= last {
            if map.is_ink(x, y) {
                let (top, bottom) = map.upright_run(x, y, config.tallest + 1);
                let middle = ((top + bottom) as f32 / 2.0 - row).round() as i32 + search;
                if bottom - top < config.tallest && (0..offsets as i32).contains(&middle) {
                    let foot = map.level_run(x, (top + bottom) / 2, config.flat_foot) > config.flat_foot;
                    window[middle as usize] += if foot { config.foot_weight } else { 1.0 };
                }
                y = bottom + 1;
            }
            y += 1;
        }
    }
    seen.iter().map(|w| blur(w)).collect()
}

fn blur(window: &[f32]) -> Vec<f32> {
    let at = |i: usize| window.get(i).copied().unwrap_or(0.0);
    (0..window.len()).map(|i| at(i) + 0.5 * (at(i.wrapping_sub(1)) + at(i + 1))).collect()
}

/// The course of most evidence that bends little; the offset of each window.
fn best_course(seen: &[Vec<f32>], search: i32, config: &Config) -> Vec<f32> {
    let offsets = (2 * search + 1) as usize;
    let mut best = vec![vec![0.0_f32; offsets]; seen.len()];
    let mut from = vec![vec![0_usize; offsets]; seen.len()];
    for w in 0..seen.len() {
        for o in 0..offsets {
            // without evidence the prediction stands
            let own = seen[w][o] - 0.02 * (o as f32 - search as f32).abs();
            best[w][o] = own;
            if w > 0 {
                let near = o.saturating_sub(3)..(o + 4).min(offsets);
                let cost = |p: usize| best[w - 1][p] - config.bend_cost * (p as f32 - o as f32).abs();
                let back = near.max_by(|&p, &q| cost(p).total_cmp(&cost(q))).unwrap_or(o);
                (best[w][o], from[w][o]) = (own + cost(back), back);
            }
        }
    }
    let Some(end) = best.last() else { return Vec::new() };
    let mut o = (0..offsets).max_by(|&p, &q| end[p].total_cmp(&end[q])).unwrap_or(0);
    let mut course = vec![0.0; seen.len()];
    for w in (0..seen.len()).rev() {
        course[w] = fine(&seen[w], o) - search as f32;
        o = from[w][o];
    }
    course
}

/// The centre of the evidence around an offset.
fn fine(window: &[f32], o: usize) -> f32 {
    let near = o.saturating_sub(1)..=(o + 1).min(window.len() - 1);
    let (mass, moment) = near.fold((0.0, 0.0), |(m, t), i| (m + window[i], t + window[i] * i as f32));
    if mass > 0.0 { moment / mass } else { o as f32 }
}

/// Joins the windows' offsets into one smooth course.
fn bend(predicted: &[f32], course: &[f32], window: i32) -> Vec<f32> {
    let row = |(i, p): (usize, &f32)| {
        let at = i as f32 / window as f32 - 0.5;
        let low = (at.floor().max(0.0) as usize).min(course.len() - 1);
        let high = (low + 1).min(course.len() - 1);
        let part = (at - low as f32).clamp(0.0, 1.0);
        p + course[low] * (1.0 - part) + course[high] * part
    };
    predicted.iter().enumerate().map(row).collect()
}

/// Whether a flat piece is part of the printed rule, not of a letter.
fn is_rule(flat: &Flat, map: &InkMap, dots: Dots, config: &Config) -> bool {
    if dots.solid {
        return true;
    }
    let touches = |x: i32, (top, bottom): (i32, i32)| (top - 1..=bottom + 1).any(|y| map.is_ink(x, y));
    let ends = flat.runs.first().zip(flat.runs.last());
    let Some((&first, &last)) = ends else { return false };
    let to = flat.from + flat.runs.len() as i32;
    let sides = u8::from(touches(flat.from - 1, first)) + u8::from(touches(to, last));
    let length = flat.runs.len() as f32;
    let height = flat.runs.iter().map(|(t, b)| b - t + 1).max().unwrap_or(0) as f32;
    match sides {
        // no letter's foot stands by itself, and nothing higher than a dot is here
        0 => true,
        1 => length <= dots.width + 1.0 || (length >= config.strip as f32 && height <= dots.height + 0.5),
        _ => false,
    }
}
