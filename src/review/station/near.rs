//! The same field in the entries before and after, for comparison: numbers run on, dates rise, one clerk has one hand.

use sohoa_http::Response;

use super::shown::value_in_words;
use super::{Station, Visit, not_found};
use crate::review::desk::{Known, Place};
use crate::review::pages::{Near, Nearby, page};
use crate::review::words::Language;
use crate::store::StoreError;

impl Station {
    /// Asked for by the decide page after it is shown, so that no decision waits for it.
    pub(super) fn show_near(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, l) = (self.work(), visit.frame.l);
        let item = visit.request.query.get("item");
        let Some((entry, key)) = item.split_once('.') else { return Ok(not_found()) };
        let Some(known) = work.desk.entry(entry) else { return Ok(not_found()) };
        let mut nearby = Vec::new();
        for (other, place) in work.desk.near(known, key) {
            let Some(loaded) = self.load_field(other.id, other.result, key)? else { continue };
            nearby.push(Nearby {
                entry: other.id.to_string(),
                title: title(other, place, l),
                text: value_in_words(&work, &loaded, loaded.at, l),
                picture: loaded.picture(),
            });
        }
        Ok(page(200, &Near { l, nearby }))
    }
}

fn title(other: &Known, place: Place, l: Language) -> String {
    let place = match place {
        Place::Before => l.pick("trước", "before"),
        Place::After => l.pick("sau", "after"),
    };
    if other.number.is_empty() { place.to_owned() } else { format!("{place} · {}", other.number) }
}
