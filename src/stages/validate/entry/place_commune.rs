//! A named commune lies in the named district.

use super::super::Config;
use super::super::facts::Facts;
use super::super::rule::{EntryRule, Hit, RuleCard};
use crate::domain::text::fold;
use crate::domain::{Field, Severity, SlotKind, Value};
use crate::lists::{Level, match_place, nearest_child, unit_word};

/// The rule.
pub(super) const RULE: EntryRule = EntryRule {
    card: RuleCard {
        id: "commune-not-in-district",
        severity: Severity::Warning,
        fields: "places",
        why: "a misspelled or misread commune; communes that were renamed before 2004 are in no list",
        sentence: "Không có “{0}” trong {1}; gần nhất là {2}.",
    },
    check,
};

fn check(facts: &Facts<'_>, config: &Config) -> Vec<Hit> {
    let odd = |field: &Field| {
        let Value::Place { text, .. } = &field.value else { return None };
        let district = match_place(text).smallest().filter(|u| u.level == Level::District)?;
        let commune = named_commune(text)?;
        let near = nearest_child(district, &commune, config.place_edits)?;
        let proposal = text.replacen(&commune, near.name, 1);
        Some(
            Hit::new(&[&field.key], [&commune, &district.full_name(), &near.full_name()])
                .proposing(&field.key, proposal),
        )
    };
    facts.of_kind(SlotKind::Place).filter_map(odd).collect()
}

/// The words between "xã", "X.", "P." … and the next separator or unit word.
fn named_commune(text: &str) -> Option<String> {
    let stretch = text.split([',', '-', ';']).find_map(|part| {
        let words: Vec<&str> = part.split([' ', '.']).filter(|w| !w.is_empty()).collect();
        let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        let starts = (0..words.len()).filter_map(|i| Some((i, unit_word(&folded[i..])?)));
        let (at, n) = starts.filter(|(_, (w, _))| w.levels == [Level::Commune]).map(|(i, (_, n))| (i, n)).next()?;
        let rest = at + n..words.len();
        let end = rest
            .clone()
            .find(|i| unit_word(&folded[*i..]).is_some_and(|(w, _)| fold(w.full) == folded[*i]))
            .unwrap_or(words.len());
        Some(words[rest.start..end].join(" "))
    })?;
    Some(stretch).filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{entry, hits};
    use super::*;

    #[test]
    fn a_near_miss_gets_a_proposal_and_the_right_name_none() {
        let found = |place: &str| hits(&RULE, &entry("KS").place("nksNoiSinh", place));
        assert!(found("xã Phú Long, H. Bình Đại, Bến Tre").is_empty());
        let hit = found("Ấp 2 xã Phú Lonh, H. Bình Đại, Bến Tre").remove(0);
        assert_eq!(hit.proposal, Some(("nksNoiSinh".into(), "Ấp 2 xã Phú Long, H. Bình Đại, Bến Tre".into())));
        assert!(found("xã Xyz Abc, H. Bình Đại, Bến Tre").is_empty());
    }
}
