//! Printed dots and rules: where writing lines run, and the page without them for the print reader.

use image::GrayImage;

use super::Config;

/// A pixel position.
pub(super) type Spot = (f32, f32);

/// Dots and rules of a page.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Points on dotted lines and thin horizontal rules, by rising y.
    pub(super) rows: Vec<Spot>,
    /// The same in faint print, with more noise among them.
    pub(super) faint: Vec<Spot>,
    /// Points on vertical rules.
    pub(super) verticals: Vec<Spot>,
    /// What to wipe before reading print: left, top, width, height.
    boxes: Vec<(u32, u32, u32, u32)>,
}

/// Sampling step along rules, pixels: as wide as the usual distance of two printed dots.
const STEP: usize = 4;

impl Marks {
    /// Finds them on a cleaned page.
    pub(super) fn find(grey: &GrayImage, config: &Config) -> Self {
        let ink = Ink::of(grey, config.mark_level);
        let mut marks = Self::default();
        ink.horizontal_rules(config, &mut marks);
        ink.vertical_rules(config, &mut marks);
        ink.dots(config, &mut marks);
        by_height(&mut marks.rows);
        let (pale, mut faint) = (Ink::of(grey, config.faint_level), Self::default());
        pale.horizontal_rules(config, &mut faint);
        pale.dots(config, &mut faint);
        by_height(&mut faint.rows);
        marks.faint = faint.rows;
        marks
    }

    /// The page for the print reader: dots and rules painted white, print as black as the writing, for the engine
    /// sets its one threshold between the two where the print is faint.
    pub(super) fn wiped(&self, grey: &GrayImage, config: &Config) -> GrayImage {
        let (black, white) = (f32::from(config.print_black), f32::from(config.print_white));
        let stretch = |v: u8| ((f32::from(v) - black) / (white - black) * 255.0) as u8;
        let levels: Vec<u8> = (0..=255).map(stretch).collect();
        let mut page = grey.clone();
        for v in page.iter_mut() {
            *v = levels[usize::from(*v)];
        }
        let (width, height) = page.dimensions();
        for &(left, top, w, h) in &self.boxes {
            for y in top.saturating_sub(1)..(top + h + 1).min(height) {
                for x in left.saturating_sub(1)..(left + w + 1).min(width) {
                    page.put_pixel(x, y, image::Luma([255]));
                }
            }
        }
        page
    }
}

fn by_height(points: &mut [Spot]) {
    points.sort_by(|a, b| a.1.total_cmp(&b.1));
}

/// Those of `points`, sorted by height, with `top ≤ y < bottom`.
pub(super) fn between(points: &[Spot], top: f32, bottom: f32) -> &[Spot] {
    let from = points.partition_point(|p| p.1 < top);
    let to = points.partition_point(|p| p.1 < bottom);
    &points[from..to.max(from)]
}

/// Which pixels are dark.
struct Ink {
    dark: Vec<bool>,
    width: usize,
    height: usize,
}

impl Ink {
    fn of(grey: &GrayImage, level: u8) -> Self {
        let (width, height) = grey.dimensions();
        Self {
            dark: grey.as_raw().iter().map(|v| *v < level).collect(),
            width: width as usize,
            height: height as usize,
        }
    }

    fn at(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.dark[y * self.width + x]
    }

    /// Height of the dark stretch of column `x` that begins at `y`, up to `most` + 1.
    fn thickness_down(&self, x: usize, y: usize, most: usize) -> usize {
        (0..=most).take_while(|d| self.at(x, y + d)).count()
    }

    fn thickness_right(&self, x: usize, y: usize, most: usize) -> usize {
        (0..=most).take_while(|d| self.at(x + d, y)).count()
    }

    fn horizontal_rules(&self, config: &Config, marks: &mut Marks) {
        for y in 0..self.height {
            for (from, to) in runs(self.width, |x| self.at(x, y)) {
                if to - from < config.rule_length {
                    continue;
                }
                for x in (from..to).step_by(STEP) {
                    // one point and one box a column: where the rule begins from above
                    let thick = self.thickness_down(x, y, config.rule_thickness);
                    if (y == 0 || !self.at(x, y - 1)) && thick <= config.rule_thickness {
                        marks.rows.push((x as f32, y as f32 + thick as f32 / 2.0));
                        marks.boxes.push((x as u32, y as u32, STEP as u32, thick as u32));
                    }
                }
            }
        }
    }

    fn vertical_rules(&self, config: &Config, marks: &mut Marks) {
        for x in 0..self.width {
            for (from, to) in runs(self.height, |y| self.at(x, y)) {
                if to - from < config.rule_length {
                    continue;
                }
                for y in (from..to).step_by(STEP) {
                    let thick = self.thickness_right(x, y, config.rule_thickness);
                    if (x == 0 || !self.at(x - 1, y)) && thick <= config.rule_thickness {
                        marks.verticals.push((x as f32 + thick as f32 / 2.0, y as f32));
                        marks.boxes.push((x as u32, y as u32, thick as u32, STEP as u32));
                    }
                }
            }
        }
    }

