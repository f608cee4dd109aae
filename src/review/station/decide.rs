//! One field: shown, decided, taken back.

use sohoa_http::{Response, encode};

use super::act::decision_on;
use super::change::LONGEST_NOTE;
use super::shown::sheet_address;
use super::{Station, Visit, Work, not_found, note};
use crate::domain::settlement::SettledEntry;
use crate::domain::{Act, CheckedEntry, Decision, EntryId, Field, PageFacts, Shown, Step, Verdict};
use crate::review::desk::{Case, Refusal};
use crate::review::field::{Choice, View};
use crate::review::filter::Filter;
use crate::review::item::{Cause, Item};
use crate::review::pages::{Decide, KeyedChoice, Sight, origin_in_words, page};
use crate::review::typed;
use crate::review::words::{self, Language};
use crate::stages::triage::triage;
use crate::standing::{brought_up, standing};
use crate::store::{Load, StoreError};

/// A field with all that belongs to it, loaded from the store.
pub(super) struct Loaded {
    pub(super) checked: CheckedEntry,
    verdict: Verdict,
    pub(super) facts: PageFacts,
    pub(super) settled: SettledEntry,
    pub(super) at: usize,
}

impl Loaded {
    pub(super) fn field(&self) -> &Field {
        &self.checked.entry.fields[self.at]
    }

    pub(super) fn view(&self) -> View<'_> {
        View { checked: &self.checked, field: self.field(), verdict: &self.verdict.fields[self.at] }
    }

    /// Whether a person found the entry: the machine placed no slots for it.
    fn is_found(&self) -> bool {
        let id = self.checked.entry.id;
        let slots = self.facts.sheets.iter().filter(|sheet| sheet.part == id.part).flat_map(|sheet| &sheet.slots);
        slots.into_iter().all(|slot| slot.ordinal != id.ordinal)
    }

    /// What people brought up about the field.
    fn raised(&self) -> Vec<String> {
        let rules = self.settled.raised.get(&self.field().key).map(Vec::as_slice).unwrap_or_default();
        let about = |finding: &&crate::domain::Finding| {
            rules.contains(&finding.rule) && finding.fields.contains(&self.field().key)
        };
        self.settled.checked.findings.iter().filter(about).map(|finding| finding.message.clone()).collect()
    }

    /// The field as it stands after what people decided.
    pub(super) fn now(&self) -> &Field {
        &self.settled.checked.entry.fields[self.at]
    }
}

/// A second key sees the picture alone; a third sees what the two said.
fn sight(step: Step) -> Sight {
    match step {
        Step::Second => Sight::Blind,
        Step::First | Step::Third | Step::Sample | Step::Edit => Sight::Open,
    }
}

impl Station {
    pub(super) fn show_field(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let work = self.work();
        let (query, frame) = (&visit.request.query, &visit.frame);
        let filter = Filter::of(query);
        let wanted = work.desk.find(query.get("item"));
        let after = work.desk.find(query.get("after"));
        let mut candidate = wanted.or_else(|| work.desk.next(&filter, &frame.who, frame.role, after));
        // between looking and taking another person may have taken it
        for _ in 0..20 {
            let Some(at) = candidate else { break };
            if let Some(case) = work.desk.take(at, &frame.who, frame.role) {
                return self.field_page(visit, &work, filter, case);
            }
            candidate = work.desk.next(&filter, &frame.who, frame.role, Some(at));
        }
        let l = frame.l;
        let title = l.pick("Không còn trường nào cho bạn ở đây.", "Nothing is left for you here.");
        let text = l.pick(
            "Các trường khác đang được người khác xử lý, hoặc cần người thứ hai.",
            "Other fields are in others' hands, or need a second person.",
        );
        Ok(note(frame.clone(), 200, title, text, format!("/queue{}", filter.query())))
    }

