//! Two entries that are one act: what is blank in the one and written in the other.

use crate::domain::settlement::{SettledEntry, Source, same_value};
use crate::domain::{Absence, Field, Finding, Ink, Reason, Severity, Value};

/// The parts say different things.
pub const DIFFER: &str = "parts-differ";
/// A part still waits.
pub const WAITS: &str = "part-waits";

/// Puts in what is written in a part. A value of the entry's own stays; where the machine read it, a person has to
/// choose between the two.
pub(super) fn join(whole: &mut SettledEntry, part: &SettledEntry) {
    let same_scan = whole.checked.entry.id.page == part.checked.entry.id.page;
    let written = part.checked.entry.fields.iter().zip(&part.sources).filter(|(field, _)| !is_blank(field));
    for (theirs, source) in written {
        let Some(at) = whole.checked.entry.fields.iter().position(|own| own.key == theirs.key) else { continue };
        let own = &whole.checked.entry.fields[at];
        let rule = match (is_blank(own), source, &whole.sources[at]) {
            (true, Source::Nobody, _) => WAITS,
            (true, Source::Machine | Source::People(_), _) => {
                let required = own.required;
                // a place on another scan is none on this one
                let place = if same_scan { theirs.place.clone() } else { Vec::new() };
                whole.checked.entry.fields[at] = Field { required, place, ..theirs.clone() };
                whole.verdict.fields[at].queued.clear();
                whole.sources[at] = source.clone();
                continue;
            }
            (false, Source::Machine | Source::People(_), Source::Machine) if !same_value(&own.value, &theirs.value) => {
                DIFFER
            }
            (false, ..) => continue,
        };
        let queued = &mut whole.verdict.fields[at].queued;
        queued.push(Reason::Finding { rule: rule.to_owned() });
        whole.sources[at] = Source::Nobody;
        if rule == DIFFER {
            whole.raised.entry(theirs.key.clone()).or_default().push(rule.to_owned());
        }
    }
    whole.count_record();
}

/// Says what a person has to choose between.
pub(super) fn note(whole: &mut SettledEntry) {
    for (key, rules) in &whole.raised {
        if rules.iter().any(|rule| rule == DIFFER) {
            whole.checked.findings.push(Finding {
                rule: DIFFER.to_owned(),
                severity: Severity::Warning,
                fields: vec![key.clone()],
                message: "Hai phần của trường hợp ghi khác nhau.".to_owned(),
                proposal: None,
            });
        }
    }
}

/// Whether a slot holds nothing, by whoever's word.
#[must_use]
pub fn is_blank(field: &Field) -> bool {
    field.ink == Ink::Blank || matches!(field.value, Value::Nothing { absence: Absence::Blank })
}
