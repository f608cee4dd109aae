//! Writing that did not come into its picture: at which side, on how many lines.

use super::truth::Known;
use crate::domain::{PageSpace, Rect, ScanSpace, Transform};
use crate::stages::cut::SlotPicture;

/// Lines whose picture ends before their writing does.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// Lines that are written by the truth and have a picture.
    lines: usize,
    left: usize,
    right: usize,
    above: usize,
    /// Lines whose picture goes on far beyond the writing.
    foreign: usize,
}

/// Half a millimetre at 200 dpi: as wide as a figure one.
const STROKE: f32 = 5.0;
/// A tone mark over a capital is as high at least, pixels.
const MARK: f32 = 6.0;
/// Two letters of something else, pixels.
const LETTERS: f32 = 30.0;

impl Lost {
    /// Compares the lines of a slot with their pictures; `page` is named in the log.
    pub(super) fn count(
        &mut self,
        page: &str,
        (known, slot): (&[Known], &SlotPicture),
        from_scan: &Transform<ScanSpace, PageSpace>,
    ) {
        for (number, line) in known.iter().enumerate() {
            let Some(ink) = &line.ink else { continue };
            let places = slot.lines.iter().filter(|picture| picture.line == number).map(|picture| picture.place);
            let Some(seen) = places.reduce(|a, b| a.around(b)) else { continue };
            let ink = from_scan.apply_polygon(ink).bounds();
            self.add(ink, seen);
            tracing::debug!(page, slot = slot.key, number, ?ink, ?seen, "writing and its picture");
        }
    }

    fn add(&mut self, ink: Rect<PageSpace>, seen: Rect<PageSpace>) {
        self.lines += 1;
        self.left += usize::from(seen.left > ink.left + STROKE);
        self.right += usize::from(seen.right < ink.right - STROKE);
        self.above += usize::from(seen.top > ink.top + MARK);
        self.foreign += usize::from(seen.left < ink.left - LETTERS || seen.right > ink.right + LETTERS);
    }

    /// One line of text; nothing where nothing is known.
    pub(super) fn summary(&self) -> String {
        if self.lines == 0 {
            return String::new();
        }
        let share = |n: usize| 100.0 * n as f32 / self.lines as f32;
        format!(
            "of {} written lines with a picture {:.1} % lack a stroke on the left, {:.1} % on the right, {:.1} % a mark above; {:.1} % hold two letters of something else\n",
            self.lines,
            share(self.left),
            share(self.right),
            share(self.above),
            share(self.foreign)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_ends_early_lacks_a_stroke_on_that_side_only() {
        let ink = Rect::new(100.0, 50.0, 200.0, 80.0);
        let counts = |seen: Rect<PageSpace>| {
            let mut lost = Lost::default();
            lost.add(ink, seen);
            [lost.left, lost.right, lost.above, lost.foreign]
        };
        assert_eq!(counts(ink), [0; 4]);
        assert_eq!(counts(Rect::new(105.0, 56.0, 195.0, 80.0)), [0; 4], "less than a stroke");
        assert_eq!(counts(Rect::new(106.0, 50.0, 200.0, 80.0)), [1, 0, 0, 0]);
        assert_eq!(counts(Rect::new(100.0, 57.0, 194.0, 80.0)), [0, 1, 1, 0]);
        assert_eq!(counts(Rect::new(69.0, 50.0, 200.0, 80.0)), [0, 0, 0, 1]);
    }
}
