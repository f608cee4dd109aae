//! What folder and file names claim about a page.

use std::path::Path;

use crate::domain::{BookHint, Register};

/// Reads `<LOAI>.<year>.<book>.<date>.<number>.pdf` and the folders above it.
#[must_use]
pub fn hint_of(path: &Path) -> BookHint {
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    BookHint { register: parts.first().and_then(|p| Register::from_code(p)), ..BookHint::default() }
}
