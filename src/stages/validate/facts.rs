//! An entry as the rules ask about it: by import key, values only where they are sure enough to be compared.

use jiff::civil::Date;

use crate::domain::id_number::CitizenNumber;
use crate::domain::{DateValue, DraftEntry, Field, SlotKind, Value};

/// Prefixes of the people of all registers.
pub(super) const PEOPLE: [&str; 10] = ["nks", "me", "cha", "chong", "vo", "nkt", "cm", "nc", "nxn", "nyc"];
/// The day of registration.
pub(super) const REGISTERED: &str = "ngayDangKy";
/// Who signed for the office.
pub(super) const SIGNER: &str = "nguoiKy";

/// One entry, asked by key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    entry: &'a DraftEntry,
}

impl<'a> Facts<'a> {
    pub(super) fn of(entry: &'a DraftEntry) -> Self {
        Self { entry }
    }

    pub(super) fn entry(&self) -> &'a DraftEntry {
        self.entry
    }

    pub(super) fn field(&self, key: &str) -> Option<&'a Field> {
        self.entry.field(key)
    }

    /// Fields of a kind.
    pub(super) fn of_kind(&self, kind: SlotKind) -> impl Iterator<Item = &'a Field> {
        self.entry.fields.iter().filter(move |f| f.kind == kind)
    }

    /// The value's text where there is a value in form.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let value = &self.field(key)?.value;
        let in_form = !matches!(value, Value::Nothing { .. } | Value::Unparsed { .. });
        Some(value.text()).filter(|t| in_form && !t.is_empty())
    }

    pub(super) fn date(&self, key: &str) -> Option<DateValue> {
        match self.field(key)?.value {
            Value::Date { date, .. } => Some(date),
            _ => None,
        }
    }

    /// First and last day that a date may be.
    pub(super) fn span(&self, key: &str) -> Option<(Date, Date)> {
        self.date(key)?.span()
    }

    /// Year of registration.
    pub(super) fn year_registered(&self) -> Option<u16> {
        self.date(REGISTERED)?.year
    }

    /// Keys of people's birthdays that the entry has.
    pub(super) fn birthdays(&self) -> impl Iterator<Item = (&'static str, String)> + use<'a> {
        let facts = *self;
        PEOPLE.into_iter().map(|p| (p, format!("{p}NgaySinh"))).filter(move |(_, key)| facts.field(key).is_some())
    }

    /// People's 12-digit numbers.
    pub(super) fn citizen_numbers(&self) -> impl Iterator<Item = (&'static str, String, CitizenNumber)> + use<'a> {
        let facts = *self;
        let keys =
            PEOPLE.into_iter().flat_map(|p| [(p, format!("{p}SoGiayToTuyThan")), (p, format!("{p}SoDinhDanhCaNhan"))]);
        keys.filter_map(move |(p, key)| Some((p, CitizenNumber::parse(&facts.text(&key)?)?, key)))
            .map(|(p, n, key)| (p, key, n))
    }
}

/// Whether `a` is after `b` whatever days the two dates may be.
pub(super) fn surely_after(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 > b.1
}

/// Full years from one date to another: least and most.
pub(super) fn years_between(from: (Date, Date), to: (Date, Date)) -> (i16, i16) {
    (full_years(from.1, to.0), full_years(from.0, to.1))
}

fn full_years(from: Date, to: Date) -> i16 {
    let not_yet = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i16::from(not_yet)
}

/// Least number of days from one date to another.
pub(super) fn least_days(from: (Date, Date), to: (Date, Date)) -> i32 {
    (to.0 - from.1).get_days()
}

/// "26/9/2004", as people in the office write it.
pub(super) fn said(date: DateValue) -> String {
    match (date.day, date.month, date.year) {
        (Some(d), Some(m), Some(y)) => format!("{d}/{m}/{y}"),
        (_, Some(m), Some(y)) => format!("{m}/{y}"),
        (_, _, y) => y.map(|y| y.to_string()).unwrap_or_default(),
    }
}

/// Who a prefix is, in words.
pub(super) fn who(prefix: &str) -> &'static str {
    match prefix {
        "nks" => "trẻ",
        "me" => "mẹ",
        "cha" => "cha",
        "chong" => "chồng",
        "vo" => "vợ",
        "nkt" => "người chết",
        "cm" => "người nhận",
        "nc" => "người được nhận",
        "nxn" => "người được xác nhận",
        _ => "người yêu cầu",
    }
}
