//! Counting what is right; knows nothing of files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::truth::{State, TruthEntry, TruthField};
use crate::domain::{Absence, CheckedEntry, Field, Ink, Value, Verdict, text};
use crate::lists;
use crate::outputs::queue::kind_id;

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    RightLayout,
    OtherLayout,
    Aside,
    NotInRun,
}

/// Pages of one layout.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Pages {
    pub(super) all: usize,
    pub(super) right_layout: usize,
    pub(super) other_layout: usize,
    pub(super) aside: usize,
    pub(super) not_in_run: usize,
}

/// Written fields of one group.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Score {
    /// Fields with writing on pages with the right layout.
    pub(super) fields: usize,
    /// Text as written right to the letter.
    pub(super) exact: usize,
    /// Normalised value right (case and place of the tone mark aside).
    pub(super) value: usize,
    /// Letters wrong, missing or too many.
    pub(super) edits: usize,
    /// Letters that stand there.
    pub(super) letters: usize,
    /// Accepted without a person.
    pub(super) accepted: usize,
    /// Of these, with a wrong value.
    pub(super) accepted_wrong: usize,
}

/// All counts.
#[derive(Debug, Default, Serialize)]
pub(super) struct Scores {
    /// By layout.
    pub(super) pages: BTreeMap<String, Pages>,
    /// `all`, `hand`, `print`, `stamp`.
    pub(super) media: BTreeMap<String, Score>,
    /// By kind and medium.
    pub(super) kinds: BTreeMap<String, Score>,
    /// By layout.
    pub(super) layouts: BTreeMap<String, Score>,
    /// What stands there → what was seen → how often.
    pub(super) ink: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    /// Entries of the truth on pages with the right layout.
    pub(super) entries: usize,
    /// Those that became records.
    pub(super) records: usize,
    /// Records with at least one accepted field wrong.
    pub(super) records_wrong: usize,
}

impl Scores {
    pub(super) fn page(&mut self, layout: &str, outcome: Outcome) {
        let pages = self.pages.entry(layout.to_owned()).or_default();
        pages.all += 1;
        match outcome {
            Outcome::RightLayout => pages.right_layout += 1,
            Outcome::OtherLayout => pages.other_layout += 1,
            Outcome::Aside => pages.aside += 1,
            Outcome::NotInRun => pages.not_in_run += 1,
        }
    }

    /// Compares one entry; `found` is `None` where the run has no such entry.
    pub(super) fn entry(&mut self, layout: &str, truth: &TruthEntry, found: Option<(&CheckedEntry, &Verdict)>) {
        self.entries += 1;
        let mut wrong = false;
        for (key, value) in truth {
            let Ok(truth) = serde_json::from_value::<TruthField>(value.clone()) else { continue };
            if truth.state == State::Illegible {
                continue;
            }
            let field = match found {
                None => None,
                Some((entry, verdict)) => match entry.entry.fields.iter().position(|field| field.key == *key) {
                    Some(at) => Some(Found::of(&entry.entry.fields, at, verdict.fields[at].queued.is_empty())),
                    // the form has a line for it, the import no column: such slots feed no field
                    None => continue,
                },
            };
            *self
                .ink
                .entry(state_name(truth.state))
                .or_default()
                .entry(seen(field.as_ref().map(|f| f.field)))
                .or_default() += 1;
            wrong |= self.field(layout, &truth, field.as_ref());
        }
        let is_record = found.is_some_and(|(_, verdict)| verdict.is_record);
        self.records += usize::from(is_record);
        self.records_wrong += usize::from(is_record && wrong);
    }

    /// Returns whether the field was accepted with a wrong value.
    fn field(&mut self, layout: &str, truth: &TruthField, found: Option<&Found<'_>>) -> bool {
        let accepted = found.is_some_and(|found| found.accepted);
        let right = found.is_some_and(|found| value_is_right(truth, found.field));
        if matches!(truth.state, State::Written | State::Unknown) {
            let medium = match truth.medium.as_deref() {
                Some(other @ ("print" | "stamp")) => other,
                _ => "hand",
            };
            let kind = found.map_or_else(|| "not found".to_owned(), |found| kind_id(found.field.kind));
            let one = Score::one(truth, found.map(|found| found.written.as_str()), accepted, right);
            for group in ["all", medium] {
                self.media.entry(group.to_owned()).or_default().add(&one);
            }
            self.kinds.entry(format!("{kind} ({medium})")).or_default().add(&one);
            self.layouts.entry(layout.to_owned()).or_default().add(&one);
        }
        accepted && !right
    }
}

