//! A book takes no act from before it was opened.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "book-year-after-act",
        severity: Severity::Warning,
        fields: "ngayDangKy, folder name",
        why: "the scan lies in the wrong folder, or the year is misread",
        sentence: "Sổ mở năm {0} nhưng đăng ký năm {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let opened = facts.entry().hint.year.as_deref().and_then(|y| y.parse::<u16>().ok());
    let (Some(opened), Some(registered)) = (opened, facts.year_registered()) else { return Vec::new() };
    (registered < opened).then(|| Hit::new(&[REGISTERED], [&opened, &registered])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_year_of_opening_is_fine_the_year_before_is_not() {
        let day =
            |d: &str| hits(&RULE, &entry("KS").named("KS", "2008", "2008-01-15", "001").date("ngayDangKy", d)).len();
        assert_eq!((day("15/1/2008"), day("15/1/2010"), day("31/12/2007")), (0, 0, 1));
    }
}
