use super::*;
use crate::domain::{PageId, Register};

fn config() -> Config {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline.toml")).expect("readable");
    let all: toml::Table = toml::from_str(&text).expect("toml");
    all["dedupe"].clone().try_into().expect("section")
}

/// A mark that shares nothing with another number's.
fn mark(n: u8) -> Mark {
    let page = PageId { file: Sha256([n; 32]), index: 0 };
    let entry = Some(EntryId { page, part: 0, ordinal: 0 });
    let look = |slot: u64| u64::from(n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_mul(2 * slot + 1);
    Mark {
        place: Place { run: String::new(), path: format!("{n}.jpg"), page: Some(1), entry },
        layout: "ks-2006".to_owned(),
        book: BookId {
            office: "xa".to_owned(),
            register: Register::Ks,
            year: "2008".to_owned(),
            number: "01".to_owned(),
        },
        act: Some((u32::from(n), 2008)),
        event: Some(format!("person{n} 01.02.2008")),
        pixels: Sha256([n; 32]),
        looks: (0..6).map(|slot| (slot.to_string(), look(slot))).collect(),
        texts: vec![("nksHoTen".to_owned(), format!("name number {n}"))],
    }
}

fn reasons(marks: &[Mark]) -> Vec<(Why, usize)> {
    groups(Vec::new(), marks, &config()).into_iter().map(|group| (group.why, group.members.len())).collect()
}

#[test]
fn different_acts_are_no_duplicates() {
    assert_eq!(reasons(&[mark(1), mark(2), mark(3)]), []);
}

#[test]
fn same_pixels_are_told_once_and_not_again_as_act_or_event() {
    let twin = Mark { place: mark(9).place, ..mark(1) };
    assert_eq!(reasons(&[mark(1), twin, mark(3)]), [(Why::SamePixels, 2)]);
}

#[test]
fn entries_of_one_page_do_not_duplicate_each_other() {
    let mut second = mark(1);
    let entry = second.place.entry.expect("entry");
    second.place.entry = Some(EntryId { ordinal: 1, ..entry });
    second.act = Some((77, 2008));
    second.event = None;
    assert_eq!(reasons(&[mark(1), second]), []);
}

#[test]
fn a_rescan_has_other_pixels_and_almost_the_same_look() {
    let mut again = Mark { place: mark(9).place, pixels: Sha256([99; 32]), act: None, event: None, ..mark(1) };
    // four bits of every look differ, one text is misread
    again.looks.iter_mut().for_each(|(_, look)| *look ^= 0b1111);
    again.texts[0].1 = "nane number 1".to_owned();
    assert_eq!(reasons(&[mark(1), again.clone()]), [(Why::Rescan, 2)]);
    again.texts[0].1 = "someone else".to_owned();
    assert_eq!(reasons(&[mark(1), again]), [], "the content has to agree too");
}

#[test]
fn the_same_number_in_another_year_of_the_book_is_another_act() {
    let numbered = |n: u8, year| Mark { act: Some((5, year)), ..mark(n) };
    assert_eq!(reasons(&[numbered(1, 2008), numbered(2, 2008)]), [(Why::SameAct, 2)]);
    assert_eq!(reasons(&[numbered(1, 2008), numbered(2, 2009)]), []);
}

#[test]
fn an_act_of_an_unknown_book_equals_none() {
    let nameless = |n: u8| {
        let mut mark = mark(n);
        mark.book.office.clear();
        Mark { act: Some((5, 2008)), ..mark }
    };
    assert_eq!(reasons(&[nameless(1), nameless(2)]), []);
}

#[test]
fn a_person_registered_again_is_linked_across_books() {
    let again = Mark { event: mark(1).event, book: BookId { year: "2015".to_owned(), ..mark(2).book }, ..mark(2) };
    assert_eq!(reasons(&[mark(1), again]), [(Why::SameEvent, 2)]);
}

#[test]
fn duplicates_inside_another_run_are_not_our_news() {
    let old = |n: u8| {
        let mut mark = Mark { act: Some((5, 2008)), ..mark(n) };
        mark.place.run = "night-1".to_owned();
        mark
    };
    assert_eq!(reasons(&[old(1), old(2)]), []);
    assert_eq!(reasons(&[old(1), old(2), Mark { act: Some((5, 2008)), ..mark(3) }]), [(Why::SameAct, 3)]);
}