    pub(super) fn load(&self, work: &Work, at: usize) -> Result<Option<Loaded>, StoreError> {
        let item = work.desk.item(at);
        let mut loaded = self.load_field(item.entry, item.result, &item.key)?;
        if let Some(loaded) = loaded.as_mut().filter(|_| item.cause == Cause::Returned) {
            // the importer's words are about what was delivered, not about what was first read
            loaded.checked = loaded.settled.checked.clone();
        }
        Ok(loaded)
    }

    pub(super) fn load_field(&self, id: EntryId, result: i64, key: &str) -> Result<Option<Loaded>, StoreError> {
        self.load_at(id, result, |field| field.key == key)
    }

    /// An entry, at the first field that a test lets through.
    pub(super) fn load_at(
        &self,
        id: EntryId,
        result: i64,
        test: impl Fn(&Field) -> bool,
    ) -> Result<Option<Loaded>, StoreError> {
        let Some((facts, stored)) = self.store.page_entry(id, result, Load::Readings)? else { return Ok(None) };
        let checked = stored.checked;
        let Some(at) = checked.entry.fields.iter().position(test) else { return Ok(None) };
        let verdict = triage(&checked, &self.config.triage);
        let settled = standing(&self.store, checked.clone(), &self.config)?;
        Ok(Some(Loaded { checked, verdict, facts, settled, at }))
    }

    fn field_page(&self, visit: &Visit<'_>, work: &Work, filter: Filter, case: Case) -> Result<Response, StoreError> {
        let (item, frame, l) = (work.desk.item(case.at), visit.frame.clone(), visit.frame.l);
        let Some(loaded) = self.load(work, case.at)? else { return Ok(not_found()) };
        let (view, sight) = (loaded.view(), sight(case.step));
        let reading = view.reading();
        let normal = Some(loaded.field().value.text()).filter(|text| *text != reading).unwrap_or_default();
        let choices = (1..).zip(self.choices(&loaded, &case)).map(|(key, choice)| KeyedChoice {
            key,
            origin: origin_in_words(choice.origin, l),
            text: choice.text,
        });
        let next = work.desk.next(&filter, &frame.who, frame.role, Some(case.at));
        let next_sheet = next.map(|at| sheet_address(work.desk.item(at).entry)).unwrap_or_default();
        let shown = Decide {
            h: self.head(visit, work, &loaded, (&item.book, case.seen)),
            next_sheet,
            sight,
            key_note: key_note(case.step, l),
            stretches: view.stretches(&self.config.review),
            reading,
            normal,
            choices: choices.collect(),
            reasons: reasons(&loaded, item, l),
            left: work.desk.left(&filter).open,
            brought_up: self.brought_up_by(visit, work)?,
            f: frame,
            filter,
        };
        Ok(page(200, &shown))
    }

    fn choices(&self, loaded: &Loaded, case: &Case) -> Vec<Choice> {
        let others: Vec<&Decision> = match case.step {
            Step::Third => case.decisions.iter().collect(),
            Step::First | Step::Second | Step::Sample | Step::Edit => Vec::new(),
        };
        let typed = loaded.settled.typed.get(&loaded.field().key);
        loaded.view().choices(&others, typed, &self.config.extract)
    }

