//! Red seals and stamps, told from ink by their colour.

use image::{GrayImage, RgbImage};

use super::Config;

/// 255 where a flattened picture is seal red, less towards doubtful colours, and around it as far as ink bleeds.
///
/// Red means: much red, little green and little blue, and these two alike. Brown ink has more green than blue and less
/// red, purple more blue than green, and neither passes.
pub(super) fn seal_of(flat: &RgbImage, config: &Config) -> GrayImage {
    let mut raw = GrayImage::new(flat.width(), flat.height());
    let (least, mut any) = ((config.seal_redness / 2.0) as u8, false);
    for (value, pixel) in raw.iter_mut().zip(flat.chunks_exact(3)) {
        if pixel[0] > pixel[1].max(pixel[2]).saturating_add(least) {
            *value = redness([pixel[0], pixel[1], pixel[2]].map(f32::from), config);
            any |= *value > 0;
        }
    }
    if any { widen(&raw) } else { raw }
}

fn redness([r, g, b]: [f32; 3], config: &Config) -> u8 {
    let excess = r - g.max(b);
    if excess < config.seal_redness / 2.0 || r < config.seal_red {
        return 0;
    }
    // orange and brown lean to green, pink and purple to blue
    let lean = (g - b) / (r - g.min(b));
    if lean > config.seal_lean_green || -lean > config.seal_lean_blue {
        return 0;
    }
    ((excess / config.seal_redness - 0.5) * 2.0 * 255.0).clamp(0.0, 255.0) as u8
}

/// The rim of a stamped stroke is too pale to be told by itself.
fn widen(raw: &GrayImage) -> GrayImage {
    let (w, h) = raw.dimensions();
    GrayImage::from_raw(w, h, widest(raw, w as usize, h as usize)).unwrap_or_default()
}

/// The largest value of the 3×3 around each.
pub(super) fn widest(plane: &[u8], w: usize, h: usize) -> Vec<u8> {
    let mut rows = vec![0_u8; w * h];
    for (out, row) in rows.chunks_exact_mut(w).zip(plane.chunks_exact(w)) {
        out.copy_from_slice(row);
        out[1..].iter_mut().zip(row).for_each(|(o, left)| *o = (*o).max(*left));
        out[..w - 1].iter_mut().zip(&row[1..]).for_each(|(o, right)| *o = (*o).max(*right));
    }
    let mut out = rows.clone();
    out[w..].iter_mut().zip(&rows).for_each(|(o, above)| *o = (*o).max(*above));
    out[..w * (h - 1)].iter_mut().zip(&rows[w..]).for_each(|(o, below)| *o = (*o).max(*below));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::cleanup::tests::config;

    fn seal_at(colour: [u8; 3]) -> u8 {
        seal_of(&RgbImage::from_pixel(3, 3, image::Rgb(colour)), &config()).get_pixel(1, 1).0[0]
    }

    #[test]
    fn seals_are_red_from_dark_to_pale() {
        for colour in [[200, 40, 50], [230, 120, 125], [215, 60, 40]] {
            assert_eq!(seal_at(colour), 255, "{colour:?}");
        }
    }

    #[test]
    fn ink_of_no_other_colour_is_a_seal() {
        // black, blue, purple, brown, weak brown, pink paper not quite flattened, weak purple
        let inks = [
            [30, 30, 35],
            [40, 60, 150],
            [95, 45, 130],
            [110, 65, 35],
            [200, 165, 140],
            [255, 240, 250],
            [190, 150, 205],
        ];
        for colour in inks {
            assert_eq!(seal_at(colour), 0, "{colour:?}");
        }
    }
}
