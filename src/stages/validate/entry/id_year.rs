//! Digits four to six of a 12-digit number give the year of birth.

use super::super::Config;
use super::super::facts::{Facts, who};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::id_number::CitizenNumber;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "id-year-differs",
        severity: Severity::Warning,
        fields: "*SoGiayToTuyThan, *NgaySinh",
        why: "number or birthday is misread, or the number is another person's",
        sentence: "Số định danh của {0} chỉ năm sinh {1}, ngày sinh ghi {2}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let odd = |(prefix, key, number): (&'static str, String, CitizenNumber)| {
        let birthday = format!("{prefix}NgaySinh");
        let year = facts.date(&birthday)?.year?;
        (year != number.birth_year).then(|| Hit::new(&[&key, &birthday], [&who(prefix), &number.birth_year, &year]))
    };
    facts.citizen_numbers().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_year_must_agree_to_the_century() {
        let born =
            |n: &str, year: &str| hits(&RULE, &entry("KH").text("voSoGiayToTuyThan", n).date("voNgaySinh", year)).len();
        assert_eq!(
            (born("083185000123", "1/2/1985"), born("083185000123", "1986"), born("083185000123", "1984")),
            (0, 1, 1)
        );
        assert_eq!((born("083304000123", "2004"), born("083104000123", "2004")), (0, 1));
    }
}
