//! A book → its package: page by page, so a book of ten thousand cases is not held in memory as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use sohoa_aip::Program;
use sohoa_aip::package::{About, Form, Package, Piece, uuid};

use super::Names;
pub use super::describe::Content;
use super::describe::{events, of_book, of_case, of_pdf, readme};
use super::original::{Original, ScanError, Scans, pdf};
use crate::config::Config;
use crate::delivery::book::{Conventions, book_name};
use crate::delivery::columns::{ImportLayout, schema};
use crate::delivery::plan::{Act, Refused, plan};
use crate::domain::settlement::SettledEntry;
use crate::domain::{BookId, Confirmation, EntryId, Fate, PageId};
use crate::standing::standing;
use crate::store::{Load, ResultRef, Store, StoreError};

/// This program.
const PROGRAM: Program = Program { name: "sohoa", version: env!("CARGO_PKG_VERSION") };
const PDF: &str = "application/pdf";
const XML: &str = "text/xml";
const JSON: &str = "application/json";

/// Why a book could not be packed.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A scan is not what it was.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// An entry's page is in no result: an archive without it would look complete.
    #[error("page {0} is not among the pages of the run\nhint: run `sohoa run` again")]
    NoPage(PageId),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system refused.
    #[error("cannot write the package: {0}\nhint: check that the folder may be written and the disk has room")]
    Io(#[from] io::Error),
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Which book.
    pub book: &'a BookId,
    /// Where the package goes.
    pub to: &'a Path,
    /// Code of the fonds.
    pub fonds: Option<&'a str>,
    /// Time that the package names as its own, ISO 8601 with the zone.
    pub created: &'a str,
    /// The officer's confirmation.
    pub word: Option<&'a Confirmation>,
    /// Office and kind of registration, as for export.
    pub conventions: &'a Conventions,
    /// Where scans lie now.
    pub scans: Option<&'a Path>,
    /// Further files, for its documentation.
    pub documents: &'a [PathBuf],
}

/// Where the pages of a run come from.
#[derive(Debug)]
pub struct Pages(BTreeMap<PageId, (String, i64)>);

impl Pages {
    /// All that were read.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let read = |row: crate::store::PageRow| match row.result {
            ResultRef::Read(result) => Some((row.id, (row.path, result))),
            ResultRef::Aside(_) => None,
        };
        Ok(Self(store.page_rows()?.into_iter().filter_map(read).collect()))
    }
}

/// Writes the package; gives its folder and what went into it.
pub fn write(
    store: &Store,
    pages: &Pages,
    config: &Config,
    request: &Request<'_>,
) -> Result<(PathBuf, Content), ArchiveError> {
    let Request { book, created, .. } = *request;
    let words = format!("{} {}", book.office, book_name(book));
    let id = match request.fonds {
        Some(fonds) => format!("urn:{fonds}:uuid:{}", uuid(&words)),
        None => format!("urn:uuid:{}", uuid(&words)),
    };
    let about = About {
        id,
        fonds: request.fonds.map(str::to_owned),
        created: created.to_owned(),
        events: events(request.word, created),
        program: PROGRAM,
    };
    let mut package = Package::create(request.to, about)?;
    let pdfs = package.representation("PDF/A-2b: một trường hợp một tệp");
    let texts = package.representation("Văn bản của trang (ALTO 4) và các dòng nhập dữ liệu (JSON Lines)");
    let keeper = request.conventions.office.as_deref().unwrap_or(&book.office);
    let mut packing = Packing {
        store,
        pages,
        scans: Scans::new(&config.intake, request.scans),
        names: Names::of(book, request.conventions.digits),
        keeper,
        book,
        package,
        forms: (pdfs, texts),
        inside: BTreeSet::new(),
        content: Content::default(),
    };
    packing.find_inside()?;
    packing.entries(config)?;
    let plan = plan(store, book, config, request.conventions, Refused::Stay)?;
    packing.rows(plan.layout, &plan.into_acts())?;
    packing.end(request.documents)
}

struct Packing<'a> {
    store: &'a Store,
    pages: &'a Pages,
    scans: Scans<'a>,
    names: Names<'a>,
    keeper: &'a str,
    book: &'a BookId,
    package: Package,
    /// Cases, and texts.
    forms: (Form, Form),
    /// Entries that are in the PDF of the act that they go on with.
    inside: BTreeSet<EntryId>,
    content: Content,
}

impl<'a> Packing<'a> {
    /// What goes on with an act of this book has no file of its own.
    fn find_inside(&mut self) -> Result<(), ArchiveError> {
        let (store, book) = (self.store, self.book);
        store.each_entry(book, |stored| {
            let entry = &stored.checked.entry;
            if store.said_of(entry)?.1 == Fate::Kept {
                self.inside.extend(store.parts_of(entry.id)?);
            }
            Ok::<_, ArchiveError>(())
        })
    }

    /// Entries come page after page.
    fn entries(&mut self, config: &Config) -> Result<(), ArchiveError> {
        let (store, book) = (self.store, self.book);
        let mut page: Vec<SettledEntry> = Vec::new();
        store.each_entry(book, |stored| {
            let entry = standing(store, stored.checked, config)?;
            match entry.fate {
                // where an act goes on whose beginning is not in this book, the page is a file of its own
                Fate::Kept | Fate::PartOf { .. } => {}
                Fate::Duplicate { .. } | Fate::Rescan | Fate::Void | Fate::Reread => {
                    self.content.left += 1;
                    return Ok(());
                }
            }
            if page.first().is_some_and(|first| first.checked.entry.id.page != entry.checked.entry.id.page) {
                self.page(&std::mem::take(&mut page), config)?;
            }
            page.push(entry);
            Ok::<_, ArchiveError>(())
        })?;
        self.page(&page, config)
    }

