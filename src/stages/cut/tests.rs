//! What the stage promises, on small drawn pages.

use super::drawing::{Sheet, settings};
use super::*;
use crate::domain::{BookHint, PageId, Point, Sha256};
use crate::stages::align::PlacedSlot;
use crate::stages::cleanup::Quality;

/// Distance of the drawn lines.
const PITCH: f32 = 62.0;
/// Where the drawn line begins and ends.
const LINE: (f32, f32) = (100.0, 500.0);

fn placed(from: f32, to: f32, y: f32) -> PlacedLine {
    let place = Rect::new(from, y - 0.7 * PITCH, to, y + 0.25 * PITCH).corners();
    let baseline = (Point::new(from, y), Point::new(to, y));
    PlacedLine {
        part: LinePart::Whole,
        place,
        baseline,
        pitch: PITCH,
        baseline_seen: true,
        starts_free: false,
        letters_end: None,
    }
}

/// Cuts one slot a line out of a drawn page.
fn cut_slots(sheet: &Sheet, lines: &[PlacedLine]) -> Vec<SlotPicture> {
    cut_kind(sheet, lines, SlotKind::PersonName)
}

fn clean(sheet: &Sheet) -> CleanPage {
    let grey = sheet.grey.clone();
    CleanPage {
        id: PageId { file: Sha256([0; 32]), index: 0 },
        hint: BookHint::default(),
        pixels_sha256: Sha256([0; 32]),
        colour: sheet.colour.clone(),
        seal: sheet.seal(),
        grey,
        to_scan: Transform::identity(),
        quality: Quality::default(),
    }
}

fn cut_kind(sheet: &Sheet, lines: &[PlacedLine], kind: SlotKind) -> Vec<SlotPicture> {
    let slot = |line: &PlacedLine| PlacedSlot { key: "x".to_owned(), lines: vec![line.clone()] };
    let entry = AlignedEntry { ordinal: 0, slots: lines.iter().map(slot).collect() };
    cut_entries(&clean(sheet), &[entry], &vec![kind; lines.len()], &settings()).remove(0).slots
}

/// A page of three dotted lines at 100, 162 and 224.
fn form() -> Sheet {
    let mut sheet = Sheet::new(700, 300);
    [100, 162, 224].into_iter().for_each(|y| sheet.dots(100, 500, y));
    sheet
}

/// The slot of the middle line.
fn middle(sheet: &Sheet) -> SlotPicture {
    let lines = [100.0, 162.0, 224.0].map(|y| placed(LINE.0, LINE.1, y + 0.5));
    cut_slots(sheet, &lines).remove(1)
}

/// Whether a page pixel is dark in the slot's picture.
fn dark(slot: &SlotPicture, x: i32, y: i32) -> bool {
    let line = &slot.lines[0];
    let at = (x - line.place.left as i32, y - line.place.top as i32);
    line.grey.get_pixel_checked(at.0 as u32, at.1 as u32).is_some_and(|p| p.0[0] < 128)
}

#[test]
fn dots_alone_are_blank() {
    let slot = middle(&form());
    assert_eq!(slot.ink, Ink::Blank);
    assert!(slot.lines.is_empty());
}

#[test]
fn a_hole_is_blank_and_a_ring_is_written() {
    let disc = |inner: i32| {
        let mut sheet = form();
        for (dx, dy) in (-9..=9).flat_map(|dy| (-9..=9).map(move |dx| (dx, dy))) {
            if (inner * inner..=81).contains(&(dx * dx + dy * dy)) {
                sheet.bar(300 + dx, 148 + dy, 301 + dx, 149 + dy);
            }
        }
        middle(&sheet).ink
    };
    assert_eq!(disc(0), Ink::Blank);
    assert_eq!(disc(6), Ink::Written, "a nought");
    let mut sheet = form();
    sheet.bar(290, 132, 322, 164);
    assert_eq!(middle(&sheet).ink, Ink::Illegible, "a blot larger than a letter");
}

