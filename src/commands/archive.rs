//! `sohoa archive`: books as packages for an archive.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use sohoa_aip::package::{About, Package, uuid};
use sohoa_aip::premis::Event;

use super::export::{naming, opening, unconfirmed};
use super::{Failure, say};
use crate::cli::Exit;
use crate::config::{self, Config};
use crate::confirmation::{Confirmed, confirmations, confirmed};
use crate::delivery::archive::{self, JSON, PDF, PROGRAM, XML, by_page, cases, original};
use crate::delivery::book::{Conventions, book_name, book_number};
use crate::delivery::columns::schema;
use crate::delivery::plan::{Plan, Refused, books, one_office, plan};
use crate::domain::{BookId, Confirmation, PageId};
use crate::standing::standing;
use crate::store::{Claim, Load, ResultRef, Store, StoreError};

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
    /// Only the books of this office folder, as xa_loc_thuan
    #[arg(long, value_name = "FOLDER")]
    of: Option<String>,
    /// Full name of the office that keeps the books
    #[arg(long)]
    office: Option<String>,
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
    let books = books(&store, arguments.book.as_deref(), arguments.of.as_deref()).map_err(naming)?;
    if arguments.office.is_some() || !arguments.document.is_empty() {
        one_office(&books).map_err(naming)?;
    }
    if !arguments.document.is_empty() && books.len() != 1 {
        return Err(Failure::Usage(anyhow::anyhow!("--document is for one book\nhint: --book names it")));
    }
    let all = confirmations(&store)?;
    let pages = Pages::of(&store)?;
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
        let folder = package(&store, book, &config, &pages, word.as_ref(), arguments)?;
        say(&format!("{} {}\n  {}\n", book.office, book_name(book), folder.display()))?;
        made += 1;
    }
    Ok(match (made, left) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// Where pages come from, and how fine they were scanned.
struct Pages(BTreeMap<PageId, (String, i64)>);

impl Pages {
    fn of(store: &Store) -> Result<Self, StoreError> {
        let mut pages = BTreeMap::new();
        for row in store.page_rows()? {
            if let ResultRef::Read(result) = row.result {
                pages.insert(row.id, (row.path, result));
            }
        }
        Ok(Self(pages))
    }
}

fn package(
    store: &Store,
    book: &BookId,
    config: &Config,
    pages: &Pages,
    word: Option<&Confirmation>,
    arguments: &ArchiveArguments,
) -> Result<PathBuf, Failure> {
    let stored = store.book_entries(book)?;
    let entries: Result<Vec<_>, StoreError> =
        stored.into_iter().map(|stored| standing(store, stored.checked, config)).collect();
    let entries = entries?;
    let cases = cases(book, &entries, 3);
    let by_page = by_page(&cases);
    let keeper = arguments.office.clone().unwrap_or_else(|| book.office.clone());
    let description = archive::of_book(book, &keeper, &cases, by_page.len());
    let about = self::about(book, description, word, arguments)?;
    let mut package = Package::create(&arguments.to, about)?;
    package.representation("PDF/A-2b: một trường hợp một tệp");
    let mut texts = Vec::new();
    for (page, own) in &by_page {
        let Some((path, result)) = pages.0.get(page) else { continue };
        let dpi = store.page(*page, *result, Load::Values)?.facts.dpi;
        let original =
            original(*page, path, dpi, arguments.scans.as_deref(), &config.intake).map_err(Failure::usage)?;
        let source = format!("sha256:{}", page.file);
        for case in own {
            let pdf = original.pdf(case, &archive::about(book, case, *page));
            let description = archive::of_case(book, &keeper, case);
            package.data(&format!("{}.pdf", case.name), PDF, &pdf, &source, Some(&description))?;
        }
        texts.push((format!("{page}.alto.xml"), original.alto(*page, path, own), source));
    }
    package.representation("Văn bản của trang (ALTO 4) và các dòng nhập dữ liệu (JSON Lines)");
    for (name, text, source) in texts {
        package.data(&name, XML, text.as_bytes(), &source, None)?;
    }
    let conventions = Conventions { office: arguments.office.clone(), digits: 3, ..Conventions::default() };
    rows(&mut package, &plan(store, book, config, &conventions, Refused::Stay)?)?;
    package.document("README.txt", "text/plain", readme(book, &keeper, &cases).as_bytes())?;
    for path in &arguments.document {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let media = if name.ends_with(".pdf") { PDF } else { "application/octet-stream" };
        package.document(&name, media, &std::fs::read(path)?)?;
    }
    Ok(package.place()?)
}

/// What lies where, for whoever opens the package in thirty years.
fn readme(book: &BookId, keeper: &str, cases: &[archive::Case<'_>]) -> String {
    format!(
        "{}, quyển số {}\nCơ quan lưu giữ: {keeper}\nSố trường hợp: {}\n\n\
         METS.xml: mục lục của gói, kèm SHA-256 của mọi tệp\n\
         metadata/: mô tả quyển sổ (EAD) và lịch sử bảo quản (PREMIS)\n\
         representations/rep1/: mỗi trường hợp một tệp PDF/A-2b: ảnh quét nguyên gốc, lớp chữ ẩn là giá trị đã duyệt\n\
         representations/rep2/: chữ và vị trí trên từng trang (ALTO 4); các dòng nhập dữ liệu (JSON Lines)\n\
         schemas/: dạng của các dòng nhập dữ liệu (JSON Schema)\n",
        archive::register_name(book.register),
        book_number(book),
        cases.len()
    )
}

/// The rows that an importer gets, with the schema of their lines.
fn rows(package: &mut Package, plan: &Plan) -> Result<(), Failure> {
    let acts: Vec<_> = plan.rows.iter().chain(&plan.past).collect();
    let name = format!("rows.{}", plan.layout.id);
    package.data(&format!("{name}.jsonl"), JSON, &archive::rows(&plan.layout.headers(), &acts)?, "", None)?;
    let schema = format!("{:#}\n", schema(plan.layout));
    package.schema(&format!("{name}.schema.json"), JSON, schema.as_bytes())?;
    Ok(())
}

fn about(
    book: &BookId,
    description: sohoa_aip::ead::Description,
    word: Option<&Confirmation>,
    arguments: &ArchiveArguments,
) -> Result<About, Failure> {
    let created = match (&arguments.date, word) {
        (Some(date), _) => vietnam(date)?,
        (None, Some(word)) => vietnam(&word.at)?,
        (None, None) => {
            return Err(Failure::Usage(anyhow::anyhow!(
                "nobody confirmed {}, so the package has no time of its own\nhint: --date 2026-02-03T07:00:00+07:00",
                book_name(book)
            )));
        }
    };
    let fonds = arguments.fonds.clone();
    let words = format!("{} {}", book.office, book_name(book));
    let id = match &fonds {
        Some(fonds) => format!("urn:{fonds}:uuid:{}", uuid(&words)),
        None => format!("urn:uuid:{}", uuid(&words)),
    };
    let event = |kind, note: &str, person| Event {
        kind,
        at: created.clone(),
        outcome: "success",
        note: note.to_owned(),
        person,
    };
    let mut events = Vec::new();
    if let Some(word) = word {
        let note =
            format!("Công chức tư pháp - hộ tịch xác nhận {} trường hợp, mã nội dung {}", word.entries, word.content);
        events.push(event("validation", &note, Some(word.who.clone())));
    }
    events.push(event("fixity check", "Mỗi bản quét được đọc lại và so SHA-256 với bản đã số hóa", None));
    events.push(event("ingestion", "Lập gói lưu trữ", None));
    Ok(About { id, fonds, created, description, events, program: PROGRAM })
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
