//! What goes to the national register: per book one workbook and one archive of PDFs, checked before they are handed over;
//! the importer's answer; what was typed earlier, compared with the reading; the acceptance report.
//!
//! ```text
//!  entry ─settled→ Values ─cells→ row ─checks→ Plan ─package→ workbook + archive ─answer→ imported, refused
//! ```
//! [`settled`] alone decides what is certain enough to leave the house.

use serde::Deserialize;

pub mod acceptance;
pub mod answer;
pub mod archive;
pub mod book;
pub mod cells;
pub mod checks;
pub mod columns;
pub mod compare;
pub mod package;
pub mod plan;
pub mod preflight;
pub mod scan_pdf;
pub mod second_key;
pub mod settled;

/// Section `[delivery]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whether a book leaves the house without the officer's word.
    pub confirmation: Confirmation,
    /// What the PDF of an A4 page should not exceed, bytes.
    pub page_bytes: usize,
    /// Resolutions to try, pixels an inch, best first; the last is the floor of legibility.
    pub dpi: Vec<f32>,
    /// JPEG qualities to try at each, best first, 1–100.
    pub quality: Vec<u8>,
}

/// Whether a book leaves the house without the officer's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmation {
    /// It does not.
    Required,
    /// It does: somebody else answers for it.
    NotAsked,
}
