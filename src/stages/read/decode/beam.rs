//! CTC prefix beam search: the texts that the picture and the grammar allow together.

use std::collections::HashMap;

use serde::Deserialize;

use super::grammar::{Grammar, Places};
use crate::stages::read::lattice::{BLANK, Lattice, log_add};

/// Section `[read.beam]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Prefixes kept after every frame.
    pub width: usize,
    /// Prefixes this far (ln) behind the best are dropped even where there is room.
    pub margin: f32,
    /// Characters below this probability in a frame are not tried there.
    pub least: f32,
    /// Characters tried in a frame at most.
    pub tried: usize,
    /// Things stated that are kept as alternatives.
    pub(super) texts: usize,
}

/// A text with the two sides kept apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hypothesis {
    /// Classes.
    pub(super) text: Vec<u16>,
    /// ln probability by the picture alone: all alignments, exact.
    pub(super) evidence: f32,
    /// ln weight by the grammar alone.
    pub(super) prior: f32,
}

/// A prefix as known to the search: its last class, where the grammar stands, its prior so far.
struct Prefix {
    parent: usize,
    class: u16,
    places: Places,
    prior: f32,
}

#[derive(Clone, Copy)]
struct Item {
    prefix: usize,
    blank: f32,
    other: f32,
}

impl Item {
    fn new(prefix: usize) -> Self {
        Self { prefix, blank: f32::NEG_INFINITY, other: f32::NEG_INFINITY }
    }

    fn sum(&self) -> f32 {
        log_add(self.blank, self.other)
    }
}

struct Search<'g> {
    grammar: &'g Grammar,
    prefixes: Vec<Prefix>,
    /// `None`: the grammar forbids it.
    children: HashMap<(usize, u16), Option<usize>>,
}

/// The likeliest texts of a line under a grammar; `weight` scales the prior against the evidence, `score` is the exact
/// evidence for a text that was found.
#[must_use]
pub(super) fn search(
    lattice: &Lattice,
    grammar: &Grammar,
    weight: f32,
    config: &Config,
    score: impl Fn(&[u16]) -> f32,
) -> Vec<Hypothesis> {
    let mut search = Search::new(grammar);
    let mut beam = vec![Item { prefix: 0, blank: 0.0, other: f32::NEG_INFINITY }];
    for frame in lattice.frames() {
        beam = search.advance(&beam, frame, config);
        let key = |i: &Item| i.sum() + weight * search.prefixes[i.prefix].prior;
        let mut keyed: Vec<(f32, Item)> = beam.into_iter().map(|i| (key(&i), i)).collect();
        keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.prefix.cmp(&b.1.prefix)));
        let least = keyed.first().map_or(f32::NEG_INFINITY, |best| best.0) - config.margin;
        beam = keyed.into_iter().take(config.width).take_while(|k| k.0 >= least).map(|k| k.1).collect();
    }
    let ended = beam.iter().filter_map(|item| {
        let prior = grammar.end(&search.prefixes[item.prefix].places)?;
        Some((item.sum() + weight * prior, item.prefix, prior))
    });
    let mut ended: Vec<_> = ended.collect();
    ended.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let exact = |(_, prefix, prior)| {
        let text = search.text(prefix);
        Hypothesis { evidence: score(&text), prior, text }
    };
    ended.into_iter().map(exact).collect()
}

impl<'g> Search<'g> {
    fn new(grammar: &'g Grammar) -> Self {
        let root = Prefix { parent: 0, class: 0, places: grammar.start(), prior: 0.0 };
        Self { grammar, prefixes: vec![root], children: HashMap::new() }
    }

