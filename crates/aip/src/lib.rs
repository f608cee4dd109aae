//! Packages for archives, without knowing of registers: same content, same bytes.
//!
//! * [`folder`]: puts a folder in its place in one step
//! * [`package`]: the folder of the common specification for information packages (CSIP), with the hash of every file
//! * [`mets`], [`premis`], [`ead`]: the descriptions in it
//! * [`alto`]: the text of a page with the place of every line
//! * [`xml`]: text that is well formed whatever is put into it

pub mod alto;
pub mod ead;
pub mod folder;
pub mod mets;
pub mod package;
pub mod premis;
pub mod xml;

/// The program that makes the packages, as they name it.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// A file of a package, written already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From the folder of the description that names it, with `/`.
    pub path: String,
    /// Media type.
    pub media: &'static str,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hex.
    pub sha256: String,
    /// What it was made from, e.g. `sha256:…` of a scan; empty where it was made from nothing.
    pub source: String,
}
