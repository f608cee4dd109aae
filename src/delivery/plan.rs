//! A book → the rows of its next delivery, and why the other entries stay in the house.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Conventions, book_name, pdf_name};
use super::cells::{Source, row, year_of};
use super::checks::{Problem, Weight, check_row};
use super::columns::{ImportLayout, layout};
use super::settled::{Values, settled};
use crate::config::Config;
use crate::domain::register_number::parse_register_number;
use crate::domain::{BookId, DraftEntry, EntryId};
use crate::standing::standing;
use crate::store::{DeliveredRow, DeliveryState, Store, StoreError};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Unchanged rows that the importer refused stay in the house.
    Stay,
    /// They go out once more.
    Again,
}

/// One act, checked.
#[derive(Debug, Clone)]
pub struct Act {
    /// Which.
    pub entry: EntryId,
    /// Page number in the file, from 1.
    pub page: u32,
    /// The cells.
    pub cells: Vec<String>,
    /// Name of its PDF; empty where there is none.
    pub pdf: String,
    /// Fingerprint of its values.
    pub content: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// An entry that is not delivered this time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub entry: EntryId,
    /// The act's number, where it was read.
    pub so: String,
    /// Short id of the reason: `waiting`, `check`, `imported`, `no-answer`, `refused`.
    pub why: &'static str,
    /// One Vietnamese sentence.
    pub sentence: String,
}

/// A delivery of a book before anything is written.
#[derive(Debug)]
pub struct Plan {
    /// Which book.
    pub book: BookId,
    /// Its layout.
    pub layout: &'static ImportLayout,
    /// Which delivery of the book, from 1.
    pub number: u32,
    /// What goes out, in the order of the rows.
    pub rows: Vec<Act>,
    /// Settled, but some check stops them.
    pub stopped: Vec<Act>,
    /// Settled, and nothing new since an earlier delivery.
    pub past: Vec<Act>,
    /// All that stays, stopped and past ones too.
    pub left_out: Vec<LeftOut>,
}

/// Plans the next delivery of a book.
pub fn plan(
    store: &Store,
    book: &BookId,
    config: &Config,
    conventions: &Conventions,
    refused: Refused,
) -> Result<Plan, StoreError> {
    let layout = layout(book.register, conventions.births);
    let earlier = store.delivered(book)?;
    // what was answered or has left the house stays as it is
    let answered = earlier.iter().filter(|r| r.state != DeliveryState::Delivered).map(|r| r.number);
    let deliveries = store.deliveries(book)?;
    let gone = deliveries.iter().filter(|d| d.handed_over.is_some()).map(|d| d.number);
    let number = answered.chain(gone).max().map_or(1, |last| last + 1);
    let known: BTreeMap<&str, &DeliveredRow> =
        earlier.iter().filter(|r| r.number < number).map(|r| (r.entry.as_str(), r)).collect();
    let mut plan = Plan {
        book: book.clone(),
        layout,
        number,
        rows: Vec::new(),
        stopped: Vec::new(),
        past: Vec::new(),
        left_out: Vec::new(),
    };
    let mut acts = Vec::new();
    store.each_entry(book, |stored| {
        let decided = standing(store, stored.checked, config)?;
        let entry = &decided.checked.entry;
        match settled(&decided, layout) {
            Err(waiting) => plan.leave(entry, "waiting", waiting.sentence()),
            Ok(values) => acts.push(act(entry.id, &values, &plan, conventions, config)),
        }
        Ok::<_, StoreError>(())
    })?;
    acts.sort_by_cached_key(|act| order(layout, act));
    repeats(layout, &mut acts);
    for act in acts {
        let stops = act.problems.iter().any(|p| p.weight == Weight::Stop);
        if let (false, Some((why, sentence))) = (stops, past(known.get(act.entry.to_string().as_str()), &act, refused))
        {
            plan.left_out.push(LeftOut { entry: act.entry, so: number_of(layout, &act), why, sentence });
            plan.past.push(act);
        } else if stops {
            let sentences = act.problems.iter().filter(|p| p.weight == Weight::Stop).map(|p| p.sentence.as_str());
            let sentence = sentences.collect::<Vec<_>>().join(" ");
            plan.left_out.push(LeftOut { entry: act.entry, so: number_of(layout, &act), why: "check", sentence });
            plan.stopped.push(act);
        } else {
            plan.rows.push(act);
        }
    }
    count(layout, &mut plan.rows);
    Ok(plan)
}

