//! `sohoa import-result`: what the importer said of the rows that it got.

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
    for (book, number, rows) in &latest {
        let own: Vec<Heard> = heard.iter().filter(|h| latest.len() == 1 || is_about(h, rows)).cloned().collect();
        for (at, row) in heard.iter().enumerate() {
            found[at] += usize::from(own.contains(row));
        }
        let learned = learn(&own, rows);
        imported += learned.states.iter().filter(|(_, s)| *s == DeliveryState::Imported).count();
        refused += learned.states.iter().filter(|(_, s)| matches!(s, DeliveryState::Refused(_))).count();
        store.note_answers(book, *number, &learned.states)?;
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

type Delivery = (BookId, u32, Vec<DeliveredRow>);

/// The latest delivery of each book that was asked for and has one.
fn latest(store: &Store, arguments: &ImportResultArguments) -> Result<Vec<Delivery>, Failure> {
    let mut all = Vec::new();
    for book in books(store, arguments.book.as_deref(), arguments.of.as_deref()).map_err(naming)? {
        let rows = store.delivered(&book)?;
        if let Some(number) = rows.iter().map(|row| row.number).max() {
            all.push((book, number, rows.into_iter().filter(|row| row.number == number).collect()));
        }
    }
    if all.is_empty() {
        return Err(Failure::Usage(anyhow::anyhow!("nothing was delivered yet\nhint: `sohoa export` first")));
    }
    Ok(all)
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
