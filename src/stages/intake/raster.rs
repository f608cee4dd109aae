//! JPEG and PNG.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError};

use super::{Config, Decoded, IntakeError};

pub(super) fn jpeg(bytes: &[u8], config: &Config) -> Result<Decoded, IntakeError> {
    let decoder = image::codecs::jpeg::JpegDecoder::new(Cursor::new(bytes)).map_err(|e| broken("JPEG", &e))?;
    decode(decoder, "JPEG", config)
}

pub(super) fn png(bytes: &[u8], config: &Config) -> Result<Decoded, IntakeError> {
    let decoder = image::codecs::png::PngDecoder::new(Cursor::new(bytes)).map_err(|e| broken("PNG", &e))?;
    decode(decoder, "PNG", config)
}

fn decode<D: ImageDecoder>(mut decoder: D, format: &'static str, config: &Config) -> Result<Decoded, IntakeError> {
    let (width, height) = decoder.dimensions();
    check_size(width, height, config)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|e| broken(format, &e))?;
    Ok(Decoded { image: picture.into_rgb8(), orientation, dpi: None })
}

/// Holds sides and area against the limits; called before any pixel is decoded.
pub(super) fn check_size(width: u32, height: u32, config: &Config) -> Result<(), IntakeError> {
    let (side, area) = (width.max(height), u64::from(width) * u64::from(height));
    if side > config.max_side {
        let (found, limit) = (u64::from(side), u64::from(config.max_side));
        return Err(IntakeError::TooLarge { what: "pixels on one side", found, limit });
    }
    if area > config.max_pixels {
        return Err(IntakeError::TooLarge { what: "pixels", found: area, limit: config.max_pixels });
    }
    Ok(())
}

fn broken(format: &'static str, error: &ImageError) -> IntakeError {
    IntakeError::Broken { format, reason: error.to_string() }
}
