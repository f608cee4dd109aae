//! Nobody is born after the act that names them.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED, said, surely_after, who};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "birth-after-registration",
        severity: Severity::Conflict,
        fields: "*NgaySinh, ngayDangKy",
        why: "an act cannot name someone not yet born",
        sentence: "Ngày sinh của {0} ({1}) sau ngày đăng ký ({2}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let late = |(prefix, key): (&str, String)| {
        let after = surely_after(facts.span(&key)?, facts.span(REGISTERED)?);
        let (born, registered) = (facts.date(&key)?, facts.date(REGISTERED)?);
        after.then(|| Hit::new(&[&key, REGISTERED], [&who(prefix), &said(born), &said(registered)]))
    };
    facts.birthdays().filter_map(late).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_same_day_is_possible_the_next_is_not() {
        let born = |day: &str| hits(&RULE, &entry("KS").date("nksNgaySinh", day).date("ngayDangKy", "10/5/2008")).len();
        assert_eq!((born("10/5/2008"), born("11/5/2008")), (0, 1));
        assert_eq!((born("2008"), born("2009")), (0, 1));
    }
}
