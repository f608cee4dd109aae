//! `sohoa run`: from scans to records, queue and report.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::Args;

use super::{Failure, say};
use crate::cli::Exit;
use crate::outputs::report::Counts;
use crate::outputs::timing::{self, Timing};
use crate::pipeline::finish::earlier_runs;
use crate::pipeline::timing::peak_memory;
use crate::pipeline::{self, Engines, Order, RunError, Tally, batch};
use crate::store::{Store, StoreError};

mod progress;

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// Folders (walked) or files: JPEG, PNG, TIFF, PDF made of images, JPEG 2000
    #[arg(required = true)]
    scans: Vec<PathBuf>,
    /// The run folder; the same command with the same folder goes on where it stopped
    #[arg(long, default_value = "run")]
    out: PathBuf,
    /// Thresholds and switches; layouts and model lie beside it
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
    /// Pages at once [default: one for each processor core]
    #[arg(long)]
    workers: Option<NonZeroUsize>,
    /// Earlier runs, or folders of runs, to look for duplicates in
    #[arg(long, value_name = "RUN")]
    against: Vec<PathBuf>,
    /// Answers of the engines recorded before (tests)
    #[arg(long, hide = true)]
    recorded: Option<PathBuf>,
    /// Keep the print engine's answers in this file (tests)
    #[arg(long, hide = true)]
    record: Option<PathBuf>,
}

/// Reads the scans into the run folder.
pub fn run(arguments: &RunArguments) -> Result<Exit, Failure> {
    let start = Instant::now();
    let engines = arguments.recorded.clone().map_or(Engines::Real, Engines::Recorded);
    let (tools, recorder) = super::recording(&arguments.config, &engines, arguments.record.as_deref())?;
    let store = Store::open(&arguments.out)?;
    let against = earlier_runs(&arguments.against, &arguments.out).map_err(Failure::usage)?;
    // a second Ctrl-C ends at once, the first after the pages in hand
    let stop = super::stop_on_signal()?;
    batch::quiet_panics();
    let workers = arguments.workers.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let watch = progress::Display::new(&tools.basis.config.triage);
    let order = Order { scans: &arguments.scans, workers, stop: &stop };
    let tally = pipeline::run(&order, &tools, &store, &watch).map_err(failure)?;
    watch.end();
    if let Some((path, recorder)) = recorder {
        std::fs::write(path, recorder.to_json(crate::stages::read::replay::ReplayReader::default())?)?;
    }
    if stop.load(Ordering::Relaxed) {
        say(&format!("stopped: {} pages are left; the same command goes on\n", tally.left))?;
        return Ok(Exit::Interrupted);
    }
    let counts = pipeline::conclude(workers, &tools.basis, &store, &against).map_err(failure)?;
    write_timing(&store, &tally, workers, start)?;
    if counts.pages_read + counts.set_aside == 0 {
        return Err(Failure::Run(anyhow::anyhow!(
            "no scans found\nhint: give folders or files that hold JPEG, PNG, TIFF, PDF or JPEG 2000"
        )));
    }
    say(&summary(&arguments.out.display().to_string(), &counts, &tally))?;
    Ok(exit(&counts))
}

/// What the user gave is wrong, or the world is.
fn failure(error: RunError) -> Failure {
    match error {
        RunError::Scans(_) | RunError::Workers(_) => Failure::usage(error),
        RunError::Store(_) => Failure::Run(error.into()),
    }
}

fn exit(counts: &Counts) -> Exit {
    match (counts.pages_read, counts.set_aside) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    }
}

fn write_timing(store: &Store, tally: &Tally, workers: usize, start: Instant) -> Result<(), StoreError> {
    let timing = Timing {
        pages: tally.read,
        workers,
        wall: start.elapsed(),
        stages: tally.times.seconds().collect(),
        peak_memory: peak_memory(),
    };
    timing::write(store.folder(), &timing)
}

fn summary(out: &str, counts: &Counts, tally: &Tally) -> String {
    format!(
        "{} pages read ({} now), {} set aside, {} entries: {} records, {} fields to review\n\
         {out}/report.html  {out}/records.csv  {out}/review/queue.csv  {out}/aside.csv\n",
        counts.pages_read, tally.read, counts.set_aside, counts.entries, counts.records, counts.queued,
    )
}
