//! Who gets which field, and what a decision does.

use std::time::Instant;

use super::{Desk, Raised, Stand, State, Track};
use crate::domain::settlement::{in_force, in_play, may_decide};
use crate::domain::{AuditLine, Decision, Step};
use crate::review::filter::Filter;
use crate::review::item::{Cause, Item};
use crate::store::{Added, Expected, Role, Store, StoreError};

/// Why a decision was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// No such field in this run.
    Unknown,
    /// Somebody decided it in the meantime.
    Overtaken,
    /// The same person twice, or the role does not allow this key.
    NotYours,
    /// The store refused.
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// An item as it stands for one person.
#[derive(Debug, Clone)]
pub struct Case {
    /// Which.
    pub at: usize,
    /// As which key.
    pub step: Step,
    /// Number of the last line about it, 0 for none.
    pub seen: u64,
    /// Decisions in force, in order.
    pub decisions: Vec<Decision>,
}

impl Desk {
    /// The next item of the filter that this person may decide, after `after`, starting over at the end.
    #[must_use]
    pub fn next(&self, filter: &Filter, who: &str, role: Role, after: Option<usize>) -> Option<usize> {
        let (state, now) = (self.state(), Instant::now());
        let start = after.map_or(0, |at| at + 1);
        let order = (start..self.items.len()).chain(0..start.min(self.items.len()));
        let mut order = order;
        order.find(|at| self.is_free(&state, *at, filter, (who, role), now))
    }

    /// The item before `at` that this person may decide.
    #[must_use]
    pub fn before(&self, filter: &Filter, who: &str, role: Role, at: usize) -> Option<usize> {
        let (state, now) = (self.state(), Instant::now());
        (0..at).rev().find(|at| self.is_free(&state, *at, filter, (who, role), now))
    }

    fn is_free(&self, state: &State, at: usize, filter: &Filter, (who, role): (&str, Role), now: Instant) -> bool {
        let track = &state.tracks[at];
        let Stand::Open(step) = track.standing else { return false };
        filter.lets(&self.items[at])
            && state.keeps(self.items[at].entry)
            && allows(role, step)
            && may_decide(&self.refs(at, track), who)
            && !state.leases.held_by_other(at, who, now)
    }

    /// Puts an item before a person. `None`: settled, or not for this person.
    #[must_use]
    pub fn take(&self, at: usize, who: &str, role: Role) -> Option<Case> {
        let (mut state, now) = (self.state(), Instant::now());
        let track = state.tracks.get(at)?.clone();
        let Stand::Open(step) = track.standing else { return None };
        let free = !state.leases.held_by_other(at, who, now) && state.keeps(self.items[at].entry);
        if !free || !allows(role, step) || !may_decide(&self.refs(at, &track), who) {
            return None;
        }
        state.leases.take(at, who, now);
        let seen = track.decisions.last().map_or(0, |made| made.number);
        let decisions = in_play(&self.refs(at, &track)).into_iter().cloned().collect();
        let step = match (self.items[at].cause, step) {
            (Cause::Sample, _) => Step::Sample,
            // starts over, as any later change does
            (Cause::Returned, Step::First) => Step::Edit,
            (Cause::Returned | Cause::Typed | Cause::Queued | Cause::Accepted, step) => step,
        };
        Some(Case { at, step, seen, decisions })
    }

    /// Keeps decisions; each goes on from the line its person had seen. Returns how many were overtaken.
    pub fn decide(&self, store: &Store, role: Role, made: &[(usize, u64, Decision)]) -> Result<usize, Refusal> {
        let mut state = self.state();
        for (at, _, decision) in made {
            let track = state.tracks.get(*at).ok_or(Refusal::Unknown)?;
            let Stand::Open(step) = track.standing else { return Err(Refusal::Overtaken) };
            if !state.keeps(decision.entry) {
                return Err(Refusal::Overtaken);
            }
            if !allows(role, step) || !may_decide(&self.refs(*at, track), &decision.who) {
                return Err(Refusal::NotYours);
            }
        }
        self.add(&mut state, store, made)
    }

    fn add(&self, state: &mut State, store: &Store, made: &[(usize, u64, Decision)]) -> Result<usize, Refusal> {
        let lines: Vec<(AuditLine, Expected)> = made
            .iter()
            .map(|(_, seen, decision)| (AuditLine::Decision(decision.clone()), Expected::Last(*seen)))
            .collect();
        let lines: Vec<(&AuditLine, Expected)> = lines.iter().map(|(line, seen)| (line, *seen)).collect();
        let added = store.add_lines(&lines)?;
        self.read_on(state, store)?;
        let now = Instant::now();
        for (_, _, decision) in made {
            state.pace.push_back((now, decision.who.clone()));
            state.leases.give_back(&decision.who);
        }
        let overtaken = added.iter().filter(|added| matches!(added, Added::Overtaken(_))).count();
        if overtaken == made.len() { Err(Refusal::Overtaken) } else { Ok(overtaken) }
    }

    /// Whether a person decided this item last.
    #[must_use]
    pub fn is_last_of(&self, name: &str, who: &str) -> bool {
        let state = self.state();
        let last = self.find(name).and_then(|at| state.tracks[at].decisions.last());
        last.is_some_and(|made| made.decision.who == who)
    }

    /// The last decision of a person that can still be taken back: nobody went on from it.
    #[must_use]
    pub fn last_of(&self, who: &str) -> Option<(usize, u64, Decision)> {
        let state = self.state();
        let last = |(at, track): (usize, &Track)| {
            let decision =
                in_force(&self.refs(at, track)).last().copied().filter(|decision| decision.who == who)?.clone();
            let made = track.decisions.iter().rev().find(|made| made.decision == decision)?.number;
            let seen = track.decisions.last()?.number;
            Some((made, (at, seen, decision)))
        };
        let all = state.tracks.iter().enumerate().filter_map(last);
        all.max_by_key(|(number, _)| *number).map(|(_, found)| found)
    }

    /// Takes back; open or settled, the own last decision may go.
    pub fn undo(&self, store: &Store, at: usize, seen: u64, undo: Decision) -> Result<(), Refusal> {
        let mut state = self.state();
        self.add(&mut state, store, &[(at, seen, undo)]).map(|_| ())
    }

    /// Items that this person may decide as first key and that a test lets through, in order; not leased to others.
    #[must_use]
    pub fn open_first(&self, who: &str, test: impl Fn(&Item) -> bool, most: usize) -> Vec<(usize, u64)> {
        let (state, now) = (self.state(), Instant::now());
        let open = self.items.iter().enumerate().filter(|(at, item)| {
            let track = &state.tracks[*at];
            track.standing == Stand::Open(Step::First)
                && !matches!(item.cause, Cause::Returned | Cause::Typed)
                && (item.cause != Cause::Sample || item.is_unmarked())
                && track.raised == Raised::Not
                && state.keeps(item.entry)
                && may_decide(&self.refs(*at, track), who)
                && !state.leases.held_by_other(*at, who, now)
                && test(item)
        });
        let seen = |at: usize| state.tracks[at].decisions.last().map_or(0, |made| made.number);
        open.take(most).map(|(at, _)| (at, seen(at))).collect()
    }
}

/// Which key a role may be. The second and third person are chosen by the administrator, not by chance.
#[must_use]
pub fn allows(role: Role, step: Step) -> bool {
    match (role, step) {
        (Role::Administrator, _) => false,
        (_, Step::First | Step::Sample) => true,
        (Role::Operator, _) => false,
        (Role::SecondKey | Role::Officer, _) => true,
    }
}
