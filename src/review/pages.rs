//! The pages: what the templates are filled with. Askama escapes every text.

use askama::Template;
use sohoa_http::Response;

use super::words::Language;
use crate::store::{Account, AccountState, Role};

mod aside;
mod books;
mod entry;
mod field;
mod queue;

pub use aside::{AsideList, AsidePage};
pub use books::{BookLine, Books};
pub use entry::{Box, EntryField, EntryFindings, EntryPage, FindingLine, Findings, PageForms, Past};
pub use field::{Decide, Edit, Head, KeyedChoice, Near, Nearby, Neighbour, Picture, Sight, origin_in_words};
pub use queue::{Chosen, Count, Counts, Many, Queue, Small};

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

/// A filled template as an answer.
#[must_use]
pub fn page(status: u16, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Response::page(status, html),
        // only a formatter that fails gets here; ours do not
        Err(_) => Response::text(500, "the page could not be made"),
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
