//! Whole files through `open` and `load`.

mod files;
mod garbage;
mod pdfs;
mod tiffs;

use std::path::PathBuf;

use image::Rgb;

use super::*;

/// The section as it is delivered.
pub(super) fn config() -> Config {
    let all: toml::Table = include_str!("../../../pipeline.toml").parse().expect("sound pipeline.toml");
    all["intake"].clone().try_into().expect("sound [intake]")
}

/// A picture in which every pixel tells its place.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, 128]))
}

/// A picture with content everywhere, so that its JPEG is long.
fn busy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x * x / 3 + y * 31) as u8, (x * 17 ^ y * 5) as u8, (x + y) as u8]))
}

fn jpeg_of(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(picture).expect("encodes");
    bytes
}

fn png_of(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    picture.write_with_encoder(encoder).expect("encodes");
    bytes
}

/// Writes, opens, and loads one page with the given limits.
fn page_of(bytes: &[u8], page: u32, config: &Config) -> Result<Scan, IntakeError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("KS.2008.01.2008-01-15.001.bin");
    std::fs::write(&path, bytes).expect("writes");
    load(&open(&path, config)?, page, config)
}

fn scan_of(bytes: &[u8]) -> Result<Scan, IntakeError> {
    page_of(bytes, 0, &config())
}

/// Puts a segment behind a JPEG's start.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&[0xff, 0xd8, 0xff, marker], &length[..], content, &jpeg[2..]].concat()
}

/// An EXIF block with an orientation and a resolution.
fn exif(orientation: u16, dpi: u32) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &1_u32.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let mut block = b"Exif\0\0II*\0\x08\0\0\0\x03\0".to_vec();
    block.extend(entry(0x112, 3, orientation.into()));
    // the rational stands behind the directory: 8 + 2 + 3 · 12 + 4
    block.extend(entry(0x11a, 5, 50));
    block.extend(entry(0x128, 3, 2));
    block.extend([0; 4]);
    block.extend(dpi.to_le_bytes());
    block.extend(1_u32.to_le_bytes());
    block
}
