//! Which pixels of a page are ink, and which printed lines were taken out of it.

use image::GrayImage;
use serde::Deserialize;

/// Section `[cut.ink]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Darker than this is ink.
    pub below: u8,
    /// Shortest upright run of a frame rule, pixels.
    pub frame_run: usize,
    /// Widest frame rule, pixels; what is wider there is writing that crosses it.
    pub frame_width: usize,
}

/// What a pixel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pixel {
    /// Nothing.
    Paper,
    /// Ink that may be writing.
    Ink,
    /// Ink of a printed dot, rule or frame.
    Erased,
}

/// The ink of a page, one [`Pixel`] each.
#[derive(Debug, Clone)]
pub(super) struct InkMap {
    /// Columns.
    pub(super) width: usize,
    /// Rows.
    pub(super) height: usize,
    pixels: Vec<Pixel>,
}

impl InkMap {
    /// Everything darker than `below`.
    pub(super) fn new(grey: &GrayImage, below: u8) -> Self {
        let pixels = grey.as_raw().iter().map(|&g| if g < below { Pixel::Ink } else { Pixel::Paper }).collect();
        Self { width: grey.width() as usize, height: grey.height() as usize, pixels }
    }

    /// One row.
    pub(super) fn row(&self, y: usize) -> &[Pixel] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// What lies at a place; paper outside.
    pub(super) fn at(&self, x: i32, y: i32) -> Pixel {
        match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) if x < self.width && y < self.height => self.pixels[y * self.width + x],
            _ => Pixel::Paper,
        }
    }

    /// Whether ink lies at a place.
    pub(super) fn is_ink(&self, x: i32, y: i32) -> bool {
        self.at(x, y) == Pixel::Ink
    }

    /// Takes one pixel of ink out.
    pub(super) fn erase(&mut self, x: i32, y: i32) {
        if self.is_ink(x, y) {
            self.pixels[y as usize * self.width + x as usize] = Pixel::Erased;
        }
    }

    /// The stretch of ink up and down from an inked pixel: first and last row, looking at most `reach` rows each way.
    pub(super) fn upright_run(&self, x: i32, y: i32, reach: i32) -> (i32, i32) {
        let top = (1..=reach).take_while(|d| self.is_ink(x, y - d)).last().unwrap_or(0);
        let bottom = (1..=reach).take_while(|d| self.is_ink(x, y + d)).last().unwrap_or(0);
        (y - top, y + bottom)
    }

    /// Takes upright frame rules out; writing that crosses them stays.
    pub(super) fn erase_frames(&mut self, config: &Config) {
        let mut runs = Vec::new();
        let mut length = vec![0_usize; self.width];
        for y in 0..=self.height {
            for (x, n) in length.iter_mut().enumerate() {
                if y < self.height && self.pixels[y * self.width + x] == Pixel::Ink {
                    *n += 1;
                } else {
                    if *n >= config.frame_run {
                        runs.push((x, y - *n, y));
                    }
                    *n = 0;
                }
            }
        }
        for (x, top, bottom) in runs {
            for y in top..bottom {
                self.erase_narrow(x, y, config.frame_width);
            }
        }
    }

    fn erase_narrow(&mut self, x: usize, y: usize, widest: usize) {
        let row = self.row(y);
        if row[x] != Pixel::Ink {
            return;
        }
        let left = (0..=x).rev().take(widest + 1).take_while(|&i| row[i] == Pixel::Ink).last().unwrap_or(x);
        let right = (x..self.width).take(widest + 1).take_while(|&i| row[i] == Pixel::Ink).last().unwrap_or(x);
        if right - left < widest {
            self.pixels[y * self.width + left..=y * self.width + right].fill(Pixel::Erased);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::Sheet;
    use super::*;

    fn config() -> Config {
        Config { below: 200, frame_run: 90, frame_width: 8 }
    }

    #[test]
    fn a_frame_goes_and_the_stroke_across_it_stays() {
        let mut sheet = Sheet::new(120, 200);
        sheet.bar(60, 10, 63, 190);
        sheet.bar(30, 100, 90, 104);
        let mut map = InkMap::new(&sheet.grey, 200);
        map.erase_frames(&config());
        assert_eq!(map.at(61, 50), Pixel::Erased);
        assert_eq!(map.at(61, 102), Pixel::Ink, "the crossing stroke is not cut");
        assert_eq!(map.at(40, 102), Pixel::Ink);
    }

    #[test]
    fn a_tall_letter_is_no_frame() {
        let mut sheet = Sheet::new(120, 200);
        sheet.bar(60, 10, 63, 99);
        let mut map = InkMap::new(&sheet.grey, 200);
        map.erase_frames(&config());
        assert_eq!(map.at(61, 50), Pixel::Ink, "89 rows are writing");
        let mut sheet = Sheet::new(120, 200);
        sheet.bar(60, 10, 63, 100);
        let mut map = InkMap::new(&sheet.grey, 200);
        map.erase_frames(&config());
        assert_eq!(map.at(61, 50), Pixel::Erased, "90 rows are a rule");
    }

    #[test]
    fn outside_the_page_is_paper() {
        let map = InkMap::new(&Sheet::new(4, 4).grey, 200);
        assert_eq!(map.at(-1, 2), Pixel::Paper);
        assert_eq!(map.at(2, 4), Pixel::Paper);
    }
}
