//! One field: to be decided, to be changed, in the entries beside it.

use askama::Template;

use super::Frame;
use crate::review::field::{Origin, Stretch};
use crate::review::filter::Filter;
use crate::review::words::Language;

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

/// What the pages of one field share.
#[derive(Debug)]
pub struct Head {
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
    /// Other fields.
    pub neighbours: Vec<Neighbour>,
    /// Suggestions while typing.
    pub suggestions: Vec<String>,
    /// Whether the book is confirmed: then a change needs a reason.
    pub confirmed: bool,
    /// What just happened; may be empty.
    pub notice: &'static str,
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
        Origin::Typed => l.pick("tệp gõ trước đây", "a typed file"),
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
    /// The field.
    pub h: Head,
    /// Filter.
    pub filter: Filter,
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
    /// Left in the filter.
    pub left: usize,
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

/// A settled or accepted field, to be changed.
#[derive(Debug, Template)]
#[template(path = "review/edit.html")]
pub struct Edit {
    /// Person.
    pub f: Frame,
    /// The field.
    pub h: Head,
    /// The value as it stands, in words.
    pub value: String,
    /// As written, to begin with.
    pub text: String,
    /// Who answers for it.
    pub by: String,
    /// What looks wrong about it.
    pub findings: Vec<String>,
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
