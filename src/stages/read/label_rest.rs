//! Print that is read as writing: where a form's print runs wider than the layout says, the end of a label stands in its
//! slot, "ịch" of "Quốc tịch". Nobody writes just that.

use crate::domain::text::fold;
use crate::forms::{Label, Layout, Place};

/// Whether a text is the end of a label before one of the places, or the beginning of one behind, and nothing else.
pub(super) fn is_label_rest(text: &str, layout: &Layout, places: &[Place]) -> bool {
    let letters = letters(text);
    if letters.is_empty() || letters.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let label = |at: Option<usize>| at.and_then(|at| layout.labels.get(at));
    let said = |label: &Label| self::letters(&label.text);
    places.iter().any(|place| match place {
        Place::Line { after, before, .. } => {
            label(*after).is_some_and(|label| said(label).ends_with(&letters))
                || label(*before).is_some_and(|label| said(label).starts_with(&letters))
        }
        Place::Area(_) => false,
    })
}

fn letters(text: &str) -> String {
    fold(text).split(' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(text: &str, key: &str) -> bool {
        let layout = crate::forms::load(std::path::Path::new("forms")).expect("layouts").into_iter();
        let layout = layout.into_iter().find(|layout| layout.id == "cmc-2006").expect("layout");
        let slot = layout.slots.iter().position(|slot| slot.key == key).expect("slot");
        is_label_rest(text, &layout, layout.places(0, slot))
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
        assert!(!rest("", "cmQuocTich") && !rest("-", "cmQuocTich"));
    }
}
