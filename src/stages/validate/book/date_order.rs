//! Dates against numbers.

use super::super::Config;
use super::super::facts::{REGISTERED, said, surely_after};
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, NUMBER, by_number, order};
use crate::domain::{Confidence, EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "date-runs-backwards",
        severity: Severity::Warning,
        fields: "ngayDangKy, so",
        why: "acts are entered as they come: a date before that of the act before is misread, or the number is",
        sentence: "Số {0} đăng ký ngày {1}, trước ngày {2} của số {3}.",
    },
    check,
};

fn check(acts: &[Act], config: &Config) -> Vec<(EntryId, Hit)> {
    let mut found = Vec::new();
    for acts in by_number(acts).into_values() {
        let dated: Vec<_> = acts.into_iter().filter_map(|(n, act)| Some((n, act.registered?, act))).collect();
        let falls = |i: usize, j: usize| {
            let ((n0, (_, span0), _), (n1, (_, span1), _)) = (dated[i], dated[j]);
            n0 < n1 && surely_after(span0, span1)
        };
        let sure: Vec<Confidence> = dated.iter().map(|(.., act)| act.sure(&[NUMBER, REGISTERED])).collect();
        for (own, other) in order::to_ask(&sure, falls, config.outweighed) {
            let ((n0, (day0, _), _), (n1, (day1, _), _)) = (dated[own.min(other)], dated[own.max(other)]);
            let words = Hit::new(&[REGISTERED, NUMBER], [&n1, &said(day1), &said(day0), &n0]);
            found.push((dated[own].2.id, words));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{book, book_hits};
    use super::*;

    #[test]
    fn the_same_day_is_fine_the_day_before_is_not() {
        let acts = |day: &str| book(&[("1", "7", "3/1/2008"), ("2", "8", day)]);
        assert!(book_hits(&RULE, &acts("3/1/2008")).is_empty());
        let sentence = "Số 8 đăng ký ngày 2/1/2008, trước ngày 3/1/2008 của số 7.".to_owned();
        assert_eq!(
            book_hits(&RULE, &acts("2/1/2008")),
            [(0, sentence.clone()), (1, sentence)],
            "either may be misread"
        );
    }

    #[test]
    fn one_misread_date_is_asked_and_not_the_right_one_behind_it() {
        let late =
            book(&[("1", "7", "3/1/2008"), ("2", "8", "4/11/2008"), ("3", "9", "5/1/2008"), ("4", "10", "6/1/2008")]);
        let asked: Vec<u32> = book_hits(&RULE, &late).into_iter().map(|hit| hit.0).collect();
        assert_eq!(asked, [1]);
    }
}
