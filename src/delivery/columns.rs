//! The columns of the import files: data in `lists/import_columns/`, one table a layout, one row a column.

use std::sync::LazyLock;

use crate::domain::Register;

/// How a cell comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Counts the rows.
    Serial,
    /// The act's number, in the style of the conventions.
    Number,
    /// `NN/YYYY` of the book.
    Book,
    /// Digits.
    Page,
    /// `dd.mm.yyyy`, `mm.yyyy`, `yyyy`, or an age as written.
    Date,
    /// A person's name.
    Name,
    /// As settled.
    Text,
    /// Code of the kind of registration, by register.
    RegistrationKind,
    /// 1 to 3.
    Sex,
    /// 1 to 4 by which parents are named.
    BirthKind,
    /// 1 to 4: who recognises whom.
    RecognitionKind,
    /// 0 to 2: how somebody lives there.
    ResidenceKind,
    /// 0 to 8: kind of identity paper, by the form of its number.
    PaperKind,
    /// Twelve digits, else empty.
    PersonalNumber,
    /// 1 to 5: what a certificate is for.
    PurposeKind,
    /// 0 to 7: paper that proves a death.
    NoticeKind,
    /// The office's full name.
    Office,
    /// The province that a place lies in.
    Province,
    /// Old books have nothing for it.
    None,
}

impl Rule {
    /// Whether the cell holds a code of a closed list, which the importer counts from 0 or 1.
    #[must_use]
    pub fn is_code(self) -> bool {
        match self {
            Self::RegistrationKind
            | Self::Sex
            | Self::BirthKind
            | Self::RecognitionKind
            | Self::ResidenceKind
            | Self::PaperKind
            | Self::PurposeKind
            | Self::NoticeKind => true,
            Self::Serial
            | Self::Number
            | Self::Book
            | Self::Page
            | Self::Date
            | Self::Name
            | Self::Text
            | Self::PersonalNumber
            | Self::Office
            | Self::Province
            | Self::None => false,
        }
    }
}

/// The rules by their names in the tables.
const RULES: [(&str, Rule); 19] = [
    ("serial", Rule::Serial),
    ("number", Rule::Number),
    ("book", Rule::Book),
    ("page", Rule::Page),
    ("date", Rule::Date),
    ("name", Rule::Name),
    ("text", Rule::Text),
    ("registration-kind", Rule::RegistrationKind),
    ("sex", Rule::Sex),
    ("birth-kind", Rule::BirthKind),
    ("recognition-kind", Rule::RecognitionKind),
    ("residence-kind", Rule::ResidenceKind),
    ("paper-kind", Rule::PaperKind),
    ("personal-number", Rule::PersonalNumber),
    ("purpose-kind", Rule::PurposeKind),
    ("notice-kind", Rule::NoticeKind),
    ("office", Rule::Office),
    ("province", Rule::Province),
    ("none", Rule::None),
];

/// Whether a row may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A row without is refused.
    Must,
    /// Wanted where the form has it.
    Should,
    /// As it comes.
    May,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// The importer's own heading.
    pub header: &'static str,
    /// The key that it is made from.
    pub source: Option<&'static str>,
    /// How.
    pub rule: Rule,
    /// Whether it has to be there.
    pub need: Need,
    /// Most characters.
    pub longest: usize,
    /// What a cell looks like.
    pub example: &'static str,
    /// What it is, in Vietnamese.
    pub label: &'static str,
}

/// The columns of one kind of import file.
#[derive(Debug)]
pub struct ImportLayout {
    /// Register and number of columns, e.g. `KS-70`.
    pub id: &'static str,
    /// Which register.
    pub register: Register,
    /// In the importer's order.
    pub columns: Vec<Column>,
}

impl ImportLayout {
    /// Where a header stands.
    #[must_use]
    pub fn at(&self, header: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.header == header)
    }

    /// The headers in order.
    #[must_use]
    pub fn headers(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.header).collect()
    }
}

/// Which of the two layouts of births.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum BirthColumns {
    /// 70 columns, with personal numbers, as the template has them
    #[default]
    #[value(name = "70")]
    Seventy,
    /// 60 columns, the older layout
    #[value(name = "60")]
    Sixty,
}

/// All layouts.
#[must_use]
pub fn layouts() -> &'static [ImportLayout] {
    static LAYOUTS: LazyLock<Vec<ImportLayout>> = LazyLock::new(|| {
        let table = |id, register, text| ImportLayout { id, register, columns: parse(text) };
        vec![
            table("KS-70", Register::Ks, include_str!("../../lists/import_columns/ks-70.tsv")),
            table("KS-60", Register::Ks, include_str!("../../lists/import_columns/ks-60.tsv")),
            table("KH-44", Register::Kh, include_str!("../../lists/import_columns/kh-44.tsv")),
            table("KT-48", Register::Kt, include_str!("../../lists/import_columns/kt-48.tsv")),
            table("CMC-50", Register::Cmc, include_str!("../../lists/import_columns/cmc-50.tsv")),
            table("HN-35", Register::Hn, include_str!("../../lists/import_columns/hn-35.tsv")),
        ]
    });
    &LAYOUTS
}

/// The layout of a register.
#[must_use]
pub fn layout(register: Register, births: BirthColumns) -> &'static ImportLayout {
    let at = match (register, births) {
        (Register::Ks, BirthColumns::Seventy) => 0,
        (Register::Ks, BirthColumns::Sixty) => 1,
        (Register::Kh, _) => 2,
        (Register::Kt, _) => 3,
        (Register::Cmc, _) => 4,
        (Register::Hn, _) => 5,
    };
    &layouts()[at]
}

/// The tables are part of the program: a line that cannot be read is left out, and the tests count the columns.
fn parse(table: &'static str) -> Vec<Column> {
    table.lines().skip(1).filter_map(column).collect()
}

