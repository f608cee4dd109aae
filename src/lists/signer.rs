//! Name and title of who signed, in one slot and in any order.

use crate::domain::person_name::parse_name;
use crate::domain::text::{fold, normalise};

use super::{Match, Member, NamePlace, gazetteer, name_parts, titles};

/// What the signer's slot says.
#[derive(Debug, PartialEq, Eq)]
pub struct Signer {
    /// The name, where one is left beside the title.
    pub name: Option<String>,
    /// The title, where the list has it.
    pub title: Option<&'static Member>,
}

/// Longest title in words.
const LONGEST_TITLE: usize = 9;
/// Longest name in words; a longer rest holds an office's name too.
const LONGEST_NAME: usize = 5;

/// Splits "Nguyễn Văn A - P.CT", "TM. UBND xã …, Phó Chủ tịch, Nguyễn Văn A", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê B".
#[must_use]
pub fn split_signer(text: &str) -> Signer {
    let clean =
        normalise(&text.replace(['(', ')', ',', ';', ':', '/', '|', '–'], " ").replace(" - ", " ").replace('.', ". "));
    let words: Vec<&str> = clean.split(' ').filter(|w| !is_formula(w)).collect();
    let Some((from, to, title)) = last_longest_title(&words) else {
        return Signer { name: name_of(&words), title: None };
    };
    // "KT. Chủ tịch" before the title says for whom it was signed
    let before = &words[..on_behalf(&words[..from])];
    // an office that the title begins ("Phó Chủ tịch UBND xã") goes on after it
    let after = if words[from..to].iter().any(|w| is_office(w)) { behind_office(&words[to..]) } else { &words[to..] };
    let name = match (name_of(before), name_of(from_family(after))) {
        // "Ông chức Tư pháp - Hộ tịch Tô Thị Lệ": what a misread title left before it is none
        (Some(_), Some(_)) if !before.first().is_some_and(|w| is_family(w)) => None,
        (Some(name), _) => Some(name),
        (None, _) => name_of(after),
    };
    Signer { name, title: Some(title) }
}

/// "TM." for the committee, "KT." for the chair, "(đã ký)".
fn is_formula(word: &str) -> bool {
    matches!(fold(word).as_str(), "tm" | "kt" | "tl" | "tuq" | "")
}

/// Where the words before a title stop to be a name because another title ("Chủ tịch" after KT) begins.
fn on_behalf(before: &[&str]) -> usize {
    (0..before.len()).find(|i| titles_at(before, *i).is_some()).unwrap_or(before.len())
}

fn titles_at(words: &[&str], from: usize) -> Option<(usize, &'static Member)> {
    (from + 1..=(from + LONGEST_TITLE).min(words.len())).rev().find_map(|to| {
        match titles().lookup(&words[from..to].join(" ")) {
            Match::One(member) | Match::Likely(member) => Some((to, member)),
            Match::Several(_) | Match::None => None,
        }
    })
}

fn last_longest_title(words: &[&str]) -> Option<(usize, usize, &'static Member)> {
    let mut found = None;
    let mut from = 0;
    while from < words.len() {
        match titles_at(words, from) {
            Some((to, member)) => {
                found = Some((from, to, member));
                from = to;
            }
            None => from += 1,
        }
    }
    found
}

/// The words that are a name: all of them, or those from the last family name on when an office stands before it.
fn name_of(words: &[&str]) -> Option<String> {
    let words = match words.iter().position(|w| is_office(w)) {
        Some(0) => from_family(words),
        Some(at) => &words[..at],
        None if words.len() > LONGEST_NAME => from_family(words),
        None => words,
    };
    let name = parse_name(&words.join(" "))?;
    (2..=LONGEST_NAME).contains(&name.split(' ').count()).then_some(name)
}

fn is_office(word: &str) -> bool {
    matches!(fold(word).as_str(), "ubnd" | "uy" | "ub")
}

/// From the first frequent family name that leaves a name's length; nothing if there is none.
fn from_family<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let start = words.len().saturating_sub(LONGEST_NAME);
    let found = (start..words.len().saturating_sub(1)).find(|i| is_family(words[*i]));
    found.map_or(&words[..0], |i| &words[i..])
}

/// A family name that is not rare.
fn is_family(word: &str) -> bool {
    name_parts().find(NamePlace::Family, word).is_some_and(|p| p.count > 20)
}

/// The name behind an office's title. Of what stands before a family name one word is no place unless the gazetteer has it: a
/// rare family name stands before "Văn" as often.
fn behind_office<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let name = from_family(words);
    match words.len() - name.len() {
        1 if gazetteer().named(&fold(words[0])).next().is_none() => words,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (String, &'static str) {
        let signer = split_signer(text);
        (signer.name.unwrap_or_default(), signer.title.map_or("", |t| t.text))
    }

    #[test]
    fn name_and_title_are_found_in_any_order() {
        for (text, name, title) in [
            ("Nguyễn Văn An - P.CT", "Nguyễn Văn An", "Phó Chủ tịch"),
            ("Nguyễn Văn An, Phó Chủ tịch", "Nguyễn Văn An", "Phó Chủ tịch"),
            ("Chủ tịch Lê Thị Bé", "Lê Thị Bé", "Chủ tịch"),
            ("CT. Lê Thị Bé", "Lê Thị Bé", "Chủ tịch"),
            ("Lê Thị Bé - CT", "Lê Thị Bé", "Chủ tịch"),
            ("TM. UBND xã Phú Long, Phó Chủ tịch, Trần Văn Tư", "Trần Văn Tư", "Phó Chủ tịch"),
            ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Tư", "Trần Văn Tư", "Phó Chủ tịch"),
            ("Trần Văn Tư Phó Chủ tịch UBND xã Phú Long", "Trần Văn Tư", "Phó Chủ tịch UBND xã"),
            ("Phó Chủ tịch UBND xã Phú Long Trần Văn Tư", "Trần Văn Tư", "Phó Chủ tịch UBND xã"),
            ("CT UBND xã Néang Văn Thế Đức", "Néang Văn Thế Đức", "Chủ tịch UBND xã"),
            ("LÊ VĂN BA – CHỦ TỊCH", "LÊ VĂN BA", "Chủ tịch"),
            ("Lê Văn Ba", "Lê Văn Ba", ""),
            ("Chủ tịch", "", "Chủ tịch"),
            ("Ông chức Tư pháp - Hộ tịch Tô Thị Lệ Diệu", "", "Cán bộ Tư pháp - hộ tịch"),
            ("Néang Văn Đức, Chủ tịch UBND xã", "Néang Văn Đức", "Chủ tịch UBND xã"),
            ("Lê Văn Ba, Chủ tịch UBND xã Trần Phú", "Lê Văn Ba", "Chủ tịch UBND xã"),
        ] {
            assert_eq!(split(text), (name.to_owned(), title), "{text}");
        }
    }
}
