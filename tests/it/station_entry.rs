//! One entry: fields changed later, marks on the whole of it, what a change brings up.

use sohoa::domain::{AuditLine, Step};

use crate::station::{Answer, Office, office, open, rerun};

/// Entries of which the machine accepted everything, and one that waits.
const ACCEPTED: &str = "0101010101010101-0-0-0";
const WAITING: &str = "0303030303030303-0-0-0";
const BOOK: &str = "xa_x.KS.2008.01";

impl Office {
    fn edit(&self, cookie: &str, page: &Answer, act: &str, text: &str, note: &str) -> Answer {
        let fields = ["form_token", "item", "seen"].map(|name| (name, page.hidden(name)));
        self.post("/edit", cookie, &[&fields[..], &[("act", act), ("text", text), ("note", note)]].concat())
    }

    pub(crate) fn fate(&self, cookie: &str, entry: &str, fate: &str, more: &[(&str, &str)]) -> Answer {
        let page = self.get(&format!("/entry/{entry}"), cookie);
        self.fate_on(cookie, &page, fate, more)
    }

    /// The same from a page that was open before.
    fn fate_on(&self, cookie: &str, page: &Answer, fate: &str, more: &[(&str, &str)]) -> Answer {
        let fields = ["form_token", "entry", "seen"].map(|name| (name, page.hidden(name)));
        self.post("/fate", cookie, &[&fields[..], &[("fate", fate)], more].concat())
    }

    /// Four turns of three people leave nothing undecided.
    fn decide_all(&self) {
        let people = ["lan", "hoa", "tam", "lan"].map(|name| self.sign_in(name));
        for cookie in &people {
            self.work_off(cookie, |_| ("blank", String::new()));
        }
    }

    /// The officer confirms the book, as far as the station lets them.
    fn ask_to_confirm(&self, hoa: &str) -> u16 {
        let token = self.get("/books", hoa).hidden("form_token").to_owned();
        self.post("/confirm", hoa, &[("form_token", &token), ("book", BOOK)]).status
    }

    /// Everything decided and the book confirmed.
    fn confirm(&self) {
        self.decide_all();
        assert_eq!(self.ask_to_confirm(&self.sign_in("hoa")), 303);
    }

    fn state_of_book(&self, cookie: &str) -> &'static str {
        let books = self.get("/books", cookie).body;
        match (books.contains("đã thay đổi"), books.contains("hoa xác nhận")) {
            (true, _) => "changed",
            (_, true) => "confirmed",
            _ => "open",
        }
    }
}

#[test]
fn a_value_that_the_machine_had_accepted_can_be_changed_and_the_audit_tells() {
    let office = office();
    let lan = office.sign_in("lan");
    let entry = office.get(&format!("/entry/{ACCEPTED}"), &lan);
    assert!(entry.body.contains(&format!("/edit?item={ACCEPTED}.nksNoiSinh")), "{}", entry.body);
    let page = office.get(&format!("/edit?item={ACCEPTED}.nksNoiSinh"), &lan);
    let done = office.edit(&lan, &page, "type", "Đồng Tháp", "nhìn nhầm");
    assert!(done.header("location").starts_with(&format!("/entry/{ACCEPTED}?said=")), "{done:?}");
    let shown = office.get(done.header("location"), &lan);
    assert!(shown.body.contains("<td>Đồng Tháp</td>") && shown.body.contains("nhìn nhầm"), "{}", shown.body);
    let [AuditLine::Decision(decision)] = &office.audit()[..] else { panic!("one decision") };
    assert_eq!((decision.step, decision.note.as_str()), (Step::Edit, "nhìn nhầm"));
    assert_eq!(decision.from, "=chữ số 1 \"nksNoiSinh\"");
    let empty = office.edit(&lan, &office.get(&format!("/edit?item={ACCEPTED}.so"), &lan), "type", " ", "");
    assert!(empty.header("location").contains("said=text"), "{empty:?}");
    assert_eq!(office.audit().len(), 1);
}

