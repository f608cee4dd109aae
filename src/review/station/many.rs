//! Many fields of one kind with the same reading, side by side: wrong ones picked out, the rest confirmed.

use std::collections::BTreeMap;

use sohoa_chain::hash_of;
use sohoa_http::Response;

use super::{Station, Visit, Work, not_found, note};
use crate::domain::settlement::Keys;
use crate::domain::{Act, Decision, SlotKind};
use crate::review::desk::{Desk, Refusal};
use crate::review::filter::Filter;
use crate::review::item::Item;
use crate::review::pages::{Chosen, Count, Many, Small, page};
use crate::review::words::{self, Language};
use crate::store::StoreError;

/// Fewer are decided one by one.
const LEAST: usize = 4;
/// What fits on a screen or two: every picture has to be looked at.
const AT_ONCE: usize = 24;
/// Shown around a slot, sheet pixels.
const AROUND: i64 = 12;
/// Groups named beside the queue.
const GROUPS: usize = 10;

/// Kinds whose values many entries share, and which a glance at a picture tells apart.
fn alike(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::Sex
            | SlotKind::EthnicGroup
            | SlotKind::Country
            | SlotKind::Relation
            | SlotKind::RegisterType
            | SlotKind::MaritalStatus
            | SlotKind::Ordinal
            | SlotKind::Signer
            | SlotKind::Place
    )
}

/// A group's name in addresses: no text of a field gets there.
fn group_of(item: &Item) -> String {
    hash_of(&format!("{:?}\n{}", item.kind, item.text))[..16].to_owned()
}

fn belongs(item: &Item, filter: &Filter, desk: &Desk) -> bool {
    alike(item.kind) && !item.text.is_empty() && desk.keys_of(item) == Keys::One && filter.lets(item)
}

/// The largest groups, for the queue page.
pub(super) fn groups(desk: &Desk, filter: &Filter, who: &str, l: Language) -> Vec<Count> {
    let open = desk.open_first(who, |item| belongs(item, filter, desk), usize::MAX);
    let mut groups: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (at, _) in open {
        let item = desk.item(at);
        let name = || format!("{} ({})", item.text, words::kind(item.kind, l));
        groups.entry(group_of(item)).or_insert_with(|| (name(), 0)).1 += 1;
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, (_, count))| *count >= LEAST).collect();
    groups.sort_by(|(a, (_, m)), (b, (_, n))| n.cmp(m).then_with(|| a.cmp(b)));
    let link = |group: &str| {
        let query = filter.query();
        format!("/many{}group={group}", if query.is_empty() { "?".to_owned() } else { format!("{query}&") })
    };
    let line =
        |(group, (name, open)): (String, (String, usize))| Count { link: link(&group), name, open, chosen: Chosen::No };
    groups.into_iter().take(GROUPS).map(line).collect()
}

