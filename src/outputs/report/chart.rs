//! Confidence of one kind as a row of bars, drawn as SVG.

use std::fmt::Write;

use super::KindCounts;

const BAR: usize = 12;
const HEIGHT: usize = 36;

/// One bar for each twentieth of the confidence; a bar that is not empty is at least one pixel high.
pub(super) fn bars(kind: &KindCounts) -> String {
    let tallest = kind.confidence.iter().copied().max().unwrap_or(0).max(1);
    let width = BAR * kind.confidence.len();
    let mut svg = format!("<svg class=\"bars\" width=\"{width}\" height=\"{HEIGHT}\" role=\"img\">");
    for (at, count) in kind.confidence.iter().enumerate() {
        let height = (count * HEIGHT).div_ceil(tallest);
        let (x, y, wide) = (at * BAR, HEIGHT - height, BAR - 2);
        let percent = at * 100 / kind.confidence.len();
        // writing to a String cannot fail
        let _ = write!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{height}\"><title>≥ {percent} %: {count}</title></rect>"
        );
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_field_among_thousands_is_still_seen() {
        let mut kind = KindCounts::default();
        kind.confidence[0] = 1;
        kind.confidence[19] = 10_000;
        let svg = bars(&kind);
        assert!(svg.contains("x=\"0\" y=\"35\" width=\"10\" height=\"1\""), "{svg}");
        assert!(svg.contains("x=\"228\" y=\"0\" width=\"10\" height=\"36\""), "{svg}");
    }
}
