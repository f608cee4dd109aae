//! The type of a file by its first bytes.

use super::IntakeError;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
}

impl Format {
    /// Tells the type by content: suffixes are wrong too often in real folders.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, IntakeError> {
        match bytes {
            [] => Err(IntakeError::Empty),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Self::Png),
            _ => Err(IntakeError::Foreign("unknown content".to_owned())),
        }
    }
}
