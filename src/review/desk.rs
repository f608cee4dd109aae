//! What waits, for whom, in which order; and what a decision changes. The order of locks: state, then store.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Config;
use super::filter::Filter;
use super::item::{Cause, Item, book_name, items_of};
use super::leases::Leases;
use super::returned;
use crate::domain::settlement::{KeyRules, Keys, Standing, in_force, in_play, may_decide, standing};
use crate::domain::text::same_text;
use crate::domain::{AuditLine, BookId, CheckedEntry, Decision, EntryId, Fate, SlotKind, Step};
use crate::stages::triage::{self, triage};
use crate::store::{Added, Expected, Load, RefusedEntry, ResultRef, Role, Store, StoreError, book_of};

/// The work of a run.
#[derive(Debug)]
pub struct Desk {
    items: Vec<Item>,
    by_name: HashMap<String, usize>,
    books: BTreeMap<String, BookId>,
    entries: HashMap<String, Known>,
    // names of entries by book, in the order of pages
    order: HashMap<String, Vec<String>>,
    rules: KeyRules,
    state: Mutex<State>,
}

/// An entry of the run, with an item or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub id: EntryId,
    /// Row of the result it stands in.
    pub result: i64,
    /// Its book, as the filter names it.
    pub book: String,
    /// Its register number as read; empty where there is none.
    pub number: String,
    keys: Vec<String>,
    // in the order of its book
    place: usize,
}

/// Where a neighbour stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before the entry in hand.
    Before,
    /// After it.
    After,
}

impl Known {
    fn of(checked: &CheckedEntry, result: i64, book: String, place: usize) -> Self {
        let number = checked.entry.fields.iter().find(|field| field.kind == SlotKind::RegisterNumber);
        let number = number.map(|field| field.value.text()).unwrap_or_default();
        let keys = checked.entry.fields.iter().map(|field| field.key.clone()).collect();
        Self { id: checked.entry.id, result, book, number, keys, place }
    }
}

#[derive(Debug)]
struct State {
    tracks: Vec<Track>,
    fates: HashMap<EntryId, Fate>,
    // books that an officer confirmed at some time
    confirmed: HashSet<String>,
    leases: Leases,
    pace: VecDeque<(Instant, String)>,
    read_up_to: u64,
}

/// The decisions on one item with their numbers, and what follows from them.
#[derive(Debug, Clone)]
struct Track {
    decisions: Vec<(u64, Decision)>,
    standing: Stand,
}

/// A standing without its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// A person is needed, as this key.
    Open(Step),
    /// Waits for another scan.
    Rescan,
    /// Settled.
    Settled,
}

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

const PACE_WINDOW: Duration = Duration::from_secs(600);

impl Desk {
    /// Reads a run: what the importer sent back, everything queued, and the sample of what was accepted.
    pub fn of(store: &Store, thresholds: &triage::Config, config: &Config) -> Result<Self, StoreError> {
        let (mut items, mut books, mut entries) = (Vec::new(), BTreeMap::new(), HashMap::new());
        let mut order: HashMap<String, Vec<String>> = HashMap::new();
        let refused: HashMap<String, RefusedEntry> =
            store.refused_entries()?.into_iter().map(|refused| (refused.entry.clone(), refused)).collect();
        for row in store.page_rows()? {
            let ResultRef::Read(result) = row.result else { continue };
            for stored in store.page(row.id, result, Load::Values)?.entries {
                let (verdict, book) = (triage(&stored.checked, thresholds), book_of(&stored.checked.entry));
                let mut own = items_of(&stored.checked, &verdict, &book, result, config);
                if let Some(refused) = refused.get(&stored.checked.entry.id.to_string()) {
                    let back = returned::items_of(&stored.checked, &verdict, &book, result, config, refused);
                    own.retain(|item| back.iter().all(|b| b.key != item.key));
                    own.extend(back);
                }
                items.extend(own);
                let own = order.entry(book_name(&book)).or_default();
                let known = Known::of(&stored.checked, result, book_name(&book), own.len());
                own.push(known.id.to_string());
                entries.insert(known.id.to_string(), known);
                books.insert(book_name(&book), book);
            }
        }
        // the heaviest first; the order of pages decides between equals, so that it is the same every time
        items.sort_by(|a: &Item, b: &Item| b.weight.total_cmp(&a.weight));
        let by_name = items.iter().enumerate().map(|(at, item)| (item.name(), at)).collect();
        let track = Track { decisions: Vec::new(), standing: Stand::Open(Step::First) };
        let state = State {
            tracks: vec![track; items.len()],
            fates: HashMap::new(),
            confirmed: HashSet::new(),
            leases: Leases::new(Duration::from_secs(config.lease_seconds)),
            pace: VecDeque::new(),
            read_up_to: 0,
        };
        let desk = Self { items, by_name, books, entries, order, rules: config.key_rules(), state: Mutex::new(state) };
        desk.catch_up(store)?;
        Ok(desk)
    }

