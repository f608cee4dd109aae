//! Countries are a closed list.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{Field, Severity, SlotKind, Value};
use crate::lists::{Match, countries};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "country-unknown",
        severity: Severity::Warning,
        fields: "*QuocTich",
        why: "the importer takes names of its list only",
        sentence: "Quốc tịch “{0}” không có trong danh mục.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let unknown = |field: &Field| match &field.value {
        Value::Unparsed { text } if countries().lookup(text) == Match::None => Some(Hit::new(&[&field.key], [text])),
        _ => None,
    };
    facts.of_kind(SlotKind::Country).filter_map(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn members_of_the_list_are_fine_others_are_not() {
        let known = entry("KS").kind(SlotKind::Country).listed("nksQuocTich", "Việt Nam");
        let unknown = entry("KS").kind(SlotKind::Country).unread("nksQuocTich", "Atlantis");
        assert_eq!((hits(&RULE, &known).len(), hits(&RULE, &unknown).len()), (0, 1));
    }
}
