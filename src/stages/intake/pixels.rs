//! Samples of any kind to RGB.

use image::{DynamicImage, RgbImage, Rgba};

/// What a row of samples means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Samples {
    /// 0 is black.
    Grey,
    /// Three a pixel.
    Rgb,
    /// Four a pixel, 255 is full ink.
    Cmyk,
    /// Numbers of colours.
    Palette(Vec<[u8; 3]>),
}

impl Samples {
    /// Samples a pixel.
    pub(super) fn channels(&self) -> usize {
        match self {
            Self::Grey | Self::Palette(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    fn rgb(&self, pixel: &[u8]) -> [u8; 3] {
        match (self, pixel) {
            (Self::Grey, [v, ..]) => [*v; 3],
            (Self::Rgb, [r, g, b, ..]) => [*r, *g, *b],
            (Self::Cmyk, [c, m, y, k, ..]) => {
                [c, m, y].map(|ink| ((255 - u16::from(*ink)) * (255 - u16::from(*k)) / 255) as u8)
            }
            (Self::Palette(colours), [i, ..]) => colours.get(usize::from(*i)).copied().unwrap_or([255; 3]),
            _ => [255; 3],
        }
    }
}

/// Packed samples of 1, 2, 4, 8 or 16 bits, rows starting on whole bytes, to one byte a sample.
///
/// `extra` further samples a pixel (alpha) are left out. Palette numbers keep their value, all else is stretched to
/// 0–255. `None` when there are fewer bytes than pixels.
pub(super) fn unpack(
    bytes: &[u8],
    (width, height): (u32, u32),
    bits: u8,
    samples: &Samples,
    extra: usize,
) -> Option<RgbImage> {
    let each = samples.channels() + extra;
    let row_samples = width as usize * each;
    let row_bytes = (row_samples * usize::from(bits)).div_ceil(8);
    let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
    let mut row = vec![0_u8; row_samples];
    for packed in bytes.chunks(row_bytes.max(1)).take(height as usize) {
        if packed.len() < row_bytes {
            return None;
        }
        unpack_row(packed, bits, matches!(samples, Samples::Palette(_)), &mut row)?;
        row.chunks_exact(each).for_each(|pixel| rgb.extend_from_slice(&samples.rgb(pixel)));
    }
    RgbImage::from_raw(width, height, rgb)
}

fn unpack_row(packed: &[u8], bits: u8, numbers: bool, row: &mut [u8]) -> Option<()> {
    match bits {
        8 => row.copy_from_slice(packed.get(..row.len())?),
        // big-endian: the high byte is the 8-bit value
        16 => row.iter_mut().zip(packed.chunks_exact(2)).for_each(|(v, b)| *v = b[0]),
        1 | 2 | 4 => {
            let (most, per_byte) = ((1_u8 << bits) - 1, usize::from(8 / bits));
            for (i, value) in row.iter_mut().enumerate() {
                let shift = 8 - bits * (i % per_byte + 1) as u8;
                let number = (packed[i / per_byte] >> shift) & most;
                *value = if numbers { number } else { number * (255 / most) };
            }
        }
        _ => return None,
    }
    Some(())
}

/// Any decoded picture as RGB; what is transparent becomes white, the colour of paper.
pub(super) fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let over = |v: u8, a: u8| ((u16::from(v) * u16::from(a) + 255 * (255 - u16::from(a)) + 127) / 255) as u8;
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let Rgba([r, g, b, a]) = *picture.get_pixel(x, y);
        image::Rgb([over(r, a), over(g, a), over(b, a)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bit_rows_start_on_whole_bytes() {
        let picture = unpack(&[0b1010_0000, 0b0110_0000], (3, 2), 1, &Samples::Grey, 0).expect("enough bytes");
        let values: Vec<u8> = picture.pixels().map(|p| p.0[0]).collect();
        assert_eq!(values, [255, 0, 255, 0, 255, 255]);
    }

    #[test]
    fn a_palette_number_is_not_stretched() {
        let palette = Samples::Palette(vec![[9, 9, 9], [200, 0, 0], [0, 200, 0]]);
        let picture = unpack(&[0b0110_0000], (2, 1), 2, &palette, 0).expect("enough bytes");
        assert_eq!((picture.get_pixel(0, 0).0, picture.get_pixel(1, 0).0), ([200, 0, 0], [0, 200, 0]));
    }

    #[test]
    fn too_few_bytes_are_no_picture() {
        assert!(unpack(&[0; 11], (2, 2), 8, &Samples::Rgb, 0).is_none());
        assert!(unpack(&[0; 12], (2, 2), 8, &Samples::Rgb, 0).is_some());
    }

    #[test]
    fn black_ink_darkens_every_colour() {
        assert_eq!(Samples::Cmyk.rgb(&[0, 0, 0, 255]), [0, 0, 0]);
        assert_eq!(Samples::Cmyk.rgb(&[255, 0, 0, 0]), [0, 255, 255]);
    }

    #[test]
    fn what_is_transparent_is_paper() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(1, 1, Rgba([0, 0, 0, 0])));
        assert_eq!(on_white(clear).get_pixel(0, 0).0, [255; 3]);
    }
}