#[test]
fn letters_of_a_thick_pen_are_written_though_they_are_as_solid_as_a_hole() {
    let mut sheet = form();
    sheet.bar(200, 138, 218, 157);
    assert_eq!(middle(&sheet).ink, Ink::Illegible, "VN grown together has corners, though nobody can read it");
    let ink = |holes: &[i32]| {
        let mut sheet = form();
        for (dx, dy) in (-9..=9).flat_map(|dy| (-9..=9).map(move |dx| (dx, dy))).filter(|(x, y)| x * x + y * y <= 81) {
            holes.iter().for_each(|x| sheet.bar(x + dx, 148 + dy, x + dx + 1, 149 + dy));
        }
        middle(&sheet).ink
    };
    assert_eq!(ink(&[200]), Ink::Blank);
    assert_eq!(ink(&[200, 224]), Ink::Written, "two of them stand in a word");
}

#[test]
fn dots_go_and_strokes_that_cross_them_stay_whole() {
    let mut sheet = form();
    sheet.word(200, 158, 4);
    sheet.stroke((270, 140), (270, 180));
    let slot = middle(&sheet);
    assert_eq!(slot.ink, Ink::Written);
    assert!((140..=180).all(|y| dark(&slot, 270, y)), "the descender through the dots");
    assert!(slot.lines[0].place.left > 190.0 && slot.lines[0].place.right < 280.0, "{:?}", slot.lines[0].place);
}

#[test]
fn a_word_that_stands_on_the_dots_keeps_its_feet() {
    let mut sheet = form();
    sheet.word(200, 162, 4);
    let slot = middle(&sheet);
    assert!((200..=210).all(|x| dark(&slot, x, 162)), "the foot lies on the rule");
}

/// A word on dots that have grown together and are too pale to be print but here and there; each in its shade of grey.
fn pale_dots(dots: u8, word: u8, base: i32) -> Sheet {
    let mut sheet = Sheet::new(700, 300);
    [100, 162, 224].into_iter().for_each(|y| sheet.dots(100, 500, y));
    sheet.shade(100, 161, 500, 164, dots);
    (100..500).step_by(20).for_each(|x| sheet.bar(x, 162, x + 3, 164));
    let mut written = Sheet::new(700, 300);
    written.word(200, base, 4);
    for (x, y, _) in written.grey.enumerate_pixels().filter(|(_, _, p)| p.0[0] < 255) {
        sheet.shade(x as i32, y as i32, x as i32 + 1, y as i32 + 1, word);
    }
    sheet
}

#[test]
fn dots_too_pale_to_be_print_go_where_the_writing_is_darker() {
    let slot = middle(&pale_dots(205, 80, 154));
    let place = slot.lines[0].place;
    assert!(place.right < 275.0 && place.bottom < 161.0, "{place:?}");
}

#[test]
fn a_word_as_weak_as_the_dots_keeps_its_feet_on_them() {
    let slot = middle(&pale_dots(205, 190, 162));
    assert!((203..=207).all(|x| dark(&slot, x, 162)), "nobody knows what is a foot and what a dot");
}

#[test]
fn the_neighbours_descenders_and_marks_do_not_come_along() {
    let mut sheet = form();
    sheet.word(200, 158, 5);
    // a long tail of the line above, and a mark over a capital of the line below
    sheet.word(320, 98, 2);
    sheet.stroke((336, 98), (330, 124));
    sheet.word(320, 222, 2);
    sheet.stroke((322, 196), (334, 192));
    let slot = middle(&sheet);
    assert!(slot.lines[0].place.right < 290.0, "{:?}", slot.lines[0].place);
}

#[test]
fn a_tone_mark_far_above_its_letter_is_kept() {
    let mut sheet = form();
    sheet.word(200, 158, 3);
    sheet.stroke((218, 132), (228, 124));
    let slot = middle(&sheet);
    assert!(dark(&slot, 228, 124));
}

#[test]
fn dots_of_the_line_above_that_have_grown_together_do_not_make_the_picture_high() {
    let mut sheet = form();
    sheet.word(200, 158, 3);
    // the press has set them a little lower than the rest of their line, where its course does not take them out
    sheet.bar(230, 106, 252, 109);
    let slot = middle(&sheet);
    assert!(!dark(&slot, 240, 107));
    assert!(slot.lines[0].place.top > 120.0, "{:?}", slot.lines[0].place);
}

