//! A book for an archive: every case as PDF/A with the scan as it was, the text of every page with its places, the rows,
//! and the descriptions around them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use sohoa_aip::Program;
use sohoa_aip::alto;
use sohoa_aip::ead::{Description, Level};
use sohoa_pdf::archive::About;
use sohoa_pdf::jpeg;
use sohoa_pdf::scan::{self, Colours, Line, Pixels, Turn, spread};

use super::book::{book_number, padded, pdf_name};
use super::settled::Values;
use crate::domain::settlement::{SettledEntry, Source};
use crate::domain::{BookId, EntryId, Field, PageId, Polygon, Register, ScanSpace, SlotKind, Value};
use crate::stages::intake::{self, Scan};

/// This program.
pub const PROGRAM: Program = Program { name: "sohoa", version: env!("CARGO_PKG_VERSION") };

/// Media types.
pub const PDF: &str = "application/pdf";
/// ALTO.
pub const XML: &str = "text/xml";
/// Rows and schemas.
pub const JSON: &str = "application/json";

/// A register's name.
#[must_use]
pub fn register_name(register: Register) -> &'static str {
    match register {
        Register::Ks => "Sổ đăng ký khai sinh",
        Register::Kh => "Sổ đăng ký kết hôn",
        Register::Kt => "Sổ đăng ký khai tử",
        Register::Cmc => "Sổ đăng ký nhận cha, mẹ, con",
        Register::Hn => "Sổ cấp giấy xác nhận tình trạng hôn nhân",
    }
}

/// One case of the book.
#[derive(Debug)]
pub struct Case<'a> {
    /// With what people decided.
    pub entry: &'a SettledEntry,
    /// Name of its PDF, without the suffix; no two cases share one.
    pub name: String,
    /// The act's number as written; empty where it was not read.
    pub number: String,
    /// Day of registration, `YYYY-MM-DD`; empty where it is not known in full.
    pub day: String,
}

/// Names the cases of a book: as delivered where number and day are known.
#[must_use]
pub fn cases<'a>(book: &BookId, entries: &'a [SettledEntry], digits: usize) -> Vec<Case<'a>> {
    let mut taken = BTreeSet::new();
    let case = |entry: &'a SettledEntry| {
        let (id, values) = (entry.checked.entry.id, Values::of(&entry.checked.entry));
        let (registered, number) = (values.text("ngayDangKy"), values.text("so").to_owned());
        let known = pdf_name(book, registered, &number, digits);
        let known = known.map(|name| name.trim_end_matches(".pdf").to_owned());
        let base = format!("{}.{}.{}", book.register.code(), book.year, padded(&book.number));
        let mut name = known.clone().unwrap_or_else(|| format!("{base}.{id}"));
        // two acts of one number are both kept
        if !taken.insert(name.to_ascii_lowercase()) {
            name = format!("{name}.{id}");
            taken.insert(name.to_ascii_lowercase());
        }
        let mut parts: Vec<&str> = registered.split('.').collect();
        parts.reverse();
        let day = if known.is_some() { parts.join("-") } else { String::new() };
        Case { entry, name, number, day }
    };
    entries.iter().map(case).collect()
}

/// Why a scan cannot go into an archive.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// It is not where it was.
    #[error("the scan {0} is not there\nhint: --scans names the folder where the scans lie now")]
    Gone(String),
    /// Another file lies in its place.
    #[error(
        "{0} is not the scan that was read: its bytes differ\nhint: an archive keeps what was read; put that file back"
    )]
    Other(PathBuf),
    /// It cannot be decoded.
    #[error("the scan {path}: {source}")]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// Why.
        source: intake::IntakeError,
    },
}

/// A page as it was scanned.
#[derive(Debug)]
pub struct Original {
    bytes: Vec<u8>,
    scan: Scan,
    dpi: f32,
}

