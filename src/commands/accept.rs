//! `sohoa accept`: the acceptance report of a book, in Vietnamese: one HTML file to look at, one PDF/A to sign.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::export::{naming, opening};
use super::office::OfficeArguments;
use super::{Failure, say};
use crate::cli::Exit;
use crate::config::{self, Config};
use crate::confirmation::{Confirmed, confirmations, confirmed};
use crate::delivery::acceptance::{Closing, Facts, Sample, html, paper};
use crate::delivery::book::book_name;
use crate::delivery::package;
use crate::delivery::plan::{Refused, one_office, plan};
use crate::delivery::preflight::Paths;
use crate::domain::{BookId, PageId, day_of};
use crate::standing::standing;
use crate::store::folder::write_whole;
use crate::store::{Claim, Load, ResultRef, Store, StoreError};

/// Arguments of `accept`.
#[derive(Debug, Args)]
pub struct AcceptArguments {
    /// The run folder
    run: PathBuf,
    /// The book, as KS/2008/01
    #[arg(long)]
    book: String,
    #[command(flatten)]
    office: OfficeArguments,
    /// The report; the PDF goes beside it [default: RUN/acceptance-<book>.html]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Events that the closing note of the book counts
    #[arg(long)]
    events: Option<usize>,
    /// Pages that the closing note counts
    #[arg(long)]
    pages: Option<usize>,
    /// Folders of deliveries (TO/…/lan-1) whose files are listed with their hashes
    #[arg(long)]
    delivery: Vec<PathBuf>,
    /// Thresholds and switches
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Writes the report.
pub fn accept(arguments: &AcceptArguments) -> Result<Exit, Failure> {
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let store = Store::for_people(&arguments.run, Claim::Shared).map_err(opening)?;
    let found = arguments.office.books(&store, Some(&arguments.book))?;
    one_office(&found).map_err(naming)?;
    let Some(book) = found.first() else { return Ok(Exit::Nothing) };
    let plan = plan(&store, book, &config, &arguments.office.conventions(), Refused::Stay)?;
    let entries: Result<Vec<_>, _> = store
        .book_entries(book, Load::Values)?
        .iter()
        .map(|stored| standing(&store, stored.checked.clone(), &config))
        .collect();
    let (entries, delivered) = (entries?, store.delivered(book)?);
    let mut sample = Sample::default();
    for entry in &entries {
        sample = sample.with(&store.said_of(&entry.checked.entry)?.0);
    }
    let (paths, sheets, set_aside) = pages(&store, book)?;
    let facts = Facts {
        plan: &plan,
        entries: &entries,
        delivered: &delivered,
        sheets: &sheets,
        paths: &paths,
        set_aside,
        office: arguments.office.office.as_deref(),
        confirmation: confirmation(&store, book, &config)?,
        closing: Closing { events: arguments.events, pages: arguments.pages },
        sample,
        files: files(&arguments.delivery)?,
    };
    let page = html(&facts)?;
    let name = format!("acceptance-{}.html", book_name(book).replace('/', "."));
    let out = arguments.out.clone().unwrap_or_else(|| store.folder().file(&name));
    write_whole(&out, |out| out.write_all(page.as_bytes()))?;
    let paper = out.with_extension("pdf");
    let pdf = paper::pdf(&facts);
    write_whole(&paper, |out| out.write_all(&pdf))?;
    say(&format!("{} entries\n  {}\n  {}\n", entries.len(), out.display(), paper.display()))?;
    Ok(Exit::Complete)
}

/// What the officer said of the book as it is now.
fn confirmation(store: &Store, book: &BookId, config: &Config) -> Result<String, StoreError> {
    Ok(match confirmed(store, &confirmations(store)?, book, config)? {
        Confirmed::Stands(last) => {
            let (day, short) = (day_of(&last.at), last.short());
            format!(
                "Công chức tư pháp - hộ tịch ({}) đã xác nhận {} trường hợp của quyển ngày {day}, mã nội dung {short}.",
                last.who, last.entries
            )
        }
        Confirmed::Changed(last) => {
            format!(
                "Quyển đã thay đổi sau khi công chức ({}) xác nhận ngày {}; cần xác nhận lại.",
                last.who,
                day_of(&last.at)
            )
        }
        Confirmed::Never => "Quyển chưa được công chức tư pháp - hộ tịch xác nhận.".to_owned(),
    })
}

type Sheets = BTreeMap<(PageId, u8), (u32, u32)>;

/// Sheets of the book, paths of all pages, and what was set aside in the run.
fn pages(store: &Store, book: &BookId) -> Result<(Paths, Sheets, usize), StoreError> {
    let (mut paths, mut sheets, mut aside) = (Paths::new(), Sheets::new(), store.files_aside()?.len());
    for row in store.page_rows()? {
        match row.result {
            ResultRef::Aside(_) => aside += 1,
            ResultRef::Read(result) => {
                let page = store.page(row.id, result, Load::Values)?;
                let own = |part: u8| {
                    let entries = page.entries.iter().map(|stored| &stored.checked.entry);
                    entries.filter(|e| e.id.part == part).any(|e| crate::store::book_of(e) == *book)
                };
                for sheet in page.facts.sheets.iter().filter(|sheet| own(sheet.part)) {
                    sheets.insert((row.id, sheet.part), sheet.size);
                }
            }
        }
        paths.insert(row.id, row.path);
    }
    Ok((paths, sheets, aside))
}

/// Hash and name of every file of whole deliveries; a damaged one is refused.
fn files(folders: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    for folder in folders {
        if !package::whole(folder) {
            return Err(Failure::Usage(anyhow::anyhow!(
                "{} is no whole delivery: a file is missing or differs from SHA256SUMS\nhint: `sohoa export` makes it again",
                folder.display()
            )));
        }
        let sums = fs::read_to_string(folder.join("SHA256SUMS"))?;
        let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let place = name(folder);
        let lines = sums.lines().filter_map(|line| line.split_once("  "));
        files.extend(lines.map(|(sum, file)| (sum.to_owned(), format!("{place}/{file}"))));
    }
    Ok(files)
}
