//! JPEG 2000.

use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext, Image};
use image::metadata::Orientation;

use super::limits::check_size;
use super::pixels::{Samples, unpack};
use super::{Config, Decoded, IntakeError};

const FORMAT: &str = "JPEG 2000";

pub(super) fn decode(bytes: &[u8], config: &Config) -> Result<Decoded, IntakeError> {
    // not strict: scanners write oddities that every viewer accepts; a missing end is looked for here
    let broken = |error: &dyn std::fmt::Display| IntakeError::Broken { format: FORMAT, reason: error.to_string() };
    let picture = Image::new(bytes, &DecodeSettings::default()).map_err(|e| broken(&e))?;
    let size = (picture.width(), picture.height());
    check_size(FORMAT, size, config)?;
    if !ends(bytes) {
        return Err(IntakeError::Truncated { format: FORMAT });
    }
    let samples = match (picture.color_space(), picture.color_space().num_channels()) {
        (ColorSpace::CMYK, _) => Samples::Cmyk,
        (_, 1) => Samples::Grey,
        (_, 3) => Samples::Rgb,
        (_, n) => return Err(IntakeError::Unsupported { format: FORMAT, reason: format!("{n} channels") }),
    };
    let extra = usize::from(picture.has_alpha());
    let mut context = DecoderContext::default();
    let pixels = picture.decode(&mut context).map_err(|e| broken(&e))?.data_u8();
    let image = unpack(&pixels, size, 8, &samples, extra).ok_or_else(|| broken(&"fewer pixels than announced"))?;
    Ok(Decoded { image, orientation: Orientation::NoTransforms, dpi: None })
}

/// Whether the end-of-codestream marker is there; a file wrapper may follow it.
fn ends(bytes: &[u8]) -> bool {
    const AFTER: usize = 4096;
    bytes[bytes.len().saturating_sub(AFTER)..].windows(2).any(|w| w == [0xff, 0xd9])
}
