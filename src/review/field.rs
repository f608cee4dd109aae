//! One field as a person gets to see it.

use super::Config;
use super::words::{self, Language};
use crate::domain::settlement::same_value;
use crate::domain::{
    CheckedEntry, Decision, Field, PageFacts, PageSpace, Reason, Rect, SlotKind, TypedKeys, TypedWord, Value,
    VerdictedField,
};
use crate::stages::extract::{self, value_of_slot_text};

/// Keys 1 to 9.
const ALTERNATIVES: usize = 9;

/// A text that a key chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// As shown and kept.
    pub text: String,
    /// What it means.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where an alternative comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Another reading of the picture.
    Reading,
    /// A rule's proposal.
    Rule,
    /// What a file has that people typed earlier.
    Typed,
    /// What another person decided.
    Person,
}

/// A stretch of the reading, sure or doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its letters.
    pub text: String,
    /// CSS class: empty or `doubt`.
    pub class: &'static str,
}

/// A field with its neighbourhood.
#[derive(Debug)]
pub struct View<'a> {
    /// The entry.
    pub checked: &'a CheckedEntry,
    /// The field.
    pub field: &'a Field,
    /// Where triage sent it.
    pub verdict: &'a VerdictedField,
}

impl View<'_> {
    /// Which part of its slot the field is, and the slot's own kind.
    fn part(&self) -> (usize, SlotKind) {
        let same = self.checked.entry.fields.iter().filter(|other| other.slot == self.field.slot);
        let kinds: Vec<_> = same.map(|other| (other.key.as_str(), other.kind)).collect();
        let at = kinds.iter().position(|(key, _)| *key == self.field.key).unwrap_or(0);
        (at, kinds.first().map_or(self.field.kind, |(_, kind)| *kind))
    }

    /// Whether the slot feeds several fields, so that its reading is more than this field.
    fn shares_slot(&self) -> bool {
        self.checked.entry.fields.iter().filter(|other| other.slot == self.field.slot).count() > 1
    }

    /// What Enter takes: as written where the slot holds this field alone, its own part otherwise.
    #[must_use]
    pub fn reading(&self) -> String {
        if self.shares_slot() { self.field.value.text() } else { self.field.as_written.clone() }
    }

    /// The reading in stretches of sure and doubtful letters.
    #[must_use]
    pub fn stretches(&self, config: &Config) -> Vec<Stretch> {
        let whole = || vec![Stretch { text: self.reading(), class: "" }];
        let Some(reading) = self.field.reading.as_ref().filter(|_| !self.shares_slot()) else { return whole() };
        let letters: String = reading.chars.iter().map(|letter| letter.ch).collect();
        if letters != self.field.as_written {
            return whole();
        }
        let mut stretches: Vec<Stretch> = Vec::new();
        for letter in &reading.chars {
            let class = if letter.confidence.get() < config.doubtful_letter { "doubt" } else { "" };
            match stretches.last_mut() {
                Some(last) if last.class == class => last.text.push(letter.ch),
                _ => stretches.push(Stretch { text: letter.ch.to_string(), class }),
            }
        }
        stretches
    }

    /// What the keys 1 to 9 choose: decisions of others (third key), what a typed file has, the rule's proposal, other
    /// readings; each once.
    #[must_use]
    pub fn choices(&self, others: &[&Decision], typed: Option<&TypedWord>, config: &extract::Config) -> Vec<Choice> {
        let (part, kind) = self.part();
        let register = self.checked.entry.register;
        let mut choices: Vec<Choice> = Vec::new();
        let mut add = |text: String, value: Value, origin| {
            let known = same_value(&value, &self.field.value) && origin != Origin::Person && text == self.reading();
            if !text.trim().is_empty() && !known && choices.iter().all(|choice| choice.text != text) {
                choices.push(Choice { text, value, origin });
            }
        };
        for decision in others {
            if let Some(value) = decision.act.value() {
                add(decision.to.clone(), value, Origin::Person);
            }
        }
        if let Some(word) = typed.filter(|word| word.keys == TypedKeys::Differ) {
            let value = extract::value_of_field_text(self.field.kind, &word.said, register, config);
            add(word.said.clone(), value, Origin::Typed);
        }
        if let Some(text) = &self.field.proposal {
            let value = extract::value_of_field_text(self.field.kind, text, register, config);
            add(text.clone(), value, Origin::Rule);
        }
        let alternatives = self.field.reading.as_ref().map(|r| r.alternatives.as_slice()).unwrap_or_default();
        for other in alternatives.iter().skip(1) {
            let value = value_of_slot_text(kind, part, &other.text, register, config);
            let text = if self.shares_slot() { value.text() } else { other.text.clone() };
            add(text, value, Origin::Reading);
        }
        choices.truncate(ALTERNATIVES);
        choices
    }

    /// Why a person has to look, in words.
    #[must_use]
    pub fn reasons(&self, language: Language) -> Vec<String> {
        let own = self.verdict.queued.iter();
        let confidence = self.field.confidence.get();
        let mut told: Vec<String> =
            own.filter_map(|reason| words::reason(reason, self.field.kind, confidence, language)).collect();
        let rules: Vec<&str> = self
            .verdict
            .queued
            .iter()
            .filter_map(|reason| match reason {
                Reason::Finding { rule } => Some(rule.as_str()),
                _ => None,
            })
            .collect();
        let against = |finding: &&crate::domain::Finding| {
            rules.contains(&finding.rule.as_str()) && finding.fields.contains(&self.field.key)
        };
        told.extend(self.checked.findings.iter().filter(against).map(|finding| finding.message.clone()));
        told
    }

    /// Where the slot lies on its sheet, and how large the sheet is.
    #[must_use]
    pub fn place(&self, facts: &PageFacts) -> Option<(Rect<PageSpace>, (u32, u32))> {
        let id = self.checked.entry.id;
        let sheet = facts.sheets.iter().find(|sheet| sheet.part == id.part)?;
        let mut own = sheet.slots.iter().filter(|slot| slot.ordinal == id.ordinal).peekable();
        if own.peek().is_none() {
            // an entry that a person found: it may stand anywhere on the sheet
            let whole = Rect::new(0.0, 0.0, sheet.size.0 as f32, sheet.size.1 as f32);
            return Some((whole, sheet.size));
        }
        Some((own.find(|slot| slot.key == self.field.slot)?.crop, sheet.size))
    }
}
