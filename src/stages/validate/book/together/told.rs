//! What a slot may say: the texts that the reader saw there, what each states, and how likely that is.

use crate::domain::{BookReading, CheckedEntry, Confidence, EntryId, Field, Ink, SlotKind, Value};
use crate::meaning::{key_of, values};

use super::super::super::Config;

/// One text of a slot.
pub(super) struct Choice {
    /// As written.
    pub(super) text: String,
    /// What its parts state, and the keys by which that is compared.
    pub(super) parts: Vec<(Value, String)>,
    /// Likelihood against the slot's other texts.
    pub(super) weight: f32,
}

/// A slot of one entry.
pub(super) struct Told<'a> {
    entry: EntryId,
    /// One a part: a signer's name and title.
    pub(super) fields: Vec<&'a Field>,
    /// Best first.
    pub(super) choices: Vec<Choice>,
    /// By part and choice: how likely it is alone. What is missing to one is left for texts that nobody thought of.
    shares: Vec<Vec<f32>>,
}

impl<'a> Told<'a> {
    /// What is plainly written in the slot that an import key is the first of; nothing where there is no such writing.
    pub(super) fn of(entry: &'a CheckedEntry, key: &str, config: &Config) -> Option<Self> {
        let main = entry.entry.field(key)?;
        if main.ink != Ink::Written || matches!(main.value, Value::Nothing { .. }) {
            return None;
        }
        let fields: Vec<&Field> = entry.entry.fields.iter().filter(|f| f.slot == main.slot).collect();
        if fields[0].key != key {
            return None;
        }
        let own = || Choice {
            text: main.as_written.clone(),
            parts: fields.iter().map(|f| (f.value.clone(), key_of(&f.value))).collect(),
            weight: 1.0,
        };
        let kind = main.kind;
        let by_people = fields.iter().any(|f| f.confidence == Confidence::FULL);
        let seen = main.reading.as_ref().filter(|r| !by_people && !r.alternatives.is_empty());
        let Some(reading) = seen else {
            let shares = fields.iter().map(|f| vec![f.confidence.get()]).collect();
            return Some(Self { entry: entry.entry.id, choices: vec![own()], fields, shares });
        };
        let choice = |text: &str, weight: f32| {
            let states = parts(kind, text, entry, config, fields.len());
            Choice { text: text.to_owned(), parts: states, weight }
        };
        let choices: Vec<Choice> =
            reading.alternatives.iter().map(|other| choice(&other.text, other.posterior.get())).collect();
        let share = |(part, field): (usize, &&Field)| {
            let agree: Vec<bool> = choices.iter().map(|c| c.parts[part].1 == choices[0].parts[part].1).collect();
            reading.shares(field.confidence, &agree)
        };
        let shares = fields.iter().enumerate().map(share).collect();
        Some(Self { entry: entry.entry.id, fields, choices, shares })
    }

    /// What each choice says in a part, with its share.
    pub(super) fn said(&self, part: usize) -> impl Iterator<Item = (&(Value, String), f32)> {
        self.choices.iter().map(move |c| &c.parts[part]).zip(self.shares[part].iter().copied())
    }

    /// How likely a part states what a choice does, by its own page.
    pub(super) fn sure(&self, part: usize, choice: usize) -> f32 {
        let wanted = &self.choices[choice].parts[part].1;
        self.said(part).filter(|((_, key), _)| key == wanted).map(|(_, share)| share).sum()
    }

    /// What is left of a part for texts that nobody thought of.
    pub(super) fn open(&self, part: usize) -> f32 {
        (1.0 - self.shares[part].iter().sum::<f32>()).max(0.0)
    }

    /// What a part reads as with a choice; with the first one as it stands, by the page or by a person.
    pub(super) fn read_as(&self, part: usize, choice: usize, sure: Confidence) -> (EntryId, BookReading) {
        let field = self.fields[part];
        let (as_written, value) = match choice {
            0 => (field.as_written.clone(), field.value.clone()),
            _ => (self.choices[choice].text.clone(), self.choices[choice].parts[part].0.clone()),
        };
        (self.entry, BookReading { key: field.key.clone(), as_written, value, confidence: sure })
    }
}

/// What the parts of a slot state.
fn parts(kind: SlotKind, text: &str, entry: &CheckedEntry, config: &Config, count: usize) -> Vec<(Value, String)> {
    let text = crate::domain::text::normalise(text);
    let mut read = values(kind, &text, entry.entry.register, &config.dates).into_iter();
    let value = |_| {
        let value = read.next().unwrap_or(Value::Nothing { absence: crate::domain::Absence::Blank });
        let key = key_of(&value);
        (value, key)
    };
    (0..count).map(value).collect()
}