/// Counts the rows in their own column.
fn count(layout: &ImportLayout, acts: &mut [Act]) {
    let Some(at) = layout.at("STT") else { return };
    acts.iter_mut().zip(1_usize..).for_each(|(act, row)| act.cells[at] = row.to_string());
}

impl Plan {
    fn leave(&mut self, entry: &DraftEntry, why: &'static str, sentence: String) {
        let so = entry.field("so").map(|f| f.value.text()).unwrap_or_default();
        self.left_out.push(LeftOut { entry: entry.id, so, why, sentence });
    }

    /// All acts that no check stops, whether they are in this delivery or were in an earlier one, in the order of the book.
    #[must_use]
    pub fn into_acts(self) -> Vec<Act> {
        let mut acts: Vec<Act> = self.rows.into_iter().chain(self.past).collect();
        acts.sort_by_cached_key(|act| order(self.layout, act));
        count(self.layout, &mut acts);
        acts
    }

    /// The rows as the store keeps them.
    #[must_use]
    pub fn delivered(&self) -> Vec<DeliveredRow> {
        let text = |act: &Act, header: &str| self.layout.at(header).map(|at| act.cells[at].clone()).unwrap_or_default();
        let rows = self.rows.iter().zip(2_u32..);
        rows.map(|(act, row)| DeliveredRow {
            number: self.number,
            entry: act.entry.to_string(),
            row,
            so: text(act, "so"),
            quyen_so: text(act, "quyenSo"),
            pdf: act.pdf.clone(),
            content: act.content.clone(),
            state: DeliveryState::Delivered,
        })
        .collect()
    }
}

fn act(entry: EntryId, values: &Values, plan: &Plan, conventions: &Conventions, config: &Config) -> Act {
    let source = Source { values, book: &plan.book, conventions, serial: 0 };
    let cells = row(&source, plan.layout);
    let mut problems = check_row(plan.layout, &cells, &config.extract.dates);
    let pdf = pdf_name(&plan.book, values.text("ngayDangKy"), values.text("so"), conventions.digits);
    // without day and number the row itself is stopped already
    let pdf = pdf.unwrap_or_default();
    problems.retain(|p| plan.layout.at(p.header).is_some());
    Act { entry, page: entry.page.index + 1, cells, pdf, content: values.content(), problems }
}

/// The act's number in its row.
fn number_of(layout: &ImportLayout, act: &Act) -> String {
    layout.at("so").map(|at| act.cells[at].clone()).unwrap_or_default()
}

/// By year, number and letter; what cannot be told apart by that, by page.
fn order(layout: &ImportLayout, act: &Act) -> (u16, u32, String, EntryId) {
    let so = number_of(layout, act);
    let registered = layout.at("ngayDangKy").and_then(|at| year_of(&act.cells[at]));
    let number = parse_register_number(&so).map_or(0, |n| n.number);
    (registered.unwrap_or_default(), number, so, act.entry)
}

