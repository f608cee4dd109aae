//! The command line: types only; the commands live in `commands`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands;

/// How a command ended; README and a test agree with the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Complete = 0,
    /// Nothing could be done.
    Nothing = 1,
    /// The command or its configuration is wrong.
    Usage = 2,
    /// Done, but some pages were set aside.
    SomeAside = 3,
    /// Stopped on request; the same command goes on.
    Interrupted = 130,
}

/// From scanned civil-status registers to validated records and a review queue.
#[derive(Debug, Parser)]
#[command(name = "sohoa", version, about, max_term_width = 110)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read scans into a run folder: records, review queue, report
    Run(commands::run::RunArguments),
    /// Make records, queue and report anew, with what people decided since
    Outputs(commands::outputs::OutputsArguments),
    /// How far a run is
    Status(commands::status::StatusArguments),
    /// Check configuration, layouts, engines and model without reading a page
    Check(commands::check::CheckArguments),
    /// Compare a run with known values
    Eval(commands::eval::EvalArguments),
    /// Write what is settled for the national register: workbook and PDFs of each book
    Export(commands::training::ExportCommand),
    /// Hold a file that people typed earlier against the reading
    Compare(commands::compare::CompareArguments),
    /// The acceptance report of a book
    Accept(commands::accept::AcceptArguments),
    /// Write books as packages for an archive: PDF/A, ALTO, METS, PREMIS
    Archive(commands::archive::ArchiveArguments),
    /// Note that deliveries left the house: they are never rewritten
    HandOver(commands::hand_over::HandOverArguments),
    /// Take over what the importer said of a delivery
    ImportResult(commands::import_result::ImportResultArguments),
    /// Look at a layout over a page, measure the alignment
    Forms(commands::forms::FormsArguments),
    /// Measure the reader on labelled lines
    Bench(commands::bench::BenchArguments),
    /// Open the review station: people decide queued fields in a browser
    Review(commands::review::ReviewArguments),
    /// Accounts of the review station
    User(commands::user::UserArguments),
    /// Prove and show what people decided
    Audit(commands::audit::AuditArguments),
    /// Write every slot's line pictures as the reader gets them
    Slots(commands::slots::SlotsArguments),
}

/// Parses the arguments, runs the command, prints the error if there is one.
#[must_use]
pub fn run() -> ExitCode {
    // a system that refuses the new start only costs time
    let _ = crate::print::limit_engine_threads();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            // clap prints help and usage itself: help is no error, a wrong option is
            let code = if told.use_stderr() { Exit::Usage } else { Exit::Complete };
            return if told.print().is_ok() { code.into() } else { Exit::Nothing.into() };
        }
    };
    commands::start_log();
    match commands::dispatch(arguments.command) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            commands::complain(&failure);
            failure.exit().into()
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