    /// A request that panicked changed nothing that was not committed.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what was added to the audit since.
    pub fn catch_up(&self, store: &Store) -> Result<(), StoreError> {
        let mut state = self.state();
        self.read_on(&mut state, store)
    }

    fn read_on(&self, state: &mut State, store: &Store) -> Result<(), StoreError> {
        for kept in store.audit_after(state.read_up_to)? {
            state.read_up_to = kept.number;
            let decision = match kept.line {
                AuditLine::Decision(decision) => decision,
                AuditLine::Fate(said) => {
                    state.fates.insert(said.entry, said.fate);
                    continue;
                }
                AuditLine::Confirmation(confirmation) => {
                    state.confirmed.insert(book_name(&confirmation.book));
                    continue;
                }
                AuditLine::Account(_) | AuditLine::Training(_) => continue,
            };
            let name = format!("{}.{}", decision.entry, decision.key);
            if let Some(at) = self.by_name.get(&name) {
                let track = &mut state.tracks[*at];
                track.decisions.push((kept.number, decision));
                track.standing = self.stand(*at, track);
            }
        }
        Ok(())
    }

    fn stand(&self, at: usize, track: &Track) -> Stand {
        let keys = self.keys_of(&self.items[at]);
        match standing(&self.refs(at, track), keys) {
            Standing::Open(step) => Stand::Open(step),
            Standing::Rescan => Stand::Rescan,
            Standing::Settled { .. } => Stand::Settled,
        }
    }

    /// How many people an item needs; what the machine had accepted needs one to be changed.
    #[must_use]
    pub fn keys_of(&self, item: &Item) -> Keys {
        match item.cause {
            Cause::Queued => self.rules.of(item.kind),
            Cause::Returned if item.reasons.len() > 1 => self.rules.of(item.kind),
            Cause::Sample | Cause::Returned => Keys::One,
        }
    }

