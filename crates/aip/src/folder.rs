//! A folder that appears whole or not at all: filled beside its place, put there in one step of the file system.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use tempfile::TempDir;

/// How names of folders begin that are not whole yet.
const UNFINISHED: &str = ".part-";

/// A folder to fill, in the one where it will lie; what a killed process left there half filled goes. Dropped, it is gone.
pub fn begin(parent: &Path) -> io::Result<TempDir> {
    fs::create_dir_all(parent)?;
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let unfinished = entry.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED));
        if unfinished && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(parent)
}

/// Puts a filled folder in its place. An older one there is exchanged in one step, so a kill leaves either the old one or
/// the new.
pub fn put(filled: TempDir, target: &Path) -> io::Result<()> {
    // temporary folders are born for their owner alone
    fs::set_permissions(filled.path(), Permissions::from_mode(0o755))?;
    sync(filled.path())?;
    if target.exists() {
        if renameat_with(CWD, filled.path(), CWD, target, RenameFlags::EXCHANGE).is_err() {
            // file systems that cannot exchange (network drives): for a moment there is neither
            let old = filled.path().with_extension("old");
            fs::rename(target, &old)?;
            fs::rename(filled.path(), target)?;
            fs::rename(&old, filled.path())?;
        }
        // what is left under the temporary name is the old one
        filled.close()?;
    } else {
        fs::rename(filled.keep(), target)?;
    }
    File::open(target.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Names reach the disk with their folder; a file that was synced alone may have none after a power cut.
fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").file_name());
        let mut names: Vec<String> = entries.map(|name| name.into_string().expect("text")).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_takes_the_place_of_an_older_one_and_everybody_may_read_it() {
        let dir = tempfile::tempdir().expect("folder");
        let target = dir.path().join("own");
        for text in ["old", "new"] {
            let filled = begin(dir.path()).expect("begun");
            fs::create_dir(filled.path().join("in")).expect("folder");
            fs::write(filled.path().join("in/a"), text).expect("written");
            put(filled, &target).expect("placed");
            assert_eq!(fs::read_to_string(target.join("in/a")).expect("read"), text);
        }
        assert_eq!(names(dir.path()), ["own"]);
        assert_eq!(fs::metadata(&target).expect("facts").permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn what_a_kill_left_goes_and_nothing_else() {
        let dir = tempfile::tempdir().expect("folder");
        fs::create_dir_all(dir.path().join(".part-killed/in")).expect("folder");
        fs::create_dir(dir.path().join("part-of-another")).expect("folder");
        fs::write(dir.path().join(".part-list"), "a file of somebody else's").expect("written");
        drop(begin(dir.path()).expect("begun"));
        assert_eq!(names(dir.path()), [".part-list", "part-of-another"]);
    }
}
