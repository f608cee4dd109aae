//! What people did: decisions on fields, confirmations of books, changes of accounts. Only ever added to.

use serde::{Deserialize, Serialize};

use super::{Absence, BookId, EntryId, LayoutChange, Value};

/// One line of the audit, in the words that are hashed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum AuditLine {
    /// A person decided a field.
    Decision(Decision),
    /// The officer confirmed a book.
    Confirmation(Confirmation),
    /// An account was made, changed or removed.
    Account(AccountChange),
    /// A person said what becomes of a whole entry.
    Fate(EntryFate),
    /// Confirmed lines left the run, for training.
    Training(TrainingExport),
    /// A person found one more act on a page.
    Split(EntrySplit),
    /// A person said which layout a page has.
    Layout(LayoutChange),
}

/// What one person did with one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// As which key.
    pub step: Step,
    /// Which entry.
    pub entry: EntryId,
    /// Import key of the field.
    pub key: String,
    /// What was done.
    #[serde(flatten)]
    pub act: Act,
    /// What stood there before.
    pub from: String,
    /// What stands there now, as written.
    pub to: String,
    /// Why, in the person's words; may be empty.
    pub note: String,
    /// From showing to deciding.
    pub seconds: f32,
    /// What the person had before them.
    pub shown: Shown,
}

/// Which of the keys a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The first person.
    First,
    /// Another person, blind to the first.
    Second,
    /// A third, who sees both.
    Third,
    /// A look at what the machine had accepted.
    Sample,
    /// A later change in the entry view: starts over.
    Edit,
}

/// What a person did with a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Took the reading.
    Accept {
        /// Its value.
        value: Value,
    },
    /// Took an alternative.
    Choose {
        /// Its value.
        value: Value,
    },
    /// Typed a text.
    Type {
        /// Its value.
        value: Value,
    },
    /// Nothing is written there.
    Blank,
    /// Nobody can read it.
    Illegible,
    /// It is struck out.
    StruckOut,
    /// Leaves it to somebody else.
    Unsure,
    /// Needs another scan.
    Rescan,
    /// Takes the own last decision on this field back.
    Undo,
}

impl Act {
    /// The value that it gives the field, if it gives one.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Accept { value } | Self::Choose { value } | Self::Type { value } => Some(value.clone()),
            Self::Blank => Some(Value::Nothing { absence: Absence::Blank }),
            Self::Illegible => Some(Value::Nothing { absence: Absence::Illegible }),
            Self::StruckOut => Some(Value::Nothing { absence: Absence::StruckOut }),
            Self::Unsure | Self::Rescan | Self::Undo => None,
        }
    }
}

/// What a person had before them when deciding.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Shown {
    /// The reading; nothing for a blind key.
    pub reading: Option<String>,
    /// The alternatives, in order.
    pub alternatives: Vec<String>,
    /// Why the field was queued.
    pub reasons: Vec<String>,
    /// The machine's confidence.
    pub confidence: f32,
    /// The picture: page and part.
    pub sheet: String,
    /// Which reader had read it.
    pub reader: String,
    /// Alone, or among so many.
    pub together: u32,
}

/// The officer takes responsibility for a book as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// Which book.
    pub book: BookId,
    /// SHA-256 of what was confirmed.
    pub content: String,
    /// How many entries.
    pub entries: u32,
    /// Why again, after a change; may be empty.
    pub note: String,
}

impl Confirmation {
    /// As much of the content's hash as people compare.
    #[must_use]
    pub fn short(&self) -> &str {
        self.content.get(..12).unwrap_or(&self.content)
    }
}

/// The day of a time in UTC, as `2026-02-03T07:00:00Z`; what is too short for a day is told as it is.
#[must_use]
pub fn day_of(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}

/// Confirmed lines were written out for training: real names left the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingExport {
    /// When, UTC.
    pub at: String,
    /// Who allowed it.
    pub allowed_by: String,
    /// How many lines.
    pub lines: u32,
}

/// What becomes of a whole entry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    /// It is an entry like any other.
    #[default]
    Kept,
    /// The same act stands elsewhere: nobody is asked about this one, and it does not leave the house.
    Duplicate {
        /// Name of the other entry; empty where it is in no run.
        of: String,
    },
    /// Nobody is asked about it until the page is scanned again, and it does not leave the house.
    Rescan,
    /// It goes on with another entry: what is written here and blank there is that entry's.
    PartOf {
        /// Name of the other entry.
        of: String,
    },
    /// No act stands here.
    Void,
    /// Its page is to be read as another layout by the next run. Follows from a [`LayoutChange`], is never said itself.
    Reread,
}

impl Fate {
    /// Whether people are asked about its fields.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        match self {
            Self::Kept | Self::PartOf { .. } => true,
            Self::Duplicate { .. } | Self::Rescan | Self::Void | Self::Reread => false,
        }
    }
}

/// A person's word about a whole entry; the last one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFate {
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// Which entry.
    pub entry: EntryId,
    /// What becomes of it.
    #[serde(flatten)]
    pub fate: Fate,
    /// Why, in the person's words; may be empty.
    pub note: String,
}

/// One more act on a page: an entry that nobody has read, with the fields of the one it was found in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrySplit {
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// The new entry.
    pub entry: EntryId,
    /// The one it was found in.
    pub of: EntryId,
    /// Why, in the person's words; may be empty.
    pub note: String,
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChange {
    /// When, UTC.
    pub at: String,
    /// Whose account.
    pub name: String,
    /// What.
    pub change: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_first_ten_letters_of_a_time() {
        assert_eq!(day_of("2026-02-03T07:00:00Z"), "2026-02-03");
        assert_eq!((day_of("2026-02-03"), day_of("2026-02")), ("2026-02-03", "2026-02"));
    }
}
