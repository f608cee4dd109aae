use super::*;
use crate::domain::{BookHint, EntryId, PageId, Sha256};
use crate::forms::Slot;
use crate::stages::read::tests::config;

/// A reading with its alternatives and their probabilities, best first.
fn reading(texts: &[(&str, f32)]) -> Reading {
    let chars = texts[0].0.chars().map(|ch| crate::domain::CharReading { ch, confidence: Confidence::new(0.9) });
    Reading { chars: chars.collect(), ..Reading::seen(texts, texts[0].1) }
}

/// Decides over slots of the given kinds.
fn decide(kinds: &[SlotKind], readings: Vec<Reading>) -> Vec<Reading> {
    decide_named(&BookHint::default(), kinds, readings)
}

fn decide_named(hint: &BookHint, kinds: &[SlotKind], readings: Vec<Reading>) -> Vec<Reading> {
    let slot = |kind: &SlotKind| Slot {
        key: "slot".into(),
        kind: *kind,
        fields: Vec::new(),
        required: false,
        parts: Vec::new(),
    };
    let slots: Vec<Slot> = kinds.iter().map(slot).collect();
    let picture = crate::stages::cut::SlotPicture {
        key: "slot".into(),
        ink: crate::domain::Ink::Written,
        lines: Vec::new(),
        place: Vec::new(),
        crop: crate::domain::Rect::new(0.0, 0.0, 1.0, 1.0),
    };
    let page = PageId { file: Sha256([0; 32]), index: 0 };
    let entry = EntryPictures {
        id: EntryId { page, part: 0, ordinal: 0 },
        register: Register::Ks,
        hint,
        slots: slots.iter().map(|s| (s, &picture)).collect(),
    };
    let mut all: Vec<Option<Reading>> = readings.into_iter().map(Some).collect();
    agree(&entry, &mut all, &config().joint);
    all.into_iter().flatten().collect()
}

const DATES: [SlotKind; 2] = [SlotKind::Date, SlotKind::DateWords];
const WORDS: &str = "Ngày một tháng chín năm hai nghìn không trăm linh tám";

#[test]
fn words_decide_between_a_one_and_a_seven() {
    let found = decide(&DATES, vec![reading(&[("7/9/2008", 0.6), ("1/9/2008", 0.39)]), reading(&[(WORDS, 0.9)])]);
    assert_eq!(found[0].text, "1/9/2008");
    assert_eq!(found[0].unconstrained, "7/9/2008", "what the picture says by itself is kept");
    assert!(found[0].confidence > Confidence::new(0.8), "{:?}", found[0].confidence);
    assert_eq!(found[0].chars.iter().map(|c| c.ch).collect::<String>(), "1/9/2008");
}

#[test]
fn two_fields_that_agree_are_surer_than_each_alone() {
    let found = decide(&DATES, vec![reading(&[("1/9/2008", 0.8), ("7/9/2008", 0.2)]), reading(&[(WORDS, 0.7)])]);
    assert!(found[0].confidence > Confidence::new(0.9), "{:?}", found[0].confidence);
    assert!(found[1].confidence > Confidence::new(0.9), "{:?}", found[1].confidence);
}

#[test]
fn two_clear_fields_that_differ_are_both_kept_as_they_are() {
    let given = vec![reading(&[("7/9/2008", 0.995), ("1/9/2008", 0.004)]), reading(&[(WORDS, 0.99)])];
    assert_eq!(decide(&DATES, given.clone()), given);
}

#[test]
fn two_doubtful_fields_that_differ_are_both_doubted_more() {
    let found = decide(&DATES, vec![reading(&[("7/9/2008", 0.9), ("2/9/2008", 0.05)]), reading(&[(WORDS, 0.9)])]);
    assert!(found[0].confidence < Confidence::new(0.7), "{:?}", found[0].confidence);
    assert!(found[1].confidence < Confidence::new(0.7), "{:?}", found[1].confidence);
}

#[test]
fn the_applicant_is_the_parent_that_the_relation_names() {
    use SlotKind::{PersonName, Relation};
    let names = || {
        vec![
            reading(&[("Trần Văn An", 0.9)]),
            reading(&[("Trần Văn Bình", 0.8)]),
            reading(&[("Lê Thị Bích", 0.9)]),
            reading(&[("Trần Văn Bính", 0.5), ("Trần Văn Bình", 0.45)]),
        ]
    };
    let kinds = [PersonName, PersonName, PersonName, PersonName, Relation];
    let with = |relation: &str| decide(&kinds, [names(), vec![reading(&[(relation, 0.9)])]].concat());
    assert_eq!(with("Cha")[3].text, "Trần Văn Bình");
    assert_eq!(with("Ông nội")[3].text, "Trần Văn Bính", "a grandfather has a name of his own");
}

#[test]
fn a_child_bears_its_fathers_family_name_if_that_is_near() {
    use SlotKind::PersonName;
    let child = || reading(&[("Trấn Văn An", 0.5), ("Trần Văn An", 0.45)]);
    let found =
        decide(&[PersonName; 3], vec![child(), reading(&[("Trần Văn Bình", 0.9)]), reading(&[("Lê Thị Bích", 0.9)])]);
    assert_eq!(found[0].text, "Trần Văn An");
    let other =
        decide(&[PersonName; 3], vec![child(), reading(&[("Ngô Văn Bình", 0.9)]), reading(&[("Lê Thị Bích", 0.9)])]);
    assert_eq!(other[0].text, "Trấn Văn An");
}

#[test]
fn a_file_name_decides_between_numbers_that_look_alike_and_never_against_a_clear_one() {
    let hint = BookHint { number: Some("017".to_owned()), ..BookHint::default() };
    let read = |texts: &[(&str, f32)]| decide_named(&hint, &[SlotKind::RegisterNumber], vec![reading(texts)]).remove(0);
    let alike = read(&[("011", 0.5), ("017", 0.45)]);
    assert_eq!((alike.text.as_str(), alike.unconstrained.as_str()), ("017", "011"));
    let same = read(&[("017", 0.8), ("011", 0.1)]);
    assert!(same.confidence > Confidence::new(0.9), "{:?}", same.confidence);
    let clear = read(&[("011", 0.97), ("017", 0.02)]);
    assert_eq!(clear.text, "011", "the page wins");
    assert!(clear.confidence < Confidence::new(0.97), "{:?}", clear.confidence);
}
