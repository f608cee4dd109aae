//! Workbooks (`.xlsx`) whose every cell is text: a cell typed as string and formatted as text is never taken for a
//! number, a date or a formula, whatever it begins with. Written row by row, so memory does not grow with the table.

use std::io::{self, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The longest text that a cell of a workbook holds.
pub const LONGEST_CELL: usize = 32_767;
/// The most rows that a sheet holds.
pub const MOST_ROWS: u32 = 1_048_576;

/// Why a table does not fit into a workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A sheet's name that spreadsheets refuse.
    #[error("{0:?} is no name for a sheet: 1 to 31 characters, none of [ ] : * ? / \\")]
    SheetName(String),
    /// A text longer than [`LONGEST_CELL`].
    #[error("row {row}, column {column}: {length} characters are more than a cell holds")]
    CellTooLong {
        /// Row from 1.
        row: u32,
        /// Column from 1.
        column: usize,
        /// How long the text is.
        length: usize,
    },
    /// More rows than [`MOST_ROWS`].
    #[error("a sheet holds no more than 1,048,576 rows")]
    TooManyRows,
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<zip::result::ZipError> for WorkbookError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Io(error.into())
    }
}

/// A workbook in the making; the last row is followed by [`Workbook::finish`].
pub struct Workbook<W: Write + Seek> {
    zip: ZipWriter<W>,
    row: u32,
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Fixed time and level: the same table gives the same bytes.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .large_file(false)
}

impl<W: Write + Seek> Workbook<W> {
    /// Starts a workbook of one sheet; the header's row stays in view.
    pub fn create(out: W, sheet: &str, header: &[&str]) -> Result<Self, WorkbookError> {
        let forbidden = |c: char| matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control();
        if sheet.is_empty() || sheet.chars().count() > 31 || sheet.contains(forbidden) {
            return Err(WorkbookError::SheetName(sheet.to_owned()));
        }
        let mut zip = ZipWriter::new(out);
        for (name, text) in frame(sheet) {
            zip.start_file(name, options())?;
            zip.write_all(text.as_bytes())?;
        }
        zip.start_file("xl/worksheets/sheet1.xml", options())?;
        // columns are text too, so that a cell which a person adds is one
        write!(
            zip,
            "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" \
             topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
             <cols><col min=\"1\" max=\"{}\" width=\"18\" style=\"1\" customWidth=\"1\"/></cols><sheetData>",
            header.len().max(1)
        )?;
        let mut workbook = Self { zip, row: 0 };
        workbook.row(header)?;
        Ok(workbook)
    }

    /// Adds a row; an empty text leaves its cell out.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), WorkbookError> {
        if self.row == MOST_ROWS {
            return Err(WorkbookError::TooManyRows);
        }
        self.row += 1;
        let mut xml = format!("<row r=\"{}\">", self.row);
        for (at, cell) in cells.iter().enumerate() {
            let text = cell.as_ref();
            let length = text.chars().count();
            if length > LONGEST_CELL {
                return Err(WorkbookError::CellTooLong { row: self.row, column: at + 1, length });
            }
            if !text.is_empty() {
                let place = format!("{}{}", column_name(at), self.row);
                xml.push_str(&format!("<c r=\"{place}\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
                escape(text, &mut xml);
                xml.push_str("</t></is></c>");
            }
        }
        xml.push_str("</row>");
        Ok(self.zip.write_all(xml.as_bytes())?)
    }

    /// Ends the workbook and gives back what it was written to.
    pub fn finish(mut self) -> Result<W, WorkbookError> {
        self.zip.write_all(b"</sheetData></worksheet>")?;
        Ok(self.zip.finish()?)
    }
}

/// The parts around the sheet. Style 1 is number format 49: text.
fn frame(sheet: &str) -> [(&'static str, String); 5] {
    let mut name = String::new();
    escape(sheet, &mut name);
    [
        (
            "[Content_Types].xml",
            format!(
                "{XML}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET_TYPE}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{SHEET_TYPE}.worksheet+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET_TYPE}.styles+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{XML}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
                 <sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{XML}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" \
                 Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{OFFICE}/styles\" \
                 Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "{XML}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
                 <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
                 <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
                 <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
                 <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
                 <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>\
                 <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
            ),
        ),
    ]
}

/// "A" for 0, "Z" for 25, "AA" for 26.
#[must_use]
pub fn column_name(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", column_name(more - 1)),
    }
}

/// XML text; characters that XML cannot hold are left out.
///
/// A cell must come back letter by letter: tabs and line ends stay, and a carriage return is written by its number, because
/// a reader would make a line feed of it. Packages and PDF/A metadata treat them otherwise, each for its own reader's sake.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && u32::from(c) < 0x20 => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use proptest::prelude::*;

