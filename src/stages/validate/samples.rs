//! Entries for the rules' tests: as extraction would make them, without pages.

use std::sync::LazyLock;

use super::book::Act;
use super::facts::Facts;
use super::rule::Hit;
use super::{BookRule, Config, EntryRule};
use crate::domain::date::{WrittenDate, parse_date};
use crate::domain::{
    BookHint, CheckedEntry, Confidence, DatePrecision, DateValue, DraftEntry, EntryId, Field, Ink, PageId, PlaceUnit,
    Register, Sha256, SlotKind, Value,
};
use crate::lists::{gazetteer, match_place};

#[derive(serde::Deserialize)]
struct File {
    validate: Config,
}

/// The limits that the program runs with.
pub(super) static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let text = include_str!("../../../pipeline.toml");
    toml::from_str::<toml::Table>(text).unwrap().try_into::<File>().unwrap().validate
});

/// An entry in the making.
#[derive(Clone)]
pub(super) struct Sample {
    draft: DraftEntry,
    kind: SlotKind,
}

/// An empty entry of a register.
pub(super) fn entry(register: &str) -> Sample {
    let id = EntryId { page: PageId { file: Sha256([0; 32]), index: 0 }, part: 0, ordinal: 0 };
    let register = Register::from_code(register).unwrap();
    let draft = DraftEntry { id, layout: "test".into(), register, hint: BookHint::default(), fields: Vec::new() };
    Sample { draft, kind: SlotKind::FreeText }
}

impl Sample {
    fn with(mut self, key: &str, kind: SlotKind, written: &str, value: Value) -> Self {
        self.draft.fields.push(Field {
            key: key.into(),
            kind,
            slot: key.into(),
            required: false,
            ink: Ink::Written,
            as_written: written.into(),
            value,
            confidence: Confidence::FULL,
            proposal: None,
            reading: None,
            place: Vec::new(),
        });
        self
    }

    pub(super) fn kind(self, kind: SlotKind) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn date(self, key: &str, written: &str) -> Self {
        let value = match parse_date(written, &CONFIG.dates).unwrap() {
            WrittenDate::Date(date) => Value::Date { date, text: date.import_text() },
            WrittenDate::Age(age) => {
                let date = DateValue { precision: DatePrecision::Age, ..DateValue::new(None, None, None) };
                Value::Date { date, text: format!("{age}T") }
            }
        };
        self.with(key, SlotKind::Date, written, value)
    }

    pub(super) fn words(self, key: &str, text: &str) -> Self {
        self.with(key, SlotKind::DateWords, text, Value::Text { text: text.into() })
    }

    pub(super) fn text(self, key: &str, text: &str) -> Self {
        let kind = self.kind;
        self.with(key, kind, text, Value::Text { text: text.into() })
    }

    pub(super) fn listed(self, key: &str, text: &str) -> Self {
        let kind = self.kind;
        self.with(key, kind, text, Value::Listed { text: text.into() })
    }

    pub(super) fn number(self, key: &str, text: &str) -> Self {
        let digits = text.split('/').next().unwrap();
        let kind = self.kind;
        self.with(key, kind, text, Value::Number { number: digits.parse().unwrap(), text: text.into() })
    }

    pub(super) fn unread(self, key: &str, text: &str) -> Self {
        let kind = self.kind;
        self.with(key, kind, text, Value::Unparsed { text: text.into() })
    }

    pub(super) fn place(self, key: &str, text: &str) -> Self {
        let unit = match_place(text).smallest();
        let unit = unit.map(|u| PlaceUnit { code: u.code.into(), path: gazetteer().path(u) });
        self.with(key, SlotKind::Place, text, Value::Place { text: text.into(), unit })
    }

    pub(super) fn named(mut self, register: &str, year: &str, date: &str, number: &str) -> Self {
        self.draft.hint = BookHint {
            office: None,
            register: Register::from_code(register),
            year: Some(year.into()),
            book: Some("01".into()),
            date: Some(date.into()),
            number: Some(number.to_owned()).filter(|n| !n.is_empty()),
        };
        self
    }

    pub(super) fn draft(&self) -> DraftEntry {
        self.draft.clone()
    }
}

/// What one rule says about an entry, under the program's limits.
pub(super) fn hits(rule: &EntryRule, sample: &Sample) -> Vec<Hit> {
    (rule.check)(&Facts::of(&sample.draft), &CONFIG)
}

/// Acts of a book of 2008, from (page, number, date); each is an entry of its own.
pub(super) fn book(acts: &[(&str, &str, &str)]) -> Vec<Act> {
    let add = |s: Sample, key: &str, n: &str| if n.is_empty() { s } else { s.number(key, n) };
    acts_of(
        acts.iter()
            .map(|(page, number, date)| add(add(entry("KS"), "trangSo", page), "so", number).date("ngayDangKy", date)),
    )
}

/// Acts of a book, one a name in the column.
pub(super) fn with_name(key: &str, names: &[&str]) -> Vec<Act> {
    acts_of(names.iter().map(|name| entry("KS").kind(SlotKind::Signer).text(key, name)))
}

fn acts_of(entries: impl Iterator<Item = Sample>) -> Vec<Act> {
    let checked = |(index, sample): (u32, Sample)| {
        let mut entry = sample.draft();
        entry.id.page.index = index;
        CheckedEntry { entry, findings: Vec::new() }
    };
    let entries: Vec<CheckedEntry> = (0_u32..).zip(entries).map(checked).collect();
    let id = crate::domain::BookId {
        office: String::new(),
        register: Register::Ks,
        year: "2008".into(),
        number: "01".into(),
    };
    super::book::acts(&id, &entries.iter().collect::<Vec<_>>())
}

/// What one rule says about a book: which entry (from 0) and the finding's sentence.
pub(super) fn book_hits(rule: &BookRule, acts: &[Act]) -> Vec<(u32, String)> {
    let found = (rule.check)(acts, &CONFIG);
    found.into_iter().map(|(id, hit)| (id.page.index, rule.card.finding(&hit).message)).collect()
}
