//! Sizes against the limits, before any pixel is decoded.

use super::{Config, IntakeError};

/// Holds sides and area against the limits; a side of nothing is no picture.
pub(super) fn check_size(
    format: &'static str,
    (width, height): (u32, u32),
    config: &Config,
) -> Result<(), IntakeError> {
    let (side, area) = (width.max(height), u64::from(width) * u64::from(height));
    if area == 0 {
        return Err(IntakeError::Broken { format, reason: "a picture without pixels".to_owned() });
    }
    if side > config.max_side {
        let (found, limit) = (u64::from(side), u64::from(config.max_side));
        return Err(IntakeError::TooLarge { what: "pixels on one side", found, limit });
    }
    if area > config.max_pixels {
        return Err(IntakeError::TooLarge { what: "pixels", found: area, limit: config.max_pixels });
    }
    Ok(())
}

/// Holds a number of pages against the limit; none at all is an empty file.
pub(super) fn check_pages(pages: usize, config: &Config) -> Result<u32, IntakeError> {
    match u32::try_from(pages) {
        Ok(0) => Err(IntakeError::NoPages),
        Ok(pages) if pages <= config.max_pages => Ok(pages),
        _ => Err(IntakeError::TooLarge { what: "pages", found: pages as u64, limit: config.max_pages.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::intake::tests::config;

    #[test]
    fn the_last_allowed_size_passes_and_the_next_does_not() {
        let config = Config { max_side: 100, max_pixels: 5000, max_pages: 3, ..config() };
        assert!(check_size("PNG", (100, 50), &config).is_ok());
        let side = check_size("PNG", (101, 1), &config);
        assert!(matches!(side, Err(IntakeError::TooLarge { what: "pixels on one side", found: 101, .. })), "{side:?}");
        let area = check_size("PNG", (100, 51), &config);
        assert!(matches!(area, Err(IntakeError::TooLarge { what: "pixels", found: 5100, .. })), "{area:?}");
        assert!(matches!(check_size("PNG", (100, 0), &config), Err(IntakeError::Broken { .. })));
    }

    #[test]
    fn the_last_allowed_page_passes_and_the_next_does_not() {
        let config = Config { max_pages: 3, ..config() };
        assert_eq!(check_pages(3, &config).expect("allowed"), 3);
        assert!(matches!(check_pages(4, &config), Err(IntakeError::TooLarge { what: "pages", found: 4, limit: 3 })));
        assert!(matches!(check_pages(0, &config), Err(IntakeError::NoPages)));
    }
}
