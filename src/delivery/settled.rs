//! What is certain enough to leave the house. Nothing else decides that.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::columns::{ImportLayout, Rule};
use crate::domain::settlement::SettledEntry;
use crate::domain::{DraftEntry, Fate, Value};
use crate::lists::field_names::vietnamese;

/// The values of one entry by import key; an empty text is a slot that holds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    texts: BTreeMap<String, String>,
    provinces: BTreeMap<String, String>,
}

/// Why an entry stays in the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// These fields wait for a person.
    Fields(Vec<String>),
    /// Nothing is written in the entry.
    Empty,
    /// A person said that the same act stands elsewhere.
    Duplicate,
    /// A person said that the page must be scanned again.
    Rescan,
    /// A person said that it goes on with another entry: that one leaves with the values of both.
    Part,
    /// A person said that no act stands here.
    NoAct,
    /// A person said that the page has another layout, and no run has read it as such.
    Reread,
}

/// The values of an entry of which nothing waits for a person.
///
/// Stricter than a record: fields that a record can do without (a later note in the margin) must be settled too, or the
/// import would lose them for good. Fields that no column takes up do not matter.
pub fn settled(decided: &SettledEntry, layout: &ImportLayout) -> Result<Values, Waiting> {
    match decided.fate {
        Fate::Kept => {}
        Fate::Duplicate { .. } => return Err(Waiting::Duplicate),
        Fate::Rescan => return Err(Waiting::Rescan),
        Fate::PartOf { .. } => return Err(Waiting::Part),
        Fate::Void => return Err(Waiting::NoAct),
        Fate::Reread => return Err(Waiting::Reread),
    }
    let (entry, verdict) = (&decided.checked.entry, &decided.verdict);
    let taken_up = |key: &str| layout.columns.iter().any(|c| c.rule != Rule::None && c.source == Some(key));
    let matters = |key: &str| taken_up(key) || entry.field(key).is_some_and(|f| f.required);
    let waits = verdict.fields.iter().filter(|f| !f.queued.is_empty() && matters(&f.key));
    let waits: Vec<String> = waits.map(|f| f.key.clone()).collect();
    match (waits.is_empty(), verdict.is_record) {
        (true, true) => Ok(Values::of(entry)),
        (true, false) => Err(Waiting::Empty),
        (false, _) => Err(Waiting::Fields(waits)),
    }
}

impl Waiting {
    /// One Vietnamese sentence for the list of what was left out.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Fields(keys) => {
                let names: Vec<String> = keys.iter().map(|key| vietnamese(key)).collect();
                format!("Chờ người duyệt {} trường: {}.", keys.len(), names.join(", "))
            }
            Self::Empty => "Trang không có chữ viết.".to_owned(),
            Self::Duplicate => "Người kiểm tra đánh dấu là trùng với trường hợp khác.".to_owned(),
            Self::Rescan => "Người kiểm tra yêu cầu quét lại trang.".to_owned(),
            Self::Part => "Người kiểm tra đã ghép vào trường hợp khác.".to_owned(),
            Self::NoAct => "Người kiểm tra xác định không phải là một trường hợp.".to_owned(),
            Self::Reread => "Chờ đọc lại trang theo bố cục khác.".to_owned(),
        }
    }
}

impl Values {
    /// All values of an entry, settled or not; only for comparing.
    #[must_use]
    pub fn of(entry: &DraftEntry) -> Self {
        let mut all = Self::default();
        for field in &entry.fields {
            if let Value::Place { unit: Some(unit), .. } = &field.value {
                all.provinces.insert(field.key.clone(), province(&unit.path));
            }
            all.texts.insert(field.key.clone(), field.value.text());
        }
        all
    }

    /// The text of a key; empty where there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.texts.get(key).map(String::as_str).unwrap_or_default()
    }

    /// Whether the form has a slot for the key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// The province of a place.
    #[must_use]
    pub fn province(&self, key: &str) -> &str {
        self.provinces.get(key).map(String::as_str).unwrap_or_default()
    }

    /// Fingerprint of all values: another one means that the entry changed.
    #[must_use]
    pub fn content(&self) -> String {
        let mut hash = Sha256::new();
        for (key, text) in &self.texts {
            // lengths keep "a" + "bc" apart from "ab" + "c"
            hash.update(format!("{}:{key}={}:{text}\n", key.len(), text.len()));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Values for tests.
    #[cfg(test)]
    pub(crate) fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let texts = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self { texts, provinces: BTreeMap::new() }
    }
}

/// "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre" → "tỉnh Bến Tre", as the import's samples write it.
fn province(path: &str) -> String {
    let last = path.rsplit(", ").next().unwrap_or_default();
    let mut chars = last.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_tells_a_changed_value_and_not_the_order() {
        let a = Values::from_pairs(&[("so", "1"), ("nksHoTen", "An")]);
        assert_eq!(a.content(), Values::from_pairs(&[("nksHoTen", "An"), ("so", "1")]).content());
        assert_ne!(a.content(), Values::from_pairs(&[("so", "1"), ("nksHoTen", "Ân")]).content());
        assert_ne!(a.content(), Values::from_pairs(&[("so", "1")]).content());
    }

    #[test]
    fn the_last_unit_of_a_path_is_the_province() {
        assert_eq!(province("Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"), "tỉnh Bến Tre");
        assert_eq!(province("Thành phố Hà Nội"), "thành phố Hà Nội");
    }
}
