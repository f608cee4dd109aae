//! A book for an archive: every case as PDF/A with the scan as it was, the text of every page with its places, the rows,
//! and the descriptions around them.

use std::collections::BTreeSet;

use super::book::{padded, pdf_name};
use super::settled::Values;
use crate::domain::BookId;
use crate::domain::settlement::SettledEntry;

mod describe;
pub mod original;
pub mod package;
mod written;

/// One case of the book, as its files name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Name of its PDF, without the suffix; no two cases share one.
    pub name: String,
    /// The act's number as written; empty where it was not read.
    pub number: String,
    /// Day of registration, `YYYY-MM-DD`; empty where it is not known in full.
    pub day: String,
}

/// Names the cases of a book, one after the other: as delivered where number and day are known.
#[derive(Debug)]
pub struct Names<'a> {
    book: &'a BookId,
    digits: usize,
    taken: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// For one book; `digits` are the least of a number in a name.
    #[must_use]
    pub fn of(book: &'a BookId, digits: usize) -> Self {
        Self { book, digits, taken: BTreeSet::new() }
    }

    /// The next case.
    pub fn case(&mut self, entry: &SettledEntry) -> Case {
        let (id, values) = (entry.checked.entry.id, Values::of(&entry.checked.entry));
        let (registered, number) = (values.text("ngayDangKy"), values.text("so").to_owned());
        let known = pdf_name(self.book, registered, &number, self.digits);
        let known = known.map(|name| name.trim_end_matches(".pdf").to_owned());
        let mut name = known.clone().unwrap_or_else(|| format!("{}.{id}", code(self.book)));
        // two acts of one number are both kept
        if !self.taken.insert(name.to_ascii_lowercase()) {
            name = format!("{name}.{id}");
            self.taken.insert(name.to_ascii_lowercase());
        }
        let mut parts: Vec<&str> = registered.split('.').collect();
        parts.reverse();
        let day = if known.is_some() { parts.join("-") } else { String::new() };
        Case { name, number, day }
    }
}

/// `KS.2008.01`.
fn code(book: &BookId) -> String {
    format!("{}.{}.{}", book.register.code(), book.year, padded(&book.number))
}
