//! `sohoa eval`: a run against known values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, say};
use crate::cli::Exit;
use crate::config;
use crate::domain::{CheckedEntry, PageId};
use crate::stages::intake;
use crate::stages::triage::{self, triage};
use crate::store::folder::write_whole;
use crate::store::{Load, PageRow, ResultRef, Store};

mod score;
mod table;
mod truth;

use score::{Outcome, Scores};
use truth::TruthPage;

/// Arguments of `eval`.
#[derive(Debug, Args)]
pub struct EvalArguments {
    /// The run folder
    run: PathBuf,
    /// truth.jsonl, beside the scans it is about (samples/README.md describes it)
    truth: PathBuf,
    /// Thresholds of triage
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
    /// Also write the numbers as JSON
    #[arg(long)]
    json: Option<PathBuf>,
}

/// Compares every page of the truth that the run knows.
pub fn eval(arguments: &EvalArguments) -> Result<Exit, Failure> {
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let truth = truth::read(&arguments.truth).map_err(Failure::usage)?;
    let store = Store::read_only(&arguments.run).map_err(Failure::usage)?;
    let known = Known::new(store.page_rows()?, &arguments.truth, &config.intake);
    let mut scores = Scores::default();
    let mut seen = BTreeSet::new();
    for page in &truth {
        let row = known.find(page);
        // a second copy of the same bytes was read once and is counted once
        if row.is_none_or(|row| seen.insert(row.id)) {
            compare(page, row, &store, &config.triage, &mut scores)?;
        }
    }
    if let Some(path) = &arguments.json {
        write_whole(path, |out| Ok(serde_json::to_writer_pretty(out, &scores)?))?;
    }
    say(&table::text(&scores))?;
    Ok(if seen.is_empty() { Exit::Nothing } else { Exit::Complete })
}

fn compare(
    page: &TruthPage,
    row: Option<&PageRow>,
    store: &Store,
    config: &triage::Config,
    scores: &mut Scores,
) -> Result<(), Failure> {
    let Some(row) = row else {
        scores.page(&page.layout, Outcome::NotInRun);
        return Ok(());
    };
    let ResultRef::Read(result) = row.result else {
        scores.page(&page.layout, Outcome::Aside);
        return Ok(());
    };
    let stored = store.page(row.id, result, Load::Readings)?;
    if !stored.facts.sheets.iter().any(|sheet| sheet.layout == page.layout) {
        scores.page(&page.layout, Outcome::OtherLayout);
        return Ok(());
    }
    scores.page(&page.layout, Outcome::RightLayout);
    let entries: Vec<&CheckedEntry> = stored.entries.iter().map(|stored| &stored.checked).collect();
    for (at, truth) in page.entries.iter().enumerate() {
        let found = entries.get(at).map(|entry| (*entry, triage(entry, config)));
        scores.entry(&page.layout, truth, found.as_ref().map(|(entry, verdict)| (*entry, verdict)));
    }
    Ok(())
}

/// The pages of the run, to be found by bytes or, where the scans are gone, by the end of the path.
struct Known<'a> {
    rows: BTreeMap<PageId, PageRow>,
    folder: PathBuf,
    intake: &'a intake::Config,
}

impl<'a> Known<'a> {
    fn new(rows: Vec<PageRow>, truth: &Path, intake: &'a intake::Config) -> Self {
        let folder = truth.parent().unwrap_or(Path::new("")).to_owned();
        Self { rows: rows.into_iter().map(|row| (row.id, row)).collect(), folder, intake }
    }

    fn find(&self, page: &TruthPage) -> Option<&PageRow> {
        let index = page.page.checked_sub(1)?;
        if let Ok(file) = intake::open(&self.folder.join(&page.file), self.intake) {
            return self.rows.get(&PageId { file: file.sha256, index });
        }
        self.rows.values().find(|row| row.id.index == index && Path::new(&row.path).ends_with(&page.file))
    }
}
