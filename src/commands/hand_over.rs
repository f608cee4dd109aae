//! `sohoa hand-over`: notes that deliveries left the house; from then on they are never rewritten.

use std::path::PathBuf;

use clap::Args;

use super::export::opening;
use super::{Failure, say};
use crate::cli::Exit;
use crate::delivery::book::book_name;
use crate::delivery::package;
use crate::domain::day_of;
use crate::store::{Claim, HandedOver, Store};

/// Arguments of `hand-over`.
#[derive(Debug, Args)]
pub struct HandOverArguments {
    /// The run folder
    run: PathBuf,
    /// Deliveries that leave, as `sohoa export` wrote them: TO/<base name>/lan-<number>
    #[arg(required = true)]
    deliveries: Vec<PathBuf>,
}

/// Notes them; the first that is not as it was exported stops the rest.
pub fn hand_over(arguments: &HandOverArguments) -> Result<Exit, Failure> {
    let store = Store::for_people(&arguments.run, Claim::Shared).map_err(opening)?;
    for folder in &arguments.deliveries {
        let wrong = |what: &str| {
            Failure::usage(anyhow::anyhow!("{} {what}\nhint: `sohoa export` writes it anew", folder.display()))
        };
        if !package::whole(folder) {
            return Err(wrong("is no whole delivery: a file is missing or differs from SHA256SUMS"));
        }
        if !package::has_workbook(folder) {
            return Err(wrong("holds no row for an importer"));
        }
        match store.hand_over(&package::sums_of(folder)?, &jiff::Timestamp::now().to_string())? {
            HandedOver::Noted(book, number) => {
                say(&format!("{} {} delivery {number}: handed over\n", book.office, book_name(&book)))?;
            }
            HandedOver::Before(book, number, at) => {
                let day = day_of(&at);
                say(&format!("{} {} delivery {number}: handed over before, {day}\n", book.office, book_name(&book)))?;
            }
            HandedOver::Unknown => return Err(wrong("is not the last that was exported from this run")),
        }
    }
    Ok(Exit::Complete)
}
