//! What is left, and how fast it goes.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::{Desk, Known, Stand};
use crate::domain::settlement::in_force;
use crate::domain::text::same_text;
use crate::domain::{Fate, Step};
use crate::review::filter::Filter;
use crate::review::item::Item;

/// How many are left in some part of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Waiting for anybody.
    pub open: usize,
    /// Of these, for a second or third person.
    pub later_keys: usize,
    /// Settled.
    pub settled: usize,
    /// Waiting for another scan.
    pub rescan: usize,
}

const PACE_WINDOW: Duration = Duration::from_secs(600);

impl Desk {
    /// What is left in the filter.
    #[must_use]
    pub fn left(&self, filter: &Filter) -> Left {
        let state = self.state();
        let mut left = Left::default();
        // most are accepted and nobody is asked: told first, at the least cost
        let asked = self.items.iter().zip(&state.tracks).filter(|(_, track)| track.standing != Stand::Unasked);
        for (item, track) in asked.filter(|(item, _)| filter.lets(item) && state.keeps(item.entry)) {
            match track.standing {
                // drawn ones are not counted as queue: they come along unnoticed
                Stand::Open(_) if item.is_unmarked() => {}
                Stand::Open(step) => {
                    left.open += 1;
                    left.later_keys += usize::from(step != Step::First);
                }
                Stand::Rescan => left.rescan += 1,
                Stand::Settled => left.settled += 1,
                Stand::Unasked => {}
            }
        }
        // an entry to be scanned again counts once, with however many fields
        let again = |entry: &&Known| matches!(state.fates.get(&entry.id), Some(Fate::Rescan | Fate::Reread));
        if filter.kind.is_empty() && filter.reason.is_empty() {
            let of_book = |entry: &&Known| filter.book.is_empty() || filter.book == entry.book;
            left.rescan += self.entries.values().filter(again).filter(of_book).count();
        }
        left
    }

    /// Open items of the filter by some word about them, the most first.
    #[must_use]
    pub fn counts(&self, filter: &Filter, words: impl Fn(&Item) -> Vec<String>) -> Vec<(String, usize)> {
        let state = self.state();
        let mut counts: HashMap<String, usize> = HashMap::new();
        let open = self.items.iter().zip(&state.tracks).filter(|(item, track)| {
            matches!(track.standing, Stand::Open(_))
                && !item.is_unmarked()
                && filter.lets(item)
                && state.keeps(item.entry)
        });
        for word in open.flat_map(|(item, _)| words(item)) {
            *counts.entry(word).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }

    /// What the sample tells of the accepted fields: how many were looked at, and how many of them were wrong.
    #[must_use]
    pub fn sampled(&self) -> (usize, usize) {
        let state = self.state();
        let looks = state.tracks.iter().enumerate().flat_map(|(at, track)| {
            let looked = in_force(&self.refs(at, track)).into_iter().filter(|decision| decision.step == Step::Sample);
            looked
                .filter_map(|decision| decision.act.value().map(|value| same_text(&value.text(), &decision.from)))
                .last()
        });
        let right: Vec<bool> = looks.collect();
        (right.len(), right.iter().filter(|right| !**right).count())
    }

    /// Decisions in the last ten minutes: of this person, of everybody.
    #[must_use]
    pub fn pace(&self, who: &str) -> (usize, usize) {
        let (mut state, now) = (self.state(), Instant::now());
        while state.pace.front().is_some_and(|(at, _)| now.saturating_duration_since(*at) > PACE_WINDOW) {
            state.pace.pop_front();
        }
        (state.pace.iter().filter(|(_, name)| name == who).count(), state.pace.len())
    }
}