    /// Small specks that stand in a row with others.
    fn dots(&self, config: &Config, marks: &mut Marks) {
        let specks = self.specks(config);
        let mut points: Vec<(Spot, usize)> = Vec::new();
        for (i, &(left, top, w, h)) in specks.iter().enumerate() {
            for x in (left..left + w).step_by(STEP) {
                let middle = if w < STEP as u32 { left as f32 + w as f32 / 2.0 } else { x as f32 };
                points.push(((middle, top as f32 + h as f32 / 2.0), i));
            }
        }
        points.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
        let mut in_row = vec![false; specks.len()];
        for (i, &((x, y), speck)) in points.iter().enumerate() {
            let near = |other: &&(Spot, usize)| (other.0.0 - x).abs() <= config.dot_reach;
            let above = points[..i].iter().rev().take_while(|p| y - p.0.1 <= config.dot_wander);
            let below = points[i..].iter().take_while(|p| p.0.1 - y <= config.dot_wander);
            if above.filter(near).count() + below.filter(near).count() > config.dots_together {
                in_row[speck] = true;
            }
        }
        marks.boxes.extend(specks.iter().zip(&in_row).filter(|(_, kept)| **kept).map(|(b, _)| *b));
        marks.rows.extend(points.iter().filter(|(_, speck)| in_row[*speck]).map(|(p, _)| *p));
    }

    /// Bounding boxes of dark patches no higher than a dot and no longer than a few run together.
    fn specks(&self, config: &Config) -> Vec<(u32, u32, u32, u32)> {
        let mut seen = vec![false; self.dark.len()];
        let mut specks = Vec::new();
        let mut stack = Vec::new();
        for start in 0..self.dark.len() {
            if !self.dark[start] || seen[start] {
                continue;
            }
            let (mut left, mut right) = (start % self.width, start % self.width);
            let (mut top, mut bottom) = (start / self.width, start / self.width);
            seen[start] = true;
            stack.push(start);
            while let Some(at) = stack.pop() {
                let (x, y) = (at % self.width, at / self.width);
                (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
                for ny in y.saturating_sub(1)..(y + 2).min(self.height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(self.width) {
                        let next = ny * self.width + nx;
                        if self.dark[next] && !seen[next] {
                            seen[next] = true;
                            stack.push(next);
                        }
                    }
                }
            }
            let (w, h) = (right - left + 1, bottom - top + 1);
            if h <= config.dot_height && w <= config.dots_joined {
                specks.push((left as u32, top as u32, w as u32, h as u32));
            }
        }
        specks
    }
}

/// Stretches of `true` in `0..length`, as half-open ranges.
fn runs(length: usize, dark: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = None;
    for i in 0..=length {
        let on = i < length && dark(i);
        match (on, from) {
            (true, None) => from = Some(i),
            (false, Some(start)) => {
                found.push((start, i));
                from = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::align::testing::config;

    fn page(paint: impl Fn(u32, u32) -> bool) -> GrayImage {
        GrayImage::from_fn(400, 120, |x, y| image::Luma([if paint(x, y) { 0 } else { 255 }]))
    }

    #[test]
    fn a_row_of_dots_is_seen_and_wiped() {
        let grey = page(|x, y| (60..62).contains(&y) && x % 8 < 2 && (20..300).contains(&x));
        let marks = Marks::find(&grey, &config());
        assert!(marks.rows.len() >= 30, "{}", marks.rows.len());
        assert!(marks.rows.iter().all(|p| (p.1 - 61.0).abs() < 1.0));
        assert!(marks.wiped(&grey, &config()).as_raw().iter().all(|v| *v == 255));
    }

    #[test]
    fn a_lone_dot_stays() {
        let grey = page(|x, y| (60..62).contains(&y) && (100..102).contains(&x));
        let marks = Marks::find(&grey, &config());
        assert_eq!(marks.rows, []);
        assert_eq!(marks.wiped(&grey, &config()), grey);
    }

    #[test]
    fn a_rule_is_a_row_but_a_bar_is_not() {
        let thin = Marks::find(&page(|x, y| (60..63).contains(&y) && x > 50), &config());
        assert!(thin.rows.len() > 50);
        let thick = Marks::find(&page(|x, y| (60..80).contains(&y) && x > 50), &config());
        assert_eq!(thick.rows, []);
    }

    #[test]
    fn points_are_found_by_height() {
        let points = [(0.0, 1.0), (0.0, 2.0), (0.0, 3.0)];
        assert_eq!(between(&points, 2.0, 3.0), [(0.0, 2.0)]);
        assert_eq!(between(&points, 3.5, 3.0), []);
    }

    #[test]
    fn faint_dots_are_kept_apart_and_not_wiped() {
        let level =
            |x: u32, y: u32| if (60..62).contains(&y) && x % 8 < 2 && (20..300).contains(&x) { 200 } else { 255 };
        let grey = GrayImage::from_fn(400, 120, |x, y| image::Luma([level(x, y)]));
        let marks = Marks::find(&grey, &config());
        assert_eq!((marks.rows.len(), marks.faint.len() >= 30), (0, true));
        assert!(marks.boxes.is_empty());
    }
}
