//! Lines that can only be added: each carries the hash of the one before it, so that a change anywhere shows.
//!
//! What a chain cannot show by itself is lines cut off its end; whoever keeps a [`Head`] elsewhere can.

use sha2::{Digest, Sha256};

/// What the first line names as its predecessor.
pub const ORIGIN: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Place in the chain, from 1.
    pub number: u64,
    /// Hash of the line before, [`ORIGIN`] for the first.
    pub previous: String,
    /// What it says, byte by byte what was hashed.
    pub body: String,
    /// Hash of number, predecessor and body.
    pub hash: String,
}

/// The end of a chain: enough to prove later that nothing before it was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the last line; 0 when there is none.
    pub number: u64,
    /// Its hash.
    pub hash: String,
}

/// The first line that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Number that the line has, or should have.
    pub number: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its number is not the next one: a line is missing or was put in.
    Number,
    /// It names another predecessor than the line before it.
    Previous,
    /// Its hash is not that of what it says.
    Content,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Number => "a line is missing or was put in here",
            Self::Previous => "it does not continue the line before it",
            Self::Content => "what it says was changed",
        })
    }
}

impl Head {
    /// Before the first line.
    #[must_use]
    pub fn origin() -> Self {
        Self { number: 0, hash: ORIGIN.to_owned() }
    }

    /// The next line.
    #[must_use]
    pub fn next(&self, body: String) -> Line {
        let number = self.number + 1;
        let hash = hash(number, &self.hash, &body);
        Line { number, previous: self.hash.clone(), body, hash }
    }

    /// Goes on by one line, if it is the right one.
    pub fn follow(&mut self, line: &Line) -> Result<(), Broken> {
        let broken = |number, fault| Err(Broken { number, fault });
        if line.number != self.number + 1 {
            return broken(self.number + 1, Fault::Number);
        }
        if line.previous != self.hash {
            return broken(line.number, Fault::Previous);
        }
        if line.hash != hash(line.number, &line.previous, &line.body) {
            return broken(line.number, Fault::Content);
        }
        *self = Self { number: line.number, hash: line.hash.clone() };
        Ok(())
    }
}

/// Follows a chain from its origin to its end.
pub fn verify<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Result<Head, Broken> {
    let mut head = Head::origin();
    for line in lines {
        head.follow(line)?;
    }
    Ok(head)
}

/// SHA-256 of a text, as hex.
#[must_use]
pub fn hash_of(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The number has a fixed width and the predecessor a fixed length, so no two lines hash the same bytes.
fn hash(number: u64, previous: &str, body: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(number.to_be_bytes());
    hasher.update(previous.as_bytes());
    hasher.update([b'\n']);
    hasher.update(body.as_bytes());
    hex(&hasher.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(count: u64) -> Vec<Line> {
        let mut head = Head::origin();
        (1..=count)
            .map(|n| {
                let line = head.next(format!("line {n}"));
                head.follow(&line).expect("its own line");
                line
            })
            .collect()
    }

    fn broken(lines: &[Line]) -> (u64, Fault) {
        let told = verify(lines).expect_err("broken");
        (told.number, told.fault)
    }

    #[test]
    fn an_untouched_chain_ends_in_its_head() {
        assert_eq!(verify(&chain(0)), Ok(Head::origin()));
        let lines = chain(5);
        assert_eq!(verify(&lines), Ok(Head { number: 5, hash: lines[4].hash.clone() }));
    }

    #[test]
    fn a_changed_line_is_named() {
        let mut lines = chain(5);
        lines[2].body.push('!');
        assert_eq!(broken(&lines), (3, Fault::Content));
    }

    #[test]
    fn a_changed_line_with_its_hash_made_new_breaks_the_next() {
        let mut lines = chain(5);
        lines[2] = Head { number: 2, hash: lines[1].hash.clone() }.next("another".to_owned());
        assert_eq!(broken(&lines), (4, Fault::Previous));
    }

    #[test]
    fn a_line_taken_out_or_put_in_or_moved_is_named() {
        let mut without = chain(5);
        without.remove(1);
        assert_eq!(broken(&without), (2, Fault::Number));
        let mut twice = chain(5);
        twice.insert(3, twice[2].clone());
        assert_eq!(broken(&twice), (4, Fault::Number));
        let mut swapped = chain(5);
        swapped.swap(3, 4);
        assert_eq!(broken(&swapped), (4, Fault::Number));
        let mut renumbered = chain(5);
        renumbered.remove(0);
        for (n, line) in (1..).zip(&mut renumbered) {
            line.number = n;
        }
        assert_eq!(broken(&renumbered), (1, Fault::Previous));
    }

    #[test]
    fn a_cut_end_is_seen_by_its_head_only() {
        let lines = chain(5);
        let head = verify(&lines).expect("whole");
        assert_ne!(verify(&lines[..4]).expect("still a chain"), head);
    }
}
