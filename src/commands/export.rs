//! `sohoa export`: what is settled, as the national register's import wants it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use image::RgbImage;
use rayon::prelude::*;

use super::office::OfficeArguments;
use super::{Failure, say};
use crate::cli::Exit;
use crate::config::{self, Config};
use crate::confirmation::{Confirmed, confirmations, confirmed};
use crate::delivery::Confirmation;
use crate::delivery::book::{Conventions, NumberStyle, Unset, base_name, book_name};
use crate::delivery::columns::BirthColumns;
use crate::delivery::package;
use crate::delivery::plan::{Act, BookError, Plan, Refused, one_office, plan};
use crate::delivery::preflight::{Paths, problems};
use crate::delivery::scan_pdf;
use crate::domain::{BookId, EntryId, PageId, day_of};
use crate::outputs::pictures::load_sheet;
use crate::store::{Claim, DeliveredRow, ResultRef, Store, StoreError};

/// Who the files are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Receiver {
    /// the national register: per book one workbook and one archive of PDFs
    Registry,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The run folder
    run: PathBuf,
    /// Who the files are for
    #[arg(long = "for", value_enum, default_value = "registry")]
    receiver: Receiver,
    /// Where the deliveries go: TO/<base name>/lan-<number>
    #[arg(long)]
    to: PathBuf,
    /// One book, as KS/2008/01 [default: all books of the run]
    #[arg(long)]
    book: Option<String>,
    /// Beginning of the file names [default: from the office, as xalocthuan_hbd_tbt]
    #[arg(long)]
    base_name: Option<String>,
    /// Columns of births
    #[arg(long, value_enum, default_value = "70")]
    ks_columns: BirthColumns,
    /// Style of the act's number
    #[arg(long, value_enum, default_value = "with-year")]
    number_style: NumberStyle,
    /// What codes say where nothing is known
    #[arg(long, value_enum, default_value = "zero")]
    unset: Unset,
    /// Least digits of the number in names of PDFs
    #[arg(long, default_value_t = 3)]
    digits: usize,
    /// Deliver rows again that the importer refused and that nobody changed
    #[arg(long)]
    refused_again: bool,
    /// Check only, write nothing
    #[arg(long)]
    check: bool,
    /// Thresholds and switches
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Writes the deliveries.
pub(super) fn export(arguments: &ExportArguments, office: &OfficeArguments) -> Result<Exit, Failure> {
    let Receiver::Registry = arguments.receiver;
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let store = Store::for_people(&arguments.run, Claim::Shared).map_err(opening)?;
    let conventions = conventions(arguments, office)?;
    let books = office.books(&store, arguments.book.as_deref())?;
    if conventions.office.is_some() || conventions.base_name.is_some() {
        // two books of two offices would become one
        one_office(&books).map_err(naming)?;
    }
    let refused = if arguments.refused_again { Refused::Again } else { Refused::Stay };
    let pages = Pages::of(&store)?;
    let confirmations = confirmations(&store)?;
    let (mut delivered, mut left) = (0, pages.bookless);
    for book in &books {
        let plan = plan(&store, book, &config, &conventions, refused)?;
        // looked at after the plan: what is decided from here on is in neither
        if let Some(refusal) = unconfirmed(&store, &confirmations, book, &config, &arguments.run)? {
            say(&refusal)?;
            if !arguments.check {
                left += plan.rows.len() + plan.left_out.len();
                continue;
            }
        }
        left += plan.left_out.iter().filter(|l| l.why != "imported").count();
        delivered += plan.rows.len();
        if arguments.check {
            say(&table(&plan, &pages.paths))?;
        } else {
            let staged = stage(&plan, &store, &pages, &config, &conventions, arguments)?;
            let (before, now) = (store.delivered(book)?, plan.delivered());
            let sums = staged.sums().to_owned();
            let folder = store.replace_delivery(book, (plan.number, &sums), &now, || staged.place())?;
            say(&summary(&plan, &folder.display().to_string()))?;
            if rewritten(&before, &now, plan.number) {
                say(REWRITTEN)?;
            }
        }
    }
    if pages.bookless > 0 {
        say(&format!(
            "{} entries belong to no known book and were left out: folders or file names must tell register, year and book\n",
            pages.bookless
        ))?;
    }
    Ok(match (delivered, left) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// Why a book does not leave without the officer's word, and what to do; `None` where it may leave.
pub(super) fn unconfirmed(
    store: &Store,
    all: &[crate::domain::Confirmation],
    book: &BookId,
    config: &Config,
    run: &Path,
) -> Result<Option<String>, StoreError> {
    if config.delivery.confirmation == Confirmation::NotAsked {
        return Ok(None);
    }
    let why = match confirmed(store, all, book, config)? {
        Confirmed::Stands(_) => return Ok(None),
        Confirmed::Never => "chưa được công chức tư pháp - hộ tịch xác nhận".to_owned(),
        Confirmed::Changed(last) => {
            let day = day_of(&last.at);
            format!("đã thay đổi sau khi {} xác nhận ngày {day}", last.who)
        }
    };
    Ok(Some(format!(
        "{} {}: {why}, nên không giao.\n  Cách xử lý: chạy `sohoa review {}`; công chức hộ tịch vào trang Quyển sổ, bấm \
         \"Tôi xác nhận quyển này\"; rồi chạy lại lệnh này.\n",
        book.office,
        book_name(book),
        run.display()
    )))
}

/// A delivery that was handed over already and is handed over again would be imported twice.
const REWRITTEN: &str = "  note: this delivery was written before with other rows. If that one was handed over already, \
                         do not hand over this one; `sohoa hand-over` notes what leaves, and then it is never rewritten\n";

/// Whether an open delivery got other rows than it had.
fn rewritten(before: &[DeliveredRow], now: &[DeliveredRow], number: u32) -> bool {
    let before = before.iter().filter(|row| row.number == number);
    before.clone().next().is_some() && !before.eq(now.iter())
}

/// A wrong folder is the user's mistake, a refusing disk is not.
pub(super) fn opening(error: StoreError) -> Failure {
    match error {
        StoreError::NoRun(_) => Failure::usage(error),
        other => Failure::Run(other.into()),
    }
}

/// A wrong book is the user's mistake.
pub(super) fn naming(error: BookError) -> Failure {
    match error {
        BookError::Store(error) => Failure::Run(error.into()),
        other => Failure::usage(other),
    }
}

fn conventions(arguments: &ExportArguments, office: &OfficeArguments) -> Result<Conventions, Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if arguments.base_name.as_deref().is_some_and(|name| name.is_empty() || !name.chars().all(plain)) {
        return Err(Failure::Usage(anyhow::anyhow!(
            "--base-name becomes a file name\nhint: letters without marks, digits, _ and - only"
        )));
    }
    Ok(Conventions {
        births: arguments.ks_columns,
        number: arguments.number_style,
        unset: arguments.unset,
        digits: arguments.digits,
        base_name: arguments.base_name.clone(),
        ..office.conventions()
    })
}

/// What a delivery needs to know of pages.
struct Pages {
    paths: Paths,
    results: BTreeMap<PageId, i64>,
    bookless: usize,
}

impl Pages {
    fn of(store: &Store) -> Result<Self, StoreError> {
        let mut pages = Self { paths: Paths::new(), results: BTreeMap::new(), bookless: store.entries_without_book()? };
        for row in store.page_rows()? {
            pages.paths.insert(row.id, row.path);
            if let ResultRef::Read(result) = row.result {
                pages.results.insert(row.id, result);
            }
        }
        Ok(pages)
    }

    /// Resolution of the finest scan that an act stands on: the coarser one beside it takes no more of the picture's bytes
    /// than its few pixels, and the finer one stays legible.
    fn dpi(&self, store: &Store, entry: EntryId, places: &[(PageId, u8)]) -> io::Result<f32> {
        let mut finest = 0.0_f32;
        for (page, _) in places {
            // one that was set aside since has its picture still
            let Some(result) = self.results.get(page) else { continue };
            finest = finest.max(store.facts(*result).map_err(io::Error::other)?.dpi);
        }
        if finest > 0.0 { Ok(finest) } else { Err(gone(&entry.to_string())) }
    }
}

fn stage(
    plan: &Plan,
    store: &Store,
    pages: &Pages,
    config: &Config,
    conventions: &Conventions,
    arguments: &ExportArguments,
) -> Result<package::Staged, Failure> {
    let pdf = |act: &Act| {
        let places = places(store, act.entry)?;
        let picture = scan_pdf::below(&sheets(store, act.entry, &places)?);
        let dpi = pages.dpi(store, act.entry, &places)?;
        scan_pdf::write(&picture, dpi, act.pdf.trim_end_matches(".pdf"), &config.delivery)
    };
    let pdfs = |acts: &[&Act]| acts.par_iter().map(|act| pdf(act)).collect();
    Ok(package::stage(plan, &base_name(&plan.book, conventions), &arguments.to, &pages.paths, pdfs)?)
}

/// The sheet of an act, and those where it goes on, each once.
fn places(store: &Store, entry: EntryId) -> io::Result<Vec<(PageId, u8)>> {
    let mut places = vec![(entry.page, entry.part)];
    for part in store.parts_of(entry).map_err(io::Error::other)? {
        if !places.contains(&(part.page, part.part)) {
            places.push((part.page, part.part));
        }
    }
    Ok(places)
}

fn sheets(store: &Store, entry: EntryId, places: &[(PageId, u8)]) -> io::Result<Vec<RgbImage>> {
    let sheet = |(page, part): &(PageId, u8)| {
        load_sheet(&store.folder().page(*page, *part)).ok_or_else(|| gone(&entry.to_string()))
    };
    places.iter().map(sheet).collect()
}

fn gone(entry: &str) -> io::Error {
    io::Error::other(format!(
        "the cleaned page of entry {entry} is gone\nhint: `sohoa run` with the same scans makes it again"
    ))
}

/// The problems of a book as a table for a terminal.
fn table(plan: &Plan, paths: &Paths) -> String {
    let mut text = summary(plan, "(check only)");
    for [row, weight, so, header, _, sentence, rule, file, page, _] in problems(plan, paths) {
        let row = if row.is_empty() { "-".to_owned() } else { row };
        text.push_str(&format!("  {row}\t{weight}\t{so}\t{header}\t{rule}\t{sentence}\t{file}:{page}\n"));
    }
    text
}

fn summary(plan: &Plan, place: &str) -> String {
    let count = |why: &str| plan.left_out.iter().filter(|l| l.why == why).count();
    let warnings: usize = plan.rows.iter().map(|act| act.problems.len()).sum();
    format!(
        "{} {} delivery {}: {} rows ({warnings} warnings); left out: {} waiting, {} stopped by checks, {} imported, {} unanswered, {} refused\n  {place}\n",
        plan.book.office,
        book_name(&plan.book),
        plan.number,
        plan.rows.len(),
        count("waiting"),
        count("check"),
        count("imported"),
        count("no-answer"),
        count("refused"),
    )
}
