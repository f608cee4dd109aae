//! When a reading is doubtful however sure the search is: it only ever compares the texts that it found.

use super::calibration::{Signs, changed};
use super::decode;
use super::settled::{Words, settled, stretch_of, words};
use crate::domain::date::DateLimits;
use crate::domain::text::{fold, normalise, same_text};
use crate::domain::{Reading, Register, SlotKind};
use crate::lists;
use crate::meaning::values;

/// Whether a reading is.
pub(super) fn is_doubtful(kind: SlotKind, reading: &Reading, signs: Signs, config: &decode::Config) -> bool {
    let is_open = lists::of_kind(kind).is_none();
    // of units and names no list is whole
    let is_named = matches!(kind, SlotKind::Place | SlotKind::PersonName);
    let is_short = || reading.text.chars().filter(|c| c.is_alphanumeric()).count() < config.shortest;
    let settled = || Some(reading).filter(|_| kind == SlotKind::Place).and_then(settled).unwrap_or_default();
    let is_doubted = |but: &[Words]| {
        doubted_letters(reading, |word| !but.iter().any(|name| name.contains(&word))) >= config.doubted_letters
    };
    led_away(reading) >= config.led_away
        // few readings have so many doubted letters that the gazetteer is worth asking
        || (is_open && is_doubted(&[]) && is_doubted(&settled()))
        || (is_named && (is_short() || overruled(signs) >= config.overruled))
        || (kind == SlotKind::PersonName && is_two_names(&reading.text, config.longest_name))
}

/// Whether a part of a slot is: a signer's name is no worse for a title that nobody can read.
pub(super) fn is_part_doubtful(
    (kind, part): (SlotKind, usize),
    reading: &Reading,
    whole: bool,
    (config, dates): (&decode::Config, &DateLimits),
) -> bool {
    match name_of(kind, reading, dates).filter(|_| part == 0 && whole) {
        Some(name) => {
            led_away(reading) >= config.led_away
                || doubted_letters(reading, |word| name.contains(&word)) >= config.doubted_letters
        }
        None => whole,
    }
}

/// The words of a signer's name.
fn name_of(kind: SlotKind, reading: &Reading, dates: &DateLimits) -> Option<Words> {
    let text = normalise(&reading.text);
    let name = (kind == SlotKind::Signer).then(|| values(kind, &text, Register::Ks, dates))?.first()?.text();
    let words = words(&reading.text);
    stretch_of(&name, &words, words.len()).filter(|name| !name.is_empty())
}

/// Letters that lists and grammar changed, as a share of the reading's.
fn led_away(reading: &Reading) -> f32 {
    changed(reading) as f32 / fold(&reading.text).chars().count().max(1) as f32
}

/// Whether a text is longer than a name, or its first two words come again: one was struck out, or stands beside the other.
fn is_two_names(text: &str, longest: usize) -> bool {
    let words = words(text);
    let begins_again = match words.as_slice() {
        [one, two, rest @ ..] => rest.windows(2).any(|next| same_text(next[0], one) && same_text(next[1], two)),
        _ => false,
    };
    words.len() > longest || begins_again
}

/// How much more evident (ln) the plain reading is than the chosen one; nothing where they state the same.
fn overruled([_, minus_gap, ..]: Signs) -> f32 {
    -minus_gap
}

/// Letters of some words that the view which doubts them most finds less likely than not.
fn doubted_letters(reading: &Reading, of: impl Fn(usize) -> bool) -> usize {
    let mut word = 0;
    let mut doubted = 0;
    let mut is_within = false;
    for letter in &reading.chars {
        let is_letter = letter.ch.is_alphanumeric();
        word += usize::from(is_within && !is_letter);
        is_within = is_letter;
        doubted += usize::from(of(word) && letter.confidence.get() < 0.5);
    }
    doubted
}

#[cfg(test)]
mod tests {
    use super::super::calibration::signs;
    use super::*;
    use crate::domain::{CharReading, Confidence};

    const DATES: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn read(plain: &str, text: &str) -> Reading {
        Reading { unconstrained: plain.into(), ..Reading::seen(&[(text, 1.0)], 1.0) }
    }

