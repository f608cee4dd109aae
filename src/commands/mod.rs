//! One subcommand a file: load, call, report.

use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use tracing_subscriber::EnvFilter;

use crate::cli::{Command, Exit};
use crate::pipeline::recorded::Recorder;
use crate::pipeline::{Engines, Tools};

pub mod accept;
pub mod archive;
pub mod audit;
pub mod bench;
pub mod check;
pub mod compare;
pub mod eval;
pub mod export;
pub mod forms;
pub mod hand_over;
pub mod import_result;
mod office;
pub mod outputs;
pub mod review;
pub mod run;
mod sheets;
pub mod slots;
pub mod status;
pub mod training;
pub mod user;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Arguments, configuration or layouts are wrong: exit code 2.
    Usage(anyhow::Error),
    /// The world refused: exit code 1.
    Run(anyhow::Error),
}

impl Failure {
    /// A mistake in what the user gave us.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::Usage(error.into())
    }

    /// The exit code it stands for.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Run(_) => Exit::Nothing,
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Run(error.into())
    }
}

/// Runs one subcommand.
pub fn dispatch(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Status(arguments) => status::status(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Eval(arguments) => eval::eval(&arguments),
        Command::Export(command) => training::export_command(&command),
        Command::Compare(arguments) => compare::compare(&arguments),
        Command::Accept(arguments) => accept::accept(&arguments),
        Command::Archive(arguments) => archive::archive(&arguments),
        Command::HandOver(arguments) => hand_over::hand_over(&arguments),
        Command::ImportResult(arguments) => import_result::import_result(&arguments),
        Command::Forms(arguments) => forms::forms(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
        Command::Review(arguments) => review::review(&arguments),
        Command::Outputs(arguments) => outputs::outputs(&arguments),
        Command::User(arguments) => user::user(&arguments),
        Command::Audit(arguments) => audit::audit(&arguments),
        Command::Slots(arguments) => slots::slots(&arguments),
    }
}

/// A recorder and the file for what it hears.
type Recording = (PathBuf, Arc<Recorder>);

/// Loads the tools; with `record`, the print engine's answers are kept.
fn recording(config: &Path, engines: &Engines, record: Option<&Path>) -> Result<(Tools, Option<Recording>), Failure> {
    let mut tools = Tools::load(config, engines).map_err(Failure::usage)?;
    let Some(path) = record else { return Ok((tools, None)) };
    let recorder = Arc::new(Recorder::new(tools.print));
    tools.print = Box::new(Arc::clone(&recorder));
    Ok((tools, Some((path.to_owned(), recorder))))
}

/// Logs go to stderr and hold ids only; `SOHOA_LOG=debug` shows more.
pub fn start_log() {
    let filter = EnvFilter::try_from_env("SOHOA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // a second start (in tests) keeps the first
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .try_init();
}

/// Set by Ctrl-C or a request to end; a second one ends the process at once.
fn stop_on_signal() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Prints one error with its chain; the cure stands on its own line.
pub fn complain(failure: &Failure) {
    let (Failure::Usage(error) | Failure::Run(error)) = failure;
    // nowhere is left to report that stderr is closed
    let _ = writeln!(io::stderr(), "error: {error:#}");
}

/// Writes data to stdout; a closed pipe (`| head`) ends quietly.
pub fn say(text: &str) -> Result<(), io::Error> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
