//! How sure a reader is.

use serde::{Deserialize, Serialize};

/// A probability in `0.0..=1.0`: of a character being right, or of a whole value being right.
///
/// Never an average: [`Confidence::weakest`] and [`Confidence::all`] are the only ways to combine.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(f32);

impl Confidence {
    /// No trust at all.
    pub const NONE: Self = Self(0.0);
    /// Certain (a person's decision, an empty slot proven empty).
    pub const FULL: Self = Self(1.0);

    /// Clamps to `0.0..=1.0`; not-a-number becomes zero.
    #[must_use]
    pub fn new(p: f32) -> Self {
        if p.is_nan() { Self::NONE } else { Self(p.clamp(0.0, 1.0)) }
    }

    /// The probability.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }

    /// The smaller of two: one bad letter makes a bad value.
    #[must_use]
    pub fn weakest(self, other: Self) -> Self {
        if other.0 < self.0 { other } else { self }
    }

    /// That both hold, taken as independent.
    #[must_use]
    pub fn all(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_a_number_is_no_trust() {
        assert_eq!(Confidence::new(f32::NAN), Confidence::NONE);
        assert_eq!(Confidence::new(1.5), Confidence::FULL);
        assert_eq!(Confidence::new(-0.1), Confidence::NONE);
    }

    #[test]
    fn one_bad_letter_is_not_hidden() {
        assert_eq!(Confidence::new(0.99).weakest(Confidence::new(0.2)), Confidence::new(0.2));
    }
}
