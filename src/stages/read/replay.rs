//! Recorded readings, for tests without an engine.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{EntryPictures, ReadError, Reader};
use crate::domain::Reading;

/// Recorded readings: page → entry → slot key → reading.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReplayReader {
    pages: HashMap<String, HashMap<u8, HashMap<String, Reading>>>,
}

impl ReplayReader {
    /// From JSON: `{"PAGE": {"0": {"SLOT": {reading}}}}`, pages named as logs name them.
    pub fn from_json(json: &str) -> Result<Self, ReadError> {
        serde_json::from_str(json).map_err(|e| ReadError::Engine(format!("recorded readings: {e}")))
    }

    /// Adds one reading.
    pub fn record(&mut self, page: &str, entry: u8, slot: &str, reading: Reading) {
        self.pages.entry(page.to_owned()).or_default().entry(entry).or_default().insert(slot.to_owned(), reading);
    }
}

impl Reader for ReplayReader {
    fn id(&self) -> String {
        "replay".into()
    }

    fn read(&self, entry: &EntryPictures) -> Result<Vec<Option<Reading>>, ReadError> {
        let recorded = self.pages.get(&entry.id.page.to_string()).and_then(|p| p.get(&entry.id.ordinal));
        Ok(entry.slots.iter().map(|(slot, _)| recorded?.get(&slot.key).cloned()).collect())
    }
}
