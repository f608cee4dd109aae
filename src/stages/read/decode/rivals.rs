//! What else each single letter may be: a search that keeps a few texts spends them on commas and titles, and the one text
//! with another mark is not among them.

use serde::Deserialize;

use crate::stages::read::lattice::BLANK;
use crate::stages::read::views::Views;

/// Section `[read.decode.rivals]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Least probability of the other letter where this one stands clearest, in any view.
    pub least: f32,
    /// Texts tried at most, likeliest first.
    pub most: usize,
}

/// Texts that differ from `text` in one letter, or lack one, as far as a view allows.
pub(super) fn rivals(views: &Views, text: &[u16], config: &Config) -> Vec<Vec<u16>> {
    let least = config.least.ln();
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    for view in views.each() {
        for (at, frame) in view.align(text).into_iter().enumerate() {
            let likely = frame.into_iter().flatten().enumerate().filter(|(_, p)| **p >= least);
            found.extend(likely.filter(|(class, _)| *class != usize::from(text[at])).map(|(class, p)| (*p, at, class)));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut rivals: Vec<Vec<u16>> = Vec::new();
    for (_, at, class) in found {
        let mut other = text.to_vec();
        match class {
            BLANK => _ = other.remove(at),
            _ => other[at] = class as u16,
        }
        if rivals.len() < config.most && !other.is_empty() && !rivals.contains(&other) {
            rivals.push(other);
        }
    }
    rivals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::read::lattice::tests::{lattice, vocabulary};

    #[test]
    fn a_letter_is_held_against_what_else_it_may_be_and_against_its_absence() {
        let v = vocabulary("aáàn");
        let doubtful: &[(char, f32)] = &[('a', 0.7), ('á', 0.28), ('à', 0.005), ('n', 0.005), ('-', 0.01)];
        let clear: &[(char, f32)] = &[('n', 0.93), ('-', 0.055), ('a', 0.005), ('á', 0.005), ('à', 0.005)];
        let seen = Views::from(lattice(&v, &[doubtful, &[('-', 0.99)], clear]));
        let text = v.classes("an").expect("known");
        let of = |most| {
            let config = Config { least: 0.02, most };
            rivals(&seen, &text, &config).iter().map(|t| v.text(t)).collect::<Vec<_>>()
        };
        assert_eq!(of(9), ["án", "a"]);
        assert_eq!(of(1), ["án"]);
    }
}
