//! Ages of the spouses at registration.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED, who, years_between};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "marriage-age",
        severity: Severity::Warning,
        fields: "voNgaySinh, chongNgaySinh, ngayDangKy",
        why: "below the age of the law (18 and 20 since 1986) or a misread year",
        sentence: "Tuổi của {0} khi đăng ký kết hôn là {1}, ngoài khoảng {2}–{3}.",
    },
    check,
};

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let odd = |(prefix, youngest, oldest): (&str, i16, i16)| {
        let key = format!("{prefix}NgaySinh");
        let (least, most) = years_between(facts.span(&key)?, facts.span(REGISTERED)?);
        // below zero is another rule's business
        let outside = most >= 0 && (most < youngest || least > oldest);
        outside.then(|| Hit::new(&[&key, REGISTERED], [&who(prefix), &most, &youngest, &oldest]))
    };
    let limits =
        [("vo", config.bride_youngest, config.spouse_oldest), ("chong", config.groom_youngest, config.spouse_oldest)];
    limits.into_iter().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry, hits};
    use super::*;

    #[test]
    fn both_sides_of_each_limit() {
        let age =
            |key: &str, day: String| hits(&RULE, &entry("KH").date(key, &day).date("ngayDangKy", "10/5/2008")).len();
        for (key, youngest) in [("voNgaySinh", CONFIG.bride_youngest), ("chongNgaySinh", CONFIG.groom_youngest)] {
            assert_eq!(age(key, format!("10/5/{}", 2008 - youngest)), 0);
            assert_eq!(age(key, format!("11/5/{}", 2008 - youngest)), 1);
            assert_eq!(age(key, format!("10/5/{}", 2008 - CONFIG.spouse_oldest)), 0);
            assert_eq!(age(key, format!("10/5/{}", 2007 - CONFIG.spouse_oldest)), 1);
        }
    }
}
