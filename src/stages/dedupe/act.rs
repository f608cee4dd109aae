//! Equal keys: the same pixels, the same act, the same event.

use std::collections::BTreeMap;

use super::Mark;
use crate::domain::{BookId, DraftEntry, Field, Register, Sha256, SlotKind, Value, text};

/// Pairs of marks with one key. Chained, not all against all: a group of a thousand has 999 pairs.
pub(super) fn pairs<K: Ord>(
    marks: &[Mark],
    key: impl Fn(&Mark) -> Option<K>,
    belong: impl Fn(&Mark, &Mark) -> bool,
) -> Vec<(usize, usize)> {
    let mut by_key: BTreeMap<K, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let Some(key) = key(mark) else { continue };
        if let Some(before) = by_key.insert(key, at).filter(|before| belong(&marks[*before], mark)) {
            pairs.push((before, at));
        }
    }
    pairs
}

/// The same place on the same picture.
pub(super) fn pixels_key(mark: &Mark) -> Option<(Sha256, Option<(u8, u8)>)> {
    Some((mark.pixels, mark.place.entry.map(|entry| (entry.part, entry.ordinal))))
}

/// Entries of one page share its pixels without being duplicates.
pub(super) fn on_other_pages(a: &Mark, b: &Mark) -> bool {
    (&a.place.run, &a.place.path, a.place.page) != (&b.place.run, &b.place.path, b.place.page)
}

pub(super) fn any_two(_: &Mark, _: &Mark) -> bool {
    true
}

/// Office, register, book, number and year of registration; all of them have to be known.
pub(super) fn act_key(mark: &Mark) -> Option<(BookId, u32, u16)> {
    let known = ![&mark.book.office, &mark.book.year, &mark.book.number].iter().any(|part| part.is_empty());
    mark.act.filter(|_| known).map(|(number, year)| (mark.book.clone(), number, year))
}

/// Register and event.
pub(super) fn event_key(mark: &Mark) -> Option<(Register, String)> {
    mark.event.clone().map(|event| (mark.book.register, event))
}

/// The register number.
pub(super) fn number(entry: &DraftEntry) -> Option<u32> {
    entry.fields.iter().find(|field| field.kind == SlotKind::RegisterNumber).and_then(|field| match field.value {
        Value::Number { number, .. } => Some(number),
        _ => None,
    })
}

/// The year of a date.
pub(super) fn year(field: &Field) -> Option<u16> {
    match field.value {
        Value::Date { date, .. } => date.year,
        _ => None,
    }
}

/// The first person's name and the first date after it, which every layout has there: the birth date.
pub(super) fn event(entry: &DraftEntry) -> Option<String> {
    let mut fields = entry.fields.iter().skip_while(|field| field.kind != SlotKind::PersonName);
    let name = text::fold(&fields.next()?.value.text());
    let date = fields.find(|field| field.kind == SlotKind::Date)?;
    // a bare year is no evidence: half a village is named Nguyễn Thị Hoa
    let whole = matches!(&date.value, Value::Date { date, .. } if date.day.is_some() && date.month.is_some());
    (whole && !name.is_empty()).then(|| format!("{name} {}", date.value.text()))
}
