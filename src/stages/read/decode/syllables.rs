//! Every syllable that Vietnamese spelling allows: no list of words, only the shape.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

const INITIALS: &str = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";
const OPEN_RHYMES: &str = "a ai ao au ay âu ây e eo ê êu i ia iu iêu o oi oa oai oay oao oe oeo ô ôi ơ ơi u ui ua uê uy uya uôi ưu ư ưi ưa ươi ươu y yêu uây uơ";
const NASAL_RHYMES: &str = "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh iêm iên iêng om on ong ôm ôn ông ơm ơn um un ung uôm uôn uông ưng ươm ươn ương oan oang oanh oăn oăng uân uâng uynh uyên yên yêm oong oen oăm ưn";
const STOP_RHYMES: &str = "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oc op ot ôc ôp ôt ơp ơt uc up ut uôc uôt ưc ưt ươc ươp ươt oac oach oat oăc oăt uât uyt uych uyêt yêt ooc oet ưp";
/// Grave, acute, hook, tilde, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// All syllables in small letters, NFC, sorted; both places for the tone mark where usage differs.
pub(super) fn all() -> &'static [String] {
    static ALL: LazyLock<Vec<String>> = LazyLock::new(|| spell().into_iter().collect());
    &ALL
}

/// Whether Vietnamese spelling allows a word as a syllable.
pub(in super::super) fn is_spelt(word: &str) -> bool {
    let word: String = word.to_lowercase().nfc().collect();
    all().binary_search(&word).is_ok()
}

fn spell() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for initial in INITIALS.split(' ') {
        for rhyme in OPEN_RHYMES.split(' ').chain(NASAL_RHYMES.split(' ')) {
            if fits(initial, rhyme) {
                found.insert(format!("{initial}{rhyme}"));
                TONES.iter().for_each(|t| found.extend(marked(initial, rhyme, *t)));
            }
        }
        for rhyme in STOP_RHYMES.split(' ').filter(|r| fits(initial, r)) {
            // a syllable that ends in a stop has the acute or the dot, never another tone
            [TONES[1], TONES[4]].iter().for_each(|t| found.extend(marked(initial, rhyme, *t)));
        }
    }
    found
}

/// The spelling rules of initials before front vowels, kept loose: clerks spell loosely too.
fn fits(initial: &str, rhyme: &str) -> bool {
    let front = rhyme.starts_with(['e', 'ê', 'i']);
    match initial {
        "k" => front || rhyme.starts_with('y'),
        "gh" | "ngh" => front,
        "c" => !front && !rhyme.starts_with('y'),
        "ng" => !front,
        "g" => !front || rhyme.starts_with('i'),
        "qu" => !rhyme.starts_with(['o', 'u', 'ư']),
        "gi" => !rhyme.starts_with(['y', 'i']),
        "" => true,
        _ => !rhyme.starts_with('y') || rhyme == "y",
    }
}

fn marked(initial: &str, rhyme: &str, tone: char) -> Vec<String> {
    let letters: Vec<char> = rhyme.chars().collect();
    let with = |at: usize| -> String {
        let spelt: String = letters
            .iter()
            .enumerate()
            .flat_map(|(i, c)| std::iter::once(*c).chain((i == at).then_some(tone)))
            .collect();
        format!("{initial}{spelt}").nfc().collect()
    };
    let vowels = letters.iter().take_while(|c| "aăâeêioôơuưy".contains(**c)).count();
    if let Some(at) = letters.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        return vec![with(at)];
    }
    match (vowels, vowels < letters.len()) {
        (1, _) => vec![with(0)],
        (2, true) => vec![with(1)],
        // hòa and hoà, thúy and thuý: both are written
        (2, false) if matches!(rhyme, "oa" | "oe" | "uy") => vec![with(0), with(1)],
        (2, false) => vec![with(0)],
        _ => vec![with(1)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_real_names_and_places_are_spelt() {
        for s in [
            "nguyễn",
            "thị",
            "huyện",
            "thuý",
            "thúy",
            "hòa",
            "hoà",
            "quyên",
            "giang",
            "trường",
            "khuya",
            "nghĩa",
            "yến",
            "ấp",
            "tuyết",
            "hoàng",
            "phước",
            "lượm",
            "muội",
            "gấm",
            "đẹp",
            "ỷ",
            "quý",
            "giêng",
            "hoài",
            "bưởi",
            "gìn",
            "Tử",
        ] {
            assert!(is_spelt(s), "{s}");
        }
    }

    #[test]
    fn what_is_no_syllable_is_not_spelt() {
        for s in ["huện", "cinh", "hoàc", "ngê", "btrn", "càt", "kan"] {
            assert!(!is_spelt(s), "{s}");
        }
    }
}
