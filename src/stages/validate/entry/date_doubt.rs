//! Dates that cannot be taken at their word.

use super::super::Config;
use super::super::facts::{Facts, said};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::{DateDoubt, Field, Severity, Value};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "date-doubtful",
        severity: Severity::Warning,
        fields: "all dates",
        why: "a shortened year, a lunar month or “about” needs a decision; a day that is missing was mostly not read",
        sentence: "Ngày {0} {1}, cần xác nhận.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let doubtful = |field: &Field| {
        let Value::Date { date, .. } = field.value else { return None };
        let why = match date.doubt {
            Some(DateDoubt::ShortYear) => "ghi năm hai chữ số",
            Some(DateDoubt::Lunar) => "có thể là âm lịch",
            Some(DateDoubt::Circa) => "ghi phỏng chừng",
            // clerks leave out the day alone far less often than a reader loses it
            None if date.day.is_none() && date.month.is_some() => "chỉ có tháng và năm",
            None => return None,
        };
        Some(Hit::new(&[&field.key], [&said(date), &why]))
    };
    facts.entry().fields.iter().filter_map(doubtful).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_month_without_its_day_speaks_a_year_alone_does_not() {
        let born = |day: &str| hits(&RULE, &entry("KS").date("nksNgaySinh", day)).len();
        assert_eq!((born("1/2/2004"), born("2/2004"), born("2004")), (0, 1, 0));
    }

    #[test]
    fn a_short_year_speaks_a_full_one_does_not() {
        let born = |day: &str| hits(&RULE, &entry("KS").date("nksNgaySinh", day)).len();
        assert_eq!((born("1/2/2004"), born("1/2/04"), born("1/2/1950 âm lịch"), born("khoảng 1950")), (0, 1, 1, 1));
    }
}
