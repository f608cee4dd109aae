//! What a field reads as beside the other pages of its book.

use serde::{Deserialize, Serialize};

use super::{Confidence, Field, Value};

/// Another choice among what the reader saw on the page, or the same one and surer: the other pages of the book spoke.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookReading {
    /// Which field.
    pub key: String,
    /// Text of the slot: one of those that the reader saw there.
    pub as_written: String,
    /// What it states.
    pub value: Value,
    /// How sure that is with what the book says.
    pub confidence: Confidence,
}

impl BookReading {
    /// Puts it in the place of what the page alone reads as.
    pub fn apply(self, field: &mut Field) {
        if let Some(reading) = field.reading.as_mut().filter(|reading| reading.text != self.as_written)
            && let Some(at) = reading.alternatives.iter().position(|other| other.text == self.as_written)
        {
            *reading = reading.choose(at, self.confidence);
        }
        field.as_written = self.as_written;
        field.value = self.value;
        field.confidence = self.confidence;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ink, Reading, SlotKind};
    use super::*;

    #[test]
    fn another_text_of_the_page_comes_first_and_nothing_that_was_seen_is_lost() {
        let reading = Reading::seen(&[("17", 0.5), ("11", 0.5), ("12", 0.5)], 0.5);
        let mut field = Field {
            key: "so".to_owned(),
            kind: SlotKind::RegisterNumber,
            slot: "so".to_owned(),
            required: true,
            ink: Ink::Written,
            as_written: "17".to_owned(),
            value: Value::Number { number: 17, text: "17".to_owned() },
            confidence: reading.confidence,
            proposal: None,
            reading: Some(reading),
            place: Vec::new(),
        };
        let value = Value::Number { number: 12, text: "12".to_owned() };
        let sure = Confidence::new(0.97);
        BookReading { key: "so".to_owned(), as_written: "12".to_owned(), value: value.clone(), confidence: sure }
            .apply(&mut field);
        assert_eq!((field.as_written.as_str(), &field.value, field.confidence), ("12", &value, sure));
        let reading = field.reading.unwrap();
        let texts: Vec<&str> = reading.alternatives.iter().map(|other| other.text.as_str()).collect();
        assert_eq!((texts, reading.unconstrained.as_str()), (vec!["12", "17", "11"], "17"));
        assert_eq!(reading.chars.iter().map(|letter| letter.ch).collect::<String>(), "12");
    }
}
