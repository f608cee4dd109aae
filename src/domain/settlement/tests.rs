use super::*;
use crate::domain::{DraftEntry, EntryId, Field, PageId, Reason, Register, Sha256, Shown, VerdictedField};

fn text(text: &str) -> Value {
    Value::Text { text: text.to_owned() }
}

fn decision(who: &str, step: Step, act: Act) -> Decision {
    let to = act.value().map(|value| value.text()).unwrap_or_default();
    Decision {
        at: String::new(),
        who: who.to_owned(),
        step,
        entry: EntryId { page: PageId { file: Sha256([1; 32]), index: 0 }, part: 0, ordinal: 0 },
        key: "nksHoTen".to_owned(),
        act,
        from: String::new(),
        to,
        note: String::new(),
        seconds: 1.0,
        shown: Shown::default(),
    }
}

fn typed(who: &str, what: &str) -> Decision {
    decision(who, Step::First, Act::Type { value: text(what) })
}

fn stands(decisions: &[Decision], keys: Keys) -> Standing {
    standing(&decisions.iter().collect::<Vec<_>>(), keys)
}

fn settled_as(decisions: &[Decision], keys: Keys) -> Option<String> {
    match stands(decisions, keys) {
        Standing::Settled { as_written, .. } => Some(as_written),
        Standing::Open(_) | Standing::Rescan => None,
    }
}

#[test]
fn one_key_settles_and_a_later_one_replaces_it() {
    assert_eq!(stands(&[], Keys::One), Standing::Open(Step::First));
    assert_eq!(settled_as(&[typed("lan", "An")], Keys::One).as_deref(), Some("An"));
    assert_eq!(settled_as(&[typed("lan", "An"), typed("minh", "Ân")], Keys::One).as_deref(), Some("Ân"));
}

#[test]
fn two_keys_need_two_people_who_agree() {
    assert_eq!(stands(&[typed("lan", "Lê Hoà")], Keys::Two), Standing::Open(Step::Second));
    let same = [typed("lan", "Lê Hoà"), typed("minh", "LÊ HÒA")];
    assert_eq!(settled_as(&same, Keys::Two).as_deref(), Some("Lê Hoà"), "the first spelling, tone and case aside");
    let own = [typed("lan", "Lê Hoà"), typed("lan", "Lê Hoà")];
    assert_eq!(stands(&own, Keys::Two), Standing::Open(Step::Second), "the same person twice is one key");
}

#[test]
fn a_third_person_settles_what_two_see_differently() {
    let mut decisions = vec![typed("lan", "Lê Hoa"), typed("minh", "Lê Hòa")];
    assert_eq!(stands(&decisions, Keys::Two), Standing::Open(Step::Third));
    decisions.push(typed("tam", "Lê Hỏa"));
    assert_eq!(settled_as(&decisions, Keys::Two).as_deref(), Some("Lê Hỏa"));
}

#[test]
fn blank_and_illegible_are_different_answers() {
    let blank = decision("lan", Step::First, Act::Blank);
    let illegible = decision("minh", Step::Second, Act::Illegible);
    assert_eq!(stands(&[blank.clone(), illegible], Keys::Two), Standing::Open(Step::Third));
    let again = decision("minh", Step::Second, Act::Blank);
    assert!(matches!(stands(&[blank, again], Keys::Two), Standing::Settled { .. }));
}

#[test]
fn an_undo_takes_back_the_own_last_decision_only() {
    let undo = |who| decision(who, Step::First, Act::Undo);
    assert_eq!(stands(&[typed("lan", "An"), undo("lan")], Keys::One), Standing::Open(Step::First));
    assert_eq!(settled_as(&[typed("lan", "An"), undo("minh")], Keys::One).as_deref(), Some("An"));
    let both = [typed("lan", "An"), typed("minh", "Ân"), undo("lan")];
    assert_eq!(settled_as(&both, Keys::One).as_deref(), Some("Ân"), "somebody else went on from it");
}

