//! CSV for spreadsheets: UTF-8 with a byte-order mark, because Excel takes Vietnamese for Latin-1 without one, and
//! cells that no spreadsheet takes for a formula.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use crate::store::StoreError;
use crate::store::folder::WholeFile;

/// A CSV file that appears whole or not at all.
#[derive(Debug)]
pub struct Table {
    csv: csv::Writer<WholeFile>,
    path: std::path::PathBuf,
}

impl Table {
    /// Starts a table with its header.
    pub fn create(path: &Path, header: &[&str]) -> Result<Self, StoreError> {
        let mut file = WholeFile::create(path)?;
        file.write_all("\u{feff}".as_bytes()).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
        let mut table = Self { csv: csv::Writer::from_writer(file), path: path.to_owned() };
        table.row(header)?;
        Ok(table)
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), StoreError> {
        let safe: Vec<Cow<'_, str>> = cells.iter().map(|cell| safe(cell.as_ref())).collect();
        self.csv.write_record(safe.iter().map(|cell| cell.as_bytes())).map_err(|error| self.refused(error.into()))
    }

    /// Puts it in its place.
    pub fn keep(self) -> Result<(), StoreError> {
        let path = self.path;
        let file = self
            .csv
            .into_inner()
            .map_err(|error| StoreError::Io { path, source: std::io::Error::other(error.error().to_string()) })?;
        file.keep()
    }

    fn refused(&self, source: std::io::Error) -> StoreError {
        StoreError::Io { path: self.path.clone(), source }
    }
}

/// A leading apostrophe keeps `=`, `+`, `-`, `@` and control characters from starting a formula.
fn safe(cell: &str) -> Cow<'_, str> {
    // full-width forms are turned into plain ones by some spreadsheets
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        return Cow::Owned(format!("'{cell}"));
    }
    Cow::Borrowed(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_plain_text_stays() {
        for danger in ["=1+1", "+84", "-5", "@x", "\tx", "\r=1"] {
            assert_eq!(safe(danger), format!("'{danger}"));
        }
        for plain in ["Kinh", "", "12-3-2004", "a=b", "'x"] {
            assert_eq!(safe(plain), plain);
        }
    }

    #[test]
    fn a_table_starts_with_the_mark_and_quotes_what_has_to_be() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("t.csv");
        let mut table = Table::create(&path, &["a", "b"]).expect("made");
        table.row(&["Ấp 2, xã", "nói \"không\"\nrõ"]).expect("written");
        assert!(!path.exists(), "nothing is seen before it is whole");
        table.keep().expect("kept");
        let text = std::fs::read_to_string(&path).expect("there");
        assert_eq!(text, "\u{feff}a,b\n\"Ấp 2, xã\",\"nói \"\"không\"\"\nrõ\"\n");
    }
}
