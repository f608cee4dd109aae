//! The nouns of the trade. No I/O here.

pub mod absence;
mod book_reading;
mod confidence;
pub mod date;
pub mod date_words;
mod decision;
mod entry;
mod finding;
mod geometry;
pub mod id_number;
mod kind;
mod layout_change;
mod page;
pub mod person_name;
mod reading;
pub mod register_number;
pub mod settlement;
mod sheet;
pub mod text;
pub mod time_of_death;
mod typed_word;
mod value;

pub use book_reading::BookReading;
pub use confidence::Confidence;
pub use decision::{
    AccountChange, Act, AuditLine, Confirmation, Decision, EntryFate, EntrySplit, Fate, Shown, Step, TrainingExport,
    day_of,
};
pub use entry::{CheckedEntry, DraftEntry, EntryId, Field, Reason, Verdict, VerdictedField};
pub use finding::{Finding, Proposal, Severity};
pub use geometry::{FormSpace, PageSpace, Point, Polygon, Rect, ScanSpace, Transform};
pub use kind::{LinePart, Register, SlotKind};
pub use layout_change::{LayoutChange, Layouts};
pub use page::{BookHint, BookId, PageId, Sha256};
pub use reading::{Alternative, CharReading, Ink, Reading};
pub use sheet::{Aside, PageFacts, SheetFacts, SlotFacts};
pub use typed_word::{Keys as TypedKeys, TypedWord};
pub use value::{Absence, DateDoubt, DatePrecision, DateValue, PlaceUnit, Value};
