//! What a file that people typed earlier says of one field: the second key beside the machine's reading.

use super::Field;
use super::text::same_text;

/// How the typed file and the reading stood to each other when they were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Both say the same.
    Agree,
    /// They say different things.
    Differ,
}

/// One cell of a typed file, beside the field that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWord {
    /// Import key of the field.
    pub key: String,
    /// What was typed.
    pub said: String,
    /// Row in the file, from 1.
    pub row: u32,
    /// What had been read when they were compared.
    pub read: String,
    /// How they stood then.
    pub keys: Keys,
}

impl TypedWord {
    /// How the file stands to the field as it is read now; nothing where they must be compared anew.
    #[must_use]
    pub fn beside(&self, field: &Field) -> Option<Keys> {
        let now = field.value.text();
        match self.keys {
            // the page was read anew since
            Keys::Differ if same_text(&self.said, &now) => Some(Keys::Agree),
            // a doubt goes away by agreeing only
            Keys::Differ => Some(Keys::Differ),
            Keys::Agree => (self.read == now).then_some(Keys::Agree),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Confidence, Ink, SlotKind, Value};

    fn read(text: &str) -> Field {
        Field {
            key: "so".into(),
            kind: SlotKind::FreeText,
            slot: "so".into(),
            required: true,
            ink: Ink::Written,
            as_written: text.into(),
            value: Value::Text { text: text.into() },
            confidence: Confidence::FULL,
            proposal: None,
            reading: None,
            place: Vec::new(),
        }
    }

    fn word(said: &str, keys: Keys) -> TypedWord {
        TypedWord { key: "so".into(), said: said.into(), row: 2, read: "Nguyễn Văn An".into(), keys }
    }

    #[test]
    fn a_difference_stays_until_another_reading_agrees() {
        let differs = word("Nguyễn Văn Ân", Keys::Differ);
        let stands = ["Nguyễn Văn An", "Nguyễn Vân An", "NGUYỄN VĂN ÂN"].map(|text| differs.beside(&read(text)));
        assert_eq!(stands, [Some(Keys::Differ), Some(Keys::Differ), Some(Keys::Agree)]);
    }

    #[test]
    fn an_agreement_is_about_the_reading_that_it_was_found_with() {
        let agrees = word("Nguyễn Văn An", Keys::Agree);
        assert_eq!(agrees.beside(&read("Nguyễn Văn An")), Some(Keys::Agree));
        assert_eq!(agrees.beside(&read("Nguyễn Văn Ấn")), None);
    }
}
