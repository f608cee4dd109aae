//! Labelled values: pictures, truth, class and writer, from a folder with `labels.tsv`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use image::GrayImage;

use crate::domain::{LinePart, SlotKind};

/// One value to read.
pub(super) struct Field {
    /// Class in the report.
    pub(super) class: String,
    /// What the decoder is told.
    pub(super) kind: SlotKind,
    /// Who wrote it: halves for fitting and reporting are made of whole writers.
    pub(super) writer: String,
    /// The office's folder, where known.
    pub(super) office: String,
    /// What stands there.
    pub(super) text: String,
    lines: Vec<(LinePart, PathBuf)>,
}

impl Field {
    /// Its line pictures in order.
    pub(super) fn pictures(&self) -> anyhow::Result<Vec<(LinePart, GrayImage)>> {
        let load = |(part, path): &(LinePart, PathBuf)| {
            let picture = image::open(path).with_context(|| path.display().to_string())?;
            Ok((*part, picture.to_luma8()))
        };
        self.lines.iter().map(load).collect()
    }
}

/// One row with its columns by name.
struct Row<'t> {
    names: &'t [&'t str],
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    fn get(&self, name: &str) -> &'t str {
        self.names.iter().position(|n| *n == name).and_then(|i| self.cells.get(i).copied()).unwrap_or_default()
    }
}

/// Loads the values of a folder, at most `limit` of a class; of lines with a split only "dev".
pub(super) fn load(folder: &Path, limit: usize) -> anyhow::Result<Vec<Field>> {
    let path = folder.join("labels.tsv");
    let table = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let rows: Vec<Row> = lines.map(|l| Row { names: &names, cells: l.split('\t').collect() }).collect();
    let fields = if names.contains(&"picture") {
        slots(folder, &rows)?
    } else if names.contains(&"line") && names.contains(&"text") {
        single(folder, &rows)?
    } else {
        bail!("{}: neither a column picture nor the columns line and text", path.display())
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    Ok(fields
        .into_iter()
        .filter(|f| {
            let count = seen.entry(f.class.clone()).or_default();
            *count += 1;
            *count <= limit
        })
        .collect())
}

/// Rows that are a value each: `lines/NAME.jpg` or `.png`.
fn single(folder: &Path, rows: &[Row]) -> anyhow::Result<Vec<Field>> {
    let wanted = rows.iter().filter(|r| matches!(r.get("split"), "" | "dev"));
    wanted
        .map(|row| {
            let jpeg = folder.join("lines").join(format!("{}.jpg", row.get("line")));
            let picture = if jpeg.exists() { jpeg } else { jpeg.with_extension("png") };
            // lines without a class are addresses
            let class = Some(row.get("class")).filter(|c| !c.is_empty()).unwrap_or("place");
            Ok(Field {
                class: format!("{} {class}", row.get("set")).trim().to_owned(),
                kind: kind(class)?,
                writer: writer(row),
                office: String::new(),
                text: row.get("text").to_owned(),
                lines: vec![(LinePart::Whole, picture)],
            })
        })
        .collect()
}

/// Lines whose writer is not recorded count as written by one hand each twenty.
fn writer(row: &Row) -> String {
    let name = row.get("line");
    let number = name.trim_start_matches(char::is_alphabetic).parse::<usize>().map_or(0, |n| n / 20);
    Some(row.get("writer"))
        .filter(|w| !w.is_empty())
        .map_or_else(|| format!("{}{number}", row.get("set")), ToOwned::to_owned)
}

/// Rows of `sohoa slots`: one a line of a slot; a value is all of its lines.
fn slots(folder: &Path, rows: &[Row]) -> anyhow::Result<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut last = None;
    for row in rows {
        let place = ["scan", "page", "layout", "entry", "slot"].map(|c| row.get(c));
        if last != Some(place) {
            last = Some(place);
            let scan = Path::new(row.get("scan"));
            fields.push(Field {
                class: row.get("kind").to_owned(),
                kind: kind(row.get("kind"))?,
                writer: scan.parent().unwrap_or(scan).display().to_string(),
                office: office(scan),
                text: String::new(),
                lines: Vec::new(),
            });
        }
        if let Some(field) = fields.last_mut() {
            add(field, folder, row)?;
        }
    }
    // ink where nothing was written is the cutter's mistake, not a reading to be judged
    fields.retain(|f| !f.lines.is_empty() && !f.text.is_empty() && f.kind != SlotKind::Signature);
    Ok(fields)
}

fn add(field: &mut Field, folder: &Path, row: &Row) -> anyhow::Result<()> {
    let part: LinePart = named(row.get("part"))?;
    let is_date_part = matches!(part, LinePart::Month | LinePart::Year);
    // a line cut in several pictures repeats its text
    let repeats = row.get("picture").ends_with(".png") && !row.get("picture").ends_with("-0.png");
    if !row.get("text").is_empty() && !repeats {
        if !field.text.is_empty() {
            field.text.push(if is_date_part { '/' } else { ' ' });
        }
        field.text.push_str(row.get("text"));
    }
    if !row.get("picture").is_empty() && matches!(row.get("ink"), "written" | "runs-over") {
        field.lines.push((part, folder.join(row.get("picture"))));
    }
    Ok(())
}

/// The folder above the register's: `xa_loc_thuan/KS/A4/2008/01/….jpg`.
fn office(scan: &Path) -> String {
    let parts: Vec<&str> = scan.iter().filter_map(|p| p.to_str()).collect();
    let register = parts.iter().position(|p| matches!(*p, "KS" | "KH" | "KT" | "CMC" | "HN"));
    register.and_then(|i| parts.get(i.checked_sub(1)?)).map(|p| (*p).to_owned()).unwrap_or_default()
}

fn kind(name: &str) -> anyhow::Result<SlotKind> {
    named(name)
}

fn named<T: serde::de::DeserializeOwned>(name: &str) -> anyhow::Result<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).with_context(|| format!("labels.tsv: {name:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(names: &'static [&'static str], text: &'static str) -> Vec<Row<'static>> {
        text.lines().map(|l| Row { names, cells: l.split('\t').collect() }).collect()
    }

    const NAMES: &[&str] =
        &["picture", "layout", "slot", "kind", "part", "ink", "text", "entry", "line", "baseline", "scan", "page"];

    #[test]
    fn lines_of_a_slot_are_one_value_and_date_parts_one_date() {
        let all = rows(
            NAMES,
            "a-0.png\tks\tnoi\tplace\twhole\twritten\tẤp 2\t0\t0\t1\txa_a/KS/x.jpg\t1\n\
             b-0.png\tks\tnoi\tplace\twhole\twritten\tXã B\t0\t1\t1\txa_a/KS/x.jpg\t1\n\
             c-0.png\tks\tngay\tdate\tday\twritten\t6\t0\t0\t1\txa_a/KS/x.jpg\t1\n\
             d-0.png\tks\tngay\tdate\tmonth\twritten\t4\t0\t1\t1\txa_a/KS/x.jpg\t1",
        );
        let fields = slots(Path::new("."), &all).expect("parses");
        assert_eq!(fields.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(), ["Ấp 2 Xã B", "6/4"]);
        assert_eq!(fields[0].lines.len(), 2);
        assert_eq!(fields[0].office, "xa_a");
    }

    #[test]
    fn a_slot_without_a_picture_is_nothing_to_read() {
        let all = rows(NAMES, "\tks\tnoi\tplace\twhole\tblank\t\t0\t0\t0\tx.jpg\t1");
        assert!(slots(Path::new("."), &all).expect("parses").is_empty());
    }
}
