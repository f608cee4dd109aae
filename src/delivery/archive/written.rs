//! What is settled of an entry, slot by slot, with its places on the scan: the text of an archive's pages.

use crate::domain::settlement::{SettledEntry, Source};
use crate::domain::text::normalise;
use crate::domain::{Field, Polygon, ScanSpace, SlotKind, Value};

/// A slot's settled text with the places of its lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// Import key of the slot's first field.
    pub(super) key: String,
    /// What stands there.
    pub(super) text: String,
    /// The least of its fields'.
    pub(super) confidence: f32,
    /// Corners of its writing lines on the scan.
    pub(super) places: Vec<[(f32, f32); 4]>,
}

/// What is settled of an entry, in the order of its slots; several fields of one slot are one text.
pub(super) fn written(entry: &SettledEntry) -> Vec<Written> {
    let fields = entry.checked.entry.fields.iter().zip(&entry.sources);
    let mut slots: Vec<(&str, Written)> = Vec::new();
    for (field, source) in fields {
        let text = text_of(field);
        if *source == Source::Nobody || field.kind == SlotKind::Signature || field.place.is_empty() || text.is_empty() {
            continue;
        }
        match slots.iter_mut().find(|(slot, _)| *slot == field.slot) {
            Some((_, own)) => own.add(&text, field.confidence.get()),
            None => slots.push((&field.slot, Written::of(field, text))),
        }
    }
    slots.into_iter().map(|(_, own)| own).collect()
}

impl Written {
    fn of(field: &Field, text: String) -> Self {
        let places = field.place.iter().map(corners).collect();
        Self { key: field.key.clone(), text, confidence: field.confidence.get(), places }
    }

    /// Another field of the slot; parts of one slot may have been read as the whole.
    fn add(&mut self, text: &str, confidence: f32) {
        if !says(&self.text, text) {
            self.text.push(' ');
            self.text.push_str(text);
        }
        self.confidence = self.confidence.min(confidence);
    }
}

/// Whether a text holds another, word for word.
fn says(text: &str, part: &str) -> bool {
    let (words, part): (Vec<&str>, Vec<&str>) = (text.split(' ').collect(), part.split(' ').collect());
    words.windows(part.len()).any(|own| own == part)
}

/// As written; what a person decided to be nothing has no text.
fn text_of(field: &Field) -> String {
    match (&field.value, field.as_written.is_empty()) {
        (Value::Nothing { .. }, _) => String::new(),
        (_, false) => normalise(&field.as_written),
        (value, true) => value.text(),
    }
}

/// Four corners as one reads; of any other polygon the box around it.
pub(super) fn corners(polygon: &Polygon<ScanSpace>) -> [(f32, f32); 4] {
    match polygon.0.as_slice() {
        [a, b, c, d] => [a, b, c, d].map(|point| (point.x, point.y)),
        _ => {
            let r = polygon.bounds();
            [(r.left, r.top), (r.right, r.top), (r.right, r.bottom), (r.left, r.bottom)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Point;

    #[test]
    fn a_part_counts_as_said_by_words_only() {
        assert!(says("Nguyễn Văn An", "Văn An") && says("An", "An"));
        assert!(!says("11 tháng 1", "1 tháng") && !says("Hoàng", "Hoà") && !says("An", "Văn An"));
    }

    #[test]
    fn another_part_of_a_slot_is_added_once_and_the_least_confidence_counts() {
        let mut own = Written { key: "k".into(), text: "ngày 11".into(), confidence: 0.9, places: vec![] };
        own.add("1", 0.7);
        own.add("ngày 11", 0.8);
        assert_eq!((own.text.as_str(), own.confidence), ("ngày 11 1", 0.7));
    }

    #[test]
    fn a_place_that_is_no_quadrilateral_is_the_box_around_it() {
        let polygon = Polygon(vec![Point::new(5.0, 1.0), Point::new(9.0, 4.0), Point::new(2.0, 6.0)]);
        assert_eq!(corners(&polygon), [(2.0, 1.0), (9.0, 1.0), (9.0, 6.0), (2.0, 6.0)]);
    }
}
