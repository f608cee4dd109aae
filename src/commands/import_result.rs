//! `sohoa import-result`: what the importer said of the rows that it got.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::export::{naming, opening};
use super::{Failure, say};
use crate::cli::Exit;
use crate::delivery::answer::{AllRows, Heard, hear, learn};
use crate::delivery::book::book_name;
use crate::delivery::plan::books;
use crate::domain::BookId;
use crate::outputs::table::Table;
use crate::store::{Claim, DeliveredRow, DeliveryState, Store, StoreError};

/// Arguments of `import-result`.
#[derive(Debug, Args)]
pub struct ImportResultArguments {
    /// The run folder
    run: PathBuf,
    /// The importer's file: xlsx, xls, ods or CSV
    file: PathBuf,
    /// The book it is about, as KS/2008/01 [default: the only delivered one, or the one that the rows name]
    #[arg(long)]
    book: Option<String>,
    /// Only of this office folder, as xa_loc_thuan
    #[arg(long, value_name = "FOLDER")]
    of: Option<String>,
    /// Which delivery of the book it is about [default: what was handed over and waits for an answer, else the last]
    #[arg(long)]
    delivery: Option<u32>,
    /// Where the file has no column for it: what became of all its rows
    #[arg(long, value_enum)]
    all: Option<AllRows>,
}

/// Takes over the answers.
pub fn import_result(arguments: &ImportResultArguments) -> Result<Exit, Failure> {
    let store = Store::for_people(&arguments.run, Claim::Shared).map_err(opening)?;
    let sheets = sohoa_tables::read::read(&arguments.file).map_err(Failure::usage)?;
    let mut heard: Vec<Heard> = Vec::new();
    let mut last = None;
    for sheet in &sheets {
        match hear(sheet, arguments.all) {
            Ok(rows) => heard.extend(rows),
            Err(error) => last = Some(error),
        }
    }
    if let (true, Some(error)) = (heard.is_empty(), last) {
        return Err(Failure::usage(error));
    }
    let latest = latest(&store, arguments)?;
    let (mut imported, mut refused, mut found) = (0, 0, vec![0_usize; heard.len()]);
    let mut sentences = Vec::new();
    for (book, rows) in &latest {
        let own: Vec<Heard> = heard.iter().filter(|h| latest.len() == 1 || is_about(h, rows)).cloned().collect();
        for (at, row) in heard.iter().enumerate() {
            found[at] += usize::from(own.contains(row));
        }
        let learned = learn(&own, rows);
        imported += learned.states.iter().filter(|(_, s)| *s == DeliveryState::Imported).count();
        refused += learned.states.iter().filter(|(_, s)| matches!(s, DeliveryState::Refused(_))).count();
        for (number, states) in by_delivery(&learned.states, rows) {
            store.note_answers(book, number, &states)?;
        }
        sentences.extend(learned.unmatched);
    }
    let nobodys = heard.iter().zip(&found).filter(|(_, n)| **n != 1);
    sentences.extend(nobodys.map(|(h, n)| (h.row, format!("Số {} {}: có trong {n} quyển đã giao.", h.so, h.quyen_so))));
    let left = list_refused(&store)?;
    say(&format!(
        "{imported} imported, {refused} refused, {} rows not understood; {left} refused entries wait for correction: {}\n",
        sentences.len(),
        store.folder().file("review/refused.csv").display()
    ))?;
    for (row, sentence) in &sentences {
        say(&format!("  row {row}\t{sentence}\n"))?;
    }
    Ok(match (imported + refused, sentences.len()) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

type Delivery = (BookId, Vec<DeliveredRow>);

/// What each book that was asked for has out: every entry with the row that an answer can be about.
fn latest(store: &Store, arguments: &ImportResultArguments) -> Result<Vec<Delivery>, Failure> {
    let mut all = Vec::new();
    for book in books(store, arguments.book.as_deref(), arguments.of.as_deref()).map_err(naming)? {
        let rows = store.delivered(&book)?;
        let gone: Vec<u32> =
            store.deliveries(&book)?.into_iter().filter(|d| d.handed_over.is_some()).map(|d| d.number).collect();
        // an answer may come when the next delivery is written already: what left the house and was not answered is meant
        let asked = rows.iter().any(|row| gone.contains(&row.number) && row.state == DeliveryState::Delivered);
        let may = |row: &DeliveredRow| match arguments.delivery {
            Some(number) => row.number == number,
            None => !asked || gone.contains(&row.number),
        };
        let mut newest: BTreeMap<String, DeliveredRow> = BTreeMap::new();
        for row in rows.into_iter().filter(may) {
            newest.insert(row.entry.clone(), row);
        }
        if !newest.is_empty() {
            all.push((book, newest.into_values().collect()));
        }
    }
    if all.is_empty() {
        return Err(Failure::Usage(anyhow::anyhow!("nothing was delivered yet\nhint: `sohoa export` first")));
    }
    Ok(all)
}

/// The answers by the delivery that they are about.
fn by_delivery(
    states: &[(String, DeliveryState)],
    rows: &[DeliveredRow],
) -> BTreeMap<u32, Vec<(String, DeliveryState)>> {
    let number: BTreeMap<&str, u32> = rows.iter().map(|row| (row.entry.as_str(), row.number)).collect();
    let mut all: BTreeMap<u32, Vec<(String, DeliveryState)>> = BTreeMap::new();
    for (entry, state) in states {
        if let Some(number) = number.get(entry.as_str()) {
            all.entry(*number).or_default().push((entry.clone(), state.clone()));
        }
    }
    all
}

/// Among several books a row must name its own.
fn is_about(heard: &Heard, rows: &[DeliveredRow]) -> bool {
    let named = |row: &DeliveredRow| {
        let same = |a: &str, b: &str| a.trim_start_matches('0') == b.trim_start_matches('0');
        (!heard.pdf.is_empty() && row.pdf.eq_ignore_ascii_case(&heard.pdf))
            || (heard.pdf.is_empty() && !heard.quyen_so.is_empty() && same(&row.quyen_so, &heard.quyen_so))
    };
    rows.iter().any(named)
}

/// `review/refused.csv`: what the importer sent back and nobody has delivered anew.
fn list_refused(store: &Store) -> Result<usize, StoreError> {
    let path = store.folder().file("review/refused.csv");
    let mut table = Table::create(&path, &["Quyển", "Lần giao", "Số", "Lý do trả lại", "Mã bản ghi", "PDF"])?;
    let mut count = 0;
    for book in store.books()? {
        let rows = store.delivered(&book)?;
        for row in &rows {
            let later = rows.iter().any(|other| other.entry == row.entry && other.number > row.number);
            if let (DeliveryState::Refused(reason), false) = (&row.state, later) {
                let number = row.number.to_string();
                table.row(&[book_name(&book).as_str(), &number, &row.so, reason, &row.entry, &row.pdf])?;
                count += 1;
            }
        }
    }
    table.keep()?;
    Ok(count)
}
