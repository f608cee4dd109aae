//! One embedded picture, from its stream to pixels.

use std::io::Read;

use hayro_syntax::Filter;
use hayro_syntax::object::stream::{FilterResult, ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Number, Object, Stream, String as Text};
use hayro_syntax::page::Resources;

use super::super::limits::check_size;
use super::super::pixels::{Samples, unpack};
use super::super::{Config, Decoded, IntakeError, jp2, jpeg};
use super::{FORMAT, Placed};

/// Decodes a placed picture; `turn` is the page's rotation in quarter turns clockwise.
pub(super) fn decode(placed: &Placed<'_>, turn: u8, config: &Config) -> Result<Decoded, IntakeError> {
    check_size(FORMAT, placed.size(), config)?;
    let filters = placed.stream.filters();
    let decoded = match filters.as_slice() {
        [Filter::DctDecode] => jpeg::decode(&placed.stream.raw_data(), config)?,
        [Filter::JpxDecode] => jp2::decode(&placed.stream.raw_data(), config)?,
        _ => samples(placed, &filters, config)?,
    };
    // viewers go by the placement, not by what a JPEG inside says of itself
    Ok(Decoded { orientation: placed.orientation(turn), dpi: placed.dpi(), ..decoded })
}

fn samples(placed: &Placed<'_>, filters: &[Filter], config: &Config) -> Result<Decoded, IntakeError> {
    let (width, height) = placed.size();
    let dict = placed.stream.dict();
    let mask = dict.get::<bool>("ImageMask").unwrap_or(false);
    let bits = if mask { 1 } else { dict.get::<u8>("BitsPerComponent").unwrap_or(8) };
    let stated = if mask { Some(Samples::Grey) } else { colour_space(dict, &placed.resources) };
    check_inflated(&placed.stream, filters, config)?;
    let params = ImageDecodeParams {
        is_indexed: matches!(stated, Some(Samples::Palette(_))),
        bpc: Some(bits),
        num_components: stated.as_ref().map(|s| s.channels() as u8),
        target_dimension: None,
        width,
        height,
    };
    let result = placed.stream.decoded_image(&params).map_err(|_| broken("the picture's data cannot be decoded"))?;
    let (samples, bits, size) = layout_of(&result, stated, bits, (width, height))?;
    check_size(FORMAT, size, config)?;
    let mut image = unpack(&result.data, size, bits, &samples, 0).ok_or(IntakeError::Truncated { format: FORMAT })?;
    if inverted(dict) && !matches!(samples, Samples::Palette(_)) {
        image.iter_mut().for_each(|v| *v = 255 - *v);
    }
    Ok(Decoded { image, orientation: image::metadata::Orientation::NoTransforms, dpi: None })
}

/// What the decoded bytes are: the codec knows, else the dictionary does.
fn layout_of(
    result: &FilterResult<'_>,
    stated: Option<Samples>,
    bits: u8,
    size: (u32, u32),
) -> Result<(Samples, u8, (u32, u32)), IntakeError> {
    let codec = result.image_data.as_ref();
    let by_codec = codec.and_then(|d| d.color_space).and_then(|space| match space {
        ImageColorSpace::Gray => Some(Samples::Grey),
        ImageColorSpace::Rgb => Some(Samples::Rgb),
        ImageColorSpace::Cmyk => Some(Samples::Cmyk),
        ImageColorSpace::Unknown(_) => None,
    });
    let samples = match (stated, by_codec) {
        (Some(Samples::Palette(colours)), _) => Samples::Palette(colours),
        (stated, by_codec) => by_codec.or(stated).ok_or_else(|| IntakeError::Unsupported {
            format: FORMAT,
            reason: "a picture in a special colour space".to_owned(),
        })?,
    };
    Ok(codec.map_or((samples.clone(), bits, size), |d| (samples, d.bits_per_component, (d.width, d.height))))
}

/// A few kilobytes may unfold to gigabytes: counts the bytes without keeping them.
fn check_inflated(stream: &Stream<'_>, filters: &[Filter], config: &Config) -> Result<(), IntakeError> {
    if filters.first() != Some(&Filter::FlateDecode) {
        return Ok(());
    }
    // four samples of 16 bits a pixel and a filter byte a row
    let limit = config.max_pixels.saturating_mul(8).saturating_add(u64::from(config.max_side));
    let raw = stream.raw_data();
    let mut unfolded = flate2::read::ZlibDecoder::new(&raw[..]).take(limit + 1);
    // a broken end is for the decoder proper to judge
    let found = std::io::copy(&mut unfolded, &mut std::io::sink()).unwrap_or(0);
    if found > limit {
        return Err(IntakeError::TooLarge { what: "bytes in a picture", found, limit });
    }
    Ok(())
}

fn colour_space(dict: &Dict<'_>, resources: &Resources<'_>) -> Option<Samples> {
    space_of(dict.get::<Object<'_>>("ColorSpace")?, resources, 0)
}

fn space_of(space: Object<'_>, resources: &Resources<'_>, depth: u8) -> Option<Samples> {
    if depth > 3 {
        return None;
    }
    match space {
        Object::Name(name) => match name.as_str() {
            "DeviceGray" | "CalGray" | "G" => Some(Samples::Grey),
            "DeviceRGB" | "CalRGB" | "RGB" => Some(Samples::Rgb),
            "DeviceCMYK" | "CMYK" => Some(Samples::Cmyk),
            _ => space_of(resources.get_color_space(&name)?, resources, depth + 1),
        },
        Object::Array(array) => array_space(&array, resources, depth),
        _ => None,
    }
}

fn array_space(array: &Array<'_>, resources: &Resources<'_>, depth: u8) -> Option<Samples> {
    let mut parts = array.iter::<Object<'_>>();
    let kind = parts.next()?.into_name()?;
    match kind.as_str() {
        "ICCBased" => match parts.next()?.into_stream()?.dict().get::<u8>("N")? {
            1 => Some(Samples::Grey),
            3 => Some(Samples::Rgb),
            4 => Some(Samples::Cmyk),
            _ => None,
        },
        "Indexed" | "I" => {
            let base = space_of(parts.next()?, resources, depth + 1)?;
            let _highest = parts.next()?;
            let table = match parts.next()? {
                Object::String(text) => Text::as_bytes(&text).to_vec(),
                Object::Stream(stream) => stream.decoded_data().ok()?.into_owned(),
                _ => return None,
            };
            palette(&base, &table)
        }
        _ => space_of(Object::Name(kind), resources, depth + 1),
    }
}

fn palette(base: &Samples, table: &[u8]) -> Option<Samples> {
    let n = (table.len() / base.channels()) as u32;
    let row = unpack(table, (n, 1), 8, base, 0)?;
    Some(Samples::Palette(row.pixels().map(|p| p.0).collect()))
}

/// Whether the dictionary turns black and white about.
fn inverted(dict: &Dict<'_>) -> bool {
    let decode = dict.get::<Array<'_>>("Decode").or_else(|| dict.get::<Array<'_>>("D"));
    decode.and_then(|d| d.iter::<Number>().next()).is_some_and(|first| first.as_f64() > 0.5)
}

fn broken(reason: &str) -> IntakeError {
    IntakeError::Broken { format: FORMAT, reason: reason.to_owned() }
}
