//! Scaling of pictures.
//!
//! A crate of its own because `fast_image_resize` is generic over every pixel type and row count: instantiated in the
//! main crate it was half of that crate's machine code, made anew at each build.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbImage;

/// Scales a picture to exactly this size (pixels, at least 1 × 1), with an area-true filter.
#[must_use]
pub fn resize(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (width, height) = (width.max(1), height.max(1));
    let mut out = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    let done = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3)
        .map_err(|_| ())
        .and_then(|source| Resizer::new().resize(&source, &mut out, &options).map_err(|_| ()));
    // cannot happen: both buffers are made to their size here
    debug_assert!(done.is_ok());
    RgbImage::from_raw(width, height, out.into_vec()).unwrap_or_default()
}
