//! What waits, for whom, in which order; and what a decision changes. The order of locks: state, then store.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

mod book;
mod count;
mod follow;
mod turn;

pub use book::{Known, Place};
pub use count::Left;
pub use turn::{Case, Refusal, allows};

use super::item::{Cause, Item, book_name, items_of};
use super::leases::Leases;
use super::{returned, typed};
use crate::config::Config;
use crate::domain::settlement::{KeyRules, Keys};
use crate::domain::{BookId, Decision, EntryId, Fate, Layouts, PageId, Step};
use crate::stages::triage::triage;
use crate::store::{Load, RefusedEntry, ResultRef, Store, StoreError, book_of};

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
    config: Config,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tracks: Vec<Track>,
    fates: HashMap<EntryId, Fate>,
    layouts: HashMap<PageId, Layouts>,
    // a part, and the entry that it goes on with
    joined: HashMap<EntryId, EntryId>,
    // books that an officer confirmed at some time
    confirmed: HashSet<String>,
    leases: Leases,
    pace: VecDeque<(Instant, String)>,
    read_up_to: u64,
}

/// The decisions on one item with their numbers, and what follows from them.
#[derive(Debug, Clone)]
struct Track {
    decisions: Vec<Made>,
    raised: Raised,
    standing: Stand,
}

/// A decision with its number.
#[derive(Debug, Clone)]
struct Made {
    number: u64,
    decision: Decision,
    weight: Weight,
}

/// Whether a decision is about the field as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Counts,
    /// Made on the slots of another layout.
    OtherLayout,
}

/// What people brought up about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raised {
    /// Nothing.
    Not,
    /// A finding of their making names it, or two parts of the entry contradict each other.
    Asked,
    /// Its slot is blank, and the value stands in another part of the entry.
    Covered,
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
    /// Nobody is asked: the machine's value was accepted and nothing speaks against it, or the value stands elsewhere.
    Unasked,
}

impl Desk {
    /// Reads a run: what the importer sent back, everything queued, what a typed file speaks against, the sample of what
    /// was accepted, and the rest, which is asked about only if people bring something up.
    pub fn of(store: &Store, settings: &Config) -> Result<Self, StoreError> {
        let (thresholds, config) = (&settings.triage, &settings.review);
        let (mut items, mut books, mut entries) = (Vec::new(), BTreeMap::new(), HashMap::new());
        let mut order: HashMap<String, Vec<String>> = HashMap::new();
        let refused: HashMap<String, RefusedEntry> =
            store.refused_entries()?.into_iter().map(|refused| (refused.entry.clone(), refused)).collect();
        let words = store.all_typed_words()?;
        for row in store.page_rows()? {
            let ResultRef::Read(result) = row.result else { continue };
            for stored in store.page(row.id, result, Load::Values)?.entries {
                let (verdict, book) = (triage(&stored.checked, thresholds), book_of(&stored.checked.entry));
                let mut own = items_of(&stored.checked, &verdict, &book, result, config);
                let name = stored.checked.entry.id.to_string();
                if let Some(words) = words.get(&name) {
                    typed::mark(&mut own, &stored.checked, words, config);
                }
                if let Some(refused) = refused.get(&name) {
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
        let state = State {
            tracks: Vec::new(),
            fates: HashMap::new(),
            layouts: HashMap::new(),
            joined: HashMap::new(),
            confirmed: HashSet::new(),
            leases: Leases::new(Duration::from_secs(config.lease_seconds)),
            pace: VecDeque::new(),
            read_up_to: 0,
        };
        let (rules, config, state) = (config.key_rules(), settings.clone(), Mutex::new(state));
        let desk = Self { items, by_name, books, entries, order, rules, config, state };
        desk.state().tracks = (0..desk.items.len()).map(|at| desk.untouched(at)).collect();
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

    /// How many people an item needs; what the machine had accepted needs one to be changed.
    #[must_use]
    pub fn keys_of(&self, item: &Item) -> Keys {
        match item.cause {
            Cause::Queued => self.rules.of(item.kind),
            Cause::Returned | Cause::Typed if item.reasons.len() > 1 => self.rules.of(item.kind),
            // the reading and the typed file are two keys, and who decides sees both
            Cause::Sample | Cause::Returned | Cause::Typed | Cause::Accepted => Keys::One,
        }
    }

    /// The decisions that count for an item: what was decided before the importer sent it back is what it sent back.
    fn refs<'a>(&self, at: usize, track: &'a Track) -> Vec<&'a Decision> {
        let after = self.items[at].after();
        let counts = |made: &&Made| made.number > after && made.weight == Weight::Counts;
        track.decisions.iter().filter(counts).map(|made| &made.decision).collect()
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

    /// Whether a field is asked about only because it was drawn.
    #[must_use]
    pub fn is_sample(&self, name: &str) -> bool {
        self.find(name).is_some_and(|at| self.items[at].is_unmarked())
    }

    /// Where a field stands; nothing for one that nobody is asked about.
    #[must_use]
    pub fn stand_of(&self, name: &str) -> Option<Stand> {
        let at = self.find(name)?;
        Some(self.state().tracks[at].standing).filter(|stand| *stand != Stand::Unasked)
    }
}

impl State {
    /// Whether people are asked about the fields of an entry.
    fn keeps(&self, entry: EntryId) -> bool {
        self.fates.get(&entry).is_none_or(Fate::is_asked)
    }
}
