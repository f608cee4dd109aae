//! entries and page marks → groups of duplicates, each with its reason. Drops nothing.

use serde::Deserialize;

/// Section `[dedupe]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {}
