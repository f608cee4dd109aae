//! `sohoa forms`: look at a layout over a page; measure the alignment against known places.

mod draw;
mod measure;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use image::{GrayImage, RgbImage};

use super::sheets::Sheets;
use super::{Failure, say};
use crate::cli::Exit;
use crate::domain::{BookHint, PageId, Sha256, Transform};
use crate::forms::Layout;
use crate::stages::align::{self, AlignedPage};
use crate::stages::cleanup::{CleanPage, Quality};
use crate::stages::intake;

/// Arguments of `forms`.
#[derive(Debug, Args)]
pub struct FormsArguments {
    /// What to do
    #[command(subcommand)]
    action: Action,
    /// Thresholds; the layouts lie beside it in forms/
    #[arg(long, default_value = "pipeline.toml", global = true)]
    config: PathBuf,
    /// What the pictures are
    #[arg(long, value_enum, default_value_t = Source::Scan, global = true)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Draw a layout over a page
    Check {
        /// The layout's id, e.g. ks-2006
        layout: String,
        /// A scan
        page: PathBuf,
        /// Where the picture goes
        #[arg(long)]
        out: PathBuf,
    },
    /// Align pages with known places: layouts, slot boxes, left ends
    Eval {
        /// A folder with truth.jsonl
        folder: PathBuf,
        /// Also draw every page into this folder
        #[arg(long)]
        draw: Option<PathBuf>,
    },
}

/// What a picture went through before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Source {
    /// As the scanner stored it
    Scan,
    /// Upright, flat and at 200 dpi already: clean-up is left out
    Clean,
}

/// Runs one action.
pub fn forms(arguments: &FormsArguments) -> Result<Exit, Failure> {
    let bench = Bench::load(&arguments.config, arguments.source)?;
    match &arguments.action {
        Action::Check { layout, page, out } => check(&bench, layout, page, out),
        Action::Eval { folder, draw } => measure::eval(&bench, folder, draw.as_deref()),
    }
}

/// What aligning a page needs.
struct Bench {
    sheets: Sheets,
    source: Source,
}

impl Bench {
    fn load(path: &Path, source: Source) -> Result<Self, Failure> {
        Ok(Self { sheets: Sheets::load(path)?, source })
    }

    fn layouts(&self) -> &[Arc<Layout>] {
        &self.sheets.basis.layouts
    }

    fn align(&self, path: &Path, layouts: &[Arc<Layout>]) -> Result<Vec<AlignedPage>, Failure> {
        let config = &self.sheets.basis.config;
        match self.source {
            Source::Scan => Ok(self.sheets.aligned(&intake::open(path, &config.intake)?, 0, layouts)?),
            Source::Clean => {
                let clean = as_clean(image::open(path)?.to_rgb8());
                Ok(align::align(&clean, || None, layouts, &self.sheets.print, &config.align)?)
            }
        }
    }
}

fn as_clean(colour: RgbImage) -> CleanPage {
    let grey = image::DynamicImage::ImageRgb8(colour.clone()).to_luma8();
    CleanPage {
        id: PageId { file: Sha256([0; 32]), index: 0 },
        hint: BookHint::default(),
        pixels_sha256: Sha256([0; 32]),
        seal: GrayImage::new(grey.width(), grey.height()),
        grey,
        colour,
        to_scan: Transform::identity(),
        quality: Quality::default(),
    }
}

fn check(bench: &Bench, id: &str, path: &Path, out: &Path) -> Result<Exit, Failure> {
    let only: Vec<Arc<Layout>> = bench.layouts().iter().filter(|l| l.id == id).cloned().collect();
    if only.is_empty() {
        let known: Vec<&str> = bench.layouts().iter().map(|l| l.id.as_str()).collect();
        return Err(Failure::usage(anyhow::anyhow!("no layout {id:?}\nhint: there are {}", known.join(", "))));
    }
    let pages = bench.align(path, &only)?;
    for aligned in &pages {
        let place = match aligned.part {
            0 => out.to_owned(),
            part => out.with_extension(format!("{part}.png")),
        };
        draw::draw(aligned).save(&place)?;
        say(&format!(
            "{}: {} of its label letters found {:.0} %, misfit {:.2} mm\n",
            place.display(),
            aligned.layout.summary(),
            aligned.labels_found * 100.0,
            aligned.misfit
        ))?;
    }
    Ok(Exit::Complete)
}