#[test]
fn a_flat_mark_over_its_letter_is_no_dot() {
    let mut sheet = form();
    sheet.word(200, 158, 3);
    sheet.bar(214, 126, 226, 129);
    let slot = middle(&sheet);
    assert!(dark(&slot, 220, 127), "a grave that lies level");
}

#[test]
fn a_dot_below_a_letter_of_the_line_above_is_not_ours() {
    let mut sheet = form();
    sheet.word(200, 96, 3);
    sheet.bar(220, 106, 225, 111);
    sheet.word(200, 158, 3);
    let lines = [100.0, 162.0].map(|y| placed(LINE.0, LINE.1, y + 0.5));
    let slots = cut_slots(&sheet, &lines);
    assert!(dark(&slots[0], 222, 108), "a mark below belongs to the letter over it");
    assert!(slots[1].lines[0].place.top > 130.0, "{:?}", slots[1].lines[0].place);
}

#[test]
fn two_words_grown_together_across_the_lines_are_parted() {
    let mut sheet = form();
    sheet.word(200, 98, 3);
    sheet.word(200, 158, 3);
    sheet.stroke((216, 98), (216, 140));
    let lines = [100.0, 162.0].map(|y| placed(LINE.0, LINE.1, y + 0.5));
    let slots = cut_slots(&sheet, &lines);
    assert!(dark(&slots[0], 200, 90) && dark(&slots[1], 200, 150));
    assert!(slots[0].lines[0].place.bottom < 145.0, "{:?}", slots[0].lines[0].place);
    assert!(slots[1].lines[0].place.top > 100.0, "{:?}", slots[1].lines[0].place);
}

#[test]
fn the_labels_end_stays_out_and_writing_close_to_it_stays_in() {
    let mut sheet = form();
    sheet.word(60, 160, 2);
    sheet.bar(93, 142, 97, 146);
    sheet.bar(93, 156, 97, 160);
    sheet.word(106, 158, 3);
    let slot = middle(&sheet);
    assert!(slot.lines[0].place.left >= 100.0, "{:?}", slot.lines[0].place);
    assert!(dark(&slot, 106, 150));
}

#[test]
fn writing_that_begins_a_little_under_the_label_is_kept_whole() {
    let mut sheet = form();
    sheet.word(90, 158, 4);
    assert!(dark(&middle(&sheet), 90, 150));
}

#[test]
fn overflow_is_followed_to_the_first_wide_gap() {
    let mut sheet = form();
    sheet.bar(540, 10, 543, 290);
    sheet.word(420, 158, 10);
    sheet.word(640, 158, 2);
    let slot = middle(&sheet);
    assert!(dark(&slot, 564, 150), "the word runs through the frame");
    assert!(
        slot.lines[0].place.right < 600.0,
        "what stands alone in the margin is not ours: {:?}",
        slot.lines[0].place
    );
    assert!(slot.place[0].bounds().right > 570.0, "its place on the scan goes along");
}

#[test]
fn writing_that_begins_before_the_dots_is_the_lines_where_nothing_is_printed_there() {
    let mut sheet = form();
    sheet.word(10, 158, 2);
    sheet.word(68, 158, 10);
    let cut = |starts_free| {
        let lines = [100.5, 162.5, 224.5].map(|y| PlacedLine { starts_free, ..placed(LINE.0, LINE.1, y) });
        cut_slots(&sheet, &lines).remove(1)
    };
    let (free, label) = (cut(true), cut(false));
    assert!(dark(&free, 68, 150), "the first letter");
    assert!(free.lines[0].place.left > 60.0, "what stands apart is not ours: {:?}", free.lines[0].place);
    assert!(label.lines[0].place.left > 80.0, "that may be the label: {:?}", label.lines[0].place);
}

#[test]
fn a_wide_word_that_lies_mostly_beyond_the_end_is_followed() {
    let mut sheet = form();
    sheet.word(380, 158, 4);
    sheet.stroke((452, 140), (452, 158));
    sheet.stroke((452, 158), (590, 140));
    let slot = middle(&sheet);
    assert!(slot.lines[0].place.right > 585.0, "{:?}", slot.lines[0].place);
}

