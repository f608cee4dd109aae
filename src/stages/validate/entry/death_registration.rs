//! A death is registered after it happened.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED, said, surely_after};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "death-after-registration",
        severity: Severity::Conflict,
        fields: "nktNgayChet, ngayDangKy",
        why: "one of the two dates is misread",
        sentence: "Ngày chết ({0}) sau ngày đăng ký ({1}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(died), Some(written)) = (facts.span("nktNgayChet"), facts.span(REGISTERED)) else { return Vec::new() };
    let (Some(death), Some(registered)) = (facts.date("nktNgayChet"), facts.date(REGISTERED)) else {
        return Vec::new();
    };
    let wrong = surely_after(died, written);
    wrong.then(|| Hit::new(&["nktNgayChet", REGISTERED], [&said(death), &said(registered)])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_day_of_death_may_be_the_day_of_registration_but_not_after_it() {
        let died = |day: &str| hits(&RULE, &entry("KT").date("nktNgayChet", day).date("ngayDangKy", "10/5/2008")).len();
        assert_eq!((died("10/5/2008"), died("11/5/2008")), (0, 1));
    }
}
