//! PDF made of scans: the embedded picture is taken as it is, nothing is drawn or compressed again.

mod placed;
mod stream;
mod strips;

use hayro_syntax::page::{Page, Rotation};
use hayro_syntax::{LoadPdfError, Pdf};

use self::placed::Placed;
use super::limits::check_pages;
use super::{Config, Decoded, IntakeError};

const FORMAT: &str = "PDF";

/// Counts the pages.
pub(super) fn pages(bytes: Vec<u8>, config: &Config) -> Result<u32, IntakeError> {
    let ended = ends(&bytes);
    let found = open(bytes)?.pages().len();
    // the page tree of most files stands at their end
    if found == 0 && !ended {
        return Err(IntakeError::Truncated { format: FORMAT });
    }
    check_pages(found, config)
}

/// The scan of one page: its largest picture, or its strips put together.
pub(super) fn decode(bytes: Vec<u8>, index: u32, config: &Config) -> Result<Decoded, IntakeError> {
    let pdf = open(bytes)?;
    let page = pdf.pages().get(index as usize).ok_or(IntakeError::NoSuchPage { page: index + 1 })?;
    let turn = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 1,
        Rotation::Flipped => 2,
        Rotation::FlippedHorizontal => 3,
    };
    let pictures = placed::pictures(page);
    let Some(largest) = largest(&pictures) else { return Err(no_picture(page, index)) };
    let beside: Vec<&Placed<'_>> =
        pictures.iter().filter(|p| !p.lies_over(largest) && p.counts_beside(largest)).collect();
    if beside.is_empty() { stream::decode(largest, turn, config) } else { strips::join(largest, &beside, turn, config) }
}

fn largest<'p, 'a>(pictures: &'p [Placed<'a>]) -> Option<&'p Placed<'a>> {
    // of layers on one place (coloured paper below, ink above) the finer one carries the writing
    pictures.iter().max_by(|a, b| {
        let rank = |p: &Placed<'_>| ((p.area() / 100.0).round(), p.pixels());
        let ((a, ap), (b, bp)) = (rank(a), rank(b));
        a.total_cmp(&b).then(ap.cmp(&bp))
    })
}

fn no_picture(page: &Page<'_>, index: u32) -> IntakeError {
    match page.page_stream() {
        Some(_) => IntakeError::NoPicture { page: index + 1 },
        None => IntakeError::Broken { format: FORMAT, reason: format!("page {} cannot be read", index + 1) },
    }
}

fn open(bytes: Vec<u8>) -> Result<Pdf, IntakeError> {
    let ended = ends(&bytes);
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => IntakeError::Encrypted,
        LoadPdfError::Invalid if !ended => IntakeError::Truncated { format: FORMAT },
        LoadPdfError::Invalid => IntakeError::Broken { format: FORMAT, reason: "no page can be found".to_owned() },
    })
}

/// Whether the end mark is near the end.
fn ends(bytes: &[u8]) -> bool {
    const TAIL: usize = 2048;
    bytes[bytes.len().saturating_sub(TAIL)..].windows(5).any(|w| w == b"%%EOF")
}
