//! TIFF: many pages, grey, RGB, palette and black-and-white (CCITT G4 too).

use std::io::{Cursor, ErrorKind};

use image::metadata::Orientation;
use tiff::decoder::ifd::Value;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::limits::{check_pages, check_size};
use super::pixels::{Samples, unpack};
use super::{Config, Decoded, IntakeError};

const FORMAT: &str = "TIFF";

type Pages<'a> = Decoder<Cursor<&'a [u8]>>;

/// Counts the pages and holds each one's size against the limits.
pub(super) fn pages(bytes: &[u8], config: &Config) -> Result<u32, IntakeError> {
    let mut decoder = start(bytes, config)?;
    let mut pages = 1;
    while decoder.more_images() {
        pages += 1;
        check_pages(pages, config)?;
        decoder.next_image().map_err(broken)?;
    }
    check_pages(pages, config)
}

pub(super) fn decode(bytes: &[u8], page: u32, config: &Config) -> Result<Decoded, IntakeError> {
    let mut decoder = start(bytes, config)?;
    for _ in 0..page {
        if !decoder.more_images() {
            return Err(IntakeError::NoSuchPage { page: page + 1 });
        }
        decoder.next_image().map_err(broken)?;
    }
    let size = decoder.dimensions().map_err(broken)?;
    check_size(FORMAT, size, config)?;
    let colour = decoder.colortype().map_err(broken)?;
    let orientation = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten();
    let dpi = stated_dpi(&mut decoder);
    let (samples, bits, extra) = kind_of(colour, &mut decoder)?;
    let image = match decoder.read_image().map_err(broken)? {
        DecodingResult::U8(v) => unpack(&v, size, bits, &samples, extra),
        DecodingResult::U16(v) => {
            let high: Vec<u8> = v.iter().map(|v| (v >> 8) as u8).collect();
            unpack(&high, size, 8, &samples, extra)
        }
        _ => return Err(IntakeError::Unsupported { format: FORMAT, reason: format!("{colour:?}") }),
    };
    let image = image.ok_or(IntakeError::Truncated { format: FORMAT })?;
    let orientation = orientation.and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms);
    Ok(Decoded { image, orientation, dpi })
}

fn start<'a>(bytes: &'a [u8], config: &Config) -> Result<Pages<'a>, IntakeError> {
    let mut limits = Limits::default();
    let most = usize::try_from(config.max_pixels.saturating_mul(8)).unwrap_or(usize::MAX);
    limits.decoding_buffer_size = most;
    limits.intermediate_buffer_size = most;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(broken)?.with_limits(limits))
}

/// How the samples are to be taken, bits a sample, and how many samples of a pixel to leave out.
fn kind_of(colour: ColorType, decoder: &mut Pages<'_>) -> Result<(Samples, u8, usize), IntakeError> {
    Ok(match colour {
        ColorType::Gray(bits) => (Samples::Grey, bits, 0),
        ColorType::GrayA(bits) => (Samples::Grey, bits, 1),
        // the decoder turns YCbCr into RGB
        ColorType::RGB(bits) | ColorType::YCbCr(bits) => (Samples::Rgb, bits, 0),
        ColorType::RGBA(bits) => (Samples::Rgb, bits, 1),
        ColorType::CMYK(bits) => (Samples::Cmyk, bits, 0),
        ColorType::Palette(bits) => (palette(decoder)?, bits, 0),
        _ => return Err(IntakeError::Unsupported { format: FORMAT, reason: format!("{colour:?}") }),
    })
}

/// The colour map: all reds, all greens, all blues, 16 bits each.
fn palette(decoder: &mut Pages<'_>) -> Result<Samples, IntakeError> {
    let map = decoder.get_tag_u16_vec(Tag::ColorMap).map_err(broken)?;
    let n = map.len() / 3;
    Ok(Samples::Palette((0..n).map(|i| [i, n + i, 2 * n + i].map(|at| (map[at] >> 8) as u8)).collect()))
}

fn stated_dpi(decoder: &mut Pages<'_>) -> Option<f32> {
    let density = match decoder.get_tag(Tag::XResolution).ok()? {
        Value::Rational(n, d) if d > 0 => n as f32 / d as f32,
        Value::Float(density) => density,
        _ => return None,
    };
    match decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten() {
        Some(1) => None,
        Some(3) => Some(density * 2.54),
        _ => Some(density),
    }
}

fn broken(error: TiffError) -> IntakeError {
    match error {
        TiffError::IoError(e) if e.kind() == ErrorKind::UnexpectedEof => IntakeError::Truncated { format: FORMAT },
        TiffError::UnsupportedError(e) => IntakeError::Unsupported { format: FORMAT, reason: e.to_string() },
        other => IntakeError::Broken { format: FORMAT, reason: other.to_string() },
    }
}
