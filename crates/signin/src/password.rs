//! Passwords by Argon2id, kept as `argon2id$m,t,p$salt$hash`.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Unavailable, hex, same};

/// A shorter password is refused.
pub const MIN_LETTERS: usize = 10;

/// What OWASP names as the least for Argon2id: 19 MiB, two passes, one lane.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
const HASH_BYTES: usize = 32;
/// Nobody types more; hashing a megabyte would be work for nothing.
const MAX_BYTES: usize = 1024;

/// Why a password cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordError {
    /// Fewer letters than [`MIN_LETTERS`].
    Short,
    /// Longer than anybody types.
    Long,
    /// The same letter over and over.
    Simple,
    /// No random bytes, or no memory for the hash.
    System,
}

impl std::fmt::Display for PasswordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Short => write!(f, "the password has fewer than {MIN_LETTERS} letters"),
            Self::Long => write!(f, "the password is longer than {MAX_BYTES} bytes"),
            Self::Simple => f.write_str("the password has fewer than four different letters"),
            Self::System => f.write_str("the system gives no random bytes or no memory"),
        }
    }
}

impl std::error::Error for PasswordError {}

impl From<Unavailable> for PasswordError {
    fn from(_: Unavailable) -> Self {
        Self::System
    }
}

/// What is kept instead of a password.
pub fn keep(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < MIN_LETTERS {
        return Err(PasswordError::Short);
    }
    if password.len() > MAX_BYTES {
        return Err(PasswordError::Long);
    }
    let mut letters: Vec<char> = password.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 4 {
        return Err(PasswordError::Simple);
    }
    let salt = crate::token()?;
    let hash = hash(password, &salt, COST).ok_or(PasswordError::System)?;
    Ok(format!("argon2id${},{},{}${salt}${hash}", COST.0, COST.1, COST.2))
}

/// Whether a password is the one kept. Without anything kept the same work is done, so that the time does not tell
/// whether a name exists.
#[must_use]
pub fn check(password: &str, kept: Option<&str>) -> bool {
    let parsed = kept.and_then(parse);
    let (cost, salt, known) = parsed.unwrap_or((COST, crate::sessions::NO_SALT, ""));
    let hash = if password.len() > MAX_BYTES { None } else { hash(password, salt, cost) };
    hash.is_some_and(|hash| same(&hash, known))
}

type Parsed<'a> = ((u32, u32, u32), &'a str, &'a str);

fn parse(kept: &str) -> Option<Parsed<'_>> {
    let mut parts = kept.strip_prefix("argon2id$")?.split('$');
    let mut cost = parts.next()?.split(',').map(|number| number.parse().ok());
    let cost = (cost.next()??, cost.next()??, cost.next()??);
    let (salt, hash) = (parts.next()?, parts.next()?);
    (parts.next().is_none() && !hash.is_empty()).then_some((cost, salt, hash))
}

fn hash(password: &str, salt: &str, (memory, passes, lanes): (u32, u32, u32)) -> Option<String> {
    let params = Params::new(memory, passes, lanes, Some(HASH_BYTES)).ok()?;
    let mut out = [0; HASH_BYTES];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(password.as_bytes(), salt.as_bytes(), &mut out).ok()?;
    Some(hex(&out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let kept = keep("ruộng lúa xanh").expect("kept");
        assert!(check("ruộng lúa xanh", Some(&kept)));
        assert!(!check("ruộng lúa xanh ", Some(&kept)));
        assert!(!check("", Some(&kept)));
        assert!(!kept.contains("lúa"));
    }

    #[test]
    fn the_same_password_is_kept_differently_each_time() {
        assert_ne!(keep("ruộng lúa xanh"), keep("ruộng lúa xanh"));
    }

    #[test]
    fn short_long_and_simple_passwords_are_refused() {
        assert_eq!(keep("chín chữ "), Err(PasswordError::Short));
        assert!(keep("mười chữ !").is_ok());
        assert_eq!(keep("aaaabbbbcccc"), Err(PasswordError::Simple));
        assert_eq!(keep(&"abcd".repeat(300)), Err(PasswordError::Long));
    }

    #[test]
    fn nothing_kept_and_damage_let_nobody_in() {
        for kept in [None, Some(""), Some("argon2id$"), Some("argon2id$19456,2,1$salt$"), Some("plain")] {
            assert!(!check("", kept) && !check("ruộng lúa xanh", kept), "{kept:?}");
        }
    }
}
