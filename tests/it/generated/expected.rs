//! What must stand in a cell, told without the program.

use std::collections::BTreeMap;

use sohoa::delivery::columns::{Column, Rule};

use super::cases::Book;
use crate::delivery::OFFICE;

/// What must stand in a cell, told without the program.
pub(super) fn expected(book: &Book, column: &Column, values: &BTreeMap<&str, String>, row: usize) -> String {
    let text = column.source.and_then(|key| values.get(key)).map(String::as_str).unwrap_or_default();
    let code = |pairs: &[(&str, &str)], other: &str| {
        pairs.iter().find(|(begin, _)| text.starts_with(begin)).map_or(other, |(_, code)| code).to_owned()
    };
    match column.rule {
        Rule::Serial => row.to_string(),
        Rule::Number => format!("{:02}/{}", text.parse::<u32>().expect("a number"), book.year),
        Rule::Book => format!("01/{}", book.year),
        Rule::Sex => code(&[("Nam", "1"), ("Nữ", "2")], "?"),
        Rule::BirthKind => "1".to_owned(),
        Rule::RecognitionKind => code(&[("Cha", "1"), ("Mẹ", "2"), ("Con nhận cha", "3"), ("Con nhận mẹ", "4")], "?"),
        Rule::ResidenceKind => code(&[("Thường trú", "1"), ("Tạm trú", "2")], "0"),
        Rule::PaperKind => match (text.len(), text.starts_with('B')) {
            (0, _) => "0",
            (9, _) => "1",
            (12, _) => "4",
            (_, true) => "2",
            _ => "8",
        }
        .to_owned(),
        Rule::PersonalNumber if text.len() == 12 => text.to_owned(),
        Rule::PersonalNumber | Rule::None => String::new(),
        Rule::PurposeKind => code(&[("Kết hôn", "1")], "5"),
        Rule::NoticeKind if text.is_empty() => "0".to_owned(),
        Rule::Office if text.is_empty() => OFFICE.to_owned(),
        Rule::Province => "tỉnh Bến Tre".to_owned(),
        Rule::NoticeKind | Rule::RegistrationKind | Rule::Office | Rule::Page => text.to_owned(),
        Rule::Date | Rule::Name | Rule::Text => one_form(text),
    }
}

/// Composed letters, single blanks: the three decomposed ones of this file, spelt out.
fn one_form(text: &str) -> String {
    let composed = text.replace("a\u{306}\u{323}", "ặ").replace("o\u{300}", "ò").replace("i\u{300}", "ì");
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}
