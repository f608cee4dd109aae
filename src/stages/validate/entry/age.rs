//! An age stands where a birthday should.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{DatePrecision, Field, Severity, Value};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "age-for-birthday",
        severity: Severity::Warning,
        fields: "*NgaySinh",
        why: "the import takes a year; the age gives one, give or take a year",
        sentence: "Ghi tuổi ({0}) thay ngày sinh, đề xuất năm sinh {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let aged = |field: &Field| {
        let Value::Date { date, ref text } = field.value else { return None };
        let age: u16 = text.strip_suffix('T').filter(|_| date.precision == DatePrecision::Age)?.parse().ok()?;
        let year = facts.year_registered()?.checked_sub(age)?;
        Some(Hit::new(&[&field.key], [text, &year]).proposing(&field.key, year.to_string()))
    };
    facts.entry().fields.iter().filter_map(aged).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn the_year_is_proposed_from_the_year_of_registration() {
        let found = hits(&RULE, &entry("KH").date("voNgaySinh", "25T").date("ngayDangKy", "10/5/2008"));
        assert_eq!(found[0].proposal, Some(("voNgaySinh".into(), "1983".into())));
        assert!(hits(&RULE, &entry("KH").date("voNgaySinh", "1983").date("ngayDangKy", "10/5/2008")).is_empty());
    }
}
