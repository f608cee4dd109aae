//! Arguments about the office of the books, the same for all commands that write a book out.

use clap::Args;

use super::Failure;
use super::export::naming;
use crate::delivery::book::Conventions;
use crate::delivery::plan::books;
use crate::domain::BookId;
use crate::store::Store;

/// Which office, and what it would have where pages are silent.
#[derive(Debug, Args)]
pub(super) struct OfficeArguments {
    /// Only the books of this office folder, as xa_loc_thuan
    #[arg(long, value_name = "FOLDER")]
    of: Option<String>,
    /// Full name of the office that keeps the books, also for pages that do not name it: "UBND xã …, huyện …, tỉnh …"
    #[arg(long)]
    pub(super) office: Option<String>,
    /// Code of the kind of registration where the page has none
    #[arg(long)]
    registration: Option<String>,
}

impl OfficeArguments {
    /// The books of the run that are meant; `wish` names one as KS/2008/01.
    pub(super) fn books(&self, store: &Store, wish: Option<&str>) -> Result<Vec<BookId>, Failure> {
        books(store, wish, self.of.as_deref()).map_err(naming)
    }

    /// What the importer's conventions take from here.
    pub(super) fn conventions(&self) -> Conventions {
        Conventions { office: self.office.clone(), registration: self.registration.clone(), ..Conventions::default() }
    }
}
