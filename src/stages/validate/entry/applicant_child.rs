//! A child does not apply for its own birth, unless an adult registers again.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::text::same_text;
use crate::lists::relations;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "applicant-is-the-child",
        severity: Severity::Note,
        fields: "nycHoTen, nksHoTen, nycQuanHe",
        why: "mostly a line read twice",
        sentence: "Người đi khai sinh trùng tên người được khai sinh ({0}) mà quan hệ không ghi tự khai.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let relation = facts.text("nycQuanHe").and_then(|t| relations().lookup(&t).member()?.code);
    let (Some(applicant), Some(child)) = (facts.text("nycHoTen"), facts.text("nksHoTen")) else { return Vec::new() };
    let odd = relation != Some("self") && same_text(&applicant, &child);
    odd.then(|| Hit::new(&["nycHoTen", "nksHoTen"], [&child])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn an_adult_may_register_again_a_child_may_not() {
        let born = |relation: &str| {
            hits(&RULE, &entry("KS").text("nycHoTen", "Lê An").text("nksHoTen", "LÊ AN").text("nycQuanHe", relation))
                .len()
        };
        assert_eq!((born("Tự khai"), born("Cha")), (0, 1));
    }
}
