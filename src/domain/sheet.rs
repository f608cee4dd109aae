//! What is kept of a page beside its entries: facts for the report, for review and for finding it again.

use serde::{Deserialize, Serialize};

use super::{Ink, PageSpace, Rect, Sha256};

/// Facts of one page that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageFacts {
    /// SHA-256 of the decoded pixels: the same picture in another container has the same.
    pub pixels: Sha256,
    /// Sharpness of ink edges; higher is sharper.
    pub sharpness: f32,
    /// Resolution that was taken or guessed.
    pub dpi: f32,
    /// Ids of remarks of the quality gate, e.g. `low-resolution`.
    pub remarks: Vec<String>,
    /// The sheets on it: one, or two for a spread of single pages.
    pub sheets: Vec<SheetFacts>,
}

/// One sheet: a page, or half a spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetFacts {
    /// 0 for the whole scan or the left half, 1 for the right.
    pub part: u8,
    /// Layout found.
    pub layout: String,
    /// How badly the labels fit, millimetres.
    pub misfit: f32,
    /// Share of the layout's label characters that were found.
    pub labels_found: f32,
    /// Size of the cleaned picture in pixels: width and height.
    pub size: (u32, u32),
    /// Its slots.
    pub slots: Vec<SlotFacts>,
}

/// Where a slot lies on the cleaned picture, and how its ink looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlotFacts {
    /// Entry on the sheet from 0.
    pub ordinal: u8,
    /// The slot's key.
    pub key: String,
    /// What ink there is.
    pub ink: Ink,
    /// Box for review pictures.
    pub crop: Rect<PageSpace>,
    /// Perceptual hash of the first line's ink; `None` without ink.
    pub look: Option<u64>,
}

/// Why a file or page could not be read, and what a person can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The stage that gave up, e.g. `align`.
    pub stage: String,
    /// What is wrong.
    pub reason: String,
    /// The cure, empty where there is none.
    pub cure: String,
    /// The layout that people said it has, where it was tried as that one too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<String>,
}

impl Aside {
    /// Splits an error's text at its `hint:` line.
    #[must_use]
    pub fn new(stage: &str, error: &str) -> Self {
        let (reason, cure) = error.split_once("\nhint: ").unwrap_or((error, ""));
        Self { stage: stage.to_owned(), reason: reason.trim().to_owned(), cure: cure.trim().to_owned(), tried: None }
    }

    /// The same for something that was tried as the layout that people said it has, too.
    #[must_use]
    pub fn nor_as(mut self, layout: &str) -> Self {
        self.reason.push_str(&format!("; nor does {layout} fit, which people said it has"));
        self.tried = Some(layout.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_becomes_the_cure() {
        let aside = Aside::new("cleanup", "blank page\nhint: scan it again");
        assert_eq!((aside.reason.as_str(), aside.cure.as_str()), ("blank page", "scan it again"));
        assert_eq!(Aside::new("cleanup", "blank page").cure, "");
    }
}
