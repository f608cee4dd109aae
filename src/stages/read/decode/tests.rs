use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::stages::read::lattice::tests::{lattice, vocabulary};
use crate::stages::read::tests::config;

fn decoder() -> Decoder {
    let vowels = "aăâeêioôơuưy"
        .chars()
        .flat_map(|v| ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"].map(|t| format!("{v}{t}")));
    let letters: String = vowels.collect::<String>().nfc().chain("bcdđfghjklmnpqrstvwxz".chars()).collect();
    let all = format!("{letters}{} 0123456789,.-/':()", letters.to_uppercase());
    Decoder::new(vocabulary(&all), &config().decode, config().joint.dates)
}

/// A line that reads `seen` with probability `sure` a letter; where `meant` differs, its letter has the rest.
fn line(d: &Decoder, seen: &str, meant: &str, sure: f32) -> Views {
    let frames: Vec<Vec<(char, f32)>> = seen
        .chars()
        .zip(meant.chars())
        .flat_map(|(s, m)| {
            let letter = if s == m { vec![(s, sure)] } else { vec![(s, sure), (m, (1.0 - sure) * 0.9)] };
            [letter, vec![('-', 0.98)]]
        })
        .collect();
    lattice(&d.vocabulary, &frames.iter().map(Vec::as_slice).collect::<Vec<_>>()).into()
}

fn read(d: &Decoder, kind: SlotKind, seen: &str, meant: &str) -> Reading {
    d.decode(kind, "", &line(d, seen, meant, 0.7), "test").expect("there is writing")
}

#[test]
fn a_doubtful_letter_is_settled_by_what_the_field_allows() {
    let d = decoder();
    for (kind, seen, meant) in [
        (SlotKind::EthnicGroup, "Kính", "Kinh"),
        (SlotKind::Country, "Việc Nam", "Việt Nam"),
        (SlotKind::Sex, "Nan", "Nam"),
        (SlotKind::PersonName, "Nguyễm Văn Hùng", "Nguyễn Văn Hùng"),
        (SlotKind::PersonName, "TRẤN THỊ LAN", "TRẦN THỊ LAN"),
        (SlotKind::Place, "Huyện Bình Đạt, Bến Tre", "Huyện Bình Đại, Bến Tre"),
        (SlotKind::Place, "Tải gia", "Tại gia"),
        (SlotKind::Date, "Khòng rõ", "Không rõ"),
        (SlotKind::Date, "13 tháng 05 hăm 1959", "13 tháng 05 năm 1959"),
        (SlotKind::Date, "tháng 5 hăm 1959", "tháng 5 năm 1959"),
        (SlotKind::IdNumber, "32l456789", "321456789"),
        (SlotKind::RegisterNumber, "l2", "12"),
        (
            SlotKind::DateWords,
            "Ngày hai mưci tháng tám năm hai ngàn lẻ tám",
            "Ngày hai mươi tháng tám năm hai ngàn lẻ tám",
        ),
        (SlotKind::TimeOfDeath, "17h3o, 25/6/2013", "17h30, 25/6/2013"),
        (SlotKind::Relation, "Chà", "Cha"),
        (SlotKind::Signer, "Phó Chủ tịck", "Phó Chủ tịch"),
    ] {
        let found = read(&d, kind, seen, meant);
        assert_eq!(found.text, meant, "{kind:?}");
        assert_eq!(found.unconstrained, seen, "{kind:?}: what the picture says is kept");
    }
}

#[test]
fn the_plain_reading_is_among_the_alternatives_however_unlikely_the_lists_find_it() {
    let d = decoder();
    let all: Vec<Hypothesis> =
        (0..12_u16).map(|n| Hypothesis { text: vec![n + 1], evidence: -1.0, prior: -f32::from(n) }).collect();
    let kept = |plain: u16, of: usize| {
        let kept = d.stated(SlotKind::FreeText, all[..of].to_vec(), &[plain]);
        kept.iter().map(|h| h.text[0]).collect::<Vec<_>>()
    };
    assert_eq!(kept(12, 12), [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]);
    assert_eq!(kept(3, 12), (1..=10).collect::<Vec<_>>());
    assert_eq!(kept(4, 4), [1, 2, 3, 4]);
}

#[test]
fn a_slash_read_as_one_is_a_slash_where_only_that_makes_a_date() {
    let d = decoder();
    assert_eq!(read(&d, SlotKind::Date, "261912004", "26/9/2004").text, "26/9/2004");
}

#[test]
fn a_name_never_seen_stays_as_written() {
    let d = decoder();
    for name in ["Thạch Sô Phôl", "Krông Zaweh", "Danh Út Ẻm"] {
        let found = d.decode(SlotKind::PersonName, "", &line(&d, name, name, 0.97), "test").expect("writing");
        assert_eq!(found.text, name);
    }
}

#[test]
fn the_middle_name_of_most_women_is_as_usual_as_that_of_most_men() {
    let d = decoder();
    let read = |seen: &str, meant: &str| d.decode(SlotKind::PersonName, "", &line(&d, seen, meant, 0.6), "test");
    assert_eq!(read("Nguyễn Phi Dừa", "Nguyễn Thị Dừa").expect("writing").text, "Nguyễn Thị Dừa");
    assert_eq!(
        read("Nguyễn Phi Dừa", "Nguyễn Phi Dừa").expect("writing").text,
        "Nguyễn Phi Dừa",
        "as is clearly written"
    );
}

#[test]
fn nothing_but_paper_is_no_reading() {
    let d = decoder();
    let paper = lattice(&d.vocabulary, &[&[('-', 0.9)], &[('-', 0.6)], &[('-', 0.9), (' ', 0.05)]]).into();
    for kind in [SlotKind::Sex, SlotKind::Country, SlotKind::Date, SlotKind::PersonName] {
        assert_eq!(d.decode(kind, "", &paper, "test"), None, "{kind:?}");
    }
    let space = lattice(&d.vocabulary, &[&[('-', 0.9)], &[(' ', 0.9)], &[('-', 0.9)]]).into();
    assert_eq!(d.decode(SlotKind::Sex, "", &space, "test"), None, "a space alone is paper too");
}

#[test]
fn the_offices_own_commune_wins_a_close_call() {
    let d = decoder();
    let blurred = line(&d, "Xã Lộc Thuậm", "Xã Lộc Thuận", 0.5);
    let at = |office| d.decode(SlotKind::Place, office, &blurred, "test").expect("writing");
    let (own, any) = (at("xa_loc_thuan"), at(""));
    assert_eq!(own.text, "Xã Lộc Thuận");
    assert!(own.confidence >= any.confidence, "{:?} {:?}", own.confidence, any.confidence);
}

#[test]
fn a_commune_is_read_with_its_district_and_province() {
    let d = decoder();
    let blurred =
        line(&d, "xã Lộc Thuậm, huyện Bình Đạt, tỉnh Bến Tra", "xã Lộc Thuận, huyện Bình Đại, tỉnh Bến Tre", 0.6);
    let found = d.decode(SlotKind::Place, "", &blurred, "test").expect("writing");
    assert_eq!(found.text, "xã Lộc Thuận, huyện Bình Đại, tỉnh Bến Tre");
}

#[test]
fn a_numbered_ward_gets_no_stop_that_is_not_written() {
    let d = decoder();
    for seen in ["P13, Q11, TP Hồ Chí Minh", "P.13, Q.11, TP Hồ Chí Minh", "thôn 13, P13, Q11, TP Hồ Chí Minh"]
    {
        assert_eq!(d.decode(SlotKind::Place, "", &line(&d, seen, seen, 0.9), "test").expect("writing").text, seen);
    }
}

#[test]
fn a_commune_beside_a_district_that_it_does_not_lie_in_is_read_as_written() {
    let d = decoder();
    let seen = "xã Lộc Thuận, huyện Ba Tri, tỉnh Bến Tre";
    let clear = line(&d, seen, seen, 0.9);
    assert_eq!(d.decode(SlotKind::Place, "xa_loc_thuan", &clear, "test").expect("writing").text, seen);
}

#[test]
fn a_batch_of_many_offices_keeps_the_places_of_a_few() {
    let d = decoder();
    let seen = line(&d, "Nam", "Nam", 0.9);
    d.decode(SlotKind::Sex, "", &seen, "test").expect("writing");
    for office in 0..=MOST_OFFICES {
        d.decode(SlotKind::Place, &format!("xa_{office}"), &seen, "test").expect("writing");
    }
    let kept = d.grammars.lock().expect("whole").keys().map(|key| key.0).collect::<Vec<_>>();
    assert_eq!(kept.iter().filter(|kind| **kind == SlotKind::Place).count(), 1, "the last one");
    assert!(kept.contains(&SlotKind::Sex), "other kinds are few");
}

#[test]
fn evidence_and_prior_are_kept_apart() {
    let d = decoder();
    let found = read(&d, SlotKind::PersonName, "Nguyễm Văn Hùng", "Nguyễn Văn Hùng");
    let of = |text: &str| found.alternatives.iter().find(|a| a.text == text).expect("kept");
    assert!(of("Nguyễm Văn Hùng").evidence > of("Nguyễn Văn Hùng").evidence);
    assert!(of("Nguyễm Văn Hùng").prior < of("Nguyễn Văn Hùng").prior);
    assert!(of("Nguyễm Văn Hùng").posterior < of("Nguyễn Văn Hùng").posterior);
    assert_eq!(found.alternatives[0].text, found.text);
    let weakest = found.chars.iter().map(|c| c.confidence.get()).fold(1.0, f32::min);
    assert!(weakest < 0.4, "the doubtful letter shows: {weakest}");
}

#[test]
fn alternatives_state_different_things_however_many_ways_there_are_to_write_each() {
    let d = decoder();
    let blurred = line(&d, "Lê Văn Ba, PCT", "Lê Văn Bá- PCT", 0.5);
    let found = d.decode(SlotKind::Signer, "", &blurred, "test").expect("writing");
    let senses: BTreeSet<Vec<String>> =
        found.alternatives.iter().map(|a| sense(SlotKind::Signer, &a.text, &config().joint.dates)).collect();
    assert_eq!(senses.len(), found.alternatives.len(), "{:?}", found.alternatives);
    let named = |name: &str| found.alternatives.iter().any(|a| a.text.contains(name));
    assert!(named("Ba") && named("Bá"), "{:?}", found.alternatives);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_clearly_written_is_never_replaced(text in "[a-zA-Z0-9/ ]{0,12}[a-z0-9]", kind in 0_usize..6) {
        let d = decoder();
        let kinds = [SlotKind::Date, SlotKind::Sex, SlotKind::Country, SlotKind::RegisterNumber, SlotKind::IdNumber, SlotKind::Relation];
        let text: String = text.chars().filter(|c| d.vocabulary.class(*c).is_some()).collect();
        let text = text.trim();
        prop_assume!(!text.is_empty());
        let clear = d.decode(kinds[kind], "", &line(&d, text, text, 0.998), "test").expect("writing");
        prop_assert_eq!(&clear.text, text);
        prop_assert_eq!(&clear.unconstrained, text);
    }
}

#[test]
fn texts_that_state_the_same_are_weighed_together_and_others_are_not() {
    let d = decoder();
    // 4 in 10 for each of two ways to write one day, and another day that is likelier than each of them
    let seen = lattice(
        &d.vocabulary,
        &[
            &[('0', 0.5), ('-', 0.5)],
            &[('-', 0.99)],
            &[('5', 0.55), ('6', 0.44)],
            &[('-', 0.98)],
            &[('/', 0.99)],
            &[('-', 0.98)],
            &[('3', 0.99)],
            &[('-', 0.98)],
            &[('/', 0.99)],
            &[('-', 0.98)],
            &[('2', 0.99)],
            &[('-', 0.98)],
            &[('0', 0.99)],
            &[('-', 0.98)],
            &[('0', 0.99)],
            &[('-', 0.98)],
            &[('8', 0.99)],
        ],
    )
    .into();
    let found = d.decode(SlotKind::Date, "", &seen, "test").expect("writing");
    let sure = |text: &str| {
        let reading = Reading { text: text.to_owned(), ..found.clone() };
        crate::stages::read::calibration::signs(SlotKind::Date, &reading, &config().joint.dates)[0]
    };
    assert!(found.text == "5/3/2008" || found.text == "05/3/2008", "{}", found.text);
    assert!((sure("5/3/2008") - sure("05/3/2008")).abs() < 1e-4, "one day, one probability");
    assert!(sure("5/3/2008") > 0.0 && sure("6/3/2008") < 0.0, "5 is likelier than 6");
}

#[test]
fn a_dot_that_the_forms_line_may_have_swallowed_leaves_a_doubt_where_both_names_are_usual() {
    let d = decoder();
    let doubt = |seen: &str, dotted: &str| {
        let found = read(&d, SlotKind::PersonName, seen, seen);
        assert_eq!(found.text, seen, "what is seen is not overwritten");
        found.alternatives.iter().find(|a| a.text == dotted).map_or(0.0, |a| a.posterior.get())
    };
    assert!(doubt("Trần Văn Phương", "Trần Văn Phượng") > 0.01);
    assert!(doubt("Trần Văn Hùng", "Trần Văn Hụng") < 0.001);
    assert!(doubt("Trần Văn Phượng", "Trần Văn Phương") < 0.001, "a dot that is seen was not lost");
}
