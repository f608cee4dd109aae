//! A page as it was scanned → a PDF/A of a case, and the text of the page.

use std::path::{Path, PathBuf};

use image::RgbImage;
use image::metadata::Orientation;
use sha2::Digest;
use sohoa_aip::{Program, alto};
use sohoa_pdf::archive::About;
use sohoa_pdf::jpeg;
use sohoa_pdf::scan::{self, Colours, Leaf, Line, Pixels, Turn, spread};

use super::written::{Written, corners, written};
use crate::domain::settlement::SettledEntry;
use crate::domain::{PageId, Sha256};
use crate::stages::intake::{self, IntakeError, Scan, SourceFile};

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
        source: IntakeError,
    },
}

/// The scans of a run, read again page by page.
#[derive(Debug)]
pub struct Scans<'a> {
    config: &'a intake::Config,
    /// Where they lie now.
    moved: Option<&'a Path>,
    /// The last one: a book of many pages in one file is hashed once.
    open: Option<SourceFile>,
}

/// A page as it was scanned.
#[derive(Debug)]
pub struct Original {
    scan: Scan,
    dpi: f32,
    /// The file, where it is a JPEG that a PDF can show as it is.
    jpeg: Option<(Vec<u8>, Colours)>,
    /// One byte a pixel, where it is none and has no colour.
    grey: Option<Vec<u8>>,
}

impl<'a> Scans<'a> {
    /// Scans lie where they were read, or in `moved`.
    #[must_use]
    pub fn new(config: &'a intake::Config, moved: Option<&'a Path>) -> Self {
        Self { config, moved, open: None }
    }

    /// Reads a page's scan again and proves that it is the one that was read.
    pub fn page(&mut self, page: PageId, path: &str, dpi: f32) -> Result<Original, ScanError> {
        let file = self.file(page, path)?;
        let unreadable = |source| ScanError::Unreadable { path: file.path.clone(), source };
        let scan = intake::load(&file, page.index, self.config).map_err(unreadable)?;
        let bytes = std::fs::read(&file.path).map_err(|error| unreadable(error.into()))?;
        let jpeg = jpeg::head(&bytes).filter(|(size, _)| *size == scan.image.dimensions());
        // these very bytes go into the archive
        if jpeg.is_some() && sha256(&bytes) != page.file {
            return Err(ScanError::Other(file.path));
        }
        let jpeg = jpeg.map(|(_, colours)| (bytes, colours));
        self.open = Some(file);
        let grey = jpeg.is_none().then(|| grey(&scan.image)).flatten();
        Ok(Original { scan, dpi, jpeg, grey })
    }

    fn file(&mut self, page: PageId, path: &str) -> Result<SourceFile, ScanError> {
        if let Some(open) = self.open.take_if(|open| open.sha256 == page.file) {
            return Ok(open);
        }
        let path = self.find(path)?;
        let file = intake::open(&path, self.config);
        let file = file.map_err(|source| ScanError::Unreadable { path: path.clone(), source })?;
        if file.sha256 == page.file { Ok(file) } else { Err(ScanError::Other(path)) }
    }

    fn find(&self, path: &str) -> Result<PathBuf, ScanError> {
        let own = Path::new(path);
        let elsewhere = self.moved.into_iter().flat_map(|dir| {
            let below = dir.join(own.strip_prefix("/").unwrap_or(own));
            [below, dir.join(own.file_name().unwrap_or_default())]
        });
        let mut places = std::iter::once(own.to_owned()).chain(elsewhere);
        places.find(|path| path.is_file()).ok_or_else(|| ScanError::Gone(path.to_owned()))
    }
}

fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

/// A case as PDF/A: the page that it begins on, and those where it goes on, each with its entries.
#[must_use]
pub fn pdf(pages: &[(&Original, &[SettledEntry])], about: &About) -> Vec<u8> {
    let leaves: Vec<Leaf<'_>> = pages.iter().map(|(page, entries)| page.leaf(entries)).collect();
    scan::write(&leaves, about)
}

