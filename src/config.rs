//! Puts the sections of `pipeline.toml` together.

use serde::Deserialize;

use crate::stages::{align, cleanup, cut, dedupe, extract, intake, read, triage, validate};

/// All of `pipeline.toml`; no stage sees more than its own section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Limits before decoding.
    pub intake: intake::Config,
    /// Picture clean-up and the quality gate.
    pub cleanup: cleanup::Config,
    /// Finding the form.
    pub align: align::Config,
    /// Slot pictures.
    pub cut: cut::Config,
    /// Readers and decoding.
    pub read: read::Config,
    /// Fields from readings.
    pub extract: extract::Config,
    /// Rules.
    pub validate: validate::Config,
    /// Duplicates.
    pub dedupe: dedupe::Config,
    /// Accept or queue.
    pub triage: triage::Config,
}
