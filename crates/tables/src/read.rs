//! Tables of any office: workbooks of every kind, CSV in any delimiter and encoding. What had to be converted is told.

use std::io;
use std::path::Path;

use calamine::{Data, Reader, Sheets};

use crate::legacy::{self, Legacy};

/// What a cell was before it became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Converted {
    /// A number: leading zeros, if there were any, are gone.
    Number,
    /// A date in the spreadsheet's own counting of days.
    SerialDate,
    /// Text in a spreadsheet's notation for large numbers, `1.65415511E8`.
    Exponent,
    /// Text in a font from before Unicode.
    OldFont(Legacy),
    /// A formula that ended in an error.
    Error,
}

/// A cell as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// NFC, without spaces at its ends.
    pub text: String,
    /// What it was, where it was no plain text.
    pub converted: Option<Converted>,
}

/// One sheet; a CSV file is one sheet without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// From the first row that holds anything.
    pub rows: Vec<Vec<Cell>>,
    /// Number of the first row in the file, from 1.
    pub first_row: usize,
    /// Merged cells, as ranges ("A1:C1").
    pub merged: Vec<String>,
}

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No such file, or not to be read.
    #[error("cannot read the table: {0}")]
    Io(#[from] io::Error),
    /// Neither a workbook nor CSV.
    #[error("neither a workbook (xlsx, xls, ods) nor CSV: {0}")]
    Form(String),
    /// A password keeps it closed, or it is damaged.
    #[error("the workbook cannot be opened: {0}")]
    Workbook(String),
}

/// Rows looked at for the header: titles and remarks stand above it in some offices.
const HEADER_WITHIN: usize = 20;

/// Reads all sheets of a file.
pub fn read(path: &Path) -> Result<Vec<Sheet>, ReadError> {
    let bytes = std::fs::read(path)?;
    let workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let mut sheets = if workbook { workbook_sheets(bytes)? } else { vec![csv_sheet(&bytes)?] };
    for sheet in &mut sheets {
        unify(sheet);
    }
    Ok(sheets)
}

impl Sheet {
    /// The row with the most cells that `known` knows, and how many: the header.
    pub fn header(&self, known: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
        let count = |row: &Vec<Cell>| row.iter().filter(|cell| known(&cell.text)).count();
        let found = self.rows.iter().take(HEADER_WITHIN).map(count).enumerate();
        found.filter(|(_, n)| *n > 0).max_by_key(|(at, n)| (*n, usize::MAX - at))
    }
}

/// A column's key from its header's cell: templates write hints behind a space or a line's end.
#[must_use]
pub fn header_key(cell: &str) -> &str {
    cell.split_whitespace().next().unwrap_or_default()
}

/// `dd.mm.yyyy` of a day in the spreadsheet's counting; `None` outside the years that it counts.
#[must_use]
pub fn serial_date(serial: f64) -> Option<String> {
    let day = serial.floor() as i64;
    if !(1..=2_958_465).contains(&day) {
        return None;
    }
    // day 60 is 29 February 1900 for spreadsheets, which never was
    let days = if day < 60 { day + 1 } else { day } - 25_569 - 1 + 1;
    let (y, m, d) = civil(days);
    Some(format!("{d:02}.{m:02}.{y:04}"))
}

/// Year, month and day of a number of days since 1970-01-01 (proleptic Gregorian calendar).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(m <= 2), m, doy - (153 * mp + 2) / 5 + 1)
}

fn workbook_sheets(bytes: Vec<u8>) -> Result<Vec<Sheet>, ReadError> {
    let wrong = |error: calamine::Error| ReadError::Workbook(error.to_string());
    let mut book = calamine::open_workbook_auto_from_rs(io::Cursor::new(bytes)).map_err(wrong)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(wrong)?;
        let rows: Vec<Vec<Cell>> = range.rows().map(|row| row.iter().map(cell).collect()).collect();
        let first_row = range.start().map_or(1, |(row, _)| row as usize + 1);
        let merged = merged(&mut book, &name);
        sheets.push(Sheet { name, rows, first_row, merged });
    }
    Ok(sheets)
}

/// Merged cells are known of xlsx only.
fn merged(book: &mut Sheets<io::Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
    let Sheets::Xlsx(book) = book else { return Vec::new() };
    if book.load_merged_regions().is_err() {
        return Vec::new();
    }
    let place = |(row, column): (u32, u32)| format!("{}{}", crate::workbook::column_name(column as usize), row + 1);
    let regions = book.merged_regions_by_sheet(sheet);
    regions.iter().map(|(_, _, at)| format!("{}:{}", place(at.start), place(at.end))).collect()
}

