//! Fields that state one fact are read together: each one's alternatives speak for and against the other's.
//!
//! Only the choice among alternatives and the confidence change; the unconstrained reading stays.

mod named;

use serde::Deserialize;

use super::EntryPictures;
use crate::domain::date::{DateLimits, WrittenDate, parse_date};
use crate::domain::date_words::from_words;
use crate::domain::text::compare_key;
use crate::domain::{Alternative, Confidence, DateValue, Reading, Register, SlotKind};
use crate::meaning::sense;

/// Section `[read.joint]`: how likely it is that the page really says two different things.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Years that a date may have.
    pub dates: DateLimits,
    /// How much of the doubt that one field leaves may be agreement with the other.
    pub open_agrees: f32,
    /// How often a file name that claims number or date is right.
    pub name_right: f32,
    /// How likely another reading remains beside what the file name claims.
    pub name_differs: f32,
    /// Date in digits and date in words.
    pub dates_differ: f32,
    /// Applicant and the parent that the relation names.
    pub applicant_differs: f32,
    /// Family name of the child and of both parents.
    pub family_differs: f32,
}

/// What a text states, in a form that can be compared; `None` for a text that states nothing comparable.
type Fact<'f> = dyn Fn(&str) -> Option<String> + 'f;

/// Decides together what belongs together; `readings` are one a slot.
pub fn agree(entry: &EntryPictures, readings: &mut [Option<Reading>], config: &Config) {
    let kinds: Vec<SlotKind> = entry.slots.iter().map(|s| s.0.kind).collect();
    for words in places(&kinds, SlotKind::DateWords) {
        // the date in words stands behind the date in digits on every form
        if let Some(digits) = kinds[..words].iter().rposition(|k| *k == SlotKind::Date) {
            let in_digits = |text: &str| digits_fact(text, &config.dates);
            let in_words = |text: &str| words_fact(text, &config.dates);
            let sides = (side(&kinds, digits, &in_digits), side(&kinds, words, &in_words));
            pair(readings, sides, config.dates_differ, config);
        }
    }
    named::listen(entry, readings, config);
    let persons = places(&kinds, SlotKind::PersonName);
    for relation in places(&kinds, SlotKind::Relation) {
        let Some(applicant) = persons.iter().copied().filter(|p| *p < relation).next_back() else { continue };
        if let Some(other) = meant(&kinds, readings, relation, applicant) {
            let sides = (side(&kinds, applicant, &name_fact), side(&kinds, other, &name_fact));
            pair(readings, sides, config.applicant_differs, config);
        }
    }
    if let (Register::Ks, [child, father, ..]) = (entry.register, persons.as_slice()) {
        let sides = (side(&kinds, *child, &family_fact), side(&kinds, *father, &family_fact));
        pair(readings, sides, config.family_differs, config);
    }
}

fn places(kinds: &[SlotKind], kind: SlotKind) -> Vec<usize> {
    (0..kinds.len()).filter(|i| kinds[*i] == kind).collect()
}

/// Whom the relation names: among the persons before the applicant, the first parent for "cha", the last for "mẹ".
fn meant(kinds: &[SlotKind], readings: &[Option<Reading>], relation: usize, applicant: usize) -> Option<usize> {
    let text = &readings[relation].as_ref()?.text;
    let sense = crate::lists::relations().lookup(text).member()?.code?;
    let before: Vec<usize> = (0..applicant).filter(|i| kinds[*i] == SlotKind::PersonName).collect();
    match (sense, before.as_slice()) {
        ("father", [_, father, _]) => Some(*father),
        ("mother", [_, _, mother]) => Some(*mother),
        ("self", [own, ..]) => Some(*own),
        _ => None,
    }
}

/// One of the readings that speak to each other.
#[derive(Clone, Copy)]
struct Side<'f> {
    at: usize,
    kind: SlotKind,
    fact: &'f Fact<'f>,
}

fn side<'f>(kinds: &[SlotKind], at: usize, fact: &'f Fact<'f>) -> Side<'f> {
    Side { at, kind: kinds[at], fact }
}

/// Lets two readings speak to each other; a text without a fact neither agrees nor disagrees.
fn pair(readings: &mut [Option<Reading>], (one, other): (Side<'_>, Side<'_>), differ: f32, config: &Config) {
    let (Some(a), Some(b)) = (&readings[one.at], &readings[other.at]) else { return };
    if is_certain(a) && is_certain(b) && (one.fact)(&a.text) != (other.fact)(&b.text) {
        return;
    }
    let (told_a, told_b) = (told(a, one.kind, one.fact, config), told(b, other.kind, other.fact, config));
    let odds = (differ, config.open_agrees);
    let (new_a, new_b) = (heard(a, &told_a, &words_of(&told_b), odds), heard(b, &told_b, &words_of(&told_a), odds));
    readings[one.at] = Some(new_a);
    readings[other.at] = Some(new_b);
}

