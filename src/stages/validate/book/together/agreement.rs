//! What a book says on many of its pages: who signs and who makes the entry is read there as often as the book has acts.
//!
//! A name that one page leaves in doubt and others say too is surer than the page alone. The other pages count as less than
//! one more look, however many they are: one hand's letter is misread alike on all of them.

use std::collections::BTreeMap;

use super::super::super::Config;
use super::super::is_near;
use super::told::Told;
use super::{odds, probability};
use crate::domain::text::fold;
use crate::domain::{BookReading, Confidence, EntryId, Value};

/// What pages say alike in one column.
struct Said<'t> {
    /// Which of the slots say it, and how sure each is by its own page.
    by: Vec<(usize, f32)>,
    value: &'t Value,
    letters: String,
}

/// The parts of slots that read otherwise than their page alone has it (`choices`), or are surer with what the book's
/// other pages say.
pub(super) fn surer(told: &[Told<'_>], choices: &[usize], part: usize, config: &Config) -> Vec<(EntryId, BookReading)> {
    let said = said(told, choices, part);
    let mut readings = Vec::new();
    for (at, own) in said.iter().enumerate() {
        let near =
            said.iter().enumerate().filter(|(i, other)| *i != at && is_near(&other.letters, &own.letters, config));
        let by_people = |said: &Said<'_>| said.by.iter().any(|(i, _)| is_by_people(&told[*i], part));
        // a name that is nearly as frequent, or that a person read there, may be another or the right one
        let doubted = near
            .map(|(_, other)| other)
            .any(|other| 2 * other.by.len() >= own.by.len() || (by_people(other) && !by_people(own)));
        let in_form = !matches!(own.value, Value::Nothing { .. } | Value::Unparsed { .. }) && !own.letters.is_empty();
        let counts = in_form && own.by.len() >= config.usual_pages && !doubted;
        let all: f32 = own.by.iter().map(|(_, sure)| odds(*sure)).sum();
        for (i, sure) in &own.by {
            let alone = Confidence::new(*sure);
            let together = if counts {
                let others = (all - odds(*sure)) / (own.by.len() - 1) as f32;
                probability(odds(*sure) + config.agreement * others)
            } else {
                alone
            };
            if choices[*i] != 0 || (counts && together > told[*i].fields[part].confidence) {
                readings.push(told[*i].read_as(part, choices[*i], together));
            }
        }
    }
    readings
}

fn is_by_people(told: &Told<'_>, part: usize) -> bool {
    told.fields[part].confidence == Confidence::FULL
}

/// What the slots say in a part, with the choice that was made.
fn said<'t>(told: &'t [Told<'_>], choices: &[usize], part: usize) -> Vec<Said<'t>> {
    let mut said: BTreeMap<&str, Said<'t>> = BTreeMap::new();
    for (i, (slot, choice)) in told.iter().zip(choices).enumerate().filter(|(_, (slot, _))| part < slot.fields.len()) {
        let (value, key) = &slot.choices[*choice].parts[part];
        let new = || Said { by: Vec::new(), value, letters: fold(&value.text()) };
        said.entry(key).or_insert_with(new).by.push((i, slot.sure(part, *choice)));
    }
    said.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::super::facts::SIGNER;
    use super::super::super::super::samples::{CONFIG, entry};
    use super::super::read_together;
    use super::*;
    use crate::domain::{CheckedEntry, SlotKind};

    /// Names of signers with how sure each is → those that are surer together, by page.
    fn surer_of(names: &[(&str, f32)]) -> BTreeMap<u32, f32> {
        let page = |(index, (name, sure)): (u32, &(&str, f32))| {
            let mut entry = entry("KS").kind(SlotKind::Signer).text(SIGNER, name).draft();
            entry.id.page.index = index;
            entry.fields[0].confidence = Confidence::new(*sure);
            CheckedEntry { entry, findings: Vec::new() }
        };
        let pages: Vec<CheckedEntry> = (0..).zip(names).map(page).collect();
        let found = read_together(&pages.iter().collect::<Vec<_>>(), &CONFIG);
        found.into_iter().map(|(id, field)| (id.page.index, field.confidence.get())).collect()
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

    #[test]
    fn a_title_beside_a_name_that_a_person_typed_keeps_what_was_read_of_it() {
        let page = |index: u32| {
            let mut entry = entry("KS").kind(SlotKind::Signer).text(SIGNER, "Lê Văn Gõ").draft();
            entry.id.page.index = index;
            let title = crate::domain::Field {
                key: "chucVuNguoiKy".into(),
                as_written: "Lê Văn Đọc - Chủ tịch".into(),
                value: Value::Text { text: "Chủ tịch".into() },
                confidence: Confidence::new(0.95),
                ..entry.fields[0].clone()
            };
            entry.fields.push(title);
            CheckedEntry { entry, findings: Vec::new() }
        };
        let pages: Vec<CheckedEntry> = (0..3).map(page).collect();
        let found = read_together(&pages.iter().collect::<Vec<_>>(), &CONFIG);
        assert_eq!(found.len(), 3);
        for (_, title) in found {
            assert_eq!((title.key.as_str(), title.as_written.as_str()), ("chucVuNguoiKy", "Lê Văn Đọc - Chủ tịch"));
        }
    }
}
