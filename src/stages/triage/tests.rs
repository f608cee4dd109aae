use super::*;
use crate::domain::{BookHint, DraftEntry, EntryId, PageId, Register, Sha256};

fn config() -> Config {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline.toml")).expect("readable");
    let all: toml::Table = toml::from_str(&text).expect("toml");
    all["triage"].clone().try_into().expect("section")
}

fn field(confidence: f32) -> Field {
    Field {
        key: "nksHoTen".to_owned(),
        kind: SlotKind::PersonName,
        slot: "nksHoTen".to_owned(),
        required: true,
        ink: Ink::Written,
        as_written: "Trần Văn An".to_owned(),
        value: Value::Text { text: "Trần Văn An".to_owned() },
        confidence: Confidence::new(confidence),
        proposal: None,
        reading: None,
        place: Vec::new(),
    }
}

fn entry(fields: Vec<Field>, findings: Vec<Finding>) -> CheckedEntry {
    let id = EntryId { page: PageId { file: Sha256([0; 32]), index: 0 }, part: 0, ordinal: 0 };
    let (layout, hint) = ("ks-2006".to_owned(), BookHint::default());
    CheckedEntry { entry: DraftEntry { id, layout, register: Register::Ks, hint, fields }, findings }
}

fn verdict(fields: Vec<Field>, findings: Vec<Finding>) -> Verdict {
    triage(&entry(fields, findings), &config())
}

fn finding(severity: Severity) -> Finding {
    Finding {
        rule: "name-odd".to_owned(),
        severity,
        fields: vec!["nksHoTen".to_owned()],
        message: String::new(),
        proposal: None,
    }
}

#[test]
fn a_field_at_its_threshold_is_accepted_and_just_below_it_is_queued() {
    let limit = config().threshold.person_name;
    assert!(verdict(vec![field(limit)], vec![]).is_record);
    let below = verdict(vec![field(limit - 0.001)], vec![]);
    assert!(!below.is_record);
    assert!(matches!(below.fields[0].queued[..], [Reason::LowConfidence { .. }]));
}

#[test]
fn a_warning_queues_the_fields_it_names_and_a_note_does_not() {
    assert!(verdict(vec![field(1.0)], vec![finding(Severity::Note)]).is_record);
    let warned = verdict(vec![field(1.0)], vec![finding(Severity::Warning), finding(Severity::Warning)]);
    assert_eq!(warned.fields[0].queued, [Reason::Finding { rule: "name-odd".to_owned() }]);
    assert!(!warned.is_record);
}

#[test]
fn a_blank_field_stops_a_record_only_where_it_is_required() {
    let blank = |required| {
        let value = Value::Nothing { absence: Absence::Blank };
        Field { ink: Ink::Blank, value, as_written: String::new(), required, key: "x".to_owned(), ..field(0.0) }
    };
    assert!(verdict(vec![field(1.0), blank(false)], vec![]).is_record);
    let open = verdict(vec![field(1.0), blank(true)], vec![]);
    assert_eq!((open.is_record, &open.fields[1].queued[..]), (false, &[Reason::RequiredBlank][..]));
}

#[test]
fn the_kinds_of_nothing_give_different_reasons() {
    let with = |ink, value| verdict(vec![Field { ink, value, ..field(1.0) }], vec![]).fields[0].queued.clone();
    let nothing = |absence| Value::Nothing { absence };
    assert_eq!(with(Ink::Corrected, Value::Text { text: "Lan".to_owned() }), [Reason::Corrected]);
    assert_eq!(with(Ink::RunsOver, Value::Text { text: "Lan".to_owned() }), [Reason::RunsOver]);
    assert_eq!(with(Ink::StruckOut, nothing(Absence::StruckOut)), [Reason::StruckOut]);
    assert_eq!(with(Ink::Illegible, nothing(Absence::Illegible)), [Reason::Illegible]);
    assert_eq!(with(Ink::Written, Value::Unparsed { text: "?".to_owned() }), [Reason::NotInForm]);
    assert_eq!(with(Ink::Written, nothing(Absence::StatedUnknown)), []);
}

#[test]
fn an_entry_without_any_writing_is_no_record() {
    let value = Value::Nothing { absence: Absence::Blank };
    assert!(!verdict(vec![Field { required: false, ink: Ink::Blank, value, ..field(1.0) }], vec![]).is_record);
}

#[test]
fn an_optional_field_in_doubt_does_not_hold_up_the_record() {
    let doubt = Field { required: false, key: "ghiChu".to_owned(), ..field(0.1) };
    let told = verdict(vec![field(1.0), doubt], vec![]);
    assert!(told.is_record && !told.fields[1].queued.is_empty());
}

#[test]
fn a_title_that_is_missing_beside_a_doubtful_name_is_queued_and_an_issuer_beside_a_number_is_not() {
    let part = |kind, confidence| {
        let value = Value::Nothing { absence: Absence::Blank };
        let field = Field { kind, value, required: false, ..field(confidence) };
        verdict(vec![field], vec![]).fields[0].queued.len()
    };
    assert_eq!((part(SlotKind::Signer, 0.5), part(SlotKind::Signer, 1.0)), (1, 0));
    assert_eq!(part(SlotKind::FreeText, 0.5), 0);
}
