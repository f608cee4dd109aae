//! The review station over real connections: people decide, others try what they may not.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use sohoa::domain::{AuditLine, Step};
use sohoa::pipeline::page::{PageFailure, PageRead};
use sohoa::pipeline::{Basis, Job};
use sohoa::review::door::{Door, Scheme};
use sohoa::review::station::{ROUTES, Station};
use sohoa::store::{Claim, Role, Store};
use sohoa_http::{Limits, Method, Request, Server, encode};

use crate::fake;

pub(crate) const PASSWORD: &str = "ruộng lúa xanh";
const PEOPLE: [(&str, Role); 5] = [
    ("lan", Role::Operator),
    ("minh", Role::Operator),
    ("tam", Role::SecondKey),
    ("hoa", Role::Officer),
    ("quan", Role::Administrator),
];

/// A running station over a run with something to decide.
pub(crate) struct Office {
    folder: tempfile::TempDir,
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("ended");
        }
    }
}

pub(crate) fn settings(folder: &Path) -> Basis {
    fake::tools(folder).basis
}

/// A folder with a run that has something to decide, and people to do it.
pub(crate) fn run_with_people() -> tempfile::TempDir {
    run_of(fake::page)
}

/// The same with pages of one's own.
pub(crate) fn run_of(page: fn(&Job) -> PageRead) -> tempfile::TempDir {
    run_that(move |job| Ok(page(job)))
}

/// The same with pages of which some are set aside.
pub(crate) fn run_that(read: impl Fn(&Job) -> Result<PageRead, PageFailure> + Sync) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let run = folder.path().join("run");
    rerun_that(folder.path(), read);
    let store = Store::for_people(&run, Claim::Shared).expect("store");
    // one hash for all: hashing five times would be most of the test's time
    let kept = sohoa_signin::keep(PASSWORD).expect("kept");
    for (name, role) in PEOPLE {
        assert!(store.add_account(name, role, &kept).expect("added"));
    }
    folder
}

pub(crate) fn office() -> Office {
    open(run_with_people())
}

/// Opens the station on a run that is there.
pub(crate) fn open(folder: tempfile::TempDir) -> Office {
    let store = Store::for_people(&folder.path().join("run"), Claim::Station).expect("station");
    let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), Limits::office()).expect("bound");
    let address = server.address().expect("address");
    let station = Station::open(store, settings(folder.path()), Door::new(Scheme::Http, address, &[])).expect("open");
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let handler = Arc::new(move |request: &Request| station.answer(request));
    let thread = std::thread::spawn(move || server.serve(handler, &seen).expect("served"));
    Office { folder, address, stop, thread: Some(thread) }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// What is left of a conversation once the other side has ended it.
    pub(crate) fn heard(mut stream: impl Read + Write, text: &str) -> Self {
        // a refused body may end in a reset
        let _ = stream.write_all(text.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
        line.and_then(|line| line.split_once(": ")).map(|(_, value)| value).unwrap_or_default()
    }

    /// The value of a hidden input.
    pub(crate) fn hidden(&self, name: &str) -> &str {
        let start = format!("name=\"{name}\" value=\"");
        let from = self.body.find(&start).unwrap_or_else(|| panic!("no {name} in {}", self.body)) + start.len();
        let rest = &self.body[from..];
        &rest[..rest.find('"').expect("end")]
    }
}

impl Office {
    fn send(&self, text: &str) -> Answer {
        Answer::heard(TcpStream::connect(self.address).expect("connected"), text)
    }

    pub(crate) fn get(&self, path: &str, cookie: &str) -> Answer {
        let host = self.address;
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"))
    }

