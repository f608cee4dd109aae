//! Two thousand generated cases of every kind and layout: exported by the real program, read back by another reader, and
//! held cell by cell against what the generator knows must stand there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use image::{Rgb, RgbImage};
use sohoa::delivery::columns::BirthColumns;
use tempfile::TempDir;

use crate::delivery::{OFFICE, configure, sohoa, workbook};

mod cases;
mod expected;
mod keep;

use cases::{BOOKS, Book};
use expected::expected;
use keep::keep;

/// Six layouts: 2,004 cases.
const CASES: u32 = 334;
/// What the generated runs for scripts show on every page.
const PAGE: &str = "samples/scans/xa_hai_duong/KH/A4/2014/01/KH.2014.01.2014-03-09.025.jpg";
/// As rows on a ledger's spread; the database then keeps twenty at once.
const A_PAGE: u32 = 20;

#[test]
fn two_thousand_generated_cases_come_back_cell_by_cell() {
    let (folder, kept) = generated(CASES, A_PAGE);
    let mut compared = 0;
    for (book, cases) in BOOKS.iter().zip(kept) {
        let (name, layout) = (book.name(), book.layout());
        let rows = exported(&folder, book, CASES);
        assert_eq!(rows[0], layout.headers());
        assert_eq!(rows.len(), cases.len() + 1);
        for (at, (values, row)) in cases.iter().zip(&rows[1..]).enumerate() {
            for (column, cell) in layout.columns.iter().zip(row) {
                let wanted = expected(book, column, values, at + 1);
                assert_eq!(*cell, wanted, "{name}, row {}, {}", at + 2, column.header);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, CASES as usize * (70 + 60 + 44 + 48 + 50 + 35));
}

/// What must stand in each case's row, by the form's keys.
type Case = BTreeMap<&'static str, String>;

/// A run of so many cases of every book, and what they are.
fn generated(cases: u32, a_page: u32) -> (TempDir, Vec<Vec<Case>>) {
    let folder = tempfile::tempdir().expect("folder");
    configure(folder.path(), "not-asked");
    let sheet = RgbImage::from_pixel(83, 117, Rgb([240, 235, 220]));
    let store = crate::fake::open(&folder.path().join("run"));
    let kept = (1_u8..).zip(&BOOKS).map(|(at, book)| keep(&store, at, book, cases, a_page, &sheet)).collect();
    (folder, kept)
}

/// The rows that a book of so many cases is exported to, the header first.
fn exported(folder: &TempDir, book: &Book, cases: u32) -> Vec<Vec<String>> {
    let columns = if book.births == BirthColumns::Sixty { "60" } else { "70" };
    let name = book.name();
    let (_, out, told) =
        sohoa(folder, &["export", "run", "--to", "out", "--office", OFFICE, "--book", &name, "--ks-columns", columns]);
    assert!(out.contains(&format!("delivery 1: {cases} rows")), "{name}: {out}{told}");
    let base = format!("xalocthuan_hbd_tbt.{}", name.replace('/', "."));
    workbook(&folder.path().join("out").join(&base).join("lan-1").join(format!("{base}.xlsx")))
}

/// `cargo insta review` shows what changed; what stands there was held against the specification by eye.
#[test]
fn three_cases_of_every_layout_stand_in_the_workbook_as_in_the_golden_files() {
    let (folder, _) = generated(3, 1);
    for book in &BOOKS {
        let rows = exported(&folder, book, 3);
        let column = |at: usize| rows.iter().map(|row| row[at].as_str()).collect::<Vec<_>>().join(" | ");
        let columns: Vec<String> = (0..rows[0].len()).map(column).collect();
        let name = format!("{}-{}", book.register.code(), columns.len());
        insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, columns.join("\n"));
        });
    }
}

#[test]
fn a_name_longer_than_the_importer_takes_is_refused_with_a_sentence_and_the_rest_goes_out() {
    let folder = tempfile::tempdir().expect("folder");
    configure(folder.path(), "not-asked");
    let store = crate::fake::open(&folder.path().join("run"));
    let sheet = RgbImage::from_pixel(83, 117, Rgb([240, 235, 220]));
    keep(&store, 1, &BOOKS[0], 3, 1, &sheet);
    drop(store);
    let store = crate::fake::open(&folder.path().join("run"));
    crate::delivery::keep_birth(&store, 9, &[("nksHoTen", &format!("{} {}", "Đ".repeat(29), "a".repeat(30)))], 1.0);
    drop(store);
    let (_, out, _) = sohoa(&folder, &["export", "run", "--to", "out", "--office", OFFICE]);
    assert!(out.contains("3 rows") && out.contains("1 stopped by checks"), "{out}");
    let left =
        fs::read_to_string(folder.path().join("out/xalocthuan_hbd_tbt.KS.2008.01/lan-1/left-out.csv")).expect("list");
    assert!(left.contains("dài 60 ký tự, chỉ được 50."), "{left}");
}

/// Writes a run of so many generated cases of each of the first books, one a page or more.
#[test]
#[ignore = "makes runs for scripts/bench_delivery.sh and scripts/check_delivery.py"]
fn run_for_scripts() {
    let folder = std::env::var_os("SOHOA_GENERATED_RUN").expect("where");
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u32>().ok());
    let cases = number("SOHOA_GENERATED_CASES").expect("how many");
    // a filled-in page of the samples as A4 at the working resolution
    let page = image::open(PAGE).expect("a sample").into_rgb8();
    let picture = image::imageops::resize(&page, 1654, 2339, image::imageops::FilterType::CatmullRom);
    let store = crate::fake::open(Path::new(&folder));
    let (books, a_page) = (number("SOHOA_GENERATED_BOOKS").unwrap_or(1), number("SOHOA_GENERATED_A_PAGE").unwrap_or(1));
    for (at, book) in (1..).zip(BOOKS.iter().take(books as usize)) {
        keep(&store, at, book, cases, a_page, &picture);
    }
}
