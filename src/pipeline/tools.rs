//! What every worker shares: configuration, layouts, engines, model.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{fingerprint, recorded};
use crate::config::{self, Config, ConfigError};
use crate::forms::{self, FormsError, Layout};
use crate::print::{PrintError, PrintReader, Tesseract};
use crate::stages::read::neural::NeuralReader;
use crate::stages::read::printed::{ByKind, TesseractReader};
use crate::stages::read::{ReadError, Reader};

/// What outputs depend on, besides the store.
#[derive(Debug, Clone)]
pub struct Basis {
    /// All of `pipeline.toml`.
    pub config: Config,
    /// The layouts by name.
    pub layouts: Vec<Arc<Layout>>,
}

/// Shared by all workers, read-only.
pub struct Tools {
    /// Configuration and layouts.
    pub basis: Basis,
    /// Printed matter.
    pub print: Box<dyn PrintReader>,
    /// Handwriting.
    pub reader: Box<dyn Reader>,
    /// What results depend on.
    pub fingerprint: String,
}

impl std::fmt::Debug for Tools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tools")
            .field("reader", &self.reader.id())
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

/// Why the work cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ToolsError {
    /// `pipeline.toml`.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A layout.
    #[error(transparent)]
    Forms(#[from] FormsError),
    /// A layout's text for the fingerprint.
    #[error("cannot read {0}: {1}\nhint: the folder forms/ lies beside pipeline.toml")]
    Unreadable(PathBuf, std::io::Error),
    /// Recorded words or readings.
    #[error("recorded answers in {0}: {1}\nhint: make them with --record")]
    Recorded(PathBuf, String),
    /// The print engine.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// The model.
    #[error(transparent)]
    Reader(#[from] ReadError),
}

/// The folder that holds `forms/` and `models/`: that of the configuration.
#[must_use]
pub fn resources_beside(config: &Path) -> PathBuf {
    match config.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Which engines read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engines {
    /// Tesseract for print, the network for handwriting.
    Real,
    /// Answers recorded before, for tests.
    Recorded(PathBuf),
}

impl Tools {
    /// Loads everything; what is missing is told before the first page.
    pub fn load(config: &Path, engines: &Engines) -> Result<Self, ToolsError> {
        let (basis, page_sections) = Basis::loaded(config)?;
        let folder = resources_beside(config);
        let (print, reader): (Box<dyn PrintReader>, Box<dyn Reader>) = match engines {
            Engines::Real => {
                let print = Arc::new(Tesseract::start(LANGUAGE)?);
                let hand = NeuralReader::load(&folder.join("models"), &basis.config.read)?;
                let by_kind = ByKind { print: TesseractReader::new(Arc::clone(&print) as _), hand };
                (Box::new(print), Box::new(by_kind))
            }
            Engines::Recorded(path) => recorded::load(path)?,
        };
        // the calibration lies beside the model and changes confidences without changing its hash
        let models = folder.join("models");
        let calibration = if models.is_dir() { toml_texts(&models)? } else { String::new() };
        let texts = toml_texts(&folder.join("forms"))? + &calibration;
        let fingerprint = fingerprint::of_run(&[reader.id()], &page_sections, &texts);
        Ok(Self { basis, print, reader, fingerprint })
    }
}

impl Basis {
    /// Loads configuration and layouts, no engine.
    pub fn load(config: &Path) -> Result<Self, ToolsError> {
        Ok(Self::loaded(config)?.0)
    }

    /// With the sections that decide what is read.
    fn loaded(config: &Path) -> Result<(Self, String), ToolsError> {
        let loaded = config::load(config)?;
        let layouts = forms::load(&resources_beside(config).join("forms"))?;
        Ok((Self { config: loaded.config, layouts }, loaded.page_sections))
    }
}

/// The printed labels are Vietnamese on every layout.
pub(super) const LANGUAGE: &str = "vie";

/// Names and texts of all TOML files of a folder, in order of name.
fn toml_texts(folder: &Path) -> Result<String, ToolsError> {
    let unreadable = |source| ToolsError::Unreadable(folder.to_owned(), source);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut texts = String::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|source| ToolsError::Unreadable(path.clone(), source))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        texts.push_str(&format!("{name} {} {text}\n", text.len()));
    }
    Ok(texts)
}
