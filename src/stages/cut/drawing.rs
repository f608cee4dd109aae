//! Small drawn pictures for this stage's tests.

use image::{GrayImage, Luma, Rgb, RgbImage};

use super::Config;

/// What red stamps look like.
const STAMP: Rgb<u8> = Rgb([200, 50, 60]);

/// A sheet of paper to draw on, 255 everywhere at first.
pub(super) struct Sheet {
    /// The picture.
    pub(super) grey: GrayImage,
    /// The same with colours.
    pub(super) colour: RgbImage,
}

impl Sheet {
    /// Empty paper.
    pub(super) fn new(width: u32, height: u32) -> Self {
        let colour = RgbImage::from_pixel(width, height, Rgb([255; 3]));
        Self { grey: GrayImage::from_pixel(width, height, Luma([255])), colour }
    }

    /// A filled box of black ink, right and bottom outside.
    pub(super) fn bar(&mut self, left: i32, top: i32, right: i32, bottom: i32) {
        self.shade(left, top, right, bottom, 40);
    }

    /// A filled box of some ink.
    pub(super) fn shade(&mut self, left: i32, top: i32, right: i32, bottom: i32, grey: u8) {
        for y in top..bottom {
            for x in left..right {
                if let Some(p) = self.grey.get_pixel_mut_checked(x as u32, y as u32) {
                    *p = Luma([grey]);
                    self.colour.put_pixel(x as u32, y as u32, Rgb([grey; 3]));
                }
            }
        }
    }

    /// Makes all ink between two columns blue.
    pub(super) fn blue(&mut self, left: u32, right: u32) {
        for (x, _, p) in self.colour.enumerate_pixels_mut() {
            if (left..right).contains(&x) && p.0[0] < 255 {
                *p = Rgb([60, 60, 160]);
            }
        }
    }

    /// Makes all ink between two columns a red stamp, as clean-up leaves it: gone from the grey, red in the colours.
    pub(super) fn stamp(&mut self, left: u32, right: u32) {
        for (x, y, p) in self.colour.enumerate_pixels_mut() {
            if (left..right).contains(&x) && p.0[0] < 255 {
                *p = STAMP;
                self.grey.put_pixel(x, y, Luma([255]));
            }
        }
    }

    /// Where a stamp lies.
    pub(super) fn seal(&self) -> GrayImage {
        let red = |x, y| if *self.colour.get_pixel(x, y) == STAMP { 255 } else { 0 };
        GrayImage::from_fn(self.grey.width(), self.grey.height(), |x, y| Luma([red(x, y)]))
    }

    /// A printed dotted line of 2×2 dots, 5 pixels apart.
    pub(super) fn dots(&mut self, left: i32, right: i32, y: i32) {
        (left..right).step_by(5).for_each(|x| self.bar(x, y, x + 2, y + 2));
    }

    /// A stroke of a round pen of 3 pixels from one point to another.
    pub(super) fn stroke(&mut self, from: (i32, i32), to: (i32, i32)) {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1);
        for i in 0..=steps {
            let (x, y) = (from.0 + (to.0 - from.0) * i / steps, from.1 + (to.1 - from.1) * i / steps);
            self.bar(x - 1, y - 1, x + 2, y + 2);
        }
    }

    /// Something like a written word: letters like a U, 16 pixels apart, standing on `base`.
    pub(super) fn word(&mut self, left: i32, base: i32, letters: i32) {
        for i in 0..letters {
            let x = left + i * 16;
            self.stroke((x, base - 18), (x, base));
            self.stroke((x, base), (x + 10, base));
            self.stroke((x + 10, base), (x + 10, base - 18));
        }
    }
}

/// Section `[cut]` as it is shipped: a threshold that breaks a test must be noticed.
pub(super) fn settings() -> Config {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline.toml");
    let text = std::fs::read_to_string(path).expect("pipeline.toml");
    let all: toml::Table = text.parse().expect("toml");
    all["cut"].clone().try_into().expect("section [cut]")
}
