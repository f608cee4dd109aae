//! The file as written, and the checks that turn it into a [`Layout`](super::Layout).

use serde::Deserialize;

use super::{Label, Place, Slot, table};
use crate::domain::{LinePart, Point, Rect, Register, SlotKind};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layout {
    id: String,
    register: Register,
    title: String,
    years: (u16, u16),
    page: Size,
    frame: Frame,
    pitch: f32,
    label: Vec<RawLabel>,
    slot: Vec<RawSlot>,
    table: Option<table::Table>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    width: f32,
    height: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    divider: Option<f32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabel {
    id: String,
    text: String,
    from: f32,
    baseline: f32,
    to: f32,
    #[serde(default, rename = "style")]
    _style: Style,
}

/// How a label is printed; only page generators need it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Style {
    #[default]
    Plain,
    Bold,
    Italic,
    BoldItalic,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSlot {
    key: String,
    kind: SlotKind,
    fields: Option<Vec<String>>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    line: Vec<RawLine>,
    #[serde(default)]
    area: Vec<RawArea>,
    cell: Option<table::Cell>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    from: f32,
    to: f32,
    baseline: f32,
    baseline_to: Option<f32>,
    after: Option<String>,
    before: Option<String>,
    #[serde(default)]
    part: LinePart,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArea {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Layout {
    /// Checks every rule that the types do not hold.
    pub(super) fn checked(self) -> Result<super::Layout, String> {
        let mut labels = self.label.into_iter().map(RawLabel::checked).collect::<Result<Vec<_>, _>>()?;
        let entries = self.table.as_ref().map_or(1, |t| usize::from(t.entries));
        if let Some(table) = &self.table {
            table.check()?;
            labels.extend(table.row_labels());
        }
        refuse_twice("label", labels.iter().map(|l| l.id.as_str()))?;
        refuse_twice("slot", self.slot.iter().map(|s| s.key.as_str()))?;
        let mut places = vec![Vec::new(); entries];
        let mut slots = Vec::new();
        for slot in self.slot {
            for (entry, list) in places.iter_mut().enumerate() {
                list.push(slot.places(entry, &labels, self.table.as_ref())?);
            }
            let count = places[0].last().map_or(0, Vec::len);
            slots.push(slot.finished(count));
        }
        Ok(super::Layout {
            id: self.id,
            register: self.register,
            title: self.title,
            years: self.years,
            page: (self.page.width, self.page.height),
            frame: Rect::new(self.frame.left, self.frame.top, self.frame.right, self.frame.bottom),
            divider: self.frame.divider,
            pitch: positive("pitch", self.pitch)?,
            labels,
            slots,
            entries: places,
            gutter: self.table.as_ref().map(|t| t.gutter),
            columns: self.table.map(|t| t.columns()).unwrap_or_default(),
        })
    }
}

impl RawLabel {
    fn checked(self) -> Result<Label, String> {
        if self.to <= self.from {
            return Err(format!("label {:?} ends before it begins", self.id));
        }
        Ok(Label { id: self.id, text: self.text, from: self.from, to: self.to, baseline: self.baseline })
    }
}

impl RawSlot {
    fn places(&self, entry: usize, labels: &[Label], table: Option<&table::Table>) -> Result<Vec<Place>, String> {
        let mut places = Vec::new();
        if let Some(cell) = &self.cell {
            let table = table.ok_or_else(|| format!("slot {:?} has a cell, but there is no [table]", self.key))?;
            places.extend(table.cell_places(cell, entry, labels).map_err(|e| format!("slot {:?}: {e}", self.key))?);
        }
        for line in &self.line {
            places.push(line.place(labels).map_err(|e| format!("slot {:?}: {e}", self.key))?);
        }
        places.extend(self.area.iter().map(|a| Place::Area(Rect::new(a.left, a.top, a.right, a.bottom))));
        if places.is_empty() {
            return Err(format!("slot {:?} has no line, area or cell", self.key));
        }
        Ok(places)
    }

    fn finished(self, count: usize) -> Slot {
        let mut parts: Vec<LinePart> = self.line.iter().map(|l| l.part).collect();
        parts.resize(count, LinePart::Whole);
        let fields = self.fields.unwrap_or_else(|| vec![self.key.clone()]);
        Slot { key: self.key, kind: self.kind, fields, required: self.required, parts }
    }
}

impl RawLine {
    fn place(&self, labels: &[Label]) -> Result<Place, String> {
        if self.to <= self.from {
            return Err("a line ends before it begins".to_owned());
        }
        let find = |id: &Option<String>| {
            id.as_ref()
                .map(|id| labels.iter().position(|l| &l.id == id).ok_or_else(|| format!("there is no label {id:?}")))
                .transpose()
        };
        Ok(Place::Line {
            from: Point::new(self.from, self.baseline),
            to: Point::new(self.to, self.baseline_to.unwrap_or(self.baseline)),
            after: find(&self.after)?,
            before: find(&self.before)?,
            column: None,
        })
    }
}

fn refuse_twice<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(format!("{what} {name:?} is there twice"));
        }
    }
    Ok(())
}

fn positive(what: &str, value: f32) -> Result<f32, String> {
    if value > 0.0 { Ok(value) } else { Err(format!("{what} must be more than 0")) }
}
