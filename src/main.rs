//! argv → command → exit code; the only place that prints an error.

use std::process::ExitCode;

fn main() -> ExitCode {
    sohoa::cli::run()
}
