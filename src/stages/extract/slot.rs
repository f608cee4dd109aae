//! One slot → the fields that it feeds.

use super::Config;
use crate::domain::text::normalise;
use crate::domain::{Absence, Confidence, Field, Ink, Polygon, Reading, Register, ScanSpace, SlotKind, Value};
use crate::forms::Slot;
use crate::meaning::values;

/// What is known of one slot.
#[derive(Debug, Clone)]
pub(super) struct SlotEvidence {
    /// What ink there is.
    pub(super) ink: Ink,
    /// What a reader saw.
    pub(super) reading: Option<Reading>,
    /// Where.
    pub(super) place: Vec<Polygon<ScanSpace>>,
}

/// One field for each of the slot's keys, in order. The four kinds of nothing stay apart.
pub(super) fn fields_of(slot: &Slot, register: Register, evidence: &SlotEvidence, config: &Config) -> Vec<Field> {
    let text = evidence.reading.as_ref().map(|r| normalise(&r.text)).unwrap_or_default();
    let nothing = absence(evidence.ink, &text);
    let mut read = match nothing {
        Some(_) => Vec::new(),
        None => values(slot.kind, &text, register, &config.dates),
    }
    .into_iter();
    let field = |(i, key): (usize, &String)| Field {
        key: key.clone(),
        kind: kind_of_part(slot.kind, i),
        slot: slot.key.clone(),
        required: slot.required && is_main_part(slot.kind, i),
        ink: evidence.ink,
        as_written: evidence.reading.as_ref().map(|r| r.text.clone()).unwrap_or_default(),
        value: nothing.map_or_else(
            || read.next().unwrap_or(Value::Nothing { absence: Absence::Blank }),
            |absence| Value::Nothing { absence },
        ),
        confidence: confidence(evidence, nothing, i),
        proposal: None,
        reading: evidence.reading.clone(),
        place: evidence.place.clone(),
    };
    slot.fields.iter().enumerate().map(field).collect()
}

/// Ink that gave no text is illegible, never blank: an empty result from a page with ink would hide a value.
fn absence(ink: Ink, text: &str) -> Option<Absence> {
    match ink {
        Ink::Blank => Some(Absence::Blank),
        Ink::StruckOut => Some(Absence::StruckOut),
        Ink::Illegible => Some(Absence::Illegible),
        Ink::Written | Ink::Corrected | Ink::RunsOver => text.is_empty().then_some(Absence::Illegible),
    }
}

/// How sure one part of a slot is.
fn confidence(evidence: &SlotEvidence, nothing: Option<Absence>, part: usize) -> Confidence {
    match (nothing, &evidence.reading) {
        (Some(Absence::Blank), _) => Confidence::FULL,
        (None, Some(reading)) => reading.parts.get(part).copied().unwrap_or(reading.confidence),
        (Some(Absence::Illegible | Absence::StruckOut | Absence::StatedUnknown), _) | (None, None) => Confidence::NONE,
    }
}

/// What kind a part of a composite slot is, so that rules and thresholds treat it as what it is.
fn kind_of_part(kind: SlotKind, part: usize) -> SlotKind {
    match (kind, part) {
        (SlotKind::TimeOfDeath, 1) | (SlotKind::IdNumber, 1) => SlotKind::Date,
        (SlotKind::IdNumber, 2) | (SlotKind::RegisterType, 1..) => SlotKind::FreeText,
        (kind, _) => kind,
    }
}

/// A record needs the name of who signed, not the title; the day of death, not the hour.
fn is_main_part(kind: SlotKind, part: usize) -> bool {
    match kind {
        SlotKind::TimeOfDeath => part == 1,
        SlotKind::Signer | SlotKind::IdNumber | SlotKind::RegisterType | SlotKind::DeathNotice => part == 0,
        _ => true,
    }
}
