//! A package on the disk: written beside its place, put there in one step, the same bytes for the same content.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::ead::{self, Description};
use crate::mets::{self, Mets};
use crate::premis::{self, Event};
use crate::{Entry, Program, folder};

/// What a package is, beside its files.
#[derive(Debug, Clone)]
pub struct About {
    /// `urn:uuid:…`; the folder is named by it.
    pub id: String,
    /// Code of the fonds, where there is one.
    pub fonds: Option<String>,
    /// When, ISO 8601 with the zone.
    pub created: String,
    /// What was done with it before.
    pub events: Vec<Event>,
    /// By what it is made.
    pub program: Program,
}

/// A package in the making; dropped, nothing of it stays.
#[derive(Debug)]
pub struct Package {
    folder: tempfile::TempDir,
    about: About,
    documentation: Vec<Entry>,
    schemas: Vec<Entry>,
    representations: Vec<Representation>,
}

#[derive(Debug)]
struct Representation {
    name: String,
    label: String,
    data: Vec<Entry>,
    descriptive: Vec<Entry>,
}

/// One form of a package's content, as [`Package::representation`] began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form(usize);

/// A file of the content.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// Its name: letters without marks, digits, `.`, `-`, `_`.
    pub name: &'a str,
    /// Media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What it was made from, e.g. `sha256:…` of a scan, several parted by spaces; empty where it was made from nothing.
    pub source: &'a str,
}

/// A name-based UUID (version 8: made from a SHA-256): the same words, the same UUID.
#[must_use]
pub fn uuid(words: &str) -> String {
    let mut bytes: [u8; 32] = Sha256::digest(words.as_bytes()).into();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

impl Package {
    /// Starts one that will lie in `dir`; what a killed process left there half written goes.
    pub fn create(dir: &Path, about: About) -> io::Result<Self> {
        if !plain(&about.id.replace(':', "_")) {
            return Err(io::Error::other(format!("{:?} cannot name a folder", about.id)));
        }
        let folder = folder::begin(dir)?;
        Ok(Self { folder, about, documentation: Vec::new(), schemas: Vec::new(), representations: Vec::new() })
    }

    /// Adds a file that explains the content.
    pub fn document(&mut self, name: &str, media: &'static str, bytes: &[u8]) -> io::Result<()> {
        let entry = self.put("documentation", name, media, bytes)?;
        self.documentation.push(entry);
        Ok(())
    }

    /// Adds a file that tells the form of others.
    pub fn schema(&mut self, name: &str, media: &'static str, bytes: &[u8]) -> io::Result<()> {
        let entry = self.put("schemas", name, media, bytes)?;
        self.schemas.push(entry);
        Ok(())
    }

    /// Begins another form of the content.
    pub fn representation(&mut self, label: &str) -> Form {
        let name = format!("rep{}", self.representations.len() + 1);
        let label = label.to_owned();
        self.representations.push(Representation { name, label, data: Vec::new(), descriptive: Vec::new() });
        Form(self.representations.len() - 1)
    }

    /// Adds a file to one form of the content, with its description where it has one.
    pub fn data(&mut self, to: Form, piece: &Piece<'_>, description: Option<&Description>) -> io::Result<()> {
        let own = self.representations.get(to.0).ok_or(io::ErrorKind::InvalidInput)?;
        let (base, number) = (format!("representations/{}", own.name), own.data.len() + 1);
        let written = self.put(&format!("{base}/data"), piece.name, piece.media, piece.bytes)?;
        let data = Entry { source: piece.source.to_owned(), ..from_within(written, &base) };
        let described = description.map(|description| {
            let text = ead::write(description, &self.about.created, self.about.program);
            let name = format!("EAD_doc_File{number}.xml");
            self.put(&format!("{base}/metadata/descriptive"), &name, "text/xml", text.as_bytes())
        });
        let described = described.transpose()?.map(|entry| from_within(entry, &base));
        let own = self.representations.get_mut(to.0).ok_or(io::ErrorKind::InvalidInput)?;
        own.data.push(data);
        own.descriptive.extend(described);
        Ok(())
    }

    /// Ends it with what is told about the whole, and puts it in its place: `dir/<id with ":" as "_">`.
    pub fn place(mut self, whole: &Description) -> io::Result<PathBuf> {
        let representations = std::mem::take(&mut self.representations);
        let (mut groups, mut all) = (Vec::new(), Vec::new());
        for (name, entries) in [("Documentation", &self.documentation), ("Schemas", &self.schemas)] {
            all.extend(entries.iter().cloned());
            if !entries.is_empty() {
                groups.push((name.to_owned(), entries.clone()));
            }
        }
        for own in &representations {
            let base = format!("representations/{}", own.name);
            all.extend(own.data.iter().map(|entry| Entry { path: format!("{base}/{}", entry.path), ..entry.clone() }));
            let text = mets::write(&self.mets(
                &own.name,
                &own.label,
                own.descriptive.clone(),
                Vec::new(),
                vec![("Data".to_owned(), own.data.clone())],
            ));
            let entry = self.put(&base, "METS.xml", "text/xml", text.as_bytes())?;
            groups.push((format!("Representations/{}", own.name), vec![entry]));
        }
        let description = ead::write(whole, &self.about.created, self.about.program);
        let described = self.put("metadata/descriptive", "EAD.xml", "text/xml", description.as_bytes())?;
        let premis = premis::write(&all, &self.about.events, self.about.program);
        let kept = self.put("metadata/preservation", "PREMIS.xml", "text/xml", premis.as_bytes())?;
        let text = mets::write(&self.mets(&self.about.id, &whole.title, vec![described], vec![kept], groups));
        self.put("", "METS.xml", "text/xml", text.as_bytes())?;
        let target = self.folder.path().with_file_name(self.about.id.replace(':', "_"));
        folder::put(self.folder, &target)?;
        Ok(target)
    }

    fn mets<'a>(
        &'a self,
        id: &'a str,
        label: &'a str,
        descriptive: Vec<Entry>,
        preservation: Vec<Entry>,
        groups: Vec<(String, Vec<Entry>)>,
    ) -> Mets<'a> {
        let About { created, program, fonds, .. } = &self.about;
        Mets { id, label, created, program: *program, fonds: fonds.as_deref(), descriptive, preservation, groups }
    }

    /// Writes one file, down to the disk.
    fn put(&self, folder: &str, name: &str, media: &'static str, bytes: &[u8]) -> io::Result<Entry> {
        if !plain(name) {
            return Err(io::Error::other(format!("{name:?} is no plain file name")));
        }
        let place = self.folder.path().join(folder);
        fs::create_dir_all(&place)?;
        // two files of one name would be one
        let told = |error: io::Error| io::Error::new(error.kind(), format!("{name}: {error}"));
        let mut file = File::create_new(place.join(name)).map_err(told)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        Ok(Entry { path, media, size: bytes.len() as u64, sha256, source: String::new() })
    }
}

/// Whether a name is the same on every system: letters without marks, digits, `.`, `-`, `_`, no `.` in front.
#[must_use]
pub fn plain(name: &str) -> bool {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(safe)
}

/// A path as the representation's own METS names it.
fn from_within(entry: Entry, base: &str) -> Entry {
    let path = entry.path.strip_prefix(&format!("{base}/")).unwrap_or(&entry.path).to_owned();
    Entry { path, ..entry }
}

#[cfg(test)]
mod tests;
