//! Lists with a fixed set of members and many spellings.

use std::collections::HashMap;

use crate::domain::text::{compare_key, fold};

/// One member of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Member {
    /// The list's own spelling, as the import wants it.
    pub text: &'static str,
    /// Code or sense, where the list has one.
    pub code: Option<&'static str>,
    /// Other spellings that mean the same.
    pub also: Vec<&'static str>,
    /// Spellings that may mean this member or another.
    pub doubtful: Vec<&'static str>,
}

/// What a text may mean.
#[derive(Debug, PartialEq, Eq)]
pub enum Match {
    /// This member, marks and all.
    One(&'static Member),
    /// This member, if marks are disregarded.
    Likely(&'static Member),
    /// One of these; a person decides.
    Several(Vec<&'static Member>),
    /// None of the list.
    None,
}

impl Match {
    /// The member, if there is only one that it can be.
    #[must_use]
    pub fn member(&self) -> Option<&'static Member> {
        match self {
            Self::One(m) | Self::Likely(m) => Some(m),
            Self::Several(_) | Self::None => None,
        }
    }
}

/// A closed list with its lookups.
#[derive(Debug)]
pub struct ClosedList {
    members: Vec<Member>,
    exact: HashMap<String, Vec<usize>>,
    folded: HashMap<String, Vec<usize>>,
}

impl ClosedList {
    /// Parses a table with the columns text, code, also, doubtful.
    pub(super) fn parse(table: &'static str) -> Self {
        let mut list = Self { members: Vec::new(), exact: HashMap::new(), folded: HashMap::new() };
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (text, code) = (cell(), cell());
            let (also, doubtful) = (spellings(cell()), spellings(cell()));
            list.add(Member { text, code: Some(code).filter(|c| *c != "-"), also, doubtful });
        }
        list
    }

    fn add(&mut self, member: Member) {
        let index = self.members.len();
        for spelling in std::iter::once(&member.text).chain(&member.also).chain(&member.doubtful) {
            for (map, key) in [(&mut self.exact, exact_key(spelling)), (&mut self.folded, folded_key(spelling))] {
                let at = map.entry(key).or_default();
                if at.last() != Some(&index) {
                    at.push(index);
                }
            }
        }
        self.members.push(member);
    }

    /// All members, in the list's order.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Every spelling with the member it stands for; doubtful spellings come once for each.
    pub fn spellings(&self) -> impl Iterator<Item = (&'static str, &Member)> {
        self.members.iter().flat_map(|m| {
            std::iter::once(m.text).chain(m.also.iter().copied()).chain(m.doubtful.iter().copied()).map(move |s| (s, m))
        })
    }

    /// What a text may mean: with its marks first, without them only if that finds nothing.
    #[must_use]
    pub fn lookup(&'static self, text: &str) -> Match {
        let found = |map: &HashMap<String, Vec<usize>>, key: &str| -> Vec<&'static Member> {
            map.get(key).map(|at| at.iter().map(|i| &self.members[*i]).collect()).unwrap_or_default()
        };
        let exact = found(&self.exact, &exact_key(text));
        if !exact.is_empty() {
            return one_or_several(exact, Match::One);
        }
        one_or_several(found(&self.folded, &folded_key(text)), Match::Likely)
    }
}

fn one_or_several(found: Vec<&'static Member>, one: fn(&'static Member) -> Match) -> Match {
    match found.as_slice() {
        [] => Match::None,
        [member] => one(member),
        [..] => Match::Several(found),
    }
}

/// Spaces and hyphens are left out: Ê Đê, Ê-đê and Êđê are one spelling.
fn exact_key(text: &str) -> String {
    compare_key(text).replace(' ', "")
}

fn folded_key(text: &str) -> String {
    fold(text).replace(' ', "")
}

fn spellings(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').filter(|s| !s.is_empty()).collect()
}
