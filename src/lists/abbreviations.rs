//! How clerks shorten the kinds of units: "H. Bình Đại", "TX. Bến Tre", "F7".

use crate::domain::text::{fold, normalise};

use super::Level;

/// A word that announces a unit's name.
#[derive(Debug, PartialEq, Eq)]
pub struct UnitWord {
    /// In full.
    pub full: &'static str,
    /// Folded forms, the full one included; two words where there are two.
    pub folded: &'static [&'static str],
    /// Levels that it may announce; none for parts of a commune.
    pub levels: &'static [Level],
}

/// All of them, longer forms before shorter ones that they begin with.
pub const UNIT_WORDS: &[UnitWord] = &[
    UnitWord { full: "Thành phố", folded: &["thanh pho", "tp", "t p"], levels: &[Level::District, Level::Province] },
    UnitWord { full: "Thị xã", folded: &["thi xa", "tx", "t x"], levels: &[Level::District] },
    UnitWord { full: "Thị trấn", folded: &["thi tran", "tt", "t t"], levels: &[Level::Commune] },
    UnitWord { full: "Đặc khu", folded: &["dac khu"], levels: &[Level::Commune] },
    UnitWord { full: "Tỉnh", folded: &["tinh", "t"], levels: &[Level::Province] },
    UnitWord { full: "Huyện", folded: &["huyen", "h"], levels: &[Level::District] },
    UnitWord { full: "Quận", folded: &["quan", "q"], levels: &[Level::District] },
    // "F" for phường comes from French writing machines and is common in the south
    UnitWord { full: "Phường", folded: &["phuong", "p", "f"], levels: &[Level::Commune] },
    UnitWord { full: "Xã", folded: &["xa", "x"], levels: &[Level::Commune] },
    UnitWord { full: "Khu phố", folded: &["khu pho", "kp", "k p"], levels: &[] },
    UnitWord { full: "Ấp", folded: &["ap", "a"], levels: &[] },
    UnitWord { full: "Khóm", folded: &["khom", "k"], levels: &[] },
    UnitWord { full: "Thôn", folded: &["thon"], levels: &[] },
    UnitWord { full: "Xóm", folded: &["xom"], levels: &[] },
    UnitWord { full: "Làng", folded: &["lang"], levels: &[] },
    UnitWord { full: "Buôn", folded: &["buon"], levels: &[] },
    UnitWord { full: "Tổ", folded: &["to"], levels: &[] },
    UnitWord { full: "Bệnh viện", folded: &["benh vien", "bv"], levels: &[] },
    UnitWord { full: "Ủy ban nhân dân", folded: &["uy ban nhan dan", "ubnd", "uband"], levels: &[] },
];

/// The unit word at the start of folded words, and how many of them it takes.
#[must_use]
pub fn unit_word(words: &[&str]) -> Option<(&'static UnitWord, usize)> {
    [4, 2, 1].into_iter().filter(|n| words.len() >= *n).find_map(|n| {
        let key = words[..n].join(" ");
        UNIT_WORDS.iter().find(|w| w.folded.contains(&key.as_str())).map(|w| (w, n))
    })
}

/// Writes shortened unit words in full where a point, or a capital letter alone, shows that they are shortened.
#[must_use]
pub fn expand_abbreviations(text: &str) -> String {
    let spaced = normalise(&text.replace('.', ". "));
    spaced.split(' ').map(expand_word).collect::<Vec<_>>().join(" ")
}

fn expand_word(word: &str) -> String {
    let bare = word.trim_end_matches('.');
    let shortened = bare.len() <= 4 && !bare.is_empty() && bare.chars().all(char::is_alphabetic);
    let shown = word.ends_with('.') || bare.chars().all(char::is_uppercase);
    let key = fold(bare);
    let full = UNIT_WORDS.iter().find(|w| w.folded.contains(&key.as_str()));
    match full {
        Some(w) if shortened && shown && fold(w.full) != key => w.full.to_owned(),
        _ => word.to_owned(),
    }
}
