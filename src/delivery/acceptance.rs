//! A book → the report by which it is accepted (nghiệm thu): what is done, what is not and why, and what is paid for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use askama::Template;

use super::book::{book_name, padded};
use super::cells::year_of;
use super::plan::Plan;
use super::preflight::{Paths, reason};
use super::scan_pdf::a4_pages;
use super::settled::Values;
use crate::domain::register_number::parse_register_number;
use crate::domain::settlement::{SettledEntry, in_force};
use crate::domain::text::same_text;
use crate::domain::{BookId, Decision, EntryId, PageId, Step};
use crate::store::{DeliveredRow, DeliveryState};

/// What the report is made of.
#[derive(Debug)]
pub struct Facts<'a> {
    /// What would go out now, and what would not.
    pub plan: &'a Plan,
    /// All entries of the book, with what people decided.
    pub entries: &'a [SettledEntry],
    /// All that went out.
    pub delivered: &'a [DeliveredRow],
    /// Sizes of the cleaned sheets of the book's pages, pixels.
    pub sheets: &'a BTreeMap<(PageId, u8), (u32, u32)>,
    /// Where pages come from.
    pub paths: &'a Paths,
    /// Pages and files of the whole run that could not be read.
    pub set_aside: usize,
    /// The office's full name, where it was given.
    pub office: Option<&'a str>,
    /// What the officer said of the book: one Vietnamese sentence.
    pub confirmation: String,
    /// What the closing note of the book counts.
    pub closing: Closing,
    /// What a second look at accepted fields found.
    pub sample: Sample,
    /// Files of deliveries: SHA-256 and name.
    pub files: Vec<(String, String)>,
}

/// The closing note: events and pages, as far as somebody typed them in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Closing {
    /// Events registered.
    pub events: Option<usize>,
    /// Pages written on.
    pub pages: Option<usize>,
}

/// A second look at fields that the machine had accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sample {
    /// Fields looked at.
    pub looked: usize,
    /// Fields that were wrong.
    pub wrong: usize,
}

impl Sample {
    /// Adds the looks at one entry's fields; the last look at a field counts.
    #[must_use]
    pub fn with(self, decisions: &[Decision]) -> Self {
        let mut fields: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
        decisions.iter().for_each(|decision| fields.entry(&decision.key).or_default().push(decision));
        let look = |own: &Vec<&Decision>| {
            let looks = in_force(own).into_iter().filter(|decision| decision.step == Step::Sample);
            looks.filter_map(|decision| Some(same_text(&decision.act.value()?.text(), &decision.from))).last()
        };
        fields
            .values()
            .filter_map(look)
            .fold(self, |all, right| Self { looked: all.looked + 1, wrong: all.wrong + usize::from(!right) })
    }

    /// In words, with the interval that holds the true share in 95 of 100 such samples (Wilson).
    fn sentence(self) -> String {
        if self.looked == 0 {
            return "Chưa lấy mẫu kiểm tra cho quyển này; không nêu tỷ lệ sai sót.".to_owned();
        }
        let (n, z) = (self.looked as f32, 1.96_f32);
        let p = self.wrong as f32 / n;
        let (middle, spread) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
        let bound = |edge: f32| vietnamese((edge / (1.0 + z * z / n) * 100.0).clamp(0.0, 100.0));
        format!(
            "Đã kiểm tra mẫu {} trường do máy tự nhận: sai {} trường ({} %; khoảng tin cậy 95 %: {}–{} %).",
            self.looked,
            self.wrong,
            vietnamese(p * 100.0),
            bound(middle - spread),
            bound(middle + spread)
        )
    }
}

pub mod paper;

/// The report as HTML, complete in itself.
pub fn html(facts: &Facts<'_>) -> Result<String, askama::Error> {
    Page::of(facts).render()
}

