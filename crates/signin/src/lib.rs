//! Passwords, sessions and lock-outs. Time is handed in, so that tests need not wait.

mod lockout;
mod password;
mod sessions;

pub use lockout::{Allowance, Lockout};
pub use password::{MIN_LETTERS, PasswordError, check, keep};
pub use sessions::{Found, Session, Sessions};

/// Bytes that nobody can guess, as hex.
pub fn token() -> Result<String, Unavailable> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Unavailable)?;
    Ok(hex(&bytes))
}

/// The system gives no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unavailable;

impl std::fmt::Display for Unavailable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the system gives no random bytes")
    }
}

impl std::error::Error for Unavailable {}

/// Whether two texts are the same, in a time that does not tell where they differ.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differing, (x, y)| differing | (x ^ y)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
