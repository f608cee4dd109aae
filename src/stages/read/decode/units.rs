//! Units of the gazetteer: alone, and one within the other (commune, district, province).

use std::collections::HashMap;

use super::grammar::{Builder, NodeId};
use super::places::{COMMUNES, DISTRICTS, PROVINCES, SEPARATORS};
use super::words::{other_tone_place, title};
use crate::lists::{self, Era, Gazetteer, Level, Unit};

/// How much likelier the units of the office are than all units of their level together: most people of a book live there.
const OFFICE_SHARE: f32 = 1.0;

/// A commune with its district, mostly with its province; or a district with its province. Leads to the place behind them, and
/// mostly to the end: nothing follows a province.
///
/// Only units of the time of districts: the registers that are digitized were filled in before July 2025.
pub(super) fn within(b: &mut Builder, (behind, to): (NodeId, NodeId), office: &[&Unit]) -> NodeId {
    let [start, done] = std::array::from_fn(|_| b.node());
    b.jump(done, to, 0.9);
    b.jump(done, behind, 0.1);
    let known = lists::gazetteer();
    let provinces = Chain::of(b, Level::Province, &PROVINCES, known, |_, _| done);
    let districts = Chain::of(b, Level::District, &DISTRICTS, known, |b, unit| {
        let after = b.node();
        b.jump(after, done, 0.35);
        if let Some(before) = provinces.before(unit.parent) {
            b.jump(after, before, 0.65);
        }
        after
    });
    let weights = Weights::of(office, known);
    let mut begin = |level, share, announced, prefixes: &[(&str, f32)], behind: &dyn Fn(&Unit) -> Option<NodeId>| {
        let [from, prefix, name] = std::array::from_fn(|_| b.node());
        b.jump(start, from, share);
        b.jump(from, prefix, announced);
        b.words(prefix, name, prefixes);
        b.jump(from, name, 1.0 - announced);
        // all units of a level begin together: what one lies in shows only at the end of its name
        let named = units_of(known, level).filter_map(|unit| Some((unit, behind(unit)?)));
        let spelt = named
            .flat_map(|(unit, to)| cases(unit.name, weights.of_unit(unit)).into_iter().map(move |f| (f.0, f.1, to)));
        b.phrases_apart(name, spelt.collect::<Vec<_>>());
    };
    begin(Level::Commune, 0.85, 0.6, &COMMUNES, &|unit| districts.before(unit.parent));
    begin(Level::District, 0.15, 0.8, &DISTRICTS, &|unit| districts.after(unit.code));
    start
}

/// The units of one level as what other units lie in.
struct Chain {
    /// By code: the place before the comma, the place after the name.
    places: HashMap<&'static str, (NodeId, NodeId)>,
}

