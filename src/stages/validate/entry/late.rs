//! Births and deaths registered after the legal time.

use super::super::Config;
use super::super::facts::{Facts, REGISTERED, least_days};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "late-registration",
        severity: Severity::Note,
        fields: "nksNgaySinh, nktNgayChet, ngayDangKy, loaiDangKy",
        why: "the kind of registration should say so (60 days for births, 15 for deaths)",
        sentence: "Đăng ký sau {0} ngày, quá hạn {1} ngày, mà loại đăng ký không ghi quá hạn hay đăng ký lại.",
    },
    check,
};

/// Import codes of `loaiDangKy`: registered again, late.
const EXPECTED: [&str; 2] = ["2", "4"];

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let kinds = [("nksNgaySinh", config.birth_days), ("nktNgayChet", config.death_days)];
    let late = |(key, limit): (&str, i32)| {
        let days = least_days(facts.span(key)?, facts.span(REGISTERED)?);
        // a page whose form has no place for the kind cannot be wrong about it
        let kind = facts.field("loaiDangKy")?;
        let told = EXPECTED.contains(&kind.value.text().as_str());
        (days > limit && !told).then(|| Hit::new(&[key, REGISTERED, "loaiDangKy"], [&days, &limit]))
    };
    kinds.into_iter().filter_map(late).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry, hits};
    use super::*;

    #[test]
    fn both_sides_of_each_limit_and_the_kind_that_says_so() {
        let kt = |day: &str, kind: &str| {
            hits(&RULE, &entry("KT").date("nktNgayChet", "1/5/2013").date("ngayDangKy", day).listed("loaiDangKy", kind))
                .len()
        };
        let last = 1 + CONFIG.death_days;
        assert_eq!((kt(&format!("{last}/5/2013"), "1"), kt(&format!("{}/5/2013", last + 1), "1")), (0, 1));
        assert_eq!((kt("30/5/2013", "4"), kt("30/5/2013", "2")), (0, 0));
        let ks = |day: &str| {
            hits(&RULE, &entry("KS").date("nksNgaySinh", "1/1/2013").date("ngayDangKy", day).listed("loaiDangKy", "1"))
                .len()
        };
        assert_eq!((ks("2/3/2013"), ks("3/3/2013")), (0, 1));
    }
}