/// Two acts of one number, or two files of one name: which is right, only a person can tell.
fn repeats(layout: &ImportLayout, acts: &mut [Act]) {
    let key =
        |act: &Act| ["noiDangKy", "noiCap", "quyenSo", "so"].map(|h| layout.at(h).map(|at| act.cells[at].clone()));
    let (mut keys, mut names) = (BTreeMap::new(), BTreeMap::new());
    for act in acts.iter() {
        *keys.entry(key(act)).or_insert(0_usize) += 1;
        *names.entry(act.pdf.to_ascii_lowercase()).or_insert(0_usize) += 1;
    }
    let stop = |rule, sentence: String| Problem { rule, weight: Weight::Stop, header: "so", sentence };
    for act in acts {
        if let Some(times) = keys.get(&key(act)).filter(|n| **n > 1) {
            act.problems.push(stop("repeat", format!("Trùng số trong cùng quyển: {times} trường hợp.")));
        } else if names.get(&act.pdf.to_ascii_lowercase()).is_some_and(|n| *n > 1 && !act.pdf.is_empty()) {
            act.problems.push(stop("pdf-repeat", "Trùng tên tập tin PDF trong cùng quyển.".to_owned()));
        }
    }
}

/// What an earlier delivery says about a row that has not changed since.
fn past(earlier: Option<&&DeliveredRow>, act: &Act, refused: Refused) -> Option<(&'static str, String)> {
    let earlier = earlier.filter(|row| row.content == act.content)?;
    let number = earlier.number;
    match &earlier.state {
        DeliveryState::Imported => Some(("imported", format!("Đã nhập ở lần giao {number}."))),
        DeliveryState::Delivered => Some(("no-answer", format!("Đã giao ở lần {number}, chưa có kết quả nhập."))),
        DeliveryState::Refused(_) if refused == Refused::Again => None,
        DeliveryState::Refused(reason) => {
            Some(("refused", format!("Bị trả lại ở lần giao {number}, chưa sửa: {reason}")))
        }
    }
}

/// The books that a wish names, of one office's folder where one is given; all of the run without either.
pub fn books(store: &Store, wish: Option<&str>, office: Option<&str>) -> Result<Vec<BookId>, BookError> {
    let mut all = store.books()?;
    if let Some(office) = office {
        let known: BTreeSet<String> = all.iter().map(|b| b.office.clone()).collect();
        all.retain(|b| b.office == office);
        if all.is_empty() {
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            return Err(BookError::Office { wish: office.to_owned(), known });
        }
    }
    let Some(wish) = wish else { return Ok(all) };
    let (register, year, number) = super::book::parse_book(wish).ok_or_else(|| BookError::Name(wish.to_owned()))?;
    let same = |b: &BookId| {
        b.register == register && b.year == year && b.number.trim_start_matches('0') == number.trim_start_matches('0')
    };
    let found: Vec<BookId> = all.iter().filter(|b| same(b)).cloned().collect();
    if found.is_empty() {
        let known = all.iter().map(book_name).collect::<Vec<_>>().join(", ");
        return Err(BookError::Unknown { wish: wish.to_owned(), known });
    }
    Ok(found)
}

/// That all books are of one office, because one name is given for it.
pub fn one_office(books: &[BookId]) -> Result<(), BookError> {
    let offices: BTreeSet<&str> = books.iter().map(|b| b.office.as_str()).collect();
    match offices.len() {
        0 | 1 => Ok(()),
        _ => Err(BookError::Several(offices.into_iter().collect::<Vec<_>>().join(", "))),
    }
}

/// Why there is no such book.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// Not in the form of a book's name.
    #[error("{0:?} is no name of a book\nhint: register, year and number, as in KS/2008/01")]
    Name(String),
    /// Not in the run.
    #[error("the run has no book {wish}\nhint: it has {known}")]
    Unknown {
        /// What was asked for.
        wish: String,
        /// What there is.
        known: String,
    },
    /// No such office in the run.
    #[error("the run has no book of the office folder {wish}\nhint: it has {known}")]
    Office {
        /// What was asked for.
        wish: String,
        /// What there is.
        known: String,
    },
    /// One office's name for the books of several.
    #[error("the run has books of several offices: {0}\nhint: --of names the folder of one of them")]
    Several(String),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