    pub(crate) fn post(&self, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> Answer {
        self.post_from(path, cookie, &format!("http://{}", self.address), pairs)
    }

    fn post_from(&self, path: &str, cookie: &str, origin: &str, pairs: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        let (body, host) = (body.join("&"), self.address);
        let mut text = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: {origin}\r\n");
        write!(
            text,
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .expect("text");
        self.send(&text)
    }

    pub(crate) fn sign_in(&self, name: &str) -> String {
        let answer = self.post("/sign-in", "", &[("name", name), ("password", PASSWORD)]);
        assert_eq!(answer.status, 303, "{name}: {answer:?}");
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().expect("cookie").to_owned()
    }

    pub(crate) fn audit(&self) -> Vec<AuditLine> {
        let store = Store::read_only(&self.folder.path().join("run")).expect("store");
        store.verify_audit().expect("read").expect("unbroken");
        store.audit_after(0).expect("audit").into_iter().map(|kept| kept.line).collect()
    }

    /// Decides the field that a page shows.
    pub(crate) fn decide(&self, cookie: &str, page: &Answer, act: &str, text: &str) -> Answer {
        let fields = ["form_token", "item", "seen"].map(|name| (name, page.hidden(name)));
        let more = [("act", act), ("text", text), ("seconds", "1.5")];
        self.post("/decide", cookie, &[&fields[..], &more[..]].concat())
    }
}

#[test]
fn a_person_signs_in_decides_and_takes_back() {
    let office = office();
    assert_eq!(office.get("/queue", "").header("location"), "/sign-in");
    let lan = office.sign_in("lan");
    let queue = office.get("/queue", &lan);
    assert!(queue.body.contains("trường đang chờ"), "{}", queue.body);
    let first = office.get("/decide", &lan);
    let done = office.decide(&lan, &first, "type", "Nguye\u{302}\u{303}n Văn An");
    assert_eq!(done.status, 303, "{done:?}");
    let [AuditLine::Decision(decision)] = &office.audit()[..] else { panic!("one decision") };
    assert_eq!((decision.who.as_str(), decision.to.as_str()), ("lan", "Nguyễn Văn An"), "in NFC");
    assert_eq!((decision.step, decision.seconds), (Step::First, 1.5));
    assert!(decision.shown.reading.is_some());
    let next = office.get(done.header("location"), &lan);
    assert_ne!(next.hidden("item"), first.hidden("item"));
    let back = office.decide(&lan, &next, "undo", "");
    let again = office.get(back.header("location"), &lan);
    assert_eq!(again.hidden("item"), first.hidden("item"));
    assert_eq!(office.audit().len(), 2, "taking back adds a line, too");
}

#[test]
fn a_second_person_is_blind_and_a_third_sees_both() {
    let office = office();
    let (lan, tam, hoa) = (office.sign_in("lan"), office.sign_in("tam"), office.sign_in("hoa"));
    let names = "/decide?kind=person-name";
    let first = office.get(names, &lan);
    let item = first.hidden("item").to_owned();
    office.decide(&lan, &first, "type", "Lê Thị Hoa");
    let own = office.get(&format!("/decide?item={item}"), &lan);
    assert!(!own.body.contains(&format!("value=\"{item}\"")), "nobody is two keys");
    let same = format!("/decide?item={item}");
    let second = office.get(&same, &tam);
    assert_eq!(second.hidden("item"), item);
    assert!(!second.body.contains("Lê Thị Hoa") && !second.body.contains("value=\"accept\""), "{}", second.body);
    assert_eq!(office.decide(&tam, &second, "accept", "").status, 400, "a blind key has nothing to accept");
    assert_eq!(office.decide(&tam, &second, "type", "Lê Thị Hòa").status, 303);
    let third = office.get(&same, &hoa);
    assert!(third.body.contains("Lê Thị Hoa") && third.body.contains("Lê Thị Hòa"), "{}", third.body);
    office.decide(&hoa, &third, "choose-2", "");
    let lines = office.audit();
    let AuditLine::Decision(last) = lines.last().expect("three") else { panic!("decision") };
    assert_eq!((last.step, last.to.as_str()), (Step::Third, "Lê Thị Hòa"));
}

#[test]
fn two_people_never_get_the_same_field_nor_overwrite_each_other() {
    let office = office();
    let (lan, minh) = (office.sign_in("lan"), office.sign_in("minh"));
    let (hers, his) = (office.get("/decide", &lan), office.get("/decide", &minh));
    assert_ne!(hers.hidden("item"), his.hidden("item"));
    office.decide(&lan, &hers, "blank", "");
    let token = his.hidden("form_token").to_owned();
    let stolen = [("form_token", token.as_str()), ("item", hers.hidden("item")), ("seen", "0"), ("act", "illegible")];
    let answer = office.post("/decide", &minh, &stolen);
    assert!(answer.header("location").contains("said=overtaken"), "{answer:?}");
    assert_eq!(office.audit().len(), 1);
}

#[test]
fn a_stale_page_overwrites_nothing() {
    let office = office();
    let lan = office.sign_in("lan");
    let page = office.get("/decide?kind=place", &lan);
    office.decide(&lan, &page, "blank", "");
    let again = office.decide(&lan, &page, "illegible", "");
    assert!(again.header("location").contains("said=overtaken"), "{again:?}");
    assert_eq!(office.audit().len(), 1, "a page sent twice is one decision");
}

#[test]
fn every_route_refuses_every_role_that_has_no_right_to_it() {
    let office = office();
    for (name, role) in PEOPLE {
        let cookie = office.sign_in(name);
        for (method, route, right) in ROUTES.into_iter().filter(|(_, route, _)| *route != "/sign-out") {
            let answer = match method {
                Method::Get => office.get(route, &cookie),
                Method::Post => office.post(route, &cookie, &[]),
            };
            // a right without a form token is refused as well
            let expected = !right.is_of(role) || method == Method::Post;
            assert_eq!(answer.status == 403, expected, "{name} {route}: {}", answer.status);
            let nobody = match method {
                Method::Get => office.get(route, "session-0=0000"),
                Method::Post => office.post(route, "", &[]),
            };
            assert_eq!((nobody.status, nobody.header("location")), (303, "/sign-in"), "{route}");
        }
    }
    assert!(office.audit().is_empty());
}

#[test]
fn forged_forms_and_foreign_pages_change_nothing() {
    let office = office();
    let (lan, minh) = (office.sign_in("lan"), office.sign_in("minh"));
    let page = office.get("/decide", &lan);
    let form =
        |token: &'static str| [("form_token", token), ("item", page.hidden("item")), ("seen", "0"), ("act", "blank")];
    assert_eq!(office.post("/decide", &lan, &form("")).status, 403);
    assert_eq!(office.post("/decide", &lan, &form("00")).status, 403);
    let other = office.get("/decide", &minh).hidden("form_token").to_owned();
    let borrowed = [("form_token", other.as_str()), ("item", page.hidden("item")), ("seen", "0"), ("act", "blank")];
    assert_eq!(office.post("/decide", &lan, &borrowed).status, 403, "another person's token");
    let own =
        [("form_token", page.hidden("form_token")), ("item", page.hidden("item")), ("seen", "0"), ("act", "blank")];
    assert_eq!(office.post_from("/decide", &lan, "http://evil.example", &own).status, 421);
    let rebound = office
        .send(&format!("GET /queue HTTP/1.1\r\nHost: evil.example\r\nCookie: {lan}\r\nConnection: close\r\n\r\n"));
    assert_eq!(rebound.status, 421);
    assert!(office.audit().is_empty());
}

#[test]
fn the_session_of_a_removed_person_ends_at_once() {
    let office = office();
    let lan = office.sign_in("lan");
    let page = office.get("/decide", &lan);
    let store = Store::for_people(&office.folder.path().join("run"), Claim::Shared).expect("store");
    assert!(store.remove_account("lan").expect("removed"));
    assert_eq!(office.get("/queue", &lan).header("location"), "/sign-in");
    assert_eq!(office.decide(&lan, &page, "blank", "").header("location"), "/sign-in");
    let again = sohoa_signin::keep("một mật khẩu khác").expect("kept");
    assert!(store.add_account("lan", Role::Officer, &again).expect("made again"));
    assert_eq!(office.get("/queue", &lan).header("location"), "/sign-in", "the old session is not the new account's");
    assert!(office.audit().is_empty());
}

#[test]
fn signing_out_closes_the_session() {
    let office = office();
    let lan = office.sign_in("lan");
    let token = office.get("/decide", &lan).hidden("form_token").to_owned();
    office.post("/sign-out", &lan, &[("form_token", &token)]);
    assert_eq!(office.get("/queue", &lan).header("location"), "/sign-in");
}

#[test]
fn guessing_passwords_is_stopped_and_the_right_one_waits_too() {
    let office = office();
    let guess = |password: &str| office.post("/sign-in", "", &[("name", "lan"), ("password", password)]).status;
    let statuses: Vec<u16> = (0..8).map(|n| guess(&format!("sai {n}"))).collect();
    assert_eq!(&statuses[..4], [401; 4]);
    assert_eq!(statuses.last(), Some(&429));
    assert_eq!(guess(PASSWORD), 429);
    for name in ["nobody", "../lan", "Lan", "", "lan' OR 1=1 --"] {
        assert_eq!(office.post("/sign-in", "", &[("name", name), ("password", PASSWORD)]).status, 401, "{name}");
    }
    office.sign_in("minh");
}

#[test]
fn picture_addresses_lead_nowhere_else() {
    let office = office();
    let lan = office.sign_in("lan");
    let page = office.get("/decide", &lan).body;
    let from = page.find("/sheet/").expect("a picture");
    let good = &page[from..from + page[from..].find('"').expect("end")];
    assert_eq!(office.get(good, &lan).header("content-type"), "image/jpeg");
    assert_eq!(office.get(good, "").header("location"), "/sign-in");
    for bad in [
        "/sheet/../run.sqlite",
        "/sheet/..%2frun.sqlite",
        "/sheet/%2e%2e/run.sqlite",
        "/sheet//etc/passwd",
        "/sheet/",
        "/sheet/%00",
        "/asset/../Cargo.toml",
        "/asset/..%2f..%2fCargo.toml",
        "/../run.sqlite",
        "/sheet/....//run.sqlite",
    ] {
        assert_eq!(office.get(bad, &lan).status, 404, "{bad}");
    }
}

#[test]
fn script_in_a_text_stays_text() {
    let office = office();
    let (lan, tam, hoa) = (office.sign_in("lan"), office.sign_in("tam"), office.sign_in("hoa"));
    let page = office.get("/decide?kind=person-name", &lan);
    let item = page.hidden("item").to_owned();
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    office.decide(&lan, &page, "type", evil);
    let address = format!("/decide?item={item}&book=%22%3E%3Cscript%3E");
    office.decide(&tam, &office.get(&address, &tam), "type", "Khác");
    let third = office.get(&address, &hoa);
    assert!(!third.body.contains("<script>") && !third.body.contains("<img"), "{}", third.body);
    assert!(third.body.contains("&#60;script&#62;") || third.body.contains("&lt;script&gt;"), "{}", third.body);
    assert!(third.header("content-security-policy").contains("default-src 'none'"));
}

#[test]
fn oversize_and_odd_requests_are_refused_and_the_station_lives() {
    let office = office();
    let lan = office.sign_in("lan");
    let host = office.address;
    let huge = format!("POST /decide HTTP/1.1\r\nHost: {host}\r\nCookie: {lan}\r\nContent-Length: 100000000\r\n\r\n");
    assert_eq!(office.send(&huge).status, 413);
    assert_eq!(office.send(&format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(40_000))).status, 431);
    assert_eq!(office.send("TRACE / HTTP/1.1\r\n\r\n").status, 405);
    assert_eq!(office.get("/nowhere", &lan).status, 404);
    let long = "a".repeat(100_000);
    let page = office.get("/decide", &lan);
    assert_eq!(office.decide(&lan, &page, "type", &long).status, 400, "nobody types that");
    assert_eq!(office.decide(&lan, &page, "accept-all", "").status, 400);
    assert!(office.audit().is_empty());
    assert_eq!(office.get("/queue", &lan).status, 200);
}

#[test]
fn no_text_of_a_field_gets_into_an_address() {
    let office = office();
    let lan = office.sign_in("lan");
    let page = office.get("/decide", &lan);
    let done = office.decide(&lan, &page, "type", "Nguyễn Bí Mật");
    let next = office.get(done.header("location"), &lan);
    for place in next.body.split("href=\"").chain(next.body.split("action=\"")).skip(1) {
        let address = &place[..place.find('"').unwrap_or(0)];
        assert!(!address.contains("Nguy") && !address.contains("M%E1"), "{address}");
    }
    assert!(!done.header("location").contains("Nguy"));
}

impl Office {
    /// Ends the station; the run stays.
    pub(crate) fn close(mut self) -> tempfile::TempDir {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().expect("thread").join().expect("ended");
        std::mem::replace(&mut self.folder, tempfile::tempdir().expect("folder"))
    }

