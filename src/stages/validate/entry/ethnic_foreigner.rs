//! Only citizens of Vietnam have one of the 54 groups.

use super::super::Config;
use super::super::facts::{Facts, PEOPLE};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::lists::countries;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "ethnic-group-of-foreigner",
        severity: Severity::Warning,
        fields: "*DanToc, *QuocTich",
        why: "one of the two fields is misread",
        sentence: "Quốc tịch {0} nhưng dân tộc {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let odd = |prefix: &str| {
        let (group_key, country_key) = (format!("{prefix}DanToc"), format!("{prefix}QuocTich"));
        let (group, country) = (facts.text(&group_key)?, facts.text(&country_key)?);
        let foreign = countries().lookup(&country).member()?.code != Some("VN");
        let of_the_54 = !matches!(group.as_str(), "Khác" | "Người nước ngoài");
        (foreign && of_the_54).then(|| Hit::new(&[&group_key, &country_key], [&country, &group]))
    };
    PEOPLE.into_iter().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_foreigner_has_no_group_of_the_54() {
        let wed = |group: &str, country: &str| {
            hits(&RULE, &entry("KH").listed("voDanToc", group).listed("voQuocTich", country)).len()
        };
        assert_eq!((wed("Kinh", "Việt Nam"), wed("Kinh", "Đài Loan"), wed("Người nước ngoài", "Đài Loan")), (0, 1, 0));
    }
}
