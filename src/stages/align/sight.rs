//! Printed labels among the words of a page: fuzzy, because print is weak and handwriting runs over it.

use crate::domain::text;
use crate::print::PrintedWord;

/// One line of print as bare letters, each with its place.
#[derive(Debug)]
pub(super) struct TextLine {
    letters: Vec<Letter>,
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    bare: char,
    left: f32,
    right: f32,
    baseline: f32,
    /// Which word of the line it stands in.
    word: usize,
}

/// A label seen on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sighting {
    /// Which text line.
    pub(super) line: usize,
    /// First and last letter in it, half open.
    pub(super) letters: (usize, usize),
    /// Left end, of first letters that were not read too.
    pub(super) left: f32,
    /// Right end, a colon included if the engine saw it.
    pub(super) right: f32,
    /// Whether its first and its last word hold other letters too, outside of it: where it begins and ends is a guess then.
    pub(super) run_into: (bool, bool),
    /// Baseline a quarter and three quarters along.
    pub(super) baseline: (f32, f32),
    /// Letters wrong, missing or too many.
    pub(super) errors: usize,
}

/// A label's letters as [`TextLine`] has them: no marks, no spaces, no punctuation.
pub(super) fn bare(label: &str) -> Vec<char> {
    text::fold(label).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Puts words into lines.
pub(super) fn lines(words: &[PrintedWord]) -> Vec<TextLine> {
    let mut numbers: Vec<u32> = words.iter().map(|w| w.line).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .iter()
        .map(|n| {
            let mut line: Vec<&PrintedWord> = words.iter().filter(|w| w.line == *n).collect();
            line.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
            let mut letters: Vec<Letter> = Vec::new();
            for (number, word) in line.into_iter().enumerate() {
                let more = letters_of(word, number);
                // a colon that stands alone still ends the label before it
                if let (true, Some(last)) = (more.is_empty() && word.text == ":", letters.last_mut()) {
                    last.right = word.place.right;
                }
                letters.extend(more);
            }
            TextLine { letters }
        })
        .collect()
}

/// Shares a word's width among its characters; a colon goes to the letter before it.
fn letters_of(word: &PrintedWord, number: usize) -> Vec<Letter> {
    let chars: Vec<char> = word.text.chars().collect();
    let step = word.place.width() / chars.len().max(1) as f32;
    let below = |c: char| matches!(c, 'g' | 'j' | 'p' | 'q' | 'y' | 'Q' | ',' | '(' | ')' | '/') || is_marked_below(c);
    // descenders and dots below hang about a fifth of the word's height under the baseline
    let hang = if chars.iter().any(|c| below(*c)) { 0.2 * word.place.height() } else { 0.0 };
    let baseline = word.place.bottom - hang;
    let mut letters: Vec<Letter> = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        let (left, right) = (word.place.left + step * i as f32, word.place.left + step * (i + 1) as f32);
        let folded = text::fold(&c.to_string());
        if let Some(bare) = folded.chars().next() {
            letters.push(Letter { bare, left, right, baseline, word: number });
        } else if let (':', Some(last)) = (*c, letters.last_mut()) {
            last.right = right;
        }
    }
    letters
}

fn is_marked_below(c: char) -> bool {
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c).nfd().any(|m| m == '\u{323}')
}

/// All places where a label may stand, best first; at most `most_errors` letters wrong, no two overlapping.
pub(super) fn sightings(label: &[char], lines: &[TextLine], most_errors: usize) -> Vec<Sighting> {
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let mut ends = approximate_ends(label, line, most_errors);
        ends.sort_by_key(|(errors, start, end)| (*errors, end - start, *start));
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (errors, start, end) in ends {
            if end > start && taken.iter().all(|(s, e)| end <= *s || start >= *e) {
                taken.push((start, end));
                found.push(line.sighting(n, (start, end), errors, label));
            }
        }
    }
    found.sort_by_key(|s| s.errors);
    found
}

impl TextLine {
    fn sighting(&self, line: usize, (start, end): (usize, usize), errors: usize, label: &[char]) -> Sighting {
        let letters = &self.letters[start..end];
        let middle = letters.len() / 2;
        let (left, right) = (letters[0].left, letters[letters.len() - 1].right);
        // pale or broken first letters are often not read; the label begins where they would be
        let unseen = label.iter().take(errors + 1).position(|c| *c == letters[0].bare).unwrap_or(0);
        let letter = (right - left) / letters.len() as f32;
        let shares = |a: Option<&Letter>, b: &Letter| a.is_some_and(|a| a.word == b.word);
        let before = start.checked_sub(1).and_then(|i| self.letters.get(i));
        let run_into = (shares(before, &letters[0]), shares(self.letters.get(end), &letters[letters.len() - 1]));
        Sighting {
            run_into,
            line,
            letters: (start, end),
            left: left - letter * unseen as f32,
            right,
            baseline: (median_baseline(&letters[..middle.max(1)]), median_baseline(&letters[middle..])),
            errors,
        }
    }
}

impl Sighting {
    /// Baseline in the middle.
    pub(super) fn level(&self) -> f32 {
        f32::midpoint(self.baseline.0, self.baseline.1)
    }
}

