//! Relations come from a list that clerks know.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{Field, Severity, SlotKind, Value};
use crate::lists::relations;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "relation-unknown",
        severity: Severity::Note,
        fields: "nycQuanHe, nycQHNguoiNhan, nycQHNguoiDuocNhan",
        why: "good to know: mostly a misread word",
        sentence: "Quan hệ “{0}” không thường gặp.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let unusual = |field: &Field| match &field.value {
        Value::Text { text } if relations().lookup(text).member().is_none() => Some(Hit::new(&[&field.key], [text])),
        _ => None,
    };
    facts.of_kind(SlotKind::Relation).filter_map(unusual).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn listed_relations_are_silent_others_speak() {
        let by = |relation: &str| hits(&RULE, &entry("KS").kind(SlotKind::Relation).text("nycQuanHe", relation)).len();
        assert_eq!((by("Bà nội"), by("Mẹ đẻ"), by("Mợ tư")), (0, 0, 1));
    }
}
