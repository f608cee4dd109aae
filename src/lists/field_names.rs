//! What people call a field: `lists/field_names.tsv`.

const TABLE: &str = include_str!("../../lists/field_names.tsv");

/// Columns of the table after what it is and its key.
const VIETNAMESE: usize = 0;
const ENGLISH: usize = 1;

/// The Vietnamese name of an import key; the key itself where the table knows none.
#[must_use]
pub fn vietnamese(key: &str) -> String {
    named(key, VIETNAMESE)
}

/// The English name of an import key; the key itself where the table knows none.
#[must_use]
pub fn english(key: &str) -> String {
    named(key, ENGLISH)
}

fn named(key: &str, column: usize) -> String {
    if let Some(name) = look("key", key, column) {
        return name.to_owned();
    }
    let split = key.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| key.split_at(at));
    let mut named =
        split.filter_map(|(person, noun)| Some((look("prefix", person, column)?, look("noun", noun, column)?)));
    named.next().map_or_else(|| key.to_owned(), |(person, noun)| format!("{noun} – {person}"))
}

fn look(what: &str, key: &str, column: usize) -> Option<&'static str> {
    TABLE.lines().skip(1).find_map(|line| {
        let mut cells = line.split('\t');
        if (cells.next(), cells.next()) == (Some(what), Some(key)) { cells.nth(column) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_people_and_of_acts_have_names() {
        assert_eq!(vietnamese("chaHoTen"), "Họ tên – cha");
        assert_eq!(english("chongLanKetHon"), "Marriage number – husband");
        assert_eq!(vietnamese("so"), "Số đăng ký");
        assert_eq!(english("nktGioPhutChet"), "Hour of death");
        assert_eq!(english("unheardOf"), "unheardOf");
    }

    #[test]
    fn every_field_of_every_layout_has_a_name() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
        for layout in crate::forms::load(&folder).expect("layouts") {
            for key in layout.slots.iter().flat_map(|slot| &slot.fields) {
                assert_ne!(vietnamese(key), *key, "{}", layout.id);
            }
        }
    }
}
