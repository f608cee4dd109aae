//! Ledgers: entries one below the other in ruled columns.

use serde::Deserialize;

use super::{Label, Place};
use crate::domain::Point;

/// `[table]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) entries: u8,
    #[serde(rename = "header")]
    _header: Span,
    body: Span,
    pub(super) gutter: f32,
    lines_a_row: u8,
    column: Vec<Column>,
    row: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    top: f32,
    bottom: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    number: u8,
    left: f32,
    right: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    label: Option<RowLabel>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowLabel {
    text: String,
    column: u8,
    from: f32,
    to: f32,
}

/// Where a slot stands in an entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cell {
    column: u8,
    row: Option<String>,
}

impl Table {
    pub(super) fn check(&self) -> Result<(), String> {
        if self.entries == 0 || self.lines_a_row == 0 || self.row.is_empty() {
            return Err("[table] needs entries, rows and lines".to_owned());
        }
        if self.body.bottom <= self.body.top {
            return Err("[table] body ends before it begins".to_owned());
        }
        match self.column.iter().find(|c| c.right <= c.left) {
            Some(column) => Err(format!("column {} ends before it begins", column.number)),
            None => Ok(()),
        }
    }

    /// The printed row names, once an entry: `chong-1`, `vo-1`, `chong-2` …
    pub(super) fn row_labels(&self) -> Vec<Label> {
        let mut labels = Vec::new();
        for entry in 0..usize::from(self.entries) {
            for (i, row) in self.row.iter().enumerate() {
                let Some(label) = &row.label else { continue };
                let left = self.column.iter().find(|c| c.number == label.column).map_or(0.0, |c| c.left);
                labels.push(Label {
                    id: format!("{}-{}", row.name, entry + 1),
                    text: label.text.clone(),
                    from: left + label.from,
                    to: left + label.to,
                    baseline: self.baseline(entry, i, 0),
                });
            }
        }
        labels
    }

    /// A cell's writing lines.
    pub(super) fn cell_places(&self, cell: &Cell, entry: usize, labels: &[Label]) -> Result<Vec<Place>, String> {
        let index = self.column.iter().position(|c| c.number == cell.column);
        let index = index.ok_or_else(|| format!("there is no column {}", cell.column))?;
        let column = &self.column[index];
        let rows = match &cell.row {
            None => 0..self.row.len(),
            Some(name) => {
                let i =
                    self.row.iter().position(|r| &r.name == name).ok_or_else(|| format!("there is no row {name:?}"))?;
                i..i + 1
            }
        };
        let mut places = Vec::new();
        for row in rows {
            let label = self.row[row].label.as_ref().filter(|l| l.column == cell.column);
            for line in 0..usize::from(self.lines_a_row) {
                let y = self.baseline(entry, row, line);
                let first = label.filter(|_| line == 0);
                let id = format!("{}-{}", self.row[row].name, entry + 1);
                places.push(Place::Line {
                    from: Point::new(column.left + first.map_or(0.0, |l| l.to), y),
                    to: Point::new(column.right, y),
                    after: first.and_then(|_| labels.iter().position(|l| l.id == id)),
                    before: None,
                    column: Some(index),
                });
            }
        }
        Ok(places)
    }

    /// Edges of the columns, in order.
    pub(super) fn columns(&self) -> Vec<(f32, f32)> {
        self.column.iter().map(|c| (c.left, c.right)).collect()
    }

    fn baseline(&self, entry: usize, row: usize, line: usize) -> f32 {
        let lines = usize::from(self.lines_a_row);
        let all = usize::from(self.entries) * self.row.len() * lines;
        let nth = (entry * self.row.len() + row) * lines + line + 1;
        self.body.top + (self.body.bottom - self.body.top) * nth as f32 / all as f32
    }
}
