//! The importer's result file → what became of each delivered row. Nobody prescribes that file's form: columns are known by
//! many headings, verdicts by many words, and what is not understood is told, never guessed.

use std::collections::BTreeMap;

use sohoa_tables::read::{Cell, Sheet, header_key};

use super::compare::act_key;
use crate::domain::text::fold;
use crate::store::{DeliveredRow, DeliveryState};

/// What a file says of all its rows, where it has no column for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum AllRows {
    /// every row was imported
    Imported,
    /// every row was refused
    Refused,
}

/// One row of the result file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Row in the file, from 1.
    pub row: usize,
    /// The act's number, as written there.
    pub so: String,
    /// The book's number, as written there; empty without such a column.
    pub quyen_so: String,
    /// Name of the PDF; empty without such a column.
    pub pdf: String,
    /// What became of it.
    pub told: Told,
}

/// A verdict of the importer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It is in the register.
    Imported,
    /// It is not, with the importer's words.
    Refused(String),
    /// Words that are not understood.
    Unclear(String),
}

/// Why a result file says nothing.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// No number and no file name to know rows by.
    #[error(
        "no column tells which act a row is about\nhint: a heading such as so, Số, Số đăng ký or Tên file is needed; the file has {0}"
    )]
    NoNumber(String),
    /// Neither verdict nor reason.
    #[error(
        "no column tells what became of a row\nhint: a heading such as Trạng thái, Kết quả or Lý do is needed, or --all imported|refused; the file has {0}"
    )]
    NoVerdict(String),
}

const SO: &[&str] = &["so", "sodangky", "sodk", "sodangki", "number"];
const QUYEN: &[&str] = &["quyenso", "quyen", "soquyen", "quyensodangky", "book"];
const PDF: &[&str] = &["tenfile", "tentep", "tentaptin", "tenfilesauupload", "file", "filepdf", "pdf", "datafilepath"];
const STATE: &[&str] =
    &["trangthai", "ketqua", "tinhtrang", "status", "result", "state", "ketquanhap", "trangthainhap"];
const REASON: &[&str] = &[
    "lydo",
    "loi",
    "noidungloi",
    "motaloi",
    "ghichuloi",
    "chitietloi",
    "thongbao",
    "thongbaoloi",
    "error",
    "message",
    "diengiai",
];
const GOOD: &[&str] =
    &["thanh cong", "da nhap", "hop le", "dat", "ok", "success", "accept", "import", "da cap nhat", "1", "true"];
const BAD: &[&str] = &[
    "khong",
    "loi",
    "that bai",
    "tu choi",
    "tra lai",
    "fail",
    "error",
    "refus",
    "reject",
    "invalid",
    "trung",
    "sai",
    "thieu",
    "chua hop le",
    "bi ",
    "0",
    "false",
];

/// Whether a header's cell is one of these headings; import keys may carry a hint behind them.
fn is(cell: &str, headings: &[&str]) -> bool {
    let bare = |text: &str| fold(text).replace(' ', "");
    let key = header_key(cell);
    let import_key = (key == "so" || key == "quyenSo") && headings.contains(&bare(key).as_str());
    import_key || headings.contains(&bare(cell).as_str())
}

/// Reads a sheet of results.
pub fn hear(sheet: &Sheet, all: Option<AllRows>) -> Result<Vec<Heard>, AnswerError> {
    let known = |cell: &str| [SO, QUYEN, PDF, STATE, REASON].iter().any(|headings| is(cell, headings));
    let (at, _) = sheet.header(known).unwrap_or_default();
    let header = sheet.rows.get(at).map(Vec::as_slice).unwrap_or_default();
    let named = || header.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
    let find = |headings| header.iter().position(|cell| is(&cell.text, headings));
    let (so, quyen, pdf, state, reason) = (find(SO), find(QUYEN), find(PDF), find(STATE), find(REASON));
    if so.is_none() && pdf.is_none() {
        return Err(AnswerError::NoNumber(named()));
    }
    if state.is_none() && reason.is_none() && all.is_none() {
        return Err(AnswerError::NoVerdict(named()));
    }
    let text =
        |row: &[Cell], at: Option<usize>| at.and_then(|at| row.get(at)).map(|c| c.text.clone()).unwrap_or_default();
    let rows = sheet.rows.iter().enumerate().skip(at + 1);
    let heard = rows.map(|(at, row)| Heard {
        row: sheet.first_row + at,
        so: text(row, so),
        quyen_so: text(row, quyen),
        pdf: file_name(&text(row, pdf)),
        told: told(state.map(|_| text(row, state)), reason.map(|_| text(row, reason)), all),
    });
    Ok(heard.filter(|h| !h.so.is_empty() || !h.pdf.is_empty()).collect())
}

