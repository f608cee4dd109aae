//! `aside.csv`: files and pages that were not read, why, and what a person can do.

use super::table::Table;
use crate::domain::Aside;
use crate::store::{RunFolder, StoreError};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsideRow {
    /// The file.
    pub path: String,
    /// Page from 1; `None` for the whole file.
    pub page: Option<u32>,
    /// Stage, reason, cure.
    pub told: (String, String, String),
}

impl AsideRow {
    /// A line from its parts.
    #[must_use]
    pub fn new(path: &str, page: Option<u32>, aside: &Aside) -> Self {
        let told = (aside.stage.clone(), aside.reason.clone(), aside.cure.clone());
        Self { path: path.to_owned(), page, told }
    }
}

/// Writes the list; `rows` come sorted.
pub fn write(folder: &RunFolder, rows: &[AsideRow]) -> Result<(), StoreError> {
    let mut table = Table::create(&folder.file("aside.csv"), &["file", "page", "stage", "reason", "cure"])?;
    for row in rows {
        let page = row.page.map(|page| page.to_string()).unwrap_or_default();
        table.row(&[&row.path, &page, &row.told.0, &row.told.1, &row.told.2])?;
    }
    table.keep()
}
