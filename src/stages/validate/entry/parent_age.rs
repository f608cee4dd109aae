//! Ages of parents at the birth of the child.

use super::super::Config;
use super::super::facts::{Facts, who, years_between};
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::Severity;

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "parent-age",
        severity: Severity::Warning,
        fields: "chaNgaySinh, meNgaySinh, nksNgaySinh",
        why: "possible, but mostly a misread year",
        sentence: "Tuổi của {0} khi sinh con là {1}, ngoài khoảng thường gặp ({2}–{3}).",
    },
    check,
};

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let odd = |(prefix, youngest, oldest): (&str, i16, i16)| {
        let key = format!("{prefix}NgaySinh");
        let (parent, child) = (facts.span(&key)?, facts.span("nksNgaySinh")?);
        // a parent born after the child is another rule's business
        let (least, most) = years_between(parent, child);
        let outside = parent.0 < child.1 && (most < youngest || least > oldest);
        outside.then(|| Hit::new(&[&key, "nksNgaySinh"], [&who(prefix), &most, &youngest, &oldest]))
    };
    let limits =
        [("me", config.mother_youngest, config.mother_oldest), ("cha", config.father_youngest, config.father_oldest)];
    limits.into_iter().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry, hits};
    use super::*;

    #[test]
    fn both_sides_of_each_limit() {
        let age =
            |key: &str, day: &str| hits(&RULE, &entry("KS").date(key, day).date("nksNgaySinh", "10/5/2008")).len();
        let (youngest, oldest) = (2008 - CONFIG.mother_youngest, 2008 - CONFIG.mother_oldest);
        assert_eq!(
            (age("meNgaySinh", &format!("10/5/{youngest}")), age("meNgaySinh", &format!("11/5/{youngest}"))),
            (0, 1)
        );
        assert_eq!(
            (age("meNgaySinh", &format!("10/5/{oldest}")), age("meNgaySinh", &format!("10/5/{}", oldest - 1))),
            (0, 1)
        );
        let (youngest, oldest) = (2008 - CONFIG.father_youngest, 2008 - CONFIG.father_oldest);
        assert_eq!(
            (age("chaNgaySinh", &youngest.to_string()), age("chaNgaySinh", &(youngest + 1).to_string())),
            (0, 1)
        );
        assert_eq!((age("chaNgaySinh", &oldest.to_string()), age("chaNgaySinh", &(oldest - 2).to_string())), (0, 1));
    }
}
