//! What PDFs, cases and the book say about themselves, and what was done to them.

use sohoa_aip::ead::{Description, Level};
use sohoa_aip::premis::Event;
use sohoa_pdf::archive::About;

use super::{Case, code};
use crate::delivery::book::book_number;
use crate::domain::{BookId, Confirmation, PageId};

/// What went into a book's package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Cases.
    pub cases: usize,
    /// Pages that they stand on.
    pub pages: usize,
    /// Rows for the importer.
    pub rows: usize,
    /// Entries that are not in it by a person's word: duplicates, no acts, to be scanned or read again.
    pub left: usize,
    /// First and last day of registration.
    pub days: Option<[String; 2]>,
}

impl Content {
    /// One more case.
    pub(super) fn add(&mut self, case: &Case) {
        self.cases += 1;
        if case.day.is_empty() {
            return;
        }
        match &mut self.days {
            None => self.days = Some([case.day.clone(), case.day.clone()]),
            Some([first, last]) => {
                // ISO days sort as texts
                *first = first.clone().min(case.day.clone());
                *last = last.clone().max(case.day.clone());
            }
        }
    }
}

/// What a case's PDF says about itself.
pub(super) fn of_pdf(book: &BookId, case: &Case, pages: &[PageId]) -> About {
    let sources: Vec<String> =
        pages.iter().map(|page| format!("sha256:{}, trang {}", page.file, page.index + 1)).collect();
    About {
        title: case.name.clone(),
        identifier: case.name.clone(),
        description: format!("{}, quyển số {}, số {}", book.register.title(), book_number(book), case.number),
        source: sources.join("; "),
        language: "vi",
    }
}

/// The book's description.
pub(super) fn of_book(book: &BookId, keeper: &str, content: &Content) -> Description {
    Description {
        level: Level::File,
        code: code(book),
        title: format!("{} – quyển số {}", book.register.title(), book_number(book)),
        keeper: keeper.to_owned(),
        days: content.days.clone().unwrap_or_else(|| [book.year.clone(), book.year.clone()]),
        fields: vec![
            ("totalDoc", content.cases.to_string()),
            ("numberOfPage", content.pages.to_string()),
            ("format", "PDF/A-2b".to_owned()),
            ("mode", "Số hóa từ bản giấy".to_owned()),
            ("paperFileCode", book_number(book)),
        ],
        note: String::new(),
    }
}

/// A case's description.
pub(super) fn of_case(book: &BookId, keeper: &str, case: &Case, pages: usize) -> Description {
    Description {
        level: Level::Item,
        code: case.name.clone(),
        title: format!("{}, số {}", book.register.title(), case.number),
        keeper: keeper.to_owned(),
        days: [case.day.clone(), case.day.clone()],
        fields: vec![("numberOfPage", pages.to_string()), ("format", "PDF/A-2b".to_owned())],
        note: String::new(),
    }
}

/// What was done with the book before it was packed, all under the package's own time.
pub(super) fn events(word: Option<&Confirmation>, created: &str) -> Vec<Event> {
    let event = |kind, note: &str, person| Event {
        kind,
        at: created.to_owned(),
        outcome: "success",
        note: note.to_owned(),
        person,
    };
    let confirmed = word.map(|word| {
        let note =
            format!("Công chức tư pháp - hộ tịch xác nhận {} trường hợp, mã nội dung {}", word.entries, word.content);
        event("validation", &note, Some(word.who.clone()))
    });
    let own = [
        event("fixity check", "Mỗi bản quét được đọc lại và so SHA-256 với bản đã số hóa", None),
        event("ingestion", "Lập gói lưu trữ", None),
    ];
    confirmed.into_iter().chain(own).collect()
}

/// What lies where, for whoever opens the package in thirty years.
pub(super) fn readme(book: &BookId, keeper: &str, content: &Content) -> String {
    let Content { cases, pages, rows, left, .. } = content;
    format!(
        "{}, quyển số {}\nCơ quan lưu giữ: {keeper}\nSố trường hợp: {cases}, trên {pages} trang\n\
         Số dòng nhập dữ liệu: {rows}; {} trường hợp chưa có dòng (còn chờ duyệt hoặc không qua kiểm tra)\n\
         Không đưa vào gói: {left} trường hợp được đánh dấu là trùng, không phải trường hợp, hoặc chờ quét hay đọc lại\n\n\
         METS.xml: mục lục của gói, kèm SHA-256 của mọi tệp\n\
         metadata/: mô tả quyển sổ (EAD) và lịch sử bảo quản (PREMIS)\n\
         representations/rep1/: mỗi trường hợp một tệp PDF/A-2b: ảnh quét nguyên gốc, lớp chữ ẩn là giá trị đã duyệt;\n\
         \x20 trang mà trường hợp viết tiếp nối ngay sau\n\
         representations/rep2/: chữ và vị trí trên từng trang (ALTO 4); các dòng nhập dữ liệu (JSON Lines)\n\
         schemas/: dạng của các dòng nhập dữ liệu (JSON Schema)\n",
        book.register.title(),
        book_number(book),
        cases.saturating_sub(*rows)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_lasts_from_its_first_day_to_its_last_and_unknown_days_do_not_count() {
        let mut content = Content::default();
        for day in ["2008-03-01", "", "2008-01-15", "2008-12-30"] {
            content.add(&Case { name: "n".into(), number: "1".into(), day: day.into() });
        }
        assert_eq!((content.cases, content.days), (4, Some(["2008-01-15".to_owned(), "2008-12-30".to_owned()])));
    }
}
