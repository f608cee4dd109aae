//! The pages: what the templates are filled with. Askama escapes every text.

use askama::Template;
use sohoa_http::Response;

use super::field::{Origin, Stretch};
use super::filter::Filter;
use super::words::Language;
use crate::store::{Account, AccountState, Role};

/// What every page shows of the person.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Language.
    pub l: Language,
    /// Who is signed in.
    pub who: String,
    /// As what.
    pub role: Role,
    /// What forms send back.
    pub form_token: String,
}

impl Frame {
    /// The role in words.
    #[must_use]
    pub fn role_name(&self) -> &'static str {
        super::words::role(self.role, self.l)
    }

    /// Whether the person decides fields.
    #[must_use]
    pub fn works(&self) -> bool {
        self.role != Role::Administrator
    }
}

/// The sign-in page.
#[derive(Debug, Template)]
#[template(path = "review/sign_in.html")]
pub struct SignIn {
    /// Language.
    pub l: Language,
    /// What went wrong, empty at first.
    pub problem: String,
}

/// One line of a table of counts.
#[derive(Debug)]
pub struct Count {
    /// In words.
    pub name: String,
    /// Where it leads.
    pub link: String,
    /// How many.
    pub open: usize,
    /// Whether it is the one chosen.
    pub chosen: Chosen,
}

/// Whether a filter's value is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// A table of counts.
#[derive(Debug)]
pub struct Counts {
    /// Its title.
    pub title: &'static str,
    /// Takes this filter away; empty if it is not set.
    pub all: String,
    /// Its lines.
    pub lines: Vec<Count>,
}

/// The queue.
#[derive(Debug, Template)]
#[template(path = "review/queue.html")]
pub struct Queue {
    /// Person.
    pub f: Frame,
    /// Filter as query.
    pub query: String,
    /// Counts.
    pub left: super::desk::Left,
    /// Own decisions in ten minutes.
    pub own: usize,
    /// When it will be done, in words; empty if nobody works.
    pub end: String,
    /// By book, kind, reason.
    pub tables: Vec<Counts>,
    /// Values that many fields share.
    pub alike: Vec<Count>,
}

/// One line of the entry beside the field.
#[derive(Debug)]
pub struct Neighbour {
    /// Field name.
    pub name: String,
    /// Value.
    pub text: String,
    /// CSS class: `open`, `done`, `now` or empty.
    pub class: &'static str,
}

/// A picture: part of a sheet.
#[derive(Debug)]
pub struct Picture {
    /// Address of the sheet.
    pub sheet: String,
    /// Sheet width.
    pub width: u32,
    /// Sheet height.
    pub height: u32,
    /// The slot: left, top, width, height.
    pub slot: (i64, i64, i64, i64),
    /// The view around it.
    pub view: (i64, i64, i64, i64),
}

/// A choice with its key.
#[derive(Debug)]
pub struct KeyedChoice {
    /// 1 to 9.
    pub key: usize,
    /// As shown.
    pub text: String,
    /// Where it comes from, in words; readings need none.
    pub origin: &'static str,
}

/// Where a choice comes from, in words.
#[must_use]
pub fn origin_in_words(origin: Origin, l: Language) -> &'static str {
    match origin {
        Origin::Reading => "",
        Origin::Rule => l.pick("đề xuất của quy tắc", "proposed by a rule"),
        Origin::Person => l.pick("người khác đã nhập", "decided by another person"),
    }
}

/// How much a person may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Reading and alternatives.
    Open,
    /// The picture alone.
    Blind,
}

/// One field to decide.
#[derive(Debug, Template)]
#[template(path = "review/decide.html")]
pub struct Decide {
    /// Person.
    pub f: Frame,
    /// Filter.
    pub filter: Filter,
    /// Item.
    pub item: String,
    /// Its entry.
    pub entry: String,
    /// Last line about it.
    pub seen: u64,
    /// Field name.
    pub name: String,
    /// Kind in words.
    pub kind: &'static str,
    /// Book.
    pub book: String,
    /// Picture, unless the cleaned page is gone.
    pub picture: Option<Picture>,
    /// Sheet of the next one.
    pub next_sheet: String,
    /// Blind or not.
    pub sight: Sight,
    /// Which key, in words; empty for the first.
    pub key_note: &'static str,
    /// The reading.
    pub stretches: Vec<Stretch>,
    /// The reading as text.
    pub reading: String,
    /// Its normal form, if it differs.
    pub normal: String,
    /// Keys 1 to 9.
    pub choices: Vec<KeyedChoice>,
    /// Why.
    pub reasons: Vec<String>,
    /// Other fields.
    pub neighbours: Vec<Neighbour>,
    /// Left in the filter.
    pub left: usize,
    /// What just happened; may be empty.
    pub notice: &'static str,
    /// Suggestions while typing.
    pub suggestions: Vec<String>,
    /// Whether the book is confirmed: then a change needs a reason.
    pub confirmed: bool,
    /// What the last decision brought up, with the entry where it can be looked at.
    pub brought_up: Vec<(String, String)>,
}

