//! `sohoa slots`: writes every line picture as the reader gets it, to look at and to train on.

mod lost;
mod truth;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use self::lost::Lost;
use self::truth::{Known, Truth};
use super::sheets::Sheets;
use super::{Failure, complain, say};
use crate::cli::Exit;
use crate::domain::{Ink, LinePart, SlotKind};
use crate::forms::{Layout, Slot};
use crate::stages::cut::{CutPage, SlotPicture};
use crate::stages::intake;
use crate::stages::intake::SourceFile;

/// Arguments of `slots`.
#[derive(Debug, Args)]
pub struct SlotsArguments {
    /// Folders (walked) or files
    #[arg(required = true)]
    scans: Vec<PathBuf>,
    /// Where the pictures and labels.tsv go
    #[arg(long)]
    out: PathBuf,
    /// What stands in the slots, as the page generator writes it
    #[arg(long)]
    truth: Option<PathBuf>,
    /// Thresholds; the layouts lie beside it in forms/
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Columns of labels.tsv.
const COLUMNS: &str = "picture\tlayout\tslot\tkind\tpart\tink\ttext\tentry\tline\tbaseline\tscan\tpage\n";

/// Cuts the slots of all pages.
pub fn slots(arguments: &SlotsArguments) -> Result<Exit, Failure> {
    let sheets = Sheets::load(&arguments.config)?;
    let truth = arguments.truth.as_deref().map(Truth::load).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    std::fs::create_dir_all(&arguments.out)?;
    let labels = BufWriter::new(File::create(arguments.out.join("labels.tsv"))?);
    let mut desk = Desk { sheets, truth, out: &arguments.out, labels, tally: Tally::default() };
    desk.labels.write_all(COLUMNS.as_bytes())?;
    for path in intake::discover(&arguments.scans)? {
        match intake::open(&path, &desk.sheets.basis.config.intake) {
            Ok(file) => (0..file.pages).for_each(|index| desk.page(&path, &file, index)),
            Err(error) => desk.aside(&path, error),
        }
    }
    desk.labels.flush()?;
    say(&desk.tally.summary())?;
    Ok(match (desk.tally.pages, desk.tally.aside) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// What the pages add up to.
#[derive(Debug, Default)]
struct Tally {
    pages: usize,
    aside: usize,
    pictures: usize,
    /// Slots that are written by the truth: all, and those not found blank.
    written: (usize, usize),
    /// Slots that are blank by the truth: all, and those found blank.
    blank: (usize, usize),
    lost: Lost,
}

impl Tally {
    fn summary(&self) -> String {
        let Self { pages, aside, pictures, written, blank, lost } = self;
        format!(
            "{pages} pages cut, {aside} set aside, {pictures} line pictures; by the truth: {} of {} written slots hold ink, {} of {} blank slots hold none\n{}",
            written.1,
            written.0,
            blank.1,
            blank.0,
            lost.summary()
        )
    }
}

/// What cutting pages needs.
struct Desk<'a> {
    sheets: Sheets,
    truth: Truth,
    out: &'a Path,
    labels: BufWriter<File>,
    tally: Tally,
}

impl Desk<'_> {
    fn aside(&mut self, path: &Path, error: impl Into<anyhow::Error>) {
        self.tally.aside += 1;
        complain(&Failure::Run(error.into().context(path.display().to_string())));
    }

    fn page(&mut self, path: &Path, file: &SourceFile, index: u32) {
        // the path as found is the one that can be opened again
        let file = SourceFile { path: path.to_owned(), ..file.clone() };
        if let Err(error) = self.cut(path, &file, index) {
            self.aside(path, error);
        }
    }

    fn cut(&mut self, path: &Path, file: &SourceFile, index: u32) -> anyhow::Result<()> {
        for page in self.sheets.cut(file, index)? {
            self.write(path, index, &page)?;
        }
        self.tally.pages += 1;
        Ok(())
    }

    fn write(&mut self, path: &Path, index: u32, page: &CutPage) -> anyhow::Result<()> {
        let layout = Arc::clone(&page.page.layout);
        let stem = format!("{}-{}", page.page.page.id, page.page.part);
        let from_scan = page.page.page.to_scan.inverse();
        for entry in &page.entries {
            for (slot, picture) in layout.slots.iter().zip(&entry.slots) {
                let known = self.truth.slot(path, index, &layout.id, (entry.ordinal, &slot.key));
                // a signature says nothing, a page number may be printed: there no text does not mean no ink
                if !matches!(slot.kind, SlotKind::Signature | SlotKind::PageNumber) {
                    self.tally.count(picture.ink, known.as_deref());
                }
                let known = known.unwrap_or_default();
                if slot.kind != SlotKind::Signature {
                    self.tally.lost.count(&stem, (&known, picture), &from_scan);
                }
                for (line, part) in slot.parts.iter().enumerate() {
                    let row = Row { stem: &stem, layout: &layout, slot, ordinal: entry.ordinal, line, part: *part };
                    self.line(&row, picture, known.get(line).map_or("", |l| &l.text), (path, index))?;
                }
            }
        }
        Ok(())
    }

    /// One row of labels for each picture of a writing line, or one without a picture.
    fn line(&mut self, row: &Row<'_>, slot: &SlotPicture, text: &str, source: (&Path, u32)) -> anyhow::Result<()> {
        let pictures: Vec<_> = slot.lines.iter().filter(|l| l.line == row.line).collect();
        let ink = if pictures.is_empty() && slot.ink.is_writing() { Ink::Blank } else { slot.ink };
        for (number, picture) in pictures.iter().enumerate() {
            let name = format!("{}-{}-{}-{}-{number}.png", row.stem, row.ordinal, row.slot.key, row.line);
            picture.grey.save(self.out.join(&name))?;
            self.tally.pictures += 1;
            self.label(&name, row, ink, text, (picture.baseline, source))?;
        }
        if pictures.is_empty() {
            self.label("", row, ink, text, (0.0, source))?;
        }
        Ok(())
    }

    fn label(
        &mut self,
        name: &str,
        row: &Row<'_>,
        ink: Ink,
        text: &str,
        (base, source): (f32, (&Path, u32)),
    ) -> anyhow::Result<()> {
        let (kind, part, ink) = (word::<SlotKind>(&row.slot.kind)?, word::<LinePart>(&row.part)?, word::<Ink>(&ink)?);
        let (scan, page) = (source.0.display(), source.1 + 1);
        writeln!(
            self.labels,
            "{name}\t{}\t{}\t{kind}\t{part}\t{ink}\t{text}\t{}\t{}\t{base:.1}\t{scan}\t{page}",
            row.layout.id, row.slot.key, row.ordinal, row.line
        )?;
        Ok(())
    }
}

/// Which line of which slot.
struct Row<'a> {
    stem: &'a str,
    layout: &'a Layout,
    slot: &'a Slot,
    ordinal: u8,
    line: usize,
    part: LinePart,
}