impl Station {
    pub(super) fn show_many(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, frame) = (self.work(), &visit.frame);
        let (filter, group) = (Filter::of(&visit.request.query), visit.request.query.get("group"));
        let test = |item: &Item| belongs(item, &filter, &work.desk) && group_of(item) == group;
        let all = work.desk.open_first(&frame.who, test, usize::MAX);
        let queue = format!("/queue{}", filter.query());
        let Some((first, _)) = all.first() else {
            let title = frame.l.pick("Nhóm này đã xong.", "This group is done.");
            return Ok(note(frame.clone(), 200, title, "", queue));
        };
        let first = work.desk.item(*first);
        let shown = all.iter().take(AT_ONCE).map(|(at, seen)| self.small(&work, *at, *seen));
        let small = shown.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let many = Many {
            f: frame.clone(),
            text: first.text.clone(),
            kind: words::kind(first.kind, frame.l),
            count: all.len(),
            group: group.to_owned(),
            small,
            filter,
            queue,
        };
        Ok(page(200, &many))
    }

    /// One of many; nothing where the page tells no place.
    fn small(&self, work: &Work, at: usize, seen: u64) -> Result<Option<Small>, StoreError> {
        let Some(loaded) = self.load(work, at)? else { return Ok(None) };
        let Some((slot, _)) = loaded.view().place(&loaded.facts) else { return Ok(None) };
        let (left, top) = (slot.left.max(0.0) as i64, slot.top.max(0.0) as i64);
        let (wide, high) = ((slot.right - slot.left) as i64, (slot.bottom - slot.top) as i64);
        let cut = &self.config.outputs;
        Ok(Some(Small {
            item: work.desk.item(at).name(),
            seen,
            corner: ((left - i64::from(cut.crop_beside)).max(0), (top - i64::from(cut.crop_around)).max(0)),
            view: (left - AROUND, top - AROUND, wide + 2 * AROUND, high + 2 * AROUND),
        }))
    }

    pub(super) fn take_many(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form) = (self.work(), &visit.request.form);
        let (filter, group) = (Filter::of(form), form.get("group"));
        let wrong: Vec<&str> = form.all("wrong").collect();
        let shown: Vec<&str> = form.all("item").take(AT_ONCE).collect();
        let right = shown.iter().filter_map(|text| text.rsplit_once('~')).filter(|(name, _)| !wrong.contains(name));
        let mut made = Vec::new();
        for (name, seen) in right {
            let Some(at) = work.desk.find(name) else { return Ok(not_found()) };
            if !belongs(work.desk.item(at), &filter, &work.desk) || group_of(work.desk.item(at)) != group {
                return Ok(Response::text(400, "not of this group"));
            }
            made.extend(self.accepted(visit, &work, at, seen.parse().unwrap_or(u64::MAX), shown.len())?);
        }
        if !made.is_empty() {
            match work.desk.decide(&self.store, visit.frame.role, &made) {
                Ok(_) | Err(Refusal::Overtaken | Refusal::NotYours) => {}
                Err(Refusal::Unknown) => return Ok(not_found()),
                Err(Refusal::Store(error)) => return Err(error),
            }
        }
        // what was picked out is decided at once, one by one, before it is forgotten
        if let Some(name) = wrong.first().filter(|name| work.desk.find(name).is_some()) {
            let query = filter.query();
            let start = if query.is_empty() { "?".to_owned() } else { format!("{query}&") };
            return Ok(Response::see(&format!("/decide{start}item={}", sohoa_http::encode(name))));
        }
        let query = filter.query();
        let start = if query.is_empty() { "?".to_owned() } else { format!("{query}&") };
        Ok(Response::see(&format!("/many{start}group={}", sohoa_http::encode(group))))
    }

    /// The reading of one of many, accepted; nothing if somebody else has it or decided it.
    fn accepted(
        &self,
        visit: &Visit<'_>,
        work: &Work,
        at: usize,
        seen: u64,
        together: usize,
    ) -> Result<Option<(usize, u64, Decision)>, StoreError> {
        let Some(case) = work.desk.take(at, &visit.frame.who, visit.frame.role) else { return Ok(None) };
        let Some(loaded) = self.load(work, at)? else { return Ok(None) };
        let act = Act::Accept { value: loaded.field().value.clone() };
        let to = loaded.view().reading();
        let mut decision = self.decision(visit, &loaded, &case, (act, to));
        decision.shown.together = u32::try_from(together).unwrap_or(u32::MAX);
        decision.seconds /= together.max(1) as f32;
        Ok(Some((at, seen, decision)))
    }

    /// The review picture of an item, as the run left it.
    pub(super) fn crop(&self, name: &str) -> Response {
        let work = self.work();
        let item = name.strip_suffix(".jpg").and_then(|name| work.desk.find(name)).map(|at| work.desk.item(at));
        let file = item.and_then(|item| {
            std::fs::read(self.store.folder().crops().join(format!("{}-{}.jpg", item.entry, item.slot))).ok()
        });
        file.map_or_else(not_found, |bytes| {
            Response::new(200, "image/jpeg", bytes).with("Cache-Control", "private, max-age=900")
        })
    }
}
