//! PNG.

use std::io::{Cursor, ErrorKind};

use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use super::limits::check_size;
use super::pixels::on_white;
use super::{Config, Decoded, IntakeError};

const FORMAT: &str = "PNG";

pub(super) fn decode(bytes: &[u8], config: &Config) -> Result<Decoded, IntakeError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(config.max_side);
    limits.max_image_height = Some(config.max_side);
    // four channels of 16 bits, and as much again for the decoder's own rows
    limits.max_alloc = Some(config.max_pixels.saturating_mul(16));
    if let Some(size) = size_of(bytes) {
        check_size(FORMAT, size, config)?;
    }
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(broken)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    Ok(Decoded { image: on_white(picture), orientation, dpi: stated_dpi(bytes) })
}

fn broken(error: ImageError) -> IntakeError {
    match error {
        ImageError::IoError(e) if e.kind() == ErrorKind::UnexpectedEof => IntakeError::Truncated { format: FORMAT },
        other => IntakeError::Broken { format: FORMAT, reason: other.to_string() },
    }
}

/// Width and height from the head chunk: the decoder would say "limits" without saying which.
fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

/// Dots an inch from the pHYs chunk, which counts dots a metre.
fn stated_dpi(bytes: &[u8]) -> Option<f32> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let (kind, content) = (bytes.get(at + 4..at + 8)?, bytes.get(at + 8..(at + 8).checked_add(length)?)?);
        match kind {
            b"pHYs" if content.get(8) == Some(&1) => {
                return Some(u32::from_be_bytes(content.get(..4)?.try_into().ok()?) as f32 * 0.0254);
            }
            b"IDAT" | b"IEND" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}
