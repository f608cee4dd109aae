//! What the network says and what the field allows → a reading, with both sides kept apart.

mod beam;
mod dates;
mod dots;
mod free;
mod grammar;
mod listed;
mod names;
mod numbers;
mod places;
mod rivals;
mod syllables;
mod units;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use serde::Deserialize;

pub use self::beam::Config as BeamConfig;
use self::beam::Hypothesis;
use self::dots::Dots;
use self::grammar::{Any, Builder, Grammar, NodeId};
use self::rivals::rivals;
pub(super) use self::syllables::is_spelt;
use super::lattice::{Vocabulary, log_add};
use super::views::Views;
use crate::domain::absence;
use crate::domain::date::DateLimits;
use crate::domain::text::normalise;
use crate::domain::{Alternative, CharReading, Confidence, Reading, SlotKind};
use crate::lists::{self, Unit};
use crate::meaning::sense;

/// Section `[read.decode]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The search.
    pub beam: BeamConfig,
    /// How much the prior counts against the evidence.
    pub prior_weight: f32,
    /// Share of texts that no grammar or list foresees.
    pub door: f32,
    /// Price of a letter in such a text, ln.
    pub letter: f32,
    /// Share of fields in which the clerk says that nothing is known.
    pub stated_unknown: f32,
    /// An unconstrained reading at least this probable is never replaced.
    pub certain: f32,
    /// How often a dot below a letter is lost in the form's own dots.
    pub lost_dot: f32,
    /// The letters that the reading is held against, one by one.
    pub rivals: rivals::Config,
    /// Where lists and grammar changed at least this share of a reading's letters …
    pub led_away: f32,
    /// … or, in a text that no list closes, a view doubts at least so many letters …
    pub doubted_letters: usize,
    /// … or, in a place or a name, the plain reading is by so much (ln) more evident than the one that lists chose …
    pub overruled: f32,
    /// … or a place or a name has fewer letters than this …
    pub shortest: usize,
    /// … or a name has more words than this, or begins again …
    pub longest_name: usize,
    /// … or a line of it was left out as no writing, it is not surer than this.
    pub doubtful_most: f32,
    /// A line of a longer value that reads as so few letters or figures …
    pub stray_letters: usize,
    /// … is so often no writing: crumbs that shine through, rests of stamps.
    pub stray_line: f32,
}

/// Decodes lines of every kind of slot.
#[derive(Debug)]
pub struct Decoder {
    vocabulary: Vocabulary,
    config: Config,
    dates: DateLimits,
    dots: Dots,
    grammars: Mutex<HashMap<(SlotKind, String), Arc<Expected>>>,
}

impl Decoder {
    /// For a network's characters.
    #[must_use]
    pub fn new(vocabulary: Vocabulary, config: &Config, dates: DateLimits) -> Self {
        let dots = Dots::new(&vocabulary);
        Self { vocabulary, config: config.clone(), dates, dots, grammars: Mutex::default() }
    }

    /// Reads a value with what a slot of this kind may hold; `None` where the picture says nothing.
    ///
    /// `office` is the folder of the office that kept the book (`xa_loc_thuan`), empty when unknown.
    #[must_use]
    pub fn decode(&self, kind: SlotKind, office: &str, views: &Views, reader: &str) -> Option<Reading> {
        let plain = views.plain(&self.vocabulary)?;
        let Expected { grammar, members } = &*self.expected(kind, office);
        let mut found = self.searched(views, grammar);
        self.dots.allow(&mut found, 2 * self.config.beam.texts, grammar, self.config.lost_dot);
        // where letters are missing or broken the search never gets to the member of the list that fits best
        let others = members.iter().map(|(text, prior)| (text.clone(), Some(*prior)));
        let plainly = (plain.clone(), grammar.weigh(&plain).or(Some(f32::NEG_INFINITY)));
        let mut known: HashSet<Vec<u16>> = found.iter().map(|h| h.text.clone()).collect();
        let mut add = |found: &mut Vec<Hypothesis>, (text, prior): (Vec<u16>, Option<f32>)| {
            // no text counts twice
            if let Some(prior) = prior.filter(|_| known.insert(text.clone())) {
                found.push(Hypothesis { evidence: views.score(&text), prior, text });
            }
        };
        others.chain([plainly]).for_each(|other| add(&mut found, other));
        let mut found = self.stated(kind, found, &plain);
        for text in rivals(views, &found[0].text, &self.config.rivals) {
            let prior = grammar.weigh(&text);
            add(&mut found, (text, prior));
        }
        let found = self.stated(kind, found, &plain);
        Some(self.reading(views, &found, &plain, reader))
    }

    /// ln of how likely the best reading is, evidence and prior together.
    #[must_use]
    pub fn likeliest(&self, kind: SlotKind, office: &str, views: &Views) -> f32 {
        let found = self.searched(views, &self.expected(kind, office).grammar);
        found.first().map_or(f32::NEG_INFINITY, |best| self.total(best))
    }

