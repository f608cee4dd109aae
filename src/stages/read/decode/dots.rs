//! The dot below a vowel, where the form's own dotted line swallowed it: "Phượng" that looks like "Phương".

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::beam::Hypothesis;
use super::grammar::Grammar;
use crate::stages::read::lattice::{Vocabulary, log_add};

const DOT_BELOW: char = '\u{323}';

/// Which vowels of a network take a dot below.
#[derive(Debug)]
pub(super) struct Dots {
    /// Class with the dot, by class without.
    dotted: HashMap<u16, u16>,
}

impl Dots {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let classes = (1..vocabulary.len()).map(|class| class as u16);
        let dotted = |class| Some((class, vocabulary.class(with_dot(vocabulary.char(class))?)?));
        Self { dotted: classes.filter_map(dotted).collect() }
    }

    /// Gives the dotted variants of the first `most` texts their share of their evidence: a dot is `lost` that often.
    ///
    /// The picture cannot tell them apart any more; how usual the two texts are decides how sure one may be.
    pub(super) fn allow(&self, found: &mut Vec<Hypothesis>, most: usize, grammar: &Grammar, lost: f32) {
        let mut variants: Vec<Hypothesis> = Vec::new();
        for seen in found.iter().take(most) {
            for (at, class) in seen.text.iter().enumerate() {
                let Some(dotted) = self.dotted.get(class) else { continue };
                let mut text = seen.text.clone();
                text[at] = *dotted;
                if let Some(prior) = grammar.weigh(&text) {
                    variants.push(Hypothesis { text, evidence: seen.evidence + lost.ln(), prior });
                }
            }
        }
        for variant in variants {
            match found.iter_mut().find(|h| h.text == variant.text) {
                Some(same) => same.evidence = log_add(same.evidence, variant.evidence),
                None => found.push(variant),
            }
        }
    }
}

/// A vowel with a dot below, as one character; ậ is made of ạ and not of â, so two characters put together are not enough.
fn with_dot(vowel: char) -> Option<char> {
    let mut dotted = [vowel, DOT_BELOW].into_iter().nfc();
    dotted.next().filter(|_| dotted.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vowel_takes_a_dot_those_with_a_hat_too() {
        let dotted: String = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars().filter_map(with_dot).collect();
        assert_eq!(dotted, "ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ");
        assert_eq!(with_dot('q'), None);
    }
}
