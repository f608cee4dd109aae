//! On recognition pages the child may stand first.

use super::super::Config;
use super::super::facts::{Facts, said, surely_after};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "recognition-child-first",
        severity: Severity::Note,
        fields: "cmNgaySinh, ncNgaySinh",
        why: "the import wants the parent in cm… and the child in nc…; the entry keeps the page's order",
        sentence: "Người đứng trước ({0}) sinh sau người đứng sau ({1}): có thể là con nhận cha, mẹ; khi xuất cần đổi chỗ.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(first), Some(second)) = (facts.span("cmNgaySinh"), facts.span("ncNgaySinh")) else { return Vec::new() };
    let (Some(a), Some(b)) = (facts.date("cmNgaySinh"), facts.date("ncNgaySinh")) else { return Vec::new() };
    surely_after(first, second)
        .then(|| Hit::new(&["cmNgaySinh", "ncNgaySinh"], [&said(a), &said(b)]))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_elder_first_is_silent_the_younger_first_speaks() {
        let act = |first: &str, second: &str| {
            hits(&RULE, &entry("CMC").date("cmNgaySinh", first).date("ncNgaySinh", second)).len()
        };
        assert_eq!((act("1980", "2005"), act("2005", "1980"), act("1980", "1980")), (0, 1, 0));
    }
}
