//! What people call a field: `lists/field_names.tsv`.

use super::words::Language;

const TABLE: &str = include_str!("../../lists/field_names.tsv");

/// The name of an import key; the key itself where the table knows none.
#[must_use]
pub fn field_name(key: &str, language: Language) -> String {
    if let Some(name) = look("key", key, language) {
        return name.to_owned();
    }
    let split = key.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| key.split_at(at));
    let named =
        split.filter_map(|(person, noun)| Some((look("prefix", person, language)?, look("noun", noun, language)?)));
    named.into_iter().next().map_or_else(|| key.to_owned(), |(person, noun)| format!("{noun} – {person}"))
}

fn look(what: &str, key: &str, language: Language) -> Option<&'static str> {
    TABLE.lines().skip(1).find_map(|line| {
        let mut cells = line.split('\t');
        if (cells.next(), cells.next()) != (Some(what), Some(key)) {
            return None;
        }
        match language {
            Language::Vietnamese => cells.next(),
            Language::English => cells.nth(1),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_people_and_of_acts_have_names() {
        assert_eq!(field_name("chaHoTen", Language::Vietnamese), "Họ tên – cha");
        assert_eq!(field_name("chongLanKetHon", Language::English), "Marriage number – husband");
        assert_eq!(field_name("so", Language::Vietnamese), "Số đăng ký");
        assert_eq!(field_name("nktGioPhutChet", Language::English), "Hour of death");
        assert_eq!(field_name("unheardOf", Language::English), "unheardOf");
    }

    #[test]
    fn every_field_of_every_layout_has_a_name() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
        for layout in crate::forms::load(&folder).expect("layouts") {
            for key in layout.slots.iter().flat_map(|slot| &slot.fields) {
                assert_ne!(field_name(key, Language::Vietnamese), *key, "{}", layout.id);
            }
        }
    }
}
