//! The entries of a run as rows, and which of them each typed row is about.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::delivery::book::{Conventions, book_number};
use crate::delivery::cells::{Source, row, year_of};
use crate::delivery::compare::{Typed, TypedRow, act_key};
use crate::delivery::second_key::{Closed, Met};
use crate::delivery::settled::{Values, settled};
use crate::domain::settlement::SettledEntry;
use crate::domain::{BookId, CheckedEntry, EntryId, TypedWord};
use crate::standing::standing;
use crate::store::{Load, Store, StoreError};

/// An entry as a row, with whether it is settled, and what the second key needs where people are to be asked.
pub(super) struct Act {
    pub(super) entry: String,
    pub(super) book: String,
    pub(super) cells: Vec<String>,
    pub(super) state: &'static str,
    key: Option<(u32, String, Option<u16>)>,
    pub(super) met: Option<Met>,
}

/// All entries of these books.
pub(super) fn acts(
    store: &Store,
    books: &[BookId],
    typed: &Typed,
    closed: Option<&Closed>,
    config: &Config,
) -> Result<Vec<Act>, StoreError> {
    let mut acts = Vec::new();
    for book in books {
        for stored in store.book_entries(book, Load::Values)? {
            let decided = standing(store, stored.checked.clone(), config)?;
            acts.push(act(&stored.checked, &decided, book, typed, closed));
        }
    }
    Ok(acts)
}

fn act(read: &CheckedEntry, decided: &SettledEntry, book: &BookId, typed: &Typed, closed: Option<&Closed>) -> Act {
    let entry = &decided.checked.entry;
    let values = Values::of(entry);
    let conventions = Conventions::default();
    let source = Source { values: &values, book, conventions: &conventions, serial: 0 };
    let cells = row(&source, typed.layout);
    let state = if settled(decided, typed.layout).is_ok() { "đã chắc" } else { "chờ duyệt" };
    let key =
        act_key(values.text("so")).map(|(n, letter, year)| (n, letter, year.or(year_of(values.text("ngayDangKy")))));
    let met = closed.map(|closed| Met::of(read, decided, &source, typed.layout, closed));
    Act { entry: entry.id.to_string(), book: book_number(book), cells, state, key, met }
}

/// Which acts each typed row may be about, and how many rows are about each act.
pub(super) struct Matches {
    pub(super) found: Vec<Vec<usize>>,
    pub(super) seen: BTreeMap<usize, usize>,
}

impl Matches {
    /// By number and book.
    pub(super) fn of(typed: &Typed, acts: &[Act]) -> Self {
        let mut numbered: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, act) in acts.iter().enumerate() {
            act.key.iter().for_each(|(number, _, _)| numbered.entry(*number).or_default().push(at));
        }
        let of = |line: &TypedRow| -> Vec<usize> {
            let same = act_key(line.text("so")).and_then(|(number, _, _)| numbered.get(&number));
            same.into_iter().flatten().copied().filter(|at| fits(line, &acts[*at])).collect()
        };
        let found: Vec<Vec<usize>> = typed.rows.iter().map(of).collect();
        let mut seen = BTreeMap::new();
        found.iter().flatten().for_each(|at| *seen.entry(*at).or_default() += 1);
        Self { found, seen }
    }

    /// Whether one row alone is about this act.
    pub(super) fn only(&self, at: usize) -> bool {
        self.seen.get(&at) == Some(&1)
    }

    /// What the rows say of entries that no other row is about, and that are about no other entry.
    pub(super) fn words(&self, typed: &Typed, acts: &[Act]) -> Vec<(EntryId, Vec<TypedWord>)> {
        let said = |(line, found): (&TypedRow, &Vec<usize>)| match found.as_slice() {
            [one] if self.only(*one) => acts[*one].met.as_ref()?.words(line, typed.layout),
            _ => None,
        };
        typed.rows.iter().zip(&self.found).filter_map(said).collect()
    }
}

/// By number and book; a year that one side does not tell does not part them.
fn fits(line: &TypedRow, act: &Act) -> bool {
    let (Some(typed), Some(own)) = (act_key(line.text("so")), &act.key) else { return false };
    let year = typed.2.or(year_of(line.text("ngayDangKy")));
    let same_year = year.is_none() || own.2.is_none() || year == own.2;
    let quyen = line.text("quyenSo");
    let same_book = quyen.is_empty() || quyen.trim_start_matches('0') == act.book.trim_start_matches('0');
    (typed.0, &typed.1) == (own.0, &own.1) && same_year && same_book
}
