//! The layouts: `forms/*.toml`, read and checked.

use crate::domain::{LinePart, Register, SlotKind};

/// One blank printed layout.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Its name, e.g. `ks-2006`.
    pub id: String,
    /// Which register it belongs to.
    pub register: Register,
    /// Slots of one entry, in the layout's order (tables: of each entry alike).
    pub slots: Vec<Slot>,
}

/// One place where a value is written.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Unique in an entry.
    pub key: String,
    /// What is written there.
    pub kind: SlotKind,
    /// Import keys that it feeds, in order.
    pub fields: Vec<String>,
    /// Whether a record needs it.
    pub required: bool,
    /// Parts of the writing lines, in reading order.
    pub parts: Vec<LinePart>,
}
