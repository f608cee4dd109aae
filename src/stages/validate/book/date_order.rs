//! Dates against numbers.

use super::super::Config;
use super::super::facts::{said, surely_after};
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, by_number};
use crate::domain::{EntryId, Severity};

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

fn check(acts: &[Act], _: &Config) -> Vec<(EntryId, Hit)> {
    let mut found = Vec::new();
    for acts in by_number(acts).into_values() {
        let dated: Vec<_> = acts.into_iter().filter_map(|(n, a)| Some((n, a.id, a.registered?))).collect();
        for pair in dated.windows(2) {
            let ((n0, _, (day0, span0)), (n1, id, (day1, span1))) = (pair[0], pair[1]);
            if surely_after(span0, span1) {
                found.push((id, Hit::new(&["ngayDangKy", "so"], [&n1, &said(day1), &said(day0), &n0])));
            }
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
        assert_eq!(
            book_hits(&RULE, &acts("2/1/2008")),
            [(1, "Số 8 đăng ký ngày 2/1/2008, trước ngày 3/1/2008 của số 7.".to_owned())]
        );
    }
}
