//! `review/queue.csv` and `review/queue.jsonl`: every queued field with its picture, reason and what was read.

use serde::Serialize;

use super::records::write_line;
use super::table::Table;
use super::{ENTRY_COLUMNS, Judged};
use crate::domain::{Field, Reason, VerdictedField};
use crate::store::folder::WholeFile;
use crate::store::{RunFolder, StoreError};

const COLUMNS: [&str; 11] = [
    "key",
    "kind",
    "required",
    "reasons",
    "as_written",
    "value",
    "confidence",
    "threshold",
    "proposal",
    "alternatives",
    "crop",
];

/// The two files of the queue.
#[derive(Debug)]
pub struct Queue {
    table: Table,
    lines: WholeFile,
}

impl Queue {
    /// Starts them.
    pub fn create(folder: &RunFolder) -> Result<Self, StoreError> {
        let header: Vec<&str> = ENTRY_COLUMNS.into_iter().chain(COLUMNS).chain(["messages"]).collect();
        let table = Table::create(&folder.file("review/queue.csv"), &header)?;
        Ok(Self { table, lines: WholeFile::create(&folder.file("review/queue.jsonl"))? })
    }

    /// Adds the queued fields of an entry: required ones first, the least sure first.
    pub fn add(&mut self, judged: &Judged<'_>, crop_of: impl Fn(&Field) -> String) -> Result<(), StoreError> {
        let mut queued = queued(judged);
        queued.sort_by(|(a, _), (b, _)| {
            b.required.cmp(&a.required).then(a.confidence.get().total_cmp(&b.confidence.get()))
        });
        for (field, verdict) in queued {
            let row = Row::of(judged, field, verdict, crop_of(field));
            self.table.row(&row.cells(judged))?;
            write_line(&mut self.lines, &row)?;
        }
        Ok(())
    }

    /// Puts both in their places.
    pub fn keep(self) -> Result<(), StoreError> {
        self.table.keep()?;
        self.lines.keep()
    }
}

/// The queued fields of an entry, in the layout's order.
#[must_use]
pub fn queued<'a>(judged: &Judged<'a>) -> Vec<(&'a Field, &'a VerdictedField)> {
    let pairs = judged.checked.entry.fields.iter().zip(&judged.verdict.fields);
    pairs.filter(|(_, verdict)| !verdict.queued.is_empty()).collect()
}

#[derive(Serialize)]
struct Row<'a> {
    schema_version: u32,
    entry: String,
    file: &'a str,
    page: u32,
    layout: &'a str,
    key: &'a str,
    kind: crate::domain::SlotKind,
    required: bool,
    reasons: &'a [Reason],
    as_written: &'a str,
    value: String,
    confidence: f32,
    threshold: Option<f32>,
    proposal: Option<&'a str>,
    alternatives: Vec<&'a str>,
    crop: String,
    messages: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn of(judged: &Judged<'a>, field: &'a Field, verdict: &'a VerdictedField, crop: String) -> Self {
        let about = judged.checked.findings.iter().filter(|finding| finding.fields.contains(&field.key));
        let alternatives = field.reading.as_ref().map(|reading| reading.alternatives.as_slice()).unwrap_or_default();
        let threshold = verdict.queued.iter().find_map(|reason| match reason {
            Reason::LowConfidence { threshold } => Some(threshold.get()),
            _ => None,
        });
        Self {
            schema_version: super::records::SCHEMA_VERSION,
            entry: judged.checked.entry.id.to_string(),
            file: judged.path,
            page: judged.page,
            layout: &judged.checked.entry.layout,
            key: &field.key,
            kind: field.kind,
            required: field.required,
            reasons: &verdict.queued,
            as_written: &field.as_written,
            value: field.value.text(),
            confidence: field.confidence.get(),
            threshold,
            proposal: field.proposal.as_deref(),
            // the first is what was chosen
            alternatives: alternatives.iter().skip(1).map(|other| other.text.as_str()).collect(),
            crop,
            messages: about.map(|finding| finding.message.as_str()).collect(),
        }
    }

    fn cells(&self, judged: &Judged<'_>) -> Vec<String> {
        let mut cells = judged.cells();
        let reasons: Vec<String> = self.reasons.iter().map(reason_id).collect();
        cells.extend([
            self.key.to_owned(),
            kind_id(self.kind),
            if self.required { "yes" } else { "no" }.to_owned(),
            reasons.join(" "),
            self.as_written.to_owned(),
            self.value.clone(),
            format!("{:.3}", self.confidence),
            self.threshold.map(|needed| format!("{needed:.3}")).unwrap_or_default(),
            self.proposal.unwrap_or_default().to_owned(),
            self.alternatives.join(" | "),
            self.crop.clone(),
            self.messages.join(" "),
        ]);
        cells
    }
}

/// A reason as one word.
#[must_use]
pub fn reason_id(reason: &Reason) -> String {
    match reason {
        Reason::LowConfidence { .. } => "low-confidence".to_owned(),
        Reason::RequiredBlank => "required-blank".to_owned(),
        Reason::Illegible => "illegible".to_owned(),
        Reason::Corrected => "corrected".to_owned(),
        Reason::RunsOver => "runs-over".to_owned(),
        Reason::StruckOut => "struck-out".to_owned(),
        Reason::NotInForm => "not-in-form".to_owned(),
        Reason::Finding { rule } => format!("rule:{rule}"),
    }
}

/// A kind as the files write it.
#[must_use]
pub fn kind_id(kind: crate::domain::SlotKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
