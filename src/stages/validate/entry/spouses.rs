//! Husband and wife have two names.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::text::same_text;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "spouses-one-name",
        severity: Severity::Conflict,
        fields: "chongHoTen, voHoTen",
        why: "one line was read twice, or written twice",
        sentence: "Họ tên chồng và vợ giống nhau ({0}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(husband), Some(wife)) = (facts.text("chongHoTen"), facts.text("voHoTen")) else { return Vec::new() };
    let same = same_text(&husband, &wife);
    same.then(|| Hit::new(&["chongHoTen", "voHoTen"], [&husband])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn one_mark_makes_two_names_and_case_does_not() {
        let wed = |a: &str, b: &str| hits(&RULE, &entry("KH").text("chongHoTen", a).text("voHoTen", b)).len();
        assert_eq!((wed("Lê Hòa", "LÊ HOÀ"), wed("Lê Hòa", "Lê Hoa")), (1, 0));
    }
}
