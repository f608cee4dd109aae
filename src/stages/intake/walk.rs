//! Which files there are.

use std::path::PathBuf;

use walkdir::{DirEntry, WalkDir};

use super::IntakeError;

/// A run leaves this file in its folder; such a folder holds outputs, not scans.
const RUN_MARK: &str = "run.sqlite";

/// All files under the given paths, sorted by path, each once; hidden files and run folders are skipped.
///
/// A file is listed whatever its content: what is foreign is set aside later, with a reason.
pub fn discover(paths: &[PathBuf]) -> Result<Vec<PathBuf>, IntakeError> {
    let mut files = Vec::new();
    for path in paths {
        std::fs::metadata(path)?;
        let walk = WalkDir::new(path).follow_links(true).into_iter().filter_entry(wanted);
        for entry in walk {
            let entry = entry.map_err(std::io::Error::from)?;
            if entry.file_type().is_file() {
                files.push(entry.into_path());
            }
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// Whether to look at an entry. What the user named himself is always looked at.
fn wanted(entry: &DirEntry) -> bool {
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    entry.depth() == 0 || !hidden && !entry.path().join(RUN_MARK).exists()
}
