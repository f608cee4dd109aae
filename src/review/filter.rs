//! Which part of the queue a person works on; lives in the address, so that a page can be shared and reloaded.

use sohoa_http::{Form, encode};

use super::item::{Cause, Item, kind_of_word};
use crate::domain::SlotKind;

/// Reasons of drawn items: they must not stand out, so they hide among the unsure readings.
pub const UNSURE: &str = "low-confidence";

/// Empty parts let everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Book name.
    pub book: String,
    /// Kind.
    pub kind: String,
    /// Reason id.
    pub reason: String,
    // the kind that the word stands for: asked of every item, so not spelt out each time
    of_kind: Option<SlotKind>,
}

impl Filter {
    /// From a query or a form.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        let part = |key| form.get(key).to_owned();
        let kind = part("kind");
        Self { book: part("book"), of_kind: kind_of_word(&kind), kind, reason: part("reason") }
    }

    /// Whether an item belongs to it.
    #[must_use]
    pub fn lets(&self, item: &Item) -> bool {
        let reason = || match item.cause {
            Cause::Sample if item.is_unmarked() => self.reason == UNSURE,
            Cause::Queued | Cause::Sample | Cause::Returned | Cause::Typed | Cause::Accepted => {
                item.reasons.contains(&self.reason)
            }
        };
        (self.book.is_empty() || self.book == item.book)
            && (self.kind.is_empty() || self.of_kind == Some(item.kind))
            && (self.reason.is_empty() || reason())
    }

    /// As a query, beginning with `?`.
    #[must_use]
    pub fn query(&self) -> String {
        let parts = [("book", &self.book), ("kind", &self.kind), ("reason", &self.reason)];
        let set = parts.iter().filter(|(_, value)| !value.is_empty());
        let text: Vec<String> = set.map(|(key, value)| format!("{key}={}", encode(value))).collect();
        if text.is_empty() { String::new() } else { format!("?{}", text.join("&")) }
    }

    /// The same with one part changed.
    #[must_use]
    pub fn with(&self, part: &str, value: &str) -> Self {
        let mut other = self.clone();
        match part {
            "book" => value.clone_into(&mut other.book),
            "kind" => {
                value.clone_into(&mut other.kind);
                other.of_kind = kind_of_word(value);
            }
            _ => value.clone_into(&mut other.reason),
        }
        other
    }
}
