//! Thị is a woman's middle name, Văn a man's.

use super::super::Config;
use super::super::facts::{Facts, PEOPLE};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::person_name::split_name;
use crate::domain::text::compare_key;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "sex-and-name",
        severity: Severity::Note,
        fields: "*HoTen, *GioiTinh",
        why: "good to know: sex or name may be misread",
        sentence: "Giới tính {0} không thường gặp với tên {1}.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let odd = |prefix: &str| {
        let (name_key, sex_key) = (format!("{prefix}HoTen"), format!("{prefix}GioiTinh"));
        let (name, sex) = (facts.text(&name_key)?, facts.text(&sex_key)?);
        let middle: Vec<String> = split_name(&name)?.middle.iter().map(|m| compare_key(m)).collect();
        let unusual = match sex.as_str() {
            "Nam" => middle.contains(&compare_key("Thị")),
            // "Văn" is in a woman's name too where it is part of the family name, but then not alone
            "Nữ" => middle.as_slice() == [compare_key("Văn")],
            _ => false,
        };
        unusual.then(|| Hit::new(&[&sex_key, &name_key], [&sex, &name]))
    };
    PEOPLE.into_iter().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn thi_is_a_woman_and_van_a_man() {
        let born =
            |name: &str, sex: &str| hits(&RULE, &entry("KS").text("nksHoTen", name).listed("nksGioiTinh", sex)).len();
        assert_eq!((born("LÊ THỊ AN", "Nữ"), born("LÊ THỊ AN", "Nam")), (0, 1));
        assert_eq!((born("Lê Văn An", "Nam"), born("Lê Văn An", "Nữ"), born("Lê Vân An", "Nữ")), (0, 1, 0));
    }
}
