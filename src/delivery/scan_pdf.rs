//! A cleaned page → a small PDF in true colours: as many pixels and as good a quality as its budget of bytes allows, never
//! more pixels than the scan had, never less than the floor of legibility.

use std::io;

use image::{Rgb, RgbImage, imageops};
use sohoa_tables::picture_pdf::{self, Picture};

use super::Config;
use crate::outputs::pictures::{Colours, jpeg};

/// Pixels an inch of every cleaned page.
const WORKING_DPI: f32 = 200.0;
/// An A4 page at that resolution.
const A4_PIXELS: f32 = 1654.0 * 2339.0;

/// How many A4 pages a cleaned sheet is, halves counted up; a scan with cut margins is still one page.
#[must_use]
pub fn a4_pages(size: (u32, u32)) -> f32 {
    let share = size.0 as f32 * size.1 as f32 / A4_PIXELS;
    ((share - 0.25) * 2.0).ceil().max(1.0) / 2.0
}

/// One picture of several sheets, one below the other: an act that goes on elsewhere is one PDF.
#[must_use]
pub fn below(sheets: &[RgbImage]) -> RgbImage {
    let (width, height) = (sheets.iter().map(RgbImage::width).max(), sheets.iter().map(RgbImage::height).sum());
    let mut all = RgbImage::from_pixel(width.unwrap_or(1), height, Rgb([255; 3]));
    let mut top = 0;
    for sheet in sheets {
        imageops::replace(&mut all, sheet, 0, top);
        top += i64::from(sheet.height());
    }
    all
}

/// The PDF of a page.
pub fn write(page: &RgbImage, scan_dpi: f32, title: &str, config: &Config) -> io::Result<Vec<u8>> {
    let budget = (config.page_bytes as f32 * a4_pages(page.dimensions())) as usize;
    let mut best: Option<(Vec<u8>, (u32, u32), f32)> = None;
    for dpi in &config.dpi {
        let dpi = dpi.min(scan_dpi).min(WORKING_DPI);
        let scale = |pixels: u32| ((pixels as f32 * dpi / WORKING_DPI).round() as u32).max(1);
        let (width, height) = (scale(page.width()), scale(page.height()));
        let jpeg = fitting(&sohoa_resize::resize(page, width, height), &config.quality, budget)?;
        let fits = jpeg.len() <= budget;
        // the last try is the floor: a page too rich for the budget stays legible
        best = Some((jpeg, (width, height), dpi));
        if fits {
            break;
        }
    }
    let (jpeg, size, dpi) = best.unwrap_or_default();
    Ok(picture_pdf::write(&Picture { jpeg: &jpeg, size, dpi }, title))
}

/// The JPEG of the best quality that stays within the budget, else of the least. A better quality is never smaller, so
/// halving finds it: encoding is what a delivery spends its time on.
fn fitting(picture: &RgbImage, quality: &[u8], budget: usize) -> io::Result<Vec<u8>> {
    let encode = |quality: u8| jpeg(picture, quality, Colours::OfFours);
    let Some((least, mut better)) = quality.split_last() else { return Ok(Vec::new()) };
    let mut best = encode(*least)?;
    while best.len() <= budget && !better.is_empty() {
        let middle = better.len() / 2;
        let jpeg = encode(better[middle])?;
        if jpeg.len() <= budget {
            best = jpeg;
            better = &better[..middle];
        } else {
            better = &better[middle + 1..];
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_stand_one_below_the_other_whole() {
        let sheet = |width, height, grey| RgbImage::from_pixel(width, height, Rgb([grey; 3]));
        let all = below(&[sheet(3, 2, 10), sheet(2, 4, 20)]);
        assert_eq!(all.dimensions(), (3, 6));
        let grey = |x, y| all.get_pixel(x, y).0[0];
        assert_eq!([grey(2, 1), grey(0, 2), grey(1, 5), grey(2, 5)], [10, 20, 20, 255]);
    }

    fn config(page_bytes: usize) -> Config {
        Config {
            confirmation: crate::delivery::Confirmation::NotAsked,
            page_bytes,
            dpi: vec![150.0, 120.0],
            quality: vec![60, 40],
        }
    }

    /// Writing-like noise: hard to compress.
    fn page() -> RgbImage {
        RgbImage::from_fn(400, 560, |x, y| {
            let v = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519) >> 24;
            Rgb([v as u8, 200, 180])
        })
    }

    fn width(pdf: &[u8]) -> String {
        let text = String::from_utf8_lossy(pdf).into_owned();
        text.split("/Width ").nth(1).and_then(|t| t.split(' ').next()).expect("a picture").to_owned()
    }

    #[test]
    fn a_rich_budget_takes_the_best_and_a_poor_one_ends_at_the_floor() {
        assert_eq!(width(&write(&page(), 300.0, "t", &config(10_000_000)).expect("made")), "300");
        assert_eq!(width(&write(&page(), 300.0, "t", &config(1)).expect("made")), "240");
    }

    #[test]
    fn the_best_quality_that_fits_is_found_whichever_it_is() {
        let (page, quality) = (page(), [80, 60, 45, 30, 20]);
        let alone: Vec<usize> =
            quality.iter().map(|one| fitting(&page, &[*one], usize::MAX).expect("made").len()).collect();
        for (at, size) in alone.iter().enumerate() {
            assert_eq!(fitting(&page, &quality, *size).expect("made").len(), *size, "{}", quality[at]);
            let next = alone.get(at + 1).copied().unwrap_or(*size);
            assert_eq!(fitting(&page, &quality, *size - 1).expect("made").len(), next, "one byte less");
        }
    }

    #[test]
    fn a_coarse_scan_gets_no_pixels_that_it_never_had() {
        assert_eq!(width(&write(&page(), 65.0, "t", &config(10_000_000)).expect("made")), "130");
    }

    #[test]
    fn pages_are_counted_in_halves_of_a4() {
        let sizes = [(1600, 2280), (1654, 2339), (2339, 3307), (1654, 1170), (2339, 1654)];
        assert_eq!(sizes.map(a4_pages), [1.0, 1.0, 2.0, 0.5, 1.0]);
    }
}
