//! Raw reading → probability of being right: a monotone map a kind, fitted on hands that the network never saw.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ReadError;
use super::settled::settled;
use crate::domain::date::DateLimits;
use crate::domain::text::{fold, normalise};
use crate::domain::{Alternative, Confidence, Reading, SlotKind};
use crate::meaning::{part_keys, sense};

/// Fitted maps with where they come from: `models/calibration.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// [Id](super::network::Networks::id) of the networks that it was fitted for.
    pub model: String,
    /// When, on what, with which command.
    pub provenance: String,
    /// For kinds that have no map of their own.
    pub other: Map,
    /// By kind.
    #[serde(default)]
    pub kinds: BTreeMap<SlotKind, Map>,
    /// By kind of composite slot, one for each part: a title is sure where the name beside it is not.
    #[serde(default)]
    pub parts: BTreeMap<SlotKind, Vec<Map>>,
}

/// Log-odds of being right, as a weighted sum of [`Signs`]; no weight is negative, so more of a sign never means less.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Fields it was fitted on.
    pub fields: usize,
    /// Log-odds of a reading without any sign.
    pub offset: f32,
    /// Weight of the posterior's log-odds.
    pub posterior: f32,
    /// Weight of the evidence that the unconstrained reading has over the chosen one, as a minus.
    pub gap: f32,
    /// Weight of the weakest letter.
    pub weakest: f32,
    /// Weight of each letter that lists and grammar changed, as a minus.
    pub changed: f32,
}

/// What a raw reading tells about its own truth; larger is better.
pub type Signs = [f32; 4];

/// Beyond e^9 against e^-9 the search itself is the larger doubt.
const MOST_ODDS: f32 = 9.0;
/// A reading e^20 times less evident than the unconstrained one is as wrong as any.
const MOST_GAP: f32 = 20.0;
/// So many letters make another word of any name.
const MOST_CHANGED: f32 = 6.0;

impl Calibration {
    /// Loads `calibration.toml` of the model folder.
    pub fn load(folder: &Path) -> Result<Self, ReadError> {
        let path = folder.join("calibration.toml");
        let wrong = |what: String| ReadError::Model { path: path.display().to_string(), what };
        let text = fs::read_to_string(&path).map_err(|e| wrong(e.to_string()))?;
        toml::from_str(&text).map_err(|e| wrong(e.to_string()))
    }

    /// The calibrated confidence of each part of a composite slot; `None` for a part that the text does not hold.
    #[must_use]
    pub fn parts(&self, kind: SlotKind, reading: &Reading, dates: &DateLimits) -> Vec<Option<Confidence>> {
        let each = part_signs(kind, reading, dates).into_iter().enumerate();
        each.map(|(part, signs)| Some(self.map_of_part(kind, part).probability(signs?))).collect()
    }

    /// A part's own map, or the one of all others.
    #[must_use]
    pub fn map_of_part(&self, kind: SlotKind, part: usize) -> &Map {
        self.parts.get(&kind).and_then(|maps| maps.get(part)).unwrap_or(&self.other)
    }

    /// The kind's own map, or the one of all others.
    #[must_use]
    pub fn map(&self, kind: SlotKind) -> &Map {
        self.kinds.get(&kind).unwrap_or(&self.other)
    }
}

impl Map {
    /// Probability of being right.
    #[must_use]
    pub fn probability(&self, signs: Signs) -> Confidence {
        let weights = [self.offset, self.posterior, self.gap, self.weakest, self.changed].map(f64::from);
        Confidence::new(probability(&weights, signs) as f32)
    }

    /// Fits by logistic regression (gradient descent, weights held at zero or above); `right` says which were right.
    #[must_use]
    pub fn fit(samples: &[(Signs, bool)]) -> Self {
        let mut w = [0.0_f64, 0.5, 0.1, 0.1, 0.1];
        let n = samples.len().max(1) as f64;
        for _ in 0..STEPS {
            let mut slope = [0.0_f64; 5];
            for (signs, right) in samples {
                let miss = probability(&w, *signs) - f64::from(u8::from(*right));
                slope.iter_mut().zip(terms(*signs)).for_each(|(s, x)| *s += miss * x / n);
            }
            for (i, (w, s)) in w.iter_mut().zip(slope).enumerate() {
                // a little pull to zero keeps a perfect sample from claiming certainty
                *w -= RATE * (s + PULL / n * *w);
                if i > 0 {
                    *w = w.max(0.0);
                }
            }
        }
        let [offset, posterior, gap, weakest, changed] = w.map(|w| w as f32);
        Self { fields: samples.len(), offset, posterior, gap, weakest, changed }
    }
}

