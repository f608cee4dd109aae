//! Which layout a page shows: the one whose labels stand in the right places.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Config;
use super::fit::{Fit, Tie};
use super::sight::{self, Sighting, TextLine};
use crate::forms::Layout;

/// A layout laid over a page.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// Which.
    pub(super) layout: Arc<Layout>,
    /// Millimetres to pixels.
    pub(super) fit: Fit,
    /// For each label of the layout, where it was seen in its place.
    pub(super) seen: Vec<Option<Sighting>>,
    /// Share of the layout's letters that were seen.
    pub(super) found: f32,
    /// Agreement both ways: also counts what other layouts explain of the page and this one does not.
    pub(super) score: f32,
}

/// All layouts on one page, best first.
pub(super) fn ranked(layouts: &[Arc<Layout>], lines: &[TextLine], dpi: u32, config: &Config) -> Vec<Match> {
    let scale = dpi as f32 / 25.4;
    let mut matches: Vec<Match> = layouts.iter().filter_map(|l| lay_over(l, lines, scale, config)).collect();
    let explained = |m: &Match| -> BTreeSet<(usize, usize)> {
        m.seen.iter().flatten().flat_map(|s| (s.letters.0..s.letters.1).map(|i| (s.line, i))).collect()
    };
    let mut all = BTreeSet::new();
    for m in &matches {
        all.extend(explained(m));
    }
    for m in &mut matches {
        let letters: usize = counted(&m.layout).sum();
        let seen = explained(m).len();
        m.score = 2.0 * seen as f32 / (letters + all.len()).max(1) as f32;
    }
    matches.sort_by(|a, b| b.score.total_cmp(&a.score));
    matches
}

fn counted(layout: &Layout) -> impl Iterator<Item = usize> + '_ {
    layout.labels.iter().map(|l| sight::bare(&l.text).len())
}

/// A label and one place where it may stand.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    label: usize,
    letters: usize,
    sighting: Sighting,
}

fn lay_over(layout: &Arc<Layout>, lines: &[TextLine], scale: f32, config: &Config) -> Option<Match> {
    let mut candidates = Vec::new();
    for (label, l) in layout.labels.iter().enumerate() {
        let letters = sight::bare(&l.text);
        let most_errors = (letters.len() as f32 * config.label_errors) as usize;
        let found = sight::sightings(&letters, lines, most_errors);
        candidates.extend(found.into_iter().map(|sighting| Candidate { label, letters: letters.len(), sighting }));
    }
    let rough = best_guess(layout, &candidates, scale, config)?;
    let mut fit = rough;
    let mut seen = Vec::new();
    for near in [config.near_first, config.near_first * 0.7, config.near_last] {
        seen = in_place(layout, &candidates, &fit, near);
        let ties: Vec<Tie> = ties(layout, &seen);
        fit = fit.refined(&ties, config.near_last * scale);
    }
    let letters: usize = counted(layout).sum();
    let right: usize =
        seen.iter().flatten().map(|s| s.letters.1 - s.letters.0 - s.errors.min(s.letters.1 - s.letters.0)).sum();
    Some(Match { layout: layout.clone(), fit, seen, found: right as f32 / letters.max(1) as f32, score: 0.0 })
}

/// Ties between seen labels and their nominal places: across by their left ends, for widths differ from print to
/// print; down at two points each, for long labels tell how the row falls.
pub(super) fn ties(layout: &Layout, seen: &[Option<Sighting>]) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (label, s) in layout.labels.iter().zip(seen) {
        let Some(s) = s else { continue };
        let weight = ((s.letters.1 - s.letters.0) as f32 / 10.0).min(2.0);
        ties.push(Tie {
            form: (label.from, label.baseline),
            x: Some(s.left).filter(|_| !s.run_into.0),
            y: None,
            weight,
        });
        for (share, y) in [(0.25, s.baseline.0), (0.75, s.baseline.1)] {
            let x = label.from + share * (label.to - label.from);
            ties.push(Tie { form: (x, label.baseline), x: None, y: Some(y), weight: weight / 2.0 });
        }
    }
    ties
}

