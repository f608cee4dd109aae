//! Files for people and programs, derived from the store: they can be thrown away and made again.
//!
//! Nothing here depends on the time, on the number of workers or on the order of the files; times are in `timing.json`.

use serde::Deserialize;

use crate::domain::{BookId, CheckedEntry, Verdict};

pub mod aside;
pub mod columnar;
pub mod duplicates;
pub mod findings;
pub mod pictures;
pub mod queue;
pub mod records;
pub mod report;
pub mod table;
pub mod timing;
pub mod words;

/// Section `[outputs]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// JPEG quality of the cleaned pages, 1–100.
    pub page_quality: u8,
    /// JPEG quality of review pictures and thumbnails, 1–100.
    pub crop_quality: u8,
    /// What a review picture shows left and right of the slot, pixels.
    pub crop_beside: u32,
    /// What it shows above and below, pixels.
    pub crop_around: u32,
    /// Width of a thumbnail in the report, pixels.
    pub thumbnail_width: u32,
    /// Pages with thumbnails in the report.
    pub report_pages: usize,
    /// Remarks of the quality gate that ask for another scan.
    pub rescan_remarks: Vec<String>,
}

/// An entry with all that the outputs tell of it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// First path of its file.
    pub path: &'a str,
    /// Page in the file from 1.
    pub page: u32,
    /// Its book, as the names claim it.
    pub book: &'a BookId,
    /// The entry with all findings.
    pub checked: &'a CheckedEntry,
    /// Where its fields go.
    pub verdict: &'a Verdict,
    /// Numbers of the duplicate groups it is in, e.g. `D0003`.
    pub groups: &'a [String],
}

impl Judged<'_> {
    /// The columns that every table of entries begins with: [`ENTRY_COLUMNS`].
    #[must_use]
    pub fn cells(&self) -> Vec<String> {
        let entry = &self.checked.entry;
        vec![
            entry.id.to_string(),
            self.path.to_owned(),
            self.page.to_string(),
            entry.layout.clone(),
            entry.register.code().to_owned(),
            self.book.office.clone(),
            self.book.year.clone(),
            self.book.number.clone(),
        ]
    }
}

/// Which entry a row is about.
pub const ENTRY_COLUMNS: [&str; 8] = ["entry", "file", "page", "layout", "register", "office", "book_year", "book"];