    /// The decisions that count for an item: what was decided before the importer sent it back is what it sent back.
    fn refs<'a>(&self, at: usize, track: &'a Track) -> Vec<&'a Decision> {
        let after = self.items[at].after();
        track.decisions.iter().filter(|(number, _)| *number > after).map(|(_, decision)| decision).collect()
    }

    /// An item.
    #[must_use]
    pub fn item(&self, at: usize) -> &Item {
        &self.items[at]
    }

    /// Where an item of this name is.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The books by name.
    #[must_use]
    pub fn books(&self) -> &BTreeMap<String, BookId> {
        &self.books
    }

    /// An entry of this name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Known> {
        self.entries.get(name)
    }

    /// Other entries of the same register number: what a duplicate is likely one of.
    #[must_use]
    pub fn namesakes(&self, entry: &Known) -> Vec<&Known> {
        let same = |other: &&Known| !entry.number.is_empty() && other.number == entry.number && other.id != entry.id;
        let mut found: Vec<&Known> = self.entries.values().filter(same).collect();
        found.sort_by_key(|known| known.id);
        found
    }

    /// The entries before and after in the book that have a field of this key.
    #[must_use]
    pub fn near(&self, known: &Known, key: &str) -> Vec<(&Known, Place)> {
        let book = self.order.get(&known.book).map(Vec::as_slice).unwrap_or_default();
        let (before, after) = book.split_at(known.place.min(book.len()));
        let has = |name: &&String| self.entry(name).is_some_and(|other| other.keys.iter().any(|own| own == key));
        let before = before.iter().rfind(has).map(|name| (name, Place::Before));
        let after = after.iter().skip(1).find(has).map(|name| (name, Place::After));
        before.into_iter().chain(after).filter_map(|(name, place)| Some((self.entry(name)?, place))).collect()
    }

    /// What people settled for fields of a kind in a book, the most frequent first; one field is left out.
    #[must_use]
    pub fn settled_texts(&self, book: &str, kind: SlotKind, but: &str) -> Vec<String> {
        let (state, but) = (self.state(), self.find(but));
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (at, (item, track)) in self.items.iter().zip(&state.tracks).enumerate() {
            if item.kind != kind || item.book != book || track.standing != Stand::Settled || Some(at) == but {
                continue;
            }
            let last = in_play(&self.refs(at, track)).into_iter().rfind(|decision| decision.act.value().is_some());
            if let Some(decision) = last.filter(|decision| !decision.to.is_empty()) {
                *counts.entry(decision.to.clone()).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts.into_iter().map(|(text, _)| text).collect()
    }

    /// What people said of a whole entry.
    #[must_use]
    pub fn fate(&self, entry: EntryId) -> Fate {
        self.state().fates.get(&entry).cloned().unwrap_or_default()
    }

    /// Whether an officer confirmed this book at some time: from then on a change needs a reason.
    #[must_use]
    pub fn is_confirmed(&self, book: &str) -> bool {
        self.state().confirmed.contains(book)
    }

    /// Whether an entry has a field of this key.
    #[must_use]
    pub fn has_field(&self, entry: EntryId, key: &str) -> bool {
        self.entry(&entry.to_string()).is_some_and(|known| known.keys.iter().any(|own| own == key))
    }

    /// Whether a field is asked about only because it was drawn.
    #[must_use]
    pub fn is_sample(&self, name: &str) -> bool {
        self.find(name).is_some_and(|at| self.items[at].cause == Cause::Sample)
    }

    /// Where a field stands; nothing for one that nobody is asked about.
    #[must_use]
    pub fn stand_of(&self, name: &str) -> Option<Stand> {
        let at = self.find(name)?;
        Some(self.state().tracks[at].standing)
    }

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
        let seen = track.decisions.last().map_or(0, |(number, _)| *number);
        let decisions = in_play(&self.refs(at, &track)).into_iter().cloned().collect();
        let step = match (self.items[at].cause, step) {
            (Cause::Sample, _) => Step::Sample,
            // starts over, as any later change does
            (Cause::Returned, Step::First) => Step::Edit,
            (Cause::Returned | Cause::Queued, step) => step,
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

    /// The last decision of a person that can still be taken back: nobody went on from it.
    #[must_use]
    pub fn last_of(&self, who: &str) -> Option<(usize, u64, Decision)> {
        let state = self.state();
        let last = |(at, track): (usize, &Track)| {
            let decision =
                in_force(&self.refs(at, track)).last().copied().filter(|decision| decision.who == who)?.clone();
            let made = track.decisions.iter().rev().find(|(_, kept)| *kept == decision)?.0;
            let seen = track.decisions.last()?.0;
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

    /// What is left in the filter.
    #[must_use]
    pub fn left(&self, filter: &Filter) -> Left {
        let state = self.state();
        let mut left = Left::default();
        let kept = |item: &Item| filter.lets(item) && state.keeps(item.entry);
        for (item, track) in self.items.iter().zip(&state.tracks).filter(|(item, _)| kept(item)) {
            match track.standing {
                // drawn ones are not counted as queue: they come along unnoticed
                Stand::Open(_) if item.cause == Cause::Sample => {}
                Stand::Open(step) => {
                    left.open += 1;
                    left.later_keys += usize::from(step != Step::First);
                }
                Stand::Rescan => left.rescan += 1,
                Stand::Settled => left.settled += 1,
            }
        }
        // an entry to be scanned again counts once, with however many fields
        let again = |entry: &&Known| state.fates.get(&entry.id) == Some(&Fate::Rescan);
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
            filter.lets(item)
                && state.keeps(item.entry)
                && item.cause != Cause::Sample
                && matches!(track.standing, Stand::Open(_))
        });
        for word in open.flat_map(|(item, _)| words(item)) {
            *counts.entry(word).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }

    /// Items that this person may decide as first key and that a test lets through, in order; not leased to others.
    #[must_use]
    pub fn open_first(&self, who: &str, test: impl Fn(&Item) -> bool, most: usize) -> Vec<(usize, u64)> {
        let (state, now) = (self.state(), Instant::now());
        let open = self.items.iter().enumerate().filter(|(at, item)| {
            let track = &state.tracks[*at];
            track.standing == Stand::Open(Step::First)
                && item.cause != Cause::Returned
                && state.keeps(item.entry)
                && may_decide(&self.refs(*at, track), who)
                && !state.leases.held_by_other(*at, who, now)
                && test(item)
        });
        let seen = |at: usize| state.tracks[at].decisions.last().map_or(0, |(number, _)| *number);
        open.take(most).map(|(at, _)| (at, seen(at))).collect()
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

impl State {
    /// Whether people are asked about the fields of an entry.
    fn keeps(&self, entry: EntryId) -> bool {
        self.fates.get(&entry).is_none_or(|fate| *fate == Fate::Kept)
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