/// What the weights are multiplied with: 1 for the offset, then the signs.
fn terms([posterior, gap, weakest, changed]: Signs) -> [f64; 5] {
    [1.0, posterior.into(), gap.into(), weakest.into(), changed.into()]
}

fn probability(weights: &[f64; 5], signs: Signs) -> f64 {
    let odds: f64 = weights.iter().zip(terms(signs)).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-odds).exp())
}

/// Enough for five weights on a few hundred samples; more steps change the third digit.
const STEPS: usize = 20_000;
const RATE: f64 = 0.05;
const PULL: f64 = 1.0;

/// The signs of a raw reading: the posterior and the evidence of all alternatives that state the same as its text.
#[must_use]
pub fn signs(kind: SlotKind, reading: &Reading, dates: &DateLimits) -> Signs {
    let [posterior, gap, weakest, changed] =
        signs_of(reading, &Stated::of(reading, |text| sense(kind, &normalise(text), dates)));
    // what can be nothing else is not a list's word against the picture's
    match kind == SlotKind::Place && settled(reading).is_some() {
        true => [posterior, 0.0, weakest, 0.0],
        false => [posterior, gap, weakest, changed],
    }
}

/// The signs of each part of a composite slot; `None` for a part that the text does not hold, nothing for other slots.
#[must_use]
pub fn part_signs(kind: SlotKind, reading: &Reading, dates: &DateLimits) -> Vec<Option<Signs>> {
    let keys = |text: &str| part_keys(kind, &normalise(text), dates);
    if keys(&reading.text).is_empty() {
        return Vec::new();
    }
    let all = Stated::of(reading, keys);
    let one = |part: usize| {
        let stated = all.map(|keys| keys.get(part).cloned().flatten());
        stated.own.is_some().then(|| signs_of(reading, &stated))
    };
    (0..all.own.len()).map(one).collect()
}

/// What a reading's texts state, in a form that can be compared.
struct Stated<T> {
    /// Its text.
    own: T,
    /// The unconstrained reading.
    plain: T,
    /// Its alternatives, in their order.
    others: Vec<T>,
}

impl<T> Stated<T> {
    fn of(reading: &Reading, of: impl Fn(&str) -> T) -> Self {
        let others = reading.alternatives.iter().map(|a| of(&a.text)).collect();
        Self { own: of(&reading.text), plain: of(&reading.unconstrained), others }
    }

    fn map<U>(&self, of: impl Fn(&T) -> U) -> Stated<U> {
        Stated { own: of(&self.own), plain: of(&self.plain), others: self.others.iter().map(of).collect() }
    }
}

fn signs_of<T: PartialEq>(reading: &Reading, stated: &Stated<T>) -> Signs {
    let sum = |wanted: &T, of: fn(&Alternative) -> f32| -> f32 {
        reading.alternatives.iter().zip(&stated.others).filter(|(_, sense)| *sense == wanted).map(|(a, _)| of(a)).sum()
    };
    let posterior = sum(&stated.own, |a| a.posterior.get()).clamp(1e-6, 1.0 - 1e-6);
    let evidence = |wanted: &T| sum(wanted, |a| a.evidence.get()).max(1e-30).ln();
    let gap = (evidence(&stated.plain) - evidence(&stated.own)).clamp(0.0, MOST_GAP);
    let weakest = reading.chars.iter().map(|c| c.confidence.get()).fold(1.0, f32::min).max(1e-3).ln();
    let changed = changed(reading) as f32;
    [(posterior / (1.0 - posterior)).ln().clamp(-MOST_ODDS, MOST_ODDS), -gap, weakest, -changed.min(MOST_CHANGED)]
}

