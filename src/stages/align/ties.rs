//! What frame, divider and table rules say about where the form lies: ties that steady the fit.

use super::Config;
use super::choose::Match;
use super::comb::{Comb, Search};
use super::fit::Tie;
use super::marks::{Marks, Spot};
use super::row::CELL;
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
        let points: Vec<Spot> = marks.rows.iter().filter(|p| (x0..=x1).contains(&p.0)).map(|p| (p.1, p.0)).collect();
        let scale = matched.fit.scale().1;
        let search = Search {
            start: matched.fit.at((middle, 0.0)).1,
            scale,
            reach: config.table_reach * scale,
            length: x1 - x0,
            middle: f32::midpoint(x0, x1),
            share: config.table_share,
        };
        let Some(comb) = Comb::find(&points, &levels, &search) else { continue };
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

/// Where a rule runs in its middle that should run from one point to another: voted by the points beside that course, as
/// an offset from it.
///
/// Points and ends are given as (along, across). `reach` is the largest offset, `share` the least share of the rule that
/// must be seen.
fn nearest_rule(points: impl Iterator<Item = Spot>, (from, to): (Spot, Spot), reach: f32, share: f32) -> Option<f32> {
    let lean = (to.1 - from.1) / (to.0 - from.0).max(1.0);
    let mut offs: Vec<f32> = points
        .filter(|p| (from.0..=to.0).contains(&p.0))
        .map(|p| p.1 - (from.1 + lean * (p.0 - from.0)))
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
    (best.0 as f32 >= enough).then_some(best.1)
}

/// Ties from the rules of frame and divider, to steady the fit across and down the page.
pub(super) fn rule_ties(matched: &Match, marks: &Marks, config: &Config) -> Vec<Tie> {
    let layout = &matched.layout;
    let frame = &layout.frame;
    let (fit, scale) = (&matched.fit, matched.fit.scale());
    let mut ties = Vec::new();
    let swap = |(x, y): Spot| (y, x);
    for nominal in [Some(frame.left), Some(frame.right), layout.divider].into_iter().flatten() {
        for (top, bottom) in thirds(frame.top, frame.bottom) {
            let ends = (swap(fit.at((nominal, top))), swap(fit.at((nominal, bottom))));
            let uprights = marks.verticals.iter().copied().map(swap);
            let off = nearest_rule(uprights, ends, config.rule_reach * scale.0, config.rule_share);
            ties.extend(off.map(|off| {
                let x = f32::midpoint(ends.0.1, ends.1.1) + off;
                Tie { form: (nominal, f32::midpoint(top, bottom)), x: Some(x), y: None, weight: 1.0 }
            }));
        }
    }
    // the levels of a table are tied by themselves
    for nominal in [frame.top, frame.bottom].into_iter().filter(|_| layout.gutter.is_none()) {
        for (left, right) in thirds(frame.left, frame.right) {
            let ends = (fit.at((left, nominal)), fit.at((right, nominal)));
            let levels = marks.rows.iter().copied();
            let off = nearest_rule(levels, ends, config.rule_reach * scale.1, config.frame_share);
            ties.extend(off.map(|off| {
                let y = f32::midpoint(ends.0.1, ends.1.1) + off;
                Tie { form: (f32::midpoint(left, right), nominal), x: None, y: Some(y), weight: 1.0 }
            }));
        }
    }
    ties
}

fn thirds(from: f32, to: f32) -> impl Iterator<Item = (f32, f32)> {
    let third = (to - from) / 3.0;
    (0..3).map(move |part| (from + third * part as f32, from + third * (part + 1) as f32))
}
