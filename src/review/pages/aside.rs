//! Pages that no layout fits.

use askama::Template;

use super::Frame;

/// All of them.
#[derive(Debug, Template)]
#[template(path = "review/asides.html")]
pub struct AsideList {
    /// Person.
    pub f: Frame,
    /// Address, title, and what became of a person's word; empty without one.
    pub lines: Vec<(String, String, String)>,
    /// What just happened.
    pub notice: &'static str,
}

/// One of them.
#[derive(Debug, Template)]
#[template(path = "review/aside.html")]
pub struct AsidePage {
    /// Person.
    pub f: Frame,
    /// Its name in addresses.
    pub name: String,
    /// File and page.
    pub title: String,
    /// Address of its picture; empty where none was kept.
    pub picture: String,
    /// Why it was set aside, in the program's words.
    pub reason: String,
    /// What became of a person's word; empty without one.
    pub state: String,
    /// The layouts with their titles.
    pub layouts: Vec<(String, String)>,
    /// Last line about it.
    pub seen: u64,
    /// Whether its book is confirmed: then a change needs a reason.
    pub confirmed: bool,
    /// What just happened.
    pub notice: &'static str,
}
