//! Where things lie in a run folder, and how files get there whole.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::StoreError;
use crate::domain::PageId;

/// How names of files begin that are not whole yet.
const UNFINISHED: &str = ".part-";

/// The folder of a run.
#[derive(Debug, Clone)]
pub struct RunFolder(PathBuf);

impl RunFolder {
    /// Makes the folder and its subfolders.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        let folder = Self(root.to_owned());
        for path in [folder.root().to_owned(), folder.pages(), folder.crops()] {
            fs::create_dir_all(&path).map_err(|source| StoreError::Io { path, source })?;
        }
        Ok(folder)
    }

    /// A folder that holds a run already.
    #[must_use]
    pub fn existing(root: &Path) -> Option<Self> {
        let folder = Self(root.to_owned());
        folder.database().is_file().then_some(folder)
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join("run.sqlite")
    }

    /// Cleaned pages in true colours.
    #[must_use]
    pub fn pages(&self) -> PathBuf {
        self.0.join("pages")
    }

    /// One cleaned page: a sheet of a scan.
    #[must_use]
    pub fn page(&self, id: PageId, part: u8) -> PathBuf {
        self.pages().join(format!("{id}-{part}.jpg"))
    }

    /// Pictures of queued fields.
    #[must_use]
    pub fn crops(&self) -> PathBuf {
        self.0.join("review").join("crops")
    }

    /// Deletes review pictures that no queued field shows any more, and what a killed process left half written.
    pub fn keep_only_crops(&self, names: &BTreeSet<String>) -> Result<(), StoreError> {
        let gone = || {
            for entry in fs::read_dir(self.crops())? {
                let entry = entry?;
                if !entry.file_name().to_str().is_some_and(|name| names.contains(name)) {
                    fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        };
        gone().map_err(|source| StoreError::Io { path: self.crops(), source })
    }

    /// Deletes what a killed process left half written; called while the lock is held.
    pub(super) fn sweep(&self) -> Result<(), StoreError> {
        for folder in [self.root().to_owned(), self.pages(), self.crops(), self.file("review")] {
            let clear = || {
                for entry in fs::read_dir(&folder)? {
                    let entry = entry?;
                    if entry.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED)) {
                        fs::remove_file(entry.path())?;
                    }
                }
                Ok(())
            };
            clear().map_err(|source| StoreError::Io { path: folder.clone(), source })?;
        }
        Ok(())
    }

    /// A file for people, named from the run folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Whether anything may be written here; told before hours of work, not after.
    pub(super) fn lock_file(&self) -> Result<File, StoreError> {
        self.lock_named(".lock")
    }

    /// Held by the review station: reading pages and reviewing them go on side by side.
    pub(super) fn station_lock_file(&self) -> Result<File, StoreError> {
        self.lock_named(".station.lock")
    }

    fn lock_named(&self, name: &str) -> Result<File, StoreError> {
        let path = self.0.join(name);
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| StoreError::Io { path, source })
    }
}

/// A file that appears whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    out: BufWriter<NamedTempFile>,
}

impl WholeFile {
    /// Starts one; until [`WholeFile::keep`] nothing is seen under its name.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let folder = folder_of(path);
        let made = tempfile::Builder::new().prefix(UNFINISHED).permissions(as_umask_says()).tempfile_in(folder);
        let temporary = made.map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), out: BufWriter::new(temporary) })
    }

    /// Puts it in its place.
    pub fn keep(self) -> Result<(), StoreError> {
        let Self { path, out } = self;
        let place = || {
            let temporary = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            temporary.as_file().sync_all()?;
            temporary.persist(&path).map_err(|error| error.error)?;
            File::open(folder_of(&path))?.sync_all()
        };
        place().map_err(|source| StoreError::Io { path: path.clone(), source })
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Writes a file whole or not at all.
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut WholeFile) -> std::io::Result<()>) -> Result<(), StoreError> {
    let mut file = WholeFile::create(path)?;
    fill(&mut file).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    file.keep()
}

/// The folder that a file lies in; a bare name lies in the current one.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are born for their owner alone; who may read the outputs is for the user's umask to say.
fn as_umask_says() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_fails_half_way_leaves_the_old_file() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("out.txt");
        write_whole(&path, |out| out.write_all(b"old")).expect("written");
        let told = write_whole(&path, |out| {
            out.write_all(b"half")?;
            Err(std::io::Error::other("disk full"))
        });
        assert!(told.expect_err("refused").to_string().contains("disk full"));
        assert_eq!(fs::read(&path).expect("there"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1, "no temporary file stays");
    }
}
