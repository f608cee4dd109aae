//! What the network says about one line: for every frame the log-probability of every character.

use std::collections::HashMap;

use super::ReadError;

/// Class of "no character here".
pub const BLANK: usize = 0;

/// The network's characters, by class.
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary {
    chars: Vec<char>,
    classes: HashMap<char, u16>,
}

impl Vocabulary {
    /// From the list of the model: the blank first, then one character each.
    pub fn new(names: &[String]) -> Result<Self, ReadError> {
        let wrong = |what: String| ReadError::Model { path: "vocab.json".into(), what };
        let mut chars = vec!['\0'];
        for name in names.iter().skip(1) {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(c), None) => chars.push(c),
                _ => return Err(wrong(format!("class {} is not one character", chars.len()))),
            }
        }
        let classes: HashMap<char, u16> = chars.iter().enumerate().skip(1).map(|(i, c)| (*c, i as u16)).collect();
        if classes.len() + 1 != names.len() {
            return Err(wrong("a character occurs twice, or the blank is missing".into()));
        }
        Ok(Self { chars, classes })
    }

    /// Number of classes, the blank included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Never: the blank is always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Character of a class other than the blank.
    #[must_use]
    pub fn char(&self, class: u16) -> char {
        self.chars[usize::from(class)]
    }

    /// Class of a character the network knows.
    #[must_use]
    pub fn class(&self, c: char) -> Option<u16> {
        self.classes.get(&c).copied()
    }

    /// Classes of a text; `None` when the network lacks a character of it.
    #[must_use]
    pub fn classes(&self, text: &str) -> Option<Vec<u16>> {
        text.chars().map(|c| self.class(c)).collect()
    }

    /// Text of classes.
    #[must_use]
    pub fn text(&self, classes: &[u16]) -> String {
        classes.iter().map(|c| self.char(*c)).collect()
    }
}

/// Log-probabilities of one line, frame by frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Lattice {
    classes: usize,
    values: Vec<f32>,
}

impl Lattice {
    /// From frames in a row, `classes` values each.
    #[must_use]
    pub fn new(classes: usize, values: Vec<f32>) -> Self {
        debug_assert_eq!(values.len() % classes.max(1), 0);
        Self { classes, values }
    }

    /// Adds the frames of another line.
    pub fn append(&mut self, other: &Self) {
        self.values.extend_from_slice(&other.values);
    }

    /// Adds a character that is there for certain: a blank frame and one that says it.
    pub fn push_certain(&mut self, class: u16) {
        for certain in [BLANK, usize::from(class)] {
            let doubt = (1e-6_f32 / self.classes as f32).ln();
            let from = self.values.len();
            self.values.resize(from + self.classes, doubt);
            self.values[from + certain] = 0.0;
        }
    }

    /// The frames in time order.
    pub fn frames(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.classes)
    }

    /// The likeliest class of every frame, repeats and blanks folded: class, probability, first frame.
    #[must_use]
    pub fn greedy(&self) -> Vec<(u16, f32, usize)> {
        let mut out: Vec<(u16, f32, usize)> = Vec::new();
        let mut last = BLANK;
        for (t, frame) in self.frames().enumerate() {
            let best = argmax(frame);
            let p = frame[best].exp();
            if best == last {
                if let Some(end) = out.last_mut().filter(|_| best != BLANK) {
                    end.1 = end.1.max(p);
                }
            } else if best != BLANK {
                out.push((best as u16, p, t));
            }
            last = best;
        }
        out
    }

    /// ln of the probability that the line reads exactly `text` (all alignments summed).
    #[must_use]
    pub fn score(&self, text: &[u16]) -> f32 {
        // States: blank, first character, blank, second … blank.
        let states = 2 * text.len() + 1;
        let class = |s: usize| if s % 2 == 0 { BLANK } else { usize::from(text[s / 2]) };
        let mut now = vec![f32::NEG_INFINITY; states];
        now[0] = 0.0;
        let mut next = now.clone();
        let mut begun = false;
        for frame in self.frames() {
            for s in 0..states {
                let mut sum = now[s];
                if s > 0 && (begun || s == 1) {
                    sum = log_add(sum, now[s - 1]);
                }
                if s % 2 == 1 && s > 1 && text[s / 2] != text[s / 2 - 1] {
                    sum = log_add(sum, now[s - 2]);
                }
                next[s] = sum + frame[class(s)];
            }
            begun = true;
            std::mem::swap(&mut now, &mut next);
        }
        if text.is_empty() { now[0] } else { log_add(now[states - 1], now[states - 2]) }
    }
}

