//! `sohoa status`: how far a run is; works while it runs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, say};
use crate::cli::Exit;
use crate::delivery::book::book_name;
use crate::domain::{BookId, day_of};
use crate::store::{DeliveredRow, DeliveryState, Store, StoreError};

/// Arguments of `status`.
#[derive(Debug, Args)]
pub struct StatusArguments {
    /// The run folder
    run: PathBuf,
    /// Every delivered entry with its state, tab-separated, instead of the counts
    #[arg(long)]
    deliveries: bool,
}

/// Prints the counts.
pub fn status(arguments: &StatusArguments) -> Result<Exit, Failure> {
    let store = Store::read_only(&arguments.run).map_err(Failure::usage)?;
    if arguments.deliveries {
        return entries(&store);
    }
    let now = store.progress()?;
    let left = now.pages.saturating_sub(now.read + now.aside);
    say(&format!(
        "pages        {}\nread         {}\nset aside    {}\nleft         {left}\nentries      {}\nfiles aside  {}\n",
        now.pages, now.read, now.aside, now.entries, now.files_aside
    ))?;
    for book in store.books()? {
        say(&deliveries(&store, &book)?)?;
    }
    Ok(match (now.read, now.aside + now.files_aside + left) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// One line a delivery of a book.
fn deliveries(store: &Store, book: &BookId) -> Result<String, StoreError> {
    let (rows, all) = (store.delivered(book)?, store.deliveries(book)?);
    let numbers: BTreeSet<u32> = rows.iter().map(|row| row.number).collect();
    let line = |number: u32| {
        let count =
            |is: fn(&DeliveryState) -> bool| rows.iter().filter(|row| row.number == number && is(&row.state)).count();
        let gone = all.iter().find(|d| d.number == number).and_then(|d| d.handed_over.as_deref());
        let gone =
            gone.map_or_else(|| "not noted as handed over".to_owned(), |at| format!("handed over {}", day_of(at)));
        format!(
            "{} {} delivery {number}: {} imported, {} refused, {} unanswered; {gone}\n",
            book.office,
            book_name(book),
            count(|s| *s == DeliveryState::Imported),
            count(|s| matches!(s, DeliveryState::Refused(_))),
            count(|s| *s == DeliveryState::Delivered),
        )
    };
    Ok(numbers.into_iter().map(line).collect())
}

/// The state of every delivered entry: its last row counts.
fn entries(store: &Store) -> Result<Exit, Failure> {
    say("book\tdelivery\trow\tso\tpdf\tentry\tstate\treason\n")?;
    let mut exit = Exit::Nothing;
    for book in store.books()? {
        let newest: BTreeMap<String, DeliveredRow> =
            store.delivered(&book)?.into_iter().map(|row| (row.entry.clone(), row)).collect();
        let mut rows: Vec<DeliveredRow> = newest.into_values().collect();
        rows.sort_by_key(|row| (row.number, row.row));
        for row in rows {
            let (state, reason) = match &row.state {
                DeliveryState::Delivered => ("delivered", ""),
                DeliveryState::Imported => ("imported", ""),
                DeliveryState::Refused(reason) => ("refused", reason.as_str()),
            };
            // the importer's words may hold anything
            let reason = reason.replace(['\t', '\n', '\r'], " ");
            let (book, DeliveredRow { number, row, so, pdf, entry, .. }) = (book_name(&book), row);
            say(&format!("{book}\t{number}\t{row}\t{so}\t{pdf}\t{entry}\t{state}\t{reason}\n"))?;
            exit = Exit::Complete;
        }
    }
    Ok(exit)
}
