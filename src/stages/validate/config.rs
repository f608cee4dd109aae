//! Section `[validate]`: the limits, each with its reason in `pipeline.toml`.

use serde::Deserialize;

use crate::domain::date::DateLimits;

/// Limits of the rules. Ages in years, spans in days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Years that a date in words may have; the same as in `[extract]`.
    pub dates: DateLimits,
    /// Youngest mother.
    pub mother_youngest: i16,
    /// Oldest mother.
    pub mother_oldest: i16,
    /// Youngest father.
    pub father_youngest: i16,
    /// Oldest father.
    pub father_oldest: i16,
    /// Youngest bride.
    pub bride_youngest: i16,
    /// Youngest groom.
    pub groom_youngest: i16,
    /// Oldest spouse.
    pub spouse_oldest: i16,
    /// Oldest person in any act.
    pub person_oldest: i16,
    /// Days from birth within which a registration is in time.
    pub birth_days: i32,
    /// Days from death within which a registration is in time.
    pub death_days: i32,
    /// Letters by which a misspelled commune may differ from one that is proposed.
    pub place_edits: usize,
    /// Pages of a book that a name in such a column needs to be one of the book's.
    pub usual_pages: usize,
    /// Share of its letters by which a name may differ and still be taken for a misreading.
    pub usual_edits: f32,
    /// How much likelier a text is that all other pages of the book say as well.
    pub repeated: f32,
    /// How much the other pages of a book that say the same count beside a page's own look.
    pub agreement: f32,
    /// How many times as sure as what it contradicts an act's place in the book has to be to be left alone.
    pub outweighed: f32,
    /// Missing numbers named one by one in a finding; more are only counted.
    pub gaps_named: usize,
    /// What rises from act to act.
    pub sequence: super::book::SequenceConfig,
}
