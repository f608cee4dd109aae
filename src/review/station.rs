//! Requests and answers: who may ask for what, and which page it gives.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use sohoa_http::{Method, Request, Response};
use sohoa_signin::{Allowance, Found, Lockout, Sessions, same};

use super::assets;
use super::desk::Desk;
use super::door::Door;
use super::pages::{Frame, Note, SignIn, page};
use super::words::Language;
use crate::config::Config;
use crate::forms::Layout;
use crate::pipeline::Basis;
use crate::store::{Role, Store, StoreError};

mod act;
mod aside;
mod books;
mod change;
mod decide;
mod edit;
mod entry;
mod fate;
mod findings;
mod many;
mod near;
mod page;
mod queue;
mod shown;
mod suggest;

/// One run, shown to people.
#[derive(Debug)]
pub struct Station {
    store: Store,
    config: Config,
    layouts: Vec<Arc<Layout>>,
    work: RwLock<Arc<Work>>,
    sessions: Mutex<Sessions>,
    lockout: Mutex<Lockout>,
    // a hash takes 19 MiB: one at a time, or a flood of sign-ins would take all memory
    hashing: Mutex<()>,
    door: Door,
}

/// What is derived from the results of a run, and from which.
#[derive(Debug)]
struct Work {
    desk: Desk,
    sheets: HashMap<String, PathBuf>,
    results: String,
}

/// What a person needs for a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Decide fields and see pages.
    Work,
    /// Confirm books.
    Confirm,
    /// See accounts and the audit.
    Accounts,
    /// Only to be signed in.
    Any,
}

impl Right {
    /// Whether a role has it.
    #[must_use]
    pub fn is_of(self, role: Role) -> bool {
        match self {
            Self::Work => role != Role::Administrator,
            Self::Confirm => role == Role::Officer,
            Self::Accounts => role == Role::Administrator,
            Self::Any => true,
        }
    }
}

/// Every address behind the sign-in: what it needs. A request that is not here is not found.
pub const ROUTES: [(Method, &str, Right); 21] = [
    (Method::Get, "/", Right::Any),
    (Method::Post, "/sign-out", Right::Any),
    (Method::Get, "/queue", Right::Work),
    (Method::Get, "/decide", Right::Work),
    (Method::Post, "/decide", Right::Work),
    (Method::Get, "/sheet/", Right::Work),
    (Method::Get, "/people", Right::Accounts),
    (Method::Get, "/entry/", Right::Work),
    (Method::Get, "/near", Right::Work),
    (Method::Get, "/edit", Right::Work),
    (Method::Post, "/edit", Right::Work),
    (Method::Post, "/fate", Right::Work),
    (Method::Get, "/findings", Right::Work),
    (Method::Get, "/many", Right::Work),
    (Method::Post, "/many", Right::Work),
    (Method::Get, "/crop/", Right::Work),
    (Method::Get, "/books", Right::Work),
    (Method::Post, "/confirm", Right::Confirm),
    (Method::Get, "/aside", Right::Work),
    (Method::Get, "/aside/", Right::Work),
    (Method::Post, "/layout", Right::Work),
];

/// A signed-in person with their request.
#[derive(Debug)]
struct Visit<'a> {
    request: &'a Request,
    frame: Frame,
    token: String,
}