    /// Decides everything that a person is offered.
    pub(crate) fn work_off(&self, cookie: &str, decide: impl Fn(&str) -> (&'static str, String)) -> usize {
        for done in 0.. {
            let page = self.get("/decide", cookie);
            if !page.body.contains("name=\"item\"") {
                return done;
            }
            let (act, text) = decide(page.hidden("item"));
            let answer = self.decide(cookie, &page, act, &text);
            assert!(answer.status == 303 && !answer.header("location").contains("said"), "{answer:?}");
        }
        unreachable!("the queue has an end")
    }
}

pub(crate) fn rerun(folder: &Path) -> [String; 2] {
    rerun_of(folder, fake::page)
}

pub(crate) fn rerun_of(folder: &Path, page: fn(&Job) -> PageRead) -> [String; 2] {
    rerun_that(folder, move |job| Ok(page(job)))
}

pub(crate) fn rerun_that(folder: &Path, read: impl Fn(&Job) -> Result<PageRead, PageFailure> + Sync) -> [String; 2] {
    let run = folder.join("run");
    fake::run(&run, &fake::tools(folder), &[1, 2, 3, 4, 5, 6], 2, &read);
    ["records.csv", "review/queue.csv"].map(|name| std::fs::read_to_string(run.join(name)).expect("file"))
}

#[test]
fn decisions_outlive_the_station_and_another_reading() {
    let first = office();
    let lan = first.sign_in("lan");
    let page = first.get("/decide", &lan);
    let item = page.hidden("item").to_owned();
    first.decide(&lan, &page, "type", "Lê Văn Tám");
    let folder = first.close();
    rerun(folder.path());
    let second = open(folder);
    assert_eq!(second.audit().len(), 1);
    let lan = second.sign_in("lan");
    assert_ne!(second.get("/decide", &lan).hidden("item"), item);
}

#[test]
fn what_people_settled_becomes_records_and_leaves_the_queue() {
    let office = office();
    let lan = office.sign_in("lan");
    assert!(office.work_off(&lan, |_| ("accept", String::new())) > 6);
    let decided = office.audit();
    let first = |item: &str| {
        let named = |line: &AuditLine| match line {
            AuditLine::Decision(made) if format!("{}.{}", made.entry, made.key) == item => Some(made.to.clone()),
            _ => None,
        };
        ("type", decided.iter().find_map(named).expect("decided before"))
    };
    let folder = office.close();
    let [records, queue] = rerun(folder.path());
    assert_eq!((records.lines().count(), queue.lines().count()), (1 + 3, 1 + 3), "names wait for a second person");
    let office = open(folder);
    let tam = office.sign_in("tam");
    assert_eq!(office.work_off(&tam, first), 3);
    let [records, queue] = rerun(office.close().path());
    assert_eq!((records.lines().count(), queue.lines().count()), (1 + 6, 1));
}

#[test]
fn many_alike_are_confirmed_but_for_those_picked_out() {
    let office = office();
    let lan = office.sign_in("lan");
    assert_eq!(office.get("/many?group=0123456789abcdef", &lan).status, 200);
    let token = office.get("/decide", &lan).hidden("form_token").to_owned();
    let item = office.get("/decide?kind=person-name", &lan).hidden("item").to_owned();
    let mixed = format!("{item}~0");
    let answer = office.post("/many", &lan, &[("form_token", &token), ("group", "0123456789abcdef"), ("item", &mixed)]);
    assert_eq!(answer.status, 400, "a name is never confirmed among many");
    assert!(office.audit().is_empty());
}

#[test]
fn the_officer_confirms_a_finished_book_and_a_change_shows() {
    let office = office();
    let (lan, tam, hoa) = (office.sign_in("lan"), office.sign_in("tam"), office.sign_in("hoa"));
    let book = "xa_x.KS.2008.01";
    let token = office.get("/decide", &hoa).hidden("form_token").to_owned();
    // she looked at a field and leaves it to others
    let confirm =
        |note: &str| office.post("/confirm", &hoa, &[("form_token", &token), ("book", book), ("note", note)]).status;
    assert_eq!(confirm(""), 409, "fields are waiting");
    office.work_off(&lan, |_| ("blank", String::new()));
    // the field that the officer has before her is not offered to others
    office.work_off(&hoa, |_| ("blank", String::new()));
    office.work_off(&tam, |_| ("blank", String::new()));
    office.work_off(&lan, |_| ("blank", String::new()));
    assert!(office.get("/books", &hoa).body.contains("Tôi xác nhận"), "{}", office.get("/books", &hoa).body);
    assert!(!office.get("/books", &lan).body.contains("Tôi xác nhận"));
    assert_eq!(confirm(""), 303);
    assert!(office.get("/books", &lan).body.contains("hoa xác nhận"));
    let undo = office.post("/decide", &hoa, &[("form_token", &token), ("act", "undo")]);
    assert!(undo.header("location").contains("said=confirmed"), "{undo:?}");
    assert!(office.get("/books", &lan).body.contains("hoa xác nhận"), "a confirmed book is not undone by a key");
}

#[test]
fn an_entry_shows_its_history_but_not_what_a_second_key_must_not_see() {
    let office = office();
    let (lan, tam) = (office.sign_in("lan"), office.sign_in("tam"));
    let page = office.get("/decide?kind=person-name", &lan);
    let entry = page.hidden("item").split('.').next().expect("entry").to_owned();
    office.decide(&lan, &page, "type", "Lê Thị Kín");
    let shown = office.get(&format!("/entry/{entry}"), &tam);
    assert!(shown.status == 200 && shown.body.contains("lan"), "{}", shown.body);
    assert!(!shown.body.contains("Kín"));
    assert_eq!(office.get("/entry/0000000000000000-0-0-0", &tam).status, 404);
}
