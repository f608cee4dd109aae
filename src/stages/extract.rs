//! `PageReading` → `DraftEntry`: slots become typed fields.

use serde::Deserialize;

use super::read::PageReading;
use crate::domain::DraftEntry;

/// Section `[extract]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// The entries of a page.
#[must_use]
pub fn extract(page: &PageReading, config: &Config) -> Vec<DraftEntry> {
    let _ = (page, config);
    Vec::new()
}