    /// A text of whose letters those marked by `~` before them are doubted.
    fn doubted_in(text: &str) -> Reading {
        let plain = text.replace('~', "");
        let mut chars = Vec::new();
        let mut is_sure = true;
        for ch in text.chars() {
            if ch != '~' {
                chars.push(CharReading { ch, confidence: Confidence::new(if is_sure { 0.5 } else { 0.49 }) });
            }
            is_sure = ch != '~';
        }
        Reading { chars, ..read(&plain, &plain) }
    }

    /// By how much a plain reading overrules the chosen one, from the evidence of both.
    fn overruling((chosen, its): (&str, f32), (plain, evidence): (&str, f32)) -> f32 {
        let seen = Reading::seen(&[(chosen, its), (plain, evidence)], 1.0);
        let reading = Reading { unconstrained: plain.into(), ..seen };
        overruled(signs(SlotKind::Place, &reading, &DATES))
    }

    #[test]
    fn a_third_of_the_letters_is_a_third_whatever_their_marks() {
        let share = |plain: &str, text: &str| led_away(&read(plain, text));
        assert!((share("hra", "Hoa") - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(share("Việc Nam", "Việt Nam"), 0.125);
        assert_eq!(share("KÍNH", "Kinh"), 0.0);
        assert_eq!(share("ab", ""), 2.0);
    }

    #[test]
    fn what_is_clearly_written_and_not_in_the_list_is_overruled_what_is_a_toss_up_is_not() {
        let by = |plain: f32, chosen: f32| overruling(("Krông Búk", chosen), ("Krông Buk", plain));
        assert!((by(0.9, 0.1) - 9.0_f32.ln()).abs() < 1e-4);
        assert!(by(0.5, 0.5).abs() < 1e-6);
        assert!(by(0.2, 0.8).abs() < 1e-6, "the picture says the same as the list");
    }

    #[test]
    fn what_the_gazetteer_settles_is_not_overruled() {
        let by = |chosen: &str, plain: &str| overruling((chosen, 0.1), (plain, 0.9));
        assert_eq!(by("Hàm Tử, Khoái Châu", "Hàm Tứ, Khoái Châu"), 0.0);
        assert!(by("Ấp Hàm Tử", "Ấp Hàm Tứ") > 2.0);
    }

    #[test]
    fn a_name_that_begins_again_or_has_more_words_than_names_have_is_two() {
        assert!(is_two_names("Huỳnh Bảo HUỲNH BẢO Châu", 5));
        assert!(is_two_names("Lê Tân Võ Thị Lan Thùy", 5));
        assert!(!is_two_names("Lê Nguyễn Võ Thị Lan", 5));
        assert!(!is_two_names("Nguyễn Nguyễn Quốc Nguyễn", 5), "a word that comes again is no name that begins again");
        assert!(!is_two_names("Lê", 5));
        assert!(!is_two_names("", 5));
    }

    #[test]
    fn a_letter_is_doubted_below_one_half_and_in_the_words_that_are_asked_for() {
        let reading = doubted_in("~Lê ~V~ă~n, ~Tổ 2");
        assert_eq!(doubted_letters(&reading, |_| true), 5);
        assert_eq!(doubted_letters(&reading, |word| word == 1), 3);
        assert_eq!(doubted_letters(&reading, |word| word == 2), 1);
    }

    #[test]
    fn a_signers_name_is_no_worse_for_a_title_that_nobody_can_read() {
        let is_doubted = |text: &str, part: usize| {
            let (config, reading) = (decode::Config { doubted_letters: 4, ..config() }, doubted_in(text));
            is_part_doubtful((SlotKind::Signer, part), &reading, true, (&config, &DATES))
        };
        assert!(!is_doubted("Trần ~V~ă~n Ba - ~C~h~ủ ~tịch", 0));
        assert!(is_doubted("Trần ~V~ă~n ~Ba - ~C~h~ủ tịch", 0), "four letters of the name");
        assert!(is_doubted("Trần ~V~ă~n Ba - ~C~h~ủ ~tịch", 1), "what stands behind may have lost its Phó to the name");
    }

    fn config() -> decode::Config {
        crate::stages::read::tests::config().decode
    }
}
