//! Text forms: one for keeping, two for comparing. The text as written is never changed by them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Grave, acute, tilde, hook, dot below: the five written tones.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// NFC, single spaces, no spaces at the ends, no invisible characters; words untouched.
#[must_use]
pub fn normalise(text: &str) -> String {
    let visible: String = text.nfc().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower case without marks, đ→d, words parted by single spaces: "Bến-Tre" and "BEN TRE" are "ben tre".
///
/// An apostrophe joins ("K'Ho" is "kho"), all other punctuation parts.
#[must_use]
pub fn fold(text: &str) -> String {
    let bare: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    key_words(&bare.replace(['đ', 'Đ'], "d")).join(" ")
}

/// Lower case with marks, the tone moved to the end of its word: hòa = hoà, quý = qúy, HOÀ = hòa.
///
/// For comparison only; old and new tone placement are both right.
#[must_use]
pub fn compare_key(text: &str) -> String {
    key_words(&text.nfc().collect::<String>()).iter().map(|w| tone_last(w)).collect::<Vec<_>>().join(" ")
}

/// Whether two texts are the same but for case, spaces, punctuation and where the tone mark stands.
#[must_use]
pub fn same_text(a: &str, b: &str) -> bool {
    compare_key(a) == compare_key(b)
}

fn key_words(text: &str) -> Vec<String> {
    let joined: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
    let lower = joined.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    parts.filter(|w| !w.is_empty()).map(ToOwned::to_owned).collect()
}

fn tone_last(word: &str) -> String {
    let (tones, letters): (Vec<char>, Vec<char>) = word.nfd().partition(|c| TONES.contains(c));
    letters.into_iter().nfc().chain(tones).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_placement_case_and_spaces_do_not_matter_but_marks_do() {
        assert!(same_text("Nguyễn  Thị HOÀ", "nguyễn thị hòa"));
        assert!(same_text("Quý", "Qúy"));
        assert!(same_text("Thuý", "Thúy"));
        assert!(!same_text("Hòa", "Hoa"));
        assert!(!same_text("Hoa", "Hoá"));
        assert!(!same_text("Mỹ", "Mĩ"), "y and i are kept as written");
        assert!(!same_text("Dương", "Đương"));
    }

    #[test]
    fn folding_drops_marks_and_parts_at_punctuation() {
        assert_eq!(fold("TX.Bến-Tre"), "tx ben tre");
        assert_eq!(fold("K'Ho"), "kho");
        assert_eq!(fold("Đắk Lắk"), "dak lak");
    }

    #[test]
    fn decomposed_input_becomes_composed_and_spaces_single() {
        assert_eq!(normalise(" Ho\u{300}a\u{a0} \u{200b}Bi\u{300}nh\n"), "Hòa Bình");
    }
}
