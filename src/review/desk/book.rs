//! The entries of a run in their books.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Desk, Stand};
use crate::domain::settlement::in_play;
use crate::domain::{BookId, CheckedEntry, EntryId, PageId, Register, SlotKind};
use crate::standing::is_blank;

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
    /// Layout that its page was read as.
    pub layout: String,
    /// The layout's register.
    pub register: Register,
    pub(super) keys: Vec<String>,
    // in whose slots the machine saw nothing
    pub(super) blank: HashSet<String>,
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
    pub(super) fn of(checked: &CheckedEntry, result: i64, book: String, place: usize) -> Self {
        let number = checked.entry.fields.iter().find(|field| field.kind == SlotKind::RegisterNumber);
        let number = number.map(|field| field.value.text()).unwrap_or_default();
        let keys = checked.entry.fields.iter().map(|field| field.key.clone()).collect();
        let blank = checked.entry.fields.iter().filter(|field| is_blank(field)).map(|field| field.key.clone());
        let (layout, blank) = (checked.entry.layout.clone(), blank.collect());
        Self {
            id: checked.entry.id,
            result,
            book,
            number,
            layout,
            register: checked.entry.register,
            keys,
            blank,
            place,
        }
    }
}

impl Desk {
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

    /// The entries of a page, in order of part and place.
    #[must_use]
    pub fn on_page(&self, page: PageId) -> Vec<&Known> {
        let mut found: Vec<&Known> = self.entries.values().filter(|known| known.id.page == page).collect();
        found.sort_by_key(|known| known.id);
        found
    }

    /// The entries that go on with this one.
    #[must_use]
    pub fn parts(&self, entry: &Known) -> Vec<&Known> {
        let state = self.state();
        let of = state.joined.iter().filter(|(_, whole)| **whole == entry.id);
        let mut parts: Vec<EntryId> = of.map(|(part, _)| *part).collect();
        parts.sort();
        parts.iter().filter_map(|id| self.entry(&id.to_string())).collect()
    }

    /// Where a field of an entry is asked: where it is written, if that is another part of the entry.
    #[must_use]
    pub fn home<'a>(&'a self, entry: &'a Known, key: &str) -> &'a Known {
        let written = |part: &&Known| part.keys.iter().any(|own| own == key) && !part.blank.contains(key);
        let elsewhere = || self.parts(entry).into_iter().find(written);
        if entry.blank.contains(key) { elsewhere().unwrap_or(entry) } else { entry }
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

    /// Whether an entry has a field of this key.
    #[must_use]
    pub fn has_field(&self, entry: EntryId, key: &str) -> bool {
        self.entry(&entry.to_string()).is_some_and(|known| known.keys.iter().any(|own| own == key))
    }
}
