//! A child has the group of a parent.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "ethnic-group-of-neither-parent",
        severity: Severity::Note,
        fields: "nksDanToc, chaDanToc, meDanToc",
        why: "good to know: a misread group shows here",
        sentence: "Dân tộc của trẻ ({0}) khác dân tộc cha và mẹ.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(child), Some(father), Some(mother)) =
        (facts.text("nksDanToc"), facts.text("chaDanToc"), facts.text("meDanToc"))
    else {
        return Vec::new();
    };
    let odd = child != father && child != mother;
    odd.then(|| Hit::new(&["nksDanToc"], [&child])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn one_parents_group_is_enough() {
        let born = |group: &str| {
            hits(&RULE, &entry("KS").listed("nksDanToc", group).listed("chaDanToc", "Kinh").listed("meDanToc", "Hoa"))
                .len()
        };
        assert_eq!((born("Kinh"), born("Hoa"), born("Chăm")), (0, 0, 1));
    }
}
