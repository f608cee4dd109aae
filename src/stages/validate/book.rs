//! Rules about all entries of a book, one a file.

mod count;
mod date_order;
mod differs_from_book;
mod number_gap;
mod number_order;
mod number_repeat;
mod number_unread;
mod order;
mod together;

use std::collections::BTreeMap;

use jiff::civil::Date;
pub(super) use together::read_together;
pub use together::{READ_TOGETHER, SequenceConfig};

use super::Config;
use super::facts::{Facts, REGISTERED, SIGNER};
use super::rule::BookRule;
use crate::domain::register_number::parse_register_number;
use crate::domain::{BookId, CheckedEntry, Confidence, DateValue, EntryId};

/// In the order of the findings.
pub(super) const RULES: &[BookRule] = &[
    number_repeat::RULE,
    number_gap::RULE,
    number_order::RULE,
    number_unread::RULE,
    date_order::RULE,
    count::RULE,
    differs_from_book::RULE,
];

/// What the book rules need of an entry.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub(super) id: EntryId,
    /// Numbers begin anew every year: of the number, else of the registration, else of the book.
    pub(super) year: Option<u16>,
    pub(super) number: Option<u32>,
    pub(super) page: Option<u32>,
    pub(super) registered: Option<(DateValue, (Date, Date))>,
    /// Of the columns in `USUAL`, as read.
    pub(super) usual: BTreeMap<&'static str, String>,
    /// How sure each of the columns in `ORDERED` is.
    sure: BTreeMap<&'static str, Confidence>,
}

impl Act {
    /// How sure columns of `ORDERED` are together.
    pub(super) fn sure(&self, keys: &[&str]) -> Confidence {
        keys.iter().filter_map(|key| self.sure.get(key).copied()).fold(Confidence::FULL, Confidence::weakest)
    }
}

/// Columns that rise from act to act.
const ORDERED: [&str; 3] = [NUMBER, PAGE, REGISTERED];
/// The act's number and the page that it stands on.
const NUMBER: &str = "so";
const PAGE: &str = "trangSo";

/// Columns in which a book has few values: who signs, who makes the entry, where it is registered.
const USUAL: [&str; 3] = [SIGNER, "nguoiThucHien", "noiDangKy"];

/// Whether a name may be another one of the book, misread; both are letters without marks.
fn is_near(usual: &str, other: &str, config: &Config) -> bool {
    strsim::levenshtein(usual, other) as f32 <= config.usual_edits * usual.chars().count() as f32
}

/// The book's own acts. A page of another register that lies in its folder would only make false gaps.
pub(super) fn acts(book: &BookId, entries: &[&CheckedEntry]) -> Vec<Act> {
    let own = entries.iter().filter(|e| e.entry.register == book.register);
    own.map(|e| {
        let facts = Facts::of(&e.entry);
        let number = facts.text(NUMBER).and_then(|t| parse_register_number(&t));
        let year = number.as_ref().and_then(|n| n.year).or(facts.year_registered()).or(book.year.parse().ok());
        let page = facts.text(PAGE).and_then(|t| t.parse().ok());
        let registered = facts.date(REGISTERED).zip(facts.span(REGISTERED));
        let usual = USUAL.iter().filter_map(|key| Some((*key, facts.text(key)?))).collect();
        let sure = ORDERED.iter().filter_map(|key| Some((*key, facts.field(key)?.confidence))).collect();
        Act { id: e.entry.id, year, number: number.map(|n| n.number), page, registered, usual, sure }
    })
    .collect()
}

/// Acts with a number, by year and number; equal numbers in the order of pages and files.
pub(super) fn by_number(acts: &[Act]) -> BTreeMap<u16, Vec<(u32, &Act)>> {
    let mut years: BTreeMap<u16, Vec<(u32, &Act)>> = BTreeMap::new();
    for act in acts {
        if let (Some(year), Some(number)) = (act.year, act.number) {
            years.entry(year).or_default().push((number, act));
        }
    }
    years.values_mut().for_each(|acts| acts.sort_by_key(|(n, a)| (*n, a.page, a.id)));
    years
}

/// Acts with a page number, in the order of the pages.
pub(super) fn by_page(acts: &[Act]) -> Vec<(u32, &Act)> {
    let mut paged: Vec<(u32, &Act)> = acts.iter().filter_map(|a| Some((a.page?, a))).collect();
    paged.sort_by_key(|(page, a)| (*page, a.id.part, a.id.ordinal, a.id));
    paged
}
