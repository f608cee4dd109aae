//! Accounts of the review station. What is kept of a password opens no door.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Decides queued fields.
    Operator,
    /// Decides as the second or third person too.
    SecondKey,
    /// Confirms books too.
    Officer,
    /// Sees the accounts and the audit; decides nothing.
    Administrator,
}

impl Role {
    /// As it is stored and typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::SecondKey => "second-key",
            Self::Officer => "officer",
            Self::Administrator => "administrator",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Operator, Self::SecondKey, Self::Officer, Self::Administrator].into_iter().find(|r| r.name() == name)
    }
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Sign-in name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// What is kept of the password.
    pub password: String,
    /// Removed accounts stay, because the audit names them.
    pub state: AccountState,
}

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// It may.
    Active,
    /// It was removed.
    Removed,
}

impl Account {
    /// Changes with password, role and removal: a session that was opened with another stamp is over.
    #[must_use]
    pub fn stamp(&self) -> String {
        sohoa_chain::hash_of(&format!("{}\n{}\n{:?}", self.password, self.role.name(), self.state))
    }
}

/// Names stand in the audit and in files: letters, digits, dot and hyphen, so that nobody is taken for another.
#[must_use]
pub fn is_account_name(name: &str) -> bool {
    (2..=32).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

impl Store {
    /// Makes an account, or a removed one again under the same name; `false` where there is an active one.
    pub fn add_account(&self, name: &str, role: Role, password: &str) -> Result<bool, StoreError> {
        let made = self.db().execute(
            "INSERT INTO account (name, role, password) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET role = ?2, password = ?3, removed = 0 WHERE removed = 1",
            params![name, role.name(), password],
        )?;
        Ok(made == 1)
    }

    /// Takes an account's right to sign in; `false` where there is no active one.
    pub fn remove_account(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.db().execute("UPDATE account SET removed = 1 WHERE name = ?1 AND removed = 0", [name])? == 1)
    }

    /// The active account of a name.
    pub fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let db = self.db();
        let mut query =
            db.prepare_cached("SELECT name, role, password, removed FROM account WHERE name = ?1 AND removed = 0")?;
        Ok(query.query_row([name], account).optional()?)
    }

    /// All accounts, by name.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let db = self.db();
        let mut query = db.prepare("SELECT name, role, password, removed FROM account ORDER BY name")?;
        Ok(query.query_map([], account)?.collect::<Result<_, _>>()?)
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let role: String = row.get(1)?;
    let state = if row.get::<_, i64>(3)? == 0 { AccountState::Active } else { AccountState::Removed };
    let role = Role::from_name(&role).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(Account { name: row.get(0)?, role, password: row.get(2)?, state })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_made_once_removed_and_made_again() {
        let folder = tempfile::tempdir().expect("folder");
        let store = Store::open(folder.path()).expect("store");
        assert!(store.add_account("lan", Role::Operator, "a").expect("asked"));
        assert!(!store.add_account("lan", Role::Officer, "b").expect("asked"), "an active one is not overwritten");
        let first = store.account("lan").expect("read").expect("there");
        assert_eq!((first.role, first.password.as_str()), (Role::Operator, "a"));
        assert!(store.remove_account("lan").expect("asked"));
        assert!(!store.remove_account("lan").expect("asked"));
        assert_eq!(store.account("lan").expect("read"), None);
        assert_eq!(store.accounts().expect("read").len(), 1, "the audit still names it");
        assert!(store.add_account("lan", Role::Officer, "b").expect("asked"));
        assert_ne!(store.account("lan").expect("read").expect("there").stamp(), first.stamp());
    }

    #[test]
    fn names_are_plain() {
        for name in ["lan", "le.thi-lan2", "ab"] {
            assert!(is_account_name(name), "{name}");
        }
        for name in ["a", "Lan", "lan thi", "lân", "../lan", "", &"a".repeat(33)] {
            assert!(!is_account_name(name), "{name}");
        }
    }
}
