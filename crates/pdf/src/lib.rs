//! PDF/A-2b (ISO 19005-2, level B) without knowing of registers. No times and no chance: same input, same bytes.
//!
//! * [`scan`]: one picture as it was scanned, with the text that it shows as an invisible layer
//! * [`report`]: headings, paragraphs, tables and bars on A4 pages
//! * [`jpeg`]: whether a JPEG can be shown byte for byte
//!
//! Beneath them: [`archive`] (what every PDF/A file needs around its pages), [`font`] (an embedded typeface with
//! Vietnamese letters), [`srgb`] (the colour profile), [`writer`] (objects and their table).

pub mod archive;
pub mod font;
pub mod jpeg;
pub mod report;
pub mod scan;
pub mod srgb;
pub mod writer;