/// The last part of a path of any system.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn told(state: Option<String>, reason: Option<String>, all: Option<AllRows>) -> Told {
    let words = reason.clone().filter(|r| !r.is_empty()).or_else(|| state.clone()).unwrap_or_default();
    match all {
        Some(AllRows::Imported) => return Told::Imported,
        Some(AllRows::Refused) => return Told::Refused(words),
        None => {}
    }
    let said = state.unwrap_or_default();
    let from = if said.is_empty() { reason.as_deref().unwrap_or_default() } else { said.as_str() };
    let folded = fold(from);
    let stands = |word: &&&str| folded.split(' ').any(|w| w == **word) || (word.len() > 2 && folded.contains(**word));
    if folded.is_empty() {
        // a list of errors that has none for this row; without such a column nothing was said
        return if reason.is_some() && said.is_empty() { Told::Imported } else { Told::Unclear(String::new()) };
    }
    if GOOD.iter().any(|word| folded == *word || folded.starts_with(&format!("{word} "))) {
        return Told::Imported;
    }
    match (BAD.iter().find(stands), said.is_empty()) {
        // whatever stands in a column of errors is one
        (Some(_), _) | (None, true) => Told::Refused(words),
        (None, false) => match GOOD.iter().find(stands) {
            Some(_) => Told::Imported,
            None => Told::Unclear(from.to_owned()),
        },
    }
}

/// What the rows of a delivery learn from a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// New states by entry.
    pub states: Vec<(String, DeliveryState)>,
    /// Rows of the file that are none of ours, or not understood: row and Vietnamese sentence.
    pub unmatched: Vec<(usize, String)>,
}

/// Finds each heard row among the delivered ones.
#[must_use]
pub fn learn(heard: &[Heard], delivered: &[DeliveredRow]) -> Learned {
    let mut learned = Learned::default();
    let mut said: BTreeMap<&str, (&DeliveredRow, &Told)> = BTreeMap::new();
    for answer in heard {
        match (find(answer, delivered).as_slice(), &answer.told) {
            ([], _) => learned.miss(answer, "không có trong lần giao này"),
            (_, Told::Unclear(words)) => learned.miss(answer, &format!("không hiểu kết quả \"{words}\"")),
            ([row], told) => match said.insert(&row.entry, (row, told)) {
                Some((_, earlier)) if earlier != told => {
                    // the file contradicts itself: nothing is taken from it for this act
                    said.remove(row.entry.as_str());
                    learned.miss(answer, "có hai kết quả khác nhau");
                }
                _ => {}
            },
            (_, _) => learned.miss(answer, "ứng với nhiều dòng đã giao"),
        }
    }
    for (entry, (row, told)) in said {
        match (&row.state, told) {
            // what the register has stays in the register
            (DeliveryState::Imported, Told::Refused(_)) => {
                let sentence = format!("Số {}: trước đã nhập, nay báo trả lại; giữ là đã nhập.", row.so);
                learned.unmatched.push((row.row as usize, sentence));
            }
            (_, Told::Imported) => learned.states.push((entry.to_owned(), DeliveryState::Imported)),
            (_, Told::Refused(words)) => learned.states.push((entry.to_owned(), DeliveryState::Refused(words.clone()))),
            (_, Told::Unclear(_)) => {}
        }
    }
    learned
}

impl Learned {
    fn miss(&mut self, answer: &Heard, why: &str) {
        self.unmatched.push((answer.row, format!("Số {} {}: {why}.", answer.so, answer.quyen_so)));
    }
}

