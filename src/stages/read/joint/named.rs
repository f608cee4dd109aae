//! What the file name claims speaks as one more, weak, witness: people name scans by what they read on the page.

use super::{Config, digits_fact, heard, told};
use crate::domain::register_number::parse_register_number;
use crate::domain::{BookHint, Reading, SlotKind};
use crate::stages::read::EntryPictures;

/// The import's key of the day of registration.
const REGISTERED: &str = "ngayDangKy";

/// Holds number and day of registration against the file's name. A page with several entries has one name: only its
/// first entry can be meant.
pub(super) fn listen(entry: &EntryPictures, readings: &mut [Option<Reading>], config: &Config) {
    if entry.id.ordinal > 0 {
        return;
    }
    let date = |text: &str| digits_fact(text, &config.dates);
    for ((slot, _), reading) in entry.slots.iter().zip(readings) {
        let Some(read) = reading else { continue };
        let (claim, fact): (_, &super::Fact) = match slot.kind {
            SlotKind::RegisterNumber => (claimed_number(entry.hint), &number),
            SlotKind::Date if slot.key == REGISTERED => (entry.hint.date.clone(), &date),
            _ => continue,
        };
        if claim.is_some() {
            let told = told(read, slot.kind, fact, config);
            *reading = Some(heard(read, &told, &[(claim, config.name_right)], (config.name_differs, 0.0)));
        }
    }
}

fn number(text: &str) -> Option<String> {
    parse_register_number(text).map(|n| n.number.to_string())
}

fn claimed_number(hint: &BookHint) -> Option<String> {
    hint.number.as_deref().and_then(number)
}
