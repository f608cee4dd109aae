//! Flat zip archives: no folders, members sorted by name, fixed times. The same members give the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};
use std::num::NonZeroUsize;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Why members cannot stand in one archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Two members that some system takes for one file.
    #[error("two members would have one name: {0} and {1}")]
    Collision(String, String),
    /// A name with a folder, or that is no file name on some system.
    #[error("{0:?} is no plain file name")]
    Name(String),
    /// The file could not be written, or a member could not be made.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<zip::result::ZipError> for ArchiveError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Io(error.into())
    }
}

/// Checks names before anything is written: plain ASCII-safe file names, no two that differ by case alone. Sorted.
pub fn check_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Vec<&'a str>, ArchiveError> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if name.is_empty() || name.starts_with('.') || name.ends_with('.') || !name.chars().all(safe) {
            return Err(ArchiveError::Name(name.to_owned()));
        }
        if let Some(other) = seen.insert(name.to_ascii_lowercase(), name) {
            return Err(ArchiveError::Collision(other.to_owned(), name.to_owned()));
        }
    }
    let mut sorted: Vec<&str> = seen.into_values().collect();
    sorted.sort_unstable();
    Ok(sorted)
}

/// Writes an archive; `members` makes the bytes of the names that it is given, `at_once` of them at a time in memory.
/// Members are stored as they are: pictures do not get smaller.
pub fn write<'a, W: Write + Seek>(
    out: W,
    names: impl IntoIterator<Item = &'a str>,
    at_once: NonZeroUsize,
    mut members: impl FnMut(&[&str]) -> io::Result<Vec<Vec<u8>>>,
) -> Result<W, ArchiveError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(out);
    for some in check_names(names)?.chunks(at_once.get()) {
        let made = members(some)?;
        if made.len() != some.len() {
            return Err(io::Error::other(format!("{} members for {} names", made.len(), some.len())).into());
        }
        for (name, bytes) in some.iter().zip(made) {
            zip.start_file(*name, options)?;
            zip.write_all(&bytes)?;
        }
    }
    Ok(zip.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    const TWO: NonZeroUsize = NonZeroUsize::new(2).expect("two");

    fn archive(names: &[&str]) -> Result<Vec<u8>, ArchiveError> {
        let bytes = |some: &[&str]| Ok(some.iter().map(|name| name.as_bytes().to_vec()).collect());
        Ok(write(Cursor::new(Vec::new()), names.iter().copied(), TWO, bytes)?.into_inner())
    }

    #[test]
    fn members_are_made_some_at_a_time_in_order() {
        let mut asked = Vec::new();
        let bytes = |some: &[&str]| {
            asked.push(some.join(" "));
            Ok(vec![Vec::new(); some.len()])
        };
        write(Cursor::new(Vec::new()), ["c.pdf", "a.pdf", "b.pdf"], TWO, bytes).expect("made");
        assert_eq!(asked, ["a.pdf b.pdf", "c.pdf"]);
    }

    #[test]
    fn order_of_arrival_does_not_matter_and_members_come_back() {
        let (a, b) = ("KS.2008.01.2008-01-15.001.pdf", "KS.2008.01.2008-01-16.002.pdf");
        let bytes = archive(&[b, a]).expect("made");
        assert_eq!(bytes, archive(&[a, b]).expect("made"));
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
        assert_eq!(names, [a, b]);
        let mut text = String::new();
        zip.by_name(b).expect("there").read_to_string(&mut text).expect("text");
        assert_eq!(text, b);
    }

    #[test]
    fn names_that_differ_by_case_alone_collide() {
        assert!(matches!(archive(&["a.12A.pdf", "a.12a.pdf"]), Err(ArchiveError::Collision(..))));
        assert!(matches!(archive(&["a.pdf", "a.pdf"]), Err(ArchiveError::Collision(..))));
    }

    #[test]
    fn folders_and_odd_names_are_refused() {
        for name in ["", "a/b.pdf", "..", "a\\b", "số.pdf", "a b.pdf", "x."] {
            assert!(matches!(archive(&[name]), Err(ArchiveError::Name(_))), "{name}");
        }
    }

    #[test]
    fn a_member_that_cannot_be_made_is_no_archive() {
        let told = write(Cursor::new(Vec::new()), ["a.pdf"], TWO, |_| Err(io::Error::other("gone")));
        assert!(told.is_err_and(|e| e.to_string() == "gone"));
    }
}
