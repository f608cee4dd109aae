//! Entries: one act of the register, from draft to verdict.

use serde::{Deserialize, Serialize};

use super::{
    Absence, BookHint, Confidence, Finding, Ink, PageId, Polygon, Reading, Register, ScanSpace, SlotKind, Value,
};

/// Which act: page and place on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId {
    /// The page.
    pub page: PageId,
    /// Half of a spread of two single pages: 0 for the whole scan or the left half, 1 for the right.
    pub part: u8,
    /// Entry on the page from 0.
    pub ordinal: u8,
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.page, self.part, self.ordinal)
    }
}

impl Field {
    /// The field of another entry, before anybody has looked: illegible to the machine, so that people are asked. A
    /// signature is a picture, nobody is asked for it.
    fn unread(&self) -> Self {
        let (ink, absence) = match self.kind {
            SlotKind::Signature => (Ink::Blank, Absence::Blank),
            _ => (Ink::Illegible, Absence::Illegible),
        };
        Self {
            ink,
            as_written: String::new(),
            value: Value::Nothing { absence },
            confidence: Confidence::new(0.0),
            proposal: None,
            reading: None,
            place: Vec::new(),
            ..self.clone()
        }
    }
}

/// One field: as written, normalised, and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Import key, e.g. `nksHoTen`.
    pub key: String,
    /// Kind of the slot it came from.
    pub kind: SlotKind,
    /// Slot it came from; several fields may share one.
    pub slot: String,
    /// Whether a record needs it.
    pub required: bool,
    /// What ink there is.
    pub ink: Ink,
    /// Text as written, empty when there is none.
    pub as_written: String,
    /// Normalised value.
    pub value: Value,
    /// Calibrated probability that the value is right.
    pub confidence: Confidence,
    /// A correction that a rule proposes; stands beside the value, never instead of it.
    pub proposal: Option<String>,
    /// What the reader saw, where one looked.
    pub reading: Option<Reading>,
    /// Where it stands on the raw scan, one polygon a writing line.
    pub place: Vec<Polygon<ScanSpace>>,
}

/// An entry as extracted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftEntry {
    /// Which.
    pub id: EntryId,
    /// Layout it stands on.
    pub layout: String,
    /// Register by the layout (the page wins over the file name).
    pub register: Register,
    /// What the names of file and folder claim.
    pub hint: BookHint,
    /// In the layout's order.
    pub fields: Vec<Field>,
}

impl DraftEntry {
    /// Another entry on the same page with the same fields, of which nobody has read anything.
    #[must_use]
    pub fn unread(&self, id: EntryId) -> Self {
        let fields = self.fields.iter().map(Field::unread).collect();
        Self { id, fields, ..self.clone() }
    }

    /// The field of an import key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// Puts what findings propose beside the fields; the first proposal for a field stays.
    pub fn propose(&mut self, findings: &[Finding]) {
        for proposal in findings.iter().filter_map(|f| f.proposal.as_ref()) {
            if let Some(field) = self.fields.iter_mut().find(|f| f.key == proposal.field) {
                field.proposal.get_or_insert_with(|| proposal.text.clone());
            }
        }
    }
}

/// An entry with what looks wrong about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckedEntry {
    /// The entry.
    pub entry: DraftEntry,
    /// All that was noticed.
    pub findings: Vec<Finding>,
}

/// Why a field is queued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// The confidence is below the kind's threshold.
    LowConfidence {
        /// What it would have needed.
        threshold: Confidence,
    },
    /// A required field is blank.
    RequiredBlank,
    /// Ink that could not be read.
    Illegible,
    /// A part of it is struck out.
    Corrected,
    /// It reaches the end of its place and may go on in the next.
    RunsOver,
    /// Struck out.
    StruckOut,
    /// Read, but not in the kind's form.
    NotInForm,
    /// A rule speaks against it.
    Finding {
        /// The rule's id.
        rule: String,
    },
}

/// A field with where it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictedField {
    /// Import key.
    pub key: String,
    /// Empty: accepted.
    pub queued: Vec<Reason>,
}

/// Where an entry goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// One a field, in order.
    pub fields: Vec<VerdictedField>,
    /// Every required field accepted: the entry is a record.
    pub is_record: bool,
}