#[test]
fn what_stands_only_in_the_margin_is_not_the_lines() {
    let mut sheet = form();
    sheet.word(200, 158, 4);
    sheet.word(520, 158, 4);
    let slot = middle(&sheet);
    assert!(slot.lines[0].place.right < 300.0, "{:?}", slot.lines[0].place);
}

#[test]
fn the_next_label_ends_the_line() {
    let mut sheet = form();
    sheet.word(380, 158, 4);
    sheet.word(460, 160, 4);
    let lines = [placed(100.0, 452.0, 162.5), placed(530.0, 690.0, 162.5)];
    let slots = cut_slots(&sheet, &lines);
    assert!(slots[0].lines[0].place.right < 458.0, "{:?}", slots[0].lines[0].place);
    assert_eq!(slots[1].ink, Ink::Blank);
}

/// A word whose letters hang together, from `left` to a little beyond `right`.
fn joined_word(sheet: &mut Sheet, left: i32, right: i32) {
    let letters = (right - left) / 16;
    sheet.word(left, 158, letters);
    sheet.stroke((left, 158), (right, 158));
}

/// Pieces of strokes that shine through.
fn crumbs(sheet: &mut Sheet, places: &[i32]) {
    places.iter().for_each(|&x| sheet.bar(x, 146, x + 6, 158));
}

#[test]
fn crumbs_far_behind_the_last_word_stay_out_and_a_low_word_close_behind_it_stays() {
    let mut sheet = form();
    sheet.word(200, 158, 4);
    crumbs(&mut sheet, &[340, 430]);
    assert!(middle(&sheet).lines[0].place.right < 290.0);
    let mut sheet = form();
    sheet.word(200, 158, 4);
    crumbs(&mut sheet, &[290]);
    assert!(dark(&middle(&sheet), 292, 150));
}

#[test]
fn a_word_far_behind_stays_with_what_lies_between() {
    let mut sheet = form();
    sheet.word(120, 158, 3);
    crumbs(&mut sheet, &[240]);
    sheet.word(340, 158, 3);
    assert!(dark(&middle(&sheet), 340, 150) && dark(&middle(&sheet), 242, 150));
}

#[test]
fn crumbs_alone_are_blank_and_one_small_figure_is_not() {
    let ink = |figure: i32, places: &[i32]| {
        let mut sheet = form();
        crumbs(&mut sheet, places);
        sheet.bar(150, 158 - figure, 156, 158);
        middle(&sheet).ink
    };
    assert_eq!(ink(14, &[260]), Ink::Blank, "0.26 of the pitch with its soft edges");
    assert_eq!(ink(15, &[260]), Ink::Written, "0.27");
    assert_eq!(ink(14, &[]), Ink::Illegible, "alone: a person looks");
}

#[test]
fn the_dash_before_a_title_on_a_line_of_its_own_stays_and_a_crumb_there_does_not() {
    let first = |width: i32| {
        let mut sheet = form();
        sheet.bar(110, 146, 110 + width, 151);
        sheet.word(180, 158, 4);
        middle(&sheet).lines[0].place.left
    };
    assert!(first(12) < 115.0);
    assert!(first(6) > 170.0);
}

#[test]
fn writing_over_the_next_label_runs_over_and_writing_up_to_it_does_not() {
    let ink = |right: i32| {
        let mut sheet = form();
        joined_word(&mut sheet, 380, right);
        let lines = [placed(100.0, 452.0, 162.5), placed(530.0, 690.0, 162.5)];
        cut_slots(&sheet, &lines).remove(0).ink
    };
    assert_eq!(ink(450), Ink::Written);
    assert_eq!(ink(500), Ink::RunsOver);
}

#[test]
fn writing_that_leaves_its_line_and_goes_on_after_a_wide_gap_runs_over() {
    let ink = |first: (i32, i32), second: i32| {
        let mut sheet = form();
        joined_word(&mut sheet, first.0, first.1);
        sheet.word(second, 158, 3);
        middle(&sheet).ink
    };
    assert_eq!(ink((420, 530), 600), Ink::RunsOver);
    assert_eq!(ink((420, 530), 662), Ink::Written, "too far off to be its next word");
    assert_eq!(ink((380, 480), 600), Ink::Written, "it has not left its line: that is the margin's");
}

