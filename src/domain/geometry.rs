//! Places in three coordinate spaces, and the invertible way from one to another.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// Pixels of the decoded scan, exactly as the file stores it (before EXIF rotation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanSpace;
/// Pixels of the cleaned, upright page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpace;
/// Millimetres on the nominal blank form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormSpace;

/// A point in space `S`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Point<S> {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
    #[serde(skip)]
    space: PhantomData<S>,
}

impl<S> Clone for Point<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for Point<S> {}
impl<S> PartialEq for Point<S> {
    fn eq(&self, other: &Self) -> bool {
        self.x == other.x && self.y == other.y
    }
}

impl<S> Point<S> {
    /// A point.
    #[must_use]
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y, space: PhantomData }
    }
}

/// An upright rectangle in space `S`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Rect<S> {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge, outside.
    pub right: f32,
    /// Bottom edge, outside.
    pub bottom: f32,
    #[serde(skip)]
    space: PhantomData<S>,
}

impl<S> Clone for Rect<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for Rect<S> {}
impl<S> PartialEq for Rect<S> {
    fn eq(&self, o: &Self) -> bool {
        (self.left, self.top, self.right, self.bottom) == (o.left, o.top, o.right, o.bottom)
    }
}

impl<S> Rect<S> {
    /// A rectangle from its edges.
    #[must_use]
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left, top, right, bottom, space: PhantomData }
    }

    /// Width, never negative.
    #[must_use]
    pub fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    /// Height, never negative.
    #[must_use]
    pub fn height(&self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }

    /// Area.
    #[must_use]
    pub fn area(&self) -> f32 {
        self.width() * self.height()
    }

    /// The four corners, clockwise from the top left.
    #[must_use]
    pub fn corners(&self) -> Polygon<S> {
        Polygon(vec![
            Point::new(self.left, self.top),
            Point::new(self.right, self.top),
            Point::new(self.right, self.bottom),
            Point::new(self.left, self.bottom),
        ])
    }

    /// The box around both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self::new(
            self.left.min(other.left),
            self.top.min(other.top),
            self.right.max(other.right),
            self.bottom.max(other.bottom),
        )
    }

    /// Intersection over union, the usual measure of how well two boxes agree.
    #[must_use]
    pub fn iou(&self, other: &Self) -> f32 {
        let w = self.right.min(other.right) - self.left.max(other.left);
        let h = self.bottom.min(other.bottom) - self.top.max(other.top);
        let common = w.max(0.0) * h.max(0.0);
        let all = self.area() + other.area() - common;
        if all > 0.0 { common / all } else { 0.0 }
    }
}

/// A closed polygon, clockwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Polygon<S>(pub Vec<Point<S>>);

impl<S> From<&[(f32, f32)]> for Polygon<S> {
    fn from(corners: &[(f32, f32)]) -> Self {
        Self(corners.iter().map(|(x, y)| Point::new(*x, *y)).collect())
    }
}

impl<S> Polygon<S> {
    /// The smallest upright rectangle around it; empty for no points.
    #[must_use]
    pub fn bounds(&self) -> Rect<S> {
        let mut points = self.0.iter();
        let Some(first) = points.next() else {
            return Rect::new(0.0, 0.0, 0.0, 0.0);
        };
        points.fold(Rect::new(first.x, first.y, first.x, first.y), |r, p| {
            Rect::new(r.left.min(p.x), r.top.min(p.y), r.right.max(p.x), r.bottom.max(p.y))
        })
    }
}

/// A projective map from space `A` to space `B` that is known in both directions.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Transform<A, B> {
    forth: [f64; 9],
    back: [f64; 9],
    #[serde(skip)]
    spaces: PhantomData<(A, B)>,
}

impl<A, B> Clone for Transform<A, B> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<A, B> Copy for Transform<A, B> {}

impl<A, B> Transform<A, B> {
    /// From a row-major 3×3 matrix; `None` when it has no inverse.
    #[must_use]
    pub fn from_matrix(forth: [f64; 9]) -> Option<Self> {
        let back = invert(&forth)?;
        Some(Self { forth, back, spaces: PhantomData })
    }