fn column(line: &'static str) -> Option<Column> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[header, source, rule, need, longest, example, label] = cells.as_slice() else { return None };
    let given = |cell: &'static str| Some(cell).filter(|c| *c != "-");
    let need = match need {
        "must" => Need::Must,
        "should" => Need::Should,
        "may" => Need::May,
        _ => return None,
    };
    let rule = RULES.iter().find(|(name, _)| *name == rule)?.1;
    let (source, example) = (given(source), given(example).unwrap_or_default());
    Some(Column { header, source, rule, need, longest: longest.parse().ok()?, example, label })
}

/// The tables as Markdown, for people who fill or check such files by hand.
#[must_use]
pub fn markdown() -> String {
    use std::fmt::Write;
    let mut text = String::from(
        "# Import columns\n\nMade from `lists/import_columns/*.tsv`; a test keeps it in step. Every cell is text. \
         `must`: a row without is refused.\n",
    );
    for layout in layouts() {
        let _ = write!(
            text,
            "\n## {}\n\n| header | meaning | from | rule | need | longest | example |\n|---|---|---|---|---|---|---|\n",
            layout.id
        );
        for c in &layout.columns {
            let rule = RULES.iter().find(|(_, rule)| *rule == c.rule).map_or("", |(name, _)| name);
            let need = match c.need {
                Need::Must => "must",
                Need::Should => "should",
                Need::May => "may",
            };
            let source = c.source.map(|s| format!("`{s}`")).unwrap_or_default();
            let _ = writeln!(
                text,
                "| `{}` | {} | {source} | {rule} | {need} | {} | {} |",
                c.header, c.label, c.longest, c.example
            );
        }
    }
    text
}

/// The form of a layout's rows as JSON, one object a line by the importer's headers.
#[must_use]
pub fn schema(layout: &ImportLayout) -> serde_json::Value {
    use serde_json::{Map, Value, json};
    let column = |c: &Column| {
        let mut told = Map::new();
        told.insert("type".to_owned(), "string".into());
        told.insert("description".to_owned(), c.label.into());
        told.insert("maxLength".to_owned(), c.longest.into());
        if c.need == Need::Must {
            told.insert("minLength".to_owned(), 1.into());
        }
        if let Some(pattern) = pattern(c.rule) {
            told.insert("pattern".to_owned(), pattern.into());
        }
        (c.header.to_owned(), Value::Object(told))
    };
    let own = [
        ("_entry", "Mã bản ghi: 16 số đầu SHA-256 của tệp quét, trang, phần, thứ tự"),
        ("_pdf", "Tên tệp PDF của trường hợp"),
    ];
    let own = own.map(|(key, about)| (key.to_owned(), json!({ "type": "string", "description": about })));
    let properties: Map<String, Value> = layout.columns.iter().map(column).chain(own).collect();
    let required: Vec<&str> = layout.headers().into_iter().chain(["_entry", "_pdf"]).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("rows.{}.schema.json", layout.id),
        "title": format!("One row of an import file of {} columns, every cell text", layout.columns.len()),
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

/// What a filled cell looks like; an empty one is always allowed where it need not be filled.
fn pattern(rule: Rule) -> Option<&'static str> {
    match rule {
        Rule::Serial | Rule::Page => Some("^[0-9]*$"),
        Rule::Number => Some("^[0-9]{1,4}[A-Z]?(/[0-9]{4})?$"),
        Rule::Book => Some("^[0-9]{2,3}[A-Z]?/[0-9]{4}$"),
        // an age as written has a T
        Rule::Date => Some("^(|.*[tT].*|([0-9]{2}\\.)?([0-9]{2}\\.)?[0-9]{4})$"),
        code if code.is_code() => Some("^[0-8]?$"),
        Rule::PersonalNumber => Some("^([0-9]{12})?$"),
        Rule::None => Some("^$"),
        // names, texts, offices, provinces: any text
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_layout_has_the_columns_that_its_name_counts_each_once() {
        for layout in layouts() {
            let counted: usize = layout.id.split('-').nth(1).and_then(|n| n.parse().ok()).expect("a count");
            let once: BTreeSet<_> = layout.headers().into_iter().collect();
            assert_eq!((layout.columns.len(), once.len()), (counted, counted), "{}", layout.id);
            assert!(layout.id.starts_with(layout.register.code()));
        }
    }

    #[test]
    fn examples_fit_their_columns() {
        for column in layouts().iter().flat_map(|l| &l.columns) {
            assert!(column.example.chars().count() <= column.longest, "{}", column.header);
            assert!(!column.label.is_empty());
        }
    }

    #[test]
    fn the_older_layout_of_births_is_the_newer_without_its_additions() {
        let (new, old) = (layouts()[0].headers(), layouts()[1].headers());
        let added = |h: &&str| *h == "STT" || h.ends_with("Str") || h.contains("SoDinhDanh");
        let kept: Vec<&str> = new.into_iter().filter(|h| !added(h)).collect();
        assert_eq!(kept, old);
    }

    #[test]
    fn the_schemas_beside_the_program_agree_with_the_columns() {
        for layout in layouts() {
            let name = format!("schemas/rows.{}.schema.json", layout.id);
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
            let made = format!("{:#}\n", schema(layout));
            if std::env::var_os("UPDATE_DOCS").is_some() {
                std::fs::write(&path, &made).expect("written");
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(kept, made, "{name}: run the tests once with UPDATE_DOCS=1");
        }
    }

    #[test]
    fn the_table_in_docs_agrees_with_the_columns() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/import-columns.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, markdown()).expect("written");
        }
        assert_eq!(std::fs::read_to_string(path).expect("there"), markdown(), "run the tests once with UPDATE_DOCS=1");
    }
}
