//! Which pixels of a page are ink, and which printed lines were taken out of it.

use image::GrayImage;
use serde::Deserialize;

/// Section `[cut.ink]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Darker than this is print: dots and rules are looked for there.
    pub print_below: u8,
    /// Darker than this is ink once the print is out and the picture is smoothed.
    pub below: u8,
    /// The same on a page whose usual writing …
    pub below_weak: u8,
    /// … is less dark than this, 0 paper to 255 black.
    pub weak: f32,
    /// Shortest upright run of a frame rule, pixels.
    pub frame_run: usize,
    /// Shortest level run of a frame rule, pixels.
    pub level_run: usize,
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

    /// Everything darker than `below` after smoothing: weak strokes hold together, paper noise falls apart.
    pub(super) fn smoothed(grey: &GrayImage, below: u8) -> Self {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let raw = grey.as_raw();
        let mut pixels = vec![Pixel::Paper; width * height];
        let mut sums = vec![0_u16; width];
        for y in 1..height.saturating_sub(1) {
            let (above, own, under) = (&raw[(y - 1) * width..], &raw[y * width..], &raw[(y + 1) * width..]);
            for (x, sum) in sums.iter_mut().enumerate() {
                *sum = u16::from(above[x]) + 2 * u16::from(own[x]) + u16::from(under[x]);
            }
            for x in 1..width.saturating_sub(1) {
                if sums[x - 1] + 2 * sums[x] + sums[x + 1] < 16 * u16::from(below) {
                    pixels[y * width + x] = Pixel::Ink;
                }
            }
        }
        Self { width, height, pixels }
    }

    /// Paints what was erased, and its soft edge, as paper.
    pub(super) fn paint_out(&self, grey: &mut GrayImage) {
        let width = self.width as i32;
        let erased = (0..).zip(&self.pixels).filter(|(_, p)| **p == Pixel::Erased).map(|(i, _)| (i % width, i / width));
        for (x, y) in erased {
            for (dx, dy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))) {
                if self.is_ink(x + dx, y + dy) {
                    continue;
                }
                if let Some(p) = grey.get_pixel_mut_checked((x + dx) as u32, (y + dy) as u32) {
                    p.0[0] = 255;
                }
            }
        }
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

    /// How many columns of ink lie side by side at a place, looking at most `reach` columns each way.
    pub(super) fn level_run(&self, x: i32, y: i32, reach: i32) -> i32 {
        let left = (1..=reach).take_while(|d| self.is_ink(x - d, y)).count() as i32;
        let right = (1..=reach).take_while(|d| self.is_ink(x + d, y)).count() as i32;
        i32::from(self.is_ink(x, y)) + left + right
    }

    /// Takes frame rules out, upright and level ones; writing that crosses them stays.
    pub(super) fn erase_frames(&mut self, config: &Config) {
        for (x, top, bottom) in self.upright_runs(config.frame_run) {
            (top..bottom).for_each(|y| self.erase_narrow(x, y, config.frame_width));
        }
        for (y, left, right) in self.level_runs(config.level_run) {
            (left..right).for_each(|x| self.erase_flat(x as i32, y as i32, config.frame_width as i32));
        }
    }

    /// Column, first row and row after the last of every long upright run.
    fn upright_runs(&self, least: usize) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        let mut length = vec![0_usize; self.width];
        for y in 0..=self.height {
            for (x, n) in length.iter_mut().enumerate() {
                if y < self.height && self.pixels[y * self.width + x] == Pixel::Ink {
                    *n += 1;
                } else {
                    if *n >= least {
                        runs.push((x, y - *n, y));
                    }
                    *n = 0;
                }
            }
        }
        runs
    }

    /// Row, first column and column after the last of every long level run.
    fn level_runs(&self, least: usize) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for y in 0..self.height {
            let mut x = 0;
            for stretch in self.row(y).chunk_by(|a, b| (*a == Pixel::Ink) == (*b == Pixel::Ink)) {
                if stretch.len() >= least && stretch[0] == Pixel::Ink {
                    runs.push((y, x, x + stretch.len()));
                }
                x += stretch.len();
            }
        }
        runs
    }

    fn erase_flat(&mut self, x: i32, y: i32, highest: i32) {
        if self.is_ink(x, y) {
            let (top, bottom) = self.upright_run(x, y, highest);
            if bottom - top < highest {
                (top..=bottom).for_each(|row| self.erase(x, row));
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
        Config {
            print_below: 200,
            below: 225,
            below_weak: 238,
            weak: 85.0,
            frame_run: 90,
            level_run: 250,
            frame_width: 8,
        }
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
    fn a_level_rule_goes_and_a_strike_out_stays() {
        for (length, left) in [(249, Pixel::Ink), (250, Pixel::Erased)] {
            let mut sheet = Sheet::new(400, 60);
            sheet.bar(20, 30, 20 + length, 33);
            sheet.bar(100, 10, 103, 50);
            let mut map = InkMap::new(&sheet.grey, 200);
            map.erase_frames(&config());
            assert_eq!(map.at(60, 31), left, "{length} columns");
            assert_eq!(map.at(101, 31), Pixel::Ink, "a letter across it stays whole");
        }
    }

    #[test]
    fn smoothing_keeps_a_weak_stroke_and_drops_a_weak_speck() {
        let mut sheet = Sheet::new(60, 40);
        sheet.shade(10, 10, 50, 12, 205);
        sheet.shade(30, 30, 31, 31, 205);
        let map = InkMap::smoothed(&sheet.grey, 225);
        assert!(map.is_ink(30, 10), "50 levels over two rows");
        assert!(!map.is_ink(30, 30), "one pixel of the same shade");
    }

    #[test]
    fn what_is_erased_is_painted_out_with_its_edge_but_not_the_stroke_beside_it() {
        let mut sheet = Sheet::new(40, 40);
        sheet.shade(9, 19, 13, 23, 230);
        sheet.bar(10, 20, 12, 22);
        sheet.bar(13, 10, 16, 30);
        let mut map = InkMap::new(&sheet.grey, 200);
        [(10, 20), (11, 20), (10, 21), (11, 21)].into_iter().for_each(|(x, y)| map.erase(x, y));
        let mut grey = sheet.grey.clone();
        map.paint_out(&mut grey);
        assert_eq!(grey.get_pixel(10, 20).0[0], 255);
        assert_eq!(grey.get_pixel(9, 19).0[0], 255, "the soft edge goes with the dot");
        assert_eq!(grey.get_pixel(13, 20).0[0], 40, "the stroke stays");
    }

    #[test]
    fn outside_the_page_is_paper() {
        let map = InkMap::new(&Sheet::new(4, 4).grey, 200);
        assert_eq!(map.at(-1, 2), Pixel::Paper);
        assert_eq!(map.at(2, 4), Pixel::Paper);
    }
}
