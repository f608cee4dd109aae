//! The books of a run.

use askama::Template;

use super::Frame;

/// One book.
#[derive(Debug)]
pub struct BookLine {
    /// Name.
    pub name: String,
    /// Register in words.
    pub register: &'static str,
    /// Waiting.
    pub open: usize,
    /// Settled by people.
    pub settled: usize,
    /// Confirmed by whom, or changed since.
    pub state: String,
    /// Whether this person may confirm it now.
    pub confirmable: bool,
    /// Whether it was confirmed before: then a reason is asked for.
    pub again: bool,
}

/// The books.
#[derive(Debug, Template)]
#[template(path = "review/books.html")]
pub struct Books {
    /// Person.
    pub f: Frame,
    /// Lines.
    pub lines: Vec<BookLine>,
    /// What the sample tells, in words.
    pub sample: String,
}
