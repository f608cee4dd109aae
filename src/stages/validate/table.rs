//! The table of all rules, for people; `docs/rules.md` must agree with it.

use std::fmt::Write;

use super::rule::RuleCard;
use super::{book, entry};
use crate::domain::Severity;

/// The cards of all rules, those of entries first.
pub fn cards() -> impl Iterator<Item = &'static RuleCard> {
    entry::RULES.iter().map(|r| &r.card).chain(book::RULES.iter().map(|r| &r.card))
}

/// The table as Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut table = String::from(
        "# Rules\n\nMade from the rules' own cards; a test keeps it in step. Limits stand in `pipeline.toml`, section `[validate]`.\n\
         A note is good to know, a warning queues its fields, a conflict cannot be right as read.\n\n\
         | id | severity | fields | why | what the operator reads |\n|---|---|---|---|---|\n",
    );
    for card in cards() {
        let severity = match card.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Conflict => "conflict",
        };
        let _ = writeln!(table, "| `{}` | {severity} | {} | {} | {} |", card.id, card.fields, card.why, card.sentence);
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_table_in_docs_agrees_with_the_rules() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, markdown()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap();
        assert_eq!(written, markdown(), "run the tests once with UPDATE_DOCS=1");
    }

    #[test]
    fn no_two_rules_share_an_id_and_every_sentence_is_one() {
        let ids: HashSet<_> = cards().map(|c| c.id).collect();
        assert_eq!(ids.len(), cards().count());
        for card in cards() {
            assert!(card.sentence.ends_with('.') && !card.why.is_empty(), "{}", card.id);
        }
    }
}