impl Decide {
    /// For the template.
    #[must_use]
    pub fn blind(&self) -> bool {
        self.sight == Sight::Blind
    }
}

/// Nothing left, or something refused.
#[derive(Debug, Template)]
#[template(path = "review/note.html")]
pub struct Note {
    /// Person.
    pub f: Frame,
    /// What.
    pub title: &'static str,
    /// More.
    pub text: String,
    /// Where to go on.
    pub link: String,
}

/// The accounts, for the administrator.
#[derive(Debug, Template)]
#[template(path = "review/people.html")]
pub struct People {
    /// Person.
    pub f: Frame,
    /// All of them.
    pub accounts: Vec<Account>,
    /// State of the audit, in words.
    pub audit: String,
}

impl People {
    fn state(&self, account: &Account) -> &'static str {
        match account.state {
            AccountState::Active => "",
            AccountState::Removed => self.f.l.pick("đã khóa", "removed"),
        }
    }

    fn role(&self, account: &Account) -> &'static str {
        super::words::role(account.role, self.f.l)
    }
}

/// A filled template as an answer.
#[must_use]
pub fn page(status: u16, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Response::page(status, html),
        // only a formatter that fails gets here; ours do not
        Err(_) => Response::text(500, "the page could not be made"),
    }
}

/// One of many.
#[derive(Debug)]
pub struct Small {
    /// Item.
    pub item: String,
    /// Last line about it.
    pub seen: u64,
    /// Where the upper left corner of its review picture lies on the sheet.
    pub corner: (i64, i64),
    /// The slot with little around it: left, top, width, height on the sheet.
    pub view: (i64, i64, i64, i64),
}

/// Many fields with the same reading.
#[derive(Debug, Template)]
#[template(path = "review/many.html")]
pub struct Many {
    /// Person.
    pub f: Frame,
    /// What all of them read.
    pub text: String,
    /// Kind in words.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// Group.
    pub group: String,
    /// Those shown.
    pub small: Vec<Small>,
    /// Filter.
    pub filter: Filter,
    /// Way back.
    pub queue: String,
}

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
    /// Last line about that.
    pub fate_seen: u64,
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

/// A settled or accepted field, to be changed.
#[derive(Debug, Template)]
#[template(path = "review/edit.html")]
pub struct Edit {
    /// Person.
    pub f: Frame,
    /// Item.
    pub item: String,
    /// Its entry.
    pub entry: String,
    /// Last line about it.
    pub seen: u64,
    /// Field name.
    pub name: String,
    /// Kind in words.
    pub kind: &'static str,
    /// Book.
    pub book: String,
    /// Picture, unless the cleaned page is gone.
    pub picture: Option<Picture>,
    /// The value as it stands, in words.
    pub value: String,
    /// As written, to begin with.
    pub text: String,
    /// Who answers for it.
    pub by: String,
    /// What looks wrong about it.
    pub findings: Vec<String>,
    /// Suggestions while typing.
    pub suggestions: Vec<String>,
    /// Other fields.
    pub neighbours: Vec<Neighbour>,
    /// Whether the book is confirmed: then a reason is asked for.
    pub confirmed: bool,
    /// What just happened.
    pub notice: &'static str,
}

/// The same field in another entry.
#[derive(Debug)]
pub struct Nearby {
    /// The other entry.
    pub entry: String,
    /// Where it stands.
    pub title: String,
    /// Its value.
    pub text: String,
    /// Its picture, unless the cleaned page is gone.
    pub picture: Option<Picture>,
}

/// The same field in the entries before and after: a part of the decide page.
#[derive(Debug, Template)]
#[template(path = "review/near.html")]
pub struct Near {
    /// Language.
    pub l: Language,
    /// Before and after.
    pub nearby: Vec<Nearby>,
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

/// One book.
#[derive(Debug)]
pub struct BookLine {
    /// Name.
    pub name: String,
    /// Register in words.
    pub register: &'static str,
    /// Waiting.
    pub open: usize,
    /// Settled by people.
    pub settled: usize,
    /// Confirmed by whom, or changed since.
    pub state: String,
    /// Whether this person may confirm it now.
    pub confirmable: bool,
    /// Whether it was confirmed before: then a reason is asked for.
    pub again: bool,
}

/// The books.
#[derive(Debug, Template)]
#[template(path = "review/books.html")]
pub struct Books {
    /// Person.
    pub f: Frame,
    /// Lines.
    pub lines: Vec<BookLine>,
    /// What the sample tells, in words.
    pub sample: String,
}
