//! What stands on many pages of a book: the choice among a page's texts with the others' texts in mind.
//!
//! A name that the page alone reads second, and other pages of the book read first, is likelier than one that stands
//! nowhere else. Each page's texts are weighed by how often the other pages say the same, some rounds, since those are in
//! doubt themselves. How sure the outcome is, agreement alone decides.

use std::collections::BTreeMap;

use super::super::super::Config;
use super::told::Told;

/// After four rounds hardly anything moves.
const ROUNDS: usize = 4;

/// What a part may state, with its probability.
type Beliefs<'t> = BTreeMap<&'t str, f32>;

/// Which of its texts each slot of a column holds.
pub(super) fn choices(told: &[Told<'_>], config: &Config) -> Vec<usize> {
    let parts = told.iter().map(|t| t.fields.len()).max().unwrap_or(0);
    if told.len() < config.usual_pages {
        return vec![0; told.len()];
    }
    let by_part: Vec<Vec<Beliefs<'_>>> = (0..parts).map(|part| supports(told, part, config)).collect();
    told.iter().enumerate().map(|(at, told)| likeliest(told, at, &by_part)).collect()
}

/// The text whose statement weighs most: texts that state the same weigh together.
fn likeliest(told: &Told<'_>, at: usize, supports: &[Vec<Beliefs<'_>>]) -> usize {
    let states =
        |choice: usize| -> Vec<&str> { told.choices[choice].parts.iter().map(|(_, key)| key.as_str()).collect() };
    let mut weights: BTreeMap<Vec<&str>, (f32, usize)> = BTreeMap::new();
    for (choice, seen) in told.choices.iter().enumerate() {
        let support: f32 = seen
            .parts
            .iter()
            .zip(supports)
            .map(|((_, key), part)| part[at].get(key.as_str()).copied().unwrap_or(1.0))
            .product();
        weights.entry(states(choice)).or_insert((0.0, choice)).0 += seen.weight * support;
    }
    let own = weights[&states(0)];
    let best = weights.into_values().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or(own);
    if best.0 > own.0 { best.1 } else { 0 }
}

/// How much likelier the other pages make each statement of a part, by page.
fn supports<'t>(told: &'t [Told<'_>], part: usize, config: &Config) -> Vec<Beliefs<'t>> {
    let alone: Vec<Beliefs<'t>> = told.iter().map(|t| alone(t, part)).collect();
    let mut believed = alone.clone();
    let mut supports = Vec::new();
    for _ in 0..ROUNDS {
        let mut all = Beliefs::new();
        believed.iter().flatten().for_each(|(key, share)| *all.entry(key).or_default() += share);
        let others = (told.len() - 1) as f32;
        let support = |own: &Beliefs<'t>| -> Beliefs<'t> {
            own.iter()
                .map(|(key, share)| (*key, 1.0 + config.repeated * ((all[key] - share) / others).max(0.0)))
                .collect()
        };
        supports = believed.iter().map(support).collect();
        let after = |(told, (alone, support)): (&Told<'_>, (&Beliefs<'t>, &Beliefs<'t>))| -> Beliefs<'t> {
            let weight = |key: &&'t str, share: &f32| share * support[*key];
            let sum: f32 = alone.iter().map(|(key, share)| weight(key, share)).sum::<f32>() + told.open(part);
            alone.iter().map(|(key, share)| (*key, weight(key, share) / sum.max(f32::MIN_POSITIVE))).collect()
        };
        believed = told.iter().zip(alone.iter().zip(&supports)).map(after).collect();
    }
    supports
}

fn alone<'t>(told: &'t Told<'_>, part: usize) -> Beliefs<'t> {
    let mut beliefs = Beliefs::new();
    if part < told.fields.len() {
        told.said(part).for_each(|((_, key), share)| *beliefs.entry(key.as_str()).or_default() += share);
    }
    beliefs
}