#[test]
fn a_word_through_the_rule_between_two_cells_runs_over() {
    let inks = |words: &[(i32, i32)]| {
        let mut sheet = Sheet::new(700, 300);
        sheet.bar(299, 5, 302, 295);
        words.iter().for_each(|&(left, right)| joined_word(&mut sheet, left, right));
        let lines = [placed(100.0, 300.5, 160.5), placed(300.5, 500.0, 160.5)];
        cut_slots(&sheet, &lines).into_iter().map(|slot| slot.ink).collect::<Vec<_>>()
    };
    assert_eq!(inks(&[(230, 345)])[0], Ink::RunsOver);
    assert_eq!(inks(&[(230, 296)]), [Ink::Written, Ink::Blank], "it fills its cell");
    assert_eq!(inks(&[(230, 296), (330, 400)]), [Ink::Written, Ink::Written], "the next one has a word of its own");
}

#[test]
fn a_word_struck_out_is_struck_out() {
    let mut sheet = form();
    sheet.word(200, 158, 5);
    sheet.stroke((192, 149), (284, 147));
    let slot = middle(&sheet);
    assert_eq!(slot.ink, Ink::StruckOut);
    assert!(slot.lines.is_empty());
}

#[test]
fn the_right_value_beside_a_strike_out_is_what_is_cut() {
    let mut sheet = form();
    sheet.word(200, 158, 5);
    sheet.stroke((192, 149), (284, 147));
    sheet.word(310, 158, 5);
    let slot = middle(&sheet);
    assert_eq!(slot.ink, Ink::Corrected);
    assert!(slot.lines[0].place.left > 300.0, "{:?}", slot.lines[0].place);
}

#[test]
fn a_dash_between_words_is_no_strike_out() {
    let mut sheet = form();
    sheet.word(200, 158, 3);
    sheet.stroke((255, 150), (275, 150));
    sheet.word(290, 158, 3);
    let slot = middle(&sheet);
    assert_eq!(slot.ink, Ink::Written);
    assert!(dark(&slot, 200, 150) && dark(&slot, 265, 150) && dark(&slot, 290, 150));
}

#[test]
fn an_underline_is_no_strike_out() {
    let mut sheet = form();
    sheet.word(200, 150, 5);
    sheet.stroke((192, 158), (284, 158));
    assert_eq!(middle(&sheet).ink, Ink::Written);
}

/// The first of five lines; on the others stand long words of one shade of grey.
fn first_of_five(mut sheet: Sheet, grey: u8) -> SlotPicture {
    let rows: Vec<i32> = (1..=5).map(|n| 100 * n).collect();
    let lines: Vec<PlacedLine> = rows.iter().map(|y| placed(LINE.0, LINE.1, *y as f32 + 0.5)).collect();
    let mut written = Sheet::new(700, 600);
    rows.iter().skip(1).for_each(|y| written.word(200, y - 4, 12));
    for (x, y, _) in written.grey.enumerate_pixels().filter(|(_, _, p)| p.0[0] < 255) {
        sheet.shade(x as i32, y as i32, x as i32 + 1, y as i32 + 1, grey);
    }
    cut_slots(&sheet, &lines).remove(0)
}

#[test]
fn where_the_writing_is_hardly_ink_an_empty_place_is_not_known_to_be_blank() {
    let empty = |grey: u8| first_of_five(Sheet::new(700, 600), grey).ink;
    assert_eq!(empty(150), Ink::Blank);
    assert_eq!(empty(205), Ink::Illegible);
}

#[test]
fn on_a_page_of_a_weak_pen_paler_strokes_are_ink() {
    let left = |others: u8| {
        let mut sheet = Sheet::new(700, 600);
        sheet.shade(200, 76, 206, 96, 226);
        (0..4).for_each(|n| sheet.shade(216 + 16 * n, 76, 222 + 16 * n, 96, 193));
        first_of_five(sheet, others).lines[0].place.left
    };
    assert!(left(60) > 210.0, "paper's shade beside a dark pen");
    assert!(left(190) < 202.0);
}

