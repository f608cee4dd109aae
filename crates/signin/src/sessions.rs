//! Who is signed in. The token itself is not kept: what is in memory opens no door.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::{Unavailable, hex, token};

/// As long as a real salt, for names that do not exist.
pub(crate) const NO_SALT: &str = "6e6f207573657220686173207468697320736c6f7420696e2074686520626f6f";

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub user: String,
    /// What every form has to send back.
    pub form_token: String,
    /// The account as it was at sign-in; another value means that the account was changed or removed.
    pub stamp: String,
    seen: Instant,
}

/// What became of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Signed in.
    Open(Session),
    /// Was signed in, but nobody was at the keyboard.
    Idle,
    /// Not ours.
    Unknown,
}

/// All sessions of one server; gone with the process.
#[derive(Debug)]
pub struct Sessions {
    open: HashMap<String, Session>,
    idle: Duration,
}

impl Sessions {
    /// Sessions that end after `idle` without a request.
    #[must_use]
    pub fn new(idle: Duration) -> Self {
        Self { open: HashMap::new(), idle }
    }

    /// Signs a person in; gives the token for the cookie.
    pub fn open(&mut self, user: &str, stamp: &str, now: Instant) -> Result<String, Unavailable> {
        let idle = self.idle;
        self.open.retain(|_, session| now.saturating_duration_since(session.seen) < idle);
        let (door, form_token) = (token()?, token()?);
        let session = Session { user: user.to_owned(), form_token, stamp: stamp.to_owned(), seen: now };
        self.open.insert(fingerprint(&door), session);
        Ok(door)
    }

    /// Whose token it is; a request keeps the session alive.
    pub fn find(&mut self, token: &str, now: Instant) -> Found {
        let key = fingerprint(token);
        let Some(session) = self.open.get_mut(&key) else { return Found::Unknown };
        if now.saturating_duration_since(session.seen) >= self.idle {
            self.open.remove(&key);
            return Found::Idle;
        }
        session.seen = now;
        Found::Open(session.clone())
    }

    /// Signs out.
    pub fn close(&mut self, token: &str) {
        self.open.remove(&fingerprint(token));
    }
}

fn fingerprint(token: &str) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_secs(60);

    #[test]
    fn a_session_lives_as_long_as_it_is_used() {
        let (mut sessions, start) = (Sessions::new(IDLE), Instant::now());
        let token = sessions.open("lan", "1", start).expect("open");
        let almost = start + IDLE - Duration::from_millis(1);
        assert!(matches!(sessions.find(&token, almost), Found::Open(session) if session.user == "lan"));
        assert!(matches!(sessions.find(&token, almost + IDLE / 2), Found::Open(_)));
        assert_eq!(sessions.find(&token, almost + IDLE / 2 + IDLE), Found::Idle);
        assert_eq!(sessions.find(&token, almost), Found::Unknown, "an ended session does not come back");
    }

    #[test]
    fn tokens_differ_and_a_closed_one_opens_nothing() {
        let (mut sessions, now) = (Sessions::new(IDLE), Instant::now());
        let one = sessions.open("lan", "1", now).expect("open");
        let two = sessions.open("lan", "1", now).expect("open");
        assert_ne!(one, two);
        sessions.close(&one);
        assert_eq!(sessions.find(&one, now), Found::Unknown);
        assert!(matches!(sessions.find(&two, now), Found::Open(_)));
        assert_eq!(sessions.find("", now), Found::Unknown);
    }

    #[test]
    fn the_token_is_not_in_memory() {
        let (mut sessions, now) = (Sessions::new(IDLE), Instant::now());
        let token = sessions.open("lan", "1", now).expect("open");
        assert!(!format!("{sessions:?}").contains(&token));
    }
}
