//! A layout over a page, to look at.

use image::{Rgb, RgbImage};
use imageproc::drawing::draw_line_segment_mut;

use crate::domain::{PageSpace, Point};
use crate::stages::align::{AlignedPage, PlacedLine};

const SEEN: Rgb<u8> = Rgb([0, 140, 0]);
const PREDICTED: Rgb<u8> = Rgb([220, 100, 0]);
const PLACE: Rgb<u8> = Rgb([210, 0, 60]);

/// Boxes of all slots in red; baselines green where the dots were seen, orange where only predicted.
pub(super) fn draw(page: &AlignedPage) -> RgbImage {
    let mut picture = page.page.colour.clone();
    for slot in page.entries.iter().flat_map(|e| &e.slots) {
        for line in &slot.lines {
            draw_line(&mut picture, line);
        }
    }
    picture
}

fn draw_line(picture: &mut RgbImage, line: &PlacedLine) {
    let corners = &line.place.0;
    for (i, corner) in corners.iter().enumerate() {
        stroke(picture, *corner, corners[(i + 1) % corners.len()], PLACE);
    }
    let colour = if line.baseline_seen { SEEN } else { PREDICTED };
    stroke(picture, line.baseline.0, line.baseline.1, colour);
}

/// Two pixels thick, so that it survives a thumbnail.
fn stroke(picture: &mut RgbImage, a: Point<PageSpace>, b: Point<PageSpace>, colour: Rgb<u8>) {
    for step in [0.0, 1.0] {
        draw_line_segment_mut(picture, (a.x + step, a.y + step), (b.x + step, b.y + step), colour);
    }
}
