//! A perceptual hash of a line of writing: brightness steps on a coarse grid, independent of size and of paper.

use image::GrayImage;

const COLUMNS: u32 = 16;
const ROWS: u32 = 4;

/// 64 bits: whether a cell holds more ink than its left neighbour, on a grid of 4 rows by 16 steps.
#[must_use]
pub fn look(line: &GrayImage) -> u64 {
    let ink = cells(line);
    let mut bits = 0;
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let at = (row * (COLUMNS + 1) + column) as usize;
            bits = bits << 1 | u64::from(ink[at + 1] > ink[at]);
        }
    }
    bits
}

/// Mean darkness of 17 × 4 cells; every cell covers at least one pixel.
fn cells(line: &GrayImage) -> Vec<u64> {
    let (width, height) = line.dimensions();
    if width == 0 || height == 0 {
        return vec![0; ((COLUMNS + 1) * ROWS) as usize];
    }
    let span = |i: u32, of: u32, size: u32| {
        let from = i * size / of;
        from..((i + 1) * size / of).max(from + 1).min(size)
    };
    let mut means = Vec::with_capacity(((COLUMNS + 1) * ROWS) as usize);
    for row in 0..ROWS {
        for column in 0..=COLUMNS {
            let (ys, xs) = (span(row, ROWS, height), span(column, COLUMNS + 1, width));
            let area = u64::from((ys.end - ys.start) * (xs.end - xs.start)).max(1);
            let dark: u64 = ys
                .flat_map(|y| xs.clone().map(move |x| (x, y)))
                .map(|(x, y)| u64::from(255 - line.get_pixel(x, y).0[0]))
                .sum();
            means.push(dark * 16 / area);
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strokes(scale: u32, shift: u32) -> GrayImage {
        GrayImage::from_fn(170 * scale, 40 * scale, |x, y| {
            let (x, y) = (x / scale + shift, y / scale);
            image::Luma([if (x * 7 + y * 3) / 40 % 3 == 0 { 0 } else { 255 }])
        })
    }

    #[test]
    fn size_does_not_change_the_look_and_writing_does() {
        assert_eq!(look(&strokes(1, 0)), look(&strokes(2, 0)));
        assert!((look(&strokes(1, 0)) ^ look(&strokes(1, 60))).count_ones() > 10);
    }

    #[test]
    fn a_picture_smaller_than_the_grid_has_a_look() {
        assert_eq!(look(&GrayImage::new(0, 0)), 0);
        assert_eq!(look(&GrayImage::new(1, 1)), 0, "one colour has no steps");
        assert_eq!(look(&GrayImage::new(10_000, 1)), 0);
    }
}
