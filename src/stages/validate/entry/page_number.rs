//! A page number is digits.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{Field, Severity, SlotKind, Value};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "page-not-a-number",
        severity: Severity::Warning,
        fields: "trangSo",
        why: "the importer refuses other page numbers",
        sentence: "Trang số “{0}” không phải là số.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let odd = |field: &Field| match &field.value {
        Value::Unparsed { text } => Some(Hit::new(&[&field.key], [text])),
        _ => None,
    };
    facts.of_kind(SlotKind::PageNumber).filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn digits_are_fine_letters_are_not() {
        let page = |draft| hits(&RULE, &draft).len();
        assert_eq!(page(entry("KS").kind(SlotKind::PageNumber).number("trangSo", "12")), 0);
        assert_eq!(page(entry("KS").kind(SlotKind::PageNumber).unread("trangSo", "l2")), 1);
    }
}