    pub(super) fn take_decision(&self, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let (work, form) = (self.work(), &visit.request.form);
        let filter = Filter::of(form);
        let name = form.get("item");
        match form.get("act") {
            "undo" => return self.undo(visit, &work, &filter),
            "skip" => return Ok(Response::see(&address(&filter, "after", name, ""))),
            "back" => {
                let before = work
                    .desk
                    .find(name)
                    .and_then(|at| work.desk.before(&filter, &visit.frame.who, visit.frame.role, at));
                let to = before.map_or(name.to_owned(), |at| work.desk.item(at).name());
                return Ok(Response::see(&address(&filter, "item", &to, "")));
            }
            _ => {}
        }
        let Some(at) = work.desk.find(name) else { return Ok(not_found()) };
        let Some(case) = work.desk.take(at, &visit.frame.who, visit.frame.role) else {
            return Ok(Response::see(&address(&filter, "after", name, "overtaken")));
        };
        let Some(loaded) = self.load(&work, at)? else { return Ok(not_found()) };
        let Some(act) = self.act(form.get("act"), form.get("text"), &loaded, &case) else {
            return Ok(Response::text(400, "no such act"));
        };
        // what the machine read is what was confirmed: taking it changes nothing
        let changes = act.0.value().is_some() && !matches!(act.0, Act::Accept { .. });
        let item = work.desk.item(at);
        let note = match (self.reason_for(visit, &work, &item.book), &item.returned) {
            (Ok(note), _) => note,
            // the importer's words are the reason
            (Err(_), Some(returned)) => returned.words.chars().take(LONGEST_NOTE).collect(),
            (Err(objection), None) if changes => {
                return Ok(Response::see(&address(&filter, "item", name, objection.said())));
            }
            (Err(_), None) => String::new(),
        };
        // what the person saw, not what stands there now
        let seen = form.get("seen").parse().unwrap_or(u64::MAX);
        let decision = Decision { note, ..self.decision(visit, &loaded, &case, act) };
        match work.desk.decide(&self.store, visit.frame.role, &[(at, seen, decision)]) {
            Ok(_) => {
                let next = address(&filter, "after", name, "");
                let new = self.new_findings(&loaded)?;
                Ok(Response::see(&if new { format!("{next}&about={}", encode(name)) } else { next }))
            }
            Err(Refusal::Overtaken | Refusal::NotYours) => {
                Ok(Response::see(&address(&filter, "after", name, "overtaken")))
            }
            Err(Refusal::Unknown) => Ok(not_found()),
            Err(Refusal::Store(error)) => Err(error),
        }
    }

    /// Whether the decision just made brought up what was not found before it.
    fn new_findings(&self, before: &Loaded) -> Result<bool, StoreError> {
        let after = standing(&self.store, before.checked.clone(), &self.config)?;
        Ok(!brought_up(&before.settled.checked.findings, &after.checked.findings).is_empty())
    }

    /// What a person's last decision brought up, with the entry where it can be looked at. For that person alone: it tells
    /// others what a second key must not know.
    fn brought_up_by(&self, visit: &Visit<'_>, work: &Work) -> Result<Vec<(String, String)>, StoreError> {
        let item = visit.request.query.get("about");
        if !work.desk.is_last_of(item, &visit.frame.who) {
            return Ok(Vec::new());
        }
        let Some((entry, key)) = item.split_once('.') else { return Ok(Vec::new()) };
        let Some(known) = work.desk.entry(entry) else { return Ok(Vec::new()) };
        let Some(loaded) = self.load_field(known.id, known.result, key)? else { return Ok(Vec::new()) };
        let new = brought_up(&loaded.checked.findings, &loaded.settled.checked.findings);
        let about = new.into_iter().filter(|finding| finding.fields.iter().any(|field| field == key));
        Ok(about.map(|finding| (finding.message.clone(), format!("/entry/{entry}"))).collect())
    }

    /// What a posted act means, and the text it leaves. `None` for what the page does not offer.
    fn act(&self, act: &str, text: &str, loaded: &Loaded, case: &Case) -> Option<(Act, String)> {
        let (field, view) = (loaded.field(), loaded.view());
        match act {
            "accept" if sight(case.step) == Sight::Open => {
                let reading = view.reading();
                // nothing read is nothing to accept: the person has to say which nothing it is
                (!reading.is_empty()).then(|| (Act::Accept { value: field.value.clone() }, reading))
            }
            "unsure" => Some((Act::Unsure, String::new())),
            _ => self.plain_act(act, text, loaded).or_else(|| self.chosen(act, loaded, case)),
        }
    }