    /// What the search finds in any view, weighed by all of them, the likeliest first.
    fn searched(&self, views: &Views, grammar: &Grammar) -> Vec<Hypothesis> {
        let mut found: Vec<Hypothesis> = Vec::new();
        for view in views.each() {
            let score = |text: &[u16]| views.score(text);
            for here in beam::search(view, grammar, self.config.prior_weight, &self.config.beam, score) {
                if !found.iter().any(|h| h.text == here.text) {
                    found.push(here);
                }
            }
        }
        found.sort_by(|a, b| self.total(b).total_cmp(&self.total(a)));
        found
    }

    /// Evidence and prior together, ln.
    fn total(&self, h: &Hypothesis) -> f32 {
        h.evidence + self.config.prior_weight * h.prior
    }

    /// One for each thing stated, with the weight of all texts that state it (one date is written in many ways), in the words
    /// of the best of them; the likeliest first, a certain unconstrained reading before all. So many of the best, and always
    /// what the plain reading states: what it has over the chosen one tells how far lists and grammar have led away from the
    /// picture.
    fn stated(&self, kind: SlotKind, found: Vec<Hypothesis>, plain: &[u16]) -> Vec<Hypothesis> {
        let (certain, weight) = (self.config.certain.ln(), self.config.prior_weight);
        let total = |h: &Hypothesis| self.total(h);
        let is_first = |h: &Hypothesis| h.evidence >= certain && h.text == plain;
        let mut groups: BTreeMap<Vec<String>, Vec<Hypothesis>> = BTreeMap::new();
        for h in found {
            groups.entry(self.sense(kind, &h.text)).or_default().push(h);
        }
        let own = self.sense(kind, plain);
        let together = |(sense, mut group): (Vec<String>, Vec<Hypothesis>)| {
            let all = group.iter().map(total).reduce(log_add).unwrap_or(f32::NEG_INFINITY);
            let evidence = group.iter().map(|h| h.evidence).reduce(log_add).unwrap_or(f32::NEG_INFINITY);
            group.sort_by(|a, b| is_first(b).cmp(&is_first(a)).then(total(b).total_cmp(&total(a))));
            let best = group.swap_remove(0);
            let prior = if evidence.is_finite() { (all - evidence) / weight } else { best.prior };
            (is_first(&best), all, sense == own, Hypothesis { evidence, prior, text: best.text })
        };
        let mut weighed: Vec<(bool, f32, bool, Hypothesis)> = groups.into_iter().map(together).collect();
        weighed.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let texts = self.config.beam.texts.max(1);
        if let Some(at) = weighed.iter().position(|w| w.2).filter(|at| *at >= texts) {
            weighed.swap(at, texts - 1);
        }
        weighed.truncate(texts);
        weighed.into_iter().map(|(.., hypothesis)| hypothesis).collect()
    }

    fn sense(&self, kind: SlotKind, text: &[u16]) -> Vec<String> {
        sense(kind, &normalise(&self.vocabulary.text(text)), &self.dates)
    }

    fn reading(&self, views: &Views, found: &[Hypothesis], plain: &[u16], reader: &str) -> Reading {
        let total = |h: &Hypothesis| self.total(h);
        let all = found.iter().map(total).reduce(log_add).unwrap_or(f32::NEG_INFINITY);
        let seen = found.iter().map(|h| h.evidence).reduce(log_add).unwrap_or(f32::NEG_INFINITY);
        let alternatives: Vec<Alternative> = found
            .iter()
            .map(|h| Alternative {
                text: self.vocabulary.text(&h.text),
                evidence: Confidence::new((h.evidence - seen).exp()),
                prior: Confidence::new(h.prior.exp()),
                posterior: Confidence::new((total(h) - all).exp()),
            })
            .collect();
        let best = &found[0].text;
        let chars = best.iter().zip(views.align(best));
        Reading {
            text: self.vocabulary.text(best),
            chars: chars
                .map(|(c, p)| CharReading { ch: self.vocabulary.char(*c), confidence: Confidence::new(p) })
                .collect(),
            confidence: alternatives[0].posterior,
            parts: Vec::new(),
            unconstrained: self.vocabulary.text(plain),
            alternatives,
            reader: reader.to_owned(),
        }
    }

    /// What a kind may hold, built once; of places, once an office.
    fn expected(&self, kind: SlotKind, office: &str) -> Arc<Expected> {
        let office = if kind == SlotKind::Place { office } else { "" };
        let mut grammars = self.grammars.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let key = (kind, office.to_owned());
        if let Some(built) = grammars.get(&key) {
            return Arc::clone(built);
        }
        let places = grammars.keys().filter(|key| key.0 == SlotKind::Place).count();
        if kind == SlotKind::Place && places >= MOST_OFFICES {
            grammars.retain(|key, _| key.0 != SlotKind::Place);
        }
        let built = Arc::new(self.build(kind, office));
        grammars.insert(key, Arc::clone(&built));
        built
    }