#[test]
fn two_people_who_change_one_field_do_not_overwrite_each_other() {
    let office = office();
    let (lan, minh) = (office.sign_in("lan"), office.sign_in("minh"));
    let address = format!("/edit?item={ACCEPTED}.nksNoiSinh");
    let (hers, his) = (office.get(&address, &lan), office.get(&address, &minh));
    office.edit(&lan, &hers, "type", "Bến Tre", "");
    let refused = office.edit(&minh, &his, "type", "Trà Vinh", "");
    assert!(refused.header("location").contains("said=overtaken"), "{refused:?}");
    assert_eq!(office.audit().len(), 1);
    office.edit(&minh, &office.get(&address, &minh), "type", "Trà Vinh", "");
    assert_eq!(office.audit().len(), 2, "who saw the other's change may go on from it");
}

#[test]
fn what_waits_is_decided_in_the_queue_and_a_settled_name_needs_two_people_again() {
    let office = office();
    let (lan, tam) = (office.sign_in("lan"), office.sign_in("tam"));
    let item = format!("{WAITING}.nksHoTen");
    let waits = office.get(&format!("/edit?item={item}"), &lan);
    assert!(waits.header("location").contains("said=waiting"), "{waits:?}");
    for cookie in [&lan, &tam] {
        let page = office.get(&format!("/decide?item={item}"), cookie);
        office.decide(cookie, &page, "type", "Lê An");
    }
    let page = office.get(&format!("/edit?item={item}"), &lan);
    office.edit(&lan, &page, "type", "Lê Ân", "");
    let shown = office.get(&format!("/entry/{WAITING}"), &tam);
    assert!(!shown.body.contains("Lê Ân"), "one person alone changes no name: {}", shown.body);
    let second = office.get(&format!("/decide?item={item}"), &tam);
    assert_eq!(second.hidden("item"), item, "who decided before the change may be its second key");
    assert!(!second.body.contains("Lê Ân"), "blind");
    office.decide(&tam, &second, "type", "Lê Ân");
    assert!(office.get(&format!("/entry/{WAITING}"), &tam).body.contains("<td>Lê Ân</td>"));
}

#[test]
fn after_the_confirmation_a_change_needs_a_reason_the_right_person_and_a_new_confirmation() {
    let office = office();
    office.confirm();
    let (lan, tam) = (office.sign_in("lan"), office.sign_in("tam"));
    assert_eq!(office.state_of_book(&lan), "confirmed");
    let address = format!("/edit?item={ACCEPTED}.nksNoiSinh");
    let by_operator = office.edit(&lan, &office.get(&address, &lan), "type", "Bến Tre", "sai xã");
    assert!(by_operator.header("location").contains("said=role"), "{by_operator:?}");
    let without = office.edit(&tam, &office.get(&address, &tam), "type", "Bến Tre", "  ");
    assert!(without.header("location").contains("said=reason"), "{without:?}");
    let marked = office.fate(&tam, ACCEPTED, "rescan", &[]);
    assert!(marked.header("location").contains("said=reason"), "{marked:?}");
    assert_eq!(office.state_of_book(&lan), "confirmed");
    let page = office.get(&address, &tam);
    assert!(page.body.contains("required"), "the form asks for it");
    office.edit(&tam, &page, "type", "Bến Tre", "sai xã");
    assert_eq!(office.state_of_book(&lan), "changed");
}

