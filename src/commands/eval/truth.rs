//! truth.jsonl: what stands on each page.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// One page; keys that evaluation does not need are passed over.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct TruthPage {
    pub(super) file: String,
    pub(super) page: u32,
    pub(super) layout: String,
    pub(super) entries: Vec<TruthEntry>,
}

/// Import key → what stands there, in the file's order.
pub(super) type TruthEntry = serde_json::Map<String, serde_json::Value>;

/// One field.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct TruthField {
    pub(super) written: String,
    pub(super) value: Option<String>,
    pub(super) state: State,
    pub(super) medium: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    Written,
    Blank,
    Unknown,
    Illegible,
    Struck,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum TruthError {
    #[error("cannot read {0}: {1}\nhint: give the truth.jsonl that lies beside the scans")]
    Unreadable(PathBuf, std::io::Error),
    #[error("{0}, line {1}: {2}\nhint: samples/README.md describes the lines")]
    Wrong(PathBuf, usize, serde_json::Error),
}

/// All pages.
pub(super) fn read(path: &Path) -> Result<Vec<TruthPage>, TruthError> {
    let text = std::fs::read_to_string(path).map_err(|error| TruthError::Unreadable(path.to_owned(), error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| serde_json::from_str(line).map_err(|error| TruthError::Wrong(path.to_owned(), at + 1, error)))
        .collect()
}
