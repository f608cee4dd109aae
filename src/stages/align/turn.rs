//! A page upside down, or half of a spread.

use image::imageops;

use crate::domain::{PageSpace, Transform};
use crate::stages::cleanup::CleanPage;

/// The page upside down; its way to the scan goes along.
pub(super) fn upside_down(page: &CleanPage) -> CleanPage {
    let (w, h) = (page.grey.width() as f64, page.grey.height() as f64);
    // from the turned page back to the page as it was, in pixel corners
    let back = [-1.0, 0.0, w - 1.0, 0.0, -1.0, h - 1.0, 0.0, 0.0, 1.0];
    CleanPage {
        grey: imageops::rotate180(&page.grey),
        seal: imageops::rotate180(&page.seal),
        colour: imageops::rotate180(&page.colour),
        to_scan: way(back, page),
        ..page.clone()
    }
}

/// The columns `from..to` of a page as a page of their own.
pub(super) fn columns(page: &CleanPage, from: u32, to: u32) -> CleanPage {
    let height = page.grey.height();
    let width = to.saturating_sub(from);
    CleanPage {
        grey: imageops::crop_imm(&page.grey, from, 0, width, height).to_image(),
        seal: imageops::crop_imm(&page.seal, from, 0, width, height).to_image(),
        colour: imageops::crop_imm(&page.colour, from, 0, width, height).to_image(),
        to_scan: way([1.0, 0.0, f64::from(from), 0.0, 1.0, 0.0, 0.0, 0.0, 1.0], page),
        ..page.clone()
    }
}

fn way(back: [f64; 9], page: &CleanPage) -> Transform<PageSpace, crate::domain::ScanSpace> {
    // turns and shifts always have an inverse
    let back: Transform<PageSpace, PageSpace> = Transform::from_matrix(back).unwrap_or_else(Transform::identity);
    back.then(&page.to_scan)
}

#[cfg(test)]
mod tests {
    use image::GrayImage;

    use super::*;
    use crate::domain::Point;
    use crate::stages::align::testing::clean_page;

    #[test]
    fn every_pixel_of_a_turned_page_knows_its_scan() {
        let page = clean_page(GrayImage::from_fn(30, 50, |x, y| image::Luma([(x * 7 + y) as u8])));
        let other = upside_down(&page);
        for (x, y) in [(0, 0), (3, 11), (other.grey.width() - 1, other.grey.height() - 1)] {
            let there = other.to_scan.apply(Point::new(x as f32, y as f32));
            let was = page.grey.get_pixel(there.x as u32, there.y as u32);
            assert_eq!(was, other.grey.get_pixel(x, y), "{x} {y}");
        }
    }

    #[test]
    fn the_right_half_knows_its_scan() {
        let page = clean_page(GrayImage::new(30, 50));
        let half = columns(&page, 14, 30);
        assert_eq!(half.grey.dimensions(), (16, 50));
        assert_eq!(half.to_scan.apply(Point::new(2.0, 5.0)), Point::new(16.0, 5.0));
    }
}