impl Chain {
    fn of(
        b: &mut Builder,
        level: Level,
        prefixes: &[(&'static str, f32)],
        known: &'static Gazetteer,
        mut after: impl FnMut(&mut Builder, &Unit) -> NodeId,
    ) -> Self {
        let mut places = HashMap::new();
        for unit in units_of(known, level) {
            let end = after(b, unit);
            let (before, name) = (b.node(), b.node());
            let fits = |p: &&(&str, f32)| announces(p.0, unit.kind) && (stands_apart(p.0) || is_number(unit.name));
            let fitting: Vec<(&str, f32)> = prefixes.iter().filter(fits).copied().collect();
            // comma and kind in one list: a few hundred units have it each
            let forms = SEPARATORS.iter().flat_map(|(comma, often)| {
                let all: f32 = fitting.iter().map(|p| p.1).sum();
                let kinds = fitting.iter().map(move |(kind, share)| (*kind, 0.6 * share / all)).chain([("", 0.4)]);
                kinds.map(move |(kind, share)| (format!("{comma}{kind}"), often * share))
            });
            b.phrases(before, name, forms.collect::<Vec<_>>());
            b.phrases(name, end, cases(unit.name, 1.0));
            places.insert(unit.code, (before, end));
        }
        Self { places }
    }

    fn before(&self, code: Option<&'static str>) -> Option<NodeId> {
        self.places.get(code?).map(|p| p.0)
    }

    fn after(&self, code: &'static str) -> Option<NodeId> {
        self.places.get(code).map(|p| p.1)
    }
}

fn units_of(known: &'static Gazetteer, level: Level) -> impl Iterator<Item = &'static Unit> {
    known.units().iter().filter(move |unit| unit.era == Era::Districts && unit.level == level)
}

/// "H. " and "H.", not "Q" as in "Q11".
fn stands_apart(prefix: &str) -> bool {
    prefix.ends_with([' ', '.'])
}

fn is_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether "TX. " stands before a unit of this kind ("Thị xã").
fn announces(prefix: &str, kind: &str) -> bool {
    let (prefix, kind) = (prefix.trim_end_matches([' ', '.']).to_lowercase(), kind.to_lowercase());
    let initials: String = kind.split(' ').filter_map(|word| word.chars().next()).collect();
    prefix == kind || prefix == initials || (kind == "thành phố" && prefix == "tp")
}

/// How likely units are as places of a book's people: those of the office, of its district and of its province more.
struct Weights {
    home: HashMap<(Level, &'static str), f32>,
}

impl Weights {
    fn of(office: &[&Unit], known: &'static Gazetteer) -> Self {
        let mut home: HashMap<(Level, &'static str), f32> = HashMap::new();
        let mut add = |unit: &Unit, weight: f32| *home.entry((unit.level, unit.code)).or_default() += weight;
        let all = |level| units_of(known, level).count() as f32;
        let own: Vec<&&Unit> = office.iter().filter(|unit| unit.era == Era::Districts).collect();
        for unit in &own {
            // a folder's name may fit several units
            let share = OFFICE_SHARE / own.iter().filter(|other| other.level == unit.level).count() as f32;
            add(unit, share * all(unit.level));
            for above in std::iter::successors(known.parent(unit), |u| known.parent(u)) {
                let below: Vec<&Unit> = below(known, above, unit.level);
                below.iter().for_each(|near| add(near, share * all(unit.level) / below.len().max(1) as f32));
            }
        }
        Self { home }
    }

    fn of_unit(&self, unit: &Unit) -> f32 {
        1.0 + self.home.get(&(unit.level, unit.code)).copied().unwrap_or(0.0)
    }
}

/// The units of a level that lie in a unit, directly or not.
fn below<'g>(known: &'g Gazetteer, unit: &Unit, level: Level) -> Vec<&'g Unit> {
    let direct: Vec<&Unit> = known.children(unit).collect();
    match direct.first() {
        Some(first) if first.level != level => direct.iter().flat_map(|unit| below(known, unit, level)).collect(),
        _ => direct,
    }
}

/// A name as clerks write it, with shares.
fn cases(name: &str, weight: f32) -> Vec<(String, f32)> {
    let other = other_tone_place(name);
    let own = if other.is_some() { 0.6 * weight } else { weight };
    let spelt = std::iter::once((name.to_owned(), own)).chain(other.map(|other| (other, weight - own)));
    let forms = |(name, weight): (String, f32)| {
        [
            (name.to_uppercase(), 0.06 * weight),
            (name.to_lowercase(), 0.03 * weight),
            (title(&name), 0.03 * weight),
            (name, 0.88 * weight),
        ]
    };
    spelt.flat_map(forms).collect()
}

/// Names of a level; a name that several units bear is likelier, and those of the office far likelier.
pub(super) fn names(level: Level, office: &[&Unit]) -> Vec<(String, f32)> {
    let mut counts: HashMap<&str, f32> = HashMap::new();
    for unit in lists::gazetteer().units().iter().filter(|u| u.level == level) {
        *counts.entry(unit.name).or_default() += 1.0;
    }
    let total: f32 = counts.values().sum();
    for unit in office.iter().filter(|u| u.level == level) {
        *counts.entry(unit.name).or_default() += total * OFFICE_SHARE;
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(b.0));
    sorted.iter().flat_map(|(name, n)| cases(name, *n)).collect()
}
