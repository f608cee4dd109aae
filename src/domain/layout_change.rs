//! Which layout people said a page has, and which decisions were made on it.

use serde::{Deserialize, Serialize};

use super::EntryId;

/// A person's word about the layout of a page; the last one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutChange {
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// The entry where it was said; it holds for its page.
    pub entry: EntryId,
    /// The layouts before, by part of the scan.
    pub from: Vec<(u8, String)>,
    /// The layout; nothing for the one that the program finds.
    pub to: Option<String>,
    /// Why, in the person's words; may be empty.
    pub note: String,
}

/// All that was said about the layout of one page, with the numbers of the lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layouts(Vec<(u64, LayoutChange)>);

impl Layouts {
    /// Adds a line; in order of time.
    pub fn push(&mut self, number: u64, change: LayoutChange) {
        self.0.push((number, change));
    }

    /// The layout that the page is to be read as; nothing for the one that the program finds.
    #[must_use]
    pub fn wanted(&self) -> Option<&str> {
        self.0.last()?.1.to.as_deref()
    }

    /// The layout that was said for a part when a line of the audit was written; nothing where nobody ever said one.
    #[must_use]
    pub fn at(&self, number: u64, part: u8) -> Option<&str> {
        let found = self.0.first()?.1.from.iter().find(|(of, _)| *of == part).map(|(_, layout)| layout.as_str());
        let last = self.0.iter().rev().find(|(line, _)| *line < number);
        last.and_then(|(_, change)| change.to.as_deref()).or(found)
    }

    /// Whether what was decided in a line is about an entry that was read as `layout`: what a person saw in the slots of
    /// another layout says nothing of these.
    #[must_use]
    pub fn is_about(&self, number: u64, part: u8, layout: &str) -> bool {
        self.at(number, part).is_none_or(|at| at == layout)
    }

    /// Whether a part that was read as `layout` is to be read again as another one.
    #[must_use]
    pub fn waits(&self, part: u8, layout: &str) -> bool {
        !self.is_about(u64::MAX, part, layout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PageId, Sha256};

    fn said(to: &[(u64, Option<&str>)]) -> Layouts {
        let entry = EntryId { page: PageId { file: Sha256([1; 32]), index: 0 }, part: 0, ordinal: 0 };
        let from = vec![(0, "ks-2006".to_owned()), (1, "kt-2006".to_owned())];
        let change = |to: Option<&str>| LayoutChange {
            at: String::new(),
            who: "lan".to_owned(),
            entry,
            from: from.clone(),
            to: to.map(str::to_owned),
            note: String::new(),
        };
        Layouts(to.iter().map(|(number, to)| (*number, change(*to))).collect())
    }

    #[test]
    fn a_line_of_the_audit_is_read_as_it_was_written() {
        let change = said(&[(1, Some("ks-2010"))]).0.remove(0).1;
        let line = crate::domain::AuditLine::Layout(change);
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(serde_json::from_str::<crate::domain::AuditLine>(&text).unwrap(), line);
    }

    #[test]
    fn without_a_word_everything_counts_and_nothing_waits() {
        let none = said(&[]);
        assert!(none.is_about(7, 0, "ks-2006") && !none.waits(0, "ks-2006") && none.wanted().is_none());
    }

    #[test]
    fn decisions_count_for_the_layout_they_were_made_on() {
        let changed = said(&[(5, Some("ks-2010"))]);
        assert!(changed.waits(0, "ks-2006") && !changed.waits(0, "ks-2010"));
        assert!(changed.is_about(4, 0, "ks-2006") && !changed.is_about(4, 0, "ks-2010"));
        assert!(changed.is_about(6, 0, "ks-2010") && !changed.is_about(6, 0, "ks-2006"));
        assert!(changed.is_about(4, 1, "kt-2006"), "the other half had another layout");
    }

    #[test]
    fn taking_it_back_leaves_the_page_as_it_was_found() {
        let back = said(&[(5, Some("ks-2010")), (8, None)]);
        assert_eq!(back.wanted(), None);
        assert!(!back.waits(0, "ks-2006") && back.waits(0, "ks-2010"));
        assert!(back.is_about(4, 0, "ks-2006") && back.is_about(9, 0, "ks-2006"));
        assert!(!back.is_about(7, 0, "ks-2006"), "decided on the other layout");
    }
}
