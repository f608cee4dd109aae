//! Generated cases as a run keeps them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use image::RgbImage;
use sohoa::domain::{
    Absence, BookHint, CheckedEntry, Confidence, DraftEntry, EntryId, Field, Ink, PageFacts, PageId, PlaceUnit, Sha256,
    SheetFacts, SlotKind, Value,
};
use sohoa::outputs::pictures::keep_sheet;
use sohoa::store::Store;

use super::cases::{Book, Lot, case};

fn field(key: &str, text: &str) -> Field {
    let place =
        || PlaceUnit { code: "28987".into(), path: "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre".into() };
    let value = match text {
        "" => Value::Nothing { absence: Absence::Blank },
        "05:30" => Value::Time { hour: 5, minute: Some(30) },
        text if key.ends_with("NoiSinh") => Value::Place { text: text.to_owned(), unit: Some(place()) },
        text => Value::Text { text: text.to_owned() },
    };
    Field {
        key: key.to_owned(),
        kind: SlotKind::FreeText,
        slot: key.to_owned(),
        required: false,
        ink: if text.is_empty() { Ink::Blank } else { Ink::Written },
        as_written: text.to_owned(),
        value,
        confidence: Confidence::FULL,
        proposal: None,
        reading: None,
        place: Vec::new(),
    }
}

/// Cases of one book in a run, so many a page. Gives their values in the order of their numbers.
pub(super) fn keep(
    store: &Store,
    at: u8,
    book: &Book,
    cases: u32,
    a_page: u32,
    sheet: &RgbImage,
) -> Vec<BTreeMap<&'static str, String>> {
    let mut lot = Lot(u64::from(at) + 7);
    let all: Vec<_> = (1..=cases).map(|n| case(book, n, &mut lot)).collect();
    let hint = BookHint {
        office: Some("xa_loc_thuan".to_owned()),
        register: Some(book.register),
        year: Some(book.year.to_owned()),
        book: Some("01".to_owned()),
        ..BookHint::default()
    };
    let pages = cases.div_ceil(a_page);
    let file = Sha256([at; 32]);
    store.note_file(Path::new(&format!("scans/{at}.tif")), file, pages, &hint).expect("noted");
    for (index, entries) in (0_u32..).zip(all.chunks(a_page as usize)) {
        let id = PageId { file, index };
        let entry = |(ordinal, values): (u8, &BTreeMap<&'static str, String>)| CheckedEntry {
            entry: DraftEntry {
                id: EntryId { page: id, part: 0, ordinal },
                layout: "generated".to_owned(),
                register: book.register,
                hint: hint.clone(),
                fields: values.iter().map(|(key, text)| field(key, text)).collect(),
            },
            findings: Vec::new(),
        };
        let entries: Vec<CheckedEntry> = (0_u8..).zip(entries).map(entry).collect();
        let size = sheet.dimensions();
        let facts =
            SheetFacts { part: 0, layout: "generated".into(), misfit: 0.1, labels_found: 1.0, size, slots: vec![] };
        let facts = PageFacts { pixels: file, sharpness: 1.0, dpi: 200.0, remarks: vec![], sheets: vec![facts] };
        store.keep_page(id, "generated", Ok((&facts, &entries))).expect("kept");
        let (path, first) = (store.folder().page(id, 0), store.folder().page(PageId { file, index: 0 }, 0));
        // one picture under many names: scripts make ten thousand pages
        if index == 0 {
            keep_sheet(&path, sheet, 70).expect("picture");
        } else {
            fs::hard_link(&first, &path).expect("linked");
        }
    }
    all
}
