//! Normalised values; the text as written always stands beside them.

use serde::{Deserialize, Serialize};

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatePrecision {
    /// Day, month and year.
    Day,
    /// Month and year.
    Month,
    /// Year only.
    Year,
    /// From an age ("25T"): the year is a proposal.
    Age,
}

/// What keeps a date from being taken at its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateDoubt {
    /// Two digits stood for the year; the century is a proposal.
    ShortYear,
    /// Lunar calendar, stated or by the month's name (giêng, chạp).
    Lunar,
    /// "khoảng": about.
    Circa,
}

/// A date with optional parts; a real calendar day when all parts are there and it is not lunar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateValue {
    /// Year, four digits.
    pub year: Option<u16>,
    /// Month, 1–12.
    pub month: Option<u8>,
    /// Day, 1–31.
    pub day: Option<u8>,
    /// What is known.
    pub precision: DatePrecision,
    /// What speaks against taking it as it stands.
    pub doubt: Option<DateDoubt>,
}

/// The administrative unit that a place text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceUnit {
    /// Code of the statistical office; `-` for provinces long gone.
    pub code: String,
    /// From small to large: "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre".
    pub path: String,
}

/// The four kinds of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// Nothing written.
    Blank,
    /// Written, but not to be read.
    Illegible,
    /// Written and struck out.
    StruckOut,
    /// The clerk wrote "không rõ".
    StatedUnknown,
}

/// A field's normalised value by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Value {
    /// Text with spaces and Unicode form unified, words untouched.
    Text {
        /// The text.
        text: String,
    },
    /// A date; `text` is `dd.mm.yyyy`, `mm.yyyy` or `yyyy`.
    Date {
        /// Parts.
        date: DateValue,
        /// As the import wants it.
        text: String,
    },
    /// A place; the text is the page's, the unit stands beside it.
    Place {
        /// The text.
        text: String,
        /// The smallest unit that it surely names.
        unit: Option<PlaceUnit>,
    },
    /// An hour and minute.
    Time {
        /// Hour 0–24.
        hour: u8,
        /// Minute, where written.
        minute: Option<u8>,
    },
    /// A member of a closed list; `text` is the list's own spelling.
    Listed {
        /// Import spelling or code.
        text: String,
    },
    /// A number such as the register number; `text` keeps leading zeros.
    Number {
        /// Parsed.
        number: u32,
        /// As written, cleaned.
        text: String,
    },
    /// One of the four kinds of nothing.
    Nothing {
        /// Which.
        absence: Absence,
    },
    /// Written, read, but not to be brought into the kind's form.
    Unparsed {
        /// The text as read.
        text: String,
    },
}

impl Value {
    /// The text that goes to the outputs; empty for nothing.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text { text }
            | Self::Date { text, .. }
            | Self::Place { text, .. }
            | Self::Listed { text }
            | Self::Number { text, .. }
            | Self::Unparsed { text } => text.clone(),
            Self::Time { hour, minute: Some(m) } => format!("{hour:02}:{m:02}"),
            Self::Time { hour, minute: None } => format!("{hour:02}"),
            Self::Nothing { .. } => String::new(),
        }
    }
}
