//! The file names another day than the page.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED, said};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "file-date-differs",
        severity: Severity::Warning,
        fields: "ngayDangKy, file name",
        why: "the page wins; the name, or the reading, is wrong",
        sentence: "Tên tệp ghi ngày {0}, trang ghi ngày {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let named = facts.entry().hint.date.as_deref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
    let (Some(named), Some(read), Some(span)) = (named, facts.date(REGISTERED), facts.span(REGISTERED)) else {
        return Vec::new();
    };
    let name = format!("{}/{}/{}", named.day(), named.month(), named.year());
    let outside = named < span.0 || named > span.1;
    outside.then(|| Hit::new(&[REGISTERED], [&name, &said(read)])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_same_day_is_silent_the_next_speaks() {
        let day =
            |d: &str| hits(&RULE, &entry("KS").named("KS", "2008", "2008-01-15", "001").date("ngayDangKy", d)).len();
        assert_eq!((day("15/1/2008"), day("16/1/2008"), day("2008")), (0, 1, 0));
    }
}
