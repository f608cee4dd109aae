//! Where each slot really lies on this page: its ends at the labels, its baseline on the dots.

use super::choose::Match;
use super::comb::{Comb, Search};
use super::fit::Tie;
use super::marks::{Marks, Spot, between};
use super::row::{CELL, Row, covered};
use super::strip::Strip;
use super::ties;
use super::{AlignedEntry, Config, PlacedLine, PlacedSlot};
use crate::domain::{FormSpace, LinePart, PageSpace, Point, Polygon, Rect};
use crate::forms::{Layout, Place};

/// A matched page with everything needed to place slots.
pub(super) struct Ground<'a> {
    matched: &'a Match,
    marks: &'a Marks,
    grey: &'a image::GrayImage,
    config: &'a Config,
    /// How wide this print sets the labels, against the nominal layout.
    widening: f32,
    /// For each column, where its rules run.
    columns: Vec<Option<Comb>>,
    /// Where the frame's upper and lower rules should run; none in a table, which is written on its rules.
    frame: Vec<Row>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(matched: &'a Match, marks: &'a Marks, grey: &'a image::GrayImage, config: &'a Config) -> Self {
        let mut ground = Self { matched, marks, grey, config, widening: 1.0, columns: Vec::new(), frame: Vec::new() };
        ground.widening = ground.measured_widening();
        ground.columns = ground.combs();
        ground.frame = ground.frame_rules();
        ground
    }

    fn layout(&self) -> &Layout {
        &self.matched.layout
    }

    /// All entries' slots.
    pub(super) fn entries(&self) -> Vec<AlignedEntry> {
        (0..self.layout().entries.len())
            .map(|entry| AlignedEntry {
                ordinal: u8::try_from(entry).unwrap_or(u8::MAX),
                slots: (0..self.layout().slots.len()).map(|slot| self.slot(entry, slot)).collect(),
            })
            .collect()
    }

    fn slot(&self, entry: usize, slot: usize) -> PlacedSlot {
        let form = &self.layout().slots[slot];
        let places = self.layout().places(entry, slot).iter().zip(&form.parts);
        PlacedSlot { key: form.key.clone(), lines: places.map(|(place, part)| self.placed(place, *part)).collect() }
    }

    fn placed(&self, place: &Place, part: LinePart) -> PlacedLine {
        match place {
            Place::Area(area) => self.area(area, part),
            Place::Line { from, to, after, before, column } => {
                self.line((*from, *to), (*after, *before), *column, part)
            }
        }
    }

    fn area(&self, area: &Rect<FormSpace>, part: LinePart) -> PlacedLine {
        let corner = |x, y| {
            let (px, py) = self.matched.fit.at((x, y));
            Point::new(px, py)
        };
        let (a, b) = (corner(area.left, area.top), corner(area.right, area.top));
        let (c, d) = (corner(area.right, area.bottom), corner(area.left, area.bottom));
        PlacedLine {
            part,
            place: Polygon(vec![a, b, c, d]),
            baseline: (d, c),
            pitch: self.layout().pitch * self.matched.fit.scale().1,
            baseline_seen: false,
            starts_free: false,
            letters_end: None,
        }
    }

    fn line(
        &self,
        (from, to): (Point<FormSpace>, Point<FormSpace>),
        (after, before): (Option<usize>, Option<usize>),
        column: Option<usize>,
        part: LinePart,
    ) -> PlacedLine {
        let (x0, y0) = self.predicted((from.x, from.y));
        let (x1, y1) = self.predicted((to.x, to.y));
        let pitch = self.layout().pitch * self.matched.fit.scale().1;
        let edges = column.map(|c| self.column_edges(c, f32::midpoint(y0, y1)));
        let label = after.map(|l| self.label_end(l));
        let mut left = label.map(|end| end.gap).or(edges.map(|e| e.0)).unwrap_or(x0);
        let mut right = before.map(|l| self.label_start(l)).or(edges.map(|e| e.1)).unwrap_or(x1);
        let row = Row { x: (left.min(x0), right.max(x1)), ..Row::between((x0, y0), (x1, y1)) };
        let (row, seen) = self.snapped(&row, pitch);
        if seen {
            let ends = self.dotted_ends(&row, (x0, x1));
            if after.is_none() && edges.is_none() {
                left = ends.0;
            }
            if before.is_none() && edges.is_none() {
                right = ends.1;
            }
        }
        let right = right.max(left + 2.0);
        let (a, b) = ((left, row.at(left)), (right, row.at(right)));
        PlacedLine {
            part,
            place: band(a, b, pitch * self.config.box_above, pitch * self.config.box_below),
            baseline: (Point::new(a.0, a.1), Point::new(b.0, b.1)),
            pitch,
            baseline_seen: seen,
            starts_free: after.is_none() && edges.is_none(),
            letters_end: label.map(|end| end.letters),
        }
    }

    fn frame_rules(&self) -> Vec<Row> {
        let (frame, is_table) = (&self.layout().frame, self.layout().gutter.is_some());
        let levels = [frame.top, frame.bottom].into_iter().filter(|_| !is_table);
        levels.map(|y| Row::between(self.predicted((frame.left, y)), self.predicted((frame.right, y)))).collect()
    }

    /// The fit, corrected by how far the labels around stand from where the fit has them.
    fn predicted(&self, form: (f32, f32)) -> (f32, f32) {
        let (x, y) = self.matched.fit.at(form);
        // a prior of no correction: one label near by moves a point by three quarters of its own distance
        let (mut dx, mut dy, mut all_x, mut all_y) = (0.0, 0.0, 0.3, 0.3);
        for (label, s) in self.layout().labels.iter().zip(&self.matched.seen) {
            let Some(s) = s else { continue };
            let lx = self.matched.fit.at((label.from, label.baseline)).0;
            let ly = self.matched.fit.at((f32::midpoint(label.from, label.to), label.baseline)).1;
            let down = (form.1 - label.baseline) / self.config.local_reach;
            let across = (form.0 - label.from) / (self.config.local_reach * 10.0);
            let weight = (-down * down - across * across).exp();
            dy += weight * (s.level() - ly);
            all_y += weight;
            // how far a label is indented says little about the next row
            if !s.run_into.0 {
                dx += weight * 0.3 * (s.left - lx);
                all_x += weight;
            }
        }
        (x + dx / all_x, y + dy / all_y)
    }

    /// Middle of label widths seen against nominal.
    fn measured_widening(&self) -> f32 {
        let across = self.matched.fit.scale().0;
        let mut ratios: Vec<f32> = self
            .layout()
            .labels
            .iter()
            .zip(&self.matched.seen)
            .filter_map(|(l, s)| Some((l, (*s)?)))
            .filter(|(l, s)| s.errors == 0 && l.text.chars().count() >= self.config.sure_letters)
            .map(|(l, s)| (s.right - s.left) / (across * (l.to - l.from)))
            .collect();
        ratios.sort_by(f32::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(1.0)
    }

    fn millimetre(&self) -> f32 {
        self.matched.fit.scale().0
    }

    /// Right end of a label.
    fn label_end(&self, label: usize) -> LabelEnd {
        let (form, seen) = (&self.layout().labels[label], &self.matched.seen[label]);
        let by_fit = self.predicted((form.to, form.baseline));
        let left = seen.filter(|s| !s.run_into.0).map(|s| s.left);
        let left = left.unwrap_or_else(|| self.predicted((form.from, form.baseline)).0);
        let by_width = left + self.usual_width(label);
        let end = match seen {
            Some(s) if s.run_into.1 => middle(s.right, by_width, by_fit.0),
            Some(s) => self.surest(s.right, by_width, by_fit.0),
            None => by_width,
        };
        let gap = self.in_gap(end, seen.map_or(by_fit.1, |s| s.baseline.1), Side::LabelEnd);
        let colon = if form.text.ends_with(':') { self.config.colon * self.millimetre() } else { 0.0 };
        let letters = end - colon;
        tracing::debug!(label = form.text, ?seen, by_width, by_fit = by_fit.0, end, gap, letters, "where a label ends");
        LabelEnd { gap, letters }
    }

    fn label_start(&self, label: usize) -> f32 {
        let (form, seen) = (&self.layout().labels[label], &self.matched.seen[label]);
        let by_fit = self.predicted((form.from, form.baseline));
        let right = seen.filter(|s| !s.run_into.1).map(|s| s.right);
        let right = right.unwrap_or_else(|| self.predicted((form.to, form.baseline)).0);
        let by_width = right - self.usual_width(label);
        let left = match seen {
            Some(s) if s.run_into.0 => middle(s.left, by_width, by_fit.0),
            Some(s) => self.surest(s.left, by_width, by_fit.0),
            None => by_fit.0,
        };
        self.in_gap(left, seen.map_or(by_fit.1, |s| s.baseline.0), Side::LabelStart)
    }

    /// How wide this print sets a label.
    fn usual_width(&self, label: usize) -> f32 {
        let form = &self.layout().labels[label];
        (form.to - form.from) * self.millimetre() * self.widening
    }

    fn surest(&self, read: f32, by_width: f32, by_fit: f32) -> f32 {
        surest(read, by_width, by_fit, self.config.end_doubt * self.millimetre())
    }

    /// Moves a label's end out of its ink: to the next white gap away from the label, past its colon.
    fn in_gap(&self, x: f32, baseline: f32, side: Side) -> f32 {
        let strip = self.strip(x, baseline);
        let gaps = strip.gaps(self.config.gap_least as usize);
        let reach = self.config.gap_reach * self.millimetre();
        match side {
            Side::LabelEnd => {
                let after = gaps.iter().position(|g| g.1 > x && g.0 <= x + reach);
                let before = gaps.iter().rposition(|g| g.1 <= x);
                // inside ink the nearer gap: a digit may follow the colon as closely as a letter precedes it
                let i = match (before, after) {
                    (Some(b), Some(a)) if gaps[a].0 > x && x - gaps[b].1 < gaps[a].0 - x => b,
                    (_, Some(a)) => a,
                    _ => return x,
                };
                // the ink after a first gap may be the colon still
                let colon = gaps.get(i + 1).filter(|next| strip.is_colon(gaps[i].1, next.0) && next.0 <= x + reach);
                colon.map_or_else(|| gaps[i].0.max(x - reach / 2.0), |next| next.0)
            }
            Side::LabelStart => {
                let gap = gaps.iter().rev().find(|g| g.0 < x && g.1 >= x - reach);
                gap.map_or(x, |g| g.1.min(x + reach / 2.0))
            }
        }
    }

    /// The row of dots nearest to a predicted one, clear or else faint, and whether there are enough of them.
    fn snapped(&self, row: &Row, pitch: f32) -> (Row, bool) {
        let found =
            [&self.marks.rows, &self.marks.faint].into_iter().find_map(|points| self.dotted(points, row, pitch));
        (found.unwrap_or(*row), found.is_some())
    }

    fn dotted(&self, points: &[Spot], row: &Row, pitch: f32) -> Option<Row> {
        let reach = pitch * self.config.snap;
        let tilt = row.slope.abs() * (row.x.1 - row.x.0) + reach + 2.0;
        let near: Vec<Spot> = between(points, row.y0.1 - tilt, row.y0.1 + tilt)
            .iter()
            .filter(|p| (row.x.0..=row.x.1).contains(&p.0) && (p.1 - row.at(p.0)).abs() <= reach + 2.0)
            .copied()
            .collect();
        let (lowest, highest) = self.apart_from_frame(row, reach);
        let mut best = (0.0, *row, 0);
        for tilt in -3_i8..=3 {
            let slope = row.slope + f32::from(tilt) * self.config.snap_tilt;
            let middle = f32::midpoint(row.x.0, row.x.1);
            let mut shift = lowest;
            while shift <= highest {
                let tried = Row { x: row.x, y0: (middle, row.at(middle) + shift), slope };
                let count = covered(&near, &tried);
                // dots that lie further off must be many more
                let score = count as f32 * (1.0 - 0.85 * (shift / reach).powi(2)) - f32::from(tilt.abs()) * 0.1;
                if score > best.0 {
                    best = (score, tried, count);
                }
                shift += 1.0;
            }
        }
        let cells = ((row.x.1 - row.x.0) / CELL).max(1.0);
        (best.2 as f32 / cells >= self.config.dots_share).then(|| best.1.through(&near))
    }

    /// How far up and down a row may be moved: up to `reach`, but never so far that it lies nearer to where the frame's own
    /// rule should be than to where it should be itself. A row without dots would be taken for the frame else.
    fn apart_from_frame(&self, row: &Row, reach: f32) -> (f32, f32) {
        let middle = f32::midpoint(row.x.0, row.x.1);
        let (mut lowest, mut highest) = (-reach, reach);
        for rule in &self.frame {
            let half = (rule.at(middle) - row.at(middle)) / 2.0;
            if half < 0.0 { lowest = f32::max(lowest, half) } else { highest = f32::min(highest, half) }
        }
        (lowest, highest)
    }

    /// Ties from all rows of dots that are found, to steady the fit where no label is near.
    pub(super) fn row_ties(&self) -> Vec<Tie> {
        let pitch = self.layout().pitch * self.matched.fit.scale().1;
        let mut ties = Vec::new();
        for place in self.layout().entries.iter().flatten().flatten() {
            let Place::Line { from, to, column: None, .. } = place else { continue };
            let ((x0, y0), (x1, y1)) = (self.predicted((from.x, from.y)), self.predicted((to.x, to.y)));
            let row = Row::between((x0, y0), (x1, y1));
            let (row, seen) = self.snapped(&row, pitch);
            if seen {
                // short rows say where they are, long ones also how they fall
                let weight = ((to.x - from.x) / 50.0).min(2.0);
                for (form, x) in [(from, x0), (to, x1)] {
                    ties.push(Tie { form: (form.x, form.y), x: None, y: Some(row.at(x)), weight });
                }
            }
        }
        ties
    }

    /// The outermost dots of a row near where it should begin and end; where writing hides them, where it should.
    fn dotted_ends(&self, row: &Row, (x0, x1): (f32, f32)) -> (f32, f32) {
        let reach = self.config.end_reach * self.millimetre();
        let (low, high) = (row.at(x0).min(row.at(x1)) - 4.0, row.at(x0).max(row.at(x1)) + 4.0);
        let on_row: Vec<f32> = between(&self.marks.rows, low, high)
            .iter()
            .filter(|p| (p.1 - row.at(p.0)).abs() <= 2.5)
            .map(|p| p.0)
            .collect();
        let left = on_row.iter().copied().filter(|x| (x - x0).abs() <= reach).fold(f32::INFINITY, f32::min);
        let right = on_row.iter().copied().filter(|x| (x - x1).abs() <= reach).fold(f32::NEG_INFINITY, f32::max);
        let left = if left.is_finite() && !self.hidden(row, (x0, left)) { left } else { x0 };
        let right = if right.is_finite() && !self.hidden(row, (right, x1)) { right } else { x1 };
        (left, right)
    }

    /// Whether writing lies over a stretch of a row, so that nobody knows if there are dots.
    fn hidden(&self, row: &Row, (from, to): (f32, f32)) -> bool {
        let strip = Strip { columns: self.columns_between(from, to), ..self.strip(from, row.at(from)) };
        let inked = strip.columns.clone().filter(|x| strip.rows.clone().any(|y| strip.is_ink(*x, y))).count();
        inked > 0 && inked as f32 >= self.config.end_hidden * strip.columns.len() as f32
    }

    /// The pixels around a label's end, between the tops of small letters' marks and the baseline.
    fn strip(&self, x: f32, baseline: f32) -> Strip<'_> {
        let mm = self.millimetre();
        let (above, reach) = (self.config.letter_height * mm, 2.0 * self.config.gap_reach * mm);
        let height = self.grey.height();
        let rows = ((baseline - above).max(0.0) as u32).min(height)..(baseline.max(0.0) as u32).min(height);
        let columns = self.columns_between(x - reach, x + reach);
        Strip { grey: self.grey, level: self.config.ink_level, columns, rows }
    }

    fn columns_between(&self, from: f32, to: f32) -> std::ops::Range<u32> {
        let width = self.grey.width();
        (from.max(0.0) as u32).min(width)..(to.max(0.0) as u32).min(width)
    }

    /// One comb for the columns of each half of the spread; the fold moves them apart.
    fn combs(&self) -> Vec<Option<Comb>> {
        let layout = self.layout();
        let fold = layout.gutter.unwrap_or(f32::INFINITY);
        let halves = [
            self.comb_of(&layout.columns.iter().filter(|c| c.1 <= fold).copied().collect::<Vec<_>>()),
            self.comb_of(&layout.columns.iter().filter(|c| c.1 > fold).copied().collect::<Vec<_>>()),
        ];
        layout.columns.iter().map(|c| halves[usize::from(c.1 > fold)]).collect()
    }

    fn comb_of(&self, columns: &[(f32, f32)]) -> Option<Comb> {
        let mut edges: Vec<f32> = columns.iter().flat_map(|(l, r)| [*l, *r]).collect();
        edges.sort_by(f32::total_cmp);
        edges.dedup();
        let frame = &self.layout().frame;
        let middle = f32::midpoint(frame.top, frame.bottom);
        let ((x0, y), scale) = (self.matched.fit.at((0.0, middle)), self.matched.fit.scale());
        let search = Search {
            start: x0,
            scale: scale.0,
            reach: self.config.table_reach * scale.0,
            length: (frame.bottom - frame.top) * scale.1,
            middle: y,
            share: self.config.table_share,
        };
        Comb::find(&self.marks.verticals, &edges, &search)
    }

    /// Between which columns of pixels a cell lies at a height, inside its rules.
    fn column_edges(&self, column: usize, y: f32) -> (f32, f32) {
        let (left, right) = self.layout().columns[column];
        let inside = self.config.cell_edge * self.millimetre();
        let (left, right) = match &self.columns[column] {
            Some(comb) => (self.rule_at(comb.at(left, y), y), self.rule_at(comb.at(right, y), y)),
            None => (self.matched.fit.at((left, y)).0, self.matched.fit.at((right, y)).0),
        };
        (left + inside, right - inside)
    }

    /// The upright rule next to where the comb has one: columns of one table are not as exact as a comb, and paper bends.
    fn rule_at(&self, x: f32, y: f32) -> f32 {
        let half = self.layout().pitch * self.matched.fit.scale().1 * self.config.edge_pitches / 2.0;
        let course = [(y - half, x), (y + half, x)];
        let points = self.marks.verticals.iter().map(|p| (p.1, p.0));
        let reach = self.config.edge_reach * self.millimetre();
        ties::nearest_rule(points, course, reach, self.config.rule_share).unwrap_or(x)
    }
}

