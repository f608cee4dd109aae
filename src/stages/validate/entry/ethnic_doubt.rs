//! Old spellings that may mean more than one group.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{Field, Severity, SlotKind};
use crate::lists::{Match, ethnic_groups};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "ethnic-group-doubtful",
        severity: Severity::Warning,
        fields: "*DanToc",
        why: "only a person can say which group is meant",
        sentence: "Dân tộc ghi “{0}” có thể là {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let doubtful = |field: &Field| match ethnic_groups().lookup(&field.as_written) {
        Match::Several(groups) if !field.as_written.is_empty() => {
            let names: Vec<&str> = groups.iter().map(|g| g.text).collect();
            Some(Hit::new(&[&field.key], [&field.as_written, &names.join(" hoặc ")]))
        }
        Match::Several(_) | Match::One(_) | Match::Likely(_) | Match::None => None,
    };
    facts.of_kind(SlotKind::EthnicGroup).filter_map(doubtful).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn tho_and_man_are_asked_about_kinh_is_not() {
        let group = |g: &str| hits(&RULE, &entry("KS").kind(SlotKind::EthnicGroup).listed("nksDanToc", g)).len();
        assert_eq!((group("Kinh"), group("Thổ"), group("Mán")), (0, 1, 1));
    }
}
