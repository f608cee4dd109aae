//! The ink beside a label.

use std::ops::Range;

use image::GrayImage;

/// The pixels around a label's end, between the tops of small letters' marks and the baseline.
pub(super) struct Strip<'a> {
    pub(super) grey: &'a GrayImage,
    /// Darker than this is ink.
    pub(super) level: u8,
    pub(super) columns: Range<u32>,
    pub(super) rows: Range<u32>,
}

impl Strip<'_> {
    pub(super) fn is_ink(&self, x: u32, y: u32) -> bool {
        self.grey.get_pixel(x, y).0[0] < self.level
    }

    /// White stretches of at least so many columns, as half-open ranges.
    pub(super) fn gaps(&self, least: usize) -> Vec<(f32, f32)> {
        let mut gaps = Vec::new();
        let mut start = None;
        for x in self.columns.start..=self.columns.end {
            let white = x < self.columns.end && self.rows.clone().all(|y| !self.is_ink(x, y));
            match (white, start) {
                (true, None) => start = Some(x),
                (false, Some(from)) => {
                    if (x - from) as usize >= least {
                        gaps.push((from as f32, x as f32));
                    }
                    start = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
        }
        gaps
    }

    /// Whether the ink between two gaps is narrow and has a white waist.
    pub(super) fn is_colon(&self, from: f32, to: f32) -> bool {
        let (from, to) = (from as u32, to as u32);
        let height = self.rows.end - self.rows.start;
        let inked = |y: &u32| (from..to).any(|x| self.is_ink(x, *y));
        let ink: Vec<u32> = self.rows.clone().filter(inked).collect();
        let (Some(top), Some(bottom)) = (ink.first(), ink.last()) else { return false };
        let waist = (ink.len() as u32) < bottom - top;
        // two dots: no wider than a third of the letters are high, not higher than small letters
        (to - from) * 3 <= height && waist && bottom - top < height * 4 / 5
    }
}
