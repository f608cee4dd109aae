//! The first three digits of a 12-digit number are a province.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::id_number::CitizenNumber;
use crate::lists::{Era, Level, gazetteer};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "id-province-unknown",
        severity: Severity::Warning,
        fields: "*SoGiayToTuyThan, *SoDinhDanhCaNhan",
        why: "a misread digit",
        sentence: "Ba số đầu {0} của số định danh không phải mã tỉnh nào.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let all = gazetteer();
    let odd = |(_, key, number): (&str, String, CitizenNumber)| {
        // codes from 100 on are countries of birth; their table is not public
        let code = number.province_code()?;
        let known = all.units().iter().any(|u| u.era == Era::Districts && u.level == Level::Province && u.code == code);
        (!known).then(|| Hit::new(&[&key], [&format!("{:03}", number.province)]))
    };
    facts.citizen_numbers().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn codes_of_the_table_are_fine_those_between_are_not() {
        let id = |n: &str| hits(&RULE, &entry("KH").text("voSoGiayToTuyThan", n)).len();
        assert_eq!((id("083185000123"), id("084185000123"), id("085185000123"), id("000185000123")), (0, 0, 1, 1));
        assert_eq!((id("123456789"), id("200185000123")), (0, 0), "nine digits have no structure, 200 is a country");
    }
}
