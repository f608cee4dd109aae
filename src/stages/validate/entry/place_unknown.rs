//! Places name a unit of the gazetteer.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{Field, Severity, SlotKind, Value};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "place-unit-unknown",
        severity: Severity::Note,
        fields: "places",
        why: "good to know: no unit, or more than one, was recognised; the text stays as written",
        sentence: "Không xác định được đơn vị hành chính trong “{0}”.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let unknown = |field: &Field| match &field.value {
        Value::Place { text, unit: None } => Some(Hit::new(&[&field.key], [text])),
        _ => None,
    };
    facts.of_kind(SlotKind::Place).filter_map(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_known_place_is_silent_an_unknown_one_speaks() {
        let born = |place: &str| hits(&RULE, &entry("KS").place("nksNoiSinh", place)).len();
        assert_eq!((born("Bình Đại, Bến Tre"), born("nhà bảo sanh")), (0, 1));
    }
}
