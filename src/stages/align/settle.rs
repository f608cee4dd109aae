//! Where each slot really lies on this page: its ends at the labels, its baseline on the dots.

use super::choose::Match;
use super::comb::{Comb, Search};
use super::fit::Tie;
use super::marks::{Marks, Spot};
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
}

impl<'a> Ground<'a> {
    pub(super) fn new(matched: &'a Match, marks: &'a Marks, grey: &'a image::GrayImage, config: &'a Config) -> Self {
        let mut ground = Self { matched, marks, grey, config, widening: 1.0, columns: Vec::new() };
        ground.widening = ground.measured_widening();
        ground.columns = ground.combs();
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
        let mut left = after.map(|l| self.label_end(l)).or(edges.map(|e| e.0)).unwrap_or(x0);
        let mut right = before.map(|l| self.label_start(l)).or(edges.map(|e| e.1)).unwrap_or(x1);
        let row = Row { x: (left.min(x0), right.max(x1)), y0: (x0, y0), slope: (y1 - y0) / (x1 - x0).max(1.0) };
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
        }
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
            dx += weight * 0.3 * (s.left - lx);
            all_x += weight;
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

    /// Right end of a label: as read where reading and the print's usual width agree, else by the width.
    fn label_end(&self, label: usize) -> f32 {
        let (form, seen) = (&self.layout().labels[label], &self.matched.seen[label]);
        let left = seen.map_or_else(|| self.predicted((form.from, form.baseline)).0, |s| s.left);
        let by_width = left + (form.to - form.from) * self.millimetre() * self.widening;
        let end = match seen {
            Some(s) if (s.right - by_width).abs() <= self.config.end_doubt * self.millimetre() => s.right,
            _ => by_width,
        };
        let baseline = seen.map_or_else(|| self.predicted((form.to, form.baseline)).1, |s| s.baseline.1);
        self.in_gap(end, baseline, Side::LabelEnd)
    }

    fn label_start(&self, label: usize) -> f32 {
        let (form, seen) = (&self.layout().labels[label], &self.matched.seen[label]);
        let left = seen.map_or_else(|| self.predicted((form.from, form.baseline)).0, |s| s.left);
        let baseline = seen.map_or_else(|| self.predicted((form.from, form.baseline)).1, |s| s.baseline.0);
        self.in_gap(left, baseline, Side::LabelStart)
    }

