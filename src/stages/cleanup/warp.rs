//! Pulls the page out of the scan in one go: EXIF turn, scale, skew and perspective are one transform.

use image::RgbImage;
use sohoa_resize::resize;

use crate::domain::{Point, Transform};

/// The picture seen through `to_scan`; outside of the scan it is `ground`.
pub(super) fn pull<A, B>(
    scan: &RgbImage,
    to_scan: &Transform<A, B>,
    (width, height): (u32, u32),
    ground: [u8; 3],
) -> RgbImage {
    let step = step_of(to_scan, width, height);
    // taking every second pixel would tear thin strokes: shrink first, then sample at about one to one
    if step > 1.15 {
        let (w, h) = scan.dimensions();
        let small = resize(scan, (w as f32 / step).round() as u32, (h as f32 / step).round() as u32);
        let to = [f64::from(small.width()) / f64::from(w), f64::from(small.height()) / f64::from(h)];
        let m = to_scan.matrix();
        let m = std::array::from_fn(|i| if i < 6 { m[i] * to[i / 3] } else { m[i] });
        return sample(&small, &m, (width, height), ground);
    }
    sample(scan, &to_scan.matrix(), (width, height), ground)
}

/// Scan pixels for one page pixel at the page's centre.
fn step_of<A, B>(to_scan: &Transform<A, B>, width: u32, height: u32) -> f32 {
    let (x, y) = (width as f32 / 2.0, height as f32 / 2.0);
    let [o, a, b] = [(x, y), (x + 1.0, y), (x, y + 1.0)].map(|(x, y)| to_scan.apply(Point::new(x, y)));
    ((a.x - o.x).hypot(a.y - o.y) * (b.x - o.x).hypot(b.y - o.y)).sqrt()
}

/// Bilinear sampling; pixel centres lie on halves.
fn sample(source: &RgbImage, m: &[f64; 9], (width, height): (u32, u32), ground: [u8; 3]) -> RgbImage {
    let (w, h) = (source.width() as i32, source.height() as i32);
    let raw = source.as_raw();
    let mut out = ground.repeat(width as usize * height as usize);
    for (y, row) in out.chunks_exact_mut(width as usize * 3).enumerate() {
        let yc = y as f64 + 0.5;
        let start = [m[1] * yc + m[2], m[4] * yc + m[5], m[7] * yc + m[8]];
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let xc = x as f64 + 0.5;
            let scale = 1.0 / (m[6] * xc + start[2]);
            let (sx, sy) = ((m[0] * xc + start[0]) * scale - 0.5, (m[3] * xc + start[1]) * scale - 0.5);
            if !(sx > -0.5 && sy > -0.5 && sx < f64::from(w) - 0.5 && sy < f64::from(h) - 0.5) {
                continue;
            }
            let (x0, y0) = (sx.floor(), sy.floor());
            let (fx, fy) = (((sx - x0) * 256.0) as i32, ((sy - y0) * 256.0) as i32);
            let (x0, y0) = (x0 as i32, y0 as i32);
            let at = |x: i32, y: i32| ((y.clamp(0, h - 1) * w + x.clamp(0, w - 1)) * 3) as usize;
            let [a, b, c, d] = [at(x0, y0), at(x0 + 1, y0), at(x0, y0 + 1), at(x0 + 1, y0 + 1)];
            for (k, value) in pixel.iter_mut().enumerate() {
                let above = i32::from(raw[a + k]) * (256 - fx) + i32::from(raw[b + k]) * fx;
                let below = i32::from(raw[c + k]) * (256 - fx) + i32::from(raw[d + k]) * fx;
                *value = ((above * (256 - fy) + below * fy + (1 << 15)) >> 16) as u8;
            }
        }
    }
    RgbImage::from_raw(width, height, out).unwrap_or_default()
}
