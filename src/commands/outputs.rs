//! `sohoa outputs`: everything that is derived, made anew: after decisions, or with other thresholds.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::{Failure, say};
use crate::cli::Exit;
use crate::pipeline::finish::earlier_runs;
use crate::pipeline::{self, Basis};
use crate::store::Store;

/// Arguments of `outputs`.
#[derive(Debug, Args)]
pub struct OutputsArguments {
    /// The run folder
    run: PathBuf,
    /// Thresholds and switches; layouts and model lie beside it
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
    /// Earlier runs, or folders of runs, to look for duplicates in
    #[arg(long, value_name = "RUN")]
    against: Vec<PathBuf>,
}

/// Makes the outputs of a run that is there. No page is read.
pub fn outputs(arguments: &OutputsArguments) -> Result<Exit, Failure> {
    // a new run folder must not come into being by a typo
    drop(Store::read_only(&arguments.run).map_err(Failure::usage)?);
    let basis = Basis::load(&arguments.config).map_err(Failure::usage)?;
    let store = Store::open(&arguments.run)?;
    let against = earlier_runs(&arguments.against, &arguments.run).map_err(Failure::usage)?;
    let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let counts = pipeline::conclude(workers, &basis, &store, &against)?;
    say(&format!("{} entries: {} records, {} fields to review\n", counts.entries, counts.records, counts.queued))?;
    Ok(Exit::Complete)
}
