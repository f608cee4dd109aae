//! The closed lists, name parts and the gazetteer: data in `lists/`, embedded, parsed once.

mod abbreviations;
mod closed;
pub mod field_names;
mod gazetteer;
mod names;
mod place;
mod signer;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::domain::SlotKind;

pub use abbreviations::{UNIT_WORDS, UnitWord, expand_abbreviations, unit_word};
pub use closed::{ClosedList, Match, Member};
pub use gazetteer::{Era, Gazetteer, Level, Unit};
pub use names::{NamePart, NameParts, NamePlace};
pub use place::{PlaceMatch, match_place, nearest_child};
pub use signer::{Signer, split_signer};

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name() -> &'static ClosedList {
            static LIST: LazyLock<ClosedList> = LazyLock::new(|| ClosedList::parse(include_str!($file)));
            &LIST
        }
    };
}

closed_list!(
    /// Dân tộc: the 54 groups in the spelling of the import, "Khác", "Người nước ngoài".
    ethnic_groups,
    "../lists/ethnic_groups.tsv"
);
closed_list!(
    /// Quốc tịch: countries in Vietnamese; the code is ISO 3166.
    countries,
    "../lists/countries.tsv"
);
closed_list!(
    /// Quan hệ; the code is the sense (`father`, `mother`, `self` …). An open list: others occur.
    relations,
    "../lists/relations.tsv"
);
closed_list!(
    /// Chức vụ of signers. An open list: others occur.
    titles,
    "../lists/titles.tsv"
);
closed_list!(
    /// Giới tính; the code is the import's.
    sexes,
    "../lists/sexes.tsv"
);
closed_list!(
    /// Loại đăng ký; the code is the sense, see [`register_type_code`].
    register_types,
    "../lists/register_types.tsv"
);

/// The closed list of a kind; nothing where any text may stand.
#[must_use]
pub fn of_kind(kind: SlotKind) -> Option<&'static ClosedList> {
    match kind {
        SlotKind::Sex => Some(sexes()),
        SlotKind::EthnicGroup => Some(ethnic_groups()),
        SlotKind::Country => Some(countries()),
        SlotKind::Relation => Some(relations()),
        SlotKind::RegisterType => Some(register_types()),
        SlotKind::PageNumber
        | SlotKind::RegisterNumber
        | SlotKind::PersonName
        | SlotKind::Date
        | SlotKind::DateWords
        | SlotKind::TimeOfDeath
        | SlotKind::Place
        | SlotKind::IdNumber
        | SlotKind::Signer
        | SlotKind::Signature
        | SlotKind::MaritalStatus
        | SlotKind::Purpose
        | SlotKind::CauseOfDeath
        | SlotKind::DeathNotice
        | SlotKind::DecisionNumber
        | SlotKind::Ordinal
        | SlotKind::MarginNote
        | SlotKind::FreeText => None,
    }
}

/// Name parts with their frequencies.
#[must_use]
pub fn name_parts() -> &'static NameParts {
    static PARTS: LazyLock<NameParts> = LazyLock::new(|| NameParts::parse(include_str!("../lists/name_parts.tsv")));
    &PARTS
}

/// Administrative units.
#[must_use]
pub fn gazetteer() -> &'static Gazetteer {
    static UNITS: LazyLock<Gazetteer> = LazyLock::new(|| {
        Gazetteer::parse(include_str!("../lists/units.tsv"), include_str!("../lists/old_provinces.tsv"))
    });
    &UNITS
}

/// The import's code for a sense of [`register_types`] in a register (`KS`, `KT` …).
#[must_use]
pub fn register_type_code(register: crate::domain::Register, sense: &str) -> Option<&'static str> {
    include_str!("../lists/register_type_codes.tsv").lines().skip(1).find_map(|line| {
        let mut cells = line.split('\t');
        (cells.next() == Some(register.code()) && cells.next() == Some(sense)).then(|| cells.next())?
    })
}

closed_list!(
    /// Giấy báo tử or what stands for it; the code is the import's `gbtLoai`.
    death_notices,
    "../lists/death_notices.tsv"
);
