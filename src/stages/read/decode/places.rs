//! Places: units of the gazetteer with the words that announce them, houses and hamlets, hospitals, any other words.

use std::collections::HashMap;

use super::grammar::{Builder, NodeId};
use super::units;
use super::words::title;
use crate::lists::{self, Level, Unit};

pub(super) const SEPARATORS: [(&str, f32); 9] = [
    (", ", 0.5),
    (" - ", 0.14),
    (",", 0.08),
    (" ", 0.18),
    ("- ", 0.03),
    ("-", 0.03),
    (". ", 0.02),
    (" , ", 0.01),
    ("; ", 0.01),
];
pub(super) const COMMUNES: [(&str, f32); 17] = [
    ("xã ", 10.0),
    ("phường ", 5.0),
    ("thị trấn ", 4.0),
    ("P. ", 1.5),
    ("P.", 1.5),
    ("P ", 0.5),
    // before a number: "P13, Q11"
    ("P", 1.0),
    ("F", 0.2),
    ("F.", 0.2),
    ("F ", 0.2),
    ("TT. ", 0.7),
    ("TT.", 0.5),
    ("TT ", 0.7),
    ("X. ", 0.7),
    ("X.", 0.4),
    ("T.Trấn ", 0.2),
    ("xả ", 0.05),
];
pub(super) const DISTRICTS: [(&str, f32); 19] = [
    ("huyện ", 10.0),
    ("quận ", 3.0),
    ("thị xã ", 2.0),
    ("thành phố ", 2.0),
    ("H. ", 2.0),
    ("H.", 1.5),
    ("H ", 0.3),
    ("Q. ", 0.7),
    ("Q.", 0.7),
    ("Q", 0.7),
    ("TX. ", 0.7),
    ("TX.", 0.5),
    ("TX ", 0.7),
    ("Tx ", 0.5),
    ("TP. ", 1.0),
    ("TP.", 0.7),
    ("TP ", 1.5),
    ("Tp ", 0.5),
    ("Tp. ", 0.3),
];
pub(super) const PROVINCES: [(&str, f32); 10] = [
    ("tỉnh ", 8.0),
    ("thành phố ", 3.0),
    ("T. ", 1.5),
    ("T.", 1.0),
    ("TP. ", 1.5),
    ("TP.", 1.0),
    ("TP ", 3.0),
    ("Tp ", 1.0),
    ("Tp. ", 0.5),
    ("T ", 0.2),
];
const NUMBERED: [(&str, f32); 31] = [
    ("ấp ", 5.0),
    ("tổ ", 4.0),
    ("khóm ", 2.0),
    ("khu phố ", 3.0),
    ("khu ", 1.5),
    ("khu vực ", 1.0),
    ("KP ", 1.0),
    ("KP. ", 0.5),
    ("KP", 0.5),
    ("thôn ", 3.0),
    ("xóm ", 2.0),
    ("đội ", 1.0),
    ("phường ", 3.0),
    ("quận ", 3.0),
    ("P. ", 0.5),
    ("P.", 0.5),
    ("P", 0.5),
    ("F", 0.3),
    ("F.", 0.3),
    ("Q. ", 0.5),
    ("Q.", 0.5),
    ("Q", 0.4),
    ("số ", 4.0),
    ("số nhà ", 0.5),
    ("hẻm ", 0.7),
    ("ngõ ", 1.0),
    ("ngách ", 0.3),
    ("đường ", 1.0),
    ("đường số ", 1.0),
    ("lô ", 0.3),
    ("", 4.0),
];
const NAMED: [(&str, f32); 19] = [
    ("ấp ", 6.0),
    ("thôn ", 6.0),
    ("xóm ", 3.0),
    ("đường ", 8.0),
    ("đ. ", 0.7),
    ("Đ.", 0.5),
    ("khu vực ", 0.5),
    ("phố ", 1.0),
    ("khu phố ", 1.5),
    ("khu ", 1.0),
    ("buôn ", 0.7),
    ("bản ", 0.7),
    ("làng ", 0.7),
    ("khóm ", 1.0),
    ("chợ ", 0.3),
    ("đội ", 0.3),
    ("tổ ", 0.3),
    ("cầu ", 0.2),
    ("", 4.0),
];
/// Houses that bear the name of a unit or another word: people are born, die and are registered there.
const HOUSES: [(&str, f32); 22] = [
    ("bệnh viện", 4.0),
    ("BV", 4.0),
    ("BV.", 1.0),
    ("bệnh viện đa khoa", 3.0),
    ("bệnh viện đa khoa tỉnh", 1.0),
    ("bệnh viện đa khoa khu vực", 0.5),
    ("BVĐK", 1.5),
    ("BVĐK tỉnh", 0.5),
    ("bệnh viện phụ sản", 1.0),
    ("BV phụ sản", 1.0),
    ("trạm y tế", 3.0),
    ("trạm xá", 1.0),
    ("trung tâm y tế", 1.5),
    ("TTYT", 1.5),
    ("nhà bảo sanh", 1.0),
    ("nhà hộ sinh", 1.0),
    ("UBND", 5.0),
    ("ủy ban nhân dân", 2.0),
    ("uỷ ban nhân dân", 2.0),
    ("bệnh viện Phụ sản", 1.0),
    ("BV Phụ sản", 1.0),
    ("BV đa khoa", 1.0),
];
/// Places that are whole as they are.
const WHOLE: [(&str, f32); 12] = [
    ("tại nhà", 4.0),
    ("tại gia", 2.0),
    ("tại gia đình", 1.0),
    ("nhà riêng", 2.0),
    ("tại nhà riêng", 1.0),
    ("ở nhà", 0.5),
    ("bệnh viện Từ Dũ", 0.5),
    ("bệnh viện Hùng Vương", 0.5),
    ("bệnh viện Chợ Rẫy", 0.5),
    ("BV Chợ Rẫy", 0.5),
    ("bệnh viện Bạch Mai", 0.5),
    ("trung ương", 0.5),
];

