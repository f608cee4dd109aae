//! One slot → the fields that it feeds.

use super::Config;
use crate::domain::text::normalise;
use crate::domain::{Absence, Confidence, Field, Ink, Polygon, Reading, Register, ScanSpace, SlotKind, Value};
use crate::forms::Slot;
use crate::meaning::{key_of, sense, values};

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
        confidence: confidence((evidence, slot, config), nothing, &part_of(slot, i, register, config)),
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
        Ink::Written if text.is_empty() => Some(Absence::Illegible),
        Ink::Written => None,
    }
}

/// What a text of the slot states in one of its parts, if it holds that part.
fn part_of<'a>(
    slot: &'a Slot,
    part: usize,
    register: Register,
    config: &'a Config,
) -> impl Fn(&str) -> Option<String> + 'a {
    move |text| {
        let values = values(slot.kind, &normalise(text), register, &config.dates);
        values.get(part).filter(|value| !matches!(value, Value::Nothing { .. })).map(key_of)
    }
}

/// How sure one part of the slot is: whatever texts agree on it speak for it, though they differ elsewhere.
fn confidence(
    (evidence, slot, config): (&SlotEvidence, &Slot, &Config),
    nothing: Option<Absence>,
    part: &dyn Fn(&str) -> Option<String>,
) -> Confidence {
    match (nothing, &evidence.reading) {
        (Some(Absence::Blank), _) => Confidence::FULL,
        (None, Some(reading)) if slot.fields.len() > 1 => {
            let (whole, own) = (sense(slot.kind, &reading.text, &config.dates), part(&reading.text));
            // that no alternative holds a part says little: letters were lost in all of them
            let Some(own) = own else { return reading.confidence };
            let shares = reading.shares(|text| sense(slot.kind, text, &config.dates) == whole);
            Confidence::new(shares.iter().filter(|(text, _)| part(text).as_ref() == Some(&own)).map(|(_, p)| p).sum())
        }
        (None, Some(reading)) => reading.confidence,
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
