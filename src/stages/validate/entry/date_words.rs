//! The date in words against the date in digits.

use super::super::Config;
use super::super::facts::{Facts, said};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::date_words::from_words;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "date-words-differ",
        severity: Severity::Conflict,
        fields: "nksNgaySinh, nksNgaySinhBangChu, nktNgayChet, nktNgayChetGhiBangChu",
        why: "two readings of one fact: the strongest check on the page",
        sentence: "Ngày bằng số ({0}) và bằng chữ ({1}) khác nhau, hãy xem lại cả hai.",
    },
    check,
};

const PAIRS: [(&str, &str); 2] = [("nksNgaySinh", "nksNgaySinhBangChu"), ("nktNgayChet", "nktNgayChetGhiBangChu")];

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let differ = |(digits, words): (&str, &str)| {
        let in_words = from_words(&facts.text(words)?, &config.dates).ok()?;
        let Some(in_digits) = facts.date(digits) else {
            // unreadable digits are queued anyway; the words say what they should be
            let unread = facts.field(digits)?.as_written.clone();
            return Some(
                Hit::new(&[digits, words], [&unread, &said(in_words)]).proposing(digits, in_words.import_text()),
            );
        };
        // where one of the two leaves a part out there is nothing to compare
        let same = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
        let small = |d: Option<u8>| d.map(u16::from);
        let agree = same(in_digits.year, in_words.year)
            && same(small(in_digits.month), small(in_words.month))
            && same(small(in_digits.day), small(in_words.day));
        (!agree).then(|| Hit::new(&[digits, words], [&said(in_digits), &said(in_words)]))
    };
    PAIRS.into_iter().filter_map(differ).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn equal_dates_are_silent_and_one_part_that_differs_speaks() {
        let words = "Ngày hai mươi sáu tháng chín năm hai nghìn không trăm linh bốn";
        let born =
            |digits: &str| hits(&RULE, &entry("KS").date("nksNgaySinh", digits).words("nksNgaySinhBangChu", words));
        assert!(born("26/9/2004").is_empty());
        assert!(born("2004").is_empty(), "a year alone agrees");
        for digits in ["25/9/2004", "26/8/2004", "26/9/2005", "2005"] {
            assert_eq!(born(digits).len(), 1, "{digits}");
        }
    }

    #[test]
    fn unread_digits_get_the_words_as_a_proposal() {
        let draft = entry("KS")
            .unread("nksNgaySinh", "26/g/2004")
            .words("nksNgaySinhBangChu", "Năm hai nghìn không trăm linh bốn");
        assert_eq!(hits(&RULE, &draft)[0].proposal, Some(("nksNgaySinh".into(), "2004".into())));
    }
}
