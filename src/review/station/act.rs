//! What a posted form says of a field, and the line of the audit that it becomes.

use super::decide::Loaded;
use super::{Station, Visit};
use crate::domain::{Act, Decision, Shown, Step};
use crate::stages::extract::value_of_field_text;

/// The longest margin notes have some 300 letters.
const LONGEST_TEXT: usize = 500;
/// Longer than anybody looks at one field.
const LONGEST_SECONDS: f32 = 3600.0;

impl Station {
    /// A typed text, a kind of nothing, or another scan: what every page offers. With the text that it leaves.
    pub(super) fn plain_act(&self, act: &str, text: &str, loaded: &Loaded) -> Option<(Act, String)> {
        let act = match act {
            "blank" => Act::Blank,
            "illegible" => Act::Illegible,
            "struck-out" => Act::StruckOut,
            "rescan" => Act::Rescan,
            "type" => return self.typed(text, loaded),
            _ => return None,
        };
        Some((act, String::new()))
    }

    fn typed(&self, text: &str, loaded: &Loaded) -> Option<(Act, String)> {
        let text = crate::domain::text::normalise(text);
        let (kind, register) = (loaded.field().kind, loaded.checked.entry.register);
        let value = value_of_field_text(kind, &text, register, &self.config.extract);
        (1..=LONGEST_TEXT).contains(&text.chars().count()).then_some((Act::Type { value }, text))
    }
}

/// A decision on a field, with the picture that was shown; what else was shown is for the page to add.
pub(super) fn decision_on(visit: &Visit<'_>, loaded: &Loaded, step: Step, (act, to): (Act, String)) -> Decision {
    let (field, entry) = (loaded.field(), loaded.checked.entry.id);
    let (at, who) = visit.signed();
    Decision {
        at,
        who,
        step,
        entry,
        key: field.key.clone(),
        act,
        from: field.value.text(),
        to,
        note: String::new(),
        seconds: seconds(visit),
        shown: Shown {
            reading: None,
            reasons: Vec::new(),
            confidence: field.confidence.get(),
            sheet: format!("{}-{}", entry.page, entry.part),
            reader: field.reading.as_ref().map(|reading| reading.reader.clone()).unwrap_or_default(),
            alternatives: Vec::new(),
            together: 1,
        },
    }
}

/// From showing to deciding, as the page measured it.
fn seconds(visit: &Visit<'_>) -> f32 {
    let seconds: f32 = visit.request.form.get("seconds").parse().unwrap_or(0.0);
    if seconds.is_finite() { seconds.clamp(0.0, LONGEST_SECONDS) } else { 0.0 }
}
