//! The fourth digit of a 12-digit number is even for men, odd for women.

use super::super::Config;
use super::super::facts::{Facts, who};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::id_number::CitizenNumber;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "id-sex-differs",
        severity: Severity::Warning,
        fields: "*SoGiayToTuyThan, *GioiTinh",
        why: "number or sex is misread, or the number is another person's",
        sentence: "Số định danh của {0} là của {1}, không hợp giới tính.",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let odd = |(prefix, key, number): (&'static str, String, CitizenNumber)| {
        let by_number = if number.sex_digit % 2 == 0 { "Nam" } else { "Nữ" };
        let sex = match prefix {
            "cha" | "chong" => "Nam".to_owned(),
            "me" | "vo" => "Nữ".to_owned(),
            _ => facts.text(&format!("{prefix}GioiTinh"))?,
        };
        let differs = matches!(sex.as_str(), "Nam" | "Nữ") && sex != by_number;
        differs.then(|| Hit::new(&[&key], [&who(prefix), &by_number.to_lowercase()]))
    };
    facts.citizen_numbers().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn even_is_a_man_odd_is_a_woman() {
        let id = |key: &str, n: &str| hits(&RULE, &entry("KH").text(key, n)).len();
        assert_eq!((id("voSoGiayToTuyThan", "083185000123"), id("voSoGiayToTuyThan", "083085000123")), (0, 1));
        assert_eq!((id("chongSoGiayToTuyThan", "083205000123"), id("chongSoGiayToTuyThan", "083305000123")), (0, 1));
        let dead = |sex: &str| {
            hits(&RULE, &entry("KT").listed("nktGioiTinh", sex).text("nktSoGiayToTuyThan", "083185000123")).len()
        };
        assert_eq!((dead("Nữ"), dead("Nam"), dead("Không xác định")), (0, 1, 0));
    }
}