#[test]
fn a_duplicate_asks_nobody_leaves_the_records_and_comes_back() {
    let office = office();
    let lan = office.sign_in("lan");
    let waiting = |office: &Office, lan: &str| office.get("/queue", lan).body.contains(&format!("book={BOOK}"));
    let none = office.fate(&lan, ACCEPTED, "duplicate", &[("of", "ffff-0-0-0")]);
    assert!(none.header("location").contains("said=other"), "{none:?}");
    let own = office.fate(&lan, ACCEPTED, "duplicate", &[("of", ACCEPTED)]);
    assert!(own.header("location").contains("said=other"), "nothing is a duplicate of itself: {own:?}");
    assert_eq!(office.fate(&lan, ACCEPTED, "duplicate", &[("of", WAITING)]).status, 303);
    assert!(office.get(&format!("/entry/{ACCEPTED}"), &lan).body.contains(&format!("Trùng với {WAITING}")));
    office.fate(&lan, WAITING, "duplicate", &[]);
    let gone = office.get(&format!("/decide?item={WAITING}.nksHoTen"), &lan);
    assert!(!gone.body.contains(&format!("value=\"{WAITING}.nksHoTen\"")), "{}", gone.body);
    assert!(waiting(&office, &lan), "other entries wait");
    let folder = office.close();
    let [records, queue] = rerun(folder.path());
    assert!(!records.contains(ACCEPTED) && !queue.contains(WAITING));
    let office = open(folder);
    let lan = office.sign_in("lan");
    office.fate(&lan, ACCEPTED, "kept", &[]);
    office.fate(&lan, WAITING, "kept", &[]);
    let [records, queue] = rerun(office.close().path());
    assert!(records.contains(ACCEPTED) && queue.contains(WAITING));
}

#[test]
fn an_entry_that_waits_for_another_scan_holds_its_book_back() {
    let office = office();
    let (lan, hoa) = (office.sign_in("lan"), office.sign_in("hoa"));
    let stale = office.get(&format!("/entry/{ACCEPTED}"), &hoa);
    assert_eq!(office.fate(&lan, ACCEPTED, "rescan", &[]).status, 303);
    let late = office.fate_on(&hoa, &stale, "duplicate", &[]);
    assert!(late.header("location").contains("said=overtaken"), "{late:?}");
    office.decide_all();
    assert_eq!(office.ask_to_confirm(&hoa), 409);
    office.fate(&lan, ACCEPTED, "kept", &[]);
    assert_eq!(office.ask_to_confirm(&hoa), 303);
}

#[test]
fn what_a_correction_brings_up_is_shown_with_the_way_to_the_field() {
    let office = office();
    let lan = office.sign_in("lan");
    let page = office.get(&format!("/edit?item={ACCEPTED}.nksNoiSinh"), &lan);
    let done = office.edit(&lan, &page, "type", "Chốn Nào Đó", "");
    assert!(done.header("location").contains("said=findings"), "{done:?}");
    let shown = office.get(done.header("location"), &lan);
    assert!(shown.body.contains("mới, do sửa") && shown.body.contains("Không xác định được đơn vị"), "{}", shown.body);
    let listed = office.get(&format!("/findings?book={BOOK}"), &lan);
    let way = format!("/edit?item={ACCEPTED}.nksNoiSinh");
    assert!(listed.body.contains("mới, do sửa") && listed.body.contains(&way), "{}", listed.body);
    assert_eq!(office.get("/findings?book=nowhere", &lan).status, 404);
    let item = format!("{WAITING}.nksNoiSinh");
    let queued = office.get(&format!("/decide?item={item}"), &lan);
    let next = office.decide(&lan, &queued, "type", "Chốn Nào Kia");
    let told = office.get(next.header("location"), &lan);
    assert!(told.body.contains("Quyết định vừa rồi") && told.body.contains("Chốn Nào Kia"), "{}", told.body);
}

/// A place of which a rule says that it is a slip; the right one is Phú Long.
const SLIP: &str = "Ấp 2 xã Phú Lonh, H. Bình Đại, Bến Tre";
const SLIP_TOLD: &str = "gần nhất là";