/// An enum's name as the outputs write it.
fn word<T: serde::Serialize>(value: &T) -> anyhow::Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

impl Tally {
    fn count(&mut self, ink: Ink, known: Option<&[Known]>) {
        let Some(lines) = known else { return };
        let (all, right) = if lines.iter().any(|l| !l.text.is_empty()) {
            (&mut self.written, ink != Ink::Blank)
        } else {
            (&mut self.blank, ink == Ink::Blank)
        };
        all.0 += 1;
        all.1 += usize::from(right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_slot_found_blank_and_a_blank_one_found_written_both_count_as_wrong() {
        let mut tally = Tally::default();
        let line = |text: &str| [Known { text: text.to_owned(), ink: None }];
        let (text, none) = (line("Kinh"), line(""));
        tally.count(Ink::Written, Some(&text));
        tally.count(Ink::Blank, Some(&text));
        tally.count(Ink::Blank, Some(&none));
        tally.count(Ink::Written, Some(&none));
        tally.count(Ink::Written, None);
        assert_eq!((tally.written, tally.blank), ((2, 1), (2, 1)));
    }

    #[test]
    fn labels_use_the_words_of_the_outputs() {
        assert_eq!(word(&Ink::StruckOut).expect("word"), "struck-out");
        assert_eq!(word(&SlotKind::PersonName).expect("word"), "person-name");
    }
}
