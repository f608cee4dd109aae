//! `sohoa archive`: books as packages for an archive.

use std::path::{Path, PathBuf};

use clap::Args;

use super::export::{naming, opening, unconfirmed};
use super::office::OfficeArguments;
use super::{Failure, say};
use crate::cli::Exit;
use crate::config;
use crate::confirmation::{Confirmed, confirmations, confirmed};
use crate::delivery::archive::package::{ArchiveError, Content, Pages, Request, write};
use crate::delivery::book::{Conventions, book_name};
use crate::delivery::plan::one_office;
use crate::domain::{BookId, Confirmation};
use crate::store::{Claim, Store};

/// Arguments of `archive`.
#[derive(Debug, Args)]
pub struct ArchiveArguments {
    /// The run folder
    run: PathBuf,
    /// Where the packages go: TO/urn_uuid_…
    #[arg(long)]
    to: PathBuf,
    /// One book, as KS/2008/01 [default: all books of the run]
    #[arg(long)]
    book: Option<String>,
    #[command(flatten)]
    office: OfficeArguments,
    /// Least digits of a number in a PDF's name, as for export
    #[arg(long, default_value_t = 3)]
    digits: usize,
    /// Code of the fonds
    #[arg(long)]
    fonds: Option<String>,
    /// Where the scans lie now [default: where they were read]
    #[arg(long)]
    scans: Option<PathBuf>,
    /// Files that belong to the package, e.g. the acceptance report (one book only)
    #[arg(long)]
    document: Vec<PathBuf>,
    /// Time that the package names as its own, as 2026-02-03T07:00:00+07:00 [default: of the officer's confirmation]
    #[arg(long)]
    date: Option<String>,
    /// Thresholds and switches
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Writes the packages.
pub fn archive(arguments: &ArchiveArguments) -> Result<Exit, Failure> {
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let store = Store::for_people(&arguments.run, Claim::Shared).map_err(opening)?;
    let books = arguments.office.books(&store, arguments.book.as_deref())?;
    plain(arguments, &books)?;
    let all = confirmations(&store)?;
    let pages = Pages::of(&store)?;
    let conventions = Conventions { digits: arguments.digits, ..arguments.office.conventions() };
    let (mut made, mut left) = (0_usize, 0_usize);
    for book in &books {
        if let Some(refusal) = unconfirmed(&store, &all, book, &config, &arguments.run)? {
            say(&refusal)?;
            left += 1;
            continue;
        }
        let word = match confirmed(&store, &all, book, &config)? {
            Confirmed::Stands(word) => Some(word),
            Confirmed::Changed(_) | Confirmed::Never => None,
        };
        let request = Request {
            book,
            to: &arguments.to,
            fonds: arguments.fonds.as_deref(),
            created: &created(book, arguments.date.as_deref(), word.as_ref())?,
            word: word.as_ref(),
            conventions: &conventions,
            scans: arguments.scans.as_deref(),
            documents: &arguments.document,
        };
        let (folder, content) = write(&store, &pages, &config, &request).map_err(packing)?;
        say(&told(book, &folder, &content))?;
        made += 1;
    }
    Ok(match (made, left) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// What would fail only after all pages were read is refused before the first.
fn plain(arguments: &ArchiveArguments, books: &[BookId]) -> Result<(), Failure> {
    if arguments.office.office.is_some() || !arguments.document.is_empty() {
        one_office(books).map_err(naming)?;
    }
    if !arguments.document.is_empty() && books.len() != 1 {
        return Err(Failure::Usage(anyhow::anyhow!("--document is for one book\nhint: --book names it")));
    }
    let names = arguments.document.iter().map(|path| path.file_name().and_then(|name| name.to_str()));
    let names = names.chain(arguments.fonds.iter().map(|fonds| Some(fonds.as_str())));
    for name in names.map(Option::unwrap_or_default) {
        if !sohoa_aip::package::plain(name) {
            return Err(Failure::Usage(anyhow::anyhow!(
                "{name:?} becomes a file name of the package\nhint: letters without marks, digits, '.', '_' and '-' only"
            )));
        }
    }
    Ok(())
}

fn told(book: &BookId, folder: &Path, content: &Content) -> String {
    let Content { cases, pages, rows, left, .. } = content;
    let left = if *left > 0 { format!(", {left} left out by a person's word") } else { String::new() };
    format!(
        "{} {}: {cases} cases on {pages} pages, {rows} rows{left}\n  {}\n",
        book.office,
        book_name(book),
        folder.display()
    )
}

/// Another scan than the one that was read is the user's to put right, a refusing disk is not.
fn packing(error: ArchiveError) -> Failure {
    match error {
        ArchiveError::Scan(error) => Failure::usage(error),
        other => Failure::Run(other.into()),
    }
}

/// The time that a package names as its own.
fn created(book: &BookId, date: Option<&str>, word: Option<&Confirmation>) -> Result<String, Failure> {
    match (date, word) {
        (Some(date), _) => vietnam(date),
        (None, Some(word)) => vietnam(&word.at),
        (None, None) => Err(Failure::Usage(anyhow::anyhow!(
            "nobody confirmed {}, so the package has no time of its own\nhint: --date 2026-02-03T07:00:00+07:00",
            book_name(book)
        ))),
    }
}

/// A time in the zone of Việt Nam.
fn vietnam(at: &str) -> Result<String, Failure> {
    let time: jiff::Timestamp = at.parse().map_err(|_| {
        Failure::Usage(anyhow::anyhow!(
            "{at:?} is no time\nhint: with day, hour and zone, as 2026-02-03T07:00:00+07:00"
        ))
    })?;
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    Ok(time.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_zone_of_the_archive() {
        assert_eq!(vietnam("2026-02-02T20:30:00Z").ok().as_deref(), Some("2026-02-03T03:30:00+07:00"));
        assert!(vietnam("2026-02-03").is_err());
    }
}
