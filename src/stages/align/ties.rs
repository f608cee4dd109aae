//! What frame, divider and table rules say about where the form lies: ties that steady the fit.

use super::Config;
use super::choose::Match;
use super::comb::{Comb, Search};
use super::fit::Tie;
use super::marks::{Marks, Spot};
use super::row::{CELL, Row};
use crate::forms::Place;

/// Ties from the level rules of a table, to steady the fit down the page.
pub(super) fn table_ties(matched: &Match, marks: &Marks, config: &Config) -> Vec<Tie> {
    let layout = &matched.layout;
    let Some(fold) = layout.gutter else { return Vec::new() };
    let frame = &layout.frame;
    let mut levels: Vec<f32> = layout.entries.iter().flatten().flatten().filter_map(baseline_in_column).collect();
    levels.push(frame.top);
    levels.sort_by(f32::total_cmp);
    levels.dedup_by(|a, b| (*a - *b).abs() < 0.1);
    let mut ties = Vec::new();
    for (left, right) in [(frame.left, fold), (fold, frame.right)] {
        let middle = f32::midpoint(left, right);
        let ((x0, _), (x1, _)) = (matched.fit.at((left, 0.0)), matched.fit.at((right, 0.0)));
        let scale = matched.fit.scale().1;
        let search = Search {
            start: matched.fit.at((middle, 0.0)).1,
            scale,
            reach: config.table_reach * scale,
            length: x1 - x0,
            middle: f32::midpoint(x0, x1),
            share: config.table_share,
        };
        let comb = [&marks.rows, &marks.faint].into_iter().find_map(|rows| {
            let points: Vec<Spot> = rows.iter().filter(|p| (x0..=x1).contains(&p.0)).map(|p| (p.1, p.0)).collect();
            Comb::find(&points, &levels, &search)
        });
        let Some(comb) = comb else { continue };
        for level in &levels {
            for x in [left, right] {
                let y = comb.at(*level, matched.fit.at((x, *level)).0);
                ties.push(Tie { form: (x, *level), x: None, y: Some(y), weight: 1.0 });
            }
        }
    }
    ties
}

fn baseline_in_column(place: &Place) -> Option<f32> {
    match place {
        Place::Line { from, column: Some(_), .. } => Some(from.y),
        Place::Line { column: None, .. } | Place::Area(_) => None,
    }
}

/// Which way a rule runs.
#[derive(Debug, Clone, Copy)]
enum Axis {
    Upright,
    Level,
}

impl Axis {
    /// A point as (along, across).
    fn turned(self, (x, y): Spot) -> Spot {
        match self {
            Self::Upright => (y, x),
            Self::Level => (x, y),
        }
    }
}

/// Ties from the rules of frame and divider, to steady the fit across and down the page.
pub(super) fn rule_ties(matched: &Match, marks: &Marks, config: &Config) -> Vec<Tie> {
    let (layout, scale) = (&matched.layout, matched.fit.scale());
    let frame = &layout.frame;
    let tie = |axis: Axis, nominal: f32, (from, to): (f32, f32)| {
        let (points, reach, share) = match axis {
            Axis::Upright => (&marks.verticals, config.rule_reach * scale.0, config.rule_share),
            Axis::Level => (&marks.rows, config.rule_reach * scale.1, config.frame_share),
        };
        let ends = [from, to].map(|along| axis.turned(matched.fit.at(axis.turned((along, nominal)))));
        let at = nearest_rule(points.iter().map(|p| axis.turned(*p)), ends, reach, share)?;
        let (x, y) = match axis {
            Axis::Upright => (Some(at), None),
            Axis::Level => (None, Some(at)),
        };
        Some(Tie { form: axis.turned((f32::midpoint(from, to), nominal)), x, y, weight: 1.0 })
    };
    let mut ties = Vec::new();
    for nominal in [Some(frame.left), Some(frame.right), layout.divider].into_iter().flatten() {
        ties.extend(thirds(frame.top, frame.bottom).filter_map(|third| tie(Axis::Upright, nominal, third)));
    }
    // the levels of a table are tied by themselves
    for nominal in [frame.top, frame.bottom].into_iter().filter(|_| layout.gutter.is_none()) {
        ties.extend(thirds(frame.left, frame.right).filter_map(|third| tie(Axis::Level, nominal, third)));
    }
    ties
}

fn thirds(from: f32, to: f32) -> impl Iterator<Item = (f32, f32)> {
    let third = (to - from) / 3.0;
    (0..3).map(move |part| (from + third * part as f32, from + third * (part + 1) as f32))
}

/// Where across a rule runs in its middle that should run from one point to another: voted by the points beside that
/// course. All are given as (along, across); `reach` is how far off the rule may run, `share` what of it must be seen.
pub(super) fn nearest_rule(
    points: impl Iterator<Item = Spot>,
    [from, to]: [Spot; 2],
    reach: f32,
    share: f32,
) -> Option<f32> {
    let course = Row::between(from, to);
    let mut offs: Vec<f32> = points
        .filter(|p| (from.0..=to.0).contains(&p.0))
        .map(|p| p.1 - course.at(p.0))
        .filter(|off| off.abs() <= reach)
        .collect();
    offs.sort_by(f32::total_cmp);
    // the densest 4 px window
    let mut best: (usize, f32) = (0, 0.0);
    for (i, off) in offs.iter().enumerate() {
        let count = offs[i..].partition_point(|o| o - off <= 4.0);
        if count > best.0 {
            best = (count, offs[i + count / 2]);
        }
    }
    let enough = (to.0 - from.0) / CELL * share;
    (best.0 as f32 >= enough).then(|| f32::midpoint(from.1, to.1) + best.1)
}