/// A field of the run that the truth knows.
struct Found<'a> {
    field: &'a Field,
    /// Its own part of what stands in the slot.
    written: String,
    accepted: bool,
}

impl<'a> Found<'a> {
    fn of(fields: &'a [Field], at: usize, accepted: bool) -> Self {
        let field = &fields[at];
        // a composite slot has the text of its other fields too
        let shared = fields.iter().filter(|other| other.slot == field.slot).count() > 1;
        let written = if shared { field.value.text() } else { field.as_written.clone() };
        Self { field, written, accepted }
    }
}

impl Score {
    fn one(truth: &TruthField, written: Option<&str>, accepted: bool, right: bool) -> Self {
        let read = text::normalise(written.unwrap_or_default());
        let there = text::normalise(&truth.written);
        Self {
            fields: 1,
            exact: usize::from(read == there),
            value: usize::from(right),
            edits: strsim::levenshtein(&read, &there),
            letters: there.chars().count(),
            accepted: usize::from(accepted),
            accepted_wrong: usize::from(accepted && !right),
        }
    }

    fn add(&mut self, other: &Self) {
        self.fields += other.fields;
        self.exact += other.exact;
        self.value += other.value;
        self.edits += other.edits;
        self.letters += other.letters;
        self.accepted += other.accepted;
        self.accepted_wrong += other.accepted_wrong;
    }
}

fn value_is_right(truth: &TruthField, field: &Field) -> bool {
    match truth.state {
        State::Blank => matches!(field.value, Value::Nothing { absence: Absence::Blank }),
        State::Struck => matches!(field.value, Value::Nothing { absence: Absence::StruckOut }),
        State::Unknown => matches!(field.value, Value::Nothing { absence: Absence::StatedUnknown }),
        State::Illegible => matches!(field.value, Value::Nothing { absence: Absence::Illegible }),
        State::Written => {
            let meant = truth.value.as_deref().unwrap_or(&truth.written);
            same_value(meant, &field.value.text()) || same_member(field, meant)
        }
    }
}

/// Two spellings of one member of a closed list mean the same.
fn same_member(field: &Field, meant: &str) -> bool {
    let Some(list) = lists::of_kind(field.kind) else { return false };
    let member = |text: &str| list.lookup(text).member().map(|m| m.text);
    member(meant).is_some_and(|meant| member(&field.value.text()) == Some(meant))
}

/// Numbers by their number, all else by its letters, case and place of the tone mark aside.
fn same_value(truth: &str, read: &str) -> bool {
    match (truth.parse::<u64>(), read.parse::<u64>()) {
        // leading zeros tell ID numbers apart, register numbers not: those are short
        (Ok(a), Ok(b)) if truth.len() < 6 && read.len() < 6 => a == b,
        _ => text::same_text(truth, read),
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Written => "written",
        State::Blank => "blank",
        State::Unknown => "unknown",
        State::Illegible => "illegible",
        State::Struck => "struck",
    }
}

fn seen(field: Option<&Field>) -> &'static str {
    let Some(field) = field else { return "no field" };
    match (field.ink, &field.value) {
        (Ink::Blank, _)
        | (Ink::Written | Ink::Corrected | Ink::RunsOver, Value::Nothing { absence: Absence::Blank }) => "blank",
        (Ink::StruckOut, _) | (_, Value::Nothing { absence: Absence::StruckOut }) => "struck",
        (Ink::Illegible, _) | (_, Value::Nothing { absence: Absence::Illegible }) => "illegible",
        (_, Value::Nothing { absence: Absence::StatedUnknown }) => "unknown",
        (Ink::Written | Ink::Corrected | Ink::RunsOver, _) => "written",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_number_is_right_with_or_without_its_zero_and_an_id_number_is_not() {
        assert!(same_value("7", "07"));
        assert!(!same_value("320123456", "0320123456"));
        assert!(same_value("Trần Văn Hòa", "TRẦN VĂN HOÀ"));
        assert!(!same_value("Trần Văn Hòa", "Trần Văn Hoa"));
    }

    #[test]
    fn a_field_that_is_not_found_counts_all_its_letters_as_wrong() {
        let truth = TruthField { written: "Kinh".to_owned(), value: None, state: State::Written, medium: None };
        let mut scores = Scores::default();
        assert!(!scores.field("ks-2006", &truth, None), "what is not there is not accepted");
        let all = &scores.media["all"];
        assert_eq!((all.fields, all.edits, all.letters, all.value), (1, 4, 4, 0));
    }
}
