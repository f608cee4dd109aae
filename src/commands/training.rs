//! `sohoa export training`: what people confirmed, as line pictures that the reader can learn from.
//!
//! Real names leave the run with it, so it never happens by the way: it is a command of its own, it wants to know who
//! allowed it, and the audit keeps that.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use image::codecs::jpeg::JpegEncoder;

use super::export::{ExportArguments, export};
use super::office::OfficeArguments;
use super::sheets::Sheets;
use super::{Failure, say};
use crate::cli::Exit;
use crate::config::Config;
use crate::domain::settlement::Source;
use crate::domain::{AuditLine, EntryId, Fate, Field, Ink, LinePart, SlotKind, TrainingExport, Value};
use crate::outputs::queue::kind_id;
use crate::stages::cut::SlotPicture;
use crate::stages::intake;
use crate::standing::alone;
use crate::store::folder::write_whole;
use crate::store::{Claim, Load, PageRow, ResultRef, Store};

/// Arguments of `export`: for the register, or for training.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ExportCommand {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    register: Option<ExportArguments>,
    // not inside the former: clap takes optional arguments that hold others in turn for never given
    #[command(flatten)]
    office: OfficeArguments,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Lines that people confirmed, for training the reader: real names leave the run with them
    Training(TrainingArguments),
}

/// Arguments of `export training`.
#[derive(Debug, Args)]
struct TrainingArguments {
    /// The run folder
    run: PathBuf,
    /// Where labels.tsv and lines/ go; must be new
    #[arg(long)]
    to: PathBuf,
    /// Who allowed it, as the audit will keep it: a person, a paper
    #[arg(long, value_name = "WHO")]
    allowed_by: String,
    /// Thresholds; the layouts lie beside it in forms/
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Writes deliveries, or lines to learn from.
pub fn export_command(command: &ExportCommand) -> Result<Exit, Failure> {
    match (&command.what, &command.register) {
        (Some(What::Training(arguments)), _) => training(arguments),
        (None, Some(arguments)) => export(arguments, &command.office),
        (None, None) => Err(Failure::usage(anyhow::anyhow!("which run?\nhint: sohoa export RUN --to DIR"))),
    }
}

/// As little loss as lines of 30 pixels need.
const QUALITY: u8 = 95;

const ABOUT: &str = "Line pictures with the texts that people confirmed, for `scripts/train/train.py --own`.\n\
                     They hold real names: keep them as the registers themselves are kept.\n";

fn training(arguments: &TrainingArguments) -> Result<Exit, Failure> {
    let allowed_by = crate::domain::text::normalise(&arguments.allowed_by);
    if allowed_by.is_empty() {
        return Err(Failure::usage(anyhow::anyhow!(
            "nobody allowed it\nhint: --allowed-by \"QĐ 12/UBND, Lê Thị Hoa\""
        )));
    }
    if arguments.to.exists() {
        return Err(Failure::usage(anyhow::anyhow!(
            "{} is there already\nhint: give a new folder",
            arguments.to.display()
        )));
    }
    let sheets = Sheets::load(&arguments.config)?;
    let store = Store::for_people(&arguments.run, Claim::Shared).map_err(super::export::opening)?;
    fs::create_dir_all(arguments.to.join("lines"))?;
    let mut lines = Lines { sheets, to: &arguments.to, table: COLUMNS.to_owned(), tally: Tally::default() };
    for row in store.page_rows()? {
        let wanted = wanted(&store, &row, &lines.sheets.basis.config)?;
        if !wanted.is_empty() {
            lines.page(&store, &row, wanted)?;
        }
    }
    let Lines { table, tally, .. } = lines;
    write_whole(&arguments.to.join("labels.tsv"), |out| out.write_all(table.as_bytes()))?;
    let about = format!("{ABOUT}{} lines, allowed by: {allowed_by}\n", tally.lines);
    write_whole(&arguments.to.join("about.txt"), |out| out.write_all(about.as_bytes()))?;
    let at = jiff::Timestamp::now().to_string();
    store.add_line(&AuditLine::Training(TrainingExport { at, allowed_by, lines: tally.lines }))?;
    say(&tally.summary())?;
    Ok(match (tally.lines, tally.pages_gone) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// `line`, `text` and `split` are what the training reads.
const COLUMNS: &str = "line\ttext\tsplit\tkind\tlayout\tslot\n";

/// What the lines add up to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    lines: u32,
    /// Confirmed, but on several lines, or cut otherwise than before: nobody knows which text is whose.
    unclear: u32,
    pages_gone: u32,
}

impl Tally {
    fn summary(&self) -> String {
        let Self { lines, unclear, pages_gone } = self;
        format!(
            "{lines} lines; {unclear} confirmed texts without one line of their own; scans of {pages_gone} pages are gone\n"
        )
    }
}

/// A confirmed text, by entry and slot.
type Wanted = BTreeMap<(EntryId, String), Confirmed>;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Confirmed {
    text: String,
    kind: SlotKind,
    layout: String,
}

/// What people confirmed on a page.
fn wanted(store: &Store, row: &PageRow, config: &Config) -> Result<Wanted, Failure> {
    let ResultRef::Read(result) = row.result else { return Ok(Wanted::new()) };
    let mut wanted = Wanted::new();
    for stored in store.page(row.id, result, Load::Readings)?.entries {
        let after = alone(store, stored.checked, config)?;
        if matches!(after.fate, Fate::Rescan | Fate::Reread) {
            continue;
        }
        let entry = &after.checked.entry;
        for (field, _) in entry.fields.iter().zip(&after.sources).filter(|(_, s)| matches!(s, Source::People(_))) {
            // a slot of several fields holds more than this field's text
            let alone = entry.fields.iter().filter(|other| other.slot == field.slot).count() == 1;
            if alone && let Some(text) = text_of(field) {
                let confirmed = Confirmed { text, kind: field.kind, layout: entry.layout.clone() };
                wanted.insert((entry.id, field.slot.clone()), confirmed);
            }
        }
    }
    Ok(wanted)
}

/// What stands in the picture, letter by letter; `None` where the decision does not tell.
fn text_of(field: &Field) -> Option<String> {
    let text = field.as_written.replace(['\t', '\n'], " ");
    if matches!(field.value, Value::Nothing { .. }) || text.trim().is_empty() || field.kind == SlotKind::Signature {
        return None;
    }
    // people type dates and times in another form than the clerk wrote them: only what a reader saw is taken
    if matches!(field.kind, SlotKind::Date | SlotKind::TimeOfDeath) {
        let reading = field.reading.as_ref()?;
        let seen = reading.text == text || reading.alternatives.iter().any(|other| other.text == text);
        return seen.then_some(text);
    }
    Some(text)
}

struct Lines<'a> {
    sheets: Sheets,
    to: &'a Path,
    table: String,
    tally: Tally,
}

impl Lines<'_> {
    /// Cuts a page again from its scan: only the cutter's own pictures are what the reader gets to see.
    fn page(&mut self, store: &Store, row: &PageRow, mut wanted: Wanted) -> Result<(), Failure> {
        let same = |path: &String| {
            intake::open(Path::new(path), &self.sheets.basis.config.intake)
                .ok()
                .filter(|file| file.sha256 == row.id.file)
        };
        let Some(file) = store.paths(row.id.file)?.iter().find_map(same) else {
            self.tally.pages_gone += 1;
            return Ok(());
        };
        let sheets = match self.sheets.cut(&file, row.id.index) {
            Ok(sheets) => sheets,
            // read once, so another version of the program fails on it: no reason to end
            Err(error) => {
                super::complain(&Failure::Run(error.context(row.id.to_string())));
                Vec::new()
            }
        };
        for sheet in sheets {
            for entry in &sheet.entries {
                let id = EntryId { page: row.id, part: sheet.page.part, ordinal: entry.ordinal };
                for slot in &entry.slots {
                    let same = |confirmed: &Confirmed| confirmed.layout == sheet.page.layout.id;
                    let known = wanted.remove(&(id, slot.key.clone())).filter(same);
                    if let Some(confirmed) = known {
                        self.slot(id, slot, &confirmed)?;
                    }
                }
            }
        }
        self.tally.unclear += u32::try_from(wanted.len()).unwrap_or(u32::MAX);
        Ok(())
    }

