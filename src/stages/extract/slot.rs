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
    let told = match (&evidence.reading, nothing) {
        (Some(reading), None) if slot.fields.len() > 1 => Some(Told::of(reading, slot.kind, register, config)),
        _ => None,
    };
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
        confidence: confidence(evidence, nothing, told.as_ref().and_then(|told| told.part(i))),
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

/// What the texts of a composite slot state in its parts, worked out once for all of them.
struct Told {
    /// The reading's parts; `None` where it does not hold one.
    own: Vec<Option<String>>,
    /// The alternatives' probabilities and parts.
    others: Vec<(f32, Vec<Option<String>>)>,
}

impl Told {
    fn of(reading: &Reading, kind: SlotKind, register: Register, config: &Config) -> Self {
        let parts = |text: &str| -> Vec<Option<String>> {
            let values = values(kind, &normalise(text), register, &config.dates);
            values.iter().map(|v| (!matches!(v, Value::Nothing { .. })).then(|| key_of(v))).collect()
        };
        let whole = sense(kind, &reading.text, &config.dates);
        let alternatives = &reading.alternatives;
        let agree: Vec<bool> = alternatives.iter().map(|a| sense(kind, &a.text, &config.dates) == whole).collect();
        let others = reading.shares(&agree).into_iter().zip(alternatives.iter().map(|a| parts(&a.text))).collect();
        Self { own: parts(&reading.text), others }
    }

    /// How sure one part is: whatever texts agree on it speak for it, though they differ elsewhere. `None` where nothing
    /// speaks: that no alternative holds a part says little, letters were lost in all of them.
    fn part(&self, part: usize) -> Option<Confidence> {
        let own = self.own.get(part)?.as_ref()?;
        let agree = self.others.iter().filter(|(_, parts)| parts.get(part).is_some_and(|p| p.as_ref() == Some(own)));
        (!self.others.is_empty()).then(|| Confidence::new(agree.map(|(share, _)| share).sum()))
    }
}

/// How sure a field is; `part` where it is a part of its slot that has a confidence of its own.
fn confidence(evidence: &SlotEvidence, nothing: Option<Absence>, part: Option<Confidence>) -> Confidence {
    match (nothing, &evidence.reading) {
        (Some(Absence::Blank), _) => Confidence::FULL,
        (None, Some(reading)) => part.unwrap_or(reading.confidence),
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
