//! Which page, of which file, of which book.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Register;

/// A SHA-256 digest, written as 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl std::str::FromStr for Sha256 {
    type Err = String;

    fn from_str(hex: &str) -> Result<Self, String> {
        let wrong = || format!("not a sha256: {hex:?}");
        if hex.len() != 64 || !hex.is_ascii() {
            return Err(wrong());
        }
        let mut digest = [0; 32];
        for (i, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(digest))
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One page of one file, named by the file's bytes: the same bytes are the same page wherever they lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId {
    /// SHA-256 of the file's bytes.
    pub file: Sha256,
    /// Page in the file, from 0.
    pub index: u32,
}

impl fmt::Display for PageId {
    /// Short form for logs and pictures: 16 hex digits and the page.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = self.file.to_string();
        write!(f, "{}-{}", &hex[..16], self.index)
    }
}

/// A book: (office folder, register, year opened, number of the book).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BookId {
    /// Folder of the office as found (`xa_loc_thuan`), empty when unknown.
    pub office: String,
    /// Which register.
    pub register: Register,
    /// Year the book was opened, as the name writes it.
    pub year: String,
    /// Number of the book in that year.
    pub number: String,
}

/// What folder and file names claim about a page; checked against the page, never trusted before it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BookHint {
    /// Folder of the office.
    pub office: Option<String>,
    /// Register claimed.
    pub register: Option<Register>,
    /// Year the book was opened.
    pub year: Option<String>,
    /// Number of the book.
    pub book: Option<String>,
    /// Registration date claimed, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Register number claimed; `None` also for "null".
    pub number: Option<String>,
}
