//! A parent is born before the child.

use super::super::Config;
use super::super::facts::{Facts, said, who};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "parent-not-before-child",
        severity: Severity::Conflict,
        fields: "chaNgaySinh, meNgaySinh, nksNgaySinh",
        why: "parent and child are exchanged, or a year is misread",
        sentence: "Năm sinh của {0} ({1}) không trước năm sinh của con ({2}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let wrong = |prefix: &str| {
        let key = format!("{prefix}NgaySinh");
        let not_before = facts.span(&key)?.0 >= facts.span("nksNgaySinh")?.1;
        let (parent, child) = (facts.date(&key)?, facts.date("nksNgaySinh")?);
        not_before.then(|| Hit::new(&[&key, "nksNgaySinh"], [&who(prefix), &said(parent), &said(child)]))
    };
    ["cha", "me"].into_iter().filter_map(wrong).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_day_before_is_still_before_the_same_day_is_not() {
        let born = |day: &str| hits(&RULE, &entry("KS").date("meNgaySinh", day).date("nksNgaySinh", "10/5/2008")).len();
        assert_eq!((born("9/5/2008"), born("10/5/2008"), born("2009")), (0, 1, 1));
    }
}
