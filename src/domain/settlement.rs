//! What counts after people: which of several decisions settles a field, and what is still open.

use std::collections::{BTreeMap, BTreeSet};

use super::text::same_text;
use super::{CheckedEntry, Confidence, Decision, Fate, Ink, SlotKind, Step, TypedWord, Value, Verdict};
use crate::domain::{Absence, Act, Reason};

/// How many people a field needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// One person settles it.
    One,
    /// Two who agree, or a third.
    Two,
}

/// Which kinds need a second key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyRules {
    /// These kinds need two people.
    pub two: BTreeSet<SlotKind>,
}

impl KeyRules {
    /// What a kind needs.
    #[must_use]
    pub fn of(&self, kind: SlotKind) -> Keys {
        if self.two.contains(&kind) { Keys::Two } else { Keys::One }
    }
}

/// Where a field stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// A person is needed, as this key.
    Open(Step),
    /// Waits for another scan.
    Rescan,
    /// Settled.
    Settled {
        /// What it is.
        value: Value,
        /// As written.
        as_written: String,
        /// By whom, in order.
        who: Vec<String>,
    },
}

/// Decisions that were not taken back, in order: an undo takes back the same person's last one, if that is the last.
#[must_use]
pub fn in_force<'a>(decisions: &[&'a Decision]) -> Vec<&'a Decision> {
    let mut kept: Vec<&Decision> = Vec::new();
    for decision in decisions.iter().copied() {
        match decision.act {
            Act::Undo => {
                kept.pop_if(|last| last.who == decision.who);
            }
            _ => kept.push(decision),
        }
    }
    kept
}

/// Of decisions in force, those that still play a part: a change in the entry view starts over.
#[must_use]
pub fn in_play<'a>(decisions: &[&'a Decision]) -> Vec<&'a Decision> {
    let mut kept = in_force(decisions);
    let from = kept.iter().rposition(|decision| decision.step == Step::Edit).unwrap_or(0);
    kept.drain(..from);
    kept
}

/// Where a field stands after its decisions, given in order of time.
#[must_use]
pub fn standing(decisions: &[&Decision], keys: Keys) -> Standing {
    let kept = in_play(decisions);
    // once two people were asked, what they said is not settled by one, whatever asked them: it may be gone by their word
    let asked_two = kept.iter().any(|decision| matches!(decision.step, Step::Second | Step::Third));
    let keys = if asked_two { Keys::Two } else { keys };
    if kept.last().is_some_and(|last| last.act == Act::Rescan) {
        return Standing::Rescan;
    }
    let given = keys_given(&kept);
    let settled = |by: &[&(&Decision, Value)], last: &(&Decision, Value)| Standing::Settled {
        value: last.1.clone(),
        as_written: last.0.to.clone(),
        who: by.iter().map(|(decision, _)| decision.who.clone()).collect(),
    };
    match (keys, given.as_slice()) {
        (_, []) => Standing::Open(Step::First),
        (Keys::One, [.., last]) => settled(&[last], last),
        (Keys::Two, [_]) => Standing::Open(Step::Second),
        (Keys::Two, [first, second]) if same_value(&first.1, &second.1) => settled(&[first, second], first),
        (Keys::Two, [_, _]) => Standing::Open(Step::Third),
        (Keys::Two, [first, second, .., last]) => settled(&[first, second, last], last),
    }
}

/// The decisions that give a value, one a person.
fn keys_given<'a>(kept: &[&'a Decision]) -> Vec<(&'a Decision, Value)> {
    let mut given: Vec<(&Decision, Value)> = Vec::new();
    for decision in kept {
        let Some(value) = decision.act.value() else { continue };
        // the same person twice is one key, the later
        given.retain(|(earlier, _)| earlier.who != decision.who);
        given.push((decision, value));
    }
    given
}

/// Whether a person may still decide a field: nobody is two keys, and who was unsure leaves it to others.
#[must_use]
pub fn may_decide(decisions: &[&Decision], who: &str) -> bool {
    in_play(decisions).iter().all(|decision| decision.who != who)
}

/// Same kind of nothing, or the same text but for case, spaces, punctuation and the place of tone marks.
#[must_use]
pub fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Nothing { absence: a }, Value::Nothing { absence: b }) => a == b,
        (Value::Nothing { .. }, _) | (_, Value::Nothing { .. }) => false,
        (a, b) => same_text(&a.text(), &b.text()),
    }
}

