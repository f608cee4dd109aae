//! What every worker shares: configuration, layouts, engines, model.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fingerprint;
use crate::config::{self, Config, ConfigError};
use crate::forms::Layout;
use crate::print::{PrintError, PrintReader};
use crate::stages::read::{ReadError, Reader};

/// Shared by all workers, read-only.
pub struct Tools {
    /// All of `pipeline.toml`.
    pub config: Config,
    /// The layouts by name.
    pub layouts: Vec<Arc<Layout>>,
    /// Printed matter.
    pub print: Box<dyn PrintReader>,
    /// Handwriting.
    pub reader: Box<dyn Reader>,
    /// What results depend on.
    pub fingerprint: String,
}

impl std::fmt::Debug for Tools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tools").field("reader", &self.reader.id()).field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

/// Why the work cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ToolsError {
    /// `pipeline.toml`.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A layout.
    #[error("layouts in {folder}: {what}\nhint: the folder forms/ lies beside pipeline.toml; `sohoa check` names the line")]
    Forms {
        /// Where they were looked for.
        folder: PathBuf,
        /// What is wrong.
        what: String,
    },
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

impl Tools {
    /// Puts the tools together from engines at hand.
    #[must_use]
    pub fn new(
        loaded: config::Loaded,
        layouts: (Vec<Arc<Layout>>, &str),
        print: Box<dyn PrintReader>,
        reader: Box<dyn Reader>,
    ) -> Self {
        let fingerprint = fingerprint::of_run(&[reader.id()], &loaded.page_sections, layouts.1);
        Self { config: loaded.config, layouts: layouts.0, print, reader, fingerprint }
    }
}
