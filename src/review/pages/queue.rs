//! The queue and many alike.

use askama::Template;

use super::Frame;
use crate::review::desk::Left;
use crate::review::filter::Filter;

/// Whether a filter's value is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// One line of a table of counts.
#[derive(Debug)]
pub struct Count {
    /// In words.
    pub name: String,
    /// Where it leads.
    pub link: String,
    /// How many.
    pub open: usize,
    /// Whether it is the one chosen.
    pub chosen: Chosen,
}

/// A table of counts.
#[derive(Debug)]
pub struct Counts {
    /// Its title.
    pub title: &'static str,
    /// Takes this filter away; empty if it is not set.
    pub all: String,
    /// Its lines.
    pub lines: Vec<Count>,
}

/// The queue.
#[derive(Debug, Template)]
#[template(path = "review/queue.html")]
pub struct Queue {
    /// Person.
    pub f: Frame,
    /// Filter as query.
    pub query: String,
    /// Counts.
    pub left: Left,
    /// Own decisions in ten minutes.
    pub own: usize,
    /// When it will be done, in words; empty if nobody works.
    pub end: String,
    /// By book, kind, reason.
    pub tables: Vec<Counts>,
    /// Values that many fields share.
    pub alike: Vec<Count>,
}

/// One of many.
#[derive(Debug)]
pub struct Small {
    /// Item.
    pub item: String,
    /// Last line about it.
    pub seen: u64,
    /// Where the upper left corner of its review picture lies on the sheet.
    pub corner: (i64, i64),
    /// The slot with little around it: left, top, width, height on the sheet.
    pub view: (i64, i64, i64, i64),
}

/// Many fields with the same reading.
#[derive(Debug, Template)]
#[template(path = "review/many.html")]
pub struct Many {
    /// Person.
    pub f: Frame,
    /// What all of them read.
    pub text: String,
    /// Kind in words.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// Group.
    pub group: String,
    /// Those shown.
    pub small: Vec<Small>,
    /// Filter.
    pub filter: Filter,
    /// Way back.
    pub queue: String,
}