/// Where the print before a writing line ends.
#[derive(Debug, Clone, Copy)]
struct LabelEnd {
    /// In the white gap behind the colon.
    gap: f32,
    /// Behind the last letter.
    letters: f32,
}

#[derive(Debug, Clone, Copy)]
enum Side {
    LabelEnd,
    LabelStart,
}

/// Where a label ends or begins: as read, if that agrees with the print's usual width, else the middle of what was read,
/// the usual width and the fit. A digit next to a label is often read as a part of its word.
fn surest(read: f32, by_width: f32, by_fit: f32, doubt: f32) -> f32 {
    if (read - by_width).abs() <= doubt { read } else { middle(read, by_width, by_fit) }
}

fn middle(a: f32, b: f32, c: f32) -> f32 {
    a.min(b).max(a.max(b).min(c))
}

fn band(a: Spot, b: Spot, above: f32, below: f32) -> Polygon<PageSpace> {
    Polygon(vec![
        Point::new(a.0, a.1 - above),
        Point::new(b.0, b.1 - above),
        Point::new(b.0, b.1 + below),
        Point::new(a.0, a.1 + below),
    ])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use image::{GrayImage, Luma};

    use super::*;
    use crate::forms;
    use crate::stages::align::fit::Fit;
    use crate::stages::align::testing::config;
    use crate::stages::align::ties;

    /// Pixels a millimetre.
    const SCALE: f32 = 8.0;
    /// Of the slot `so`, millimetres.
    const BASELINE: f32 = 15.9;

    /// A page of the layout of 2010 with the frame's upper rule, 20 mm down, and dots at a height of the slot `so`, both as
    /// far below their nominal place as told.
    fn page(lower: f32, dots: bool) -> GrayImage {
        let mut grey = GrayImage::from_pixel(1630, 2320, Luma([255]));
        let mut bar = |left: f32, top: f32, width: u32, height: u32| {
            let (left, top) = ((left * SCALE) as u32, ((top + lower) * SCALE) as u32);
            (left..left + width).for_each(|x| (top..top + height).for_each(|y| grey.put_pixel(x, y, Luma([60]))));
        };
        bar(17.4, 19.9, 1392, 3);
        if dots {
            (0..20).for_each(|i| bar(23.5 + i as f32, BASELINE, 2, 2));
        }
        grey
    }

    /// Where the slot `so` is found on such a page: its height in millimetres, and whether dots were seen.
    fn so(grey: &GrayImage, tied: bool) -> (f32, bool) {
        let config = config();
        let layout = Arc::new(forms::parse(include_str!("../../../forms/kt-2010.toml")).expect("layout"));
        let seen = vec![None; layout.labels.len()];
        let fit = Fit::similarity((0.0, 0.0), (0.0, 0.0), SCALE, 0.0);
        let mut matched = Match { layout, fit, seen, found: 1.0, score: 1.0 };
        let marks = Marks::find(grey, &config);
        if tied {
            matched.fit = fit.refined(&ties::rule_ties(&matched, &marks, &config), 40.0);
        }
        let slot = matched.layout.slots.iter().position(|slot| slot.key == "so").expect("so");
        let line = Ground::new(&matched, &marks, grey, &config).slot(0, slot).lines.remove(0);
        (line.baseline.0.y / SCALE, line.baseline_seen)
    }

    #[test]
    fn a_label_ends_where_it_was_read_to_end_unless_its_width_speaks_against_it() {
        assert_eq!(surest(105.0, 100.0, 90.0, 5.0), 105.0);
        assert_eq!(surest(106.0, 100.0, 90.0, 5.0), 100.0, "a digit was read into it");
        assert_eq!(surest(106.0, 100.0, 103.0, 5.0), 103.0);
        assert_eq!(surest(106.0, 100.0, 120.0, 5.0), 106.0);
        assert_eq!(surest(80.0, 100.0, 70.0, 5.0), 80.0, "a shorter label of another print");
    }

    #[test]
    fn a_column_that_strays_from_its_table_is_found_by_its_own_rule() {
        let config = config();
        let layout = Arc::new(forms::parse(include_str!("../../../forms/kh-table.toml")).expect("layout"));
        let (top, bottom) = (layout.frame.top, layout.frame.bottom);
        let mut edges: Vec<f32> = layout.columns.iter().flat_map(|c| [c.0, c.1]).collect();
        edges.sort_by(f32::total_cmp);
        edges.dedup();
        let stray = layout.columns[4];
        let mut grey =
            GrayImage::from_pixel((layout.page.0 * SCALE) as u32, (layout.page.1 * SCALE) as u32, Luma([255]));
        for edge in edges {
            let x = ((edge + if edge == stray.0 { 1.0 } else { 0.0 }) * SCALE) as u32;
            for y in (top * SCALE) as u32..(bottom * SCALE) as u32 {
                (x - 1..=x + 1).for_each(|x| grey.put_pixel(x, y, Luma([60])));
            }
        }
        let seen = vec![None; layout.labels.len()];
        let fit = Fit::similarity((0.0, 0.0), (0.0, 0.0), SCALE, 0.0);
        let matched = Match { layout, fit, seen, found: 1.0, score: 1.0 };
        let marks = Marks::find(&grey, &config);
        let (left, right) = Ground::new(&matched, &marks, &grey, &config).column_edges(4, 150.0 * SCALE);
        let inside = config.cell_edge;
        assert!((left / SCALE - stray.0 - 1.0 - inside).abs() < 0.3, "{left}");
        assert!((right / SCALE - stray.1 + inside).abs() < 0.3, "{right}");
    }

    #[test]
    fn a_row_goes_to_its_dots() {
        let (at, seen) = so(&page(1.5, true), false);
        assert!(seen && (at - BASELINE - 1.5).abs() < 0.3, "{at}");
    }

    #[test]
    fn a_row_goes_to_faint_dots_where_there_are_no_others() {
        let mut grey = page(1.5, true);
        let faint = |v: &mut u8| *v = if *v < 255 { 205 } else { 255 };
        grey.iter_mut().for_each(faint);
        let (at, seen) = so(&grey, false);
        assert!(seen && (at - BASELINE - 1.5).abs() < 0.3, "{at}");
    }

    #[test]
    fn a_row_without_dots_does_not_go_to_the_frame() {
        for lower in [0.0, -1.0, -1.9] {
            let (at, seen) = so(&page(lower, false), false);
            assert!(!seen && (at - BASELINE).abs() < 0.3, "{lower}: {at}");
        }
    }

    #[test]
    fn the_frame_says_how_far_down_the_form_lies() {
        for lower in [-2.5, 0.0, 2.5] {
            let (at, _) = so(&page(lower, false), true);
            assert!((at - BASELINE - lower).abs() < 0.4, "{lower}: {at}");
        }
    }
}
