//! An act is entered on a day, never in a month or year: what is missing was not read.

use super::super::Config;
use super::super::facts::{Facts, said};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "registration-day-missing",
        severity: Severity::Warning,
        fields: "ngayDangKy",
        why: "an act is entered on a whole day; a month or year alone is a date read in part",
        sentence: "Ngày đăng ký {0} thiếu ngày hoặc tháng.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let part =
        facts.date("ngayDangKy").filter(|date| date.day.is_none() || date.month.is_none() || date.year.is_none());
    part.map(|date| Hit::new(&["ngayDangKy"], [&said(date)])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_whole_day_is_silent_a_month_or_a_year_speaks() {
        let on = |day: &str| hits(&RULE, &entry("KH").date("ngayDangKy", day)).len();
        assert_eq!((on("6/2/1999"), on("2/1999"), on("1999")), (0, 1, 1));
        assert!(hits(&RULE, &entry("KH").date("chongNgaySinh", "1957")).is_empty(), "birthdays may be years");
        assert!(hits(&RULE, &entry("KH")).is_empty(), "a date that is not there is another matter");
    }
}
