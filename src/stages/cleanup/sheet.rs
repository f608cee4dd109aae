//! Where the page lies on the scan: outline, perspective, skew, resolution, as one transform.

use image::{GrayImage, ImageBuffer, Pixel, RgbImage};

use super::outline::{Corner, Outline, outline_of};
use super::plane::{self, UprightSpace};
use super::skew::{Skew, skew_of};
use super::squares::Squares;
use super::{CleanupError, Config, WORKING_DPI, Way, flatten, warp};
use crate::domain::{PageSpace, Point, ScanSpace, Transform};
use crate::stages::intake::Scan;

/// A page found.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// From the page's grid at the working resolution to the scan.
    pub(super) to_scan: Transform<PageSpace, ScanSpace>,
    /// Pixels of that grid.
    pub(super) size: (u32, u32),
    /// The page's corners on that grid, clockwise from the top left of the picture.
    pub(super) corners: [Corner; 4],
    /// Which sides (left, top, right, bottom of those corners) are edges of the page rather than of the picture.
    pub(super) seen: [bool; 4],
    /// The paper's colour.
    pub(super) paper: [u8; 3],
    /// Resolution taken or guessed.
    pub(super) dpi: f32,
}

/// Longest side of the preview, pixels: about 100 dpi for A4, enough for a tenth of a degree. Coarser pictures stay as
/// they are: enlarging would make lines of a JPEG's grid.
const PREVIEW: f64 = 1170.0;
/// Side of the preview's squares: two millimetres.
const SQUARE: u32 = 8;

/// The picture made small and upright.
#[derive(Debug, Clone, Copy)]
struct PreviewSpace;
/// The page made rectangular and level, at the preview's scale.
#[derive(Debug, Clone, Copy)]
struct LevelSpace;

/// Finds the page.
pub(super) fn find(scan: &Scan, way: Way, config: &Config) -> Result<Sheet, CleanupError> {
    let stored = scan.image.dimensions();
    let (width, height) = plane::upright_size(scan.orientation, stored);
    if width.min(height) < config.least_side {
        return Err(CleanupError::TooSmall { width, height });
    }
    let shrink = (f64::from(width.max(height)) / PREVIEW).max(1.0);
    let to_scan: Transform<PreviewSpace, ScanSpace> =
        plane::scale::<PreviewSpace, UprightSpace>(shrink).then(&plane::upright_to_stored(scan.orientation, stored));
    let size = ((f64::from(width) / shrink).round() as u32, (f64::from(height) / shrink).round() as u32);
    let mut preview = warp::pull(&scan.image, &to_scan, size, [255; 3]);
    let squares = Squares::of(&preview, SQUARE);
    let outline = outline_of(&squares, size, config);
    // where the picture cuts what lies beyond the page, it draws lines that are level whichever way the page lies
    paint_squares(&mut preview, &squares, &outline);
    paint_beyond(&mut preview, (outline.corners, outline.seen), SQUARE as f32, image::Rgb(outline.paper_colour()));
    let level = level(&preview, &outline, way, config);
    let (to_preview, size) = frame(&outline, level);
    let (level_to_scan, stated) = (to_preview.then(&to_scan), scan.dpi.map(|dpi| dpi / shrink as f32));
    let dpi = dpi_of(stated, size, config);
    Ok(at_working_size(&level_to_scan, &to_preview, size, dpi, &outline, shrink))
}

/// Makes the squares beyond the page paper.
fn paint_squares(preview: &mut RgbImage, squares: &Squares, outline: &Outline) {
    let paint = image::Rgb(outline.paper_colour());
    for (x, y, pixel) in preview.enumerate_pixels_mut() {
        if outline.beyond[(y / squares.side) as usize * squares.across + (x / squares.side) as usize] {
            *pixel = paint;
        }
    }
}

/// The turn that makes lines level, and the perspective taken out before it.
#[derive(Debug, Clone, Copy)]
struct Level {
    to_preview: Transform<LevelSpace, PreviewSpace>,
}

