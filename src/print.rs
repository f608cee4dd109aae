//! Printed matter by Tesseract: words of a whole page with their places.

use std::ffi::CStr;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use image::GrayImage;
use leptess::tesseract::TessApi;

use crate::domain::{Confidence, PageSpace, Rect, text};

/// A printed word as the engine saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedWord {
    /// NFC text.
    pub text: String,
    /// Where.
    pub place: Rect<PageSpace>,
    /// The engine's own word confidence.
    pub confidence: Confidence,
    /// Words of one line share this number.
    pub line: u32,
}

/// Why print could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// No engine or no language data.
    #[error(
        "tesseract does not start: {0}\nhint: install the packages tesseract-ocr and tesseract-ocr-vie, or run scripts/setup.sh"
    )]
    Engine(String),
    /// The engine gave up on a picture.
    #[error("tesseract failed on a picture: {0}")]
    Picture(String),
}

/// How print stands on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// Rows from edge to edge, one below the other: a form, a slot.
    Block,
    /// Here and there, as in the cells of a table.
    Scattered,
}

/// Reads printed words; a trait because tests replay recorded words.
pub trait PrintReader: Send + Sync {
    /// All words of a picture at the given resolution.
    fn words(&self, picture: &GrayImage, dpi: u32, arrangement: Arrangement) -> Result<Vec<PrintedWord>, PrintError>;
}

impl<P: PrintReader + ?Sized> PrintReader for std::sync::Arc<P> {
    fn words(&self, picture: &GrayImage, dpi: u32, arrangement: Arrangement) -> Result<Vec<PrintedWord>, PrintError> {
        self.as_ref().words(picture, dpi, arrangement)
    }
}

/// Tesseract's variable that limits its threads; it is read once, when the process starts.
const THREADS: &str = "OMP_THREAD_LIMIT";

/// Starts this program again with one thread for each engine, unless somebody has set the limit already.
///
/// Tesseract's own threads make a page slower, not faster, when pages run in parallel (90 ms a line instead of 12),
/// and its limit cannot be set once the process runs without `unsafe`. Same arguments, same process id.
pub fn limit_engine_threads() -> std::io::Result<()> {
    if std::env::var_os(THREADS).is_some() {
        return Ok(());
    }
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_default();
    let program: PathBuf = std::env::current_exe()?;
    Err(Command::new(program).arg0(name).args(arguments).env(THREADS, "1").exec())
}

/// Tesseract with as many engines as threads ever asked at one time; each costs 70 ms and 12 MB.
pub struct Tesseract {
    language: String,
    idle: Mutex<Vec<TessApi>>,
}

impl std::fmt::Debug for Tesseract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tesseract").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Tesseract {
    /// Starts the first engine, so that missing language data shows at once.
    pub fn start(language: &str) -> Result<Self, PrintError> {
        let engine = engine(language)?;
        Ok(Self { language: language.to_owned(), idle: Mutex::new(vec![engine]) })
    }

    fn take(&self) -> Result<TessApi, PrintError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| engine(&self.language), Ok)
    }

    fn give_back(&self, engine: TessApi) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(engine);
    }
}

impl Arrangement {
    /// Tesseract's page segmentation mode.
    ///
    /// "A uniform block of text" finds more labels of a form than the automatic layout analysis, which drops rows full of
    /// handwriting. In a table its rows run through the cells, and where the page is bent it finds no heading at all;
    /// "sparse text" does.
    fn mode(self) -> &'static CStr {
        match self {
            Self::Block => c"6",
            Self::Scattered => c"11",
        }
    }
}

fn engine(language: &str) -> Result<TessApi, PrintError> {
    let mut engine =
        TessApi::new(None, language).map_err(|e| PrintError::Engine(format!("language {language:?}, {e}")))?;
    // its remarks on dust and dots ("too small to scale") are of no use to anybody and would hide our own
    set(&mut engine, c"debug_file", c"/dev/null")?;
    Ok(engine)
}