fn cell(data: &Data) -> Cell {
    let converted = |text: String, what| Cell { text, converted: Some(what) };
    match data {
        Data::Empty => Cell::default(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text_cell(text),
        Data::Int(n) => converted(n.to_string(), Converted::Number),
        Data::Float(n) => converted(number(*n), Converted::Number),
        Data::Bool(b) => converted(if *b { "1" } else { "0" }.to_owned(), Converted::Number),
        Data::DateTime(date) => match serial_date(date.as_f64()) {
            Some(text) => converted(text, Converted::SerialDate),
            None => converted(number(date.as_f64()), Converted::Number),
        },
        Data::Error(_) => converted(String::new(), Converted::Error),
    }
}

/// Whole numbers without a point, whatever their size: identity numbers are kept as numbers by many.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e18 { format!("{n:.0}") } else { n.to_string() }
}

fn text_cell(text: &str) -> Cell {
    let trimmed = text.trim();
    let spoilt =
        trimmed.starts_with(|c: char| c.is_ascii_digit()) && (trimmed.contains(['E', 'e']) || trimmed.ends_with(".0"));
    let digits_only = trimmed.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'E' | 'e' | '+'));
    match trimmed.parse::<f64>() {
        Ok(n) if spoilt && digits_only => Cell { text: number(n), converted: Some(Converted::Exponent) },
        _ => Cell { text: trimmed.to_owned(), converted: None },
    }
}

fn csv_sheet(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let text = decode(bytes);
    if text.contains('\0') {
        return Err(ReadError::Form("it holds bytes that are no text".to_owned()));
    }
    let first = text.lines().next().unwrap_or_default();
    let count = |c: &char| first.matches(*c).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(count).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReadError::Form(error.to_string()))?;
        // our own tables mark what a spreadsheet would take for a formula
        let unmarked = |cell: &str| match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
            _ => cell.to_owned(),
        };
        rows.push(record.iter().map(|cell| text_cell(&unmarked(cell))).collect());
    }
    Ok(Sheet { name: String::new(), rows, first_row: 1, merged: Vec::new() })
}

/// UTF-8 or UTF-16 by their marks, UTF-8 if it is; else one byte a letter, as the old fonts have it.
fn decode(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned),
    }
}

