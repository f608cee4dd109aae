//! `sohoa status`: how far a run is; works while it runs.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, say};
use crate::cli::Exit;
use crate::store::Store;

/// Arguments of `status`.
#[derive(Debug, Args)]
pub struct StatusArguments {
    /// The run folder
    run: PathBuf,
}

/// Prints the counts.
pub fn status(arguments: &StatusArguments) -> Result<Exit, Failure> {
    let store = Store::read_only(&arguments.run).map_err(Failure::usage)?;
    let now = store.progress()?;
    let left = now.pages.saturating_sub(now.read + now.aside);
    say(&format!(
        "pages        {}\nread         {}\nset aside    {}\nleft         {left}\nentries      {}\nfiles aside  {}\n",
        now.pages, now.read, now.aside, now.entries, now.files_aside
    ))?;
    Ok(match (now.read, now.aside + now.files_aside + left) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}
