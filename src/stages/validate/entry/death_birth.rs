//! Death comes after birth.

use super::super::Config;
use super::super::facts::{Facts, said, surely_after};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "death-before-birth",
        severity: Severity::Conflict,
        fields: "nktNgaySinh, nktNgayChet",
        why: "one of the two dates is misread",
        sentence: "Ngày chết ({0}) trước ngày sinh ({1}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(born), Some(died)) = (facts.span("nktNgaySinh"), facts.span("nktNgayChet")) else { return Vec::new() };
    let (Some(birth), Some(death)) = (facts.date("nktNgaySinh"), facts.date("nktNgayChet")) else { return Vec::new() };
    let wrong = surely_after(born, died);
    wrong.then(|| Hit::new(&["nktNgaySinh", "nktNgayChet"], [&said(death), &said(birth)])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn death_on_the_day_of_birth_is_possible_the_day_before_is_not() {
        let died =
            |day: &str| hits(&RULE, &entry("KT").date("nktNgaySinh", "10/5/2008").date("nktNgayChet", day)).len();
        assert_eq!((died("10/5/2008"), died("9/5/2008"), died("2008"), died("2007")), (0, 1, 0, 1));
    }
}
