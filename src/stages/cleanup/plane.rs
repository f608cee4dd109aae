//! Homographies as row-major 3×3 matrices of the few kinds that clean-up needs.

use image::metadata::Orientation;

use crate::domain::{PageSpace, Transform};

/// Pixels of the picture turned upright as EXIF says, still at the scan's own scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UprightSpace;

/// Size of a picture turned upright.
pub(super) fn upright_size(orientation: Orientation, (width, height): (u32, u32)) -> (u32, u32) {
    match orientation {
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
    }
}

/// From the upright picture to the stored one; `width` and `height` are the stored picture's.
pub(super) fn upright_to_stored<S>(
    orientation: Orientation,
    (width, height): (u32, u32),
) -> Transform<UprightSpace, S> {
    let (w, h) = (f64::from(width), f64::from(height));
    // rows: stored x and stored y as (x, y, 1) of the upright picture
    let [a, b] = match orientation {
        Orientation::NoTransforms => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        Orientation::FlipHorizontal => [[-1.0, 0.0, w], [0.0, 1.0, 0.0]],
        Orientation::Rotate180 => [[-1.0, 0.0, w], [0.0, -1.0, h]],
        Orientation::FlipVertical => [[1.0, 0.0, 0.0], [0.0, -1.0, h]],
        // transposed
        Orientation::Rotate90FlipH => [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        Orientation::Rotate90 => [[0.0, 1.0, 0.0], [-1.0, 0.0, h]],
        // transposed over the other diagonal
        Orientation::Rotate270FlipH => [[0.0, -1.0, w], [-1.0, 0.0, h]],
        Orientation::Rotate270 => [[0.0, -1.0, w], [1.0, 0.0, 0.0]],
    };
    affine(a, b)
}

/// From its two upper rows.
fn affine<A, B>(a: [f64; 3], b: [f64; 3]) -> Transform<A, B> {
    let matrix = [a[0], a[1], a[2], b[0], b[1], b[2], 0.0, 0.0, 1.0];
    Transform::from_matrix(matrix).unwrap_or_else(Transform::identity)
}

/// A uniform scale: `factor` pixels of `B` to one of `A`.
pub(super) fn scale<A, B>(factor: f64) -> Transform<A, B> {
    affine([factor, 0.0, 0.0], [0.0, factor, 0.0])
}

/// From a page grid to the picture it is turned out of: the page's centre on `centre`, lines that run downwards to
/// the right by `degrees` in the picture made level.
pub(super) fn level<B>(degrees: f64, scale: f64, page: (f64, f64), centre: (f64, f64)) -> Transform<PageSpace, B> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (a, b) = (scale * cos, scale * sin);
    affine(
        [a, -b, centre.0 - a * page.0 / 2.0 + b * page.1 / 2.0],
        [b, a, centre.1 - b * page.0 / 2.0 - a * page.1 / 2.0],
    )
}
