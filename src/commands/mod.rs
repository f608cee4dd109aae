//! One subcommand a file: load, call, report.
