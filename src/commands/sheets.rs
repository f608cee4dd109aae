//! Scans up to aligned and cut sheets, for commands that look at pictures and read nothing.

use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::forms::Layout;
use crate::pipeline::tools::Basis;
use crate::print::Tesseract;
use crate::stages::align::{self, AlignedPage};
use crate::stages::cleanup::{self, Way};
use crate::stages::cut::{self, CutPage};
use crate::stages::intake::{self, SourceFile};

/// What the way from a scan to its slots needs.
pub(super) struct Sheets {
    /// Configuration and layouts.
    pub(super) basis: Basis,
    /// Reads the labels.
    pub(super) print: Tesseract,
}

impl Sheets {
    /// With `pipeline.toml` and the layouts beside it.
    pub(super) fn load(config: &Path) -> Result<Self, Failure> {
        Ok(Self { basis: Basis::load(config).map_err(Failure::usage)?, print: Tesseract::start("vie")? })
    }

    /// The sheets of a page, for the best of `layouts`.
    pub(super) fn aligned(
        &self,
        file: &SourceFile,
        index: u32,
        layouts: &[Arc<Layout>],
    ) -> anyhow::Result<Vec<AlignedPage>> {
        let config = &self.basis.config;
        let scan = intake::load(file, index, &config.intake)?;
        let clean = cleanup::cleanup(&scan, Way::Likely, &config.cleanup)?;
        let quarter = || cleanup::cleanup(&scan, Way::Unlikely, &config.cleanup).ok();
        Ok(align::align(&clean, quarter, layouts, &self.print, &config.align)?)
    }

    /// The sheets of a page with their slots cut.
    pub(super) fn cut(&self, file: &SourceFile, index: u32) -> anyhow::Result<Vec<CutPage>> {
        let sheets = self.aligned(file, index, &self.basis.layouts)?;
        Ok(sheets.into_iter().map(|sheet| cut::cut(sheet, &self.basis.config.cut)).collect())
    }
}
