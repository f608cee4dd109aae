//! `sohoa eval`: a run against known values.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::cli::Exit;

/// Arguments of `eval`.
#[derive(Debug, Args)]
pub struct EvalArguments {
    /// The run folder
    run: PathBuf,
    /// truth.jsonl, beside the scans it is about
    truth: PathBuf,
}

/// Compares.
pub fn eval(arguments: &EvalArguments) -> Result<Exit, Failure> {
    let _ = arguments;
    Err(Failure::usage(anyhow::anyhow!("eval is not there yet")))
}