impl Visit<'_> {
    /// How a line of the audit begins that this person makes: when and who.
    fn signed(&self) -> (String, String) {
        (jiff::Timestamp::now().to_string(), self.frame.who.clone())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // what these hold is whole after every call
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Station {
    /// Reads the run. Browsers may ask under the door's names.
    pub fn open(store: Store, basis: Basis, door: Door) -> Result<Self, StoreError> {
        let Basis { config, layouts } = basis;
        let work = Work::of(&store, &config)?;
        let review = &config.review;
        let lockout = Lockout::new(review.free_failures, Duration::from_secs(review.lock_seconds));
        Ok(Self {
            work: RwLock::new(Arc::new(work)),
            sessions: Mutex::new(Sessions::new(review.idle())),
            lockout: Mutex::new(lockout),
            hashing: Mutex::new(()),
            door,
            store,
            config,
            layouts,
        })
    }

    fn work(&self) -> Arc<Work> {
        Arc::clone(&self.work.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Another `sohoa run` may have read pages since: then the queue is made anew.
    fn fresh_work(&self) -> Result<Arc<Work>, StoreError> {
        let work = self.work();
        if self.store.results_mark()? == work.results {
            work.desk.catch_up(&self.store)?;
            return Ok(work);
        }
        let fresh = Arc::new(Work::of(&self.store, &self.config)?);
        *self.work.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        Ok(fresh)
    }

    /// Answers a request.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Response {
        match self.try_answer(request) {
            Ok(response) => response,
            Err(error) => {
                tracing::error!(%error, "a request failed");
                Response::text(500, "internal error: see the log of the station")
            }
        }
    }

    fn try_answer(&self, request: &Request) -> Result<Response, StoreError> {
        if !self.is_own(request) {
            return Ok(Response::text(421, "this station is reached under its own address only"));
        }
        if let Some(name) = request.path.strip_prefix("/asset/") {
            return Ok(assets::asset(name).unwrap_or_else(not_found));
        }
        let language = Language::from_code(request.cookie("language"));
        match (request.method, request.path.as_str()) {
            (Method::Get, "/language") => return Ok(self.choose_language(request)),
            (Method::Get, "/sign-in") => return Ok(sign_in_page(200, language, String::new())),
            (Method::Post, "/sign-in") => return self.sign_in(request, language),
            _ => {}
        }
        let Some(visit) = self.visit(request, language)? else { return Ok(Response::see("/sign-in")) };
        let Some((_, route, right)) = ROUTES.iter().find(|(method, route, _)| {
            *method == request.method
                && (request.path == *route
                    || (route.len() > 1 && route.ends_with('/') && request.path.starts_with(route)))
        }) else {
            return Ok(not_found());
        };
        if !right.is_of(visit.frame.role) {
            return Ok(Response::text(403, language.pick("Tài khoản không có quyền này.", "This account may not.")));
        }
        if request.method == Method::Post && !same(request.form.get("form_token"), &visit.frame.form_token) {
            return Ok(Response::text(403, "the form is not from this session"));
        }
        self.route(route, &visit)
    }

    fn route(&self, route: &str, visit: &Visit<'_>) -> Result<Response, StoreError> {
        let rest = visit.request.path.strip_prefix(route).unwrap_or_default();
        match (visit.request.method, route) {
            (Method::Get, "/") => Ok(Response::see(if visit.frame.works() { "/queue" } else { "/people" })),
            (Method::Post, "/sign-out") => {
                locked(&self.sessions).close(&visit.token);
                Ok(Response::see("/sign-in")
                    .with("Set-Cookie", &self.cookie(&self.door.session_cookie(), "", "; Max-Age=0")))
            }
            (Method::Get, "/queue") => self.show_queue(visit),
            (Method::Get, "/decide") => self.show_field(visit),
            (Method::Post, "/decide") => self.take_decision(visit),
            (Method::Get, "/sheet/") => Ok(self.sheet(rest)),
            (Method::Get, "/people") => self.show_people(visit),
            (Method::Get, "/entry/") => self.show_entry(visit, rest),
            (Method::Get, "/near") => self.show_near(visit),
            (Method::Get, "/edit") => self.show_edit(visit),
            (Method::Post, "/edit") => self.take_edit(visit),
            (Method::Post, "/fate") => self.take_fate(visit),
            (Method::Get, "/findings") => self.show_findings(visit),
            (Method::Get, "/many") => self.show_many(visit),
            (Method::Post, "/many") => self.take_many(visit),
            (Method::Get, "/crop/") => Ok(self.crop(rest)),
            (Method::Get, "/books") => self.show_books(visit),
            (Method::Post, "/confirm") => self.confirm(visit),
            (Method::Get, "/aside") => self.show_asides(visit),
            (Method::Get, "/aside/") => self.show_aside(visit, rest),
            (Method::Post, "/layout") => self.take_layout(visit),
            _ => Ok(not_found()),
        }
    }

    /// Asked under our own name (a foreign name may be a trick of DNS), and posted from our own pages.
    fn is_own(&self, request: &Request) -> bool {
        let host = request.header("host").unwrap_or_default();
        let origin = request.header("origin").is_none_or(|origin| self.door.is_origin(origin, host));
        self.door.is_own(host) && (request.method == Method::Get || origin)
    }

    /// Who asks; nobody, if the session is over or the account was changed since.
    fn visit<'a>(&self, request: &'a Request, l: Language) -> Result<Option<Visit<'a>>, StoreError> {
        let Some(token) = request.cookie(&self.door.session_cookie()) else { return Ok(None) };
        let Found::Open(session) = locked(&self.sessions).find(token, Instant::now()) else { return Ok(None) };
        let account = self.store.account(&session.user)?.filter(|account| account.stamp() == session.stamp);
        let Some(account) = account else {
            locked(&self.sessions).close(token);
            return Ok(None);
        };
        let frame = Frame { l, who: account.name, role: account.role, form_token: session.form_token };
        Ok(Some(Visit { request, frame, token: token.to_owned() }))
    }

    fn sign_in(&self, request: &Request, l: Language) -> Result<Response, StoreError> {
        let (name, password) = (request.form.get("name").trim(), request.form.get("password"));
        let refused = || sign_in_page(401, l, l.pick("Sai tên hoặc mật khẩu.", "Wrong name or password.").to_owned());
        if !crate::store::is_account_name(name) {
            return Ok(refused());
        }
        let allowed = || locked(&self.lockout).ask(name, Instant::now());
        let account = self.store.account(name)?;
        let right = {
            let _one = locked(&self.hashing);
            // asked while holding the turn: a flood for one name costs as many hashes as it has free failures
            if let Allowance::Wait(left) = allowed() {
                return Ok(wait_page(l, left));
            }
            let right = sohoa_signin::check(password, account.as_ref().map(|account| account.password.as_str()));
            if right && account.is_some() {
                locked(&self.lockout).succeeded(name);
            } else {
                locked(&self.lockout).failed(name, Instant::now());
            }
            right
        };
        let Some(account) = account.filter(|_| right) else {
            tracing::warn!(peer = request.peer, "a sign-in was refused");
            return Ok(refused());
        };
        match locked(&self.sessions).open(&account.name, &account.stamp(), Instant::now()) {
            Ok(token) => {
                Ok(Response::see("/").with("Set-Cookie", &self.cookie(&self.door.session_cookie(), &token, "")))
            }
            Err(error) => Ok(Response::text(503, &error.to_string())),
        }
    }

    fn choose_language(&self, request: &Request) -> Response {
        let language = Language::from_code(Some(request.query.get("to")));
        Response::see("/").with("Set-Cookie", &self.cookie("language", language.code(), "; Max-Age=31536000"))
    }

    /// Not for scripts, not for other sites, not in the clear where there is TLS.
    fn cookie(&self, name: &str, value: &str, more: &str) -> String {
        format!("{name}={value}; {}{more}", self.door.cookie_rights())
    }

    /// A cleaned page, by a name from our own list: no path is ever made from what was asked.
    fn sheet(&self, name: &str) -> Response {
        let work = self.work();
        let file = work.sheets.get(name).and_then(|path| std::fs::read(path).ok());
        // as long as a session may be idle: the next field is often on the same page
        file.map_or_else(not_found, |bytes| {
            Response::new(200, "image/jpeg", bytes).with("Cache-Control", "private, max-age=900")
        })
    }
}

impl Work {
    fn of(store: &Store, config: &Config) -> Result<Self, StoreError> {
        let results = store.results_mark()?;
        let desk = Desk::of(store, config)?;
        let mut sheets = HashMap::new();
        for row in store.page_rows()? {
            for part in 0..=1 {
                sheets.insert(format!("{}-{part}.jpg", row.id), store.folder().page(row.id, part));
            }
        }
        Ok(Self { desk, sheets, results })
    }
}

fn not_found() -> Response {
    Response::text(404, "not found")
}

fn note(frame: Frame, status: u16, title: &'static str, text: &str, link: String) -> Response {
    page(status, &Note { f: frame, title, text: text.to_owned(), link })
}

fn sign_in_page(status: u16, l: Language, problem: String) -> Response {
    page(status, &SignIn { l, problem })
}

fn wait_page(l: Language, left: Duration) -> Response {
    let seconds = left.as_secs() + 1;
    let text = match l {
        Language::Vietnamese => format!("Nhập sai nhiều lần. Hãy đợi {seconds} giây."),
        Language::English => format!("Too many wrong passwords. Wait {seconds} seconds."),
    };
    sign_in_page(429, l, text)
}
