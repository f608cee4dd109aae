//! The run folder and its database: every path and every SQL statement.
//!
//! One transaction a page, WAL with full synchronisation: what is committed survives a power cut, what is not
//! committed never happened. Results are keyed by file hash, page and fingerprint and are never changed.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

pub mod accounts;
pub mod decisions;
pub mod deliveries;
pub mod entries;
pub mod files;
pub mod folder;
pub mod pages;
pub mod typed;

pub use accounts::{Account, AccountState, Role, is_account_name};
pub use decisions::{Added, Expected, Kept};
pub use deliveries::{DeliveredRow, Delivery, DeliveryState, HandedOver, RefusedEntry};
pub use entries::{Load, StoredEntry, StoredPage, book_of};
pub use folder::RunFolder;
pub use pages::{PageRow, PageState, Progress, ResultRef};

const STEPS: &[M<'static>] = &[
    M::up(include_str!("store/schema.sql")),
    M::up(include_str!("store/people.sql")),
    M::up(include_str!("store/deliveries.sql")),
    M::up(include_str!("store/handed_over.sql")),
    M::up(include_str!("store/parts.sql")),
    M::up(include_str!("store/typed.sql")),
    M::up(include_str!("store/surer.sql")),
    M::up(include_str!("store/book_reading.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Why the run folder does not serve.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process works in it.
    #[error("{0} is in use by another sohoa\nhint: wait until it ends, or give another folder with --out")]
    Busy(PathBuf),
    /// Not there.
    #[error("{0} is no run folder: run.sqlite is missing\nhint: give the folder that `sohoa run --out` wrote")]
    NoRun(PathBuf),
    /// The system refused.
    #[error(
        "cannot write to {path}: {source}\nhint: check that the folder may be written and the disk has room; then the same command goes on"
    )]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database refused.
    #[error(
        "the database of the run: {0}\nhint: check that the disk has room and the folder may be written; then the same command goes on"
    )]
    Sql(#[from] rusqlite::Error),
    /// A newer or damaged database.
    #[error(
        "the database of the run has another shape: {0}\nhint: use the sohoa that wrote it, or give another folder with --out"
    )]
    Shape(#[source] rusqlite_migration::Error),
    /// A row that this version cannot read.
    #[error(
        "a row of the run's database cannot be read: {0}\nhint: use the sohoa that wrote it, or give another folder with --out"
    )]
    Row(#[from] serde_json::Error),
}

impl From<rusqlite_migration::Error> for StoreError {
    /// A disk that refuses shows first where the shape is looked at: that is no other shape.
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::Sql(err),
            other => Self::Shape(other),
        }
    }
}

/// Who opens a run for what people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A command that adds a line or two.
    Shared,
    /// The review station: one a run.
    Station,
}

fn held(folder: &RunFolder, lock: File) -> Result<File, StoreError> {
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy(folder.root().to_owned())),
        Err(TryLockError::Error(source)) => Err(StoreError::Io { path: folder.root().to_owned(), source }),
    }
}

fn connect(folder: &RunFolder) -> Result<Connection, StoreError> {
    let mut db = Connection::open(folder.database())?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", "ON")?;
    MIGRATIONS.to_latest(&mut db)?;
    Ok(db)
}

/// An open run.
#[derive(Debug)]
pub struct Store {
    folder: RunFolder,
    db: Mutex<Connection>,
    // held as long as the run is open for writing; the system frees it when the process dies
    _lock: Option<File>,
}

impl Store {
    /// Opens a run for writing; makes it where there is none.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let folder = RunFolder::create(folder)?;
        let lock = held(&folder, folder.lock_file()?)?;
        folder.sweep()?;
        let db = connect(&folder)?;
        Ok(Self { folder, db: Mutex::new(db), _lock: Some(lock) })
    }

    /// Opens a run that is there for what people do; a run that is being read is no hindrance, but only one process may
    /// show it for review.
    pub fn for_people(folder: &Path, claim: Claim) -> Result<Self, StoreError> {
        let folder = RunFolder::existing(folder).ok_or_else(|| StoreError::NoRun(folder.to_owned()))?;
        let lock = match claim {
            Claim::Shared => None,
            Claim::Station => Some(held(&folder, folder.station_lock_file()?)?),
        };
        let db = connect(&folder)?;
        Ok(Self { folder, db: Mutex::new(db), _lock: lock })
    }

    /// Opens a finished or running run for reading.
    pub fn read_only(folder: &Path) -> Result<Self, StoreError> {
        let folder = RunFolder::existing(folder).ok_or_else(|| StoreError::NoRun(folder.to_owned()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(folder.database(), flags)?;
        Ok(Self { folder, db: Mutex::new(db), _lock: None })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &RunFolder {
        &self.folder
    }

    /// A worker that panicked inside a transaction left it rolled back, so the connection stays good.
    fn db(&self) -> MutexGuard<'_, Connection> {
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
