//! A package on the disk: written beside its place, put there in one step, the same bytes for the same content.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use sha2::{Digest, Sha256};

use crate::ead::{self, Description};
use crate::mets::{self, Mets};
use crate::premis::{self, Event};
use crate::{Entry, Program};

/// How names of folders begin that are not whole yet.
const UNFINISHED: &str = ".part-";

/// What a package is, beside its files.
#[derive(Debug, Clone)]
pub struct About {
    /// `urn:uuid:…`; the folder is named by it.
    pub id: String,
    /// Code of the fonds, where there is one.
    pub fonds: Option<String>,
    /// When, ISO 8601 with the zone.
    pub created: String,
    /// The whole.
    pub description: Description,
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
        fs::create_dir_all(dir)?;
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED)) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let folder = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(dir)?;
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

    /// Begins another form of the content; files go to the last one.
    pub fn representation(&mut self, label: &str) {
        let name = format!("rep{}", self.representations.len() + 1);
        self.representations.push(Representation {
            name,
            label: label.to_owned(),
            data: Vec::new(),
            descriptive: Vec::new(),
        });
    }

    /// Adds a file to the representation that was begun last, with its description where it has one.
    pub fn data(
        &mut self,
        name: &str,
        media: &'static str,
        bytes: &[u8],
        source: &str,
        description: Option<&Description>,
    ) -> io::Result<()> {
        let Some(mut own) = self.representations.pop() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let base = format!("representations/{}", own.name);
        let written = self.put(&format!("{base}/data"), name, media, bytes);
        own.data.push(Entry { source: source.to_owned(), ..from_within(written?, &base) });
        if let Some(description) = description {
            let text = ead::write(description, &self.about.created, self.about.program);
            let name = format!("EAD_doc_File{}.xml", own.data.len());
            let entry = self.put(&format!("{base}/metadata/descriptive"), &name, "text/xml", text.as_bytes())?;
            own.descriptive.push(from_within(entry, &base));
        }
        self.representations.push(own);
        Ok(())
    }

    /// Ends it and puts it in its place: `dir/<id with ":" as "_">`.
    pub fn place(mut self) -> io::Result<PathBuf> {
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
        let description = ead::write(&self.about.description, &self.about.created, self.about.program);
        let described = self.put("metadata/descriptive", "EAD.xml", "text/xml", description.as_bytes())?;
        let premis = premis::write(&all, &self.about.events, self.about.program);
        let kept = self.put("metadata/preservation", "PREMIS.xml", "text/xml", premis.as_bytes())?;
        let (id, title) = (self.about.id.clone(), self.about.description.title.clone());
        let text = mets::write(&self.mets(&id, &title, vec![described], vec![kept], groups));
        self.put("", "METS.xml", "text/xml", text.as_bytes())?;
        let target = self.folder.path().with_file_name(self.about.id.replace(':', "_"));
        exchange(self.folder, &target)?;
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
        let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if name.is_empty() || name.starts_with('.') || !name.chars().all(safe) {
            return Err(io::Error::other(format!("{name:?} is no plain file name")));
        }
        let place = self.folder.path().join(folder);
        fs::create_dir_all(&place)?;
        // two files of one name would be one
        let mut file = File::create_new(place.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        Ok(Entry { path, media, size: bytes.len() as u64, sha256, source: String::new() })
    }
}

/// A path as the representation's own METS names it.
fn from_within(entry: Entry, base: &str) -> Entry {
    let path = entry.path.strip_prefix(&format!("{base}/")).unwrap_or(&entry.path).to_owned();
    Entry { path, ..entry }
}

