//! "Không rõ" and its like: the clerk says that there is nothing to say.

use super::text::fold;

/// What clerks write most where nothing is known, with how often beside each other.
pub const USUAL: [(&str, f32); 9] = [
    ("không rõ", 8.0),
    ("không", 3.0),
    ("không có", 2.0),
    ("không biết", 1.0),
    ("không nhớ", 1.0),
    ("không xác định", 1.0),
    ("chưa xác định", 0.5),
    ("chưa rõ", 0.5),
    ("K/rõ", 0.5),
];

/// Folded texts by which a clerk states that something is not known or does not exist.
const STATED: [&str; 20] = [
    "khong",
    "khong ro",
    "ko ro",
    "k ro",
    "khong biet",
    "khong co",
    "ko co",
    "khong xac dinh",
    "chua xac dinh",
    "khong xac dinh duoc",
    "chua xac dinh duoc",
    "khong nho",
    "khong nho ro",
    "khong khai",
    "khong khai duoc",
    "chua ro",
    "vo danh",
    "khong thong tin",
    "khong co thong tin",
    "khuyet",
];

/// Whether a text says that nothing is known: a set phrase, or strokes drawn through an unused line.
///
/// Asked only after the kind's own list has been: for a sex, "không xác định" is a value.
#[must_use]
pub fn states_unknown(text: &str) -> bool {
    let strokes =
        !text.trim().is_empty() && text.chars().all(|c| matches!(c, '/' | '-' | '–' | '—' | '_' | '\\' | ' '));
    strokes || STATED.contains(&fold(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_phrases_and_strokes_state_nothing() {
        for text in ["Không rõ", "KHÔNG RÕ", "không", "/", "//", "- - -", "K. rõ", "Chưa xác định"] {
            assert!(states_unknown(text), "{text}");
        }
    }

    #[test]
    fn the_usual_phrases_state_nothing() {
        for (text, _) in USUAL {
            assert!(states_unknown(text), "{text}");
        }
    }

    #[test]
    fn other_texts_do_not() {
        for text in ["", " ", "Không Văn A", "Rõ", "1/2", "Không rõ ràng lắm", "."] {
            assert!(!states_unknown(text), "{text}");
        }
    }
}
