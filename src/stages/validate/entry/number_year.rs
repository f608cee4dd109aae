//! The year in the number is the year of registration.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::register_number::parse_register_number;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "number-year",
        severity: Severity::Warning,
        fields: "so, ngayDangKy",
        why: "numbers begin at 01 every year; an importer refuses another year",
        sentence: "Năm trong số đăng ký ({0}) khác năm đăng ký ({1}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let number = facts.text("so").and_then(|t| parse_register_number(&t));
    let (Some(year), Some(registered)) = (number.and_then(|n| n.year), facts.year_registered()) else {
        return Vec::new();
    };
    let wrong = year != registered;
    wrong.then(|| Hit::new(&["so", REGISTERED], [&year, &registered])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn another_year_speaks_no_year_does_not() {
        let number = |n: &str| hits(&RULE, &entry("KS").number("so", n).date("ngayDangKy", "10/5/2008")).len();
        assert_eq!((number("05/2008"), number("05"), number("05/2007"), number("05/2009")), (0, 0, 1, 1));
    }
}
