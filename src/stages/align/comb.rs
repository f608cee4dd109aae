//! Ruled tables: all rules of one direction are found together, as the teeth of a comb.

use super::marks::Spot;

/// Where the comb of nominal positions lies: page = `start` + `scale` · nominal + `lean` · (across − `middle`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Comb {
    start: f32,
    scale: f32,
    lean: f32,
    middle: f32,
}

/// What is searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search {
    /// Page = `start` + `scale` · nominal, as far as labels tell.
    pub(super) start: f32,
    /// Pixels a millimetre.
    pub(super) scale: f32,
    /// How far the comb may be off, pixels.
    pub(super) reach: f32,
    /// Length of the rules, pixels: a full tooth has a point every fourth of them.
    pub(super) length: f32,
    /// Where across the comb it is read.
    pub(super) middle: f32,
    /// Share of all teeth's points that must be there.
    pub(super) share: f32,
}

/// Width of a histogram cell, pixels: about a rule.
const CELL: f32 = 2.0;
/// Sizes tried, as shares of the expected one.
const SIZES: std::ops::RangeInclusive<i32> = -12..=12;
/// Step of size: over 200 mm half a percent is 1 mm.
const SIZE_STEP: f32 = 0.005;
/// Leans tried to both sides.
const LEANS: std::ops::RangeInclusive<i32> = -6..=6;
/// Step of lean: over a 200 mm rule 3 px.
const LEAN_STEP: f32 = 0.002;

impl Comb {
    /// The best comb through points (along the comb, across it).
    pub(super) fn find(points: &[Spot], nominal: &[f32], search: &Search) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        // a tooth counts fully when three tenths of it are seen: bold and faint rules weigh alike
        let full = search.length / 4.0 * 0.3;
        let centre = f32::midpoint(*nominal.first()?, *nominal.last()?);
        for lean in LEANS.map(|l| l as f32 * LEAN_STEP) {
            let histogram = Histogram::of(points, lean, search.middle, full);
            for size in SIZES.map(|s| 1.0 + s as f32 * SIZE_STEP) {
                let scale = search.scale * size;
                // grow about the middle of the comb
                let start = search.start + (search.scale - scale) * centre;
                let mut shift = -search.reach;
                while shift <= search.reach {
                    let score: f32 = nominal.iter().map(|n| histogram.at(start + shift + scale * n)).sum();
                    // of two equal combs the less surprising
                    let score = score * (1.0 - 0.1 * (shift / search.reach).abs());
                    if best.is_none_or(|(most, _)| score > most) {
                        best = Some((score, Self { start: start + shift, scale, lean, middle: search.middle }));
                    }
                    shift += CELL;
                }
            }
        }
        let (score, comb) = best?;
        (score >= search.share * full * nominal.len() as f32).then_some(comb)
    }

    /// Where the tooth of a nominal position crosses the line at `across`.
    pub(super) fn at(&self, nominal: f32, across: f32) -> f32 {
        self.start + self.scale * nominal + self.lean * (across - self.middle)
    }
}

struct Histogram {
    cells: Vec<f32>,
}

impl Histogram {
    fn of(points: &[Spot], lean: f32, middle: f32, full: f32) -> Self {
        let mut counts: Vec<f32> = Vec::new();
        for (along, across) in points {
            let cell = (along - lean * (across - middle)) / CELL;
            if cell < 0.0 {
                continue;
            }
            let cell = cell as usize;
            if counts.len() <= cell {
                counts.resize(cell + 1, 0.0);
            }
            counts[cell] += 1.0;
        }
        // what lies beyond a full tooth still tells a centred comb from one that is a step off
        let around = |i: usize| {
            let seen = counts[i.saturating_sub(1)..(i + 2).min(counts.len())].iter().sum::<f32>();
            seen.min(full) + 0.1 * (seen - full).max(0.0)
        };
        Self { cells: (0..counts.len()).map(around).collect() }
    }

    fn at(&self, position: f32) -> f32 {
        if position < 0.0 { 0.0 } else { self.cells.get((position / CELL) as usize).copied().unwrap_or(0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOMINAL: [f32; 5] = [10.0, 20.0, 45.0, 60.0, 95.0];

    fn search() -> Search {
        Search { start: 0.0, scale: 8.0, reach: 100.0, length: 400.0, middle: 200.0, share: 0.5 }
    }

    fn rules(teeth: &[f32], place: impl Fn(f32, f32) -> f32) -> Vec<Spot> {
        teeth
            .iter()
            .flat_map(|n| (0..100).map(|i| (place(*n, i as f32 * 4.0), i as f32 * 4.0)).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn a_shifted_grown_leaning_comb_is_found() {
        let place = |n: f32, across: f32| 61.0 + 8.16 * n + 0.006 * (across - 200.0);
        let comb = Comb::find(&rules(&NOMINAL, place), &NOMINAL, &search()).expect("found");
        for n in NOMINAL {
            for across in [0.0, 400.0] {
                assert!((comb.at(n, across) - place(n, across)).abs() < 4.0, "{n} {across}");
            }
        }
    }

    #[test]
    fn half_of_the_teeth_are_enough_but_one_is_not() {
        let place = |n: f32, _: f32| 30.0 + 8.0 * n;
        assert!(Comb::find(&rules(&NOMINAL[..3], place), &NOMINAL, &search()).is_some());
        assert_eq!(Comb::find(&rules(&NOMINAL[..1], place), &NOMINAL, &search()), None);
    }

    #[test]
    fn no_rules_no_comb() {
        assert_eq!(Comb::find(&[], &NOMINAL, &search()), None);
    }
}
