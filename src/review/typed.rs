//! Fields of which a file that people typed earlier says something else: asked, whether the reading was sure or not.

use super::Config;
use super::item::{Cause, Item};
use super::words::Language;
use crate::domain::settlement::SettledEntry;
use crate::domain::{CheckedEntry, TypedKeys, TypedWord};
use crate::outputs::queue::reason_id;
use crate::standing::typed_differs;

fn reason() -> String {
    reason_id(&typed_differs())
}

/// Marks the items of an entry that a typed file speaks against. One that was drawn stays drawn, or the estimate would lose
/// just the fields that are wrong; what the importer sent back keeps its own reason.
pub fn mark(items: &mut [Item], checked: &CheckedEntry, words: &[TypedWord], config: &Config) {
    let differs = |key: &str| {
        let field = checked.entry.field(key)?;
        words.iter().find(|word| word.key == key)?.beside(field).filter(|keys| *keys == TypedKeys::Differ)?;
        Some(field.required)
    };
    for item in items {
        let Some(required) = differs(&item.key) else { continue };
        match item.cause {
            Cause::Returned => continue,
            Cause::Sample => item.reasons = vec![reason()],
            Cause::Accepted => (item.cause, item.reasons) = (Cause::Typed, vec![reason()]),
            Cause::Queued | Cause::Typed => {
                item.cause = Cause::Typed;
                item.reasons.push(reason());
            }
        }
        // one of the two is wrong
        item.weight = item.weight.max(if required { config.required_weight } else { 1.0 });
    }
}

/// What a typed file says of a field, in words; nothing where it says nothing that is known.
#[must_use]
pub fn said(entry: &SettledEntry, key: &str, l: Language) -> Option<String> {
    let word = entry.typed.get(key)?;
    Some(match (word.keys, l) {
        (TypedKeys::Differ, Language::Vietnamese) => {
            format!("Tệp gõ trước đây (dòng {}) ghi khác: {}", word.row, word.said)
        }
        (TypedKeys::Differ, Language::English) => format!("A typed file (row {}) has: {}", word.row, word.said),
        (TypedKeys::Agree, Language::Vietnamese) => {
            format!("Tệp gõ trước đây (dòng {}) cũng ghi như máy đọc.", word.row)
        }
        (TypedKeys::Agree, Language::English) => format!("A typed file (row {}) has the same.", word.row),
    })
}

/// The same as ids, for the audit.
#[must_use]
pub fn reasons(entry: &SettledEntry, key: &str) -> Vec<String> {
    let id = |word: &TypedWord| match word.keys {
        TypedKeys::Differ => reason(),
        TypedKeys::Agree => "typed-agrees".to_owned(),
    };
    entry.typed.get(key).map(id).into_iter().collect()
}