/// Reads a page's scan again and proves that it is the one that was read. `moved` is where scans lie now.
pub fn original(
    page: PageId,
    path: &str,
    dpi: f32,
    moved: Option<&Path>,
    config: &intake::Config,
) -> Result<Original, ScanError> {
    let own = Path::new(path);
    let elsewhere = moved.into_iter().flat_map(|dir| {
        let below = dir.join(own.strip_prefix("/").unwrap_or(own));
        [below, dir.join(own.file_name().unwrap_or_default())]
    });
    let found = std::iter::once(own.to_owned()).chain(elsewhere).find(|path| path.is_file());
    let path = found.ok_or_else(|| ScanError::Gone(path.to_owned()))?;
    let unreadable = |source| ScanError::Unreadable { path: path.clone(), source };
    let file = intake::open(&path, config).map_err(unreadable)?;
    if file.sha256 != page.file {
        return Err(ScanError::Other(path));
    }
    let scan = intake::load(&file, page.index, config).map_err(unreadable)?;
    let bytes = std::fs::read(&path).map_err(|error| unreadable(error.into()))?;
    Ok(Original { bytes, scan, dpi })
}

impl Original {
    /// Width and height as stored.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.scan.image.dimensions()
    }

    /// A case on this page as PDF/A: a JPEG as it is, any other scan without loss.
    #[must_use]
    pub fn pdf(&self, case: &Case<'_>, about: &About) -> Vec<u8> {
        let size = self.size();
        let pixels = match jpeg::head(&self.bytes) {
            Some((stored, colours)) if stored == size => Pixels::Jpeg(&self.bytes, colours),
            _ => Pixels::Bytes(self.scan.image.as_raw(), Colours::Rgb),
        };
        let turn = match self.scan.orientation {
            Orientation::NoTransforms | Orientation::FlipHorizontal => Turn::None,
            Orientation::Rotate90 | Orientation::Rotate90FlipH => Turn::Quarter,
            Orientation::Rotate180 | Orientation::FlipVertical => Turn::Half,
            Orientation::Rotate270 | Orientation::Rotate270FlipH => Turn::ThreeQuarters,
        };
        let shown = scan::Scan { pixels, size, dpi: self.dpi, turn };
        let lines: Vec<Line> = written(case.entry).iter().flat_map(|one| spread(&one.text, &one.places)).collect();
        scan::write(&shown, &lines, about)
    }

    /// The text of the cases on this page.
    #[must_use]
    pub fn alto(&self, page: PageId, path: &str, cases: &[&Case<'_>]) -> String {
        let line = |one: &Written| {
            let label = one.key.clone();
            let confidence = one.confidence;
            let lines = spread(&one.text, &one.places).into_iter();
            lines
                .map(move |line| alto::Line {
                    label: label.clone(),
                    text: line.text,
                    corners: line.corners,
                    confidence,
                })
                .collect::<Vec<_>>()
        };
        let lines = cases.iter().flat_map(|case| written(case.entry)).flat_map(|one| line(&one)).collect();
        let file = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sha256 = page.file.to_string();
        alto::page(
            &alto::Page { file: &file, sha256: &sha256, number: page.index + 1, size: self.size(), lines },
            PROGRAM,
        )
    }
}

/// A slot's settled text with the places of its lines.
struct Written {
    key: String,
    text: String,
    confidence: f32,
    places: Vec<[(f32, f32); 4]>,
}

/// What is settled of an entry; several fields of one slot are one text.
fn written(entry: &SettledEntry) -> Vec<Written> {
    let fields = entry.checked.entry.fields.iter().zip(&entry.sources);
    let mut slots: BTreeMap<usize, Written> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (field, source) in fields {
        if *source == Source::Nobody || field.kind == SlotKind::Signature || field.place.is_empty() {
            continue;
        }
        let text = text_of(field);
        if text.is_empty() {
            continue;
        }
        let at = order.iter().position(|slot| *slot == field.slot).unwrap_or_else(|| {
            order.push(&field.slot);
            order.len() - 1
        });
        let confidence = field.confidence.get();
        let places = || field.place.iter().map(corners).collect();
        let own = slots.entry(at).or_insert_with(|| Written {
            key: field.key.clone(),
            text: String::new(),
            confidence,
            places: places(),
        });
        // parts of one slot may have been read as the whole
        if !own.text.contains(&text) {
            if !own.text.is_empty() {
                own.text.push(' ');
            }
            own.text.push_str(&text);
        }
        own.confidence = own.confidence.min(confidence);
    }
    slots.into_values().collect()
}

