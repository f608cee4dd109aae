//! Many pages at once: every page in one worker, one commit a page, failures counted.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPool;

use super::Job;
use super::page::{PageFailure, PageRead};
use super::timing::StageTimes;
use crate::domain::{Aside, CheckedEntry};
use crate::outputs::pictures;
use crate::stages::intake::SourceFile;
use crate::store::{Store, StoreError};

/// What became of the pages of this run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Had a result already.
    pub known: usize,
    /// Read now.
    pub read: usize,
    /// Set aside now.
    pub aside: usize,
    /// Left for the next time because the user stopped.
    pub left: usize,
    /// Time by stage.
    pub times: StageTimes,
}

/// Told about every step; may be called from any worker.
pub trait Watch: Sync {
    /// So many pages are to do, so many have a result already.
    fn start(&self, to_do: usize, known: usize);
    /// A page was read.
    fn read(&self, entries: &[CheckedEntry]);
    /// A page was set aside.
    fn aside(&self);
}

/// What reads a page; a parameter so that tests can put anything there.
pub type ReadPage<'a> = &'a (dyn Fn(&Job) -> Result<PageRead, PageFailure> + Sync);

/// Where and with what the pages are worked on.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// The workers.
    pub pool: &'a ThreadPool,
    /// Where results go.
    pub store: &'a Store,
    /// Set when the user wants to stop.
    pub stop: &'a AtomicBool,
    /// JPEG quality of the cleaned pages that are kept.
    pub picture_quality: u8,
}

impl Batch<'_> {
    /// Opens all files in parallel; those that do not open are set aside. Sorted, whatever the workers did.
    pub fn open_files(
        &self,
        paths: &[PathBuf],
        open: &(dyn Fn(&Path) -> Result<SourceFile, Aside> + Sync),
    ) -> Result<Vec<SourceFile>, StoreError> {
        let opened: Mutex<Vec<SourceFile>> = Mutex::default();
        self.for_each(paths, &|path| {
            let attempt = guarded("intake", || open(path));
            match attempt.unwrap_or_else(Err) {
                Ok(file) => {
                    self.store.note_file(path, file.sha256, file.pages, &file.hint)?;
                    opened.lock().unwrap_or_else(PoisonError::into_inner).push(file);
                }
                Err(aside) => self.store.set_file_aside(path, &aside)?,
            }
            Ok(())
        })?;
        let mut files = opened.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// Reads the pages. Stops early when asked to; what is in hand is finished first.
    pub fn work_through(
        &self,
        jobs: &[Job],
        watch: &dyn Watch,
        read: ReadPage<'_>,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        let sum = Mutex::new(std::mem::take(tally));
        let done = self.for_each(jobs, &|job| {
            let page = self.one_page(job, read)?;
            let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
            match page {
                Some(page) => {
                    sum.read += 1;
                    sum.times.merge(&page.times);
                    watch.read(&page.entries);
                }
                None => {
                    sum.aside += 1;
                    watch.aside();
                }
            }
            Ok(())
        })?;
        *tally = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
        tally.left += jobs.len() - done;
        Ok(())
    }

    fn one_page(&self, job: &Job, read: ReadPage<'_>) -> Result<Option<PageRead>, StoreError> {
        let (id, store) = (job.id(), self.store);
        store.begin_page(id, &job.fingerprint)?;
        let read = guarded("run", || read(job)).unwrap_or_else(|panic| Err(PageFailure::ThisTime(panic)));
        match &read {
            Ok(page) => {
                // pictures first: a commit promises that they are there
                for (sheet, picture) in page.facts.sheets.iter().zip(&page.pictures) {
                    pictures::keep_sheet(&store.folder().page(id, sheet.part), picture, self.picture_quality)?;
                }
                store.keep_page(id, &job.fingerprint, Ok((&page.facts, &page.entries)))?;
            }
            Err(PageFailure::Unlaid(aside, picture)) => {
                pictures::keep_sheet(&store.folder().page(id, 0), picture, self.picture_quality)?;
                store.keep_page(id, &job.fingerprint, Err(aside))?;
            }
            Err(PageFailure::ForGood(aside)) => store.keep_page(id, &job.fingerprint, Err(aside))?,
            Err(PageFailure::ThisTime(aside)) => store.fail_page(id, aside)?,
        }
        if let Err(failure) = &read {
            tracing::info!(page = %id, stage = %failure.aside().stage, "set aside");
        }
        Ok(read.ok())
    }

    /// Hands out the items in order to all workers; ends early on `stop` or the first error. Returns how many were done.
    fn for_each<T: Sync>(
        &self,
        items: &[T],
        work: &(dyn Fn(&T) -> Result<(), StoreError> + Sync),
    ) -> Result<usize, StoreError> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let broken: Mutex<Option<StoreError>> = Mutex::default();
        let failed = AtomicBool::new(false);
        self.pool.broadcast(|_| {
            while !self.stop.load(Ordering::Relaxed) && !failed.load(Ordering::Relaxed) {
                let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                match work(item) {
                    Ok(()) => {
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) => {
                        failed.store(true, Ordering::Relaxed);
                        broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            }
        });
        match broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(done.into_inner()),
        }
    }
}

/// Sets a page aside that started too often without an end.
pub fn give_up(job: &Job, store: &Store) -> Result<(), StoreError> {
    let told = "the program died on this page again and again\nhint: scan the page again, or report it with the file";
    store.give_up(job.id(), &Aside::new("run", told))
}

thread_local! {
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Panics say where, never what: a message could hold a name from a register.
pub fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(place = place.as_deref().unwrap_or("unknown"), "panic");
        LAST_PANIC.with(|last| *last.borrow_mut() = place);
    }));
}

fn guarded<T>(stage: &str, work: impl FnOnce() -> T) -> Result<T, Aside> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = LAST_PANIC.with(|last| last.borrow_mut().take()).unwrap_or_else(|| "unknown place".to_owned());
        Aside::new(
            stage,
            &format!("the program stumbled over it ({place})\nhint: scan it again, or report it with the file"),
        )
    })
}
