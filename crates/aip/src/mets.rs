//! METS as the common specification for information packages (CSIP 2.1) wants it: of the package, and of each
//! representation in it.

use crate::xml::Xml;
use crate::{Entry, Program};

/// What one METS file describes.
#[derive(Debug, Clone)]
pub struct Mets<'a> {
    /// The package's, or the representation's name.
    pub id: &'a str,
    /// Title.
    pub label: &'a str,
    /// When it was made, ISO 8601.
    pub created: &'a str,
    /// By what.
    pub program: Program,
    /// Code of the fonds, where there is one.
    pub fonds: Option<&'a str>,
    /// Descriptive metadata (EAD).
    pub descriptive: Vec<Entry>,
    /// Preservation metadata (PREMIS).
    pub preservation: Vec<Entry>,
    /// Groups of files: their use (`Documentation`, `Schemas`, `Data`, `Representations/rep1`) and the files.
    pub groups: Vec<(String, Vec<Entry>)>,
}

const PROFILE: &str = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-1-0.xml";
const FORM: &str = "text/xml";

/// The description as a document.
#[must_use]
pub fn write(mets: &Mets<'_>) -> String {
    let mut xml = Xml::default();
    xml.open(
        "mets",
        &[
            ("xmlns", "http://www.loc.gov/METS/"),
            ("xmlns:csip", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"),
            ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("OBJID", mets.id),
            ("LABEL", mets.label),
            ("TYPE", "Textual works – Digitised"),
            ("csip:CONTENTINFORMATIONTYPE", "MIXED"),
            ("PROFILE", PROFILE),
        ],
    );
    header(&mut xml, mets);
    for (at, entry) in mets.descriptive.iter().enumerate() {
        xml.open("dmdSec", &[("ID", &format!("dmd-{}", at + 1)), ("CREATED", mets.created), ("STATUS", "CURRENT")]);
        reference(&mut xml, mets, entry, "EAD");
        xml.close();
    }
    if !mets.preservation.is_empty() {
        xml.open("amdSec", &[("ID", "amd")]);
        for (at, entry) in mets.preservation.iter().enumerate() {
            xml.open(
                "digiprovMD",
                &[("ID", &format!("digiprov-{}", at + 1)), ("CREATED", mets.created), ("STATUS", "CURRENT")],
            );
            reference(&mut xml, mets, entry, "PREMIS");
            xml.close();
        }
        xml.close();
    }
    files(&mut xml, mets);
    structure(&mut xml, mets);
    xml.end()
}

fn header(xml: &mut Xml, mets: &Mets<'_>) {
    xml.open(
        "metsHdr",
        &[
            ("CREATEDATE", mets.created),
            ("LASTMODDATE", mets.created),
            ("RECORDSTATUS", "NEW"),
            ("csip:OAISPACKAGETYPE", "AIP"),
        ],
    );
    xml.open("agent", &[("ROLE", "CREATOR"), ("TYPE", "OTHER"), ("OTHERTYPE", "SOFTWARE")]);
    xml.leaf("name", &[], mets.program.name);
    xml.leaf("note", &[("csip:NOTETYPE", "SOFTWARE VERSION")], mets.program.version).close();
    if let Some(fonds) = mets.fonds {
        xml.open("agent", &[("ROLE", "ARCHIVIST"), ("TYPE", "ORGANIZATION")]).leaf("name", &[], fonds);
        xml.leaf("note", &[("csip:NOTETYPE", "IDENTIFICATIONCODE")], fonds).close();
    }
    xml.close();
}

fn reference(xml: &mut Xml, mets: &Mets<'_>, entry: &Entry, kind: &str) {
    xml.empty(
        "mdRef",
        &[
            ("LOCTYPE", "URL"),
            ("xlink:type", "simple"),
            ("xlink:href", &entry.path),
            ("MDTYPE", kind),
            ("MIMETYPE", FORM),
            ("SIZE", &entry.size.to_string()),
            ("CREATED", mets.created),
            ("CHECKSUM", &entry.sha256),
            ("CHECKSUMTYPE", "SHA-256"),
        ],
    );
}

fn files(xml: &mut Xml, mets: &Mets<'_>) {
    xml.open("fileSec", &[("ID", "files")]);
    for (group, (name, entries)) in mets.groups.iter().enumerate() {
        let id = format!("group-{}", group + 1);
        let mut attributes = vec![("ID", id.as_str()), ("USE", name.as_str())];
        if name.starts_with("Representations/") {
            attributes.push(("csip:CONTENTINFORMATIONTYPE", "MIXED"));
        }
        xml.open("fileGrp", &attributes);
        for (at, entry) in entries.iter().enumerate() {
            let mut attributes = vec![
                ("ID", format!("file-{}-{}", group + 1, at + 1)),
                ("MIMETYPE", entry.media.to_owned()),
                ("SIZE", entry.size.to_string()),
                ("CREATED", mets.created.to_owned()),
                ("CHECKSUM", entry.sha256.clone()),
                ("CHECKSUMTYPE", "SHA-256".to_owned()),
            ];
            if !entry.source.is_empty() {
                attributes.push(("OWNERID", entry.source.clone()));
            }
            let borrowed: Vec<(&str, &str)> = attributes.iter().map(|(key, value)| (*key, value.as_str())).collect();
            xml.open("file", &borrowed);
            xml.empty("FLocat", &[("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", &entry.path)]).close();
        }
        xml.close();
    }
    xml.close();
}

fn structure(xml: &mut Xml, mets: &Mets<'_>) {
    xml.open("structMap", &[("ID", "structure"), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")]);
    xml.open("div", &[("ID", "div-package"), ("LABEL", mets.id)]);
    let ids = |name: &str, count: usize| (1..=count).map(|at| format!("{name}-{at}")).collect::<Vec<_>>().join(" ");
    let (described, kept) = (ids("dmd", mets.descriptive.len()), ids("digiprov", mets.preservation.len()));
    let mut attributes = vec![("ID", "div-metadata"), ("LABEL", "Metadata")];
    let told = [("DMDID", described.as_str()), ("ADMID", kept.as_str())];
    attributes.extend(told.into_iter().filter(|(_, ids)| !ids.is_empty()));
    xml.empty("div", &attributes);
    for (at, (name, entries)) in mets.groups.iter().enumerate() {
        let (id, group) = (format!("div-{}", at + 1), format!("group-{}", at + 1));
        xml.open("div", &[("ID", &id), ("LABEL", name)]);
        match entries.as_slice() {
            // a representation tells about itself
            [own] if name.starts_with("Representations/") => {
                let to = [
                    ("LOCTYPE", "URL"),
                    ("xlink:type", "simple"),
                    ("xlink:href", own.path.as_str()),
                    ("xlink:title", &group),
                ];
                xml.empty("mptr", &to);
            }
            _ => {
                xml.empty("fptr", &[("FILEID", &group)]);
            }
        }
        xml.close();
    }
    xml.close().close();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        Entry { path: path.into(), media: "application/pdf", size: 7, sha256: "ab".into(), source: String::new() }
    }

    #[test]
    fn every_file_is_named_with_size_and_hash_and_every_group_has_its_place() {
        let mets = Mets {
            id: "urn:uuid:1",
            label: "Sổ",
            created: "2026-02-03T07:00:00+07:00",
            program: Program { name: "p", version: "1" },
            fonds: Some("H01"),
            descriptive: vec![entry("metadata/descriptive/EAD.xml")],
            preservation: vec![entry("metadata/preservation/PREMIS.xml")],
            groups: vec![
                ("Schemas".into(), vec![entry("schemas/a.json"), entry("schemas/b.json")]),
                ("Representations/rep1".into(), vec![entry("representations/rep1/METS.xml")]),
            ],
        };
        let text = write(&mets);
        assert_eq!((text.matches("CHECKSUM=\"ab\"").count(), text.matches("<FLocat ").count()), (5, 3), "{text}");
        assert!(text.contains("<div ID=\"div-metadata\" LABEL=\"Metadata\" DMDID=\"dmd-1\" ADMID=\"digiprov-1\"/>"));
        assert!(text.contains("<fptr FILEID=\"group-1\"/>"));
        assert!(text.contains("xlink:href=\"representations/rep1/METS.xml\" xlink:title=\"group-2\"/>"));
        assert!(text.contains("<note csip:NOTETYPE=\"IDENTIFICATIONCODE\">H01</note>"));
    }
}
