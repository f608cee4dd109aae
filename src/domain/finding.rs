//! What looks wrong with an entry, a page or a book.

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// A person should look; the named fields are queued.
    Warning,
    /// Cannot be right as read; the named fields are queued.
    Conflict,
}

/// Something that looks wrong. Never a reason to drop an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id, e.g. `date-words-differ`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The fields it is about.
    pub fields: Vec<String>,
    /// One Vietnamese sentence for the operator.
    pub message: String,
    /// What the rule would put there; shown beside the value, never put in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// A text proposed for a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The field's key.
    pub field: String,
    /// The text.
    pub text: String,
}
