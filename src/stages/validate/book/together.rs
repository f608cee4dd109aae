//! The pages of a book speak to each other: what one leaves in doubt, others say too, or leave room for.
//!
//! Only the choice among what the reader saw on the page and how sure it is change; a page never gets a text that nobody
//! saw there.

mod agreement;
mod repeated;
mod sequence;
mod told;

pub use sequence::Config as SequenceConfig;
use sequence::{Candidates, Rise};
use told::Told;

use super::super::Config;
use super::super::facts::{REGISTERED, SIGNER};
use super::order::SUREST;
use super::{NUMBER, PAGE};
use crate::domain::{BookReading, CheckedEntry, Confidence, EntryId, PageId, Value};

/// Slots in which the same few people, titles and offices stand on every page, by their first column.
const REPEATED: [&str; 5] = [SIGNER, "chucVuNguoiKy", "nguoiThucHien", "chucVuNguoiThucHien", "noiDangKy"];

/// Columns whose readings the pages of a book speak about.
pub const READ_TOGETHER: [&str; 8] =
    [NUMBER, PAGE, REGISTERED, REPEATED[0], REPEATED[1], REPEATED[2], REPEATED[3], REPEATED[4]];

/// Fields that read otherwise, or surer, beside the book's other pages; `entries` in the order of the scans, with readings.
pub(in super::super) fn read_together(entries: &[&CheckedEntry], config: &Config) -> Vec<(EntryId, BookReading)> {
    let in_order = [(NUMBER, Rise::Number), (PAGE, Rise::Number), (REGISTERED, Rise::Day)];
    let mut readings: Vec<_> =
        in_order.iter().flat_map(|(key, rise)| in_sequence(entries, key, *rise, config)).collect();
    readings.extend(REPEATED.iter().flat_map(|key| alike(entries, key, config)));
    readings
}

fn in_sequence(entries: &[&CheckedEntry], key: &str, rise: Rise, config: &Config) -> Vec<(EntryId, BookReading)> {
    let told: Vec<Option<Told<'_>>> = acts(entries, key).map(|entry| Told::of(entry, key, config)).collect();
    let counted: Vec<Vec<Counted>> = told.iter().map(|t| t.as_ref().map(counted).unwrap_or_default()).collect();
    let acts: Vec<Candidates> = counted.iter().map(|act| act.iter().map(|c| (c.value, c.alone)).collect()).collect();
    let together = sequence::together(&acts, rise, &config.sequence);
    let all = told.iter().zip(counted.iter().zip(&together));
    all.filter_map(|(told, (counted, likely))| by_neighbours(told.as_ref()?, counted, likely, config)).collect()
}

/// What a slot may count.
struct Counted {
    value: i64,
    /// How likely by its own page.
    alone: f32,
    /// The first text that says so.
    choice: usize,
}

fn counted(told: &Told<'_>) -> Vec<Counted> {
    let mut all: Vec<Counted> = Vec::new();
    for (choice, ((value, _), alone)) in told.said(0).enumerate() {
        let Some(value) = count_of(value) else { continue };
        match all.iter_mut().find(|known| known.value == value) {
            Some(known) => known.alone += alone,
            None => all.push(Counted { value, alone, choice }),
        }
    }
    all
}

fn count_of(value: &Value) -> Option<i64> {
    match value {
        Value::Number { number, .. } => Some(i64::from(*number)),
        Value::Date { date, .. } => {
            let epoch = jiff::civil::Date::constant(1900, 1, 1);
            Some(i64::from((date.solar_day()? - epoch).get_days()))
        }
        _ => None,
    }
}

/// Another of its readings where that is surer beside its neighbours than its own one is alone, or its own one and surer.
fn by_neighbours(
    told: &Told<'_>,
    counted: &[Counted],
    likely: &[f32],
    config: &Config,
) -> Option<(EntryId, BookReading)> {
    let (best, together) = counted.iter().zip(likely).max_by(|a, b| a.1.total_cmp(b.1))?;
    let most = odds(best.alone) + config.sequence.most;
    let sure = probability(odds(*together).min(most));
    (sure > told.fields[0].confidence).then(|| told.read_as(0, best.choice, sure))
}

/// What the pages of a book that say the same in a column make of it.
fn alike(entries: &[&CheckedEntry], key: &str, config: &Config) -> Vec<(EntryId, BookReading)> {
    let told: Vec<Told<'_>> = entries.iter().filter_map(|entry| Told::of(entry, key, config)).collect();
    let choices = repeated::choices(&told, config);
    let parts = told.iter().map(|t| t.fields.len()).max().unwrap_or(0);
    (0..parts).flat_map(|part| agreement::surer(&told, &choices, part, config)).collect()
}

