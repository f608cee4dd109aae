//! The groups of the import are a closed list.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{Field, Severity, SlotKind, Value};
use crate::lists::{Match, ethnic_groups};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "ethnic-group-unknown",
        severity: Severity::Warning,
        fields: "*DanToc",
        why: "the importer takes names of its list only",
        sentence: "Dân tộc “{0}” không có trong danh mục.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let unknown = |field: &Field| match &field.value {
        Value::Unparsed { text } if ethnic_groups().lookup(text) == Match::None => {
            Some(Hit::new(&[&field.key], [text]))
        }
        _ => None,
    };
    facts.of_kind(SlotKind::EthnicGroup).filter_map(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn members_of_the_list_are_fine_others_are_not() {
        let known = entry("KS").kind(SlotKind::EthnicGroup).listed("nksDanToc", "Kinh");
        let unknown = entry("KS").kind(SlotKind::EthnicGroup).unread("nksDanToc", "Kinhh");
        assert_eq!((hits(&RULE, &known).len(), hits(&RULE, &unknown).len()), (0, 1));
    }
}