    fn slot(&mut self, id: EntryId, slot: &SlotPicture, confirmed: &Confirmed) -> Result<(), Failure> {
        let ([line], Ink::Written) = (&slot.lines[..], slot.ink) else {
            self.tally.unclear += 1;
            return Ok(());
        };
        if line.part != LinePart::Whole {
            self.tally.unclear += 1;
            return Ok(());
        }
        let name = format!("{id}-{}", slot.key);
        let mut picture = Vec::new();
        JpegEncoder::new_with_quality(&mut picture, QUALITY).encode_image(&line.grey)?;
        write_whole(&self.to.join("lines").join(format!("{name}.jpg")), |out| out.write_all(&picture))?;
        let Confirmed { text, kind, layout } = confirmed;
        self.table.push_str(&format!("{name}\t{text}\ttrain\t{}\t{layout}\t{}\n", kind_id(*kind), slot.key));
        self.tally.lines += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Absence, Alternative, Confidence, Reading};

    fn field(kind: SlotKind, text: &str, read: &str) -> Field {
        let part = Confidence::new(0.5);
        let alternative = Alternative { text: "5-6-2004".into(), evidence: part, prior: part, posterior: part };
        Field {
            key: "k".into(),
            kind,
            slot: "k".into(),
            required: false,
            ink: Ink::Written,
            as_written: text.into(),
            value: Value::Text { text: text.into() },
            confidence: Confidence::FULL,
            proposal: None,
            reading: Some(Reading {
                text: read.into(),
                chars: Vec::new(),
                confidence: part,
                parts: Vec::new(),
                unconstrained: read.into(),
                alternatives: vec![alternative],
                reader: "test".into(),
            }),
            place: Vec::new(),
        }
    }

    #[test]
    fn a_typed_name_is_what_the_picture_shows_a_typed_date_need_not_be() {
        assert_eq!(text_of(&field(SlotKind::PersonName, "Lê\tAn", "Lé An")).as_deref(), Some("Lê An"));
        assert_eq!(text_of(&field(SlotKind::Date, "5/6/2004", "5-8-2004")), None, "typed in another form");
        assert_eq!(text_of(&field(SlotKind::Date, "5-8-2004", "5-8-2004")).as_deref(), Some("5-8-2004"));
        assert_eq!(text_of(&field(SlotKind::Date, "5-6-2004", "5-8-2004")).as_deref(), Some("5-6-2004"), "chosen");
    }

    #[test]
    fn nothing_is_no_text() {
        let blank = Field { value: Value::Nothing { absence: Absence::Blank }, ..field(SlotKind::Place, "x", "x") };
        assert_eq!(text_of(&blank), None);
        assert_eq!(text_of(&field(SlotKind::Place, " ", "x")), None);
    }
}
