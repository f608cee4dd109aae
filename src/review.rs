//! The review station: people decide in a browser what the machine could not.
//!
//! `desk` knows what waits and for whom, `pages` shows it, `station` answers requests. Everything that lasts is in the
//! store; what is in memory here (sessions, leases, the queue) can be lost at any moment.

use std::time::Duration;

use serde::Deserialize;

use crate::domain::SlotKind;
use crate::domain::settlement::KeyRules;

pub mod assets;
pub mod desk;
pub mod door;
pub mod field;
pub mod filter;
pub mod item;
pub mod leases;
pub mod names;
pub mod pages;
pub mod returned;
pub mod station;
pub mod typed;
pub mod words;

/// Section `[review]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Kinds whose queued fields need two people.
    pub second_key: Vec<SlotKind>,
    /// Share of the accepted fields that a person looks at all the same, 0–1.
    pub sample_share: f32,
    /// Decides which ones; another seed, another sample.
    pub sample_seed: String,
    /// How much more a required field counts than another one.
    pub required_weight: f32,
    /// Below this a letter of a reading is marked as doubtful.
    pub doubtful_letter: f32,
    /// A field shown to one person is not shown to others for so long.
    pub lease_seconds: u64,
    /// Sign-out after so long without a request.
    pub idle_minutes: u64,
    /// Wrong passwords that cost nothing.
    pub free_failures: u32,
    /// The first wait after them; doubled each time.
    pub lock_seconds: u64,
}

impl Config {
    /// Which fields need two people.
    #[must_use]
    pub fn key_rules(&self) -> KeyRules {
        KeyRules { two: self.second_key.iter().copied().collect() }
    }

    fn idle(&self) -> Duration {
        Duration::from_secs(self.idle_minutes * 60)
    }
}