/// A kill leaves the old package or the new one.
fn exchange(staging: tempfile::TempDir, target: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(staging.path(), fs::Permissions::from_mode(0o755))?;
    if target.exists() {
        if renameat_with(CWD, staging.path(), CWD, target, RenameFlags::EXCHANGE).is_err() {
            // file systems that cannot exchange (network drives): for a moment there is neither
            let old = staging.path().with_extension("old");
            fs::rename(target, &old)?;
            fs::rename(staging.path(), target)?;
            fs::rename(&old, staging.path())?;
        }
        staging.close()?;
    } else {
        fs::rename(staging.keep(), target)?;
    }
    File::open(target.parent().unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn about() -> About {
        About {
            id: format!("urn:uuid:{}", uuid("KS/2008/01")),
            fonds: None,
            created: "2026-02-03T07:00:00+07:00".into(),
            description: Description { title: "Sổ đăng ký khai sinh 01/2008".into(), ..Description::default() },
            events: Vec::new(),
            program: Program { name: "p", version: "1" },
        }
    }

    fn made(dir: &Path) -> PathBuf {
        let mut package = Package::create(dir, about()).expect("started");
        package.schema("records.schema.json", "application/json", b"{}").expect("written");
        package.representation("PDF");
        let one = Description { title: "Khai sinh số 01".into(), ..Description::default() };
        package.data("a.pdf", "application/pdf", b"%PDF", "sha256:cd", Some(&one)).expect("written");
        package.place().expect("placed")
    }

    /// All files below a folder with their bytes.
    fn files(folder: &Path, base: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                files(&path, base, all);
            } else {
                let name = path.strip_prefix(base).expect("inside").to_string_lossy().into_owned();
                all.insert(name, fs::read(&path).expect("bytes"));
            }
        }
    }

    fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        files(folder, folder, &mut all);
        all
    }

    #[test]
    fn the_folder_is_as_the_specification_wants_it_and_the_same_again() {
        let dir = tempfile::tempdir().expect("folder");
        let (folder, other) = (made(dir.path()), tempfile::tempdir().expect("folder"));
        let all = read(&folder);
        let names: Vec<&str> = all.keys().map(String::as_str).collect();
        let expected = [
            "METS.xml",
            "metadata/descriptive/EAD.xml",
            "metadata/preservation/PREMIS.xml",
            "representations/rep1/METS.xml",
            "representations/rep1/data/a.pdf",
            "representations/rep1/metadata/descriptive/EAD_doc_File1.xml",
            "schemas/records.schema.json",
        ];
        assert_eq!(names, expected);
        assert!(folder.ends_with(about().id.replace(':', "_")));
        assert_eq!(read(&made(other.path())), all);
        assert_eq!(read(&made(dir.path())), all, "in the place of the old one");
        assert_eq!(fs::read_dir(dir.path()).expect("folder").count(), 1);
    }

    #[test]
    fn every_file_is_named_with_the_hash_that_it_has() {
        let dir = tempfile::tempdir().expect("folder");
        let all = read(&made(dir.path()));
        let text = |name: &str| String::from_utf8(all[name].clone()).expect("text");
        let hash = |name: &str| Sha256::digest(&all[name]).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (root, own, premis) =
            (text("METS.xml"), text("representations/rep1/METS.xml"), text("metadata/preservation/PREMIS.xml"));
        for name in [
            "metadata/descriptive/EAD.xml",
            "metadata/preservation/PREMIS.xml",
            "representations/rep1/METS.xml",
            "schemas/records.schema.json",
        ] {
            assert!(root.contains(&hash(name)) && root.contains(&format!("xlink:href=\"{name}\"")), "{name}");
        }
        for name in ["data/a.pdf", "metadata/descriptive/EAD_doc_File1.xml"] {
            assert!(
                own.contains(&hash(&format!("representations/rep1/{name}")))
                    && own.contains(&format!("xlink:href=\"{name}\"")),
                "{name}"
            );
        }
        assert!(premis.contains("representations/rep1/data/a.pdf") && premis.contains("sha256:cd"));
    }

    #[test]
    fn what_is_not_placed_leaves_nothing_and_odd_names_are_refused() {
        let dir = tempfile::tempdir().expect("folder");
        let mut package = Package::create(dir.path(), about()).expect("started");
        package.representation("PDF");
        for name in ["", "a/b.pdf", "..", "số.pdf"] {
            assert!(package.document(name, "application/pdf", b"").is_err(), "{name}");
        }
        package.document("a.pdf", "application/pdf", b"").expect("written");
        assert!(package.document("a.pdf", "application/pdf", b"").is_err(), "two of one name");
        drop(package);
        assert_eq!(fs::read_dir(dir.path()).expect("folder").count(), 0);
    }

    #[test]
    fn the_same_words_have_the_same_uuid() {
        assert_eq!(uuid("a"), uuid("a"));
        assert_ne!(uuid("a"), uuid("b"));
        let uuid = uuid("a");
        assert_eq!((uuid.len(), uuid.as_bytes()[14]), (36, b'8'));
    }
}
