//! Person names and signers: family, middle and given name by how often they occur, with a door for names never seen.

use super::grammar::{Builder, NodeId};
use super::words::title;
use crate::lists::{self, NamePart, NamePlace};

/// How a whole name is written; a clerk who writes NGUYỄN writes THỊ.
const CASES: [(fn(&str) -> String, f32); 3] =
    [(title, 0.6), (|t| t.to_uppercase(), 0.36), (|t| t.to_lowercase(), 0.04)];
/// Share of names whose part is in no list: villages, Khmer, Hoa, highland peoples.
const UNHEARD: f32 = 0.05;

/// "Nguyễn Thị Mỹ Duyên", "THẠCH SÔ PHA".
pub(super) fn person(b: &mut Builder, from: NodeId, to: NodeId, letter: f32) {
    for (case, weight) in CASES {
        let start = b.node();
        b.jump(from, start, weight);
        whole(b, start, to, case, letter);
    }
}

fn whole(b: &mut Builder, from: NodeId, to: NodeId, case: fn(&str) -> String, letter: f32) {
    let middle = b.node();
    let given = b.node();
    part(b, (from, middle), NamePlace::Family, case, letter);
    let spaced = b.then_exactly(middle, &[(" ", 1.0)]);
    b.jump(spaced, given, 0.1);
    let [one, two, three] = [b.node(), b.node(), b.node()];
    b.jump(spaced, one, 0.9);
    part(b, (one, two), NamePlace::Middle, case, letter);
    let two = b.then_exactly(two, &[(" ", 1.0)]);
    b.jump(two, given, 0.65);
    let second = b.node();
    b.jump(two, second, 0.35);
    part(b, (second, three), NamePlace::Middle, case, letter);
    let three = b.then_exactly(three, &[(" ", 1.0)]);
    b.jump(three, given, 0.97);
    b.jump(three, second, 0.03);
    part(b, (given, to), NamePlace::Given, case, letter);
}

fn part(b: &mut Builder, (from, to): (NodeId, NodeId), place: NamePlace, case: fn(&str) -> String, letter: f32) {
    let [known, unheard] = [b.node(), b.node()];
    b.jump(from, known, 1.0 - UNHEARD);
    b.jump(from, unheard, UNHEARD);
    let all = lists::name_parts();
    let count = |p: &NamePart| p.count + p.boys + p.girls;
    // the names counted are men's for the most part: "Thị" stands with women as often as "Văn" with men
    let men = if place == NamePlace::Middle { all.find(place, "Văn").map_or(0, count) } else { 0 };
    let of_women = |p: &NamePart| if p.text == "Thị" { men } else { 0 };
    // and they come from cities: their root keeps rare names of villages in reach
    let weight = |p: &NamePart| (count(p).max(of_women(p)) as f32 + 1.0).powf(0.75);
    b.phrases(known, to, all.of(place).map(|p| (case(p.text), weight(p))));
    b.unknown_word(unheard, to, case, letter);
}

/// A name and a title in either order, or one of them.
pub(super) fn signer(b: &mut Builder, from: NodeId, to: NodeId, letter: f32) {
    let [name, behind_name, office, behind_office] = std::array::from_fn(|_| b.node());
    b.jump(from, name, 0.6);
    b.jump(from, office, 0.4);
    person(b, name, behind_name, letter);
    titles(b, office, behind_office);
    b.jump(behind_name, to, 0.3);
    b.jump(behind_office, to, 0.1);
    let gaps = [
        (", ", 0.25),
        (" - ", 0.25),
        (" ", 0.2),
        ("- ", 0.08),
        (" -", 0.04),
        ("-", 0.06),
        (". ", 0.03),
        (" (", 0.05),
        (",", 0.04),
    ];
    let second_office = b.then_exactly(behind_name, &gaps);
    let closing = b.node();
    titles(b, second_office, closing);
    b.phrases(closing, to, [("", 0.9), (")", 0.1)]);
    let second_name =
        b.then_exactly(behind_office, &[(" ", 0.4), (": ", 0.2), (", ", 0.15), (" - ", 0.2), (" xã ", 0.05)]);
    person(b, second_name, to, letter);
}

fn titles(b: &mut Builder, from: NodeId, to: NodeId) {
    let spelt = lists::titles().spellings().map(|(s, m)| (s, title_weight(m.code)));
    let forms: Vec<(&str, f32)> = spelt.collect();
    b.words(from, to, &forms);
}

/// The chair and the deputy sign nearly all acts of a commune.
fn title_weight(code: Option<&str>) -> f32 {
    match code {
        Some("chair" | "deputy") => 10.0,
        _ => 1.0,
    }
}
