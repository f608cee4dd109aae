//! The file name has no register number ("null").

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "file-number-missing",
        severity: Severity::Note,
        fields: "so, file name",
        why: "good to know: such files were often stored twice",
        sentence: "Tên tệp không có số đăng ký.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let hint = &facts.entry().hint;
    let nameless = hint.register.is_some() && hint.date.is_some() && hint.number.is_none();
    nameless.then(|| Hit::new(&["so"], [])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_name_with_null_is_told_a_scanners_own_name_is_not() {
        assert_eq!(hits(&RULE, &entry("KS").named("KS", "2008", "2008-01-15", "001")).len(), 0);
        assert_eq!(hits(&RULE, &entry("KS").named("KS", "2008", "2008-01-15", "")).len(), 1);
        assert_eq!(hits(&RULE, &entry("KS")).len(), 0);
    }
}