/// Letters, without their marks, that lists and grammar changed in what the picture says by itself.
pub(super) fn changed(reading: &Reading) -> usize {
    strsim::levenshtein(&fold(&reading.unconstrained), &fold(&reading.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_finds_how_often_readings_are_right() {
        // right four times in five at log-odds 2, one time in five at -2
        let samples: Vec<(Signs, bool)> =
            (0..200)
                .map(|i| {
                    if i % 2 == 0 {
                        ([2.0, 0.0, -0.1, 0.0], i % 10 != 0)
                    } else {
                        ([-2.0, 0.0, -0.1, 0.0], i % 10 == 1)
                    }
                })
                .collect();
        let map = Map::fit(&samples);
        assert!((map.probability([2.0, 0.0, -0.1, 0.0]).get() - 0.8).abs() < 0.03, "{map:?}");
        assert!((map.probability([-2.0, 0.0, -0.1, 0.0]).get() - 0.2).abs() < 0.03, "{map:?}");
    }

    #[test]
    fn more_of_a_sign_never_means_less_trust() {
        // a sample in which the sign speaks the wrong way
        let samples: Vec<(Signs, bool)> = (0..50).map(|i| ([i as f32 / 10.0, 0.0, 0.0, 0.0], i < 25)).collect();
        let map = Map::fit(&samples);
        assert!(map.probability([4.0, 0.0, 0.0, 0.0]) >= map.probability([0.0; 4]));
    }

    #[test]
    fn a_list_that_changes_letters_is_trusted_less_where_that_went_wrong() {
        let samples: Vec<(Signs, bool)> = (0..200)
            .map(|i| if i % 10 == 0 { ([9.0, 0.0, 0.0, -2.0], i % 20 == 0) } else { ([9.0, 0.0, 0.0, 0.0], true) })
            .collect();
        let map = Map::fit(&samples);
        let (kept, changed) = (map.probability([9.0, 0.0, 0.0, 0.0]), map.probability([9.0, 0.0, 0.0, -2.0]));
        assert!(kept.get() > 0.97 && changed.get() < 0.7, "{kept:?} {changed:?}");
    }

    fn read(plain: &str, text: &str) -> Reading {
        Reading {
            text: text.into(),
            chars: Vec::new(),
            confidence: Confidence::FULL,
            parts: Vec::new(),
            unconstrained: plain.into(),
            alternatives: Vec::new(),
            reader: "test".into(),
        }
    }

    const DATES: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn signer(texts: &[(&str, f32)]) -> Reading {
        let p = Confidence::new;
        let alternative = |(text, posterior): &(&str, f32)| Alternative {
            text: (*text).to_owned(),
            evidence: p(*posterior),
            prior: p(0.5),
            posterior: p(*posterior),
        };
        Reading { alternatives: texts.iter().map(alternative).collect(), ..read(texts[0].0, texts[0].0) }
    }

    #[test]
    fn a_part_that_all_alternatives_agree_on_is_surer_than_one_that_they_dispute() {
        let reading = signer(&[("Lê Văn Ba - Chủ tịch", 0.6), ("Lê Văn Bá - Chủ tịch", 0.4)]);
        let signs = part_signs(SlotKind::Signer, &reading, &DATES);
        let posterior = |part: usize| signs[part].expect("stands there")[0];
        assert!((posterior(0) - (0.6_f32 / 0.4).ln()).abs() < 1e-4);
        assert_eq!(posterior(1), MOST_ODDS);
    }

    #[test]
    fn a_part_that_the_text_does_not_hold_has_no_signs_of_its_own() {
        let signs = part_signs(SlotKind::Signer, &signer(&[("Lê Văn Ba", 0.6), ("Lê Văn Bá", 0.4)]), &DATES);
        assert!(signs[0].is_some() && signs[1].is_none());
        assert!(part_signs(SlotKind::PersonName, &signer(&[("Lê Văn Ba", 1.0)]), &DATES).is_empty());
    }

    #[test]
    fn a_part_without_a_map_of_its_own_takes_the_one_of_all_others() {
        let other = Map::fit(&[([3.0, 0.0, 0.0, 0.0], true); 20]);
        let own = Map { offset: other.offset - 1.0, ..other };
        let parts = BTreeMap::from([(SlotKind::Signer, vec![own])]);
        let maps =
            Calibration { model: String::new(), provenance: String::new(), other, kinds: BTreeMap::new(), parts };
        assert_eq!(maps.map_of_part(SlotKind::Signer, 0), &own);
        assert_eq!(maps.map_of_part(SlotKind::Signer, 1), &other);
        assert_eq!(maps.map_of_part(SlotKind::TimeOfDeath, 0), &other);
    }

    #[test]
    fn always_right_in_a_small_sample_is_not_certain() {
        let map = Map::fit(&[([3.0, 0.0, 0.0, 0.0], true); 20]);
        let p = map.probability([3.0, 0.0, 0.0, 0.0]).get();
        assert!((0.9..0.9999).contains(&p), "{p}");
    }
}
