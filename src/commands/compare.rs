//! `sohoa compare`: a file that people typed earlier against our reading.

use std::path::PathBuf;

use clap::Args;

mod acts;

use acts::{Act, Matches, acts};

use super::export::{naming, opening};
use super::{Failure, say};
use crate::cli::Exit;
use crate::config;
use crate::delivery::compare::{Standing, Typed, TypedRow, compare as compared, typed};
use crate::delivery::plan::books;
use crate::delivery::second_key::{Becomes, Closed, Met};
use crate::domain::{BookId, TypedKeys};
use crate::outputs::table::Table;
use crate::store::{Claim, Store, StoreError};

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The run folder
    run: PathBuf,
    /// The typed file in the import's columns: xlsx, xls, ods or CSV
    file: PathBuf,
    /// One book, as KS/2008/01 [default: all books of the file's register]
    #[arg(long)]
    book: Option<String>,
    /// Only of this office folder, as xa_loc_thuan
    #[arg(long, value_name = "FOLDER")]
    of: Option<String>,
    /// Ask people about each field that differs: the typed file is the second key
    #[arg(long)]
    queue: bool,
    /// Where the table of differences goes [default: RUN/compare.csv]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Thresholds and switches
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

const COLUMNS: [&str; 10] =
    ["Loại", "Dòng tệp gõ", "Số", "Quyển", "Cột", "Nội dung cột", "Đã gõ", "Đã đọc", "Tình trạng đọc", "Mã bản ghi"];