/// Who answers for a field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The machine, accepted by triage.
    Machine,
    /// These people.
    People(Vec<String>),
    /// Nobody yet.
    Nobody,
}

/// Fields that something speaks against which people brought up, with the rules.
pub type Raised = BTreeMap<String, Vec<String>>;

/// An entry with what people decided put in the place of what the machine read.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledEntry {
    /// With the settled values.
    pub checked: CheckedEntry,
    /// Settled fields are no longer queued; a record, if that was all that was missing.
    pub verdict: Verdict,
    /// One a field, in order.
    pub sources: Vec<Source>,
    /// What a person said of the whole entry.
    pub fate: Fate,
    /// What people brought up, settled or not.
    pub raised: Raised,
    /// Whether other entries go on with it.
    pub has_parts: bool,
    /// What a typed file says of fields that nobody settled, by key; it settles nothing.
    pub typed: BTreeMap<String, TypedWord>,
}

impl SettledEntry {
    /// A record, if every required field is certain and something is written at all.
    pub fn count_record(&mut self) {
        let fields = || self.checked.entry.fields.iter().zip(&self.verdict.fields);
        let complete = fields().all(|(field, to)| !field.required || to.queued.is_empty());
        self.verdict.is_record = complete && fields().any(|(field, _)| field.ink.is_writing());
    }

    /// What a person said of the whole entry goes before what its fields are.
    #[must_use]
    pub fn under(mut self, fate: Fate) -> Self {
        match fate {
            Fate::Kept => {}
            Fate::Rescan | Fate::Reread => self.verdict.is_record = false,
            // its blank slots are those of the entry that it goes on with
            Fate::PartOf { .. } => {
                self.verdict.is_record = false;
                let fields = self.verdict.fields.iter_mut().zip(&self.checked.entry.fields);
                fields.filter(|(_, field)| field.ink == Ink::Blank).for_each(|(to, _)| to.queued.clear());
            }
            Fate::Duplicate { .. } | Fate::Void => {
                self.verdict.is_record = false;
                self.verdict.fields.iter_mut().for_each(|field| field.queued.clear());
            }
        }
        self.fate = fate;
        self
    }
}

/// Puts the decisions on one entry in place; `decisions` in order of time. What is raised needs two people.
#[must_use]
pub fn settle(
    checked: CheckedEntry,
    verdict: Verdict,
    decisions: &[Decision],
    rules: &KeyRules,
    raised: &Raised,
) -> SettledEntry {
    let (mut checked, mut verdict, mut sources) = (checked, verdict, Vec::new());
    for (field, to) in checked.entry.fields.iter_mut().zip(&mut verdict.fields) {
        let own: Vec<&Decision> = decisions.iter().filter(|decision| decision.key == field.key).collect();
        let against = raised.get(&field.key).map(Vec::as_slice).unwrap_or_default();
        let keys = match (against.is_empty(), to.queued.is_empty()) {
            (false, _) => Keys::Two,
            (true, false) => rules.of(field.kind),
            // what the machine had accepted needs one person to be changed
            (true, true) => Keys::One,
        };
        to.queued.extend(against.iter().map(|rule| Reason::Finding { rule: rule.clone() }));
        match standing(&own, keys) {
            Standing::Settled { value, as_written, who } => {
                field.ink = ink_of(&value);
                field.value = value;
                field.as_written = as_written;
                field.confidence = Confidence::FULL;
                to.queued.clear();
                sources.push(Source::People(who));
            }
            _ if to.queued.is_empty() => sources.push(Source::Machine),
            Standing::Open(_) | Standing::Rescan => sources.push(Source::Nobody),
        }
    }
    let (raised, typed) = (raised.clone(), BTreeMap::new());
    let mut after = SettledEntry { checked, verdict, sources, fate: Fate::Kept, raised, has_parts: false, typed };
    after.count_record();
    after
}

fn ink_of(value: &Value) -> Ink {
    match value {
        Value::Nothing { absence: Absence::Blank } => Ink::Blank,
        Value::Nothing { absence: Absence::Illegible } => Ink::Illegible,
        Value::Nothing { absence: Absence::StruckOut } => Ink::StruckOut,
        Value::Nothing { absence: Absence::StatedUnknown }
        | Value::Text { .. }
        | Value::Date { .. }
        | Value::Place { .. }
        | Value::Time { .. }
        | Value::Listed { .. }
        | Value::Number { .. }
        | Value::Unparsed { .. } => Ink::Written,
    }
}

#[cfg(test)]
mod tests;