#[test]
fn a_line_that_may_shine_through_goes_where_the_place_is_written_on_below_and_stays_else() {
    let place = |first: bool, second: bool| {
        let mut sheet = Sheet::new(700, 600);
        // low, in few places, and paler than the rest of the page
        [(150, 24), (300, 24), (450, 24)]
            .iter()
            .for_each(|&(x, high)| (0..3).for_each(|n| sheet.shade(x + 9 * n, 96 - high, x + 9 * n + 6, 96, 190)));
        if first {
            sheet.shade(100, 40, 500, 98, 255);
            sheet.word(200, 96, 12);
            (0..3).for_each(|n| sheet.shade(150 + 150 * n, 172, 168 + 150 * n, 196, 190));
        }
        if second {
            sheet.word(200, 196, 12);
        }
        [300, 400, 500].iter().for_each(|y| sheet.word(200, y - 4, 12));
        let rows: Vec<PlacedLine> = (1..=5).map(|n| placed(LINE.0, LINE.1, 100.5 * n as f32)).collect();
        let slots = [rows[..2].to_vec(), rows[2..].to_vec()].map(|lines| PlacedSlot { key: "x".to_owned(), lines });
        let entry = AlignedEntry { ordinal: 0, slots: slots.into() };
        cut_entries(&clean(&sheet), &[entry], &[SlotKind::Place; 2], &settings()).remove(0).slots.remove(0)
    };
    let lines = |slot: SlotPicture| slot.lines.iter().map(|l| l.line).collect::<Vec<_>>();
    assert_eq!(lines(place(false, true)), [1]);
    assert_eq!(lines(place(false, false)), [0]);
    assert_eq!(lines(place(true, false)), [0, 1], "a last line may hold one short word");
}

#[test]
fn one_weak_word_is_writing_and_is_made_strong() {
    let mut sheet = Sheet::new(700, 300);
    sheet.word(200, 158, 2);
    for p in sheet.grey.pixels_mut().filter(|p| p.0[0] < 255) {
        p.0[0] = 190;
    }
    [100, 162, 224].into_iter().for_each(|y| sheet.dots(100, 500, y));
    let slot = middle(&sheet);
    assert_eq!(slot.ink, Ink::Written);
    assert!(dark(&slot, 200, 150), "190 is brought down to the reader's level");
}

#[test]
fn specks_and_pale_show_through_are_blank() {
    let mut sheet = form();
    (0..20).for_each(|i| sheet.bar(110 + i * 19, 120 + (i * 7) % 40, 113 + i * 19, 123 + (i * 7) % 40));
    assert_eq!(middle(&sheet).ink, Ink::Blank, "twenty specks");
    let mut sheet = Sheet::new(700, 300);
    sheet.word(200, 158, 6);
    sheet.grey.pixels_mut().filter(|p| p.0[0] < 255).for_each(|p| p.0[0] = 232);
    [100, 162, 224].into_iter().for_each(|y| sheet.dots(100, 500, y));
    assert_eq!(middle(&sheet).ink, Ink::Blank, "a word that shines through");
}

#[test]
fn what_shines_through_beside_writing_does_not_come_along() {
    let mut sheet = Sheet::new(700, 300);
    sheet.word(350, 158, 6);
    sheet.grey.pixels_mut().filter(|p| p.0[0] < 255).for_each(|p| p.0[0] = 200);
    [100, 162, 224].into_iter().for_each(|y| sheet.dots(100, 500, y));
    sheet.word(200, 158, 6);
    assert!(middle(&sheet).lines[0].place.right < 310.0);
}

#[test]
fn a_solid_blot_is_illegible() {
    let mut sheet = form();
    sheet.bar(200, 130, 300, 160);
    let slot = middle(&sheet);
    assert_eq!(slot.ink, Ink::Illegible);
    assert!(slot.lines.is_empty());
}

#[test]
fn the_sheets_edge_in_an_area_is_blank_and_a_word_is_written() {
    for (right, ink) in [(319, Ink::Blank), (320, Ink::Written)] {
        let mut sheet = Sheet::new(700, 300);
        sheet.stroke((302, 100), (302, 180));
        sheet.stroke((right - 3, 100), (right - 3, 180));
        let mut area = placed(100.0, 500.0, 280.0);
        area.place = Rect::new(100.0, 20.0, 500.0, 280.0).corners();
        assert_eq!(cut_slots(&sheet, &[area])[0].ink, ink, "until {right}");
    }
}

