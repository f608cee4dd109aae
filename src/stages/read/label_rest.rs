//! Print that is read as writing: where a form's print runs wider than the layout says, the end of a label stands in its
//! slot, "ịch" of "Quốc tịch". Nobody writes just that.

use crate::domain::SlotKind;
use crate::domain::text::fold;
use crate::forms::{Label, Layout, Place};
use crate::lists;

/// Whether a text is the end of the last word of a label before one of the places, or the beginning of the first word of
/// one behind, and nothing else.
///
/// A whole word, or a single letter, is print only where it can be no value: "Mẹ" behind "quan hệ với cha, mẹ" is the mother,
/// and "N" may be what is left of a relation that nobody could read.
pub(super) fn is_label_rest(text: &str, kind: SlotKind, layout: &Layout, places: &[Place]) -> bool {
    let rest = fold(text);
    let one_word = !rest.is_empty() && !rest.contains(' ') && !rest.chars().any(|c| c.is_ascii_digit());
    let is_value = |word: &str| lists::of_kind(kind).is_some_and(|list| list.lookup(word).member().is_some());
    if !one_word || is_value(text) {
        return false;
    }
    let label = |at: Option<usize>| at.and_then(|at| layout.labels.get(at));
    let is_rest = |word: Option<&str>, of: fn(&str, &str) -> bool| {
        word.is_some_and(|word| {
            of(word, &rest) && !is_value(word) && ((word != rest && rest.len() > 1) || has_known_values(kind))
        })
    };
    let words = |label: &Label| fold(&label.text);
    places.iter().any(|place| match place {
        Place::Line { after, before, .. } => {
            label(*after).is_some_and(|l| is_rest(words(l).split(' ').next_back(), |word, rest| word.ends_with(rest)))
                || label(*before)
                    .is_some_and(|l| is_rest(words(l).split(' ').next(), |word, rest| word.starts_with(rest)))
        }
        Place::Area(_) => false,
    })
}

/// Kinds of which a word of print is known to be no value: what a list, a gazetteer or a form of digits does not have.
fn has_known_values(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::Country
            | SlotKind::EthnicGroup
            | SlotKind::Sex
            | SlotKind::Place
            | SlotKind::Date
            | SlotKind::DateWords
            | SlotKind::IdNumber
            | SlotKind::RegisterNumber
            | SlotKind::PageNumber
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(text: &str, key: &str) -> bool {
        let layout = crate::forms::load(std::path::Path::new("forms")).expect("layouts").into_iter();
        let layout = layout.into_iter().find(|layout| layout.id == "cmc-2006").expect("layout");
        let slot = layout.slots.iter().position(|slot| slot.key == key).expect("slot");
        is_label_rest(text, layout.slots[slot].kind, &layout, layout.places(0, slot))
    }

    #[test]
    fn the_end_of_a_slots_own_label_is_no_writing_whatever_marks_were_read() {
        assert!(rest("ịch", "cmQuocTich") && rest("h", "cmQuocTich") && rest("TICH", "cmQuocTich"));
        assert!(rest("rú", "cmNoiCuTru"));
    }

    #[test]
    fn what_is_more_or_other_than_the_label_is_writing() {
        assert!(!rest("tịch Việt Nam", "cmQuocTich") && !rest("VN", "cmQuocTich") && !rest("1", "cmQuocTich"));
        assert!(!rest("ịch", "cmDanToc"), "the end of another slot's label");
        assert!(!rest("Mẹ", "nycQHNguoiNhan") && !rest("mẹ", "nycQHNguoiNhan"), "a value, though the label ends so");
        assert!(!rest("N", "nycQHNguoiNhan") && !rest("ẹ", "nycQHNguoiNhan"), "a value whose letters are lost");
        assert!(!rest("", "cmQuocTich") && !rest("-", "cmQuocTich"));
    }
}
