//! The command line: types only; the commands live in `commands`.

use std::process::ExitCode;

/// Parses the arguments, runs the command, prints the error if there is one.
#[must_use]
pub fn run() -> ExitCode {
    ExitCode::from(2)
}
