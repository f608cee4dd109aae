//! Text → values, by kind. The one place that decides what a kind's text means.

use super::Config;
use crate::domain::absence::states_unknown;
use crate::domain::date::{WrittenDate, parse_date};
use crate::domain::date_words::from_words;
use crate::domain::id_number::parse_id;
use crate::domain::person_name::parse_name;
use crate::domain::register_number::{parse_ordinal, parse_page_number, parse_register_number};
use crate::domain::text::fold;
use crate::domain::time_of_death::parse_time_of_death;
use crate::domain::{Absence, DatePrecision, DateValue, PlaceUnit, Register, SlotKind, Value};
use crate::lists::{self, ClosedList, Match};

/// The values of a slot's fields, in the order of its keys: a signer gives name and title, a time of death time and date,
/// an ID slot number, date and place of issue, a death notice number, kind and issuer, a register type its code and the words.
pub(super) fn values(kind: SlotKind, text: &str, register: Register, config: &Config) -> Vec<Value> {
    let known = match kind {
        SlotKind::PageNumber => vec![parse_page_number(text).map(|n| number(n, text))],
        SlotKind::RegisterNumber => vec![parse_register_number(text).map(|n| number(n.number, &n.text))],
        SlotKind::PersonName => vec![said(parse_name(text).filter(|_| !states_unknown(text)))],
        SlotKind::Sex => vec![listed(lists::sexes(), text)],
        SlotKind::Date => vec![date(text, config)],
        SlotKind::DateWords => vec![from_words(text, &config.dates).ok().and_then(|_| said(Some(text.to_owned())))],
        SlotKind::TimeOfDeath => time_of_death(text, config),
        SlotKind::EthnicGroup => vec![listed(lists::ethnic_groups(), text)],
        SlotKind::Country => vec![listed(lists::countries(), text)],
        SlotKind::Place => vec![place(text)],
        SlotKind::IdNumber => id_number(text, config),
        SlotKind::Relation => vec![listed(lists::relations(), text).or_else(|| open(text))],
        SlotKind::Signer => signer(text),
        SlotKind::DeathNotice => death_notice(text),
        SlotKind::RegisterType => register_type(text, register),
        SlotKind::Ordinal => vec![parse_ordinal(text).map(|n| number(n, text))],
        SlotKind::MaritalStatus | SlotKind::Purpose | SlotKind::CauseOfDeath | SlotKind::DecisionNumber => {
            vec![open(text)]
        }
        SlotKind::Signature | SlotKind::MarginNote | SlotKind::FreeText => vec![said(Some(text.to_owned()))],
    };
    let unread = || match states_unknown(text) {
        true => Value::Nothing { absence: Absence::StatedUnknown },
        false => Value::Unparsed { text: text.to_owned() },
    };
    known.into_iter().map(|v| v.unwrap_or_else(unread)).collect()
}

const BLANK: Value = Value::Nothing { absence: Absence::Blank };

fn said(text: Option<String>) -> Option<Value> {
    text.map(|text| Value::Text { text })
}

/// Free text, unless it says that there is nothing to say.
fn open(text: &str) -> Option<Value> {
    said(Some(text.to_owned()).filter(|t| !states_unknown(t)))
}

fn number(number: u32, text: &str) -> Value {
    Value::Number { number, text: text.to_owned() }
}

/// A doubtful spelling that is also a member's own name ("Thổ") is that member, and a rule asks; other doubt is not resolved.
fn listed(list: &'static ClosedList, text: &str) -> Option<Value> {
    let member = match list.lookup(text) {
        Match::One(member) | Match::Likely(member) => member,
        Match::Several(members) => members.into_iter().find(|m| fold(m.text) == fold(text))?,
        Match::None => return None,
    };
    Some(Value::Listed { text: member.text.to_owned() })
}

fn date(text: &str, config: &Config) -> Option<Value> {
    match parse_date(text, &config.dates).ok()? {
        WrittenDate::Date(date) => Some(dated(date)),
        WrittenDate::Age(age) => {
            let date = DateValue { precision: DatePrecision::Age, ..DateValue::new(None, None, None) };
            Some(Value::Date { date, text: format!("{age}T") })
        }
    }
}

fn dated(date: DateValue) -> Value {
    Value::Date { date, text: date.import_text() }
}

fn time_of_death(text: &str, config: &Config) -> Vec<Option<Value>> {
    let Ok(parsed) = parse_time_of_death(text, &config.dates) else { return vec![None, None] };
    let time = parsed.time.map_or(BLANK, |(hour, minute)| Value::Time { hour, minute });
    vec![Some(time), Some(parsed.date.map_or(BLANK, dated))]
}

fn place(text: &str) -> Option<Value> {
    if states_unknown(text) {
        return None;
    }
    let unit = lists::match_place(text).smallest();
    let unit = unit.map(|u| PlaceUnit { code: u.code.to_owned(), path: lists::gazetteer().path(u) });
    Some(Value::Place { text: text.to_owned(), unit })
}

fn id_number(text: &str, config: &Config) -> Vec<Option<Value>> {
    let Some(paper) = parse_id(text, &config.dates) else { return vec![None, Some(BLANK), Some(BLANK)] };
    let issued = paper.issued.map_or(BLANK, dated);
    let issuer = paper.issuer.map_or(BLANK, |text| Value::Text { text });
    vec![Some(Value::Text { text: paper.number }), Some(issued), Some(issuer)]
}

fn signer(text: &str) -> Vec<Option<Value>> {
    let signer = lists::split_signer(text);
    let title = signer.title.map_or(BLANK, |t| Value::Listed { text: t.text.to_owned() });
    vec![said(signer.name), Some(title)]
}

/// "Giấy báo tử số 12/GBT do BV …": what comes after "do" issued it, the word with a digit is its number.
fn death_notice(text: &str) -> Vec<Option<Value>> {
    if states_unknown(text) {
        return vec![None; 3];
    }
    let words: Vec<&str> = text.split(' ').collect();
    let by = words.iter().position(|w| fold(w) == "do").unwrap_or(words.len());
    let notice = words[..by].join(" ");
    let number = words[..by].iter().find(|w| w.chars().any(|c| c.is_ascii_digit()));
    let number = number.map_or(BLANK, |n| Value::Text { text: n.trim_matches([':', ',', '.']).to_owned() });
    let folded = fold(&notice);
    let spelled = lists::death_notices().spellings().filter(|(s, _)| folded.contains(&fold(s)));
    let kind = spelled.max_by_key(|(s, _)| s.len()).and_then(|(_, m)| m.code);
    let kind = kind.map_or(BLANK, |code| Value::Listed { text: code.to_owned() });
    let issuer = words.get(by + 1..).map(|w| w.join(" ")).filter(|t| !t.is_empty());
    let issuer = issuer.map_or(BLANK, |text| Value::Text { text });
    // free text with neither number nor kind is kept whole rather than lost
    let number = if number == BLANK && kind == BLANK { Value::Text { text: notice } } else { number };
    vec![Some(number), Some(kind), Some(issuer)]
}

/// The note beside carries other things too, so words without a type are only a note.
fn register_type(text: &str, register: Register) -> Vec<Option<Value>> {
    let folded = fold(text);
    let spelled = lists::register_types().spellings().filter(|(s, _)| s.len() > 4 && folded.contains(&fold(s)));
    let sense = spelled.max_by_key(|(s, _)| s.len()).and_then(|(_, m)| m.code);
    let code = sense.and_then(|s| lists::register_type_code(register, s));
    vec![Some(code.map_or(BLANK, |c| Value::Listed { text: c.to_owned() })), said(Some(text.to_owned()))]
}