    fn advance(&mut self, beam: &[Item], frame: &[f32], config: &Config) -> Vec<Item> {
        let tried = tried(frame, config);
        let mut at: HashMap<usize, usize> = HashMap::new();
        let mut next: Vec<Item> = Vec::new();
        let mut slot = |next: &mut Vec<Item>, prefix: usize| {
            *at.entry(prefix).or_insert_with(|| {
                next.push(Item::new(prefix));
                next.len() - 1
            })
        };
        for item in beam {
            let (last, sum) = (self.prefixes[item.prefix].class, item.sum());
            let i = slot(&mut next, item.prefix);
            next[i].blank = log_add(next[i].blank, sum + frame[BLANK]);
            if last != 0 {
                next[i].other = log_add(next[i].other, item.other + frame[usize::from(last)]);
            }
            for &class in &tried {
                let from = if class == last { item.blank } else { sum };
                if from == f32::NEG_INFINITY {
                    continue;
                }
                if let Some(child) = self.child(item.prefix, class) {
                    let i = slot(&mut next, child);
                    next[i].other = log_add(next[i].other, from + frame[usize::from(class)]);
                }
            }
        }
        next
    }

    fn child(&mut self, prefix: usize, class: u16) -> Option<usize> {
        if let Some(known) = self.children.get(&(prefix, class)) {
            return *known;
        }
        let places = self.grammar.step(&self.prefixes[prefix].places, class);
        let child = places.iter().map(|p| p.1).reduce(log_add).map(|prior| {
            self.prefixes.push(Prefix { parent: prefix, class, places, prior });
            self.prefixes.len() - 1
        });
        self.children.insert((prefix, class), child);
        child
    }

    fn text(&self, mut prefix: usize) -> Vec<u16> {
        let mut text = Vec::new();
        while prefix != 0 {
            text.push(self.prefixes[prefix].class);
            prefix = self.prefixes[prefix].parent;
        }
        text.reverse();
        text
    }
}

/// The characters worth trying in a frame, likeliest first.
fn tried(frame: &[f32], config: &Config) -> Vec<u16> {
    let least = config.least.ln();
    let mut classes: Vec<u16> = (1..frame.len()).filter(|c| frame[*c] >= least).map(|c| c as u16).collect();
    classes.sort_by(|a, b| frame[usize::from(*b)].total_cmp(&frame[usize::from(*a)]));
    classes.truncate(config.tried);
    classes
}

#[cfg(test)]
mod tests {
    use super::super::grammar::{Any, Builder};
    use super::*;
    use crate::stages::read::lattice::tests::{lattice, vocabulary};

    fn config() -> Config {
        Config { width: 32, margin: 30.0, least: 1e-4, tried: 20, texts: 8 }
    }

    #[test]
    fn without_a_grammar_the_likeliest_text_is_found_with_its_exact_evidence() {
        let v = vocabulary("ab");
        let mut b = Builder::new(&v);
        let out = b.node();
        b.open(0, out, Any::Characters, 0.0);
        b.end(out, 1.0);
        let l = lattice(&v, &[&[('a', 0.6), ('b', 0.3)], &[('-', 0.5), ('b', 0.4)], &[('b', 0.7)]]);
        let found = search(&l, &b.finish(), 1.0, &config(), |text| l.score(text));
        assert_eq!(v.text(&found[0].text), "ab");
        assert!((found[0].evidence - l.score(&found[0].text)).abs() < 1e-6);
        assert!(found.windows(2).all(|w| w[0].evidence >= w[1].evidence));
    }

    #[test]
    fn a_grammar_that_knows_only_another_text_leads_to_that_text() {
        let v = vocabulary("ab1");
        let mut b = Builder::new(&v);
        let out = b.node();
        b.phrases(0, out, [("1b", 1.0)]);
        b.end(out, 1.0);
        let l = lattice(&v, &[&[('a', 0.8), ('1', 0.1)], &[('b', 0.9)]]);
        let found = search(&l, &b.finish(), 1.0, &config(), |text| l.score(text));
        assert_eq!(found.iter().map(|h| v.text(&h.text)).collect::<Vec<_>>(), ["1b"]);
    }

    #[test]
    fn a_line_the_grammar_cannot_spell_gives_nothing() {
        let v = vocabulary("ab");
        let mut b = Builder::new(&v);
        let out = b.node();
        b.phrases(0, out, [("abab", 1.0)]);
        b.end(out, 1.0);
        let l = lattice(&v, &[&[('a', 0.8)], &[('b', 0.9)]]);
        assert!(search(&l, &b.finish(), 1.0, &config(), |text| l.score(text)).is_empty());
    }
}
