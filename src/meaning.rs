//! Text → values, by kind. The one place that decides what a kind's text means.

use crate::domain::absence::states_unknown;
use crate::domain::date::{DateLimits, WrittenDate, parse_date};
use crate::domain::date_words::from_words;
use crate::domain::id_number::parse_id;
use crate::domain::person_name::parse_name;
use crate::domain::register_number::{parse_ordinal, parse_page_number, parse_register_number};
use crate::domain::text::{compare_key, fold};
use crate::domain::time_of_death::parse_time_of_death;
use crate::domain::{Absence, DatePrecision, DateValue, PlaceUnit, Register, SlotKind, Value};
use crate::lists::{self, ClosedList, Match};

/// The values of a slot's fields, in the order of its keys: a signer gives name and title, a time of death time and date,
/// an ID slot number, date and place of issue, a death notice number, kind and issuer, a register type its code and the words.
#[must_use]
pub fn values(kind: SlotKind, text: &str, register: Register, dates: &DateLimits) -> Vec<Value> {
    let known = match kind {
        SlotKind::PageNumber => vec![parse_page_number(text).map(|n| number(n, text))],
        SlotKind::RegisterNumber => vec![parse_register_number(text).map(|n| number(n.number, &n.text))],
        SlotKind::PersonName => vec![said(parse_name(text).filter(|_| !states_unknown(text)))],
        SlotKind::Sex => vec![listed(lists::sexes(), text)],
        SlotKind::Date => vec![date(text, dates)],
        SlotKind::DateWords => vec![from_words(text, dates).ok().and_then(|_| said(Some(text.to_owned())))],
        SlotKind::TimeOfDeath => time_of_death(text, dates),
        SlotKind::EthnicGroup => vec![listed(lists::ethnic_groups(), text)],
        SlotKind::Country => vec![listed(lists::countries(), text)],
        SlotKind::Place => vec![place(text)],
        SlotKind::IdNumber => id_number(text, dates),
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

/// What a text of a slot states, one key a part: texts with the same keys say the same in other letters ("05/3/2008" and
/// "5/3/2008", "VN" and "Việt Nam", "HOÀ" and "Hòa"). For comparison only.
#[must_use]
pub fn sense(kind: SlotKind, text: &str, dates: &DateLimits) -> Vec<String> {
    match kind {
        // its code depends on the register: here the words count
        SlotKind::RegisterType => vec![compare_key(text)],
        // two spellings of one unit are two texts: to look the unit up would change nothing
        SlotKind::Place if !states_unknown(text) => vec![compare_key(text)],
        _ => values(kind, text, Register::Ks, dates).iter().map(key_of).collect(),
    }
}

/// The same for each part of a composite slot, `None` for a part that the text does not hold; nothing for other kinds.
#[must_use]
pub fn part_keys(kind: SlotKind, text: &str, dates: &DateLimits) -> Vec<Option<String>> {
    // births know every type of registration
    let values = values(kind, text, Register::Ks, dates);
    let key = |value: &Value| (!matches!(value, Value::Nothing { .. })).then(|| key_of(value));
    if values.len() > 1 { values.iter().map(key).collect() } else { Vec::new() }
}

/// What a value states, in a form that can be compared.
#[must_use]
pub fn key_of(value: &Value) -> String {
    match value {
        // what no parser understands says only its own letters, and never what a value says
        Value::Unparsed { text } => format!("?{text}"),
        Value::Nothing { absence } => format!("-{absence:?}"),
        Value::Number { number, .. } => number.to_string(),
        Value::Text { text } | Value::Place { text, .. } | Value::Listed { text } => compare_key(text),
        Value::Date { text, .. } => text.clone(),
        Value::Time { .. } => value.text(),
    }
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

fn date(text: &str, dates: &DateLimits) -> Option<Value> {
    match parse_date(text, dates).ok()? {
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

fn time_of_death(text: &str, dates: &DateLimits) -> Vec<Option<Value>> {
    let Ok(parsed) = parse_time_of_death(text, dates) else { return vec![None, None] };
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

fn id_number(text: &str, dates: &DateLimits) -> Vec<Option<Value>> {
    let Some(paper) = parse_id(text, dates) else { return vec![None, Some(BLANK), Some(BLANK)] };
    let issued = paper.issued.map_or(BLANK, dated);
    let issuer = paper.issuer.map_or(BLANK, |text| Value::Text { text });
    vec![Some(Value::Text { text: paper.number }), Some(issued), Some(issuer)]
}

fn signer(text: &str) -> Vec<Option<Value>> {
    let signer = lists::split_signer(text);
    let title = signer.title.map_or(BLANK, |t| Value::Listed { text: t.text.to_owned() });
    vec![said(signer.name), Some(title)]
}

/// "Giấy báo tử số 12/GBT do BV …", "Số 20 - Giấy báo tử Trạm y tế xã": the word with a digit is its number, the words of
/// its kind its kind, and who comes after "do", or else is left at the end, issued it.
fn death_notice(text: &str) -> Vec<Option<Value>> {
    if states_unknown(text) {
        return vec![None; 3];
    }
    let words: Vec<&str> = text.split(' ').collect();
    let by = words.iter().position(|w| fold(w) == "do");
    let notice = &words[..by.unwrap_or(words.len())];
    let number = notice.iter().position(|w| w.chars().any(|c| c.is_ascii_digit()));
    let spelled = longest(lists::death_notices(), notice);
    let kind = spelled.as_ref().and_then(|(code, _)| *code);
    let kind = kind.map_or(BLANK, |code| Value::Listed { text: code.to_owned() });
    let issuer = match (by, &spelled) {
        (Some(by), _) => words[by + 1..].join(" "),
        (None, Some((_, place))) => {
            let rest = &notice[place.end..];
            rest[number.map_or(0, |n| (n + 1).saturating_sub(place.end)).min(rest.len())..].join(" ")
        }
        (None, None) => String::new(),
    };
    let issuer = some_text(issuer.trim_matches(EDGES));
    // free text with neither number nor kind is kept whole rather than lost
    let number = match number {
        Some(at) => Value::Text { text: notice[at].trim_matches([':', ',', '.']).to_owned() },
        None if kind == BLANK => Value::Text { text: notice.join(" ") },
        None => BLANK,
    };
    vec![Some(number), Some(kind), Some(issuer)]
}

/// What stands between the parts of a composite slot.
const EDGES: [char; 8] = [' ', '-', '–', ',', ';', ':', '.', '/'];

fn some_text(text: &str) -> Value {
    if text.is_empty() { BLANK } else { Value::Text { text: text.to_owned() } }
}

/// The longest spelling of a list's members that stands in `words`: its code and which words it is.
fn longest(list: &'static ClosedList, words: &[&str]) -> Option<(Option<&'static str>, std::ops::Range<usize>)> {
    let bare = |word: &str| fold(word.trim_matches(EDGES));
    let words: Vec<String> = words.iter().map(|w| bare(w)).collect();
    let spellings = list.spellings().filter(|(s, _)| s.chars().count() > 3);
    let found = spellings.filter_map(|(spelling, member)| {
        let sought: Vec<String> = spelling.split(' ').map(bare).collect();
        let at = words.windows(sought.len()).position(|w| w == sought)?;
        Some((spelling.len(), member.code, at..at + sought.len()))
    });
    found.max_by_key(|(length, ..)| *length).map(|(_, code, place)| (code, place))
}

/// Code of the type, and the note: what stands there besides the words of the type.
fn register_type(text: &str, register: Register) -> Vec<Option<Value>> {
    let words: Vec<&str> = text.split(' ').collect();
    let found = longest(lists::register_types(), &words)
        .and_then(|(sense, place)| Some((lists::register_type_code(register, sense?)?, place)));
    let Some((code, place)) = found else { return vec![Some(BLANK), said(Some(text.to_owned()))] };
    let before = words[..place.start].join(" ");
    let after = words[place.end..].join(" ");
    let parts = [before.trim_matches(EDGES), after.trim_matches(EDGES)];
    let note = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    vec![Some(Value::Listed { text: code.to_owned() }), Some(some_text(&note))]
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATES: DateLimits = DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 };

    fn same(kind: SlotKind, a: &str, b: &str) -> bool {
        sense(kind, a, &DATES) == sense(kind, b, &DATES)
    }

    #[test]
    fn other_letters_for_the_same_state_the_same() {
        assert!(same(SlotKind::Date, "05/3/2008", "5-03-2008"));
        assert!(same(SlotKind::Country, "VN", "Việt Nam"));
        assert!(same(SlotKind::RegisterNumber, "07", "7"));
        assert!(same(SlotKind::PersonName, "TRẦN VĂN HOÀ", "Trần Văn Hòa"));
    }

    #[test]
    fn other_days_names_and_numbers_state_something_else() {
        assert!(!same(SlotKind::Date, "5/3/2008", "5/8/2008"));
        assert!(!same(SlotKind::Date, "3/2008", "2008"));
        assert!(!same(SlotKind::PersonName, "Trần Văn Hòa", "Trần Văn Hoa"));
        assert!(!same(SlotKind::IdNumber, "321456789", "321456780"));
    }

    #[test]
    fn a_composite_slot_states_each_of_its_parts_and_others_have_none() {
        let keys = |kind, text| part_keys(kind, text, &DATES);
        let [name, title] = &keys(SlotKind::Signer, "Lê Văn Ba - Chủ tịch")[..] else { panic!("two parts") };
        assert!(name.is_some() && title.is_some());
        assert_eq!(keys(SlotKind::Signer, "LÊ VĂN BA"), [name.clone(), None]);
        assert_eq!(keys(SlotKind::PersonName, "Lê Văn Ba"), []);
        assert_ne!(keys(SlotKind::RegisterType, "Quá hạn"), keys(SlotKind::RegisterType, "Đúng hạn"));
    }

    #[test]
    fn what_no_parser_understands_states_only_its_own_letters() {
        assert!(!same(SlotKind::Date, "5/g/2008", "5/3/2008"));
        assert!(same(SlotKind::Date, "5/g/2008", "5/g/2008"));
        assert!(!same(SlotKind::Date, "5/g/2008", "5/h/2008"));
    }
}