fn level(preview: &RgbImage, outline: &Outline, way: Way, config: &Config) -> Level {
    let straight = straight(outline, config).unwrap_or_else(Transform::identity);
    let size = preview.dimensions();
    let ink = marks(&warp::pull(preview, &straight, size, outline.paper_colour()));
    let across = skew_of(&ink, config.max_skew);
    let down = skew_of(&image::imageops::rotate90(&ink), config.max_skew);
    let centre = (f64::from(size.0) / 2.0, f64::from(size.1) / 2.0);
    let sideways = down.lines > config.sideways_lines * across.lines;
    if sideways == (way == Way::Likely) {
        let turned = plane::turn::<LevelSpace, LevelSpace>(f64::from(down.degrees), (centre.1, centre.0));
        let quarter = plane::quarter((f64::from(size.0), f64::from(size.1)));
        return Level { to_preview: turned.then(&quarter).then(&straight) };
    }
    let Skew { degrees, .. } = across;
    Level { to_preview: plane::turn::<LevelSpace, LevelSpace>(f64::from(degrees), centre).then(&straight) }
}

/// Takes perspective out where the whole page is seen and opposite sides do not run alike.
fn straight(outline: &Outline, config: &Config) -> Option<Transform<LevelSpace, PreviewSpace>> {
    let corners = outline.corners;
    let way = |a: usize, b: usize| (corners[b].1 - corners[a].1).atan2(corners[b].0 - corners[a].0).to_degrees();
    let apart = |a: f32, b: f32| (a - b).abs();
    let off = apart(way(0, 1), way(3, 2)).max(apart(way(0, 3), way(1, 2)));
    if outline.seen != [true; 4] || off < config.least_perspective {
        return None;
    }
    let long = |a: usize, b: usize| f64::from((corners[a].0 - corners[b].0).hypot(corners[a].1 - corners[b].1));
    let (w, h) = (f64::midpoint(long(0, 1), long(3, 2)), f64::midpoint(long(0, 3), long(1, 2)));
    let corners = corners.map(|(x, y)| (f64::from(x), f64::from(y)));
    // the straightened page stands in the middle of a picture of the preview's size
    let middle = |i: usize| corners.iter().map(|c| if i == 0 { c.0 } else { c.1 }).sum::<f64>() / 4.0;
    let place = plane::shift::<LevelSpace, LevelSpace>(w / 2.0 - middle(0), h / 2.0 - middle(1));
    Some(place.then(&plane::onto_corners((w, h), corners)?))
}

/// Dark marks of a preview: what lines are told by. The picture's rim is no line.
fn marks(preview: &RgbImage) -> GrayImage {
    let flat = flatten::flatten(preview, &Squares::of(preview, SQUARE));
    let (w, h) = flat.dimensions();
    let inside = |v: u32, n: u32| v >= SQUARE && v + SQUARE < n;
    let mut marks = GrayImage::from_fn(w, h, |x, y| {
        // seals are pale in red
        image::Luma([if inside(x, w) && inside(y, h) { 255 - flat.get_pixel(x, y).0[0] } else { 0 }])
    });
    let floor = marks_floor(&marks);
    marks.iter_mut().for_each(|v| *v = v.saturating_sub(floor));
    marks
}

/// The darkness that one pixel in thirty exceeds, within what pale print and what shines through have: on a dark page
/// that is print alone, on a pale one its dots too, and never the grid of a JPEG.
fn marks_floor(dark: &GrayImage) -> u8 {
    const PALE: u8 = 30;
    const DARK: u8 = 90;
    let mut counts = [0_u32; 256];
    dark.iter().for_each(|v| counts[usize::from(*v)] += 1);
    let mut left = dark.len() as u32 / 30;
    let level = (0..=255_u8).rev().find(|level| {
        let n = counts[usize::from(*level)];
        left = left.saturating_sub(n);
        left == 0
    });
    level.unwrap_or(PALE).clamp(PALE, DARK)
}

/// The level page cut to its outline: the map from it, and its size in preview pixels.
fn frame(outline: &Outline, level: Level) -> (Transform<LevelSpace, PreviewSpace>, (f64, f64)) {
    let back = level.to_preview.inverse();
    let corners = outline.corners.map(|(x, y)| back.apply(Point::new(x, y)));
    let least = |v: [f32; 4]| v.into_iter().fold(f32::INFINITY, f32::min);
    let most = |v: [f32; 4]| v.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let (xs, ys) = (corners.map(|p| p.x), corners.map(|p| p.y));
    let cut = plane::shift::<LevelSpace, LevelSpace>(f64::from(least(xs)), f64::from(least(ys)));
    (cut.then(&level.to_preview), (f64::from(most(xs) - least(xs)), f64::from(most(ys) - least(ys))))
}

