//! What should rise and does not: whom to ask.
//!
//! A misread number contradicts its right neighbours as much as they contradict it. The heaviest run that rises is believed;
//! what stands outside of it is asked, and with it what it contradicts, unless that is clearly surer.

use std::collections::BTreeMap;

use crate::domain::Confidence;

/// Nothing read is surer than that, so that one reading does not outweigh a whole book.
pub(super) const SUREST: f32 = 0.999;

/// Which of `sure.len()` things to ask, each with the nearest one that it contradicts. `falls(i, j)`: of two things in the
/// order in which they should rise, `i` before `j`, the later stands too low. `outweighed`: how many times as sure the other
/// side has to be to be left alone.
pub(super) fn to_ask(
    sure: &[Confidence],
    falls: impl Fn(usize, usize) -> bool,
    outweighed: f32,
) -> BTreeMap<usize, usize> {
    let weights: Vec<f32> = sure.iter().map(|c| -(1.0 - c.get().min(SUREST)).ln()).collect();
    let believed = heaviest_run(&weights, &falls);
    let contradict = |a: usize, b: usize| if a < b { falls(a, b) } else { falls(b, a) };
    let mut asked = BTreeMap::new();
    for outside in (0..weights.len()).filter(|i| !believed.contains(i)) {
        let against: Vec<usize> = believed.iter().copied().filter(|b| contradict(*b, outside)).collect();
        let Some(nearest) = against.iter().copied().min_by_key(|b| b.abs_diff(outside)) else { continue };
        asked.insert(outside, nearest);
        if against.iter().map(|b| weights[*b]).sum::<f32>() < outweighed * weights[outside] {
            against.into_iter().for_each(|b| _ = asked.entry(b).or_insert(outside));
        }
    }
    asked
}

/// The rising things that weigh most together, in order.
fn heaviest_run(weights: &[f32], falls: &impl Fn(usize, usize) -> bool) -> Vec<usize> {
    // the heaviest run that ends in each, and what stands before it there
    let mut ending: Vec<(f32, Option<usize>)> = Vec::with_capacity(weights.len());
    for (i, weight) in weights.iter().enumerate() {
        let before = (0..i).filter(|j| !falls(*j, i)).max_by(|a, b| ending[*a].0.total_cmp(&ending[*b].0));
        ending.push((weight + before.map_or(0.0, |j| ending[j].0), before));
    }
    let mut at = (0..weights.len()).max_by(|a, b| ending[*a].0.total_cmp(&ending[*b].0));
    let mut run = Vec::new();
    while let Some(i) = at {
        run.push(i);
        at = ending[i].1;
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(things: &[(u32, f32)]) -> Vec<(usize, usize)> {
        let sure: Vec<Confidence> = things.iter().map(|t| Confidence::new(t.1)).collect();
        to_ask(&sure, |i, j| things[j].0 < things[i].0, 2.0).into_iter().collect()
    }

    #[test]
    fn what_rises_or_stays_is_not_asked() {
        assert_eq!(asked(&[(1, 0.9), (1, 0.1), (3, 0.9)]), []);
        assert_eq!(asked(&[]), []);
    }

    #[test]
    fn one_that_sticks_out_is_asked_and_not_its_neighbours_on_either_side() {
        assert_eq!(asked(&[(1, 0.9), (90, 0.9), (3, 0.9), (4, 0.9)]), [(1, 2)]);
        assert_eq!(asked(&[(50, 0.9), (51, 0.9), (2, 0.9), (53, 0.9)]), [(2, 1)]);
    }

    #[test]
    fn of_two_alike_both_are_asked_of_one_much_surer_only_the_other() {
        assert_eq!(asked(&[(5, 0.99), (4, 0.98)]), [(0, 1), (1, 0)]);
        assert_eq!(asked(&[(5, 0.99), (4, 0.6)]), [(1, 0)]);
        assert_eq!(asked(&[(5, 0.6), (4, 0.99)]), [(0, 1)]);
    }

    #[test]
    fn one_surest_reading_does_not_outweigh_several() {
        assert_eq!(asked(&[(9, 1.0), (4, 0.99), (5, 0.99), (6, 0.99), (7, 0.99)]), [(0, 1)]);
    }
}
