//! `PageReading` → `DraftEntry`: slots become typed fields.

mod slot;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod truth;
mod typed;

pub use typed::{value_of_field_text, value_of_slot_text};

use serde::Deserialize;

use super::cut::CutEntry;
use super::read::{EntryReading, PageReading};
use crate::domain::date::DateLimits;
use crate::domain::{Absence, DraftEntry, EntryId, Field, Value};
use crate::forms::Layout;

use slot::{SlotEvidence, fields_of};

/// Section `[extract]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which years a date may have.
    pub dates: DateLimits,
}

/// The entries of a page.
#[must_use]
pub fn extract(page: &PageReading, config: &Config) -> Vec<DraftEntry> {
    let aligned = &page.page.page;
    let readings = page.entries.iter().zip(&page.page.entries);
    readings
        .map(|(reading, cut)| DraftEntry {
            id: EntryId { page: aligned.page.id, part: aligned.part, ordinal: reading.ordinal },
            layout: aligned.layout.id.clone(),
            register: aligned.layout.register,
            hint: aligned.page.hint.clone(),
            fields: fields(&aligned.layout, reading, cut, config),
        })
        .collect()
}

fn fields(layout: &Layout, entry: &EntryReading, cut: &CutEntry, config: &Config) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for slot in &layout.slots {
        let read = entry.slots.iter().find(|s| s.key == slot.key);
        let place = cut.slots.iter().find(|s| s.key == slot.key).map(|s| s.place.clone()).unwrap_or_default();
        let Some(read) = read else { continue };
        let evidence = SlotEvidence { ink: read.ink, reading: read.reading.clone(), place };
        for field in fields_of(slot, layout.register, &evidence, config) {
            match fields.iter_mut().find(|f| f.key == field.key) {
                Some(earlier) => join(earlier, field),
                None => fields.push(field),
            }
        }
    }
    fields
}

/// Two slots may feed one field (a note on the page and the margin): what is written in either is kept, in order.
fn join(earlier: &mut Field, later: Field) {
    if matches!(later.value, Value::Nothing { absence: Absence::Blank }) {
        return;
    }
    if matches!(earlier.value, Value::Nothing { .. }) {
        *earlier = Field { required: earlier.required || later.required, ..later };
        return;
    }
    let text = |a: &str, b: &str| [a, b].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ");
    earlier.value = Value::Text { text: text(&earlier.value.text(), &later.value.text()) };
    earlier.as_written = text(&earlier.as_written, &later.as_written);
    earlier.confidence = earlier.confidence.weakest(later.confidence);
    earlier.place.extend(later.place);
}
