//! The layouts: `forms/*.toml`, read and checked.

mod raw;
mod table;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{FormSpace, LinePart, Point, Rect, Register, SlotKind};

/// One blank printed layout, in millimetres.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Its name, e.g. `ks-2006`.
    pub id: String,
    /// Which register it belongs to.
    pub register: Register,
    /// The book's title, in Vietnamese.
    pub title: String,
    /// When books of this print were opened: first and last year.
    pub years: (u16, u16),
    /// Width and height of the sheet.
    pub page: (f32, f32),
    /// The ruled frame.
    pub frame: Rect<FormSpace>,
    /// The rule between entry and margin.
    pub divider: Option<f32>,
    /// Usual distance of writing lines.
    pub pitch: f32,
    /// Printed texts.
    pub labels: Vec<Label>,
    /// Slots of one entry, in the layout's order (tables: of each entry alike).
    pub slots: Vec<Slot>,
    /// For each entry, for each of `slots`, its places in reading order.
    pub entries: Vec<Vec<Vec<Place>>>,
    /// For spreads: the middle of the fold.
    pub gutter: Option<f32>,
    /// Left and right of every ruled column; empty if there are none.
    pub columns: Vec<(f32, f32)>,
}

/// A printed text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Unique in the layout.
    pub id: String,
    /// As printed.
    pub text: String,
    /// Left end.
    pub from: f32,
    /// Right end, the colon included.
    pub to: f32,
    /// The letters' baseline.
    pub baseline: f32,
}

/// One place where a value is written.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Unique in an entry.
    pub key: String,
    /// What is written there.
    pub kind: SlotKind,
    /// Import keys that it feeds, in order.
    pub fields: Vec<String>,
    /// Whether a record needs it.
    pub required: bool,
    /// Parts of the writing lines, in reading order.
    pub parts: Vec<LinePart>,
}

/// Where one part of a slot lies on the nominal page.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A stretch of writing line.
    Line {
        /// Left end of the baseline.
        from: Point<FormSpace>,
        /// Right end of the baseline.
        to: Point<FormSpace>,
        /// Label (index) that ends where the stretch begins.
        after: Option<usize>,
        /// Label (index) that begins where the stretch ends.
        before: Option<usize>,
        /// Column (index) whose rules bound the stretch, in tables.
        column: Option<usize>,
    },
    /// A box without lines.
    Area(Rect<FormSpace>),
}

/// Why layouts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    /// The folder or a file cannot be read.
    #[error("cannot read {path}: {source}\nhint: point to the folder with the layouts (forms/)")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No layout there.
    #[error("no layout in {0}\nhint: the folder must hold files like ks-2006.toml")]
    Empty(PathBuf),
    /// A file breaks the schema or a rule.
    #[error("{path}: {problem}\nhint: see docs/forms.md for the keys")]
    Wrong {
        /// Which.
        path: PathBuf,
        /// Line, column and problem.
        problem: String,
    },
}

/// Reads all layouts of a folder, by name.
pub fn load(folder: &Path) -> Result<Vec<Arc<Layout>>, FormsError> {
    let unreadable = |source| FormsError::Unreadable { path: folder.to_owned(), source };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(FormsError::Empty(folder.to_owned()));
    }
    files.iter().map(|path| load_one(path).map(Arc::new)).collect()
}

fn load_one(path: &Path) -> Result<Layout, FormsError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| FormsError::Unreadable { path: path.to_owned(), source })?;
    parse(&text).map_err(|problem| FormsError::Wrong { path: path.to_owned(), problem })
}

/// Reads one layout from TOML; the error names line, column and key.
pub fn parse(text: &str) -> Result<Layout, String> {
    let raw: raw::Layout = toml::from_str(text).map_err(|e| {
        let mut problem = e.to_string();
        while problem.ends_with('\n') {
            problem.pop();
        }
        problem
    })?;
    raw.checked()
}

impl Layout {
    /// All of a slot's places in one entry.
    #[must_use]
    pub fn places(&self, entry: usize, slot: usize) -> &[Place] {
        &self.entries[entry][slot]
    }

    /// One line for people: name, counts.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut line = String::new();
        let _ = write!(
            line,
            "{}: {} labels, {} slots, {} entries a page",
            self.id,
            self.labels.len(),
            self.slots.len(),
            self.entries.len()
        );
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
id = "small"
register = "KS"
title = "t"
years = [2006, 2010]
page = { width = 200.0, height = 290.0 }
frame = { left = 8.0, top = 20.0, right = 180.0, bottom = 270.0 }
pitch = 8.0
[[label]]
id = "ten"
text = "Họ và tên:"
from = 10.0
baseline = 40.0
to = 30.0
[[slot]]
key = "hoTen"
kind = "person-name"
[[slot.line]]
from = 31.0
baseline = 41.0
to = 100.0
after = "ten"
"#;

    #[test]
    fn a_layout_says_what_its_file_says() {
        let layout = parse(SMALL).expect("parses");
        assert_eq!(layout.slots[0].fields, ["hoTen"]);
        assert!(!layout.slots[0].required);
        assert_eq!(
            layout.places(0, 0),
            [Place::Line {
                from: Point::new(31.0, 41.0),
                to: Point::new(100.0, 41.0),
                after: Some(0),
                before: None,
                column: None
            }]
        );
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let wrong = SMALL.replace("to = 30.0", "til = 30.0");
        let problem = parse(&wrong).expect_err("unknown key");
        assert!(problem.contains("til") && problem.contains("line 14"), "{problem}");
    }

    #[test]
    fn a_slot_after_a_label_that_is_not_there_is_refused() {
        let problem = parse(&SMALL.replace("after = \"ten\"", "after = \"tem\"")).expect_err("no such label");
        assert!(problem.contains("hoTen") && problem.contains("tem"), "{problem}");
    }

    #[test]
    fn two_slots_of_one_key_are_refused() {
        let twice = format!("{SMALL}{}", &SMALL[SMALL.find("[[slot]]").expect("slot")..]);
        assert!(parse(&twice).expect_err("twice").contains("twice"));
    }

    #[test]
    fn a_line_that_ends_before_it_begins_is_refused() {
        assert!(parse(&SMALL.replace("to = 100.0", "to = 31.0")).is_err());
        assert!(parse(&SMALL.replace("to = 100.0", "to = 31.1")).is_ok());
    }

    #[test]
    fn the_projects_layouts_are_the_eight() {
        let layouts = load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/forms"))).expect("forms");
        let ids: Vec<&str> = layouts.iter().map(|l| l.id.as_str()).collect();
        assert_eq!(ids, ["cmc-2006", "cmc-2010", "hn-2006", "kh-2006", "kh-2010", "kh-table", "ks-2006", "kt-2010"]);
    }

    #[test]
    fn the_table_has_four_entries_of_two_rows() {
        let layouts = load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/forms"))).expect("forms");
        let table = layouts.iter().find(|l| l.id == "kh-table").expect("table");
        assert_eq!(table.entries.len(), 4);
        let wives: Vec<&Label> = table.labels.iter().filter(|l| l.text == "Vợ:").collect();
        assert_eq!(wives.len(), 4);
        let name = |key: &str| table.slots.iter().position(|s| s.key == key).expect("slot");
        let top = |entry: usize, key: &str| match table.places(entry, name(key))[0] {
            Place::Line { from, .. } => from.y,
            Place::Area(area) => area.top,
        };
        for entry in 0..4 {
            assert!(top(entry, "chongHoTen") < top(entry, "voHoTen"));
            assert!(entry == 0 || top(entry - 1, "voHoTen") < top(entry, "chongHoTen"));
        }
    }
}
