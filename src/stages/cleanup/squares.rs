//! The paper's colour in small squares: the common ground of outline and flattening.

use image::RgbImage;

/// Paper colour a square, row by row.
#[derive(Debug, Clone)]
pub(super) struct Squares {
    pub(super) side: u32,
    pub(super) across: usize,
    pub(super) down: usize,
    pub(super) levels: Vec<[f32; 3]>,
}

impl Squares {
    /// A high percentile of each square and channel: print and writing cover less of a square than paper does.
    pub(super) fn of(picture: &RgbImage, side: u32) -> Self {
        let (across, down) = (picture.width().div_ceil(side), picture.height().div_ceil(side));
        let mut levels = Vec::with_capacity((across * down) as usize);
        for row in 0..down {
            for column in 0..across {
                levels.push(level(picture, column * side, row * side, side));
            }
        }
        Self { side, across: across as usize, down: down as usize, levels }
    }

    /// Brightness of a square.
    pub(super) fn luma(&self, at: usize) -> f32 {
        luma(self.levels[at])
    }

    /// The squares to the left, right, above and below.
    pub(super) fn neighbours(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let (x, across, last) = (at % self.across, self.across, self.levels.len());
        let beside = [(x > 0).then(|| at - 1), (x + 1 < across).then(|| at + 1)];
        let upright = [at.checked_sub(across), Some(at + across).filter(|n| *n < last)];
        beside.into_iter().chain(upright).flatten()
    }
}

/// Running maximum or minimum over `reach` squares to each side, both ways.
pub(super) fn spread(plane: &[f32], (w, h): (usize, usize), reach: usize, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    let along = |plane: &[f32], step: usize, place: &dyn Fn(usize) -> (usize, usize)| -> Vec<f32> {
        let best = |at: usize| {
            let (i, n) = place(at);
            let (from, to) = (i.saturating_sub(reach), (i + reach).min(n - 1));
            (from..=to).map(|k| plane[at + k * step - i * step]).reduce(pick).unwrap_or(plane[at])
        };
        (0..plane.len()).map(best).collect()
    };
    let rows = along(plane, 1, &|at| (at % w, w));
    along(&rows, w, &|at| (at / w, h))
}

/// Brightness of a colour, 0–255.
pub(super) fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.299 * r + 0.587 * g + 0.114 * b
}

/// The level that a quarter of the square's pixels reach, channel by channel.
fn level(picture: &RgbImage, left: u32, top: u32, side: u32) -> [f32; 3] {
    let (right, bottom) = ((left + side).min(picture.width()), (top + side).min(picture.height()));
    let mut values = [const { Vec::new() }; 3];
    let raw = picture.as_raw();
    for y in (top..bottom).step_by(2) {
        let row = (y * picture.width()) as usize * 3;
        for x in (left..right).step_by(2) {
            let at = row + x as usize * 3;
            (0..3).for_each(|c| values[c].push(raw[at + c]));
        }
    }
    values.map(|mut v| {
        let n = v.len();
        f32::from(*v.select_nth_unstable(n * 3 / 4).1)
    })
}
