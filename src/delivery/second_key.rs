//! The typed file as second key: which of its cells speak about a field of the reading, and of which entries people may be
//! asked anew.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Source, row};
use super::columns::{Column, ImportLayout, Rule};
use super::compare::{Standing, TypedRow, compare};
use super::settled::Values;
use crate::confirmation::confirmations;
use crate::domain::settlement::{self, SettledEntry};
use crate::domain::{BookId, CheckedEntry, EntryId, Fate, TypedKeys, TypedWord};
use crate::lists::sexes;
use crate::standing::is_blank;
use crate::store::{DeliveryState, Store, StoreError};

/// Books and entries that a comparison leaves alone: it tells of them, and asks nobody.
#[derive(Debug, Default)]
pub struct Closed {
    books: BTreeSet<BookId>,
    entries: BTreeSet<String>,
}

impl Closed {
    /// What an officer confirmed, and what has left the house.
    pub fn of(store: &Store, books: &[BookId]) -> Result<Self, StoreError> {
        let mut closed = Self::default();
        closed.books = confirmations(store)?.into_iter().map(|confirmation| confirmation.book).collect();
        for book in books {
            let gone: BTreeSet<u32> =
                store.deliveries(book)?.into_iter().filter(|d| d.handed_over.is_some()).map(|d| d.number).collect();
            let rows = store.delivered(book)?;
            let out = rows.into_iter().filter(|r| gone.contains(&r.number) || r.state != DeliveryState::Delivered);
            closed.entries.extend(out.map(|row| row.entry));
        }
        Ok(closed)
    }

    fn holds(&self, book: &BookId, entry: EntryId) -> bool {
        self.books.contains(book) || self.entries.contains(&entry.to_string())
    }
}

/// What becomes of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A person is asked.
    Asked,
    /// People settled the field: it is told, and not opened again.
    Settled,
    /// The book was confirmed, the entry left the house, or people said something of the whole of it.
    Closed,
    /// No single field stands behind the column.
    Told,
}

impl Becomes {
    /// As the table of differences has it; nothing where it says where the entry stands.
    #[must_use]
    pub fn in_words(self) -> Option<&'static str> {
        match self {
            Self::Asked => Some("đã vào hàng đợi"),
            Self::Settled => Some("đã có người quyết định, không mở lại"),
            Self::Closed => Some("quyển đã xác nhận hoặc đã giao, không mở lại"),
            Self::Told => None,
        }
    }
}

/// One entry as the second key meets it.
#[derive(Debug)]
pub struct Met {
    entry: EntryId,
    /// The cells as read, without what people decided.
    cells: Vec<String>,
    fields: BTreeMap<String, (String, settlement::Source)>,
    closed: bool,
}

impl Met {
    /// An entry as it was read and as it stands.
    #[must_use]
    pub fn of(
        read: &CheckedEntry,
        decided: &SettledEntry,
        source: &Source<'_>,
        layout: &ImportLayout,
        closed: &Closed,
    ) -> Self {
        let values = Values::of(&read.entry);
        // what stands in another part of the entry is asked there
        let own = read.entry.fields.iter().filter(|field| !decided.has_parts || !is_blank(field));
        let fields = own.filter_map(|field| {
            let at = decided.checked.entry.fields.iter().position(|other| other.key == field.key)?;
            Some((field.key.clone(), (field.value.text(), decided.sources[at].clone())))
        });
        Self {
            entry: read.entry.id,
            fields: fields.collect(),
            cells: row(&Source { values: &values, ..*source }, layout),
            closed: decided.fate != Fate::Kept || closed.holds(source.book, read.entry.id),
        }
    }

    /// What becomes of a column that differs from what stands now.
    #[must_use]
    pub fn becomes(&self, column: &Column, standing: Standing) -> Becomes {
        let behind = field_behind(column).and_then(|key| self.fields.get(key));
        match (behind, standing) {
            // an empty cell says nothing about what stands on the page
            (None, _) | (_, Standing::ReadOnly | Standing::Same) => Becomes::Told,
            _ if self.closed => Becomes::Closed,
            (Some((_, settlement::Source::People(_))), _) => Becomes::Settled,
            (Some(_), Standing::Differs | Standing::TypedOnly) => Becomes::Asked,
        }
    }

    /// What a typed row says of the entry; nothing of one that is left alone. A reading that was sure needs no agreement.
    #[must_use]
    pub fn words(&self, line: &TypedRow, layout: &ImportLayout) -> Option<(EntryId, Vec<TypedWord>)> {
        if self.closed {
            return None;
        }
        let words = layout.columns.iter().zip(&self.cells).filter_map(|(column, read)| self.word(column, read, line));
        let once: BTreeMap<String, TypedWord> = words.map(|word| (word.key.clone(), word)).collect();
        Some((self.entry, once.into_values().collect()))
    }

    fn word(&self, column: &Column, read: &str, line: &TypedRow) -> Option<TypedWord> {
        let key = field_behind(column)?;
        let (text, source) = self.fields.get(key)?;
        let cell = line.cells.get(column.header)?;
        let keys = match compare(column, cell, read)? {
            Standing::Same if *source == settlement::Source::Nobody => TypedKeys::Agree,
            Standing::Same | Standing::ReadOnly => return None,
            Standing::Differs | Standing::TypedOnly => TypedKeys::Differ,
        };
        let said = in_the_fields_terms(column.rule, &cell.text);
        Some(TypedWord { key: key.to_owned(), said, row: u32::try_from(line.row).ok()?, read: text.clone(), keys })
    }
}

/// The one field that a column shows as it is; codes that are concluded from other fields have none.
fn field_behind(column: &Column) -> Option<&'static str> {
    match column.rule {
        Rule::Number | Rule::Page | Rule::Date | Rule::Name | Rule::Text | Rule::Sex => column.source,
        _ => None,
    }
}

/// A code as the word that stands on the page.
fn in_the_fields_terms(rule: Rule, typed: &str) -> String {
    let named = || sexes().members().iter().find(|member| member.code == Some(typed)).map(|member| member.text);
    let word = if rule == Rule::Sex { named() } else { None };
    word.unwrap_or(typed).to_owned()
}
