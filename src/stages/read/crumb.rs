//! Marks that are no value: a blot or a piece of a seal on a line that nobody filled in reads as "1", "8" or "h".

use image::GrayImage;

use crate::domain::SlotKind;

/// Whether a text is one letter or figure, in a slot whose values have more, and the picture has room for no more than that.
///
/// A long line that reads as one letter is writing that nobody can read.
pub(super) fn is_crumb<'p>(
    plain: &str,
    kind: SlotKind,
    mut lines: impl Iterator<Item = &'p GrayImage>,
    letter_width: f32,
) -> bool {
    let is_narrow = |line: &GrayImage| line.width() as f32 <= letter_width * line.height() as f32;
    is_never_a_letter(kind) && plain.chars().filter(|c| c.is_alphanumeric()).count() == 1 && lines.all(is_narrow)
}

/// Kinds of which every value has two letters or more and a reader that sees one of them sees the next: "Dì", "VN" and "Nữ" are so
/// short that one letter may be all that is left of them.
fn is_never_a_letter(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::PersonName
            | SlotKind::Signer
            | SlotKind::Place
            | SlotKind::Date
            | SlotKind::DateWords
            | SlotKind::IdNumber
            | SlotKind::DeathNotice
            | SlotKind::MaritalStatus
            | SlotKind::Purpose
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crumb(plain: &str, kind: SlotKind, widths: &[u32]) -> bool {
        let lines: Vec<GrayImage> = widths.iter().map(|width| GrayImage::new(*width, 20)).collect();
        is_crumb(plain, kind, lines.iter(), 2.0)
    }

    #[test]
    fn one_letter_is_no_name_and_no_place() {
        assert!(crumb("1", SlotKind::PersonName, &[8]) && crumb("h.", SlotKind::Place, &[40]));
        assert!(!crumb("12", SlotKind::PersonName, &[8]) && !crumb("", SlotKind::PersonName, &[8]));
    }

    #[test]
    fn what_is_wider_than_a_letter_is_writing_that_nobody_can_read() {
        assert!(!crumb("1", SlotKind::PersonName, &[41]));
        assert!(!crumb("1", SlotKind::PersonName, &[8, 300]));
    }

    #[test]
    fn short_values_may_have_lost_all_letters_but_one() {
        assert!(!crumb("D", SlotKind::Relation, &[20]) && !crumb("V", SlotKind::Country, &[20]));
        assert!(!crumb("5", SlotKind::RegisterNumber, &[20]) && !crumb("5", SlotKind::PageNumber, &[20]));
    }
}
