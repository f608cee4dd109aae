//! `sohoa audit`: proves that nobody changed what people decided, and gives the history of one entry.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Failure, say};
use crate::cli::Exit;
use crate::domain::EntryId;
use crate::store::{Load, ResultRef, Store};

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct AuditArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Follow the chain of hashes from the first decision to the last
    Verify {
        /// The run folder
        run: PathBuf,
    },
    /// All decisions on one entry, one JSON a line
    Export {
        /// The run folder
        run: PathBuf,
        /// The entry as records and queue name it, e.g. 0277eb97a54f0458-0-0-0
        entry: String,
    },
}

/// Proves or shows the audit.
pub fn audit(arguments: &AuditArguments) -> Result<Exit, Failure> {
    match &arguments.what {
        What::Verify { run } => verify(&Store::read_only(run).map_err(Failure::usage)?),
        What::Export { run, entry } => export(&Store::read_only(run).map_err(Failure::usage)?, entry),
    }
}

fn verify(store: &Store) -> Result<Exit, Failure> {
    match store.verify_audit()? {
        Ok(head) => {
            say(&format!("{} lines, unbroken; the last has the hash {}\n", head.number, head.hash))?;
            Ok(Exit::Complete)
        }
        Err(broken) => Err(Failure::Run(anyhow::anyhow!(
            "line {} of the audit is broken: {}\nhint: compare with a copy of the run from before; lines from there on prove nothing",
            broken.number,
            broken.fault
        ))),
    }
}

fn export(store: &Store, name: &str) -> Result<Exit, Failure> {
    let entry = entry_of(store, name)?.ok_or_else(|| {
        Failure::usage(anyhow::anyhow!("the run has no entry {name}\nhint: records.csv and queue.csv name them"))
    })?;
    for line in store.history(entry)? {
        // the body is kept as text: read back and written again it might no longer be what was hashed
        let whole = serde_json::json!({
            "number": line.number, "previous": line.previous, "hash": line.hash, "body": line.body,
        });
        say(&format!("{whole}\n"))?;
    }
    Ok(Exit::Complete)
}

fn entry_of(store: &Store, name: &str) -> Result<Option<EntryId>, Failure> {
    for row in store.page_rows()?.iter().filter(|row| name.starts_with(&row.id.to_string())) {
        let ResultRef::Read(result) = row.result else { continue };
        let page = store.page(row.id, result, Load::Values)?;
        let mut ids = page.entries.iter().map(|stored| stored.checked.entry.id);
        if let Some(id) = ids.find(|id| id.to_string() == name) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
