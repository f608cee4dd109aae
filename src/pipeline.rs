//! The order of the stages, the parallelism, and what happens when a page fails.
//!
//! `page` is the chain of stages for one page, `batch` works through many pages at once, `finish` derives the files
//! for people from what the store holds.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Deserialize;

use crate::domain::{Aside, PageId, Sha256};
use crate::outputs::report::Counts;
use crate::stages::intake::{self, IntakeError, SourceFile};
use crate::store::files::claims;
use crate::store::{PageState, Store, StoreError};

pub mod batch;
pub mod fingerprint;
pub mod finish;
pub mod page;
pub mod recorded;
pub mod timing;
pub mod tools;

pub use batch::{Batch, Tally, Watch};
pub use tools::{Basis, Engines, Tools, ToolsError};

/// Section `[run]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Starts without an end after which a page is set aside.
    pub max_attempts: u32,
}

/// One page to do.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its file, opened but not decoded.
    pub file: Arc<SourceFile>,
    /// Page in the file from 0.
    pub index: u32,
    /// What the result will be kept under.
    pub fingerprint: String,
    /// The layout that people said it has; nothing where the program is to find it.
    pub layout: Option<String>,
}

impl Job {
    /// A page of a file; `found` is its fingerprint where the program finds the layout.
    pub fn new(file: &Arc<SourceFile>, index: u32, found: &str, store: &Store) -> Result<Self, StoreError> {
        let layout = store.wanted_layout(PageId { file: file.sha256, index })?;
        let said = |layout: &String| fingerprint::as_layout(found, layout);
        let fingerprint = layout.as_ref().map_or_else(|| found.to_owned(), said);
        Ok(Self { file: Arc::clone(file), index, fingerprint, layout })
    }

    /// The page.
    #[must_use]
    pub fn id(&self) -> PageId {
        PageId { file: self.file.sha256, index: self.index }
    }
}

/// What a run was asked to do.
#[derive(Debug)]
pub struct Order<'a> {
    /// Files and folders.
    pub scans: &'a [PathBuf],
    /// Pages at once.
    pub workers: usize,
    /// Set when the user wants to stop.
    pub stop: &'a AtomicBool,
}

/// Why a run ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files could not be listed.
    #[error(transparent)]
    Scans(#[from] IntakeError),
    /// No threads.
    #[error("cannot start the workers: {0}\nhint: give a smaller number with --workers")]
    Workers(#[from] rayon::ThreadPoolBuildError),
}

/// Opens the files, then reads every page that has no result yet.
pub fn run(order: &Order<'_>, tools: &Tools, store: &Store, watch: &dyn Watch) -> Result<Tally, RunError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(order.workers).build()?;
    let mut paths = intake::discover(order.scans)?;
    paths.sort();
    paths.dedup();
    let batch =
        Batch { pool: &pool, store, stop: order.stop, picture_quality: tools.basis.config.outputs.page_quality };
    let files = batch.open_files(&paths, &|path: &Path| open_file(path, tools))?;
    let (plan, mut tally) = plan(&files, tools, store)?;
    watch.start(plan.fresh.len() + plan.suspect.len(), tally.known);
    let read = |job: &Job| page::read_page(job, tools);
    batch.work_through(&plan.fresh, watch, &read, &mut tally)?;
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    Batch { pool: &alone, ..batch }.work_through(&plan.suspect, watch, &read, &mut tally)?;
    Ok(tally)
}

/// Derives all outputs from the store, with as many workers as the run had.
pub fn conclude(workers: usize, basis: &Basis, store: &Store, against: &[(String, Store)]) -> Result<Counts, RunError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build()?;
    Ok(pool.install(|| finish::finish(basis, store, against))?)
}

fn open_file(path: &Path, tools: &Tools) -> Result<SourceFile, Aside> {
    let told =
        intake::open(path, &tools.basis.config.intake).map_err(|error| Aside::new("intake", &error.to_string()))?;
    // the path as found is the one that can be opened again
    Ok(SourceFile { path: path.to_owned(), ..told })
}

/// The pages without a result, in order of path and page.
#[derive(Debug, Default)]
struct Plan {
    /// Never tried: together.
    fresh: Vec<Job>,
    /// In hand when a process died, or failed before: last and alone, so that one that kills the process is known by
    /// it and takes no other along.
    suspect: Vec<Job>,
}

/// One file of each content, by path: the one whose name claims most stands for its copies.
fn best_named(files: &[SourceFile]) -> Vec<&SourceFile> {
    let mut best: HashMap<Sha256, &SourceFile> = HashMap::new();
    for file in files {
        let known = best.entry(file.sha256).or_insert(file);
        if claims(&file.hint) > claims(&known.hint) {
            *known = file;
        }
    }
    let mut chosen: Vec<&SourceFile> = best.into_values().collect();
    chosen.sort_by(|a, b| a.path.cmp(&b.path));
    chosen
}

/// The same bytes are read once.
fn plan(files: &[SourceFile], tools: &Tools, store: &Store) -> Result<(Plan, Tally), StoreError> {
    let (mut plan, mut tally) = (Plan::default(), Tally::default());
    for file in best_named(files) {
        let file = Arc::new(file.clone());
        let found = fingerprint::of_page(&tools.fingerprint, &file.hint);
        for index in 0..file.pages {
            let job = Job::new(&file, index, &found, store)?;
            match store.page_state(job.id(), &job.fingerprint)? {
                PageState::Done => tally.known += 1,
                PageState::Pending(attempts) if attempts >= tools.basis.config.run.max_attempts => {
                    batch::give_up(&job, store)?;
                    tally.aside += 1;
                }
                PageState::Pending(0) => plan.fresh.push(job),
                PageState::Pending(_) => plan.suspect.push(job),
            }
        }
    }
    Ok((plan, tally))
}