/// Tries every two sightings as the only true ones and keeps the try that most letters agree with.
fn best_guess(layout: &Layout, candidates: &[Candidate], scale: f32, config: &Config) -> Option<Fit> {
    let mut sure: Vec<&Candidate> = candidates.iter().filter(|c| c.letters >= config.sure_letters).collect();
    sure.sort_by_key(|c| (c.sighting.errors * 100 / c.letters, usize::MAX - c.letters));
    sure.truncate(config.most_guesses);
    let mut best: Option<(f32, Fit)> = None;
    for (i, a) in sure.iter().enumerate() {
        for b in &sure[..i] {
            let Some(fit) = guess(layout, a, b, scale, config) else { continue };
            let agreed = agreement(layout, candidates, &fit, config.near_first);
            if best.is_none_or(|(most, _)| agreed > most) {
                best = Some((agreed, fit));
            }
        }
    }
    best.map(|(_, fit)| fit)
}

/// The similarity that two sightings imply, if it is believable on a cleaned page.
fn guess(layout: &Layout, a: &Candidate, b: &Candidate, scale: f32, config: &Config) -> Option<Fit> {
    let (la, lb) = (&layout.labels[a.label], &layout.labels[b.label]);
    let (nx, ny) = (lb.from - la.from, lb.baseline - la.baseline);
    let (px, py) = (b.sighting.left - a.sighting.left, b.sighting.baseline.0 - a.sighting.baseline.0);
    let nominal = nx.hypot(ny);
    if a.label == b.label || nominal < config.guess_distance {
        return None;
    }
    let seen_scale = px.hypot(py) / nominal;
    let turn = (py.atan2(px) - ny.atan2(nx)).rem_euclid(std::f32::consts::TAU);
    let turn = if turn > std::f32::consts::PI { turn - std::f32::consts::TAU } else { turn };
    let ratio = seen_scale / scale;
    let believable =
        (config.scale_least..=config.scale_most).contains(&ratio) && turn.abs() <= config.turn_most.to_radians();
    believable
        .then(|| Fit::similarity((la.from, la.baseline), (a.sighting.left, a.sighting.baseline.0), seen_scale, turn))
}

fn agreement(layout: &Layout, candidates: &[Candidate], fit: &Fit, near: f32) -> f32 {
    let mut total = 0.0;
    for seen in in_place(layout, candidates, fit, near).iter().flatten() {
        total += (seen.letters.1 - seen.letters.0) as f32 - 2.0 * seen.errors as f32;
    }
    total
}

/// For each label the sighting nearest to its predicted place, if it is within `near` millimetres.
fn in_place(layout: &Layout, candidates: &[Candidate], fit: &Fit, near: f32) -> Vec<Option<Sighting>> {
    let (across, down) = fit.scale();
    let mut seen: Vec<Option<(f32, Sighting)>> = vec![None; layout.labels.len()];
    for c in candidates {
        let label = &layout.labels[c.label];
        let x = fit.at((label.from, label.baseline)).0;
        let y = fit.at((f32::midpoint(label.from, label.to), label.baseline)).1;
        let (dx, dy) = ((c.sighting.left - x) / across, (c.sighting.level() - y) / down);
        // an error more is as bad as standing a tenth of the reach off
        let off = (dx.powi(2) + dy.powi(2)).sqrt() / near + c.sighting.errors as f32 * 0.1;
        let slot = &mut seen[c.label];
        if dx.abs() <= near && dy.abs() <= near * 0.8 && slot.is_none_or(|(least, _)| off < least) {
            *slot = Some((off, c.sighting));
        }
    }
    seen.into_iter().map(|s| s.map(|(_, sighting)| sighting)).collect()
}
