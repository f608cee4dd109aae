//! EAD 3: what a package and each of its documents is. `localtype` carries the names of the archive circular's fields.

use crate::Program;
use crate::xml::Xml;

/// One thing described: a book, or one of its documents.
#[derive(Debug, Clone, Default)]
pub struct Description {
    /// Whether it is the whole or a part.
    pub level: Level,
    /// What it is known by.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Who keeps it.
    pub keeper: String,
    /// First and last day, `YYYY-MM-DD` or `YYYY`; empty where not known.
    pub days: [String; 2],
    /// Further fields: name and value.
    pub fields: Vec<(&'static str, String)>,
    /// In words.
    pub note: String,
}

/// Level of description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// A book or file.
    #[default]
    File,
    /// One document in it.
    Item,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Item => "item",
        }
    }

    /// The names of its fields in the circular.
    fn names(self) -> [&'static str; 2] {
        match self {
            Self::File => ["arcFileCode", "startDate"],
            Self::Item => ["docCode", "docDate"],
        }
    }
}

/// The description as a document.
#[must_use]
pub fn write(about: &Description, created: &str, program: Program) -> String {
    let [code, day] = about.level.names();
    let mut xml = Xml::default();
    xml.open("ead", &[("xmlns", "http://ead3.archivists.org/schema/")]);
    xml.open("control", &[]).leaf("recordid", &[], &about.code);
    xml.open("filedesc", &[]).open("titlestmt", &[]).leaf("titleproper", &[], &about.title).close().close();
    xml.empty("maintenancestatus", &[("value", "new")]);
    xml.open("maintenanceagency", &[]).leaf("agencyname", &[], &about.keeper).close();
    xml.open("maintenancehistory", &[]).open("maintenanceevent", &[]);
    xml.empty("eventtype", &[("value", "created")]).leaf("eventdatetime", &[("standarddatetime", created)], created);
    xml.empty("agenttype", &[("value", "machine")]).leaf(
        "agent",
        &[],
        &format!("{} {}", program.name, program.version),
    );
    xml.close().close().close();
    xml.open("archdesc", &[("level", about.level.name())]).open("did", &[]);
    xml.leaf("unitid", &[("localtype", code)], &about.code).leaf("unittitle", &[("localtype", "title")], &about.title);
    let [first, last] = &about.days;
    if !first.is_empty() {
        xml.open("unitdatestructured", &[]).open("daterange", &[]);
        xml.leaf("fromdate", &[("localtype", day), ("standarddate", first)], first);
        xml.leaf("todate", &[("localtype", "endDate"), ("standarddate", last)], last);
        xml.close().close();
    }
    xml.open("langmaterial", &[]).leaf("language", &[("langcode", "vie")], "Tiếng Việt").close();
    for (name, value) in about.fields.iter().filter(|(_, value)| !value.is_empty()) {
        xml.leaf("physdesc", &[("localtype", name)], value);
    }
    xml.open("repository", &[]).open("corpname", &[]).leaf("part", &[], &about.keeper).close().close().close();
    if !about.note.is_empty() {
        xml.open("scopecontent", &[("localtype", "description")]).leaf("p", &[], &about.note).close();
    }
    xml.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_names_its_fields_and_leaves_out_what_is_not_known() {
        let about = Description {
            level: Level::Item,
            code: "KS.2008.01.2008-01-15.001".into(),
            title: "Khai sinh số 01/2008".into(),
            keeper: "UBND xã".into(),
            days: ["2008-01-15".into(), "2008-01-15".into()],
            fields: vec![("numberOfPage", "1".into()), ("inforSign", String::new())],
            ..Description::default()
        };
        let text = write(&about, "2026-02-03T07:00:00+07:00", Program { name: "p", version: "1" });
        assert!(text.contains("<unitid localtype=\"docCode\">KS.2008.01.2008-01-15.001</unitid>"), "{text}");
        assert!(text.contains("<physdesc localtype=\"numberOfPage\">1</physdesc>") && !text.contains("inforSign"));
        assert!(text.contains("<fromdate localtype=\"docDate\" standarddate=\"2008-01-15\">"));
        assert!(text.contains("<part>UBND xã</part>"), "{text}");
        let undated = write(&Description::default(), "x", Program { name: "p", version: "1" });
        assert!(!undated.contains("unitdate"));
    }
}