    fn build(&self, kind: SlotKind, office: &str) -> Expected {
        let grammar = grammar_of(kind, &units_of(office), &self.vocabulary, &self.config);
        let classes = listed::members(kind).into_iter().filter_map(|text| self.vocabulary.classes(&text));
        let unlike: BTreeSet<Vec<u16>> = classes.collect();
        let members = unlike.into_iter().filter_map(|text| grammar.weigh(&text).map(|p| (text, p))).collect();
        Expected { grammar, members }
    }
}

/// Offices whose places are kept at once: each has the whole gazetteer, and a batch may hold a province's books.
const MOST_OFFICES: usize = 6;

/// What a slot may hold.
#[derive(Debug)]
struct Expected {
    grammar: Grammar,
    /// All members of a closed list, with their priors: few enough to try each.
    members: Vec<(Vec<u16>, f32)>,
}

/// The kind's own grammar, beside it what says that there is nothing to say, and the door for what nobody foresaw.
fn grammar_of(kind: SlotKind, office: &[&Unit], vocabulary: &Vocabulary, config: &Config) -> Grammar {
    let mut b = Builder::new(vocabulary);
    let [expected, unknown, door, end] = std::array::from_fn(|_| b.node());
    // pages and acts are numbered without exception
    let stated =
        if matches!(kind, SlotKind::PageNumber | SlotKind::RegisterNumber) { 0.0 } else { config.stated_unknown };
    b.jump(0, expected, 1.0 - config.door - stated);
    b.jump(0, door, config.door);
    if stated > 0.0 {
        b.jump(0, unknown, stated);
        b.words(unknown, end, &absence::USUAL);
    }
    b.open(door, end, Any::Characters, config.letter);
    expect(&mut b, kind, (expected, end), office, config.letter);
    b.end(end, 1.0);
    b.finish()
}

/// What a slot of the kind is expected to hold.
fn expect(b: &mut Builder, kind: SlotKind, (from, to): (NodeId, NodeId), office: &[&Unit], letter: f32) {
    match kind {
        SlotKind::PageNumber | SlotKind::RegisterNumber => numbers::register_number(b, from, to),
        SlotKind::PersonName => names::person(b, from, to, letter),
        SlotKind::Sex => listed::sex(b, from, to),
        SlotKind::Date => dates::date(b, from, to),
        SlotKind::DateWords => dates::date_words(b, from, to),
        SlotKind::TimeOfDeath => dates::time_of_death(b, from, to),
        SlotKind::EthnicGroup => listed::ethnic_group(b, from, to),
        SlotKind::Country => listed::country(b, from, to),
        SlotKind::Place => places::place(b, from, to, letter, office),
        SlotKind::IdNumber => numbers::id_number(b, from, to, letter),
        SlotKind::Relation => listed::relation(b, from, to),
        SlotKind::Signer => names::signer(b, from, to, letter),
        SlotKind::DecisionNumber => numbers::decision_number(b, from, to),
        SlotKind::Ordinal => numbers::ordinal(b, from, to),
        SlotKind::RegisterType => half(b, from, to, letter, listed::register_type),
        SlotKind::MaritalStatus => half(b, from, to, letter, listed::marital_status),
        SlotKind::CauseOfDeath => half(b, from, to, letter, listed::cause_of_death),
        SlotKind::Purpose => half(b, from, to, letter, listed::purpose),
        SlotKind::Signature | SlotKind::DeathNotice | SlotKind::MarginNote | SlotKind::FreeText => {
            free::text(b, from, to, letter);
        }
    }
}

/// The usual sentences as likely as all other text together.
fn half(b: &mut Builder, from: NodeId, to: NodeId, letter: f32, usual: fn(&mut Builder, NodeId, NodeId)) {
    let [listed, free] = [b.node(), b.node()];
    b.jump(from, listed, 0.5);
    b.jump(from, free, 0.5);
    usual(b, listed, to);
    free::text(b, free, to, letter);
}

/// The office's own commune with its district and province: `xa_loc_thuan` may name several communes of that name.
fn units_of(office: &str) -> Vec<&'static Unit> {
    let key = crate::domain::text::fold(&office.replace(['_', '-'], " "));
    let bare = ["xa ", "phuong ", "thi tran ", "huyen ", "quan ", "tt ", "p "].iter().find_map(|p| key.strip_prefix(p));
    let all = lists::gazetteer();
    let own: Vec<&Unit> = all.named(bare.unwrap_or(&key)).filter(|_| !key.is_empty()).collect();
    let mut units: BTreeMap<String, &Unit> = BTreeMap::new();
    for unit in own {
        for u in std::iter::successors(Some(unit), |u| all.parent(u)) {
            units.insert(all.path(u), u);
        }
    }
    units.into_values().collect()
}

#[cfg(test)]
mod tests;
