//! The folder or file names another register than the page.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "file-register-differs",
        severity: Severity::Warning,
        fields: "file name",
        why: "the page wins; the scan lies in the wrong folder",
        sentence: "Tên tệp hoặc thư mục ghi loại sổ {0}, trang là {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let (Some(named), page) = (facts.entry().hint.register, facts.entry().register) else { return Vec::new() };
    (named != page).then(|| Hit::new(&[], [&named.code(), &page.code()])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_death_page_named_kh_is_told() {
        assert_eq!(hits(&RULE, &entry("KT").named("KH", "2008", "2008-01-15", "001")).len(), 1);
        assert_eq!(hits(&RULE, &entry("KT").named("KT", "2008", "2008-01-15", "001")).len(), 0);
    }
}
