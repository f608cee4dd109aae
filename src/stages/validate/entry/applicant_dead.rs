//! The dead do not register their own death.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::text::same_text;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "applicant-is-the-dead",
        severity: Severity::Conflict,
        fields: "nycHoTen, nktHoTen",
        why: "two lines were exchanged or read twice",
        sentence: "Người đi khai tử trùng tên người chết ({0}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(applicant), Some(dead)) = (facts.text("nycHoTen"), facts.text("nktHoTen")) else { return Vec::new() };
    same_text(&applicant, &dead).then(|| Hit::new(&["nycHoTen", "nktHoTen"], [&dead])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_same_name_speaks_a_child_with_another_does_not() {
        let died = |a: &str| hits(&RULE, &entry("KT").text("nycHoTen", a).text("nktHoTen", "Lê Văn Hòa")).len();
        assert_eq!((died("LÊ VĂN HOÀ"), died("Lê Văn Hoa")), (1, 0));
    }
}
