//! PREMIS 3: which files there are, what was done to them, and by whom.

use crate::xml::Xml;
use crate::{Entry, Program};

/// Something that was done with the whole package.
#[derive(Debug, Clone)]
pub struct Event {
    /// As the vocabulary of event types names it, e.g. `ingestion`.
    pub kind: &'static str,
    /// When, ISO 8601.
    pub at: String,
    /// What came of it.
    pub outcome: &'static str,
    /// In words.
    pub note: String,
    /// Name of the person who did it; the program where there is none.
    pub person: Option<String>,
}

const SPACE: &str = "http://www.loc.gov/premis/v3";
const PROGRAM: &str = "agent-program";

/// The description of all files.
#[must_use]
pub fn write(files: &[Entry], events: &[Event], program: Program) -> String {
    let mut xml = Xml::default();
    let instance = "http://www.w3.org/2001/XMLSchema-instance";
    xml.open("premis:premis", &[("xmlns:premis", SPACE), ("xmlns:xsi", instance), ("version", "3.0")]);
    files.iter().for_each(|file| object(&mut xml, file));
    for (at, event) in events.iter().enumerate() {
        xml.open("premis:event", &[]);
        identifier(
            &mut xml,
            "premis:eventIdentifier",
            ["premis:eventIdentifierType", "premis:eventIdentifierValue"],
            &format!("event-{}", at + 1),
        );
        xml.leaf("premis:eventType", &[], event.kind).leaf("premis:eventDateTime", &[], &event.at);
        xml.open("premis:eventDetailInformation", &[]).leaf("premis:eventDetail", &[], &event.note).close();
        xml.open("premis:eventOutcomeInformation", &[]).leaf("premis:eventOutcome", &[], event.outcome).close();
        let who = event.person.as_ref().map_or_else(|| PROGRAM.to_owned(), |person| format!("agent-{person}"));
        let names = ["premis:linkingAgentIdentifierType", "premis:linkingAgentIdentifierValue"];
        identifier(&mut xml, "premis:linkingAgentIdentifier", names, &who);
        xml.close();
    }
    agent(&mut xml, PROGRAM, &format!("{} {}", program.name, program.version), "software");
    let mut people: Vec<&String> = events.iter().filter_map(|event| event.person.as_ref()).collect();
    people.sort_unstable();
    people.dedup();
    people.iter().for_each(|person| agent(&mut xml, &format!("agent-{person}"), person, "person"));
    xml.end()
}

fn object(xml: &mut Xml, file: &Entry) {
    xml.open("premis:object", &[("xsi:type", "premis:file")]);
    let names = ["premis:objectIdentifierType", "premis:objectIdentifierValue"];
    identifier(xml, "premis:objectIdentifier", names, &file.path);
    xml.open("premis:objectCharacteristics", &[]).leaf("premis:compositionLevel", &[], "0");
    xml.open("premis:fixity", &[]).leaf("premis:messageDigestAlgorithm", &[], "SHA-256");
    xml.leaf("premis:messageDigest", &[], &file.sha256).close();
    xml.leaf("premis:size", &[], &file.size.to_string());
    xml.open("premis:format", &[]).open("premis:formatDesignation", &[]).leaf("premis:formatName", &[], file.media);
    xml.close().close().close();
    file.source.split_whitespace().for_each(|source| derived(xml, source));
    xml.close();
}

/// What a file was made from lies outside the package.
fn derived(xml: &mut Xml, source: &str) {
    xml.open("premis:relationship", &[]).leaf("premis:relationshipType", &[], "derivation");
    xml.leaf("premis:relationshipSubType", &[], "has source");
    let names = ["premis:relatedObjectIdentifierType", "premis:relatedObjectIdentifierValue"];
    identifier(xml, "premis:relatedObjectIdentifier", names, source);
    xml.close();
}

fn identifier(xml: &mut Xml, name: &'static str, [kind, value]: [&'static str; 2], text: &str) {
    xml.open(name, &[]).leaf(kind, &[], "local").leaf(value, &[], text).close();
}

fn agent(xml: &mut Xml, id: &str, name: &str, kind: &str) {
    xml.open("premis:agent", &[]);
    identifier(xml, "premis:agentIdentifier", ["premis:agentIdentifierType", "premis:agentIdentifierValue"], id);
    xml.leaf("premis:agentName", &[], name).leaf("premis:agentType", &[], kind).close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_hash_and_every_event_somebody_who_did_it() {
        let file = Entry {
            path: "data/a.pdf".into(),
            media: "application/pdf",
            size: 7,
            sha256: "ab".into(),
            source: "sha256:cd sha256:ef".into(),
        };
        let event = |person: Option<&str>| Event {
            kind: "validation",
            at: "2026-02-03T07:00:00+07:00".into(),
            outcome: "success",
            note: "xác nhận".into(),
            person: person.map(str::to_owned),
        };
        let text = write(&[file], &[event(Some("hoa")), event(None)], Program { name: "p", version: "1" });
        for told in [
            "<premis:messageDigest>ab</premis:messageDigest>",
            "<premis:relatedObjectIdentifierValue>sha256:cd</premis:relatedObjectIdentifierValue>",
            "<premis:relatedObjectIdentifierValue>sha256:ef</premis:relatedObjectIdentifierValue>",
            "<premis:agentName>hoa</premis:agentName>",
            "<premis:agentName>p 1</premis:agentName>",
            "<premis:linkingAgentIdentifierValue>agent-hoa</premis:linkingAgentIdentifierValue>",
        ] {
            assert_eq!(text.matches(told).count(), 1, "{told}\n{text}");
        }
    }
}
