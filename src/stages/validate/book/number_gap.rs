//! Numbers that are missing.

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, NUMBER, by_number};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "number-missing",
        severity: Severity::Warning,
        fields: "so",
        why: "numbers run on without gaps: a page is missing, void, or a number is misread",
        sentence: "Trước số {0} năm {1} thiếu {2} số: {3}.",
    },
    check,
};

fn check(acts: &[Act], config: &Config) -> Vec<(EntryId, Hit)> {
    let mut found = Vec::new();
    for (year, acts) in by_number(acts) {
        for pair in acts.windows(2) {
            let ((before, _), (after, act)) = (pair[0], pair[1]);
            let missing = after.saturating_sub(before + 1);
            if missing > 0 {
                let named =
                    (before + 1..after).take(config.gaps_named).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
                let list = if missing as usize > config.gaps_named { format!("{named} …") } else { named };
                found.push((act.id, Hit::new(&[NUMBER], [&after, &year, &missing, &list])));
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
    fn the_act_after_a_gap_is_told_what_is_missing() {
        let acts = book(&[("1", "7", "2/1/2008"), ("2", "8", "3/1/2008"), ("3", "11", "4/1/2008")]);
        assert_eq!(book_hits(&RULE, &acts), [(2, "Trước số 11 năm 2008 thiếu 2 số: 9, 10.".to_owned())]);
    }

    #[test]
    fn a_book_may_begin_anywhere_and_every_year_anew() {
        let acts = book(&[("1", "57", "2/12/2008"), ("2", "58", "3/12/2008"), ("3", "1", "4/1/2009")]);
        assert!(book_hits(&RULE, &acts).is_empty());
    }

    #[test]
    fn a_long_gap_is_counted_and_not_listed() {
        let acts = book(&[("1", "1", "2/1/2008"), ("2", "500", "3/1/2008")]);
        assert!(book_hits(&RULE, &acts)[0].1.ends_with(" …."));
    }
}
