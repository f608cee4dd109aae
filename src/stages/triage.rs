//! `CheckedEntry` → `Verdict`: each field accepted or queued, with the reason.

use serde::Deserialize;

use crate::domain::{
    Absence, CheckedEntry, Confidence, Field, Finding, Ink, Reason, Severity, SlotKind, Value, Verdict, VerdictedField,
};

/// Section `[triage]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The probability that a field of a kind needs to be accepted without a person.
    pub threshold: Thresholds,
}

/// One threshold a kind; every kind has to be named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "one a kind, documented at the kinds")]
pub struct Thresholds {
    pub page_number: f32,
    pub register_number: f32,
    pub person_name: f32,
    pub sex: f32,
    pub date: f32,
    pub date_words: f32,
    pub time_of_death: f32,
    pub ethnic_group: f32,
    pub country: f32,
    pub place: f32,
    pub id_number: f32,
    pub relation: f32,
    pub signer: f32,
    pub marital_status: f32,
    pub purpose: f32,
    pub cause_of_death: f32,
    pub death_notice: f32,
    pub decision_number: f32,
    pub register_type: f32,
    pub ordinal: f32,
    pub margin_note: f32,
    pub free_text: f32,
}

impl Thresholds {
    /// What a kind needs; a signature is a picture and needs nothing.
    #[must_use]
    pub fn of(&self, kind: SlotKind) -> Confidence {
        Confidence::new(match kind {
            SlotKind::PageNumber => self.page_number,
            SlotKind::RegisterNumber => self.register_number,
            SlotKind::PersonName => self.person_name,
            SlotKind::Sex => self.sex,
            SlotKind::Date => self.date,
            SlotKind::DateWords => self.date_words,
            SlotKind::TimeOfDeath => self.time_of_death,
            SlotKind::EthnicGroup => self.ethnic_group,
            SlotKind::Country => self.country,
            SlotKind::Place => self.place,
            SlotKind::IdNumber => self.id_number,
            SlotKind::Relation => self.relation,
            SlotKind::Signer => self.signer,
            SlotKind::Signature => 0.0,
            SlotKind::MaritalStatus => self.marital_status,
            SlotKind::Purpose => self.purpose,
            SlotKind::CauseOfDeath => self.cause_of_death,
            SlotKind::DeathNotice => self.death_notice,
            SlotKind::DecisionNumber => self.decision_number,
            SlotKind::RegisterType => self.register_type,
            SlotKind::Ordinal => self.ordinal,
            SlotKind::MarginNote => self.margin_note,
            SlotKind::FreeText => self.free_text,
        })
    }
}

/// Decides every field of an entry. A record needs every required field accepted and something written at all.
#[must_use]
pub fn triage(entry: &CheckedEntry, config: &Config) -> Verdict {
    let judge =
        |field: &Field| VerdictedField { key: field.key.clone(), queued: reasons(field, &entry.findings, config) };
    let fields: Vec<_> = entry.entry.fields.iter().map(judge).collect();
    let complete =
        entry.entry.fields.iter().zip(&fields).all(|(field, verdict)| !field.required || verdict.queued.is_empty());
    let written = entry.entry.fields.iter().any(|field| field.ink.is_writing());
    Verdict { fields, is_record: complete && written }
}

/// Whether a finding sends the fields that it names to a person.
#[must_use]
pub fn weighs(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning
}

fn reasons(field: &Field, findings: &[Finding], config: &Config) -> Vec<Reason> {
    let mut reasons: Vec<_> = own_reason(field, config.threshold.of(field.kind)).into_iter().collect();
    let against = findings.iter().filter(|f| weighs(f) && f.fields.contains(&field.key));
    for finding in against {
        let reason = Reason::Finding { rule: finding.rule.clone() };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// What speaks against a field by itself; the first that holds is the one that helps the reviewer.
fn own_reason(field: &Field, threshold: Confidence) -> Option<Reason> {
    match field.ink {
        Ink::StruckOut => return Some(Reason::StruckOut),
        Ink::Illegible => return Some(Reason::Illegible),
        Ink::Blank => return field.required.then_some(Reason::RequiredBlank),
        ink if ink.is_writing() && field.kind == SlotKind::Signature => return None,
        // whether the stroke goes through the word or under it, and what then stands, is for a person to say
        Ink::Corrected => return Some(Reason::Corrected),
        // a name without its last word is as sure as any other
        Ink::RunsOver => return Some(Reason::RunsOver),
        Ink::Written => {}
    }
    let unsure = (field.confidence < threshold).then_some(Reason::LowConfidence { threshold });
    match &field.value {
        Value::Unparsed { .. } => Some(Reason::NotInForm),
        Value::Nothing { absence: Absence::Illegible } => Some(Reason::Illegible),
        Value::Nothing { absence: Absence::StruckOut } => Some(Reason::StruckOut),
        Value::Nothing { absence: Absence::Blank } if field.required => Some(Reason::RequiredBlank),
        // a slot that feeds several fields need not hold all of them, but where a part is usual, its lack may be a misreading
        Value::Nothing { absence: Absence::Blank } => unsure.filter(|_| part_is_usual(field.kind)),
        Value::Nothing { absence: Absence::StatedUnknown }
        | Value::Text { .. }
        | Value::Place { .. }
        | Value::Date { .. }
        | Value::Time { .. }
        | Value::Listed { .. }
        | Value::Number { .. } => unsure,
    }
}

/// Whether the slots of a kind mostly hold all of their parts: a signer has a title, an ID number seldom its issuer.
fn part_is_usual(kind: SlotKind) -> bool {
    matches!(kind, SlotKind::Signer | SlotKind::TimeOfDeath | SlotKind::DeathNotice | SlotKind::RegisterType)
}

#[cfg(test)]
mod tests;