    /// The cases of one page, each with its PDF, and the page's text.
    fn page(&mut self, entries: &[SettledEntry], config: &Config) -> Result<(), ArchiveError> {
        let Some(id) = entries.first().map(|first| first.checked.entry.id.page) else { return Ok(()) };
        let (path, original) = self.original(id)?;
        let source = format!("sha256:{}", id.file);
        for entry in entries {
            if self.inside.contains(&entry.checked.entry.id) {
                continue;
            }
            let (case, further) = (self.names.case(entry), self.further(entry, config)?);
            let begins = (&original, std::slice::from_ref(entry));
            let leaves: Vec<_> =
                std::iter::once(begins).chain(further.iter().map(|(_, page, on)| (page, on.as_slice()))).collect();
            let ids: Vec<PageId> = std::iter::once(id).chain(further.iter().map(|(id, ..)| *id)).collect();
            let pdf = pdf(&leaves, &of_pdf(self.book, &case, &ids));
            let sources: BTreeSet<String> = ids.iter().map(|id| format!("sha256:{}", id.file)).collect();
            let (name, source) = (format!("{}.pdf", case.name), Vec::from_iter(sources).join(" "));
            let piece = Piece { name: &name, media: PDF, bytes: &pdf, source: &source };
            self.package.data(self.forms.0, &piece, Some(&of_case(self.book, self.keeper, &case, ids.len())))?;
            if entry.fate == Fate::Kept {
                self.content.add(&case);
            }
        }
        let text = original.alto(path, entries, PROGRAM);
        let piece = Piece { name: &format!("{id}.alto.xml"), media: XML, bytes: text.as_bytes(), source: &source };
        self.package.data(self.forms.1, &piece, None)?;
        self.content.pages += 1;
        Ok(())
    }

    /// A page's scan, with the path that it was read from.
    fn original(&mut self, id: PageId) -> Result<(&'a str, Original), ArchiveError> {
        let pages = self.pages;
        let (path, result) = pages.0.get(&id).ok_or(ArchiveError::NoPage(id))?;
        let dpi = self.store.page(id, *result, Load::Values)?.facts.dpi;
        Ok((path, self.scans.page(id, path, dpi)?))
    }

    /// The other pages that an act goes on on, each with its entries on it.
    fn further(
        &mut self,
        entry: &SettledEntry,
        config: &Config,
    ) -> Result<Vec<(PageId, Original, Vec<SettledEntry>)>, ArchiveError> {
        let mut on: BTreeMap<PageId, Vec<SettledEntry>> = BTreeMap::new();
        // in the order of pages
        for part in self.store.parts_of(entry.checked.entry.id)? {
            let Some(stored) = self.store.entry(part)?.filter(|_| part.page != entry.checked.entry.id.page) else {
                continue;
            };
            on.entry(part.page).or_default().push(standing(self.store, stored.checked, config)?);
        }
        on.into_iter().map(|(id, entries)| Ok((id, self.original(id)?.1, entries))).collect()
    }

    /// The rows that an importer gets, and the schema of their lines; without rows no file that looks like some.
    fn rows(&mut self, layout: &ImportLayout, acts: &[Act]) -> Result<(), ArchiveError> {
        self.content.rows = acts.len();
        let name = format!("rows.{}", layout.id);
        if !acts.is_empty() {
            let bytes = lines(&layout.headers(), acts)?;
            let piece = Piece { name: &format!("{name}.jsonl"), media: JSON, bytes: &bytes, source: "" };
            self.package.data(self.forms.1, &piece, None)?;
        }
        let schema = format!("{:#}\n", schema(layout));
        Ok(self.package.schema(&format!("{name}.schema.json"), JSON, schema.as_bytes())?)
    }

    fn end(mut self, documents: &[PathBuf]) -> Result<(PathBuf, Content), ArchiveError> {
        self.package.document("README.txt", "text/plain", readme(self.book, self.keeper, &self.content).as_bytes())?;
        for path in documents {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            self.package.document(&name, media(path), &std::fs::read(path)?)?;
        }
        let folder = self.package.place(&of_book(self.book, self.keeper, &self.content))?;
        Ok((folder, self.content))
    }
}

fn media(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("pdf") => PDF,
        Some("html") => "text/html",
        Some("csv") => "text/csv",
        Some("txt") => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Rows as JSON, one a line, by the importer's headers.
fn lines(headers: &[&str], acts: &[Act]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for act in acts {
        let cells = headers.iter().zip(&act.cells).map(|(header, cell)| ((*header).to_owned(), cell.clone().into()));
        let mut line: serde_json::Map<String, serde_json::Value> = cells.collect();
        line.insert("_entry".to_owned(), act.entry.to_string().into());
        line.insert("_pdf".to_owned(), act.pdf.clone().into());
        serde_json::to_writer(&mut out, &line)?;
        out.push(b'\n');
    }
    Ok(out)
}
