//! Strike-outs: a long, thin, nearly level stroke that runs across the letters of a word.

use serde::Deserialize;

use super::canvas::Canvas;

/// Section `[cut.strike]`. Shares are shares of the line pitch.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Core of a stroke: this dark at least, as a share of the middle of the line's ink. Letters close together are
    /// joined by their soft edges only, a strike by ink.
    pub core: f32,
    /// Shortest strike.
    pub shortest: f32,
    /// Columns between two steps of one row: the steepest strike.
    pub steady: u8,
    /// Widest break in it, pixels.
    pub gap: u8,
    /// Lowest place of its middle above the baseline …
    pub lowest: f32,
    /// … and the highest.
    pub highest: f32,
    /// Least number of letter strokes that stick out above and below it.
    pub crossings: usize,
    /// Least share of its columns with ink on the straight line between its ends.
    pub straight: f32,
    /// How far it goes on beyond the letters on both sides, pixels.
    pub end: usize,
    /// How far a letter's stroke must go on above and below it, pixels.
    pub stick_out: i32,
    /// Ink left over up to this share of all ink does not make a struck value a written one.
    pub rest: f32,
}

/// How much of a line is struck out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Struck {
    /// Nothing.
    Not,
    /// These columns of the canvas; the rest stands.
    Partly(Vec<(i32, i32)>),
    /// All that matters.
    Wholly,
}

/// A level path through ink that ends here.
#[derive(Debug, Clone, Copy, Default)]
struct Path {
    length: i32,
    start: i32,
    first: i32,
    since: u8,
    gap: u8,
}

/// A stretch of columns and the straight line through it.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    from: i32,
    to: i32,
    row: f32,
    slope: f32,
}

impl Stroke {
    fn row_at(&self, x: i32) -> i32 {
        (self.row + self.slope * (x - self.from) as f32).round() as i32
    }
}

/// Looks for strike-outs; `baseline` is the rule's row on the canvas.
pub(super) fn find(canvas: &Canvas, baseline: f32, pitch: f32, config: &Config) -> Struck {
    let mut left = canvas.clone();
    let mut stretches = Vec::new();
    while let Some((from, to)) = longest(&left, baseline, pitch, config) {
        left.clear_columns(from - 2, to + 3);
        stretches.push((from - 2, to + 3));
    }
    let rest = left.area() as f32 / canvas.area().max(1) as f32;
    match stretches.len() {
        0 => Struck::Not,
        _ if rest <= config.rest => Struck::Wholly,
        _ => Struck::Partly(stretches),
    }
}

/// The longest strike on the canvas, if one is long enough.
fn longest(canvas: &Canvas, baseline: f32, pitch: f32, config: &Config) -> Option<(i32, i32)> {
    let top = (baseline - config.highest * pitch).max(0.0) as i32;
    let bottom = ((baseline - config.lowest * pitch) as i32 + 1).min(canvas.height);
    let mut paths = vec![Path::default(); (bottom - top).max(0) as usize];
    let mut found: Vec<Stroke> = Vec::new();
    for x in 0..canvas.width {
        let next: Vec<Path> =
            (0..).zip(&paths).map(|(i, _)| extend(&paths, i, x, canvas.has(x, top + i), config)).collect();
        for (i, path) in (top..).zip(&next).filter(|(_, p)| p.gap == 0 && p.length as f32 >= config.shortest * pitch) {
            let slope = (i - top - path.first) as f32 / path.length as f32;
            let stroke = Stroke { from: path.start, to: x, row: (top + path.first) as f32, slope };
            match found.last_mut() {
                Some(last) if last.from == stroke.from => *last = stroke,
                _ => found.push(stroke),
            }
        }
        paths = next;
    }
    found.retain(|s| is_strike(canvas, s, config));
    found.iter().max_by_key(|s| s.to - s.from).map(|s| (s.from, s.to))
}

/// The best path that reaches row `i` at column `x`.
fn extend(before: &[Path], i: i32, x: i32, ink: bool, config: &Config) -> Path {
    let at = |j: i32| usize::try_from(j).ok().and_then(|j| before.get(j)).copied().unwrap_or_default();
    let level = at(i);
    let stepped = [at(i - 1), at(i + 1)].into_iter().filter(|p| p.since >= config.steady).max_by_key(|p| p.length);
    let (path, since) = match stepped {
        Some(p) if p.length > level.length => (p, 0),
        _ => (level, level.since.saturating_add(1)),
    };
    match (ink, path.length) {
        (true, 0) => Path { length: 1, start: x, first: i, since: 0, gap: 0 },
        (true, _) => Path { length: path.length + 1, since, gap: 0, ..path },
        (false, 1..) if path.gap < config.gap => Path { length: path.length + 1, since, gap: path.gap + 1, ..path },
        (false, _) => Path::default(),
    }
}

/// Whether a stroke is straight, crosses letters, and goes on beyond them at both ends.
fn is_strike(canvas: &Canvas, stroke: &Stroke, config: &Config) -> bool {
    let columns = stroke.from..=stroke.to;
    let on_line = |x: &i32| (-1..=1).any(|d| canvas.has(*x, stroke.row_at(*x) + d));
    let straight = columns.clone().filter(on_line).count() as f32 / (stroke.to - stroke.from + 1) as f32;
    let alone = |x: &i32| is_alone(canvas, *x, stroke.row_at(*x), config);
    let leading: Vec<i32> = columns.clone().take_while(alone).collect();
    let trailing: Vec<i32> = columns.rev().take_while(alone).collect();
    let shorter = leading.len().min(trailing.len());
    let longer = if leading.len() > trailing.len() { leading } else { trailing };
    if straight < config.straight || shorter < config.end {
        return false;
    }
    let middle = Stroke { row: stroke.row + drift(canvas, stroke, &longer, config), ..*stroke };
    crossings(canvas, &middle, config) >= config.crossings
}

/// Whether nothing but the stroke lies on a column.
fn is_alone(canvas: &Canvas, x: i32, row: i32, config: &Config) -> bool {
    let reach = config.stick_out;
    canvas.has(x, row) && !(2 * reach..=4 * reach).any(|d| canvas.has(x, row - d) || canvas.has(x, row + d))
}

/// How far the stroke's middle lies below the path found through it.
fn drift(canvas: &Canvas, stroke: &Stroke, columns: &[i32], config: &Config) -> f32 {
    let reach = 2 * config.stick_out;
    let off = |&x: &i32| {
        let row = stroke.row_at(x);
        (-reach..=reach).filter(|d| canvas.has(x, row + d)).fold((0, 0), |(sum, n), d| (sum + d, n + 1))
    };
    let (sum, n) = columns.iter().map(off).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    sum as f32 / n.max(1) as f32
}

/// How many separate strokes stick out both above and below the strike.
fn crossings(canvas: &Canvas, stroke: &Stroke, config: &Config) -> usize {
    let reach = config.stick_out;
    let sticks = |x: i32| {
        let row = stroke.row_at(x);
        let on = |side: i32| (reach..=3 * reach).any(|d| canvas.has(x, row + side * d));
        on(-1) && on(1)
    };
    let columns: Vec<bool> = (stroke.from..=stroke.to).map(sticks).collect();
    columns.chunk_by(|a, b| a == b).filter(|c| c[0]).count()
}
