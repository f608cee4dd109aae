//! What a rule is: a card for people, a check for the machine.

use super::book::Act;
use super::config::Config;
use super::facts::Facts;
use crate::domain::{EntryId, Finding, Proposal, Severity};

/// What people are told about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleCard {
    /// Stable id, also in the findings.
    pub id: &'static str,
    /// How bad.
    pub severity: Severity,
    /// The import keys that it looks at; `*` stands for any person's prefix.
    pub fields: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// The operator's sentence; `{0}`, `{1}` … are filled in.
    pub sentence: &'static str,
}

impl RuleCard {
    /// The finding of a hit.
    #[must_use]
    pub(super) fn finding(&self, hit: &Hit) -> Finding {
        let fill = |text: String, (i, word): (usize, &String)| text.replace(&format!("{{{i}}}"), word);
        let message = hit.words.iter().enumerate().fold(self.sentence.to_owned(), fill);
        Finding {
            rule: self.id.to_owned(),
            severity: self.severity,
            fields: hit.fields.clone(),
            message,
            proposal: hit.proposal.clone().map(|(field, text)| Proposal { field, text }),
        }
    }
}

/// One thing noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) fields: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) proposal: Option<(String, String)>,
}

impl Hit {
    /// About these fields, with these words for the sentence.
    pub(super) fn new<const N: usize>(fields: &[&str], words: [&dyn std::fmt::Display; N]) -> Self {
        let fields = fields.iter().map(|f| (*f).to_owned()).collect();
        Self { fields, words: words.iter().map(ToString::to_string).collect(), proposal: None }
    }

    /// With a text that is proposed for a field.
    pub(super) fn proposing(self, key: &str, text: String) -> Self {
        Self { proposal: Some((key.to_owned(), text)), ..self }
    }
}

/// A rule about one entry.
#[derive(Debug)]
pub struct EntryRule {
    /// For people.
    pub card: RuleCard,
    /// For the machine.
    pub(super) check: fn(&Facts<'_>, &Config) -> Vec<Hit>,
}

/// A rule about all entries of a book.
#[derive(Debug)]
pub struct BookRule {
    /// For people.
    pub card: RuleCard,
    /// For the machine.
    pub(super) check: fn(&[Act], &Config) -> Vec<(EntryId, Hit)>,
}
