//! `DraftEntry` → `CheckedEntry`: all that looks wrong. Cannot fail, drops nothing.

mod book;
mod config;
mod entry;
mod facts;
mod rule;
#[cfg(test)]
mod samples;
mod table;

pub use book::{READ_TOGETHER, SequenceConfig};
pub use config::Config;
pub use rule::{BookRule, EntryRule, RuleCard};
pub use table::{cards, markdown};

use crate::domain::{BookId, BookReading, CheckedEntry, DraftEntry, EntryId, Finding};
use facts::Facts;

/// Runs every rule on one entry; proposals are put beside the values, never in their place.
#[must_use]
pub fn validate(mut entry: DraftEntry, config: &Config) -> CheckedEntry {
    let hits = |rule: &EntryRule| -> Vec<Finding> {
        (rule.check)(&Facts::of(&entry), config).iter().map(|hit| rule.card.finding(hit)).collect()
    };
    let findings: Vec<Finding> = entry::RULES.iter().flat_map(hits).collect();
    entry.propose(&findings);
    CheckedEntry { entry, findings }
}

/// The same after values changed: the findings of the rules on one entry are found anew, those of its book stay.
#[must_use]
pub fn again(checked: CheckedEntry, config: &Config) -> CheckedEntry {
    let CheckedEntry { entry, mut findings } = checked;
    findings.retain(|finding| entry::RULES.iter().all(|rule| rule.card.id != finding.rule));
    let mut after = validate(entry, config);
    after.findings.append(&mut findings);
    after
}

/// Runs the book-wide rules (gaps, repeats, order) on the entries of one book.
#[must_use]
pub fn check_book(book: &BookId, entries: &[&CheckedEntry], config: &Config) -> Vec<(EntryId, Finding)> {
    let acts = book::acts(book, entries);
    let hits = |rule: &BookRule| -> Vec<(EntryId, Finding)> {
        (rule.check)(&acts, config).into_iter().map(|(id, hit)| (id, rule.card.finding(&hit))).collect()
    };
    book::RULES.iter().flat_map(hits).collect()
}

/// Fields that read otherwise, or surer, with what the other pages of their book say; `entries` in the order of the scans,
/// with readings of the columns in [`READ_TOGETHER`].
#[must_use]
pub fn read_together(book: &BookId, entries: &[&CheckedEntry], config: &Config) -> Vec<(EntryId, BookReading)> {
    let own: Vec<&CheckedEntry> = entries.iter().copied().filter(|e| e.entry.register == book.register).collect();
    book::read_together(&own, config)
}

#[cfg(test)]
mod tests {
    use super::samples::{CONFIG, entry};
    use super::*;
    use crate::domain::Severity;

    fn rules(checked: &CheckedEntry) -> Vec<&str> {
        checked.findings.iter().map(|finding| finding.rule.as_str()).collect()
    }

    #[test]
    fn a_corrected_value_clears_its_finding_a_wrong_one_brings_it_and_the_books_findings_stay() {
        let words = "Ngày hai mươi sáu tháng chín năm hai nghìn không trăm linh bốn";
        let born = |digits: &str| entry("KS").date("nksNgaySinh", digits).words("nksNgaySinhBangChu", words).draft();
        let mut read = validate(born("25/9/2004"), &CONFIG);
        assert!(rules(&read).contains(&"date-words-differ"));
        let gap = Finding {
            rule: "number-gap".into(),
            severity: Severity::Warning,
            fields: vec![],
            message: "".into(),
            proposal: None,
        };
        read.findings.push(gap);
        read.entry = born("26/9/2004");
        let mut right = again(read, &CONFIG);
        assert!(!rules(&right).contains(&"date-words-differ"));
        assert!(rules(&right).contains(&"number-gap"));
        right.entry = born("26/8/2004");
        assert_eq!(rules(&again(right, &CONFIG)).iter().filter(|rule| **rule == "date-words-differ").count(), 1);
    }
}
