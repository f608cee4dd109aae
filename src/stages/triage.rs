//! `CheckedEntry` → `Verdict`: each field accepted or queued, with the reason.

use serde::Deserialize;

use crate::domain::{CheckedEntry, Verdict};

/// Section `[triage]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}

/// Decides every field of an entry.
#[must_use]
pub fn triage(entry: &CheckedEntry, config: &Config) -> Verdict {
    let _ = (entry, config);
    Verdict { fields: Vec::new(), is_record: false }
}
