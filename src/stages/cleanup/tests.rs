//! The whole stage on drawn pages.

use super::*;

/// The section as it is delivered.
pub(super) fn config() -> Config {
    let all: toml::Table = include_str!("../../../pipeline.toml").parse().expect("sound pipeline.toml");
    all["cleanup"].clone().try_into().expect("sound [cleanup]")
}
