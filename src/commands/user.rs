//! `sohoa user`: the accounts of a run's review station.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Failure, say};
use crate::cli::Exit;
use crate::domain::{AccountChange, AuditLine};
use crate::store::{AccountState, Claim, Role, Store, is_account_name};

/// Arguments of `user`.
#[derive(Debug, Args)]
pub struct UserArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an account; the password is asked for, or read from standard input
    Add {
        /// The run folder
        run: PathBuf,
        /// Sign-in name: small letters, digits, dot, hyphen
        name: String,
        /// What the person may do
        #[arg(long, value_enum)]
        role: Role,
    },
    /// The accounts and what they may do
    List {
        /// The run folder
        run: PathBuf,
    },
    /// Take an account's right to sign in; its decisions stay
    Remove {
        /// The run folder
        run: PathBuf,
        /// Sign-in name
        name: String,
    },
}

/// Changes or shows the accounts.
pub fn user(arguments: &UserArguments) -> Result<Exit, Failure> {
    match &arguments.what {
        What::Add { run, name, role } => add(&open(run)?, name, *role),
        What::List { run } => list(&open(run)?),
        What::Remove { run, name } => remove(&open(run)?, name),
    }
}

fn open(run: &std::path::Path) -> Result<Store, Failure> {
    Store::for_people(run, Claim::Shared).map_err(Failure::usage)
}

fn add(store: &Store, name: &str, role: Role) -> Result<Exit, Failure> {
    if !is_account_name(name) {
        return Err(Failure::usage(anyhow::anyhow!(
            "{name:?} is no sign-in name\nhint: 2 to 32 small letters, digits, dots or hyphens"
        )));
    }
    let kept = sohoa_signin::keep(&ask_password()?)
        .map_err(|error| Failure::usage(anyhow::anyhow!("{error}\nhint: a sentence of four words is a good one")))?;
    if !store.add_account(name, role, &kept)? {
        return Err(Failure::usage(anyhow::anyhow!(
            "there is an account {name} already\nhint: `sohoa user remove` it first"
        )));
    }
    note(store, name, &format!("added as {}", role.name()))?;
    say(&format!("{name} may sign in as {}\n", role.name()))?;
    Ok(Exit::Complete)
}

fn list(store: &Store) -> Result<Exit, Failure> {
    let accounts = store.accounts()?;
    for account in &accounts {
        let state = match account.state {
            AccountState::Active => "",
            AccountState::Removed => "  removed",
        };
        say(&format!("{:<32} {}{state}\n", account.name, account.role.name()))?;
    }
    Ok(if accounts.is_empty() { Exit::Nothing } else { Exit::Complete })
}

fn remove(store: &Store, name: &str) -> Result<Exit, Failure> {
    if !store.remove_account(name)? {
        return Err(Failure::usage(anyhow::anyhow!("there is no account {name}\nhint: see `sohoa user list`")));
    }
    note(store, name, "removed")?;
    say(&format!("{name} may no longer sign in\n"))?;
    Ok(Exit::Complete)
}

fn note(store: &Store, name: &str, change: &str) -> Result<(), Failure> {
    let at = jiff::Timestamp::now().to_string();
    let change = AccountChange { at, name: name.to_owned(), change: change.to_owned() };
    store.add_line(&AuditLine::Account(change))?;
    Ok(())
}

/// Twice and unseen at a terminal; one line from a pipe.
fn ask_password() -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let terminal = console::Term::stderr();
    let ask = |what: &str| -> io::Result<String> {
        terminal.write_str(what)?;
        terminal.read_secure_line()
    };
    let (first, second) = (ask("password: ")?, ask("again: ")?);
    if first != second {
        return Err(Failure::usage(anyhow::anyhow!("the two passwords differ\nhint: give the command again")));
    }
    Ok(first)
}
