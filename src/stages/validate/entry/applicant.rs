//! An applicant who is father or mother bears that name.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;
use crate::domain::text::same_text;
use crate::lists::relations;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "applicant-differs",
        severity: Severity::Warning,
        fields: "nycHoTen, nycQuanHe, chaHoTen, meHoTen, nksHoTen",
        why: "two readings of one name",
        sentence: "Người yêu cầu ghi là {0}, nhưng họ tên ({1}) khác họ tên {0} ({2}).",
    },
    check,
};

fn check(facts: &Facts<'_>, _: &Config) -> Vec<Hit> {
    let relation = facts.text("nycQuanHe").and_then(|t| relations().lookup(&t).member()?.code);
    let (who, key) = match relation {
        Some("father") => ("cha", "chaHoTen"),
        Some("mother") => ("mẹ", "meHoTen"),
        Some("self") => ("bản thân", "nksHoTen"),
        _ => return Vec::new(),
    };
    let (Some(applicant), Some(person)) = (facts.text("nycHoTen"), facts.text(key)) else { return Vec::new() };
    let hit = || Hit::new(&["nycHoTen", key, "nycQuanHe"], [&who, &applicant, &person]);
    (!same_text(&applicant, &person)).then(hit).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    fn born(relation: &str, applicant: &str) -> usize {
        let draft = entry("KS").text("nksHoTen", "Lê An").text("chaHoTen", "Lê Văn Hòa").text("meHoTen", "Trần Thị Bé");
        hits(&RULE, &draft.text("nycQuanHe", relation).text("nycHoTen", applicant)).len()
    }

    #[test]
    fn the_name_must_be_the_one_of_the_relation() {
        assert_eq!((born("Cha", "LÊ VĂN HOÀ"), born("Cha", "Lê Văn Hoa")), (0, 1));
        assert_eq!((born("mẹ", "Trần Thị Bé"), born("mẹ", "Lê Văn Hòa")), (0, 1));
        assert_eq!((born("tự khai", "Lê An"), born("tự khai", "Lê Anh")), (0, 1));
        assert_eq!(born("Ông nội", "Lê Văn Ba"), 0);
    }
}