/// Both are clear and differ: the page contradicts itself, which is a finding and not a misreading.
fn is_certain(reading: &Reading) -> bool {
    reading.text == reading.unconstrained && reading.confidence >= Confidence::new(CLEAR)
}

const CLEAR: f32 = 0.98;

/// What one of a reading's texts says.
struct Told {
    /// Its probability.
    share: f32,
    /// Which of the texts, the first, states the same.
    group: usize,
    /// What it states that the other field states too.
    fact: Option<String>,
}

/// What a reading's alternatives say, or its only text; `kind` tells which of them state the same, see [`sense`].
fn told(reading: &Reading, kind: SlotKind, fact: &Fact<'_>, config: &Config) -> Vec<Told> {
    if reading.alternatives.is_empty() {
        return vec![Told { share: reading.confidence.get(), group: 0, fact: fact(&reading.text) }];
    }
    let senses: Vec<Vec<String>> = reading.alternatives.iter().map(|a| sense(kind, &a.text, &config.dates)).collect();
    // the first alternative is the text
    let agree: Vec<bool> = senses.iter().map(|s| *s == senses[0]).collect();
    let group = |i: usize| senses.iter().position(|s| *s == senses[i]).unwrap_or(i);
    let texts = reading.alternatives.iter().zip(reading.shares(reading.confidence, &agree)).enumerate();
    texts.map(|(i, (a, share))| Told { share, group: group(i), fact: fact(&a.text) }).collect()
}

/// What another field, or a file name, says: a fact and its probability.
type Word = (Option<String>, f32);

fn words_of(told: &[Told]) -> Vec<Word> {
    told.iter().map(|t| (t.fact.clone(), t.share)).collect()
}

/// A reading after the other one has spoken.
fn heard(reading: &Reading, told: &[Told], others: &[Word], (differ, doubt): (f32, f32)) -> Reading {
    let mass = |held: &dyn Fn(&String) -> bool| -> f32 {
        others.iter().filter(|(fact, _)| fact.as_ref().is_some_and(held)).map(|o| o.1).sum()
    };
    // what the other field leaves open may be what this one says
    let open = doubt * (1.0 - mass(&|_| true)).max(0.0);
    let likely = |same: f32| same + open + (1.0 - same - open).max(0.0) * differ;
    let support = |own: &Option<String>| likely(own.as_ref().map_or(0.0, |own| mass(&|fact| fact == own)));
    let mut weighed: Vec<(usize, f32)> =
        told.iter().enumerate().map(|(i, t)| (i, t.share * support(&t.fact))).collect();
    let mut groups = vec![0.0; told.len()];
    weighed.iter().for_each(|(i, w)| groups[told[*i].group] += w);
    let together = |i: usize| groups[told[i].group];
    // the text that nobody thought of may be what only the other field says
    let missed = mass(&|fact| !told.iter().any(|t| t.fact.as_ref() == Some(fact)));
    let unknown = (1.0 - told.iter().map(|t| t.share).sum::<f32>()).max(0.0) * likely(missed);
    let all: f32 = weighed.iter().map(|w| w.1).sum::<f32>() + unknown;
    if all <= 0.0 || reading.alternatives.is_empty() {
        return reading.clone();
    }
    weighed.sort_by(|a, b| together(b.0).total_cmp(&together(a.0)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
    let sure = Confidence::new(together(weighed[0].0) / all);
    let alternatives: Vec<Alternative> = weighed
        .iter()
        .map(|(i, w)| Alternative { posterior: Confidence::new(w / all), ..reading.alternatives[*i].clone() })
        .collect();
    let mut new = Reading { confidence: sure, alternatives, ..reading.clone() };
    new.take_first(&reading.chars);
    new
}

fn name_fact(text: &str) -> Option<String> {
    Some(compare_key(text)).filter(|k| k.contains(' '))
}

fn family_fact(text: &str) -> Option<String> {
    let key = compare_key(text);
    let (family, _) = key.split_once(' ')?;
    Some(family.to_owned())
}

/// A whole day; a year alone agrees with no words.
fn digits_fact(text: &str, limits: &DateLimits) -> Option<String> {
    match parse_date(text, limits) {
        Ok(WrittenDate::Date(date)) => whole_day(&date),
        Ok(WrittenDate::Age(_)) | Err(_) => None,
    }
}

fn words_fact(text: &str, limits: &DateLimits) -> Option<String> {
    whole_day(&from_words(text, limits).ok()?)
}

fn whole_day(date: &DateValue) -> Option<String> {
    date.solar_day().map(|day| day.to_string())
}

#[cfg(test)]
mod tests;
