//! The few kinds of maps between pictures that clean-up needs. Places are measured from the picture's corner: the middle
//! of the first pixel lies at one half.

use image::metadata::Orientation;

use crate::domain::Transform;

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

/// A turn by `degrees` about a point: lines that run downwards to the right by that angle in `B` are level in `A`.
pub(super) fn turn<A, B>(degrees: f64, centre: (f64, f64)) -> Transform<A, B> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (x, y) = centre;
    affine([cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y])
}

/// A quarter turn clockwise of a picture of this size: from the turned picture to the unturned.
pub(super) fn quarter<A, B>((_, height): (f64, f64)) -> Transform<A, B> {
    affine([0.0, 1.0, 0.0], [-1.0, 0.0, height])
}

/// A shift: the origin of `A` lies at `(x, y)` in `B`.
pub(super) fn shift<A, B>(x: f64, y: f64) -> Transform<A, B> {
    affine([1.0, 0.0, x], [0.0, 1.0, y])
}

/// The projective map of a rectangle at the origin onto four corners, clockwise from the top left.
pub(super) fn onto_corners<A, B>((w, h): (f64, f64), corners: [(f64, f64); 4]) -> Option<Transform<A, B>> {
    let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
    let (dx1, dx2, dx3) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
    let (dy1, dy2, dy3) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
    let det = dx1 * dy2 - dx2 * dy1;
    let (g, k) = ((dx3 * dy2 - dx2 * dy3) / det, (dx1 * dy3 - dx3 * dy1) / det);
    let unit = [x1 - x0 + g * x1, x3 - x0 + k * x3, x0, y1 - y0 + g * y1, y3 - y0 + k * y3, y0, g, k, 1.0];
    // from the unit square to the rectangle
    let of_rectangle = std::array::from_fn(|i| unit[i] / [w, h, 1.0][i % 3]);
    Transform::from_matrix(of_rectangle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PageSpace, Point, ScanSpace};

    const ALL: [Orientation; 8] = [
        Orientation::NoTransforms,
        Orientation::FlipHorizontal,
        Orientation::Rotate180,
        Orientation::FlipVertical,
        Orientation::Rotate90FlipH,
        Orientation::Rotate90,
        Orientation::Rotate270FlipH,
        Orientation::Rotate270,
    ];

    #[test]
    fn every_orientation_finds_the_pixel_that_the_image_crate_puts_there() {
        let stored = image::GrayImage::from_fn(5, 3, |x, y| image::Luma([(10 * y + x) as u8]));
        for orientation in ALL {
            let mut shown = image::DynamicImage::ImageLuma8(stored.clone());
            shown.apply_orientation(orientation);
            let shown = shown.into_luma8();
            assert_eq!(upright_size(orientation, (5, 3)), shown.dimensions());
            let back: Transform<UprightSpace, ScanSpace> = upright_to_stored(orientation, (5, 3));
            for (x, y, pixel) in shown.enumerate_pixels() {
                let at = back.apply(Point::new(x as f32 + 0.5, y as f32 + 0.5));
                assert_eq!(stored.get_pixel(at.x as u32, at.y as u32), pixel, "{orientation:?} at {x} {y}");
            }
        }
    }

    #[test]
    fn corners_of_a_rectangle_go_onto_the_corners_given() {
        let corners = [(10.0, 20.0), (110.0, 25.0), (105.0, 180.0), (4.0, 170.0)];
        let t: Transform<PageSpace, UprightSpace> = onto_corners((50.0, 80.0), corners).expect("sound");
        let ends = [(0.0, 0.0), (50.0, 0.0), (50.0, 80.0), (0.0, 80.0)];
        for ((x, y), want) in ends.into_iter().zip(corners) {
            let at = t.apply(Point::new(x, y));
            assert!((f64::from(at.x) - want.0).abs() < 1e-3 && (f64::from(at.y) - want.1).abs() < 1e-3, "{at:?}");
        }
    }

    #[test]
    fn a_quarter_turn_brings_the_lower_left_corner_to_the_upper_left() {
        let t: Transform<PageSpace, UprightSpace> = quarter((30.0, 40.0));
        assert_eq!(t.apply(Point::new(0.0, 0.0)), Point::new(0.0, 40.0));
        assert_eq!(t.apply(Point::new(40.0, 0.0)), Point::new(0.0, 0.0));
    }
}