/// The stated resolution where it makes a page of this size; else as if an upright page were A4, a spread A3.
///
/// Both share their height: 297 mm. `stated` and the answer count preview pixels an inch.
fn dpi_of(stated: Option<f32>, (width, height): (f64, f64), config: &Config) -> f32 {
    let (long, allowed) = if width > height { (width, config.spread) } else { (height, config.upright_page) };
    let believed = |dpi: &f32| (allowed[0]..=allowed[1]).contains(&(long as f32 / dpi * 25.4));
    stated.filter(believed).unwrap_or(height as f32 / (297.0 / 25.4))
}

fn at_working_size(
    level_to_scan: &Transform<LevelSpace, ScanSpace>,
    level_to_preview: &Transform<LevelSpace, PreviewSpace>,
    (width, height): (f64, f64),
    dpi: f32,
    outline: &Outline,
    shrink: f64,
) -> Sheet {
    let factor = f64::from(dpi) / f64::from(WORKING_DPI);
    let to_level: Transform<PageSpace, LevelSpace> = plane::scale(factor);
    let to_page = to_level.then(level_to_preview).inverse();
    let corners = outline.corners.map(|(x, y)| to_page.apply(Point::new(x, y))).map(|p| (p.x, p.y));
    Sheet {
        to_scan: to_level.then(level_to_scan),
        size: ((width / factor).round() as u32, (height / factor).round() as u32),
        corners,
        seen: outline.seen,
        paper: outline.paper_colour(),
        dpi: dpi * shrink as f32,
    }
}

impl Sheet {
    /// Whitens what lies beyond the page's seen sides or within `inset` pixels of them.
    pub(super) fn paint_beyond(&self, grey: &mut GrayImage, inset: f32) {
        paint_beyond(grey, (self.corners, self.seen), inset, image::Luma([255]));
    }
}

/// Paints what lies beyond the seen sides of a page, or within `inset` of them.
fn paint_beyond<P: Pixel>(
    picture: &mut ImageBuffer<P, Vec<P::Subpixel>>,
    (corners, seen): ([Corner; 4], [bool; 4]),
    inset: f32,
    paint: P,
) {
    let [a, b, c, d] = corners;
    let middle = ((a.0 + b.0 + c.0 + d.0) / 4.0, (a.1 + b.1 + c.1 + d.1) / 4.0);
    let sides = [(d, a), (a, b), (b, c), (c, d)];
    for ((from, to), _) in sides.into_iter().zip(seen).filter(|(_, seen)| *seen) {
        // n · p = level along the side; more than that towards the middle
        let length = (to.0 - from.0).hypot(to.1 - from.1).max(1.0);
        let mut n = ((from.1 - to.1) / length, (to.0 - from.0) / length);
        if n.0 * (middle.0 - from.0) + n.1 * (middle.1 - from.1) < 0.0 {
            n = (-n.0, -n.1);
        }
        let level = n.0 * from.0 + n.1 * from.1 + inset;
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            if n.0 * (x as f32 + 0.5) + n.1 * (y as f32 + 0.5) < level {
                *pixel = paint;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;
    use crate::stages::cleanup::tests::config;

    /// A few rows of pale print on a page that lies `degrees` off level on black, so large that the picture cuts it.
    fn on_black(degrees: f32) -> RgbImage {
        let (sin, cos) = degrees.to_radians().sin_cos();
        RgbImage::from_fn(820, 1170, |x, y| {
            let (dx, dy) = (x as f32 - 410.0, y as f32 - 585.0);
            let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
            let print = u.abs() < 200.0 && v.abs() < 420.0 && v.rem_euclid(120.0) < 4.0 && u.rem_euclid(9.0) < 4.0;
            let paper = u.abs() < 425.0 && v.abs() < 595.0;
            Rgb([if !paper {
                12
            } else if print {
                150
            } else {
                235
            }; 3])
        })
    }

    #[test]
    fn a_page_on_black_whose_corners_are_cut_is_made_level() {
        for degrees in [-6.5, -4.0, 0.0, 4.0, 6.5] {
            let mut preview = on_black(degrees);
            let squares = Squares::of(&preview, SQUARE);
            let outline = outline_of(&squares, preview.dimensions(), &config());
            paint_squares(&mut preview, &squares, &outline);
            let found = skew_of(&marks(&preview), 8.0).degrees;
            assert!((found - degrees).abs() < 0.1, "{degrees}: {found}");
        }
    }
}