#[derive(Template)]
#[template(path = "acceptance.html")]
struct Page {
    title: String,
    register: &'static str,
    office: String,
    confirmation: String,
    year: String,
    number: String,
    entries: usize,
    states: Vec<State>,
    years: Vec<Year>,
    pages: usize,
    a4: String,
    set_aside: usize,
    closing: Vec<String>,
    lengths: Vec<(&'static str, usize)>,
    cells: usize,
    sample: String,
    left: Vec<[String; 5]>,
    files: Vec<(String, String)>,
}

struct State {
    name: &'static str,
    colour: &'static str,
    count: usize,
    /// For the bar's style.
    width: String,
    /// For people.
    percent: String,
}

struct Year {
    year: String,
    count: usize,
    first: u32,
    last: u32,
    gaps: String,
    repeats: String,
}

impl Page {
    fn of(facts: &Facts<'_>) -> Self {
        let (plan, book) = (facts.plan, &facts.plan.book);
        let a4: f32 = facts.sheets.values().map(|size| a4_pages(*size)).sum();
        let lengths = lengths(plan);
        Self {
            title: book_name(book),
            register: book.register.title(),
            office: facts.office.map_or_else(|| book.office.clone(), str::to_owned),
            confirmation: facts.confirmation.clone(),
            year: book.year.clone(),
            number: padded(&book.number),
            entries: facts.entries.len(),
            states: states(facts),
            years: years(book, facts.entries),
            pages: facts.sheets.len(),
            a4: vietnamese(a4),
            set_aside: facts.set_aside,
            closing: closing(facts),
            cells: lengths.iter().map(|(_, n)| n).sum(),
            lengths,
            sample: facts.sample.sentence(),
            left: left(facts),
            files: facts.files.clone(),
        }
    }
}

fn vietnamese(number: f32) -> String {
    format!("{number:.1}").replace('.', ",")
}

/// Every entry is in exactly one state; the last delivery of an entry counts.
fn states(facts: &Facts<'_>) -> Vec<State> {
    let last: BTreeMap<&str, &DeliveredRow> = facts.delivered.iter().map(|row| (row.entry.as_str(), row)).collect();
    let left: BTreeMap<EntryId, &str> = facts.plan.left_out.iter().map(|l| (l.entry, l.why)).collect();
    let contents: BTreeMap<EntryId, &str> = facts.plan.rows.iter().map(|a| (a.entry, a.content.as_str())).collect();
    let mut counts = [0_usize; 6];
    for decided in facts.entries {
        let id = decided.checked.entry.id;
        let known = last.get(id.to_string().as_str());
        // a row that is planned anew has changed since, or was never answered and is still the same delivery
        let unchanged = contents.get(&id).is_none_or(|content| known.is_some_and(|row| row.content == *content));
        let at = match (known.filter(|_| unchanged).map(|row| &row.state), left.get(&id).copied()) {
            (_, Some("waiting")) => 4,
            (_, Some("check")) => 5,
            (Some(DeliveryState::Imported), _) => 0,
            (Some(DeliveryState::Delivered), _) => 1,
            (Some(DeliveryState::Refused(_)), _) => 3,
            (None, _) => 2,
        };
        counts[at] += 1;
    }
    let all = facts.entries.len().max(1) as f32;
    let names = [
        ("Đã nhập vào Cơ sở dữ liệu", "#2e7d32"),
        ("Đã giao, chờ kết quả nhập", "#7cb342"),
        ("Đã duyệt, sẵn sàng giao", "#1565c0"),
        ("Bị trả lại, chờ sửa", "#c62828"),
        ("Chờ người duyệt", "#f9a825"),
        ("Không qua kiểm tra trước khi giao", "#ef6c00"),
    ];
    let state = |((name, colour), count): ((&'static str, &'static str), usize)| State {
        name,
        colour,
        count,
        width: format!("{:.2}", count as f32 / all * 100.0),
        percent: vietnamese(count as f32 / all * 100.0),
    };
    names.into_iter().zip(counts).map(state).collect()
}

/// Numbers begin anew every year.
fn years(book: &BookId, entries: &[SettledEntry]) -> Vec<Year> {
    let mut numbers: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for decided in entries {
        let values = Values::of(&decided.checked.entry);
        let Some(number) = parse_register_number(values.text("so")) else { continue };
        let year = number.year.or(year_of(values.text("ngayDangKy"))).map_or(book.year.clone(), |y| y.to_string());
        numbers.entry(year).or_default().push(number.number);
    }
    numbers.into_iter().map(|(year, numbers)| of_year(year, &numbers)).collect()
}

fn of_year(year: String, numbers: &[u32]) -> Year {
    let once: BTreeSet<u32> = numbers.iter().copied().collect();
    let (first, last) = (once.first().copied().unwrap_or_default(), once.last().copied().unwrap_or_default());
    let pairs = once.iter().zip(once.iter().skip(1)).filter(|(a, b)| **b > **a + 1);
    let gaps: Vec<String> =
        pairs.map(|(a, b)| if *b == *a + 2 { (a + 1).to_string() } else { format!("{}–{}", a + 1, b - 1) }).collect();
    let twice = |n: &&u32| numbers.iter().filter(|m| m == n).count() > 1;
    let repeats: Vec<String> = once.iter().filter(twice).map(u32::to_string).collect();
    let none = |list: Vec<String>| if list.is_empty() { "không".to_owned() } else { list.join(", ") };
    Year { year, count: numbers.len(), first, last, gaps: none(gaps), repeats: none(repeats) }
}

fn closing(facts: &Facts<'_>) -> Vec<String> {
    let tell = |what: &str, noted: Option<usize>, found: usize| {
        let noted = noted?;
        let verdict = match noted.cmp(&found) {
            std::cmp::Ordering::Equal => "khớp".to_owned(),
            std::cmp::Ordering::Greater => format!("thiếu {}", noted - found),
            std::cmp::Ordering::Less => format!("thừa {}", found - noted),
        };
        Some(format!("{what} theo lời khóa sổ: {noted}; đã quét: {found} ({verdict})."))
    };
    let events = tell("Số sự kiện hộ tịch", facts.closing.events, facts.entries.len());
    events.into_iter().chain(tell("Số trang", facts.closing.pages, facts.sheets.len())).collect()
}

/// Typed fields are paid by length: to 15, to 50, and more characters. Constants and codes that nobody types do not count.
fn lengths(plan: &Plan) -> Vec<(&'static str, usize)> {
    use super::columns::Rule;
    let typed =
        |rule: Rule| matches!(rule, Rule::Number | Rule::Page | Rule::Date | Rule::Name | Rule::Text | Rule::Sex);
    let mut counts = [0_usize; 3];
    for act in plan.rows.iter().chain(&plan.past).chain(&plan.stopped) {
        for (column, cell) in plan.layout.columns.iter().zip(&act.cells) {
            match cell.chars().count() {
                0 => {}
                _ if !typed(column.rule) => {}
                1..=15 => counts[0] += 1,
                16..=50 => counts[1] += 1,
                _ => counts[2] += 1,
            }
        }
    }
    ["đến 15 ký tự", "16 đến 50 ký tự", "trên 50 ký tự"].into_iter().zip(counts).collect()
}

fn left(facts: &Facts<'_>) -> Vec<[String; 5]> {
    let open = facts.plan.left_out.iter().filter(|l| l.why != "imported" && l.why != "no-answer");
    open.map(|left| {
        let mut file = facts.paths.get(&left.entry.page).cloned().unwrap_or_default();
        let _ = write!(file, " : {}", left.entry.page.index + 1);
        [left.so.clone(), reason(left.why).to_owned(), left.sentence.clone(), file, left.entry.to_string()]
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_tells_its_size_and_its_doubt() {
        assert!(Sample::default().sentence().starts_with("Chưa lấy mẫu"));
        let told = Sample { looked: 300, wrong: 3 }.sentence();
        assert!(told.contains("300 trường") && told.contains("(1,0 %; khoảng tin cậy 95 %: 0,3–2,9 %)"), "{told}");
        assert!(Sample { looked: 10, wrong: 0 }.sentence().contains("0,0–27,8 %"));
    }

    #[test]
    fn gaps_and_repeats_of_a_year_are_told() {
        let year = of_year("2008".into(), &[3, 4, 4, 6, 9, 9]);
        assert_eq!((year.first, year.last, year.count), (3, 9, 6));
        assert_eq!((year.gaps.as_str(), year.repeats.as_str()), ("5, 7–8", "4, 9"));
        let whole = of_year("2009".into(), &[1, 2]);
        assert_eq!((whole.gaps.as_str(), whole.repeats.as_str()), ("không", "không"));
    }
}
