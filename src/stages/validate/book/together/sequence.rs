//! What should rise from act to act: an act's number, its page, the day of its registration.
//!
//! A book is a chain: what one act may say makes likely what the next one says. Each act's candidates are weighed with all
//! acts before and behind it (forward and backward, as in any hidden Markov model). An act that nobody could read keeps
//! its place: it may say what its neighbours' readings leave room for.

use serde::Deserialize;

/// Section `[validate.sequence]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How often the next act has the next number, or stands on the next page.
    pub next: f32,
    /// How often some numbers lie between.
    pub skip: f32,
    /// How often an act has any number at all, or any day.
    pub jump: f32,
    /// Days from act to act.
    pub days: f32,
    /// The book makes a page's own odds at most so much better (ln).
    pub most: f32,
}

/// How likely one step is from an act to the next.
#[derive(Clone, Copy)]
pub(super) enum Rise {
    /// Numbers and pages: mostly by one.
    Number,
    /// Days: mostly by few.
    Day,
}

/// One of this many values is what a jump leads to, and what stands where nobody could read.
const ANY: f32 = 1e-3;
/// Neighbours on each side that say what an act may read where its own reading does not.
const REACH: usize = 3;

impl Rise {
    fn likely(self, step: i64, config: &Config) -> f32 {
        let jump = config.jump * ANY;
        let rises = match (self, step) {
            (_, ..0) => 0.0,
            (Self::Number, 0) => 1.0 - config.next - config.skip - config.jump,
            (Self::Number, 1) => config.next,
            // 2 is as frequent as all above it
            (Self::Number, _) => config.skip * 0.5_f32.powi(i32::try_from(step - 1).unwrap_or(i32::MAX)),
            (Self::Day, _) => (1.0 - config.jump) / config.days * (1.0 + step as f32 / config.days).powi(-2),
        };
        rises + jump
    }

    /// What an act says if the one so many acts before it says `value`.
    fn after(self, value: i64, acts: i64) -> i64 {
        match self {
            Self::Number => value + acts,
            Self::Day => value,
        }
    }
}

/// What an act may say: values with their likelihood by its own page; nothing for an act without a reading.
pub(super) type Candidates = Vec<(i64, f32)>;

/// How likely each candidate of each act is with all other acts.
pub(super) fn together(acts: &[Candidates], rise: Rise, config: &Config) -> Vec<Vec<f32>> {
    let states: Vec<Candidates> = (0..acts.len()).map(|at| states(acts, at, rise)).collect();
    let before = passed(&states, |from, to| rise.likely(to - from, config));
    let reversed: Vec<Candidates> = states.iter().rev().cloned().collect();
    let mut behind = passed(&reversed, |from, to| rise.likely(from - to, config));
    behind.reverse();
    let all = acts.iter().enumerate().map(|(at, own)| {
        let weights: Vec<f32> =
            states[at].iter().zip(&before[at]).zip(&behind[at]).map(|((s, a), b)| s.1 * a * b).collect();
        let sum: f32 = weights.iter().sum();
        weights.iter().take(own.len()).map(|w| w / sum.max(f32::MIN_POSITIVE)).collect()
    });
    all.collect()
}

/// An act's own candidates, and behind them what its neighbours leave for it.
fn states(acts: &[Candidates], at: usize, rise: Rise) -> Candidates {
    let mut states = acts[at].clone();
    let open = (1.0 - states.iter().map(|s| s.1).sum::<f32>()).max(ANY) * ANY;
    for other in at.saturating_sub(REACH)..acts.len().min(at + REACH + 1) {
        let acts_between = i64::try_from(at).unwrap_or(0) - i64::try_from(other).unwrap_or(0);
        for (value, _) in acts[other].iter().filter(|_| other != at) {
            let left = rise.after(*value, acts_between);
            if states.iter().all(|(known, _)| *known != left) {
                states.push((left, open));
            }
        }
    }
    // nobody near it can be read either
    if states.is_empty() { vec![(0, open)] } else { states }
}

/// What all acts before say about each state of each act.
fn passed(states: &[Candidates], likely: impl Fn(i64, i64) -> f32) -> Vec<Vec<f32>> {
    let mut told: Vec<Vec<f32>> = Vec::with_capacity(states.len());
    for (at, own) in states.iter().enumerate() {
        let from = at.checked_sub(1).map(|last| {
            let weights: Vec<f32> = states[last].iter().zip(&told[last]).map(|(s, t)| s.1 * t).collect();
            let sum = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            states[last].iter().map(|s| s.0).zip(weights.into_iter().map(move |w| w / sum)).collect::<Candidates>()
        });
        let heard = |to: i64| from.as_ref().map_or(1.0, |from| from.iter().map(|(v, w)| w * likely(*v, to)).sum());
        told.push(own.iter().map(|(value, _)| heard(*value)).collect());
    }
    told
}

#[cfg(test)]
mod tests {
    use super::super::super::super::samples::CONFIG;
    use super::*;

    fn numbers(acts: &[&[(i64, f32)]]) -> Vec<Vec<f32>> {
        let acts: Vec<Candidates> = acts.iter().map(|act| act.to_vec()).collect();
        together(&acts, Rise::Number, &CONFIG.sequence)
    }

    #[test]
    fn a_doubtful_number_between_two_sure_ones_is_the_one_between_them() {
        let found = numbers(&[&[(11, 0.98)], &[(17, 0.5), (12, 0.2)], &[(13, 0.98)]]);
        assert!(found[1][1] > 0.99 && found[1][0] < 0.01, "{found:?}");
    }

    #[test]
    fn an_act_that_nobody_could_read_keeps_its_place() {
        let found = numbers(&[&[(11, 0.9)], &[], &[(13, 0.5), (18, 0.3)]]);
        assert!(found[2][0] > 0.95, "{found:?}");
        assert!(found[1].is_empty());
        // without the act between them 12 would be the next
        assert!(numbers(&[&[(11, 0.9)], &[(13, 0.45), (12, 0.4)]])[1][1] > 0.8);
    }

    #[test]
    fn days_rise_and_may_stay() {
        let found =
            together(&[vec![(100, 0.9)], vec![(95, 0.45), (104, 0.45)], vec![(104, 0.9)]], Rise::Day, &CONFIG.sequence);
        assert!(found[1][1] > 0.99, "{found:?}");
    }

    #[test]
    fn a_book_of_unread_acts_says_nothing() {
        assert_eq!(numbers(&[&[], &[]]), [Vec::<f32>::new(), Vec::new()]);
        assert!(numbers(&[]).is_empty());
    }
}
