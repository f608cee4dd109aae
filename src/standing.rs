//! Where an entry stands: what the machine read, what people decided, and what looks wrong after both.

use crate::config::Config;
use crate::domain::CheckedEntry;
use crate::domain::settlement::{SettledEntry, Source, settle};
use crate::stages::triage::triage;
use crate::stages::validate;
use crate::store::{Store, StoreError};

/// An entry with what people decided in the place of what the machine read, and the findings of these values.
///
/// Who is asked for what stays as the machine's reading had it: a finding that a decision brings about or clears is
/// shown, but asks nobody and lets nothing through.
pub fn standing(store: &Store, checked: CheckedEntry, config: &Config) -> Result<SettledEntry, StoreError> {
    let verdict = triage(&checked, &config.triage);
    let (decisions, fate) = store.said_of(checked.entry.id)?;
    let mut after = settle(checked, verdict, &decisions, &config.review.key_rules()).under(fate);
    if after.sources.iter().any(|source| matches!(source, Source::People(_))) {
        after.checked = validate::again(after.checked, &config.validate);
    }
    Ok(after)
}