#[test]
fn a_warning_that_a_correction_brings_up_asks_a_second_person_once() {
    let office = office();
    let (lan, tam) = (office.sign_in("lan"), office.sign_in("tam"));
    let item = format!("{ACCEPTED}.nksNoiSinh");
    let page = office.get(&format!("/edit?item={item}"), &lan);
    let done = office.edit(&lan, &page, "type", SLIP, "");
    assert!(done.header("location").contains("said=raised"), "{done:?}");
    let shown = office.get(done.header("location"), &lan);
    let way = format!("/decide?item={item}");
    assert!(shown.body.contains("mới, do sửa") && shown.body.contains(&way), "{}", shown.body);
    assert!(!shown.body.contains("Lonh"), "a second key must not read it there: {}", shown.body);
    assert!(office.get("/queue", &lan).body.contains("nảy sinh do sửa"));
    let second = office.get("/decide?reason=brought-up", &tam);
    assert_eq!(second.hidden("item"), item);
    assert!(!second.body.contains("Lonh") && !second.body.contains(SLIP_TOLD), "blind: {}", second.body);
    office.decide(&tam, &second, "type", SLIP);
    let settled = office.get(&format!("/entry/{ACCEPTED}"), &tam);
    assert!(settled.body.contains(&format!("<td>{SLIP}</td>")), "{}", settled.body);
    assert!(!office.get("/queue", &lan).body.contains("nảy sinh do sửa"), "asked once, not for ever");
}

#[test]
fn two_who_differ_about_what_was_brought_up_are_settled_by_a_third() {
    let office = office();
    let people = ["lan", "tam", "hoa"].map(|name| office.sign_in(name));
    let item = format!("{WAITING}.nksNoiSinh");
    let address = format!("/decide?item={item}");
    let page = office.get(&address, &people[0]);
    let next = office.decide(&people[0], &page, "type", SLIP);
    let told = office.get(next.header("location"), &people[0]);
    assert!(told.body.contains("Quyết định vừa rồi") && told.body.contains(SLIP_TOLD), "{}", told.body);
    let borrowed = office.get(&format!("/decide?about={item}"), &people[1]).body;
    assert!(!borrowed.contains(SLIP_TOLD), "told to who made it alone: {borrowed}");
    let right = SLIP.replace("Lonh", "Long");
    office.decide(&people[1], &office.get(&address, &people[1]), "type", &right);
    let third = office.get(&address, &people[2]);
    assert!(third.body.contains(SLIP) && third.body.contains(&right), "{}", third.body);
    office.decide(&people[2], &third, "choose-2", "");
    assert!(office.get(&format!("/entry/{WAITING}"), &people[2]).body.contains(&format!("<td>{right}</td>")));
}

#[test]
fn neighbours_are_shown_for_comparison_and_tell_a_blind_key_nothing() {
    let office = office();
    let (lan, tam) = (office.sign_in("lan"), office.sign_in("tam"));
    let item = format!("{WAITING}.nksHoTen");
    let near = office.get(&format!("/near?item={item}"), &lan);
    assert!(near.body.contains("chữ số 2") && near.body.contains("chữ số 4"), "{}", near.body);
    assert!(!near.body.contains("chữ số 3"), "not the field itself");
    let page = office.get(&format!("/decide?item={item}"), &lan);
    office.decide(&lan, &page, "type", "Lê Thị Kín");
    let beside = office.get("/near?item=0202020202020202-0-0-0.nksHoTen", &tam);
    assert!(!beside.body.contains("Kín") && !beside.body.contains("chữ số 3"), "it waits for a second key");
}

#[test]
fn what_people_settled_in_the_book_is_offered_elsewhere_but_not_for_the_field_itself() {
    let office = office();
    let lan = office.sign_in("lan");
    let page = office.get(&format!("/decide?item={WAITING}.nksNoiSinh"), &lan);
    office.decide(&lan, &page, "type", "Xã Tân Phú");
    let offered = "<option value=\"Xã Tân Phú\">";
    let other = office.get("/decide?item=0606060606060606-0-0-0.nksNoiSinh", &lan);
    assert!(other.body.contains(offered), "{}", other.body);
    let own = office.get(&format!("/edit?item={WAITING}.nksNoiSinh"), &lan);
    assert!(!own.body.contains(offered), "{}", own.body);
    let name = office.get("/decide?item=0606060606060606-0-0-0.nksHoTen", &lan);
    assert!(!name.body.contains(offered), "a place is no name");
}