/// As written; what a person decided to be nothing has no text.
fn text_of(field: &Field) -> String {
    match (&field.value, field.as_written.is_empty()) {
        (Value::Nothing { .. }, _) => String::new(),
        (_, false) => crate::domain::text::normalise(&field.as_written),
        (value, true) => value.text(),
    }
}

/// Four corners as one reads; of any other polygon the box around it.
fn corners(polygon: &Polygon<ScanSpace>) -> [(f32, f32); 4] {
    match polygon.0.as_slice() {
        [a, b, c, d] => [a, b, c, d].map(|point| (point.x, point.y)),
        _ => {
            let r = polygon.bounds();
            [(r.left, r.top), (r.right, r.top), (r.right, r.bottom), (r.left, r.bottom)]
        }
    }
}

/// What a case's PDF says about itself.
#[must_use]
pub fn about(book: &BookId, case: &Case<'_>, page: PageId) -> About {
    About {
        title: case.name.clone(),
        identifier: case.name.clone(),
        description: format!("{}, quyển số {}, số {}", register_name(book.register), book_number(book), case.number),
        source: format!("sha256:{}, trang {}", page.file, page.index + 1),
        language: "vi",
    }
}

/// The book's description.
#[must_use]
pub fn of_book(book: &BookId, keeper: &str, cases: &[Case<'_>], pages: usize) -> Description {
    let mut days: Vec<&String> = cases.iter().map(|case| &case.day).filter(|day| !day.is_empty()).collect();
    days.sort();
    let edge = |day: Option<&&String>| day.map_or_else(|| book.year.clone(), |day| (*day).clone());
    Description {
        level: Level::File,
        code: format!("{}.{}.{}", book.register.code(), book.year, padded(&book.number)),
        title: format!("{} – quyển số {}", register_name(book.register), book_number(book)),
        keeper: keeper.to_owned(),
        days: [edge(days.first()), edge(days.last())],
        fields: vec![
            ("totalDoc", cases.len().to_string()),
            ("numberOfPage", pages.to_string()),
            ("format", "PDF/A-2b".to_owned()),
            ("mode", "Số hóa từ bản giấy".to_owned()),
            ("paperFileCode", book_number(book)),
        ],
        note: String::new(),
    }
}

/// A case's description.
#[must_use]
pub fn of_case(book: &BookId, keeper: &str, case: &Case<'_>) -> Description {
    Description {
        level: Level::Item,
        code: case.name.clone(),
        title: format!("{}, số {}", register_name(book.register), case.number),
        keeper: keeper.to_owned(),
        days: [case.day.clone(), case.day.clone()],
        fields: vec![("numberOfPage", "1".to_owned()), ("format", "PDF/A-2b".to_owned())],
        note: String::new(),
    }
}

/// The rows that go to the importer as JSON, one a line, by the importer's headers.
pub fn rows(headers: &[&str], acts: &[&super::plan::Act]) -> io::Result<Vec<u8>> {
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

/// The pages of cases in order, each with its cases.
#[must_use]
pub fn by_page<'a, 'b>(cases: &'b [Case<'a>]) -> Vec<(PageId, Vec<&'b Case<'a>>)> {
    let mut pages: Vec<(PageId, Vec<&Case<'a>>)> = Vec::new();
    for case in cases {
        let EntryId { page, .. } = case.entry.checked.entry.id;
        match pages.iter_mut().find(|(own, _)| *own == page) {
            Some((_, own)) => own.push(case),
            None => pages.push((page, vec![case])),
        }
    }
    pages
}
