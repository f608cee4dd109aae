//! What stands in the slots, as the page generator writes it (samples/README.md).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::domain::{Polygon, ScanSpace};

/// Known texts of a set of pages.
#[derive(Debug, Default)]
pub(super) struct Truth {
    pages: HashMap<(PathBuf, u32), Page>,
}

/// One line of truth.jsonl, as far as it is needed here.
#[derive(Debug, Deserialize)]
struct Page {
    file: String,
    page: u32,
    layout: String,
    slots: Vec<Line>,
}

/// One writing line: its text where something stands there, `ink` where that was written by hand or stamped.
#[derive(Debug, Deserialize)]
struct Line {
    slot: String,
    entry: u8,
    line: usize,
    text: Option<String>,
    ink: Option<Vec<(f32, f32)>>,
}

/// What is known of one writing line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// What stands there, empty where nothing does.
    pub(super) text: String,
    /// Where it lies on the scan; `None` where nothing was written by hand or stamped.
    pub(super) ink: Option<Polygon<ScanSpace>>,
}

impl Line {
    fn known(&self) -> Known {
        let written = self.text.clone().filter(|_| self.ink.is_some());
        Known {
            text: written.unwrap_or_default().replace(['\t', '\n'], " "),
            ink: self.ink.as_deref().map(Polygon::from),
        }
    }
}

impl Truth {
    /// Reads truth.jsonl; files are named from its folder.
    pub(super) fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut pages = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            let page: Page =
                serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), number + 1))?;
            pages.insert((real(&folder.join(&page.file)), page.page), page);
        }
        Ok(Self { pages })
    }

    /// A slot's lines in order; `None` for pages and slots that nobody knows.
    pub(super) fn slot(&self, path: &Path, index: u32, layout: &str, slot: (u8, &str)) -> Option<Vec<Known>> {
        let page = self.pages.get(&(real(path), index + 1)).filter(|p| p.layout == layout)?;
        let mut lines: Vec<&Line> = page.slots.iter().filter(|l| (l.entry, l.slot.as_str()) == slot).collect();
        lines.sort_by_key(|l| l.line);
        (!lines.is_empty()).then(|| lines.iter().map(|line| line.known()).collect())
    }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_order_and_only_of_the_page_asked_for() {
        let folder = tempfile::tempdir().expect("folder");
        let line = |entry, number, text: &str| {
            format!(r#"{{"slot":"a","entry":{entry},"line":{number},"text":"{text}","ink":[[0,0]]}}"#)
        };
        let page = format!(
            r#"{{"file":"x.jpg","page":1,"layout":"ks-2006","slots":[{},{},{}]}}"#,
            line(0, 1, "hai"),
            line(0, 0, "một"),
            line(1, 0, "khác")
        );
        let path = folder.path().join("truth.jsonl");
        std::fs::write(&path, page).expect("truth");
        let truth = Truth::load(&path).expect("loads");
        let scan = folder.path().join("x.jpg");
        let texts =
            |found: Option<Vec<Known>>| found.map(|lines| lines.into_iter().map(|l| l.text).collect::<Vec<_>>());
        let found = truth.slot(&scan, 0, "ks-2006", (0, "a"));
        assert_eq!(texts(found), Some(vec!["một".to_owned(), "hai".to_owned()]));
        assert_eq!(truth.slot(&scan, 1, "ks-2006", (0, "a")), None, "another page");
        assert_eq!(truth.slot(&scan, 0, "kt-2010", (0, "a")), None, "another layout");
    }
}