/// One font and one Unicode form for the whole sheet: a single word would often allow several.
fn unify(sheet: &mut Sheet) {
    let font = legacy::detect(sheet.rows.iter().flatten().map(|cell| cell.text.as_str()));
    for cell in sheet.rows.iter_mut().flatten() {
        if let Some(font) = font {
            let converted = legacy::convert(&cell.text, font);
            if converted != cell.text {
                *cell = Cell { text: converted, converted: Some(Converted::OldFont(font)) };
            }
        }
        cell.text = legacy::nfc(&cell.text);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::workbook::Workbook;

    fn file(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        read(&path)
    }

    fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
        sheet.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn csv_of_every_delimiter_and_encoding_is_read() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("so\tnksHoTen\n1\tLê Hoà\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in
            [utf16.as_slice(), "\u{feff}so;nksHoTen\n1;Lê Hoà\n".as_bytes(), "so,nksHoTen\r\n1,Lê Hoà\r\n".as_bytes()]
        {
            assert_eq!(texts(&file("t.csv", bytes).expect("read")[0]), [["so", "nksHoTen"], ["1", "Lê Hoà"]]);
        }
    }

    #[test]
    fn numbers_that_a_spreadsheet_spoilt_are_whole_again_and_told() {
        let sheet = file("t.csv", "1.65415511E8,083204000123.0,01.2,3E,E5\n".as_bytes()).expect("read").remove(0);
        assert_eq!(texts(&sheet)[0], ["165415511", "83204000123", "01.2", "3E", "E5"]);
        let told: Vec<bool> = sheet.rows[0].iter().map(|cell| cell.converted.is_some()).collect();
        assert_eq!(told, [true, true, false, false, false]);
    }

    #[test]
    fn days_counted_by_a_spreadsheet_become_dates() {
        assert_eq!(serial_date(39_462.0).as_deref(), Some("15.01.2008"));
        assert_eq!(serial_date(39_462.75).as_deref(), Some("15.01.2008"));
        assert_eq!(
            (serial_date(1.0).as_deref(), serial_date(61.0).as_deref()),
            (Some("01.01.1900"), Some("01.03.1900"))
        );
        assert_eq!((serial_date(0.0), serial_date(2_958_466.0)), (None, None));
    }

    #[test]
    fn the_header_is_found_below_titles_and_hints_are_cut() {
        let text = "DANH SÁCH,,\n,,\nso ,\"quyenSo \n(NN/YYYY)\",nksHoTen\n1,01/2008,A\n";
        let sheet = file("t.csv", text.as_bytes()).expect("read").remove(0);
        let known = |cell: &str| ["so", "quyenSo", "nksHoTen"].contains(&header_key(cell));
        let (at, matched) = sheet.header(known).expect("found");
        assert_eq!((sheet.rows[at][0].text.as_str(), matched), ("so", 3));
        assert_eq!(sheet.header(|cell| cell == "khác"), None);
    }

    #[test]
    fn our_own_workbook_and_our_own_csv_come_back() {
        let mut book = Workbook::create(Cursor::new(Vec::new()), "KS", &["so", "nksNoiSinh"]).expect("made");
        book.row(&["001/2008", "+ấp 2"]).expect("written");
        let sheets = file("t.bin", book.finish().expect("whole").get_ref()).expect("read");
        assert_eq!(sheets[0].name, "KS");
        assert_eq!(texts(&sheets[0]), [["so", "nksNoiSinh"], ["001/2008", "+ấp 2"]]);
        let csv = file("t.csv", "so,nksNoiSinh\n001/2008,'+ấp 2\n".as_bytes()).expect("read");
        assert_eq!(texts(&csv[0]), texts(&sheets[0]));
    }

    /// A workbook as spreadsheets write it: `cells` is the content of the sheet's rows, style 1 a date.
    fn workbook(cells: &str, merged: &str) -> Vec<u8> {
        use std::io::Write;
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let relation = |id: u8, kind: &str, to: &str| {
            format!("<Relationship Id=\"rId{id}\" Type=\"{relations}/{kind}\" Target=\"{to}\"/>")
        };
        let parts = [
            ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\">{}</Relationships>",
                    relation(1, "officeDocument", "xl/workbook.xml")
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook {main} xmlns:r=\"{relations}\"><sheets><sheet name=\"KS\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\">{}{}</Relationships>",
                    relation(1, "worksheet", "worksheets/sheet1.xml"),
                    relation(2, "styles", "styles.xml")
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet {main}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!(
                    "<worksheet {main}><sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
                ),
            ),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("started");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("whole").into_inner()
    }

    #[test]
    fn cells_that_a_spreadsheet_took_for_numbers_and_dates_are_told() {
        let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let cells = format!(
            "<row r=\"1\">{}{}</row><row r=\"2\"><c r=\"A2\"><v>1.65415511E8</v></c><c r=\"B2\" s=\"1\"><v>39462</v></c>\
             <c r=\"C2\"><v>83204000123</v></c><c r=\"D2\" t=\"e\"><v>#REF!</v></c></row>",
            text("A1", "so"),
            text("B1", "ngayDangKy")
        );
        let sheet = file("t.xlsx", &workbook(&cells, "")).expect("read").remove(0);
        let row: Vec<(&str, Option<Converted>)> =
            sheet.rows[1].iter().map(|cell| (cell.text.as_str(), cell.converted)).collect();
        let number = Some(Converted::Number);
        let expected = [
            ("165415511", number),
            ("15.01.2008", Some(Converted::SerialDate)),
            ("83204000123", number),
            ("", Some(Converted::Error)),
        ];
        assert_eq!(row, expected);
    }

    #[test]
    fn merged_cells_are_named() {
        let cells = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>so</t></is></c></row><row r=\"3\"><c r=\"B3\"><v>1</v></c></row>";
        let merged = "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B3:B4\"/>";
        let sheet = file("t.xlsx", &workbook(cells, merged)).expect("read").remove(0);
        assert_eq!(sheet.merged, ["A1:C1", "B3:B4"]);
    }

    #[test]
    fn what_is_no_table_is_told() {
        assert!(matches!(file("a.xlsx", b"PK\x03\x04 cut off"), Err(ReadError::Workbook(_))));
        assert!(matches!(file("a.csv", b"\x00\x01\x02"), Err(ReadError::Form(_))));
        assert!(matches!(read(Path::new("/nowhere/t.csv")), Err(ReadError::Io(_))));
    }

    #[test]
    fn text_in_an_old_font_is_converted_and_told() {
        let sheet = file("t.csv", "NguyÔn V¨n Hïng,Lª ThÞ H¹nh\n".as_bytes()).expect("read").remove(0);
        assert_eq!(texts(&sheet)[0], ["Nguyễn Văn Hùng", "Lê Thị Hạnh"]);
        assert_eq!(sheet.rows[0][0].converted, Some(Converted::OldFont(Legacy::Tcvn3)));
    }
}