#[test]
fn who_is_unsure_or_has_decided_leaves_it_to_others() {
    let unsure = decision("lan", Step::First, Act::Unsure);
    assert_eq!(stands(std::slice::from_ref(&unsure), Keys::One), Standing::Open(Step::First));
    assert!(!may_decide(&[&unsure], "lan"));
    assert!(may_decide(&[&unsure], "minh"));
    let first = typed("lan", "An");
    let back = decision("lan", Step::First, Act::Undo);
    assert!(!may_decide(&[&first], "lan"));
    assert!(may_decide(&[&first, &back], "lan"));
}

#[test]
fn a_rescan_waits_and_an_edit_starts_over() {
    let rescan = decision("lan", Step::First, Act::Rescan);
    assert_eq!(stands(std::slice::from_ref(&rescan), Keys::One), Standing::Rescan);
    let edit = decision("tam", Step::Edit, Act::Type { value: text("Ân") });
    let all = [typed("lan", "An"), typed("minh", "An"), edit];
    assert_eq!(stands(&all, Keys::Two), Standing::Open(Step::Second), "an edit needs its second key too");
    assert_eq!(settled_as(&all, Keys::One).as_deref(), Some("Ân"));
}

fn entry(reasons: &[&[Reason]]) -> (CheckedEntry, Verdict) {
    let field = |n: usize| Field {
        key: format!("f{n}"),
        kind: SlotKind::FreeText,
        slot: format!("f{n}"),
        required: true,
        ink: Ink::Written,
        as_written: format!("đọc {n}"),
        value: text(&format!("đọc {n}")),
        confidence: Confidence::new(0.5),
        proposal: None,
        reading: None,
        place: Vec::new(),
    };
    let entry = DraftEntry {
        id: decision("x", Step::First, Act::Blank).entry,
        layout: "ks-2006".to_owned(),
        register: Register::Ks,
        hint: super::super::BookHint::default(),
        fields: (0..reasons.len()).map(field).collect(),
    };
    let fields = (0..).zip(reasons).map(|(n, why)| VerdictedField { key: format!("f{n}"), queued: why.to_vec() });
    let verdict = Verdict { fields: fields.collect(), is_record: false };
    (CheckedEntry { entry, findings: Vec::new() }, verdict)
}

fn on(key: &str, decision: Decision) -> Decision {
    Decision { key: key.to_owned(), ..decision }
}

#[test]
fn an_entry_becomes_a_record_with_its_last_required_field() {
    let (checked, verdict) = entry(&[&[], &[Reason::Illegible], &[Reason::NotInForm]]);
    let rules = KeyRules::default();
    let one = [on("f1", typed("lan", "An"))];
    let part = settle(checked.clone(), verdict.clone(), &one, &rules, &Raised::new());
    assert!(!part.verdict.is_record);
    let all = [on("f1", typed("lan", "An")), on("f2", decision("lan", Step::First, Act::Illegible))];
    let whole = settle(checked, verdict, &all, &rules, &Raised::new());
    assert!(whole.verdict.is_record);
    let lan = || Source::People(vec!["lan".to_owned()]);
    assert_eq!(whole.sources, [Source::Machine, lan(), lan()]);
    assert_eq!(whole.checked.entry.fields[1].as_written, "An");
    assert_eq!(whole.checked.entry.fields[2].value, Value::Nothing { absence: Absence::Illegible });
}

#[test]
fn a_field_that_waits_for_its_second_key_stays_queued() {
    let (checked, verdict) = entry(&[&[Reason::Illegible]]);
    let rules = KeyRules { two: [SlotKind::FreeText].into() };
    let waiting = settle(checked.clone(), verdict, &[on("f0", typed("lan", "An"))], &rules, &Raised::new());
    assert_eq!((waiting.sources[0].clone(), waiting.verdict.is_record), (Source::Nobody, false));
    assert_eq!(waiting.checked, checked, "nothing half settled is given out");
}