/// Compares and tells.
pub fn compare(arguments: &CompareArguments) -> Result<Exit, Failure> {
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let store = if arguments.queue {
        Store::for_people(&arguments.run, Claim::Shared)
    } else {
        Store::read_only(&arguments.run)
    }
    .map_err(opening)?;
    let sheets = sohoa_tables::read::read(&arguments.file).map_err(Failure::usage)?;
    let mut read: Vec<Result<Typed, _>> = sheets.iter().map(|s| typed(s, &config.extract.dates)).collect();
    // of several sheets (data, notes), the one with the most acts
    read.sort_by_key(|sheet| sheet.as_ref().map_or(0, |t| t.rows.len() + 1));
    let typed = match read.pop() {
        Some(Ok(typed)) => typed,
        Some(Err(error)) => return Err(Failure::usage(error)),
        None => return Err(Failure::Usage(anyhow::anyhow!("the file holds no sheet"))),
    };
    let books: Vec<BookId> = books(&store, arguments.book.as_deref(), arguments.of.as_deref()).map_err(naming)?;
    let books: Vec<BookId> = books.into_iter().filter(|b| b.register == typed.layout.register).collect();
    let closed = if arguments.queue { Some(Closed::of(&store, &books)?) } else { None };
    let acts = acts(&store, &books, &typed, closed.as_ref(), &config)?;
    let mut tally = Tally::default();
    let matches = Matches::of(&typed, &acts);
    let out = arguments.out.clone().unwrap_or_else(|| store.folder().file("compare.csv"));
    let mut table = Table::create(&out, &COLUMNS)?;
    tell(&typed, &acts, &matches, &mut tally, &mut table)?;
    table.keep()?;
    say(&report(&typed, &tally, &out.display().to_string()))?;
    if arguments.queue {
        let words = matches.words(&typed, &acts);
        let agreed = words.iter().flat_map(|(_, words)| words).filter(|word| word.keys == TypedKeys::Agree).count();
        let changed = store.note_typed(&words)?;
        say(&format!(
            "queue: {} fields wait for a person ({changed} entries changed); {agreed} unsure readings agree with the file; \
             not opened again: {} settled by people, {} confirmed or handed over\n",
            tally.asked, tally.settled, tally.closed
        ))?;
    }
    Ok(match (tally.matched, tally.clean()) {
        (0, _) => Exit::Nothing,
        (_, true) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// What was counted.
#[derive(Default)]
struct Tally {
    matched: usize,
    same: usize,
    differs: usize,
    typed_only: usize,
    read_only: usize,
    missing: usize,
    surplus: usize,
    ambiguous: usize,
    asked: usize,
    settled: usize,
    closed: usize,
}

impl Tally {
    fn clean(&self) -> bool {
        self.differs + self.typed_only + self.read_only + self.missing + self.surplus + self.ambiguous == 0
    }
}

fn tell(
    typed: &Typed,
    acts: &[Act],
    matches: &Matches,
    tally: &mut Tally,
    table: &mut Table,
) -> Result<(), StoreError> {
    for (line, found) in typed.rows.iter().zip(&matches.found) {
        let note = |kind: &str, state: &str| {
            let row = line.row.to_string();
            [kind, &row, line.text("so"), line.text("quyenSo"), "", "", "", "", state, ""].map(str::to_owned)
        };
        match found.as_slice() {
            [] => {
                tally.surplus += 1;
                table.row(&note("Chỉ có trong tệp gõ", "không có trang quét hoặc chưa đọc được số"))?;
            }
            [one] => {
                tally.matched += 1;
                let met = acts[*one].met.as_ref().filter(|_| matches.only(*one));
                tell_act(typed, line, &acts[*one], met, tally, table)?;
            }
            [..] => {
                tally.ambiguous += 1;
                table.row(&note("Nhiều trang cùng số", &format!("{} trang", found.len())))?;
            }
        }
    }
    for (_, act) in acts.iter().enumerate().filter(|(at, _)| !matches.seen.contains_key(at)) {
        tally.missing += 1;
        let so = typed.layout.at("so").map(|at| act.cells[at].as_str()).unwrap_or_default();
        table.row(&["Chỉ có trang quét", "", so, &act.book, "", "", "", "", act.state, &act.entry])?;
    }
    for act in matches.seen.iter().filter(|(_, n)| **n > 1).map(|(at, _)| &acts[*at]) {
        tally.ambiguous += 1;
        let so = typed.layout.at("so").map(|at| act.cells[at].as_str()).unwrap_or_default();
        table.row(&["Gõ nhiều lần", "", so, &act.book, "", "", "", "", act.state, &act.entry])?;
    }
    Ok(())
}

fn tell_act(
    typed: &Typed,
    line: &TypedRow,
    act: &Act,
    met: Option<&Met>,
    tally: &mut Tally,
    table: &mut Table,
) -> Result<(), StoreError> {
    for (column, read) in typed.layout.columns.iter().zip(&act.cells) {
        let Some(cell) = line.cells.get(column.header) else { continue };
        let Some(standing) = compared(column, cell, read) else { continue };
        let kind = match standing {
            Standing::Same => {
                tally.same += 1;
                continue;
            }
            Standing::Differs => {
                tally.differs += 1;
                "Khác nhau"
            }
            Standing::TypedOnly => {
                tally.typed_only += 1;
                "Trang đọc trống"
            }
            Standing::ReadOnly => {
                tally.read_only += 1;
                "Tệp gõ trống"
            }
        };
        let becomes = met.map(|met| met.becomes(column, standing));
        match becomes {
            Some(Becomes::Asked) => tally.asked += 1,
            Some(Becomes::Settled) => tally.settled += 1,
            Some(Becomes::Closed) => tally.closed += 1,
            Some(Becomes::Told) | None => {}
        }
        let state = becomes.and_then(Becomes::in_words).unwrap_or(act.state);
        let (row, so) = (line.row.to_string(), line.text("so"));
        let (header, label) = (column.header, column.label);
        table.row(&[kind, &row, so, &act.book, header, label, &cell.text, read, state, &act.entry])?;
    }
    Ok(())
}

fn report(typed: &Typed, tally: &Tally, out: &str) -> String {
    let mut text = format!(
        "layout {}: {} typed acts, {} matched, {} only typed, {} only scanned, {} ambiguous\n\
         cells: {} same, {} different, {} only typed, {} only read\n  {out}\n",
        typed.layout.id,
        typed.rows.len(),
        tally.matched,
        tally.surplus,
        tally.missing,
        tally.ambiguous,
        tally.same,
        tally.differs,
        tally.typed_only,
        tally.read_only,
    );
    if !typed.unknown.is_empty() {
        text.push_str(&format!("  columns not compared: {}\n", typed.unknown.join(", ")));
    }
    if !typed.missing.is_empty() {
        text.push_str(&format!("  columns that the file lacks: {}\n", typed.missing.join(", ")));
    }
    typed.remarks.iter().for_each(|remark| text.push_str(&format!("  {remark}\n")));
    text
}