    /// The same coordinates in both spaces.
    #[must_use]
    pub fn identity() -> Self {
        let one = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        Self { forth: one, back: one, spaces: PhantomData }
    }

    /// The row-major matrix of the way forth.
    #[must_use]
    pub fn matrix(&self) -> [f64; 9] {
        self.forth
    }

    /// Where a point of `A` lies in `B`.
    #[must_use]
    pub fn apply(&self, p: Point<A>) -> Point<B> {
        project(&self.forth, p.x, p.y)
    }

    /// A polygon of `A` in `B`.
    #[must_use]
    pub fn apply_polygon(&self, polygon: &Polygon<A>) -> Polygon<B> {
        Polygon(polygon.0.iter().map(|p| self.apply(*p)).collect())
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Transform<B, A> {
        Transform { forth: self.back, back: self.forth, spaces: PhantomData }
    }

    /// First this, then `next`.
    #[must_use]
    pub fn then<C>(&self, next: &Transform<B, C>) -> Transform<A, C> {
        Transform {
            forth: multiply(&next.forth, &self.forth),
            back: multiply(&self.back, &next.back),
            spaces: PhantomData,
        }
    }
}

fn project<S>(m: &[f64; 9], x: f32, y: f32) -> Point<S> {
    let (x, y) = (f64::from(x), f64::from(y));
    let w = m[6] * x + m[7] * y + m[8];
    let w = if w.abs() < 1e-12 { 1e-12 } else { w };
    Point::new(((m[0] * x + m[1] * y + m[2]) / w) as f32, ((m[3] * x + m[4] * y + m[5]) / w) as f32)
}

fn multiply(a: &[f64; 9], b: &[f64; 9]) -> [f64; 9] {
    std::array::from_fn(|i| (0..3).map(|k| a[i / 3 * 3 + k] * b[k * 3 + i % 3]).sum())
}

fn invert(m: &[f64; 9]) -> Option<[f64; 9]> {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
    let det = m[0] * minor(4, 5, 7, 8) - m[1] * minor(3, 5, 6, 8) + m[2] * minor(3, 4, 6, 7);
    if !det.is_finite() || det.abs() < 1e-12 {
        return None;
    }
    let adjugate = [
        minor(4, 5, 7, 8),
        -minor(1, 2, 7, 8),
        minor(1, 2, 4, 5),
        -minor(3, 5, 6, 8),
        minor(0, 2, 6, 8),
        -minor(0, 2, 3, 5),
        minor(3, 4, 6, 7),
        -minor(0, 1, 6, 7),
        minor(0, 1, 3, 4),
    ];
    Some(adjugate.map(|v| v / det))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_where_we_started() {
        let t: Transform<PageSpace, ScanSpace> =
            Transform::from_matrix([0.9, -0.1, 40.0, 0.1, 0.95, -7.0, 1e-5, -2e-5, 1.0]).expect("invertible");
        let p = Point::new(812.0, 1440.5);
        let again = t.inverse().apply(t.apply(p));
        assert!((again.x - p.x).abs() < 0.01 && (again.y - p.y).abs() < 0.01, "{again:?}");
    }

    #[test]
    fn two_steps_equal_their_product() {
        let a: Transform<PageSpace, ScanSpace> =
            Transform::from_matrix([2.0, 0.0, 3.0, 0.0, 2.0, 4.0, 0.0, 0.0, 1.0]).expect("invertible");
        let b: Transform<ScanSpace, FormSpace> =
            Transform::from_matrix([0.0, -1.0, 9.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]).expect("invertible");
        let p = Point::new(5.0, 6.0);
        assert_eq!(a.then(&b).apply(p), b.apply(a.apply(p)));
    }

    #[test]
    fn a_flat_matrix_is_no_transform() {
        assert!(Transform::<PageSpace, ScanSpace>::from_matrix([0.0; 9]).is_none());
    }

    #[test]
    fn overlap_counts_both_boxes() {
        let a: Rect<PageSpace> = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!((a.iou(&Rect::new(0.0, 0.0, 10.0, 5.0)) - 0.5).abs() < 1e-6);
        assert!(a.iou(&Rect::new(10.0, 0.0, 20.0, 10.0)) < 1e-6);
    }
}
