//! What people call a field, in the language they chose.

use super::words::Language;
use crate::lists::field_names;

/// The name of an import key; the key itself where the lists know none.
#[must_use]
pub fn field_name(key: &str, language: Language) -> String {
    match language {
        Language::Vietnamese => field_names::vietnamese(key),
        Language::English => field_names::english(key),
    }
}