#[test]
fn an_area_gives_its_lines_in_order() {
    let mut sheet = Sheet::new(700, 300);
    sheet.word(120, 90, 4);
    sheet.word(120, 150, 6);
    let mut area = placed(100.0, 500.0, 280.0);
    area.place = Rect::new(100.0, 20.0, 500.0, 280.0).corners();
    let slots = cut_slots(&sheet, &[area]);
    assert_eq!(slots[0].lines.len(), 2);
    assert!(slots[0].lines[0].place.bottom < slots[0].lines[1].place.top);
}

#[test]
fn nothing_panics_on_pages_without_room() {
    for (width, height) in [(1, 1), (2, 300), (700, 3)] {
        let sheet = Sheet::new(width, height);
        let lines = [placed(-40.0, 900.0, 162.0), placed(5.0, 5.0, -30.0), placed(600.0, 590.0, 400.0)];
        assert!(cut_slots(&sheet, &lines).iter().all(|s| s.ink == Ink::Blank));
    }
    let mut black = Sheet::new(700, 300);
    black.bar(0, 0, 700, 300);
    assert!(cut_slots(&black, &[placed(100.0, 500.0, 162.0)]).iter().all(|s| s.lines.is_empty()));
}

/// Label print up to 96, a digit at 86 or 90 that begins before the line does, a word behind it.
fn label_and_digit(digit: i32) -> Sheet {
    let mut sheet = form();
    sheet.word(20, 160, 3);
    sheet.stroke((digit, 140), (digit, 160));
    sheet.word(110, 160, 3);
    sheet
}

#[test]
fn a_coloured_digit_before_the_lines_beginning_comes_along_and_a_black_one_does_not() {
    let mut sheet = label_and_digit(90);
    assert!(!dark(&middle(&sheet), 90, 150), "print and writing alike: the label's end decides");
    sheet.blue(80, 700);
    assert!(dark(&middle(&sheet), 90, 150), "blue like the writing, and the label is black");
    assert!(!dark(&middle(&sheet), 60, 150), "the label stays out");
    sheet.blue(0, 700);
    assert!(!dark(&middle(&sheet), 90, 150), "where the label is blue too, colour tells nothing");
}

#[test]
fn print_within_a_coloured_line_goes() {
    let mut sheet = form();
    sheet.word(20, 160, 3);
    sheet.stroke((108, 140), (108, 160));
    sheet.word(125, 160, 3);
    assert!(dark(&middle(&sheet), 108, 150));
    sheet.blue(115, 700);
    assert!(!dark(&middle(&sheet), 108, 150), "a black letter of the label before blue writing");
    assert!(dark(&middle(&sheet), 125, 150));
}

#[test]
fn a_weak_grey_stroke_before_coloured_writing_is_no_print() {
    let mut sheet = form();
    sheet.word(20, 160, 3);
    sheet.shade(107, 140, 110, 161, 190);
    sheet.word(125, 160, 3);
    sheet.blue(115, 700);
    let slot = middle(&sheet);
    assert!(slot.lines[0].place.left < 110.0, "half as dark as the label: {:?}", slot.lines[0].place);
}

#[test]
fn a_red_stamp_is_a_signers_name_where_the_pen_wrote_none_and_nobody_elses() {
    let mut sheet = form();
    sheet.word(200, 150, 5);
    sheet.stamp(190, 300);
    let lines = [placed(LINE.0, LINE.1, 162.5)];
    let signer = |sheet: &Sheet| cut_kind(sheet, &lines, SlotKind::Signer).remove(0);
    let stamped = signer(&sheet);
    assert_eq!(stamped.ink, Ink::Written);
    assert!(dark(&stamped, 200, 140) && dark(&stamped, 274, 140), "from the first letter to the last");
    assert_eq!(cut_slots(&sheet, &lines)[0].ink, Ink::Blank, "a person's name is never stamped");
    sheet.word(350, 158, 3);
    let signed = signer(&sheet);
    assert!(signed.lines[0].place.left > 300.0, "the pen comes first: {:?}", signed.lines[0].place);
}

