//! The file names another register number than the page.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::register_number::parse_register_number;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "file-number-differs",
        severity: Severity::Warning,
        fields: "so, file name",
        why: "the page wins; the name, or the reading, is wrong",
        sentence: "Tên tệp ghi số {0}, trang ghi số {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let named = facts.entry().hint.number.as_deref().and_then(parse_register_number);
    let read = facts.text("so").and_then(|t| parse_register_number(&t));
    let (Some(named), Some(read)) = (named, read) else { return Vec::new() };
    (named.number != read.number).then(|| Hit::new(&["so"], [&named.number, &read.number])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn zeros_do_not_matter_another_number_does() {
        let so = |n: &str| hits(&RULE, &entry("KS").named("KS", "2008", "2008-01-15", "001").number("so", n)).len();
        assert_eq!((so("1"), so("01/2008"), so("2")), (0, 0, 1));
    }
}
