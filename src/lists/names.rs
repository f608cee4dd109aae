//! Parts of Vietnamese names with how often they occur.

use std::collections::HashMap;

use crate::domain::text::compare_key;

/// Where a part stands in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamePlace {
    /// Họ.
    Family,
    /// Chữ đệm.
    Middle,
    /// Tên.
    Given,
}

/// One part in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamePart {
    /// Which place.
    pub place: NamePlace,
    /// As usually written.
    pub text: &'static str,
    /// Occurrences in 8,757 full names; small numbers are floors, not counts.
    pub count: u32,
    /// Occurrences in a list of boys' names.
    pub boys: u32,
    /// Occurrences in a list of girls' names.
    pub girls: u32,
}

/// All parts. A name made of other parts is no error: villages had names that no list has.
#[derive(Debug)]
pub struct NameParts {
    parts: Vec<NamePart>,
    by_key: HashMap<(NamePlace, String), usize>,
}

impl NameParts {
    /// Parses a table with the columns place, part, count, boys, girls.
    pub(super) fn parse(table: &'static str) -> Self {
        let parts: Vec<NamePart> = table.lines().skip(1).filter_map(part).collect();
        let by_key = parts.iter().enumerate().map(|(i, p)| ((p.place, compare_key(p.text)), i)).collect();
        Self { parts, by_key }
    }

    /// All parts of a place, most frequent first.
    pub fn of(&self, place: NamePlace) -> impl Iterator<Item = &NamePart> {
        self.parts.iter().filter(move |p| p.place == place)
    }

    /// A part by its text, whatever its case and tone placement.
    #[must_use]
    pub fn find(&self, place: NamePlace, text: &str) -> Option<&NamePart> {
        self.by_key.get(&(place, compare_key(text))).map(|i| &self.parts[*i])
    }
}

fn part(line: &'static str) -> Option<NamePart> {
    let mut cells = line.split('\t');
    let place = match cells.next()? {
        "family" => NamePlace::Family,
        "middle" => NamePlace::Middle,
        _ => NamePlace::Given,
    };
    let text = cells.next()?;
    let mut number = || cells.next()?.parse().ok();
    Some(NamePart { place, text, count: number()?, boys: number()?, girls: number()? })
}
