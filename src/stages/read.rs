//! `CutPage` → `PageReading`: text, confidence and alternatives of each slot.

pub mod lattice;
pub mod network;
pub mod neural;
pub mod picture;

use serde::Deserialize;

use super::cut::{CutPage, SlotPicture};
use crate::domain::{Ink, Reading};
use crate::forms::Slot;

/// Section `[read]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Line picture to network input.
    pub picture: picture::Config,
}

/// A page with its slots read.
#[derive(Debug, Clone)]
pub struct PageReading {
    /// The page and its pictures.
    pub page: CutPage,
    /// Entries in order.
    pub entries: Vec<EntryReading>,
}

/// One entry's readings, in the layout's order.
#[derive(Debug, Clone)]
pub struct EntryReading {
    /// From 0.
    pub ordinal: u8,
    /// One for each of `layout.slots`.
    pub slots: Vec<SlotReading>,
}

/// One slot as read.
#[derive(Debug, Clone)]
pub struct SlotReading {
    /// The slot's key.
    pub key: String,
    /// What ink there is (a reader may find writing illegible).
    pub ink: Ink,
    /// `None` where there is nothing to read.
    pub reading: Option<Reading>,
}

/// Why slots could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The model file is missing, cut short or not the one the card names.
    #[error("model {path}: {what}\nhint: restore models/ from the repository, or run scripts/setup.sh")]
    Model {
        /// File.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// The engine failed.
    #[error("the reader failed: {0}")]
    Engine(String),
}

/// Reads slots; three implementations: neural (handwriting), Tesseract (print), replay (tests).
pub trait Reader: Send + Sync {
    /// Name and version, e.g. `neural:` and the start of the model's hash; part of the run's fingerprint.
    fn id(&self) -> String;

    /// One reading a slot, same order; `None` where the picture holds nothing legible.
    fn read(&self, slots: &[(&Slot, &SlotPicture)]) -> Result<Vec<Option<Reading>>, ReadError>;
}

/// Reads all slots of a page.
pub fn read(page: CutPage, reader: &dyn Reader, config: &Config) -> Result<PageReading, ReadError> {
    let _ = (reader, config);
    Ok(PageReading { page, entries: Vec::new() })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The section of the shipped `pipeline.toml`.
    pub(crate) fn config() -> Config {
        #[derive(Deserialize)]
        struct File {
            read: Config,
        }
        let text = include_str!("../../pipeline.toml");
        toml::from_str::<File>(text).expect("the section [read] parses").read
    }
}
