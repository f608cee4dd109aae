//! What a person's text means: by the same parsers as the reader's.

use super::Config;
use crate::domain::text::normalise;
use crate::domain::{Absence, Register, SlotKind, Value};
use crate::meaning::values;

/// The value of one part of a slot, from a text of the whole slot.
#[must_use]
pub fn value_of_slot_text(kind: SlotKind, part: usize, text: &str, register: Register, config: &Config) -> Value {
    let text = normalise(text);
    if text.is_empty() {
        return Value::Nothing { absence: Absence::Blank };
    }
    let value = values(kind, &text, register, &config.dates).into_iter().nth(part);
    value.unwrap_or(Value::Nothing { absence: Absence::Blank })
}

/// The value of a field, from a text that a person typed for this field alone.
///
/// A text that the kind's parser cannot bring into its form stays what was typed: the person has seen the page.
#[must_use]
pub fn value_of_field_text(kind: SlotKind, text: &str, register: Register, config: &Config) -> Value {
    let text = normalise(text);
    let whole = || Value::Text { text: text.clone() };
    match kind {
        // one of several parts that the slot's parser would look for in it
        SlotKind::Signer | SlotKind::DeathNotice => whole(),
        // codes are typed as codes
        SlotKind::RegisterType if text.chars().all(|c| c.is_ascii_digit()) => Value::Listed { text },
        _ => match value_of_slot_text(kind, 0, &text, register, config) {
            Value::Nothing { absence: Absence::Blank } if !text.is_empty() => whole(),
            value => value,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::DateLimits;

    fn config() -> Config {
        Config { dates: DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 } }
    }

    fn typed(kind: SlotKind, text: &str) -> Value {
        value_of_field_text(kind, text, Register::Ks, &config())
    }

    #[test]
    fn typed_texts_go_through_the_parsers() {
        assert_eq!(typed(SlotKind::Date, "12/3/2004").text(), "12.03.2004");
        assert!(matches!(typed(SlotKind::EthnicGroup, "kinh"), Value::Listed { text } if text == "Kinh"));
        assert_eq!(typed(SlotKind::PersonName, "không rõ"), Value::Nothing { absence: Absence::StatedUnknown });
    }

    #[test]
    fn what_is_not_in_form_is_kept_as_typed() {
        assert_eq!(typed(SlotKind::Date, "hôm qua"), Value::Unparsed { text: "hôm qua".to_owned() });
        assert_eq!(typed(SlotKind::Signer, "Chủ tịch").text(), "Chủ tịch");
    }

    #[test]
    fn an_alternative_of_a_slot_gives_the_part_asked_for() {
        let part = |n| value_of_slot_text(SlotKind::Signer, n, "Chủ tịch Lê Văn Tám", Register::Ks, &config()).text();
        assert_eq!((part(0).as_str(), part(1).as_str()), ("Lê Văn Tám", "Chủ tịch"));
    }
}
