//! What a book says on many of its pages: who signs and who makes the entry is read there as often as the book has acts.
//!
//! A name that one page leaves in doubt and others say too is surer than the page alone. The other pages count as less than
//! one more look, however many they are: one hand's letter is misread alike on all of them.

use std::collections::BTreeMap;

use super::super::Config;
use super::super::facts::{Facts, SIGNER};
use super::is_near;
use crate::domain::text::{compare_key, fold};
use crate::domain::{CheckedEntry, Confidence, EntryId, Ink};

/// Columns in which the same few people, titles and offices stand on every page.
const REPEATED: [&str; 5] = [SIGNER, "chucVuNguoiKy", "nguoiThucHien", "chucVuNguoiThucHien", "noiDangKy"];

/// What pages say alike in one column.
struct Said<'a> {
    /// Which entries say it, and how sure each is.
    by: Vec<(&'a CheckedEntry, Confidence)>,
    letters: String,
}

impl Said<'_> {
    fn by_people(&self) -> bool {
        self.by.iter().any(|(_, sure)| *sure == Confidence::FULL)
    }
}

/// Fields that are surer with what the book's other pages say than alone.
pub(in super::super) fn surer(entries: &[&CheckedEntry], config: &Config) -> Vec<(EntryId, &'static str, Confidence)> {
    REPEATED.iter().flat_map(|key| in_column(entries, key, config)).collect()
}

fn in_column(
    entries: &[&CheckedEntry],
    key: &'static str,
    config: &Config,
) -> Vec<(EntryId, &'static str, Confidence)> {
    let said = said(entries, key);
    let mut surer = Vec::new();
    for (at, own) in said.iter().enumerate() {
        let near =
            said.iter().enumerate().filter(|(i, other)| *i != at && is_near(&other.letters, &own.letters, config));
        // a name that is nearly as frequent, or that a person read there, may be another or the right one
        let doubted = near
            .map(|(_, other)| other)
            .any(|other| 2 * other.by.len() >= own.by.len() || (other.by_people() && !own.by_people()));
        if own.by.len() < config.usual_pages || doubted {
            continue;
        }
        let all: f32 = own.by.iter().map(|(_, sure)| odds(*sure)).sum();
        for (entry, sure) in &own.by {
            let others = (all - odds(*sure)) / (own.by.len() - 1) as f32;
            let together = probability(odds(*sure) + config.agreement * others);
            if together > *sure {
                surer.push((entry.entry.id, key, together));
            }
        }
    }
    surer
}

/// The readings of a column by what they say.
fn said<'a>(entries: &[&'a CheckedEntry], key: &str) -> Vec<Said<'a>> {
    let mut said: BTreeMap<String, Said<'a>> = BTreeMap::new();
    for entry in entries.iter().copied() {
        let facts = Facts::of(&entry.entry);
        let Some((field, text)) = facts.field(key).zip(facts.text(key)) else { continue };
        if field.ink == Ink::Written {
            let new = || Said { by: Vec::new(), letters: fold(&text) };
            said.entry(compare_key(&text)).or_insert_with(new).by.push((entry, field.confidence));
        }
    }
    said.into_values().collect()
}

/// Nobody is surer than one in a thousand.
const MOST: f32 = 0.999;

fn odds(sure: Confidence) -> f32 {
    let p = sure.get().clamp(1.0 - MOST, MOST);
    (p / (1.0 - p)).ln()
}

fn probability(odds: f32) -> Confidence {
    Confidence::new((1.0 / (1.0 + (-odds).exp())).min(MOST))
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry};
    use super::*;
    use crate::domain::SlotKind;

    /// Names of signers with how sure each is → those that are surer together, by page.
    fn surer_of(names: &[(&str, f32)]) -> BTreeMap<u32, f32> {
        let page = |(index, (name, sure)): (u32, &(&str, f32))| {
            let mut entry = entry("KS").kind(SlotKind::Signer).text(SIGNER, name).draft();
            entry.id.page.index = index;
            entry.fields[0].confidence = Confidence::new(*sure);
            CheckedEntry { entry, findings: Vec::new() }
        };
        let pages: Vec<CheckedEntry> = (0..).zip(names).map(page).collect();
        let found = surer(&pages.iter().collect::<Vec<_>>(), &CONFIG);
        found.into_iter().map(|(id, _, sure)| (id.page.index, sure.get())).collect()
    }

    #[test]
    fn a_name_on_three_pages_is_surer_than_alone_and_on_two_it_is_not() {
        let three = surer_of(&[("Trần Hồng Tân", 0.95), ("TRẦN HỒNG TÂN", 0.95), ("Trần Hồng Tân", 0.95)]);
        assert!(three.len() == 3 && three.values().all(|sure| *sure > 0.99), "{three:?}");
        assert!(surer_of(&[("Trần Hồng Tân", 0.95), ("Trần Hồng Tân", 0.95), ("Lê Thị Hoa", 0.95)]).is_empty());
    }

    #[test]
    fn other_pages_do_not_make_a_page_sure_that_is_in_doubt_itself() {
        let mut names = vec![("Trần Hồng Tân", 0.99); 40];
        names.push(("Trần Hồng Tân", 0.5));
        let doubted = surer_of(&names)[&40];
        assert!(doubted < 0.98, "as sure as nearly one more look at another page: {doubted}");
    }

    #[test]
    fn three_that_lists_led_away_are_not_sure_together() {
        let names = surer_of(&[("Tôn Hữu Nguyên", 0.9); 3]);
        assert!(names.values().all(|sure| *sure < 0.98), "{names:?}");
    }

    #[test]
    fn a_name_that_is_nearly_as_frequent_and_nearly_the_same_leaves_both_in_doubt() {
        let names = |others: usize| {
            let mut names = vec![("Trần Hồng Tân", 0.95); 5];
            names.extend(vec![("Trần Hồng Tấn", 0.95); others]);
            surer_of(&names).len()
        };
        assert_eq!(names(2), 5, "two misreadings of seven");
        assert_eq!(names(3), 0, "brothers");
    }

    #[test]
    fn what_a_person_read_on_one_page_counts_against_its_misreading_on_others_and_for_itself() {
        let mut names = vec![("Tôn Hữu Nguyên", 0.95); 5];
        names.push(("Tôn Hữu Nguyện", 1.0));
        assert!(surer_of(&names).is_empty());
        names[0] = ("Tôn Hữu Nguyên", 1.0);
        assert_eq!(surer_of(&names).len(), 4, "both stand in the book");
    }
}
