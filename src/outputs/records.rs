//! `records.csv`, `records.parquet` and `records.jsonl`: the entries that need no person.

use std::io::Write;

use serde::Serialize;

use super::columnar::Columnar;
use super::table::Table;
use super::{ENTRY_COLUMNS, Judged};
use crate::domain::{Confidence, Field, Finding, Ink, Polygon, Reason, ScanSpace, SlotKind, Value, VerdictedField};
use crate::store::folder::WholeFile;
use crate::store::{RunFolder, StoreError};

/// Raised with every change that breaks a reader of `records.jsonl`; `schemas/records.schema.json` describes it.
pub const SCHEMA_VERSION: u32 = 1;

/// The files of records.
#[derive(Debug)]
pub struct Records {
    keys: Vec<String>,
    table: Table,
    columns: Columnar,
    lines: WholeFile,
}

impl Records {
    /// Starts them; `keys` are the import keys of all layouts, so that columns do not depend on the data.
    pub fn create(folder: &RunFolder, keys: Vec<String>) -> Result<Self, StoreError> {
        let own = ["duplicates", "queued_fields"];
        let header: Vec<&str> = ENTRY_COLUMNS.into_iter().chain(own).chain(keys.iter().map(String::as_str)).collect();
        let table = Table::create(&folder.file("records.csv"), &header)?;
        let columns = Columnar::create(&folder.file("records.parquet"), &header)?;
        Ok(Self { table, columns, lines: WholeFile::create(&folder.file("records.jsonl"))?, keys })
    }

    /// Adds an entry that is a record.
    pub fn add(&mut self, judged: &Judged<'_>) -> Result<(), StoreError> {
        let mut cells = judged.cells();
        let pairs = || judged.checked.entry.fields.iter().zip(&judged.verdict.fields);
        let queued: Vec<&str> = pairs().filter(|(_, v)| !v.queued.is_empty()).map(|(f, _)| f.key.as_str()).collect();
        cells.push(judged.groups.join(" "));
        cells.push(queued.join(" "));
        for key in &self.keys {
            // what waits for a person is not given out as validated
            let accepted = pairs().find(|(field, verdict)| field.key == *key && verdict.queued.is_empty());
            cells.push(accepted.map(|(field, _)| field.value.text()).unwrap_or_default());
        }
        self.table.row(&cells)?;
        self.columns.row(cells)?;
        write_line(&mut self.lines, &Line::of(judged))
    }

    /// Puts them in their places.
    pub fn keep(self) -> Result<(), StoreError> {
        self.table.keep()?;
        self.columns.keep()?;
        self.lines.keep()
    }
}

/// One JSON value a line.
pub(super) fn write_line(out: &mut WholeFile, line: &impl Serialize) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n").map_err(|source| StoreError::Io { path: "jsonl".into(), source })
}

#[derive(Serialize)]
struct Line<'a> {
    schema_version: u32,
    entry: String,
    scan: Scan<'a>,
    layout: &'a str,
    book: &'a crate::domain::BookId,
    fields: Vec<FieldLine<'a>>,
    findings: &'a [Finding],
    duplicates: &'a [String],
}

#[derive(Serialize)]
struct Scan<'a> {
    file: &'a str,
    sha256: String,
    page: u32,
    part: u8,
    ordinal: u8,
}

#[derive(Serialize)]
struct FieldLine<'a> {
    key: &'a str,
    kind: SlotKind,
    required: bool,
    status: &'static str,
    reasons: &'a [Reason],
    ink: Ink,
    as_written: &'a str,
    value: &'a Value,
    text: String,
    confidence: Confidence,
    proposal: Option<&'a str>,
    reader: Option<&'a str>,
    alternatives: Vec<AlternativeLine<'a>>,
    place: &'a [Polygon<ScanSpace>],
}

#[derive(Serialize)]
struct AlternativeLine<'a> {
    text: &'a str,
    posterior: Confidence,
}

impl<'a> Line<'a> {
    fn of(judged: &Judged<'a>) -> Self {
        let entry = &judged.checked.entry;
        Self {
            schema_version: SCHEMA_VERSION,
            entry: entry.id.to_string(),
            scan: Scan {
                file: judged.path,
                sha256: entry.id.page.file.to_string(),
                page: judged.page,
                part: entry.id.part,
                ordinal: entry.id.ordinal,
            },
            layout: &entry.layout,
            book: judged.book,
            fields: entry.fields.iter().zip(&judged.verdict.fields).map(FieldLine::of).collect(),
            findings: &judged.checked.findings,
            duplicates: judged.groups,
        }
    }
}

impl<'a> FieldLine<'a> {
    fn of((field, verdict): (&'a Field, &'a VerdictedField)) -> Self {
        let reading = field.reading.as_ref();
        let alternatives = reading.map(|reading| reading.alternatives.as_slice()).unwrap_or_default();
        Self {
            key: &field.key,
            kind: field.kind,
            required: field.required,
            status: if verdict.queued.is_empty() { "accepted" } else { "queued" },
            reasons: &verdict.queued,
            ink: field.ink,
            as_written: &field.as_written,
            value: &field.value,
            text: field.value.text(),
            confidence: field.confidence,
            proposal: field.proposal.as_deref(),
            reader: reading.map(|reading| reading.reader.as_str()),
            alternatives: alternatives
                .iter()
                .map(|other| AlternativeLine { text: &other.text, posterior: other.posterior })
                .collect(),
            place: &field.place,
        }
    }
}