impl Lattice {
    /// The best alignment of a text: for each character its clearest frame; `None` for one that has none.
    #[must_use]
    pub fn align(&self, text: &[u16]) -> Vec<Option<&[f32]>> {
        let states = 2 * text.len() + 1;
        let class = |s: usize| if s % 2 == 0 { BLANK } else { usize::from(text[s / 2]) };
        let mut now = vec![f32::NEG_INFINITY; states];
        now[0] = 0.0;
        let mut came_from: Vec<Vec<u8>> = Vec::new();
        for (t, frame) in self.frames().enumerate() {
            let mut next = vec![f32::NEG_INFINITY; states];
            let mut back = vec![0_u8; states];
            for s in 0..states {
                let skips = s % 2 == 1 && s > 1 && text[s / 2] != text[s / 2 - 1];
                let steps = (0..=if skips { 2 } else { 1 }).filter(|k| *k <= s && (t > 0 || s - k == 0));
                for k in steps {
                    if now[s - k] > next[s] {
                        (next[s], back[s]) = (now[s - k], k as u8);
                    }
                }
                next[s] += frame[class(s)];
            }
            came_from.push(back);
            now = next;
        }
        let mut clearest: Vec<Option<&[f32]>> = vec![None; text.len()];
        let mut s = if text.is_empty() || now[states - 1] > now[states - 2] { states - 1 } else { states - 2 };
        for (t, back) in came_from.iter().enumerate().rev() {
            if s % 2 == 1 {
                let frame = &self.values[t * self.classes..(t + 1) * self.classes];
                if clearest[s / 2].is_none_or(|clearer| clearer[class(s)] < frame[class(s)]) {
                    clearest[s / 2] = Some(frame);
                }
            }
            s -= usize::from(back[s]);
        }
        clearest
    }
}

/// Index of the largest value; 0 for none.
#[must_use]
pub fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in values.iter().enumerate() {
        if *v > values[best] {
            best = i;
        }
    }
    best
}

/// ln(eᵃ + eᵇ) without overflow.
#[must_use]
pub fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small vocabulary of the given characters.
    pub(crate) fn vocabulary(chars: &str) -> Vocabulary {
        let names: Vec<String> = std::iter::once("<blank>".to_owned()).chain(chars.chars().map(String::from)).collect();
        Vocabulary::new(&names).expect("distinct")
    }

    /// Frames given as (character or '-', probability); the rest is spread evenly.
    pub(crate) fn lattice(vocabulary: &Vocabulary, frames: &[&[(char, f32)]]) -> Lattice {
        let n = vocabulary.len();
        let mut values = Vec::new();
        for frame in frames {
            let named: f32 = frame.iter().map(|f| f.1).sum();
            let rest = ((1.0 - named) / (n - frame.len()) as f32).max(1e-9);
            let mut row = vec![rest.ln(); n];
            for (c, p) in *frame {
                let class = if *c == '-' { BLANK } else { usize::from(vocabulary.class(*c).expect("known")) };
                row[class] = p.max(1e-9).ln();
            }
            values.extend(row);
        }
        Lattice::new(n, values)
    }

    #[test]
    fn greedy_folds_repeats_but_keeps_doubled_letters() {
        let v = vocabulary("an");
        let l = lattice(&v, &[&[('a', 0.9)], &[('a', 0.8)], &[('-', 0.9)], &[('a', 0.7)], &[('n', 0.9)]]);
        let text: String = l.greedy().iter().map(|g| v.char(g.0)).collect();
        assert_eq!(text, "aan");
        assert!((l.greedy()[0].1 - 0.9).abs() < 1e-6);
    }

    #[test]
    fn scores_of_all_texts_add_up_to_one() {
        let v = vocabulary("ab");
        let l = lattice(&v, &[&[('a', 0.6), ('-', 0.3)], &[('b', 0.5), ('a', 0.3)], &[('-', 0.4), ('b', 0.4)]]);
        let mut sum = 0.0;
        let mut texts: Vec<Vec<u16>> = vec![vec![]];
        for _ in 0..=3 {
            sum += texts.iter().map(|t| l.score(t).exp()).sum::<f32>();
            texts = texts.iter().flat_map(|t| [1, 2].map(|c| [t.as_slice(), &[c]].concat())).collect();
        }
        assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    }

    #[test]
    fn a_text_longer_than_the_line_is_impossible() {
        let v = vocabulary("ab");
        let l = lattice(&v, &[&[('a', 0.6)], &[('b', 0.5)]]);
        assert_eq!(l.score(&[1, 2, 1]), f32::NEG_INFINITY);
        assert_eq!(l.score(&[1, 1]), f32::NEG_INFINITY, "a doubled letter needs a blank between");
        assert!(l.score(&[1, 2]).is_finite());
    }

    #[test]
    fn a_list_with_a_character_twice_is_refused() {
        let names = ["<blank>", "a", "a"].map(String::from);
        assert!(Vocabulary::new(&names).is_err());
    }
}
