//! JPEG, strictly: a file that ends early is an error, not a page with a grey lower half.

use image::RgbImage;
use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::limits::check_size;
use super::pixels::{Samples, unpack};
use super::{Config, Decoded, IntakeError};

const FORMAT: &str = "JPEG";

pub(super) fn decode(bytes: &[u8], config: &Config) -> Result<Decoded, IntakeError> {
    let strict = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(config.max_side as usize)
        .set_max_height(config.max_side as usize);
    match decode_with(bytes, strict, config) {
        // some cameras pad between segments: harmless as long as the end of the picture is there
        Err(IntakeError::Broken { reason, .. }) if reason.contains("between headers") && has_end(bytes) => {
            decode_with(bytes, strict.set_strict_mode(false), config)
        }
        Err(IntakeError::Broken { .. }) if !has_end(bytes) => Err(IntakeError::Truncated { format: FORMAT }),
        other => other,
    }
}

fn decode_with(bytes: &[u8], options: DecoderOptions, config: &Config) -> Result<Decoded, IntakeError> {
    let size = size_of(bytes).ok_or(IntakeError::Broken { format: FORMAT, reason: "no frame header".to_owned() })?;
    check_size(FORMAT, size, config)?;
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| broken(&e))?;
    let (out, samples) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, Samples::Grey),
        _ => (ColorSpace::RGB, Samples::Rgb),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(out));
    let exif = decoder.exif().cloned();
    let pixels = decoder.decode().map_err(|e| broken(&e))?;
    let image = picture(pixels, size, &samples)?;
    let orientation = exif.as_deref().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let dpi = jfif_dpi(bytes).or_else(|| exif.and_then(exif_dpi));
    Ok(Decoded { image, orientation, dpi })
}

fn picture(pixels: Vec<u8>, (width, height): (u32, u32), samples: &Samples) -> Result<RgbImage, IntakeError> {
    let image = match samples {
        Samples::Rgb => RgbImage::from_raw(width, height, pixels),
        Samples::Grey | Samples::Cmyk | Samples::Palette(_) => unpack(&pixels, (width, height), 8, samples, 0),
    };
    image.ok_or(IntakeError::Broken { format: FORMAT, reason: "fewer pixels than announced".to_owned() })
}

fn broken(error: &DecodeErrors) -> IntakeError {
    // the decoder's debug text is the readable one; its first line is enough
    let reason = format!("{error:?}").lines().next().unwrap_or_default().chars().take(160).collect();
    IntakeError::Broken { format: FORMAT, reason }
}

/// The segments up to the first scan: marker and content.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        while *bytes.get(at)? != 0xff || *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        let marker = bytes[at + 1];
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let content = bytes.get(at + 4..at + 2 + length)?;
        at += 2 + length;
        Some((marker, content))
    })
}

/// Width and height from the frame header, without a decoder.
fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let frame = |marker: u8| matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
    let (_, content) = segments(bytes).take_while(|(m, _)| *m != 0xda).find(|(m, _)| frame(*m))?;
    let side = |at: usize| Some(u32::from(u16::from_be_bytes([*content.get(at)?, *content.get(at + 1)?])));
    Some((side(3)?, side(1)?))
}

/// Dots an inch from the JFIF head; a mere aspect ratio is none.
fn jfif_dpi(bytes: &[u8]) -> Option<f32> {
    let (_, content) =
        segments(bytes).take_while(|(m, _)| *m != 0xda).find(|(m, c)| *m == 0xe0 && c.starts_with(b"JFIF\0"))?;
    let density = f32::from(u16::from_be_bytes([*content.get(8)?, *content.get(9)?]));
    match content.get(7)? {
        1 => Some(density),
        2 => Some(density * 2.54),
        _ => None,
    }
}

/// Dots an inch from EXIF.
pub(super) fn exif_dpi(chunk: Vec<u8>) -> Option<f32> {
    let exif = exif::Reader::new().read_raw(chunk).ok()?;
    let field = |tag| exif.get_field(tag, exif::In::PRIMARY);
    let exif::Value::Rational(density) = &field(exif::Tag::XResolution)?.value else { return None };
    let unit = field(exif::Tag::ResolutionUnit).and_then(|f| f.value.get_uint(0)).unwrap_or(2);
    let density = density.first()?.to_f32();
    Some(if unit == 3 { density * 2.54 } else { density })
}

/// Whether the end-of-image marker follows the scans. Markers inside segments (a thumbnail's) do not count.
fn has_end(bytes: &[u8]) -> bool {
    let mut at = 2;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (0xff, 0xd9) => return true,
            (0xff, 0xff) => at += 1,
            // stuffing, restarts and the start have no content
            (0xff, 0x00 | 0x01 | 0xd0..=0xd8) => at += 2,
            (0xff, _) => {
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
            _ => at += 1,
        }
    }
    false
}