/// A page's number stands once for all acts of the page.
fn acts<'e>(entries: &[&'e CheckedEntry], key: &str) -> impl Iterator<Item = &'e CheckedEntry> {
    let of_pages = key == PAGE;
    let mut last: Option<(PageId, u8)> = None;
    entries.iter().copied().filter(move |entry| {
        let sheet = Some((entry.entry.id.page, entry.entry.id.part));
        let again = of_pages && last == sheet;
        last = sheet;
        !again
    })
}

fn odds(p: f32) -> f32 {
    let p = p.clamp(1.0 - SUREST, SUREST);
    (p / (1.0 - p)).ln()
}

fn probability(odds: f32) -> Confidence {
    Confidence::new((1.0 / (1.0 + (-odds).exp())).min(SUREST))
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, entry};
    use super::*;
    use crate::domain::{Reading, SlotKind};

    /// An act whose number reads as the texts, best first, the first with a confidence.
    fn act(index: u32, texts: &[(&str, f32)], sure: f32) -> CheckedEntry {
        let mut entry = entry("KS").kind(SlotKind::RegisterNumber).number(NUMBER, texts[0].0).draft();
        entry.id.page.index = index;
        entry.fields[0].confidence = Confidence::new(sure);
        entry.fields[0].reading = Some(Reading::seen(texts, sure));
        CheckedEntry { entry, findings: Vec::new() }
    }

    /// Page → what its number reads as in the book, and how sure.
    fn numbers(acts: &[CheckedEntry]) -> Vec<(u32, String, f32)> {
        let found = read_together(&acts.iter().collect::<Vec<_>>(), &CONFIG);
        found.into_iter().map(|(id, new)| (id.page.index, new.as_written, new.confidence.get())).collect()
    }

    #[test]
    fn a_doubtful_number_is_the_one_between_its_neighbours() {
        let found = numbers(&[
            act(0, &[("11", 1.0)], 0.95),
            act(1, &[("17", 0.6), ("12", 0.3)], 0.6),
            act(2, &[("13", 1.0)], 0.95),
        ]);
        let (page, text, sure) = &found[1];
        assert_eq!((*page, text.as_str()), (1, "12"), "{found:?}");
        assert!(*sure > 0.9, "{found:?}");
        assert!(found[0].2 > 0.95 && found[2].2 > 0.95, "and makes them surer: {found:?}");
    }

    #[test]
    fn what_is_plainly_written_stays_though_its_neighbours_have_room_for_another_only() {
        let found = numbers(&[
            act(0, &[("11", 1.0)], 0.95),
            act(1, &[("17", 0.97), ("12", 0.03)], 0.98),
            act(2, &[("13", 1.0)], 0.95),
        ]);
        assert!(found.iter().all(|(page, ..)| *page != 1), "{found:?}");
    }

    #[test]
    fn a_number_that_the_page_hardly_shows_is_never_accepted_for_its_neighbours() {
        let found = numbers(&[
            act(0, &[("11", 1.0)], 0.99),
            act(1, &[("17", 0.6), ("14", 0.37), ("12", 0.03)], 0.3),
            act(2, &[("13", 1.0)], 0.99),
        ]);
        let doubted = found.iter().find(|(page, ..)| *page == 1);
        assert!(doubted.is_none_or(|(.., sure)| *sure < 0.95), "{found:?}");
    }

    #[test]
    fn what_a_person_decided_is_not_read_again_but_tells_the_others() {
        let mut acts = vec![
            act(0, &[("41", 0.7), ("11", 0.3)], 0.6),
            act(1, &[("17", 0.6), ("12", 0.3)], 0.6),
            act(2, &[("13", 1.0)], 0.5),
        ];
        acts[1].entry.fields[0].confidence = Confidence::FULL;
        acts[1].entry.fields[0].value = Value::Number { number: 42, text: "42".into() };
        let found = numbers(&acts);
        assert!(found.iter().all(|(page, ..)| *page != 1));
        assert!(found.iter().any(|(page, text, sure)| *page == 0 && text == "41" && *sure > 0.9), "{found:?}");
    }

    #[test]
    fn the_page_number_of_a_table_counts_once() {
        let mut acts: Vec<CheckedEntry> = (0..3).map(|_| act(0, &[("11", 1.0)], 0.9)).collect();
        for (ordinal, act) in (0..).zip(&mut acts) {
            act.entry.id.ordinal = ordinal;
            act.entry.fields[0].key = PAGE.into();
            act.entry.fields[0].slot = PAGE.into();
        }
        assert!(numbers(&acts).len() <= 1);
    }
}