#[test]
fn a_mark_on_a_mark_is_kept_and_the_same_speck_alone_is_dust() {
    let mut sheet = form();
    sheet.word(200, 158, 3);
    sheet.bar(219, 111, 224, 116);
    assert!(!dark(&middle(&sheet), 221, 113), "too far from any letter");
    sheet.bar(214, 123, 228, 128);
    assert!(dark(&middle(&sheet), 221, 113), "the acute of ế stands on its hat");
    sheet.bar(219, 100, 224, 105);
    assert!(!dark(&middle(&sheet), 221, 102), "dust on a mark that is no larger itself");
}

#[test]
fn a_mark_under_print_is_the_letters_below_it_unless_it_touches_the_print() {
    let line = [placed(LINE.0, LINE.1, 162.5)];
    for (top, ours) in [(118, true), (108, false)] {
        let mut sheet = form();
        sheet.word(200, 104, 6);
        sheet.word(200, 158, 3);
        sheet.bar(214, top, 228, top + 9);
        assert_eq!(dark(&cut_slots(&sheet, &line)[0], 220, top + 4), ours, "{top}");
    }
}

#[test]
fn a_digit_right_behind_the_labels_letters_is_kept_and_its_colon_is_not() {
    let cut = |letters_end| {
        let mut sheet = form();
        sheet.word(60, 160, 2);
        sheet.bar(90, 142, 94, 146);
        sheet.bar(90, 156, 94, 160);
        sheet.stroke((98, 140), (98, 160));
        sheet.word(110, 160, 3);
        let line = PlacedLine { letters_end, ..placed(103.0, LINE.1, 162.5) };
        cut_slots(&sheet, &[line]).remove(0)
    };
    let known = cut(Some(88.0));
    assert!(dark(&known, 98, 150) && !dark(&known, 92, 144), "{:?}", known.lines[0].place);
    assert!(!dark(&cut(None), 98, 150), "nobody knows where the label ends");
}

#[test]
fn a_labels_last_letter_alone_is_no_writing() {
    let mut sheet = form();
    sheet.word(60, 160, 3);
    let line = PlacedLine { letters_end: Some(88.0), ..placed(106.0, LINE.1, 162.5) };
    assert_eq!(cut_slots(&sheet, std::slice::from_ref(&line))[0].ink, Ink::Blank, "its end is known to half a letter");
    sheet.word(112, 160, 1);
    assert_eq!(cut_slots(&sheet, &[line])[0].ink, Ink::Written);
}

#[test]
fn a_digit_that_touches_the_labels_last_letter_is_parted_from_it() {
    let mut sheet = form();
    sheet.word(60, 160, 2);
    sheet.stroke((86, 150), (110, 150));
    sheet.stroke((110, 140), (110, 160));
    sheet.word(120, 160, 3);
    let line = PlacedLine { letters_end: Some(90.0), ..placed(106.0, LINE.1, 162.5) };
    let slot = cut_slots(&sheet, &[line]).remove(0);
    assert!(dark(&slot, 95, 150) && !dark(&slot, 76, 150), "{:?}", slot.lines[0].place);
}

#[test]
fn a_letter_across_the_lines_open_end_is_kept_with_what_follows() {
    let mut sheet = form();
    sheet.word(400, 158, 4);
    sheet.stroke((466, 150), (500, 150));
    sheet.bar(500, 140, 508, 158);
    sheet.word(524, 158, 2);
    let slot = middle(&sheet);
    assert!(dark(&slot, 504, 150) && dark(&slot, 524, 150), "{:?}", slot.lines[0].place);
}

#[test]
fn who_leaves_wide_gaps_is_followed_over_a_wide_gap() {
    let reached = |first: i32| {
        let mut sheet = form();
        sheet.word(first, 158, 4);
        sheet.word(384, 158, 7);
        sheet.word(523, 158, 2);
        middle(&sheet).lines[0].place.right
    };
    assert!(reached(300) > 540.0, "24 columns between the words of the line, 30 to the next");
    assert!(reached(322) < 500.0, "the words of the line stand close");
}
