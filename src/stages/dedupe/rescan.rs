//! Another scan of the same sheet: the looks of its writing agree, and so does what was read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Config, Mark};

/// Looks are cut into pieces of 16 bits; two scans of one slot nearly always keep one piece whole.
const PIECE_BITS: u32 = 16;

/// Pairs of entries that are two scans of one.
pub(super) fn pairs(marks: &[Mark], config: &Config) -> Vec<(usize, usize)> {
    let candidates = candidates(marks, config.look_neighbours);
    candidates.into_iter().filter(|(a, b)| same_sheet(&marks[*a], &marks[*b], config)).collect()
}

/// Entries that share a piece of a look. Looking at a few neighbours only keeps a common word from costing N² checks.
fn candidates(marks: &[Mark], neighbours: usize) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<(&str, &str, u32, u64), Vec<usize>> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate() {
        for (slot, look) in &mark.looks {
            for piece in 0..u64::BITS / PIECE_BITS {
                let bits = look >> (piece * PIECE_BITS) & ((1 << PIECE_BITS) - 1);
                holders.entry((&mark.layout, slot, piece, bits)).or_default().push(at);
            }
        }
    }
    let near = |held: Vec<usize>| -> Vec<(usize, usize)> {
        let pair = |i: usize, j: usize| (held[i], held[j]);
        (0..held.len())
            .flat_map(|i| (i + 1..held.len().min(i + 1 + neighbours)).map(move |j| (i, j)))
            .map(|(i, j)| pair(i, j))
            .collect()
    };
    holders.into_values().flat_map(near).collect()
}

fn same_sheet(a: &Mark, b: &Mark, config: &Config) -> bool {
    let one_page = (&a.place.run, &a.place.path, a.place.page) == (&b.place.run, &b.place.path, b.place.page);
    !one_page
        && look_distance(a, b, config.look_slots).is_some_and(|distance| distance <= config.look_distance)
        && text_likeness(a, b).is_some_and(|likeness| likeness >= config.text_likeness)
}

/// Mean share of differing bits over the slots that both carry; `None` for too few of them.
pub(super) fn look_distance(a: &Mark, b: &Mark, least: usize) -> Option<f32> {
    let other: BTreeMap<&str, u64> = b.looks.iter().map(|(slot, look)| (slot.as_str(), *look)).collect();
    let shared = a.looks.iter().filter_map(|(slot, look)| Some((look ^ other.get(slot.as_str())?).count_ones()));
    let distances: Vec<u32> = shared.collect();
    let differing: u32 = distances.iter().sum();
    (distances.len() >= least.max(1)).then(|| differing as f32 / (u64::BITS as usize * distances.len()) as f32)
}

/// Mean likeness of the texts that both carry; `None` without any.
pub(super) fn text_likeness(a: &Mark, b: &Mark) -> Option<f32> {
    let other: BTreeMap<&str, &str> = b.texts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    let shared = a.texts.iter().filter_map(|(key, text)| Some((text, *other.get(key.as_str())?)));
    let likeness: Vec<f64> = shared.map(|(x, y)| strsim::normalized_levenshtein(x, y)).collect();
    (!likeness.is_empty()).then(|| (likeness.iter().sum::<f64>() / likeness.len() as f64) as f32)
}
