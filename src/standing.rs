//! Where an entry stands: what the machine read, what people decided, what looks wrong after both, and whom that asks.

mod joined;
mod typed;

pub use joined::{DIFFER, WAITS, is_blank};
use typed::TYPED_DIFFERS;
pub use typed::typed_differs;

use crate::config::Config;
use crate::domain::settlement::{Raised, SettledEntry, Source, settle};
use crate::domain::{CheckedEntry, Decision, Fate, Finding};
use crate::stages::triage::{triage, weighs};
use crate::stages::validate;
use crate::store::{Store, StoreError};

/// An entry with what people decided in the place of what the machine read, with the entries that go on with it, and
/// the findings of these values.
///
/// What the machine's reading queued stays queued until people decide it. What people brought up (a finding that a
/// decision made, two parts that contradict each other) is asked as well, and what a typed file says otherwise.
pub fn standing(store: &Store, checked: CheckedEntry, config: &Config) -> Result<SettledEntry, StoreError> {
    let id = checked.entry.id;
    let mut after = alone(store, checked, config)?;
    if matches!(after.fate, Fate::PartOf { .. }) {
        return Ok(after);
    }
    let parts = store.parts_of(id)?;
    for part in &parts {
        if let Some(stored) = store.entry(*part)? {
            let part = alone(store, stored.checked, config)?;
            joined::join(&mut after, &part);
            // what its other part says is not known before that is read again
            if part.fate == Fate::Reread && after.fate.is_asked() {
                after = after.under(Fate::Reread);
            }
        }
    }
    if !parts.is_empty() {
        after.has_parts = true;
        after.checked = validate::again(after.checked, &config.validate);
        joined::note(&mut after);
        typed::note(&mut after);
    }
    Ok(after)
}

/// The same without the entries that go on with it: what is written in its own slots.
pub fn alone(store: &Store, checked: CheckedEntry, config: &Config) -> Result<SettledEntry, StoreError> {
    let (decisions, fate) = store.said_of(&checked.entry)?;
    let words = store.typed_words(checked.entry.id)?;
    let read = if words.is_empty() { None } else { Some(checked.clone()) };
    let mut after = by_people(checked, &decisions, config);
    if let Some(read) = read {
        typed::doubt(&mut after, &read, words);
    }
    after = after.under(fate);
    typed::note(&mut after);
    Ok(after)
}

/// What people decided in the place of what the machine read, and what their decisions brought up.
fn by_people(checked: CheckedEntry, decisions: &[Decision], config: &Config) -> SettledEntry {
    let verdict = triage(&checked, &config.triage);
    let rules = config.review.key_rules();
    let first = settle(checked.clone(), verdict.clone(), decisions, &rules, &Raised::new());
    if !first.sources.iter().any(|source| matches!(source, Source::People(_))) {
        return first;
    }
    let again = |checked: &CheckedEntry| validate::again(checked.clone(), &config.validate).findings;
    let findings = again(&first.checked);
    let mut raised = raised_by(&checked.findings, &findings);
    if !raised.is_empty() {
        // by the rules of today on both sides: what another version of the rules finds is nobody's making
        raised = raised_by(&again(&checked), &findings);
    }
    // the findings are about the values as people left them, asked again or not: else asking would take them away
    let mut after = if raised.is_empty() { first } else { settle(checked, verdict, decisions, &rules, &raised) };
    after.checked.findings = findings;
    after
}

/// What was not found when the page was read: people brought it up. What a typed file says is nobody's change.
#[must_use]
pub fn brought_up<'a>(read: &[Finding], now: &'a [Finding]) -> Vec<&'a Finding> {
    let known = |finding: &Finding| read.iter().any(|old| old.rule == finding.rule && old.fields == finding.fields);
    now.iter().filter(|finding| !known(finding) && finding.rule != TYPED_DIFFERS).collect()
}

/// The fields that findings of people's making speak against, with their rules; those that would have queued a reading.
fn raised_by(read: &[Finding], now: &[Finding]) -> Raised {
    let mut raised = Raised::new();
    for finding in brought_up(read, now).into_iter().filter(|finding| weighs(finding)) {
        for key in &finding.fields {
            raised.entry(key.clone()).or_default().push(finding.rule.clone());
        }
    }
    raised
}
