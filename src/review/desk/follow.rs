//! What follows from the lines of the audit: which fields are asked, and as which key.

use std::collections::BTreeSet;

use super::{Desk, Known, Made, Raised, Stand, State, Track, Weight};
use crate::domain::settlement::{Keys, SettledEntry, Standing, standing};
use crate::domain::{AuditLine, Decision, EntryId, Fate, Reason};
use crate::review::item::{Cause, book_name};
use crate::standing::{self, WAITS};
use crate::store::{Store, StoreError};

impl Desk {
    /// How an item stands before anybody said anything.
    pub(super) fn untouched(&self, at: usize) -> Track {
        let track = Track { decisions: Vec::new(), raised: Raised::Not, standing: Stand::Unasked };
        Track { standing: self.stand(at, &track), ..track }
    }

    pub(super) fn read_on(&self, state: &mut State, store: &Store) -> Result<(), StoreError> {
        let mut touched = BTreeSet::new();
        for kept in store.audit_after(state.read_up_to)? {
            state.read_up_to = kept.number;
            match kept.line {
                AuditLine::Decision(decision) => {
                    touched.insert(decision.entry);
                    self.take_in(state, kept.number, decision);
                }
                AuditLine::Fate(said) => {
                    touched.insert(said.entry);
                    // who it was joined with, too
                    touched.extend(state.joined.remove(&said.entry));
                    if let Some(whole) = self.whole(&said.fate) {
                        state.joined.insert(said.entry, whole);
                    }
                }
                AuditLine::Layout(change) => {
                    touched.extend(self.on_page(change.entry.page).into_iter().map(|known| known.id));
                    state.layouts.entry(change.entry.page).or_default().push(kept.number, change);
                }
                AuditLine::Confirmation(confirmation) => {
                    state.confirmed.insert(book_name(&confirmation.book));
                }
                AuditLine::Account(_) | AuditLine::Training(_) | AuditLine::Split(_) => {}
            }
        }
        let wholes: Vec<_> = touched.iter().filter_map(|id| state.joined.get(id).copied()).collect();
        touched.extend(wholes);
        touched.into_iter().try_for_each(|entry| self.follow(state, store, entry))
    }

    fn take_in(&self, state: &mut State, number: u64, decision: Decision) {
        if let Some(at) = self.by_name.get(&format!("{}.{}", decision.entry, decision.key)) {
            state.tracks[*at].decisions.push(Made { number, decision, weight: Weight::Counts });
        }
    }

    /// The entry that a part goes on with.
    fn whole(&self, fate: &Fate) -> Option<EntryId> {
        let Fate::PartOf { of } = fate else { return None };
        Some(self.entry(of)?.id)
    }

    /// Works out an entry anew: only what people said of it can have changed.
    fn follow(&self, state: &mut State, store: &Store, entry: EntryId) -> Result<(), StoreError> {
        let (Some(known), Some(stored)) = (self.entry(&entry.to_string()), store.entry(entry)?) else { return Ok(()) };
        let after = standing::standing(store, stored.checked, &self.config)?;
        state.fates.insert(entry, after.fate.clone());
        for key in &known.keys {
            let Some(at) = self.find(&format!("{entry}.{key}")) else { continue };
            let layouts = state.layouts.get(&entry.page);
            let track = &mut state.tracks[at];
            for made in &mut track.decisions {
                let about = layouts.is_none_or(|all| all.is_about(made.number, entry.part, &known.layout));
                made.weight = if about { Weight::Counts } else { Weight::OtherLayout };
            }
            track.raised = raised(&after, key, known);
            track.standing = self.stand(at, track);
        }
        Ok(())
    }

    fn stand(&self, at: usize, track: &Track) -> Stand {
        let item = &self.items[at];
        let keys = match (track.raised, item.cause) {
            (Raised::Covered, _) | (Raised::Not, Cause::Accepted) => return Stand::Unasked,
            (Raised::Asked, _) => Keys::Two,
            (Raised::Not, Cause::Queued | Cause::Sample | Cause::Returned | Cause::Typed) => self.keys_of(item),
        };
        match standing(&self.refs(at, track), keys) {
            Standing::Open(step) => Stand::Open(step),
            Standing::Rescan => Stand::Rescan,
            Standing::Settled { .. } => Stand::Settled,
        }
    }
}

/// What people brought up about a field.
fn raised(after: &SettledEntry, key: &str, known: &Known) -> Raised {
    let blank = known.blank.contains(key);
    let waits = Reason::Finding { rule: WAITS.to_owned() };
    let elsewhere = |to: &crate::domain::VerdictedField| to.queued.is_empty() || to.queued.contains(&waits);
    let covered = match after.fate {
        // what is blank in a part is asked where the entry begins
        Fate::PartOf { .. } => blank,
        _ => blank && after.has_parts && after.verdict.fields.iter().any(|to| to.key == key && elsewhere(to)),
    };
    match (covered, after.raised.contains_key(key)) {
        (true, _) => Raised::Covered,
        (false, true) => Raised::Asked,
        (false, false) => Raised::Not,
    }
}