    /// The alternative under a key; a blind key has none.
    fn chosen(&self, act: &str, loaded: &Loaded, case: &Case) -> Option<(Act, String)> {
        let key: usize = act.strip_prefix("choose-")?.parse().ok()?;
        let choices = if sight(case.step) == Sight::Blind { Vec::new() } else { self.choices(loaded, case) };
        let choice = choices.into_iter().nth(key.checked_sub(1)?)?;
        Some((Act::Choose { value: choice.value }, choice.text))
    }

    pub(super) fn decision(&self, visit: &Visit<'_>, loaded: &Loaded, case: &Case, act: (Act, String)) -> Decision {
        let (view, blind) = (loaded.view(), sight(case.step) == Sight::Blind);
        let alternatives = if blind { Vec::new() } else { self.choices(loaded, case) };
        let queued = view.verdict.queued.iter().map(crate::outputs::queue::reason_id);
        let typed = if blind { Vec::new() } else { typed::reasons(&loaded.settled, &loaded.field().key) };
        let plain = decision_on(visit, loaded, case.step, act);
        Decision {
            from: case.decisions.last().map_or(plain.from, |last| last.to.clone()),
            shown: Shown {
                reading: (!blind).then(|| view.reading()),
                alternatives: alternatives.into_iter().map(|choice| choice.text).collect(),
                reasons: queued.chain(typed).collect(),
                ..plain.shown
            },
            ..plain
        }
    }

    fn undo(&self, visit: &Visit<'_>, work: &Work, filter: &Filter) -> Result<Response, StoreError> {
        let Some((at, seen, last)) = work.desk.last_of(&visit.frame.who) else {
            let item = visit.request.form.get("item");
            return Ok(Response::see(&address(filter, "item", item, "nothing-to-undo")));
        };
        if work.desk.is_confirmed(&work.desk.item(at).book) {
            let item = visit.request.form.get("item");
            return Ok(Response::see(&address(filter, "item", item, "confirmed")));
        }
        let (when, who) = visit.signed();
        let undo = Decision {
            at: when,
            who,
            act: Act::Undo,
            from: last.to.clone(),
            to: last.from.clone(),
            note: String::new(),
            seconds: 0.0,
            ..last
        };
        match work.desk.undo(&self.store, at, seen, undo) {
            Ok(()) => Ok(Response::see(&address(filter, "item", &work.desk.item(at).name(), "undone"))),
            Err(Refusal::Store(error)) => Err(error),
            Err(_) => Ok(Response::see(&address(filter, "after", "", "overtaken"))),
        }
    }
}

fn address(filter: &Filter, part: &str, item: &str, said: &str) -> String {
    let query = filter.query();
    let start = if query.is_empty() { "?".to_owned() } else { format!("{query}&") };
    let said = if said.is_empty() { String::new() } else { format!("&said={said}") };
    format!("/decide{start}{part}={}{said}", encode(item))
}

fn key_note(step: Step, l: Language) -> &'static str {
    match step {
        Step::First | Step::Sample | Step::Edit => "",
        Step::Second => l.pick("lần hai: chỉ nhìn ảnh và gõ", "second key: look and type"),
        Step::Third => l.pick("hai người nhập khác nhau", "two people differ"),
    }
}

/// A drawn field has no reason of its own; it gets a neutral one.
fn reasons(loaded: &Loaded, item: &Item, l: Language) -> Vec<String> {
    if let Some(returned) = &item.returned {
        return vec![words::returned(&returned.words, l)];
    }
    if loaded.is_found() {
        return vec![
            l.pick("Trường hợp do người thêm: máy chưa đọc.", "A person found this act: nothing was read.").to_owned(),
        ];
    }
    let mut told = loaded.view().reasons(l);
    // what people brought up comes first: they have just been at it
    told.splice(0..0, loaded.raised());
    told.extend(typed::said(&loaded.settled, &item.key, l));
    if told.is_empty() { vec![l.pick("Cần người xem.", "To be looked at.").to_owned()] } else { told }
}