/// For at least one letter.
fn median_baseline(letters: &[Letter]) -> f32 {
    let mut baselines: Vec<f32> = letters.iter().map(|l| l.baseline).collect();
    baselines.sort_by(f32::total_cmp);
    baselines[baselines.len() / 2]
}

/// Sellers' algorithm: (errors, start, end) of every stretch that ends somewhere with few errors.
fn approximate_ends(label: &[char], line: &TextLine, most_errors: usize) -> Vec<(usize, usize, usize)> {
    // column of (errors, start) for every prefix of the label
    let mut column: Vec<(usize, usize)> = (0..=label.len()).map(|i| (i, 0)).collect();
    let mut ends = Vec::new();
    for (j, letter) in line.letters.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = (0, j + 1);
        for i in 1..=label.len() {
            let left = column[i];
            let wrong = usize::from(label[i - 1] != letter.bare);
            let best = [(diagonal.0 + wrong, diagonal.1), (left.0 + 1, left.1), (column[i - 1].0 + 1, column[i - 1].1)];
            column[i] = best.into_iter().min_by_key(|(errors, start)| (*errors, usize::MAX - start)).unwrap_or(left);
            diagonal = left;
        }
        let (errors, start) = column[label.len()];
        if errors <= most_errors {
            ends.push((errors, start, j + 1));
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Confidence, Rect};

    fn word(text: &str, left: f32, line: u32) -> PrintedWord {
        let right = left + 10.0 * text.chars().count() as f32;
        PrintedWord {
            text: text.into(),
            place: Rect::new(left, 80.0, right, 100.0),
            confidence: Confidence::FULL,
            line,
        }
    }

    #[test]
    fn a_label_is_found_with_both_ends() {
        let lines = lines(&[word("Họ", 0.0, 0), word("và", 30.0, 0), word("tên:", 60.0, 0), word("Lan", 120.0, 0)]);
        let found = sightings(&bare("Họ và tên:"), &lines, 0);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].left, found[0].right), (0.0, 100.0));
    }

    #[test]
    fn a_label_begins_where_its_unread_letters_would_be() {
        let lines = lines(&[word("rang", 100.0, 0), word("số:", 150.0, 0)]);
        let one = |label: &str| sightings(&bare(label), &lines, 2)[0].left;
        let letter = 80.0 / 6.0;
        assert_eq!(one("rang số:"), 100.0);
        assert!((one("Trang số:") - (100.0 - letter)).abs() < 0.01);
        assert!((one("Ttrang số:") - (100.0 - 2.0 * letter)).abs() < 0.01);
        assert!((one("kang số:") - 100.0).abs() < letter / 2.0, "a letter read as another one keeps its place");
    }

    #[test]
    fn a_colon_that_stands_alone_ends_its_label() {
        let lines = lines(&[word("trú", 0.0, 0), word(":", 36.0, 0), word("Ấp", 60.0, 0)]);
        assert_eq!(sightings(&bare("trú :"), &lines, 0)[0].right, 46.0);
    }

    #[test]
    fn words_run_together_do_not_hide_a_label() {
        let lines = lines(&[word("Quốctịch:", 0.0, 0)]);
        assert_eq!(sightings(&bare("Quốc tịch:"), &lines, 0).len(), 1);
    }

    #[test]
    fn a_label_that_shares_a_word_with_a_number_says_so() {
        let lines = lines(&[word("so:129", 0.0, 0), word("ngay", 80.0, 0), word("21thang", 140.0, 0)]);
        let of = |label: &str| sightings(&bare(label), &lines, 0)[0].run_into;
        assert_eq!((of("so:"), of("ngay"), of("thang")), ((false, true), (false, false), (true, false)));
    }

    #[test]
    fn as_many_errors_as_allowed_but_no_more() {
        let lines = lines(&[word("Qu0c", 0.0, 0), word("tịcn", 50.0, 0)]);
        assert_eq!(sightings(&bare("Quốc tịch:"), &lines, 2).len(), 1);
        assert_eq!(sightings(&bare("Quốc tịch:"), &lines, 1), []);
    }

    #[test]
    fn a_label_does_not_run_over_two_lines() {
        let lines = lines(&[word("Quốc", 0.0, 0), word("tịch", 0.0, 1)]);
        assert_eq!(sightings(&bare("Quốc tịch:"), &lines, 1), []);
    }

    #[test]
    fn the_same_label_twice_in_a_line_is_two_sightings() {
        let lines = lines(&[word("tháng", 0.0, 0), word("7", 60.0, 0), word("tháng", 90.0, 0)]);
        assert_eq!(sightings(&bare("tháng"), &lines, 1).len(), 2);
    }

    #[test]
    fn hanging_letters_do_not_lower_the_baseline() {
        let lines = lines(&[word("ngày", 0.0, 0), word("thân", 100.0, 1)]);
        let base = |label: &str| sightings(&bare(label), &lines, 0)[0].level();
        assert!(base("ngày") < 98.0);
        assert!((base("thân") - 100.0).abs() < 0.01);
    }

    #[test]
    fn dots_after_a_label_are_not_its_end() {
        let lines = lines(&[word("sinh:......", 0.0, 0)]);
        assert_eq!(sightings(&bare("sinh:"), &lines, 0)[0].right, 50.0);
    }
}
