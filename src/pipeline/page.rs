//! The chain of stages for one page, from scan to checked entries.

use std::sync::Arc;

use image::RgbImage;

use super::timing::StageTimes;
use super::{Job, Tools};
use crate::domain::{Aside, CheckedEntry, PageFacts, SheetFacts, SlotFacts};
use crate::forms::Layout;
use crate::stages::align::{self, AlignError, AlignedPage};
use crate::stages::cleanup::{self, CleanPage, Way};
use crate::stages::cut::{self, CutPage, SlotPicture};
use crate::stages::intake::{self, IntakeError, Scan};
use crate::stages::read::{self, PageReading};
use crate::stages::{dedupe, extract, validate};

/// Remark on a page that does not fit the layout that people said it has.
pub const MISFIT: &str = "layout-misfit";

/// Stage of a page that no layout fits.
pub const UNLAID: &str = "align";

/// All that is kept of a page.
#[derive(Debug)]
pub struct PageRead {
    /// Beside the entries.
    pub facts: PageFacts,
    /// The entries, in order of sheet and place.
    pub entries: Vec<CheckedEntry>,
    /// The cleaned sheets in true colours, one for each of `facts.sheets`.
    pub pictures: Vec<RgbImage>,
    /// Time by stage.
    pub times: StageTimes,
}

/// Why a page was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageFailure {
    /// The picture is the reason: trying again is of no use.
    ForGood(Aside),
    /// No layout fits; the cleaned page is kept, so that a person can say which one it has.
    Unlaid(Aside, Box<RgbImage>),
    /// Something around it is the reason: the next run tries again.
    ThisTime(Aside),
}

impl PageFailure {
    /// What to tell.
    #[must_use]
    pub fn aside(&self) -> &Aside {
        match self {
            Self::ForGood(aside) | Self::Unlaid(aside, _) | Self::ThisTime(aside) => aside,
        }
    }

    fn for_good(stage: &str, error: &dyn std::error::Error) -> Self {
        Self::ForGood(Aside::new(stage, &error.to_string()))
    }

    fn this_time(stage: &str, error: &dyn std::error::Error) -> Self {
        Self::ThisTime(Aside::new(stage, &error.to_string()))
    }
}

/// Reads one page.
pub fn read_page(job: &Job, tools: &Tools) -> Result<PageRead, PageFailure> {
    let mut times = StageTimes::default();
    let scan = times.measure("intake", || load(job, tools))?;
    let pixels = scan.pixels_sha256;
    let clean = times
        .measure("cleanup", || cleanup::cleanup(&scan, Way::Likely, &tools.basis.config.cleanup))
        .map_err(|error| PageFailure::for_good("cleanup", &error))?;
    drop(scan);
    let sheets = times.measure("align", || place(clean, job, tools))?;
    let quality = sheets.first().map(|sheet| sheet.page.quality.clone()).unwrap_or_default();
    let mut page = PageRead {
        facts: PageFacts {
            pixels,
            sharpness: quality.sharpness,
            dpi: quality.dpi,
            remarks: quality.remarks,
            sheets: Vec::new(),
        },
        entries: Vec::new(),
        pictures: Vec::new(),
        times,
    };
    for sheet in sheets {
        read_sheet(sheet, tools, &mut page)?;
    }
    if page.entries.is_empty() {
        let reason = "no entry found on a page with a known layout\nhint: look at the page; report it with the file if entries are there";
        return Err(PageFailure::ForGood(Aside::new("extract", reason)));
    }
    Ok(page)
}

fn load(job: &Job, tools: &Tools) -> Result<Scan, PageFailure> {
    intake::load(&job.file, job.index, &tools.basis.config.intake).map_err(|error| match error {
        IntakeError::Io(_) | IntakeError::Changed => PageFailure::this_time("intake", &error),
        _ => PageFailure::for_good("intake", &error),
    })
}

/// The sheets of a page; as the layout that people said it has where they said one.
fn place(mut clean: CleanPage, job: &Job, tools: &Tools) -> Result<Vec<AlignedPage>, PageFailure> {
    let all = &tools.basis.layouts;
    let Some(layout) = job.layout.as_deref().and_then(|id| all.iter().find(|layout| layout.id == id)) else {
        return lay(&clean, job, tools, all).map_err(|error| unplaced(&error, clean, None));
    };
    match lay(&clean, job, tools, std::slice::from_ref(layout)) {
        // nothing is lost by a word that does not hold: the page stays as the program finds it
        Err(AlignError::UnknownLayout { .. } | AlignError::Cover) => clean.quality.remarks.push(MISFIT.to_owned()),
        done => return done.map_err(|error| unplaced(&error, clean, None)),
    }
    lay(&clean, job, tools, all).map_err(|error| unplaced(&error, clean, Some(&layout.id)))
}

fn lay(clean: &CleanPage, job: &Job, tools: &Tools, layouts: &[Arc<Layout>]) -> Result<Vec<AlignedPage>, AlignError> {
    // seldom needed: to load the scan again is better than to hold it for every page
    let quarter = || cleanup::cleanup(&load(job, tools).ok()?, Way::Unlikely, &tools.basis.config.cleanup).ok();
    align::align(clean, quarter, layouts, &*tools.print, &tools.basis.config.align)
}

fn unplaced(error: &AlignError, clean: CleanPage, tried: Option<&str>) -> PageFailure {
    match error {
        AlignError::Print(_) => PageFailure::this_time("align", error),
        AlignError::UnknownLayout { .. } | AlignError::Cover => {
            let aside = Aside::new(UNLAID, &error.to_string());
            let aside = match tried {
                Some(layout) => aside.nor_as(layout),
                None => aside,
            };
            PageFailure::Unlaid(aside, Box::new(clean.colour))
        }
    }
}

fn read_sheet(sheet: AlignedPage, tools: &Tools, page: &mut PageRead) -> Result<(), PageFailure> {
    let config = &tools.basis.config;
    let cut = page.times.measure("cut", || cut::cut(sheet, &config.cut));
    page.facts.sheets.push(sheet_facts(&cut));
    let reading = page
        .times
        .measure("read", || read::read(cut, &*tools.reader, &config.read))
        .map_err(|error| PageFailure::this_time("read", &error))?;
    let checked = page.times.measure("validate", || check(&reading, tools));
    page.entries.extend(checked);
    page.pictures.push(reading.page.page.page.colour);
    Ok(())
}

fn check(reading: &PageReading, tools: &Tools) -> Vec<CheckedEntry> {
    let drafts = extract::extract(reading, &tools.basis.config.extract);
    drafts.into_iter().map(|draft| validate::validate(draft, &tools.basis.config.validate)).collect()
}

fn sheet_facts(cut: &CutPage) -> SheetFacts {
    let aligned = &cut.page;
    let slots = cut.entries.iter().flat_map(|entry| entry.slots.iter().map(|slot| slot_facts(entry.ordinal, slot)));
    SheetFacts {
        part: aligned.part,
        layout: aligned.layout.id.clone(),
        misfit: aligned.misfit,
        labels_found: aligned.labels_found,
        size: aligned.page.colour.dimensions(),
        slots: slots.collect(),
    }
}

fn slot_facts(ordinal: u8, slot: &SlotPicture) -> SlotFacts {
    let look = slot.lines.first().map(|line| dedupe::look(&line.grey));
    SlotFacts { ordinal, key: slot.key.clone(), ink: slot.ink, crop: slot.crop, look }
}
