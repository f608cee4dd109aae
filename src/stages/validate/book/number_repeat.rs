//! Numbers that occur twice.

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, NUMBER, by_number};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "number-repeated",
        severity: Severity::Warning,
        fields: "so",
        why: "one act, one number: a repeat is a misread number, a second scan or a second registration",
        sentence: "Số {0} năm {1} có {2} trường hợp trong sổ.",
    },
    check,
};

fn check(acts: &[Act], _: &Config) -> Vec<(EntryId, Hit)> {
    let years = by_number(acts);
    let repeated = years.iter().flat_map(|(year, acts)| {
        let same = acts.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
        same.flat_map(move |same| {
            same.iter().map(move |(n, act)| (act.id, Hit::new(&[NUMBER], [n, year, &same.len()])))
        })
    });
    repeated.collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{book, book_hits};
    use super::*;

    #[test]
    fn both_of_two_equal_numbers_are_named_and_other_years_are_apart() {
        let acts =
            book(&[("1", "1", "2/1/2008"), ("2", "2", "3/1/2008"), ("3", "2", "4/1/2008"), ("4", "1", "5/1/2009")]);
        let named: Vec<u32> = book_hits(&RULE, &acts).into_iter().map(|(i, _)| i).collect();
        assert_eq!(named, [1, 2]);
    }
}