/// Places; the units of the office that kept the book come first.
pub(super) fn place(b: &mut Builder, from: NodeId, to: NodeId, letter: f32, office: &[&Unit]) {
    let [item, behind, words] = std::array::from_fn(|_| b.node());
    b.jump(from, item, 1.0);
    let within = units::within(b, (behind, to), office);
    b.jump(item, within, 0.4);
    for (level, announced, alone, prefixes) in [
        (Level::Commune, 0.1, 0.03, &COMMUNES[..]),
        (Level::District, 0.08, 0.03, &DISTRICTS[..]),
        (Level::Province, 0.05, 0.05, &PROVINCES[..]),
    ] {
        let name = b.node();
        let prefix = b.node();
        b.jump(item, prefix, announced);
        b.words(prefix, name, prefixes);
        b.jump(item, name, alone);
        b.phrases(name, behind, units::names(level, office));
    }
    let number = b.node();
    let numbered = b.node();
    b.jump(item, numbered, 0.1);
    b.words(numbered, number, &NUMBERED);
    house(b, number, behind);
    let named = b.node();
    b.jump(item, named, 0.11);
    b.words(named, words, &NAMED);
    some_words(b, words, behind, letter);
    let [house, named_house, whole] = std::array::from_fn(|_| b.node());
    b.jump(item, house, 0.03);
    b.words(house, named_house, &HOUSES);
    b.jump(named_house, behind, 0.2);
    let name = b.then_exactly(named_house, &[(" ", 1.0)]);
    b.jump(name, item, 0.8);
    b.jump(item, whole, 0.02);
    b.words(whole, behind, &WHOLE);
    b.jump(behind, to, 0.25);
    let again = b.node();
    b.jump(behind, again, 0.75);
    b.phrases(again, item, SEPARATORS);
}

/// "2", "12A", "253/4", "27/1B", "IV".
fn house(b: &mut Builder, from: NodeId, to: NodeId) {
    let [digits, behind] = [b.node(), b.node()];
    b.jump(from, digits, 0.97);
    b.phrases(from, to, ["A", "B", "C", "I", "II", "III", "IV", "V"].map(|r| (r, 0.004)));
    for (count, weight) in [(1, 0.4), (2, 0.3), (3, 0.22), (4, 0.08)] {
        let start = b.node();
        b.jump(digits, start, weight);
        let end = b.digits(start, count);
        b.jump(end, behind, 1.0);
    }
    b.jump(behind, to, 0.75);
    let more = b.then_exactly(behind, &[("/", 0.12), ("-", 0.01)]);
    b.jump(more, digits, 1.0);
    b.phrases(behind, to, ["A", "B", "C", "D", "E", "a", "b"].map(|t| (t, 0.015)));
}

/// One to five words: of known places and people first, else any.
fn some_words(b: &mut Builder, from: NodeId, to: NodeId, letter: f32) {
    let [known, unheard, behind] = std::array::from_fn(|_| b.node());
    b.jump(from, known, 0.93);
    b.jump(from, unheard, 0.07);
    b.phrases(known, behind, common_syllables());
    b.unknown_word(unheard, behind, title, letter);
    b.jump(behind, to, 0.55);
    let again = b.then_exactly(behind, &[(" ", 1.0)]);
    b.jump(again, from, 0.45);
}

/// Syllables of units and of people (streets bear their names), by how often they occur.
fn common_syllables() -> Vec<(String, f32)> {
    let mut counts: HashMap<&str, f32> = HashMap::new();
    for unit in lists::gazetteer().units() {
        unit.name.split(' ').for_each(|s| *counts.entry(s).or_default() += 1.0);
    }
    for place in [lists::NamePlace::Family, lists::NamePlace::Middle, lists::NamePlace::Given] {
        lists::name_parts().of(place).for_each(|p| *counts.entry(p.text).or_default() += (p.count as f32 + 1.0).sqrt());
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(b.0));
    sorted
        .iter()
        .flat_map(|(s, n)| [(title(s), 0.8 * n.powf(0.75)), (s.to_lowercase(), 0.1 * n), (s.to_uppercase(), 0.1 * n)])
        .collect()
}