    /// Moves a label's end out of its ink: to the next white gap away from the label, past its colon.
    fn in_gap(&self, x: f32, baseline: f32, side: Side) -> f32 {
        let strip = Strip::around(self, x, baseline);
        let gaps = strip.gaps(self.config.gap_least as usize);
        let reach = self.config.gap_reach * self.millimetre();
        match side {
            Side::LabelEnd => {
                let Some(i) = gaps.iter().position(|g| g.1 > x && g.0 <= x + reach) else { return x };
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

    /// The row of dots nearest to a predicted one, and whether there are enough of them.
    fn snapped(&self, row: &Row, pitch: f32) -> (Row, bool) {
        let reach = pitch * self.config.snap;
        let tilt = row.slope.abs() * (row.x.1 - row.x.0) + reach + 2.0;
        let points = self.marks.rows_between(row.y0.1 - tilt, row.y0.1 + tilt);
        let near: Vec<Spot> = points
            .iter()
            .filter(|p| (row.x.0..=row.x.1).contains(&p.0) && (p.1 - row.at(p.0)).abs() <= reach + 2.0)
            .copied()
            .collect();
        let mut best = (0.0, *row, 0);
        for tilt in -3_i8..=3 {
            let slope = row.slope + f32::from(tilt) * self.config.snap_tilt;
            let middle = f32::midpoint(row.x.0, row.x.1);
            let mut shift = -reach;
            while shift <= reach {
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
        if best.2 as f32 / cells >= self.config.dots_share { (best.1.through(&near), true) } else { (*row, false) }
    }

    /// Ties from all rows of dots that are found, to steady the fit where no label is near.
    pub(super) fn row_ties(&self) -> Vec<Tie> {
        let pitch = self.layout().pitch * self.matched.fit.scale().1;
        let mut ties = Vec::new();
        for place in self.layout().entries.iter().flatten().flatten() {
            let Place::Line { from, to, column: None, .. } = place else { continue };
            let ((x0, y0), (x1, y1)) = (self.predicted((from.x, from.y)), self.predicted((to.x, to.y)));
            let row = Row { x: (x0, x1), y0: (x0, y0), slope: (y1 - y0) / (x1 - x0).max(1.0) };
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
        let on_row: Vec<f32> = self
            .marks
            .rows_between(low, high)
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
        let strip = Strip { columns: self.columns_between(from, to), ..Strip::around(self, from, row.at(from)) };
        let inked = strip.columns.clone().filter(|x| strip.rows.clone().any(|y| strip.is_ink(*x, y))).count();
        inked > 0 && inked as f32 >= self.config.end_hidden * strip.columns.len() as f32
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

    fn column_edges(&self, column: usize, y: f32) -> (f32, f32) {
        let (left, right) = self.layout().columns[column];
        match &self.columns[column] {
            Some(comb) => (comb.at(left, y), comb.at(right, y)),
            None => (self.matched.fit.at((left, y)).0, self.matched.fit.at((right, y)).0),
        }
    }
}

/// Ties from the level rules of a table, to steady the fit down the page.
pub(super) fn table_ties(matched: &Match, marks: &Marks, config: &Config) -> Vec<Tie> {
    let layout = &matched.layout;
    let Some(fold) = layout.gutter else { return Vec::new() };
    let frame = &layout.frame;
    let mut levels: Vec<f32> = layout.entries.iter().flatten().flatten().filter_map(baseline_in_column).collect();
    levels.push(frame.top);
    levels.sort_by(f32::total_cmp);
    levels.dedup_by(|a, b| (*a - *b).abs() < 0.1);
    let mut ties = Vec::new();
    for (left, right) in [(frame.left, fold), (fold, frame.right)] {
        let middle = f32::midpoint(left, right);
        let ((x0, _), (x1, _)) = (matched.fit.at((left, 0.0)), matched.fit.at((right, 0.0)));
        let points: Vec<Spot> = marks.rows.iter().filter(|p| (x0..=x1).contains(&p.0)).map(|p| (p.1, p.0)).collect();
        let scale = matched.fit.scale().1;
        let search = Search {
            start: matched.fit.at((middle, 0.0)).1,
            scale,
            reach: config.table_reach * scale,
            length: x1 - x0,
            middle: f32::midpoint(x0, x1),
            share: config.table_share,
        };
        let Some(comb) = Comb::find(&points, &levels, &search) else { continue };
        for level in &levels {
            for x in [left, right] {
                let y = comb.at(*level, matched.fit.at((x, *level)).0);
                ties.push(Tie { form: (x, *level), x: None, y: Some(y), weight: 1.0 });
            }
        }
    }
    ties
}

fn baseline_in_column(place: &Place) -> Option<f32> {
    match place {
        Place::Line { from, column: Some(_), .. } => Some(from.y),
        Place::Line { column: None, .. } | Place::Area(_) => None,
    }
}

#[derive(Debug, Clone, Copy)]
enum Side {
    LabelEnd,
    LabelStart,
}

/// The pixels around a label's end, between the tops of small letters' marks and the baseline.
struct Strip<'a> {
    grey: &'a image::GrayImage,
    level: u8,
    columns: std::ops::Range<u32>,
    rows: std::ops::Range<u32>,
}

impl<'a> Strip<'a> {
    fn around(ground: &Ground<'a>, x: f32, baseline: f32) -> Self {
        let mm = ground.millimetre();
        let (above, reach) = (ground.config.letter_height * mm, 2.0 * ground.config.gap_reach * mm);
        let height = ground.grey.height();
        let rows = ((baseline - above).max(0.0) as u32).min(height)..(baseline.max(0.0) as u32).min(height);
        let columns = ground.columns_between(x - reach, x + reach);
        Self { grey: ground.grey, level: ground.config.ink_level, columns, rows }
    }

    fn is_ink(&self, x: u32, y: u32) -> bool {
        self.grey.get_pixel(x, y).0[0] < self.level
    }

    /// White stretches of at least so many columns, as half-open ranges.
    fn gaps(&self, least: usize) -> Vec<(f32, f32)> {
        let mut gaps = Vec::new();
        let mut start = None;
        for x in self.columns.start..=self.columns.end {
            let white = x < self.columns.end && self.rows.clone().all(|y| !self.is_ink(x, y));
            match (white, start) {
                (true, None) => start = Some(x),
                (false, Some(from)) => {
                    if (x - from) as usize >= least {
                        gaps.push((from as f32, x as f32));
                    }
                    start = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
        }
        gaps
    }

    /// Whether the ink between two gaps is narrow and has a white waist.
    fn is_colon(&self, from: f32, to: f32) -> bool {
        let (from, to) = (from as u32, to as u32);
        let height = self.rows.end - self.rows.start;
        let inked = |y: &u32| (from..to).any(|x| self.is_ink(x, *y));
        let ink: Vec<u32> = self.rows.clone().filter(inked).collect();
        let (Some(top), Some(bottom)) = (ink.first(), ink.last()) else { return false };
        let waist = (ink.len() as u32) < bottom - top;
        // two dots: no wider than a third of the letters are high, not higher than small letters
        (to - from) * 3 <= height && waist && bottom - top < height * 4 / 5
    }
}

/// A straight row on the page.
#[derive(Debug, Clone, Copy)]
struct Row {
    x: (f32, f32),
    y0: (f32, f32),
    slope: f32,
}

impl Row {
    fn at(&self, x: f32) -> f32 {
        self.y0.1 + self.slope * (x - self.y0.0)
    }

    /// The straight line through the points close to it, if they say enough about its fall.
    fn through(&self, points: &[Spot]) -> Self {
        let close: Vec<Spot> = points.iter().filter(|p| (p.1 - self.at(p.0)).abs() <= 2.5).copied().collect();
        let count = close.len().max(1) as f32;
        let (mx, my) = (close.iter().map(|p| p.0).sum::<f32>() / count, close.iter().map(|p| p.1).sum::<f32>() / count);
        let spread: f32 = close.iter().map(|p| (p.0 - mx).powi(2)).sum();
        let common: f32 = close.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum();
        // points bunched at one end tell the height only
        if close.len() < 8 || spread / count < ((self.x.1 - self.x.0) / 6.0).powi(2) {
            return *self;
        }
        Self { x: self.x, y0: (mx, my), slope: common / spread }
    }
}

/// Width of the cells in which dots are counted, pixels.
const CELL: f32 = 4.0;

/// Cells of the row that hold a dot.
fn covered(points: &[Spot], row: &Row) -> usize {
    let mut cells: Vec<i32> =
        points.iter().filter(|p| (p.1 - row.at(p.0)).abs() <= 1.6).map(|p| (p.0 / CELL) as i32).collect();
    cells.sort_unstable();
    cells.dedup();
    cells.len()
}

fn band(a: Spot, b: Spot, above: f32, below: f32) -> Polygon<PageSpace> {
    Polygon(vec![
        Point::new(a.0, a.1 - above),
        Point::new(b.0, b.1 - above),
        Point::new(b.0, b.1 + below),
        Point::new(a.0, a.1 + below),
    ])
}

/// x of the vertical rule near a nominal one, voted by its points between two nominal heights.
fn nearest_rule(
    matched: &Match,
    marks: &Marks,
    nominal: f32,
    (top, bottom): (f32, f32),
    config: &Config,
) -> Option<f32> {
    let reach = config.rule_reach * matched.fit.scale().0;
    let ((x_top, y_top), (x_bottom, y_bottom)) = (matched.fit.at((nominal, top)), matched.fit.at((nominal, bottom)));
    let lean = (x_bottom - x_top) / (y_bottom - y_top).max(1.0);
    let mut offs: Vec<f32> = marks
        .verticals
        .iter()
        .filter(|p| (y_top..=y_bottom).contains(&p.1))
        .map(|p| p.0 - (x_top + lean * (p.1 - y_top)))
        .filter(|off| off.abs() <= reach)
        .collect();
    offs.sort_by(f32::total_cmp);
    // the densest 4 px window
    let mut best: (usize, f32) = (0, 0.0);
    for (i, off) in offs.iter().enumerate() {
        let count = offs[i..].partition_point(|o| o - off <= 4.0);
        if count > best.0 {
            best = (count, offs[i + count / 2]);
        }
    }
    let enough = (y_bottom - y_top) / 4.0 * config.rule_share;
    (best.0 as f32 >= enough).then(|| x_top + lean * (y_bottom - y_top) / 2.0 + best.1)
}

/// Ties from the upright rules of frame and divider, to steady the fit across the page.
pub(super) fn rule_ties(matched: &Match, marks: &Marks, config: &Config) -> Vec<Tie> {
    let layout = &matched.layout;
    let frame = &layout.frame;
    let mut uprights = vec![frame.left, frame.right];
    uprights.extend(layout.divider);
    let mut ties = Vec::new();
    let third = (frame.bottom - frame.top) / 3.0;
    for nominal in uprights {
        for part in 0..3 {
            let top = frame.top + third * part as f32;
            if let Some(x) = nearest_rule(matched, marks, nominal, (top, top + third), config) {
                ties.push(Tie { form: (nominal, top + third / 2.0), x: Some(x), y: None, weight: 1.0 });
            }
        }
    }
    ties
}
