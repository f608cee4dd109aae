//! Pictures for people: cleaned sheets, and what is cut from them for the queue and the report.

use std::io::Write;
use std::path::Path;

use image::{Rgb, RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::Config;
use crate::domain::{PageSpace, Rect};
use crate::store::StoreError;
use crate::store::folder::write_whole;

/// Drawn around a slot, never over its ink.
const FRAME: Rgb<u8> = Rgb([30, 110, 230]);

/// Keeps a cleaned sheet in true colours.
pub fn keep_sheet(path: &Path, picture: &RgbImage, quality: u8) -> Result<(), StoreError> {
    let bytes = encoded(path, picture, quality)?;
    write_whole(path, |out| out.write_all(&bytes))
}

/// Reads a kept sheet back; `None` when it is gone or damaged, which only costs its pictures.
#[must_use]
pub fn load_sheet(path: &Path) -> Option<RgbImage> {
    image::open(path).ok().map(image::DynamicImage::into_rgb8)
}

/// The slot with its surroundings: the whole line helps more than the word alone.
#[must_use]
pub fn crop(sheet: &RgbImage, slot: &Rect<PageSpace>, config: &Config) -> Option<RgbImage> {
    let (width, height) = sheet.dimensions();
    let from = |edge: f32, margin: u32| (edge.max(0.0) as u32).saturating_sub(margin);
    let to = |edge: f32, margin: u32, end: u32| (edge.max(0.0) as u32).saturating_add(margin).min(end);
    let (left, top) = (from(slot.left, config.crop_beside), from(slot.top, config.crop_around));
    let (right, bottom) = (to(slot.right, config.crop_beside, width), to(slot.bottom, config.crop_around, height));
    if right <= left || bottom <= top {
        return None;
    }
    let mut picture = imageops::crop_imm(sheet, left, top, right - left, bottom - top).to_image();
    let inside = |edge: f32, start: u32| edge as i64 - i64::from(start);
    frame(
        &mut picture,
        [inside(slot.left, left), inside(slot.top, top), inside(slot.right, left), inside(slot.bottom, top)],
    );
    Some(picture)
}

/// A line of two pixels just outside the box; what falls off the picture is left out.
fn frame(picture: &mut RgbImage, [left, top, right, bottom]: [i64; 4]) {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    let mut dot = |x: i64, y: i64| {
        if (0..width).contains(&x) && (0..height).contains(&y) {
            picture.put_pixel(x as u32, y as u32, FRAME);
        }
    };
    for out in 1..=2 {
        (left - out..=right + out).for_each(|x| [top - out, bottom + out].into_iter().for_each(|y| dot(x, y)));
        (top - out..=bottom + out).for_each(|y| [left - out, right + out].into_iter().for_each(|x| dot(x, y)));
    }
}

/// Writes a review picture unless the very same one lies there already.
pub fn keep_crop(path: &Path, picture: &RgbImage, quality: u8) -> Result<(), StoreError> {
    let bytes = encoded(path, picture, quality)?;
    if std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    write_whole(path, |out| out.write_all(&bytes))
}

/// A small copy as JPEG bytes.
#[must_use]
pub fn thumbnail(sheet: &RgbImage, width: u32, quality: u8) -> Option<Vec<u8>> {
    let (w, h) = sheet.dimensions();
    let height = (u64::from(h) * u64::from(width) / u64::from(w.max(1))).max(1) as u32;
    jpeg(&imageops::thumbnail(sheet, width, height), quality, Colours::OfPixels).ok()
}

fn encoded(path: &Path, picture: &RgbImage, quality: u8) -> Result<Vec<u8>, StoreError> {
    jpeg(picture, quality, Colours::OfPixels).map_err(|source| StoreError::Io { path: path.to_owned(), source })
}

/// How finely a JPEG keeps colours; light and dark it always keeps of every pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// Of every pixel: for pictures that are worked on.
    OfPixels,
    /// Of two by two pixels together, as cameras do: a fifth to a third fewer bytes for pictures that are only looked at.
    OfFours,
}

/// A picture as JPEG, of at most 65,535 pixels a side.
pub fn jpeg(picture: &RgbImage, quality: u8, colours: Colours) -> std::io::Result<Vec<u8>> {
    let (Ok(width), Ok(height)) = (u16::try_from(picture.width()), u16::try_from(picture.height())) else {
        return Err(std::io::Error::other("the picture is larger than JPEG allows"));
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(match colours {
        Colours::OfPixels => SamplingFactor::F_1_1,
        Colours::OfFours => SamplingFactor::F_2_2,
    });
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).map_err(std::io::Error::other)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            page_quality: 70,
            crop_quality: 70,
            crop_beside: 20,
            crop_around: 5,
            thumbnail_width: 50,
            report_pages: 1,
            rescan_remarks: Vec::new(),
        }
    }

    #[test]
    fn a_crop_shows_its_surroundings_and_ends_at_the_page() {
        let sheet = RgbImage::from_pixel(100, 100, Rgb([250, 240, 230]));
        let middle = crop(&sheet, &Rect::new(40.0, 40.0, 60.0, 50.0), &config()).expect("inside");
        assert_eq!(middle.dimensions(), (60, 20));
        let corner = crop(&sheet, &Rect::new(-30.0, 95.0, 10.0, 130.0), &config()).expect("partly inside");
        assert_eq!(corner.dimensions(), (30, 10));
        assert!(crop(&sheet, &Rect::new(300.0, 300.0, 400.0, 320.0), &config()).is_none());
    }

    #[test]
    fn the_frame_leaves_the_slot_itself_untouched() {
        let sheet = RgbImage::from_pixel(100, 100, Rgb([250, 240, 230]));
        let picture = crop(&sheet, &Rect::new(40.0, 40.0, 60.0, 50.0), &config()).expect("inside");
        assert_eq!(*picture.get_pixel(20, 5), Rgb([250, 240, 230]), "first pixel of the slot");
        assert_eq!(*picture.get_pixel(20, 4), FRAME, "first pixel above it");
    }
}
