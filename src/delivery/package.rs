//! A delivery on the disk: one folder that appears whole or not at all, with the same bytes for the same content.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use sohoa_aip::folder;
use sohoa_tables::archive::{self, ArchiveError};
use sohoa_tables::workbook::{Workbook, WorkbookError};

use super::plan::{Act, Plan};
use super::preflight::{self, LEFT_COLUMNS, PROBLEM_COLUMNS, Paths};
use crate::outputs::table::Table;
use crate::store::StoreError;

/// Hashes of the files beside it, as `sha256sum -c` reads them.
const SUMS: &str = "SHA256SUMS";

/// Why a delivery could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The system refused.
    #[error(
        "cannot write the delivery to {path}: {source}\nhint: check that the folder may be written and the disk has room"
    )]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A row does not fit.
    #[error("the workbook: {0}")]
    Workbook(#[from] WorkbookError),
    /// The PDFs do not fit together.
    #[error("the archive: {0}")]
    Archive(#[from] ArchiveError),
    /// The store or a table refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A delivery that is whole but not yet in its place; dropped, it is gone.
#[derive(Debug)]
pub struct Staged {
    folder: tempfile::TempDir,
    target: PathBuf,
    sums: String,
}

impl Staged {
    /// SHA-256 of its `SHA256SUMS`: tells one delivery from any other.
    #[must_use]
    pub fn sums(&self) -> &str {
        &self.sums
    }

    /// Puts it into `dir/<base>/lan-<number>` and gives back that folder.
    pub fn place(self) -> Result<PathBuf, PackageError> {
        let Self { folder, target, .. } = self;
        place(folder, &target).map_err(|source| PackageError::Io { path: target.clone(), source })?;
        Ok(target)
    }
}

/// Writes the delivery for `dir/<base>/lan-<number>` beside that place; `pdfs` makes the PDFs of some acts.
pub fn stage(
    plan: &Plan,
    base: &str,
    dir: &Path,
    paths: &Paths,
    pdfs: impl FnMut(&[&Act]) -> io::Result<Vec<Vec<u8>>>,
) -> Result<Staged, PackageError> {
    let parent = dir.join(base);
    let refused = |source| PackageError::Io { path: parent.clone(), source };
    let staging = folder::begin(&parent).map_err(refused)?;
    let mut names = Vec::new();
    if !plan.rows.is_empty() {
        names.extend([format!("{base}.xlsx"), format!("{base}.zip")]);
        let cells: Vec<&[String]> = plan.rows.iter().map(|act| act.cells.as_slice()).collect();
        let header = plan.layout.headers();
        workbook(&staging.path().join(&names[0]), plan.book.register.code(), &header, &cells)?;
        zip(&staging.path().join(&names[1]), plan, pdfs)?;
    }
    let problems = preflight::problems(plan, paths);
    names.extend(["preflight.csv", "preflight.xlsx", "left-out.csv"].map(str::to_owned));
    table(&staging.path().join("preflight.csv"), &PROBLEM_COLUMNS, &problems)?;
    let cells: Vec<&[String]> = problems.iter().map(<[String; 10]>::as_slice).collect();
    workbook(&staging.path().join("preflight.xlsx"), "Kiểm tra", &PROBLEM_COLUMNS, &cells)?;
    table(&staging.path().join("left-out.csv"), &LEFT_COLUMNS, &preflight::left_out(plan, paths))?;
    sums(staging.path(), &names).map_err(refused)?;
    let sums = sums_of(staging.path()).map_err(refused)?;
    Ok(Staged { target: parent.join(format!("lan-{}", plan.number)), folder: staging, sums })
}

/// SHA-256 of a delivery's `SHA256SUMS`.
pub fn sums_of(folder: &Path) -> io::Result<String> {
    sha256(&folder.join(SUMS))
}

/// Whether a folder holds anything for the importer: without a settled row there are only our own lists.
#[must_use]
pub fn has_workbook(folder: &Path) -> bool {
    fs::read_to_string(folder.join(SUMS)).is_ok_and(|sums| sums.lines().any(|line| line.ends_with(".zip")))
}

fn workbook(path: &Path, sheet: &str, header: &[&str], rows: &[&[String]]) -> Result<(), PackageError> {
    let refused = |source| PackageError::Io { path: path.to_owned(), source };
    let out = BufWriter::new(File::create(path).map_err(refused)?);
    let mut book = Workbook::create(out, sheet, header)?;
    for row in rows {
        book.row(row)?;
    }
    let file = book.finish()?.into_inner().map_err(|error| refused(error.into_error()))?;
    file.sync_all().map_err(refused)
}

/// PDFs made at once: enough to keep every processor busy, 100 kB each are nothing in memory.
const AT_ONCE: NonZeroUsize = NonZeroUsize::MIN.saturating_add(31);

fn zip(
    path: &Path,
    plan: &Plan,
    mut pdfs: impl FnMut(&[&Act]) -> io::Result<Vec<Vec<u8>>>,
) -> Result<(), PackageError> {
    let refused = |source| PackageError::Io { path: path.to_owned(), source };
    let out = BufWriter::new(File::create(path).map_err(refused)?);
    let acts: BTreeMap<&str, &Act> = plan.rows.iter().map(|act| (act.pdf.as_str(), act)).collect();
    let act = |name: &&str| acts.get(name).copied().ok_or(io::ErrorKind::NotFound.into());
    let some = |names: &[&str]| pdfs(&names.iter().map(act).collect::<io::Result<Vec<_>>>()?);
    let done = archive::write(out, plan.rows.iter().map(|act| act.pdf.as_str()), AT_ONCE, some)?;
    let file = done.into_inner().map_err(|error| refused(error.into_error()))?;
    file.sync_all().map_err(refused)
}

fn table<const N: usize>(path: &Path, header: &[&str], rows: &[[String; N]]) -> Result<(), StoreError> {
    let mut table = Table::create(path, header)?;
    rows.iter().try_for_each(|row| table.row(row))?;
    table.keep()
}

fn sums(folder: &Path, names: &[String]) -> io::Result<()> {
    let mut out = File::create(folder.join(SUMS))?;
    for name in names {
        writeln!(out, "{}  {name}", sha256(&folder.join(name))?)?;
    }
    out.sync_all()
}

/// SHA-256 of a file as hex digits.
pub fn sha256(path: &Path) -> io::Result<String> {
    let (mut hash, mut file) = (Sha256::new(), BufReader::new(File::open(path)?));
    let mut chunk = vec![0; 1 << 16];
    loop {
        match file.read(&mut chunk)? {
            0 => break Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => hash.update(&chunk[..read]),
        }
    }
}

/// Puts the folder in its place; the same content leaves the old one untouched.
fn place(staging: tempfile::TempDir, target: &Path) -> io::Result<()> {
    let same = || Ok::<_, io::Error>(fs::read(staging.path().join(SUMS))? == fs::read(target.join(SUMS))?);
    if same().unwrap_or(false) && whole(target) {
        return staging.close();
    }
    folder::put(staging, target)
}

/// Whether every file of a delivery is what its sums say.
#[must_use]
pub fn whole(folder: &Path) -> bool {
    let Ok(sums) = fs::read_to_string(folder.join(SUMS)) else { return false };
    let right = |line: &str| {
        line.split_once("  ").is_some_and(|(sum, name)| sha256(&folder.join(name)).is_ok_and(|own| own == sum))
    };
    !sums.is_empty() && sums.lines().all(right)
}

#[cfg(test)]
mod tests {
    use super::super::columns::{BirthColumns, layout};
    use super::*;
    use crate::domain::{BookId, EntryId, PageId, Register};

    fn plan(numbers: &[u32]) -> Plan {
        let layout = layout(Register::Ks, BirthColumns::Seventy);
        let act = |n: &u32| Act {
            entry: EntryId { page: PageId { file: crate::domain::Sha256([0; 32]), index: *n }, part: 0, ordinal: 0 },
            page: n + 1,
            cells: layout.columns.iter().map(|c| format!("{}{n}", c.header)).collect(),
            pdf: format!("KS.2008.01.2008-01-15.{n:03}.pdf"),
            content: String::new(),
            problems: Vec::new(),
        };
        let book = BookId { office: "xa_x".into(), register: Register::Ks, year: "2008".into(), number: "01".into() };
        let rows = numbers.iter().map(act).collect();
        Plan { book, layout, number: 1, rows, stopped: Vec::new(), past: Vec::new(), left_out: Vec::new() }
    }

    fn written(plan: &Plan, dir: &Path) -> Result<PathBuf, PackageError> {
        stage(plan, "xax.KS.2008.01", dir, &Paths::new(), |acts| {
            Ok(acts.iter().map(|act| act.pdf.clone().into_bytes()).collect())
        })?
        .place()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_delivery_is_whole_and_the_same_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = written(&plan(&[1, 2]), dir.path()).unwrap();
        assert!(whole(&folder));
        let first = fs::read(folder.join(SUMS)).unwrap();
        let other = tempfile::tempdir().unwrap();
        assert_eq!(fs::read(written(&plan(&[1, 2]), other.path()).unwrap().join(SUMS)).unwrap(), first);
        fs::write(folder.join("left-out.csv"), "damaged").unwrap();
        assert!(!whole(&folder));
        assert!(whole(&written(&plan(&[1, 2]), dir.path()).unwrap()), "written anew");
    }

    #[test]
    fn another_content_takes_the_old_ones_place_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let folder = written(&plan(&[1, 2]), dir.path()).unwrap();
        fs::create_dir(folder.with_file_name(".part-killed")).unwrap();
        let before = fs::read(folder.join("xax.KS.2008.01.zip")).unwrap();
        assert_eq!(written(&plan(&[1]), dir.path()).unwrap(), folder);
        assert_ne!(fs::read(folder.join("xax.KS.2008.01.zip")).unwrap(), before);
        assert_eq!(names(folder.parent().unwrap()), ["lan-1"]);
    }

    #[test]
    fn a_failure_half_way_leaves_the_old_delivery() {
        let dir = tempfile::tempdir().unwrap();
        let folder = written(&plan(&[1, 2]), dir.path()).unwrap();
        let told = stage(&plan(&[3]), "xax.KS.2008.01", dir.path(), &Paths::new(), |_| Err(io::Error::other("gone")));
        assert!(told.unwrap_err().to_string().contains("gone"));
        assert!(whole(&folder));
        assert_eq!(names(folder.parent().unwrap()), ["lan-1"]);
    }

    #[test]
    fn what_is_only_staged_is_seen_under_no_name_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let stage = || {
            stage(&plan(&[1]), "xax.KS.2008.01", dir.path(), &Paths::new(), |acts| Ok(vec![Vec::new(); acts.len()]))
                .unwrap()
        };
        let (parent, first) = (dir.path().join("xax.KS.2008.01"), stage());
        assert!(names(&parent).iter().all(|name| name.starts_with(".part-")));
        let sums = first.sums().to_owned();
        drop(first);
        assert_eq!(names(&parent), [""; 0]);
        assert_eq!(sums_of(&stage().place().unwrap()).unwrap(), sums);
    }

    #[test]
    fn without_a_row_there_is_nothing_that_looks_like_a_delivery() {
        let dir = tempfile::tempdir().unwrap();
        let folder = written(&plan(&[]), dir.path()).unwrap();
        assert_eq!(names(&folder), ["SHA256SUMS", "left-out.csv", "preflight.csv", "preflight.xlsx"]);
        assert!(!has_workbook(&folder) && has_workbook(&written(&plan(&[1]), dir.path()).unwrap()));
    }
}