    use super::*;

    fn written(rows: &[Vec<String>]) -> Vec<u8> {
        let mut book = Workbook::create(Cursor::new(Vec::new()), "KS", &["so", "quyenSo", "nksHoTen"]).expect("made");
        rows.iter().for_each(|row| book.row(row).expect("written"));
        book.finish().expect("whole").into_inner()
    }

    /// What another program reads, cell by cell.
    fn read_back(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
        let range = book.worksheet_range("KS").expect("the sheet");
        let text = |cell: &Data| match cell {
            Data::String(text) => text.clone(),
            Data::Empty => String::new(),
            other => panic!("not text: {other:?}"),
        };
        range.rows().map(|row| row.iter().map(text).collect()).collect()
    }

    #[test]
    fn zeros_signs_dates_and_long_names_come_back_as_they_were() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let long = "Nguyễn Thị ".repeat(5) + "Hoàng";
        let rows = [
            row(["001/2008", "083204000123", "H'Bia  Niê-Kđăm Đ"]),
            row(["01.01.2008", "=1+1", "+84 90"]),
            row(["1.65415511E8", "-5", &long]),
            row(["'x", "<b>&\"", "a\nb"]),
            row(["", "", "chỉ cột cuối"]),
        ];
        let back = read_back(&written(&rows));
        assert_eq!(back[0], ["so", "quyenSo", "nksHoTen"]);
        assert_eq!(back[1..], rows);
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let rows = [vec!["1".to_owned(), "2".to_owned()]];
        assert_eq!(written(&rows), written(&rows));
    }

    #[test]
    fn both_sides_of_the_longest_cell() {
        let mut book = Workbook::create(Cursor::new(Vec::new()), "KS", &["a"]).expect("made");
        book.row(&["ế".repeat(LONGEST_CELL)]).expect("fits");
        let told = book.row(&["", &"ế".repeat(LONGEST_CELL + 1)]).expect_err("too long").to_string();
        assert!(told.starts_with("row 3, column 2: 32768"), "{told}");
    }

    #[test]
    fn sheet_names_that_spreadsheets_refuse_are_refused() {
        for name in ["", "a/b", "[x]", &"x".repeat(32)] {
            assert!(Workbook::create(Cursor::new(Vec::new()), name, &["a"]).is_err(), "{name}");
        }
        assert!(Workbook::create(Cursor::new(Vec::new()), &"x".repeat(31), &["a"]).is_ok());
    }

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 51, 52, 69, 701, 702].map(column_name), ["A", "Z", "AA", "AZ", "BA", "BR", "ZZ", "AAA"]);
    }

    proptest! {
        #[test]
        fn whatever_is_written_comes_back(cells in proptest::collection::vec("[ -~À-ỹĐđ\n\t=+@'-]{0,60}", 1..3)) {
            // the last cell keeps the row as wide as the header
            let mut row = cells;
            row.resize(2, String::new());
            row.push("cuối".to_owned());
            prop_assert_eq!(&read_back(&written(std::slice::from_ref(&row)))[1], &row);
        }
    }
}
