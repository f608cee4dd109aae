//! The typed file as second key: where it differs from the reading, a person sees both and decides.

use crate::domain::settlement::{SettledEntry, Source};
use crate::domain::{CheckedEntry, Finding, Proposal, Reason, Severity, TypedKeys, TypedWord};

/// A file that people typed earlier says something else.
pub(super) const TYPED_DIFFERS: &str = "typed-differs";

/// The same as the reason why a field is asked.
#[must_use]
pub fn typed_differs() -> Reason {
    Reason::Finding { rule: TYPED_DIFFERS.to_owned() }
}

/// What it says of the fields that nobody settled; `checked` is the entry as it was read. What people settled stays
/// settled: they had the page before them.
pub(super) fn doubt(after: &mut SettledEntry, checked: &CheckedEntry, words: Vec<TypedWord>) {
    for word in words {
        let Some(at) = checked.entry.fields.iter().position(|field| field.key == word.key) else { continue };
        let Some(keys) = word.beside(&checked.entry.fields[at]) else { continue };
        if matches!(after.sources[at], Source::People(_)) {
            continue;
        }
        if keys == TypedKeys::Differ {
            after.verdict.fields[at].queued.push(typed_differs());
            after.sources[at] = Source::Nobody;
        }
        after.typed.insert(word.key.clone(), TypedWord { keys, ..word });
    }
    after.count_record();
}

/// Says what the file has; once for each field that waits because of it.
pub(super) fn note(after: &mut SettledEntry) {
    let (findings, queued) = (&mut after.checked.findings, &after.verdict.fields);
    let reason = typed_differs();
    let waits = |word: &&TypedWord| queued.iter().any(|to| to.key == word.key && to.queued.contains(&reason));
    for word in after.typed.values().filter(waits) {
        let finding = Finding {
            rule: TYPED_DIFFERS.to_owned(),
            severity: Severity::Warning,
            fields: vec![word.key.clone()],
            message: format!("Tệp gõ trước đây (dòng {}) ghi: {}", word.row, word.said),
            proposal: Some(Proposal { field: word.key.clone(), text: word.said.clone() }),
        };
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}
