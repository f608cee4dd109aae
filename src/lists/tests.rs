use super::*;
use crate::domain::Register;
use crate::domain::text::fold;

fn name(found: &Match) -> &'static str {
    found.member().map_or("?", |m| m.text)
}

#[test]
fn the_list_has_54_groups_and_two_escapes() {
    assert_eq!(ethnic_groups().members().len(), 56);
}

#[test]
fn old_spellings_find_the_group_of_today() {
    for (written, group) in [
        ("Mèo", "Mông"),
        ("H'Mông", "Mông"),
        ("Việt", "Kinh"),
        ("KINH", "Kinh"),
        ("Ra-đê", "Ê Đê"),
        ("Khmer", "Khơ Me"),
        ("Cao Lan", "Sán Chay"),
    ] {
        let found = ethnic_groups().lookup(written);
        assert!(matches!(found, Match::One(_)), "{written}: {found:?}");
        assert_eq!(name(&found), group, "{written}");
    }
}

#[test]
fn an_ambiguous_spelling_is_left_to_a_person() {
    for (written, groups) in [("Thổ", 3), ("Mán", 2), ("Trại", 2), ("Chil", 2)] {
        let Match::Several(found) = ethnic_groups().lookup(written) else { panic!("{written}") };
        assert_eq!(found.len(), groups, "{written}");
    }
}

#[test]
fn without_marks_the_group_is_only_likely() {
    assert!(matches!(ethnic_groups().lookup("Muong"), Match::Likely(m) if m.text == "Mường"));
    assert_eq!(ethnic_groups().lookup("Kinhh"), Match::None);
}

#[test]
fn countries_have_their_usual_names() {
    for (written, country) in [
        ("Mỹ", "Hoa Kỳ"),
        ("Campuchia", "Căm-pu-chia"),
        ("VIỆT NAM", "Việt Nam"),
        ("Đài Loan", "Đài Loan"),
        ("Úc", "Ô-xtrây-li-a"),
        ("Việt nam", "Việt Nam"),
    ] {
        assert_eq!(name(&countries().lookup(written)), country);
    }
    assert_eq!(countries().lookup("Atlantis"), Match::None);
}

#[test]
fn no_spelling_is_in_two_rows_unless_it_is_marked_doubtful() {
    for list in [ethnic_groups(), countries(), relations(), titles(), sexes(), register_types()] {
        for (spelling, _) in list.spellings() {
            let doubtful = list.members().iter().any(|m| m.doubtful.contains(&spelling));
            assert_eq!(matches!(list.lookup(spelling), Match::Several(_)), doubtful, "{spelling}");
        }
    }
}

#[test]
fn the_gazetteer_is_complete_and_its_parents_exist() {
    let all = gazetteer();
    let count = |era, level| all.units().iter().filter(|u| u.era == era && u.level == level).count();
    assert_eq!(count(Era::TwoLevels, Level::Province), 34);
    assert_eq!(count(Era::TwoLevels, Level::Commune), 3321);
    assert!(count(Era::Districts, Level::Commune) >= 10_599);
    for unit in all.units().iter().filter(|u| u.level != Level::Province) {
        assert!(all.parent(unit).is_some(), "{unit:?}");
    }
}

#[test]
fn a_commune_knows_its_path() {
    let all = gazetteer();
    let paths: Vec<String> = all.named("phu long").map(|u| all.path(u)).collect();
    assert!(paths.contains(&"Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre".to_owned()), "{paths:?}");
}

#[test]
fn shortened_unit_words_are_written_in_full_and_names_left_alone() {
    assert_eq!(
        expand_abbreviations("Ấp 2 Xã Phú Long, H.Bình Đại, T. Bến Tre"),
        "Ấp 2 Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"
    );
    assert_eq!(expand_abbreviations("Phú Khương - TX. Bến Tre"), "Phú Khương - Thị xã Bến Tre");
    assert_eq!(expand_abbreviations("Ap"), "Ap");
}

#[test]
fn frequent_names_are_known_whatever_their_case() {
    let parts = name_parts();
    assert!(parts.find(NamePlace::Family, "NGUYỄN").is_some_and(|p| p.count > 2000));
    assert!(parts.find(NamePlace::Given, "Muội").is_some());
    assert!(parts.find(NamePlace::Family, "Xyz").is_none());
}

#[test]
fn register_types_have_the_codes_of_their_register() {
    assert_eq!(register_type_code(Register::Ks, "late"), Some("4"));
    assert_eq!(register_type_code(Register::Cmc, "late"), None);
    assert_eq!(fold("Đúng hạn"), "dung han");
}

#[test]
fn a_kind_has_its_list_and_open_kinds_have_none() {
    let knows = |kind, text: &str| of_kind(kind).is_some_and(|list| list.lookup(text) != Match::None);
    assert!(knows(SlotKind::Sex, "Nữ") && !knows(SlotKind::Sex, "Kinh"));
    assert!(knows(SlotKind::EthnicGroup, "Kinh") && knows(SlotKind::Country, "Mỹ") && knows(SlotKind::Relation, "Cha"));
    assert!(knows(SlotKind::RegisterType, "Quá hạn"));
    assert!(of_kind(SlotKind::PersonName).is_none() && of_kind(SlotKind::Place).is_none());
}