fn set(engine: &mut TessApi, name: &CStr, value: &CStr) -> Result<(), PrintError> {
    engine.raw.set_variable(name, value).map_err(|_| PrintError::Engine(format!("it refuses {name:?}")))
}

impl PrintReader for Tesseract {
    fn words(&self, picture: &GrayImage, dpi: u32, arrangement: Arrangement) -> Result<Vec<PrintedWord>, PrintError> {
        let (width, height) = picture.dimensions();
        if width < 3 || height < 3 {
            return Ok(Vec::new());
        }
        let mut engine = self.take()?;
        set(&mut engine, c"tessedit_pageseg_mode", arrangement.mode())?;
        let signed =
            |n: u32| i32::try_from(n).map_err(|_| PrintError::Picture(format!("{width}×{height} is too large")));
        engine
            .raw
            .set_image(picture.as_raw(), signed(width)?, signed(height)?, 1, signed(width)?)
            .map_err(|_| PrintError::Picture(format!("{width}×{height} is not accepted")))?;
        engine.set_source_resolution(signed(dpi)?);
        let table = engine.get_tsv_text(0).map_err(|e| PrintError::Picture(e.to_string()))?;
        self.give_back(engine);
        Ok(words_of(&table))
    }
}

/// Word rows of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, conf, text.
fn words_of(table: &str) -> Vec<PrintedWord> {
    let mut lines: Vec<(&str, &str, &str)> = Vec::new();
    let mut words = Vec::new();
    for row in table.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, line, _, left, top, width, height, confidence, word] = columns[..] else {
            continue;
        };
        let numbers: Vec<f32> = [left, top, width, height, confidence].iter().filter_map(|n| n.parse().ok()).collect();
        let (&[left, top, width, height, confidence], "5") = (&numbers[..], level) else { continue };
        if word.trim().is_empty() {
            continue;
        }
        let place = (block, paragraph, line);
        let number = lines.iter().position(|l| *l == place).unwrap_or_else(|| {
            lines.push(place);
            lines.len() - 1
        });
        words.push(PrintedWord {
            text: text::normalise(word),
            place: Rect::new(left, top, left + width, top + height),
            confidence: Confidence::new(confidence / 100.0),
            line: u32::try_from(number).unwrap_or(u32::MAX),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "1\t1\t0\t0\t0\t0\t0\t0\t800\t600\t-1\t\n\
        5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tHo\u{323}\n\
        5\t1\t1\t1\t1\t2\t50\t20\t30\t12\t91\tvà\n\
        5\t1\t1\t1\t2\t1\t10\t60\t30\t12\t0\tNơi\n\
        5\t1\t1\t1\t2\t2\t10\t60\t30\t12\t0\t \n";

    #[test]
    fn words_come_with_place_line_and_composed_letters() {
        let words = words_of(TABLE);
        assert_eq!(words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["Họ", "và", "Nơi"]);
        assert_eq!(words.iter().map(|w| w.line).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(words[0].place, Rect::new(10.0, 20.0, 40.0, 32.0));
        assert!((words[0].confidence.get() - 0.965).abs() < 1e-6);
    }

    #[test]
    fn a_language_that_is_not_there_is_an_error_with_a_cure() {
        let error = Tesseract::start("xx-none").expect_err("no such language").to_string();
        assert!(error.contains("xx-none") && error.contains("hint: install"), "{error}");
    }

    #[test]
    fn a_white_page_has_no_words() {
        let engine = Tesseract::start("vie").expect("engine");
        let words =
            engine.words(&GrayImage::from_pixel(400, 300, image::Luma([255])), 200, Arrangement::Block).expect("reads");
        assert_eq!(words, []);
    }

    #[test]
    fn a_picture_of_one_pixel_has_no_words() {
        let engine = Tesseract::start("vie").expect("engine");
        assert_eq!(engine.words(&GrayImage::new(1, 1), 200, Arrangement::Block).expect("reads"), []);
    }
}
