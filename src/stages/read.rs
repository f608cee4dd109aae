//! `CutPage` → `PageReading`: text, confidence and alternatives of each slot.

pub mod calibration;
mod crumb;
pub mod decode;
mod doubt;
pub mod joint;
mod label_rest;
pub mod lattice;
pub mod network;
pub mod neural;
pub mod picture;
pub mod printed;
pub mod replay;
mod settled;
pub mod views;

use std::sync::Arc;

use serde::Deserialize;

use super::cut::{CutEntry, CutPage, SlotPicture};
use crate::domain::{BookHint, EntryId, Ink, Reading, Register, SlotKind};
use crate::forms::{Layout, Slot};
use crumb::is_crumb;
use label_rest::is_label_rest;

/// Section `[read]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A mark wider than so many times its height is more than one letter.
    pub letter_width: f32,
    /// Line picture to network input.
    pub picture: picture::Config,
    /// Network output to readings.
    pub decode: decode::Config,
    /// Fields that state one fact.
    pub joint: joint::Config,
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

/// What a reader is shown: the written slots of one entry.
#[derive(Debug)]
pub struct EntryPictures<'a> {
    /// Which entry.
    pub id: EntryId,
    /// Which register.
    pub register: Register,
    /// What folder and file name claim: the office and the years the book may hold.
    pub hint: &'a BookHint,
    /// Slots with writing in them, in the layout's order.
    pub slots: Vec<(&'a Slot, &'a SlotPicture)>,
}

/// Reads slots; three implementations: neural (handwriting), Tesseract (print), replay (tests).
pub trait Reader: Send + Sync {
    /// Name and version, e.g. `neural:` and the start of the model's hash; part of the run's fingerprint.
    fn id(&self) -> String;

    /// One reading a slot, same order; `None` where the picture holds nothing legible.
    fn read(&self, entry: &EntryPictures) -> Result<Vec<Option<Reading>>, ReadError>;
}

/// Reads all written slots of a page; slots without writing are never shown to the reader.
pub fn read(page: CutPage, reader: &dyn Reader, config: &Config) -> Result<PageReading, ReadError> {
    let layout = Arc::clone(&page.page.layout);
    let entries = page
        .entries
        .iter()
        .map(|entry| read_entry(&page, entry, (&layout, config), reader))
        .collect::<Result<_, _>>()?;
    Ok(PageReading { page, entries })
}

fn read_entry(
    page: &CutPage,
    entry: &CutEntry,
    (layout, config): (&Layout, &Config),
    reader: &dyn Reader,
) -> Result<EntryReading, ReadError> {
    let pairs = || layout.slots.iter().zip(&entry.slots);
    let pictures = EntryPictures {
        id: EntryId { page: page.page.page.id, part: page.page.part, ordinal: entry.ordinal },
        register: layout.register,
        hint: &page.page.page.hint,
        slots: pairs().filter(|(slot, picture)| is_read(slot.kind, picture.ink)).collect(),
    };
    let mut readings = reader.read(&pictures)?.into_iter();
    let slots = pairs()
        .enumerate()
        .map(|(at, (slot, picture))| {
            let asked = is_read(slot.kind, picture.ink);
            let reading = if asked { readings.next().flatten() } else { None };
            let places = layout.places(usize::from(entry.ordinal), at);
            let lines = || picture.lines.iter().map(|line| &line.grey);
            let (ink, reading) = match reading {
                None if asked => (Ink::Illegible, None),
                Some(seen)
                    if is_label_rest(&seen.unconstrained, slot.kind, layout, places)
                        || is_crumb(&seen.unconstrained, slot.kind, lines(), config.letter_width) =>
                {
                    (Ink::Blank, None)
                }
                reading => (picture.ink, reading),
            };
            SlotReading { key: slot.key.clone(), ink, reading }
        })
        .collect();
    Ok(EntryReading { ordinal: entry.ordinal, slots })
}

/// Signatures stay pictures; what is blank, struck out or illegible has nothing to read.
fn is_read(kind: SlotKind, ink: Ink) -> bool {
    ink.is_writing() && kind != SlotKind::Signature
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