impl Original {
    /// Width and height as stored.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.scan.image.dimensions()
    }

    /// This page in the PDF/A of a case, with what is settled of these entries on it: a JPEG as it is, any other scan without
    /// loss. Readers turn it as its writing runs.
    fn leaf(&self, entries: &[SettledEntry]) -> Leaf<'_> {
        let pixels = match (&self.jpeg, &self.grey) {
            (Some((bytes, colours)), _) => Pixels::Jpeg(bytes, *colours),
            (None, Some(grey)) => Pixels::Bytes(grey, Colours::Grey),
            (None, None) => Pixels::Bytes(self.scan.image.as_raw(), Colours::Rgb),
        };
        let fields = entries.iter().flat_map(|entry| &entry.checked.entry.fields);
        let places = fields.flat_map(|field| &field.place).map(corners);
        let turn = direction(places).unwrap_or_else(|| stated(self.scan.orientation));
        let lines = entries.iter().flat_map(written).flat_map(|one| spread(&one.text, &one.places)).collect();
        Leaf { scan: scan::Scan { pixels, size: self.size(), dpi: self.dpi, turn }, lines }
    }

    /// The text of the entries on this page; `path` is the scan's.
    #[must_use]
    pub fn alto(&self, path: &str, entries: &[SettledEntry], program: Program) -> String {
        let PageId { file: sha256, index } = self.scan.id;
        let file = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let lines = entries.iter().flat_map(written).flat_map(lines).collect();
        let page = alto::Page { file: &file, sha256: &sha256.to_string(), number: index + 1, size: self.size(), lines };
        alto::page(&page, program)
    }
}

/// How far the stored picture is to be turned so that its writing runs from left to right: scans lie upside down in
/// scanners, and no file says so. `None` without a place.
fn direction(places: impl Iterator<Item = [(f32, f32); 4]>) -> Option<Turn> {
    let along = |[from, to, ..]: [(f32, f32); 4]| (to.0 - from.0, to.1 - from.1);
    let (x, y) = places.map(along).fold((0.0, 0.0), |all: (f32, f32), one| (all.0 + one.0, all.1 + one.1));
    match (x.abs() >= y.abs(), x, y) {
        (_, 0.0, 0.0) => None,
        (true, run, _) => Some(if run > 0.0 { Turn::None } else { Turn::Half }),
        // downwards: a quarter back
        (false, _, run) => Some(if run > 0.0 { Turn::ThreeQuarters } else { Turn::Quarter }),
    }
}

/// What the file says; mirrored pictures are turned only, scanners do not write them.
fn stated(orientation: Orientation) -> Turn {
    match orientation {
        Orientation::NoTransforms | Orientation::FlipHorizontal => Turn::None,
        Orientation::Rotate90 | Orientation::Rotate90FlipH => Turn::Quarter,
        Orientation::Rotate180 | Orientation::FlipVertical => Turn::Half,
        Orientation::Rotate270 | Orientation::Rotate270FlipH => Turn::ThreeQuarters,
    }
}

fn lines(one: Written) -> impl Iterator<Item = alto::Line> {
    let Written { key, text, confidence, places } = one;
    let line = move |line: Line| alto::Line { label: key.clone(), text: line.text, corners: line.corners, confidence };
    spread(&text, &places).into_iter().map(line)
}

/// One byte a pixel, where the picture has no colour: a third of the size, and nothing is lost.
fn grey(image: &RgbImage) -> Option<Vec<u8>> {
    let pixels = || image.as_raw().chunks_exact(3);
    pixels().all(|p| p[0] == p[1] && p[1] == p[2]).then(|| pixels().map(|p| p[0]).collect())
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn a_page_is_turned_as_its_writing_runs_and_one_odd_place_does_not_matter() {
        let place = |x: f32, y: f32| [(0.0, 0.0), (x, y), (x - y, y + x), (-y, x)];
        let turn = |places: &[(f32, f32)]| direction(places.iter().map(|(x, y)| place(*x, *y)));
        assert_eq!(turn(&[(100.0, 3.0), (-10.0, 0.0)]), Some(Turn::None));
        assert_eq!(turn(&[(-100.0, 3.0), (-50.0, -4.0)]), Some(Turn::Half));
        assert_eq!(turn(&[(2.0, -100.0)]), Some(Turn::Quarter));
        assert_eq!(turn(&[(2.0, 100.0)]), Some(Turn::ThreeQuarters));
        assert_eq!(turn(&[]), None);
        assert_eq!(stated(Orientation::Rotate90), Turn::Quarter, "the file's word has the same sense");
    }

    #[test]
    fn a_picture_is_grey_only_if_every_pixel_is() {
        let mut image = RgbImage::from_fn(3, 2, |x, y| Rgb([(10 * x + y) as u8; 3]));
        assert_eq!(grey(&image), Some(vec![0, 10, 20, 1, 11, 21]));
        image.put_pixel(2, 1, Rgb([21, 21, 22]));
        assert_eq!(grey(&image), None);
    }
}