/// By the PDF's name; else by number and book, each only as far as the file tells it.
fn find<'a>(answer: &Heard, delivered: &'a [DeliveredRow]) -> Vec<&'a DeliveredRow> {
    if !answer.pdf.is_empty() {
        let named: Vec<_> = delivered.iter().filter(|row| row.pdf.eq_ignore_ascii_case(&answer.pdf)).collect();
        if !named.is_empty() {
            return named;
        }
    }
    let Some(sought) = act_key(&answer.so) else { return Vec::new() };
    let same = |row: &&DeliveredRow| {
        let Some(own) = act_key(&row.so) else { return false };
        let same_year = sought.2.is_none() || own.2.is_none() || sought.2 == own.2;
        let same_book = answer.quyen_so.is_empty() || act_key(&answer.quyen_so) == act_key(&row.quyen_so);
        (own.0, &own.1) == (sought.0, &sought.1) && same_year && same_book
    };
    delivered.iter().filter(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), converted: None };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Sheet { name: String::new(), rows, first_row: 1, merged: Vec::new() }
    }

    fn delivered(entry: &str, so: &str) -> DeliveredRow {
        DeliveredRow {
            number: 1,
            entry: entry.into(),
            row: 2,
            so: so.into(),
            quyen_so: "01/2008".into(),
            pdf: format!("KS.2008.01.{entry}.pdf"),
            content: String::new(),
            state: DeliveryState::Delivered,
        }
    }

    #[test]
    fn headings_of_many_offices_are_understood() {
        for header in [
            ["so", "quyenSo", "Trạng thái", "Lý do"],
            ["Số đăng ký", "Quyển số", "KẾT QUẢ", "Nội dung lỗi"],
            ["so \n(NN/YYYY)", "quyenSo ", "status", "message"],
        ] {
            let rows: [&[&str]; 4] = [
                &["KẾT QUẢ NHẬP"],
                &header,
                &["01/2008", "01/2008", "Thành công", ""],
                &["02/2008", "01/2008", "Không hợp lệ", "Sai ngày"],
            ];
            let told: Vec<Told> = hear(&sheet(&rows), None).unwrap().into_iter().map(|h| h.told).collect();
            assert_eq!(told, [Told::Imported, Told::Refused("Sai ngày".into())], "{header:?}");
        }
    }

    #[test]
    fn a_list_of_errors_alone_tells_both() {
        let rows: [&[&str]; 3] = [&["Số", "Lỗi"], &["1", ""], &["2", "Trùng số"]];
        let told: Vec<Told> = hear(&sheet(&rows), None).unwrap().into_iter().map(|h| h.told).collect();
        assert_eq!(told, [Told::Imported, Told::Refused("Trùng số".into())]);
    }

    #[test]
    fn words_that_nobody_knows_are_unclear_and_missing_columns_are_named() {
        let rows: [&[&str]; 3] = [&["so", "Trạng thái"], &["1", "Đang xử lý"], &["2", ""]];
        let told: Vec<Told> = hear(&sheet(&rows), None).unwrap().into_iter().map(|h| h.told).collect();
        assert_eq!(told, [Told::Unclear("Đang xử lý".into()), Told::Unclear(String::new())]);
        let told = hear(&sheet(&[&["so", "họ tên"]]), None).unwrap_err().to_string();
        assert!(told.contains("Trạng thái") && told.contains("so, họ tên"), "{told}");
        assert!(matches!(hear(&sheet(&[&["Trạng thái"]]), None), Err(AnswerError::NoNumber(_))));
        let all = hear(&sheet(&[&["so"], &["1"]]), Some(AllRows::Imported)).unwrap();
        assert_eq!(all[0].told, Told::Imported);
    }

    #[test]
    fn rows_find_their_acts_whatever_the_style_of_the_number() {
        let ours = [delivered("a", "01/2008"), delivered("b", "02/2008"), delivered("c", "02A/2008")];
        let heard =
            |so: &str, told: Told| Heard { row: 2, so: so.into(), quyen_so: "1/2008".into(), pdf: String::new(), told };
        let learned = learn(
            &[heard("1", Told::Imported), heard("02/2008", Told::Refused("x".into())), heard("9", Told::Imported)],
            &ours,
        );
        let states = [("a".to_owned(), DeliveryState::Imported), ("b".to_owned(), DeliveryState::Refused("x".into()))];
        assert_eq!(learned.states, states);
        assert_eq!(learned.unmatched.len(), 1);
        let by_file = Heard { pdf: file_name("D:\\a\\KS.2008.01.c.PDF"), ..heard("", Told::Imported) };
        assert_eq!(learn(&[by_file], &ours).states, [("c".to_owned(), DeliveryState::Imported)]);
    }

    #[test]
    fn a_file_that_contradicts_itself_and_a_late_refusal_change_nothing() {
        let mut ours = [delivered("a", "01/2008")];
        let heard = |told: Told| Heard { row: 2, so: "1".into(), quyen_so: String::new(), pdf: String::new(), told };
        let both = [heard(Told::Imported), heard(Told::Refused("x".into()))];
        assert_eq!(learn(&both, &ours).states, []);
        ours[0].state = DeliveryState::Imported;
        let learned = learn(&[heard(Told::Refused("x".into()))], &ours);
        assert_eq!((learned.states.len(), learned.unmatched.len()), (0, 1));
    }
}
