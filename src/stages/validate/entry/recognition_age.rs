//! Parent and child are a generation apart.

use super::super::Config;
use super::super::facts::{Facts, surely_after, years_between};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "recognition-ages",
        severity: Severity::Warning,
        fields: "cmNgaySinh, ncNgaySinh",
        why: "one of the two birthdays is misread",
        sentence: "Hai người cách nhau {0} tuổi, ít hơn {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let (Some(first), Some(second)) = (facts.span("cmNgaySinh"), facts.span("ncNgaySinh")) else { return Vec::new() };
    let (elder, younger) = if surely_after(first, second) { (second, first) } else { (first, second) };
    let (_, most) = years_between(elder, younger);
    // who is the mother is not known here, so the lower of the two limits holds
    let limit = config.mother_youngest.min(config.father_youngest);
    (most < limit).then(|| Hit::new(&["cmNgaySinh", "ncNgaySinh"], [&most, &limit])).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry, hits};
    use super::*;

    #[test]
    fn both_sides_of_the_limit_whoever_stands_first() {
        let limit = CONFIG.mother_youngest.min(CONFIG.father_youngest);
        let act = |first: i16, second: i16| {
            hits(
                &RULE,
                &entry("CMC").date("cmNgaySinh", &format!("1/1/{first}")).date("ncNgaySinh", &format!("1/1/{second}")),
            )
            .len()
        };
        assert_eq!((act(1980, 1980 + limit), act(1980, 1979 + limit)), (0, 1));
        assert_eq!((act(1980 + limit, 1980), act(1979 + limit, 1980)), (0, 1));
    }
}
