//! Straight rows of dots.

use super::marks::Spot;

/// A straight row on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// From and to.
    pub(super) x: (f32, f32),
    /// A point on it.
    pub(super) y0: (f32, f32),
    /// Rows a column.
    pub(super) slope: f32,
}

impl Row {
    /// The row from one point to another.
    pub(super) fn between(from: Spot, to: Spot) -> Self {
        Self { x: (from.0, to.0), y0: from, slope: (to.1 - from.1) / (to.0 - from.0).max(1.0) }
    }

    /// Its height at a column.
    pub(super) fn at(&self, x: f32) -> f32 {
        self.y0.1 + self.slope * (x - self.y0.0)
    }

    /// The straight line through the points close to it, if they say enough about its fall.
    pub(super) fn through(&self, points: &[Spot]) -> Self {
        let close: Vec<Spot> = points.iter().filter(|p| (p.1 - self.at(p.0)).abs() <= 2.5).copied().collect();
        let count = close.len().max(1) as f32;
        let (mx, my) = (close.iter().map(|p| p.0).sum::<f32>() / count, close.iter().map(|p| p.1).sum::<f32>() / count);
        let spread: f32 = close.iter().map(|p| (p.0 - mx).powi(2)).sum();
        let common: f32 = close.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum();
        // points bunched at one end tell the height only
        if close.len() < 8 || spread / count < ((self.x.1 - self.x.0) / 6.0).powi(2) {
            return *self;
        }
        Self { x: self.x, y0: (mx, my), slope: common / spread }
    }
}

/// Width of the cells in which dots are counted, pixels.
pub(super) const CELL: f32 = 4.0;

/// Cells of the row that hold a dot.
pub(super) fn covered(points: &[Spot], row: &Row) -> usize {
    let mut cells: Vec<i32> =
        points.iter().filter(|p| (p.1 - row.at(p.0)).abs() <= 1.6).map(|p| (p.0 / CELL) as i32).collect();
    cells.sort_unstable();
    cells.dedup();
    cells.len()
}
