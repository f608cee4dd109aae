//! `sohoa compare`: a file that people typed earlier against our reading.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;

use super::export::{naming, opening};
use super::{Failure, say};
use crate::cli::Exit;
use crate::config::{self, Config};
use crate::delivery::book::{Conventions, book_number};
use crate::delivery::cells::{Source, row, year_of};
use crate::delivery::compare::{Standing, Typed, TypedRow, act_key, compare as compared, typed};
use crate::delivery::plan::books;
use crate::delivery::settled::{Values, settled};
use crate::domain::BookId;
use crate::domain::settlement::SettledEntry;
use crate::outputs::table::Table;
use crate::standing::standing;
use crate::store::{Store, StoreError};

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
    let store = Store::read_only(&arguments.run).map_err(opening)?;
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
    let acts = acts(&store, &books, &typed, &config)?;
    let mut tally = Tally::default();
    let out = arguments.out.clone().unwrap_or_else(|| store.folder().file("compare.csv"));
    let mut table = Table::create(&out, &COLUMNS)?;
    tell(&typed, &acts, &mut tally, &mut table)?;
    table.keep()?;
    say(&report(&typed, &tally, &out.display().to_string()))?;
    Ok(match (tally.matched, tally.clean()) {
        (0, _) => Exit::Nothing,
        (_, true) => Exit::Complete,
        _ => Exit::SomeAside,
    })
}

/// An entry as a row, with whether it is settled.
struct Act {
    entry: String,
    book: String,
    cells: Vec<String>,
    state: &'static str,
    key: Option<(u32, String, Option<u16>)>,
}

fn acts(store: &Store, books: &[BookId], typed: &Typed, config: &Config) -> Result<Vec<Act>, StoreError> {
    let mut acts = Vec::new();
    for book in books {
        for stored in store.book_entries(book)? {
            acts.push(act(&standing(store, stored.checked.clone(), config)?, book, typed));
        }
    }
    Ok(acts)
}

fn act(decided: &SettledEntry, book: &BookId, typed: &Typed) -> Act {
    let entry = &decided.checked.entry;
    let values = Values::of(entry);
    let conventions = Conventions::default();
    let source = Source { values: &values, book, conventions: &conventions, serial: 0 };
    let cells = row(&source, typed.layout);
    let state = if settled(decided, typed.layout).is_ok() { "đã chắc" } else { "chờ duyệt" };
    let key =
        act_key(values.text("so")).map(|(n, letter, year)| (n, letter, year.or(year_of(values.text("ngayDangKy")))));
    Act { entry: entry.id.to_string(), book: book_number(book), cells, state, key }
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
}

impl Tally {
    fn clean(&self) -> bool {
        self.differs + self.typed_only + self.read_only + self.missing + self.surplus + self.ambiguous == 0
    }
}

fn tell(typed: &Typed, acts: &[Act], tally: &mut Tally, table: &mut Table) -> Result<(), StoreError> {
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut numbered: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, act) in acts.iter().enumerate() {
        act.key.iter().for_each(|(number, _, _)| numbered.entry(*number).or_default().push(at));
    }
    for line in &typed.rows {
        let same = act_key(line.text("so")).and_then(|(number, _, _)| numbered.get(&number));
        let found: Vec<usize> = same.into_iter().flatten().copied().filter(|at| fits(line, &acts[*at])).collect();
        found.iter().for_each(|at| *seen.entry(*at).or_default() += 1);
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
                tell_act(typed, line, &acts[*one], tally, table)?;
            }
            [..] => {
                tally.ambiguous += 1;
                table.row(&note("Nhiều trang cùng số", &format!("{} trang", found.len())))?;
            }
        }
    }
    for (_, act) in acts.iter().enumerate().filter(|(at, _)| !seen.contains_key(at)) {
        tally.missing += 1;
        let so = typed.layout.at("so").map(|at| act.cells[at].as_str()).unwrap_or_default();
        table.row(&["Chỉ có trang quét", "", so, &act.book, "", "", "", "", act.state, &act.entry])?;
    }
    let twice: BTreeSet<usize> = seen.into_iter().filter(|(_, n)| *n > 1).map(|(at, _)| at).collect();
    for act in twice.into_iter().map(|at| &acts[at]) {
        tally.ambiguous += 1;
        let so = typed.layout.at("so").map(|at| act.cells[at].as_str()).unwrap_or_default();
        table.row(&["Gõ nhiều lần", "", so, &act.book, "", "", "", "", act.state, &act.entry])?;
    }
    Ok(())
}

/// By number and book; a year that one side does not tell does not part them.
fn fits(line: &TypedRow, act: &Act) -> bool {
    let (Some(typed), Some(own)) = (act_key(line.text("so")), &act.key) else { return false };
    let year = typed.2.or(year_of(line.text("ngayDangKy")));
    let same_year = year.is_none() || own.2.is_none() || year == own.2;
    let quyen = line.text("quyenSo");
    let same_book = quyen.is_empty() || quyen.trim_start_matches('0') == act.book.trim_start_matches('0');
    (typed.0, &typed.1) == (own.0, &own.1) && same_year && same_book
}

fn tell_act(typed: &Typed, line: &TypedRow, act: &Act, tally: &mut Tally, table: &mut Table) -> Result<(), StoreError> {
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
        let row = line.row.to_string();
        let so = line.text("so");
        table.row(&[
            kind,
            &row,
            so,
            &act.book,
            column.header,
            column.label,
            &cell.text,
            read,
            act.state,
            &act.entry,
        ])?;
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
