//! One entry over its page, and the findings of a book.

use askama::Template;

use super::Frame;

/// A slot on the page.
#[derive(Debug)]
#[expect(missing_docs, reason = "sheet pixels")]
pub struct Box {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    /// CSS class.
    pub class: &'static str,
    /// Where the field is decided or changed.
    pub link: String,
    /// Its name.
    pub name: String,
}

/// A field of the entry page.
#[derive(Debug)]
pub struct EntryField {
    /// Name.
    pub name: String,
    /// Value as it stands.
    pub text: String,
    /// CSS class.
    pub class: &'static str,
    /// Who answers for it.
    pub by: String,
    /// Where it is decided or changed.
    pub link: String,
    /// What the way there is called.
    pub act: &'static str,
}

/// A finding of the entry page.
#[derive(Debug)]
pub struct FindingLine {
    /// The rule in words.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// Whether people brought it up: it was not there when the page was read.
    pub new: bool,
    /// The fields it is about, with the ways to change them.
    pub fields: Vec<(String, String)>,
}

/// A decision in words.
#[derive(Debug)]
pub struct Past {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Field.
    pub name: String,
    /// What.
    pub what: &'static str,
    /// Why, in the person's words.
    pub note: String,
}

/// What the entry view shows of the page and lets a person say of it.
#[derive(Debug)]
pub struct PageForms {
    /// Its other entries, with their register numbers.
    pub others: Vec<(String, String)>,
    /// How many entries it has.
    pub entries: usize,
    /// The layout it was read as.
    pub layout: String,
    /// The others, with their titles.
    pub layouts: Vec<(String, String)>,
    /// Why it was not read as people said; empty otherwise.
    pub remark: &'static str,
}

/// One entry.
#[derive(Debug, Template)]
#[template(path = "review/entry.html")]
pub struct EntryPage {
    /// Person.
    pub f: Frame,
    /// Its name.
    pub entry: String,
    /// Sheet.
    pub sheet: String,
    /// Sheet size.
    pub size: (u32, u32),
    /// Slots.
    pub boxes: Vec<Box>,
    /// Fields.
    pub fields: Vec<EntryField>,
    /// What looks wrong as it stands.
    pub findings: Vec<FindingLine>,
    /// What people said of the whole entry, in words; empty for nothing.
    pub fate: String,
    /// Whether that is a layout that was said for the page: it is taken back by another.
    pub rereads: bool,
    /// Last line about that.
    pub fate_seen: u64,
    /// Entries that go on with it.
    pub parts: Vec<String>,
    /// Its page.
    pub page: PageForms,
    /// Entries with the same number.
    pub namesakes: Vec<String>,
    /// Decisions.
    pub past: Vec<Past>,
    /// Where a later note is added; empty where the form has no place for one.
    pub note_link: String,
    /// Whether the book is confirmed: then a change needs a reason.
    pub confirmed: bool,
    /// What just happened.
    pub notice: &'static str,
    /// Its book.
    pub book: String,
    /// Its register number.
    pub number: String,
}

/// The findings of one entry.
#[derive(Debug)]
pub struct EntryFindings {
    /// Entry.
    pub entry: String,
    /// Its register number.
    pub number: String,
    /// What looks wrong.
    pub lines: Vec<FindingLine>,
}

/// The findings of a book.
#[derive(Debug, Template)]
#[template(path = "review/findings.html")]
pub struct Findings {
    /// Person.
    pub f: Frame,
    /// Book.
    pub book: String,
    /// Entries that have some.
    pub entries: Vec<EntryFindings>,
}
