//! Most children bear the family name of a parent.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::person_name::same_family;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "surname-differs",
        severity: Severity::Note,
        fields: "nksHoTen, chaHoTen, meHoTen",
        why: "good to know: a misread family name shows here",
        sentence: "Họ của trẻ ({0}) khác họ cha và họ mẹ.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let Some(child) = facts.text("nksHoTen") else { return Vec::new() };
    let parents = ["chaHoTen", "meHoTen"].into_iter().filter_map(|k| facts.text(k));
    let same: Vec<bool> = parents.filter_map(|p| same_family(&p, &child)).collect();
    let odd = !same.is_empty() && !same.contains(&true);
    odd.then(|| Hit::new(&["nksHoTen"], [&child.split(' ').next().unwrap_or_default()])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn one_parents_name_is_enough() {
        let born = |child: &str| {
            hits(&RULE, &entry("KS").text("nksHoTen", child).text("chaHoTen", "LÊ VĂN A").text("meHoTen", "Trần Thị B"))
                .len()
        };
        assert_eq!((born("Lê An"), born("Trần An"), born("Ngô An")), (0, 0, 1));
    }
}
