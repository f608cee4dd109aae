//! Nobody in an act is older than people get.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED, who, years_between};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "person-age",
        severity: Severity::Warning,
        fields: "*NgaySinh, ngayDangKy",
        why: "mostly a misread century",
        sentence: "Tuổi của {0} là {1} vào ngày đăng ký, quá {2}.",
    },
    check,
};

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let old = |(prefix, key): (&str, String)| {
        let (least, _) = years_between(facts.span(&key)?, facts.span(REGISTERED)?);
        (least > config.person_oldest)
            .then(|| Hit::new(&[&key, REGISTERED], [&who(prefix), &least, &config.person_oldest]))
    };
    facts.birthdays().filter_map(old).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry, hits};
    use super::*;

    #[test]
    fn both_sides_of_the_limit() {
        let age = |years: i16| {
            hits(
                &RULE,
                &entry("KT").date("nktNgaySinh", &format!("10/5/{}", 2008 - years)).date("ngayDangKy", "10/5/2008"),
            )
            .len()
        };
        assert_eq!((age(CONFIG.person_oldest), age(CONFIG.person_oldest + 1)), (0, 1));
    }
}