#[test]
fn a_look_at_an_accepted_field_corrects_it_alone() {
    let (checked, verdict) = entry(&[&[]]);
    let rules = KeyRules { two: [SlotKind::FreeText].into() };
    let found = on("f0", decision("lan", Step::Sample, Act::Type { value: text("Ân") }));
    let settled = settle(checked, verdict, &[found], &rules, &Raised::new());
    assert_eq!(settled.checked.entry.fields[0].as_written, "Ân");
}

#[test]
fn after_a_change_in_the_entry_view_those_who_decided_before_are_free_again() {
    let mut decisions = vec![typed("lan", "An"), typed("minh", "An")];
    decisions.push(decision("lan", Step::Edit, Act::Type { value: text("Ân") }));
    let refs: Vec<&Decision> = decisions.iter().collect();
    assert_eq!(standing(&refs, Keys::Two), Standing::Open(Step::Second));
    assert!(may_decide(&refs, "minh"), "an office of two is not stuck");
    assert!(!may_decide(&refs, "lan"), "nobody is two keys");
    decisions.push(decision("lan", Step::Edit, Act::Undo));
    assert_eq!(settled_as(&decisions, Keys::Two).as_deref(), Some("An"), "taken back, the old decisions count again");
}

#[test]
fn a_field_that_waited_for_a_scan_can_be_changed_by_hand() {
    let mut decisions = vec![decision("lan", Step::First, Act::Rescan)];
    assert_eq!(stands(&decisions, Keys::One), Standing::Rescan);
    decisions.push(decision("hoa", Step::Edit, Act::Type { value: text("Ân") }));
    assert_eq!(settled_as(&decisions, Keys::One).as_deref(), Some("Ân"));
}

#[test]
fn what_people_brought_up_needs_two_of_them_and_is_asked_once() {
    let (checked, verdict) = entry(&[&[], &[]]);
    let rules = KeyRules::default();
    let raised = Raised::from([("f0".to_owned(), vec!["odd".to_owned()])]);
    let after = |decisions: &[Decision]| {
        settle(checked.clone(), verdict.clone(), decisions, &rules, &raised).sources[0].clone()
    };
    let edit = on("f0", decision("lan", Step::Edit, Act::Type { value: text("An") }));
    let second = on("f0", decision("tam", Step::Second, Act::Type { value: text("An") }));
    assert_eq!(after(&[]), Source::Nobody, "what the machine had accepted is asked, too");
    assert_eq!(after(std::slice::from_ref(&edit)), Source::Nobody);
    assert_eq!(after(&[edit, second]), Source::People(vec!["lan".to_owned(), "tam".to_owned()]));
    let other = settle(checked.clone(), verdict.clone(), &[], &rules, &raised);
    assert_eq!(other.sources[1], Source::Machine, "a field that nothing was brought up about stays accepted");
}

#[test]
fn once_two_were_asked_one_of_them_does_not_settle_it() {
    let edit = decision("lan", Step::Edit, Act::Type { value: text("An") });
    let second = decision("tam", Step::Second, Act::Type { value: text("Ân") });
    assert_eq!(stands(&[edit.clone(), second.clone()], Keys::One), Standing::Open(Step::Third));
    let third = decision("hoa", Step::Third, Act::Type { value: text("Ân") });
    assert_eq!(settled_as(&[edit, second, third], Keys::One).as_deref(), Some("Ân"));
}

#[test]
fn a_part_keeps_what_is_written_in_it_queued_and_nothing_else() {
    let (mut checked, verdict) = entry(&[&[Reason::RequiredBlank], &[Reason::NotInForm]]);
    checked.entry.fields[0].ink = Ink::Blank;
    let part = settle(checked, verdict, &[], &KeyRules::default(), &Raised::new());
    let part = part.under(Fate::PartOf { of: "x".to_owned() });
    let queued: Vec<usize> = part.verdict.fields.iter().map(|field| field.queued.len()).collect();
    assert_eq!((queued, part.verdict.is_record), (vec![0, 1], false));
}
