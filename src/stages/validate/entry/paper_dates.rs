//! Papers shown are older than the act that names them.

use super::super::Config;
use super::super::facts::{Facts, PEOPLE, REGISTERED, said, surely_after};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "paper-after-registration",
        severity: Severity::Conflict,
        fields: "*NgayCapGiayToTuyThan, gbtNgay, ngayDangKy",
        why: "one of the two dates is misread",
        sentence: "Ngày cấp giấy tờ ({0}) sau ngày đăng ký ({1}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let keys = PEOPLE.into_iter().map(|p| format!("{p}NgayCapGiayToTuyThan")).chain(["gbtNgay".to_owned()]);
    let late = |key: String| {
        let after = surely_after(facts.span(&key)?, facts.span(REGISTERED)?);
        let (issued, registered) = (facts.date(&key)?, facts.date(REGISTERED)?);
        after.then(|| Hit::new(&[&key, REGISTERED], [&said(issued), &said(registered)]))
    };
    keys.filter_map(late).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_paper_of_the_same_day_is_fine_one_of_the_next_is_not() {
        let issued = |day: &str| hits(&RULE, &entry("KT").date("gbtNgay", day).date("ngayDangKy", "10/5/2008")).len();
        assert_eq!((issued("10/5/2008"), issued("11/5/2008")), (0, 1));
    }
}
