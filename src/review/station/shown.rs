//! Parts that several pages show: a slot's picture, the other fields of its entry.

use super::Work;
use super::decide::Loaded;
use crate::domain::settlement::Source;
use crate::domain::{EntryId, PageSpace, Rect, SlotKind, Step};
use crate::review::desk::Stand;
use crate::review::names::field_name;
use crate::review::pages::{Neighbour, Picture};
use crate::review::words::{self, Language};

/// Around the slot, sheet pixels: the label to the left, half a line above and below.
const BESIDE: i64 = 220;
const AROUND: i64 = 34;

/// Where the browser gets an entry's sheet.
pub(super) fn sheet_address(entry: EntryId) -> String {
    format!("/sheet/{}-{}.jpg", entry.page, entry.part)
}

/// A slot with its surroundings.
pub(super) fn picture(sheet: String, slot: Rect<PageSpace>, (width, height): (u32, u32)) -> Picture {
    let (left, top) = (slot.left as i64, slot.top as i64);
    let size = ((slot.right - slot.left) as i64, (slot.bottom - slot.top) as i64);
    let (x, y) = ((left - BESIDE).max(0), (top - AROUND).max(0));
    let right = (left + size.0 + BESIDE).min(i64::from(width));
    let bottom = (top + size.1 + AROUND).min(i64::from(height));
    let view = (x, y, (right - x).max(1), (bottom - y).max(1));
    Picture { sheet, width, height, slot: (left, top, size.0, size.1), view }
}

/// Whether a field waits for a person who must not see what was read or decided before.
pub(super) fn must_stay_hidden(work: &Work, entry: EntryId, key: &str) -> bool {
    work.desk.stand_of(&format!("{entry}.{key}")) == Some(Stand::Open(Step::Second))
}

/// A field's value as it stands; hidden where somebody is still to decide it blind.
pub(super) fn value_in_words(work: &Work, loaded: &Loaded, at: usize, l: Language) -> String {
    let field = &loaded.settled.checked.entry.fields[at];
    match loaded.settled.sources[at] {
        Source::People(_) => words::decided(&field.value, l),
        Source::Nobody if must_stay_hidden(work, loaded.checked.entry.id, &field.key) => "…".to_owned(),
        Source::Machine | Source::Nobody => field.value.text(),
    }
}

/// The other fields of the entry; the field's own value is left out, because it would tell a blind key what was read.
pub(super) fn neighbours(work: &Work, loaded: &Loaded, l: Language) -> Vec<Neighbour> {
    let fields = loaded.settled.checked.entry.fields.iter().enumerate().zip(&loaded.settled.sources);
    fields
        .filter(|((_, field), _)| field.kind != SlotKind::Signature)
        .map(|((at, field), source)| {
            let class = match source {
                _ if at == loaded.at => "now",
                Source::People(_) => "done",
                Source::Nobody => "open",
                Source::Machine => "",
            };
            let text = if at == loaded.at { "…".to_owned() } else { value_in_words(work, loaded, at, l) };
            Neighbour { name: field_name(&field.key, l), text, class }
        })
        .collect()
}
