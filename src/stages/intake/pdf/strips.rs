//! A scan that was cut into strips, put together again.

use image::RgbImage;

use super::super::limits::check_size;
use super::super::{Config, Decoded, IntakeError};
use super::{FORMAT, Placed, stream};

/// Points by which strips may miss each other.
const GAP: f64 = 2.0;

/// Strips of one width one below the other become one picture; anything else on a page is refused.
pub(super) fn join(
    largest: &Placed<'_>,
    rest: &[&Placed<'_>],
    turn: u8,
    config: &Config,
) -> Result<Decoded, IntakeError> {
    let mut strips: Vec<&Placed<'_>> = rest.iter().copied().chain([largest]).collect();
    strips.sort_by(|a, b| b.bounds()[3].total_cmp(&a.bounds()[3]));
    if !strips.windows(2).all(|pair| follows(pair[0], pair[1])) {
        let reason = format!("a page put together of {} pictures", strips.len());
        return Err(IntakeError::Unsupported { format: FORMAT, reason });
    }
    let (width, height) = (largest.size().0, strips.iter().fold(0_u32, |sum, s| sum.saturating_add(s.size().1)));
    check_size(FORMAT, (width, height), config)?;
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for strip in &strips {
        pixels.extend_from_slice(stream::decode(strip, turn, config)?.image.as_raw());
    }
    let broken = || IntakeError::Broken { format: FORMAT, reason: "strips of unequal width".to_owned() };
    let image = RgbImage::from_raw(width, height, pixels).ok_or_else(broken)?;
    Ok(Decoded { image, orientation: largest.orientation(turn), dpi: largest.dpi() })
}

/// Whether `below` goes on where `above` ends. Only upright strips: turned ones have not been met.
fn follows(above: &Placed<'_>, below: &Placed<'_>) -> bool {
    let upright = |p: &Placed<'_>| p.matrix[0] > 0.0 && p.matrix[3] > 0.0 && p.matrix[1] == 0.0 && p.matrix[2] == 0.0;
    let (a, b) = (above.bounds(), below.bounds());
    upright(above)
        && upright(below)
        && above.size().0 == below.size().0
        && (a[0] - b[0]).abs() < GAP
        && (a[2] - b[2]).abs() < GAP
        && (a[1] - b[3]).abs() < GAP
}
