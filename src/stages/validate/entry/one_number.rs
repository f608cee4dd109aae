//! Two people do not share one number.

use super::super::Config;
use super::super::facts::{Facts, PEOPLE, who};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "one-number-two-people",
        severity: Severity::Conflict,
        fields: "*SoGiayToTuyThan",
        why: "a number was read, or written, twice",
        sentence: "Số giấy tờ của {0} và {1} giống nhau.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    // the applicant is often the father or the mother and then has their number
    let people = PEOPLE.into_iter().filter(|p| *p != "nyc");
    let numbers: Vec<(&str, String, String)> = people
        .filter_map(|p| {
            let key = format!("{p}SoGiayToTuyThan");
            Some((p, facts.text(&key)?, key))
        })
        .collect();
    let pairs = numbers.iter().enumerate().flat_map(|(i, a)| numbers[i + 1..].iter().map(move |b| (a, b)));
    let same = pairs.filter(|(a, b)| a.1 == b.1);
    same.map(|(a, b)| Hit::new(&[&a.2, &b.2], [&who(a.0), &who(b.0)])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_same_number_speaks_another_does_not() {
        let wed = |a: &str, b: &str| {
            hits(&RULE, &entry("KH").text("voSoGiayToTuyThan", a).text("chongSoGiayToTuyThan", b)).len()
        };
        assert_eq!((wed("320123456", "320123457"), wed("320123456", "320123456")), (0, 1));
    }
}
