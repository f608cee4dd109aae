//! `findings.csv`: everything that looked wrong, whether or not it queued a field.

use super::table::Table;
use super::{ENTRY_COLUMNS, Judged};
use crate::domain::Severity;
use crate::store::{RunFolder, StoreError};

/// The list of findings.
#[derive(Debug)]
pub struct Findings(Table);

impl Findings {
    /// Starts it.
    pub fn create(folder: &RunFolder) -> Result<Self, StoreError> {
        let header: Vec<&str> = ENTRY_COLUMNS.into_iter().chain(["rule", "severity", "fields", "message"]).collect();
        Ok(Self(Table::create(&folder.file("findings.csv"), &header)?))
    }

    /// Adds the findings of an entry.
    pub fn add(&mut self, judged: &Judged<'_>) -> Result<(), StoreError> {
        for finding in &judged.checked.findings {
            let mut cells = judged.cells();
            let severity = match finding.severity {
                Severity::Note => "note",
                Severity::Warning => "warning",
                Severity::Conflict => "conflict",
            };
            cells.extend([
                finding.rule.clone(),
                severity.to_owned(),
                finding.fields.join(" "),
                finding.message.clone(),
            ]);
            self.0.row(&cells)?;
        }
        Ok(())
    }

    /// Puts it in its place.
    pub fn keep(self) -> Result<(), StoreError> {
        self.0.keep()
    }
}
