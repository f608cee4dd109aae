//! `AlignedPage` → `CutPage`: slot pictures made for reading, and whether there is ink at all.
//!
//! Print goes, writing stays: frames and dotted lines are taken out of the page's ink, what is left falls into
//! connected parts, each part is given to the line it stands on, and only a line's own parts come into its picture.

mod blank;
mod canvas;
#[cfg(test)]
mod drawing;
mod ink;
mod owner;
mod parts;
mod picture;
mod rule;
mod strike;

use image::GrayImage;
use serde::Deserialize;

use self::canvas::Canvas;
use self::ink::InkMap;
use self::owner::{Piece, Row, RowEnd};
use self::parts::Parts;
use self::rule::Rule;
use self::strike::Struck;
use super::align::{AlignedPage, PlacedLine};
use crate::domain::{Ink, LinePart, PageSpace, Polygon, Rect, ScanSpace};

/// Section `[cut]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What is ink.
    pub ink: ink::Config,
    /// Dotted lines.
    pub rule: rule::Config,
    /// Whose ink it is.
    pub owner: owner::Config,
    /// Strike-outs.
    pub strike: strike::Config,
    /// Blank or written.
    pub blank: blank::Config,
    /// The picture itself.
    pub picture: picture::Config,
    /// Page around a slot in its review crop, pixels.
    pub context: f32,
}

/// A page with its slot pictures.
#[derive(Debug, Clone)]
pub struct CutPage {
    /// The page they come from.
    pub page: AlignedPage,
    /// Entries in order.
    pub entries: Vec<CutEntry>,
}

/// One entry's slot pictures, in the layout's order.
#[derive(Debug, Clone)]
pub struct CutEntry {
    /// From 0.
    pub ordinal: u8,
    /// One for each of `layout.slots`.
    pub slots: Vec<SlotPicture>,
}

/// One slot's pictures.
#[derive(Debug, Clone)]
pub struct SlotPicture {
    /// The slot's key.
    pub key: String,
    /// What ink there is.
    pub ink: Ink,
    /// The lines that carry ink, in reading order, struck-out stretches left out.
    pub lines: Vec<LinePicture>,
    /// The slot on the raw scan, one polygon a writing line, overflow included.
    pub place: Vec<Polygon<ScanSpace>>,
    /// The same as one box on the page, for review crops.
    pub crop: Rect<PageSpace>,
}

/// One line of writing without dots, rules, labels, neighbours: dark on white, cropped to its ink.
#[derive(Debug, Clone)]
pub struct LinePicture {
    /// Which part of the value.
    pub part: LinePart,
    /// The picture.
    pub grey: GrayImage,
    /// Where on the page.
    pub place: Rect<PageSpace>,
    /// Row of the writing's baseline in `grey`.
    pub baseline: f32,
}

/// Cuts all slots of a page. Cannot fail: an unusable slot says so in its `ink`.
#[must_use]
pub fn cut(page: AlignedPage, config: &Config) -> CutPage {
    let grey = &page.page.grey;
    let mut map = InkMap::new(grey, config.ink.below);
    map.erase_frames(&config.ink);
    let lines: Vec<&PlacedLine> =
        page.entries.iter().flat_map(|e| e.slots.iter().flat_map(|s| &s.lines)).collect();
    let rows: Vec<Row> = lines.iter().map(|line| place_row(line, &lines, &map, config)).collect();
    rows.iter().for_each(|row| row.rule.erase(&mut map, &config.rule));
    let parts = Parts::of(&map, grey);
    let shared = owner::share(&parts, &rows, &config.owner);
    let desk = Desk { map: &map, parts: &parts, page: &page, config };
    let mut drawn = rows.iter().zip(&shared).zip(&lines).map(|((row, pieces), line)| desk.draw(row, pieces, line));
    let mut entries = Vec::new();
    for entry in &page.entries {
        let slots = entry.slots.iter().map(|slot| {
            let lines: Vec<Drawn> = drawn.by_ref().take(slot.lines.len()).collect();
            desk.slot(&slot.key, lines)
        });
        entries.push(CutEntry { ordinal: entry.ordinal, slots: slots.collect() });
    }
    drop(drawn);
    CutPage { entries, page }
}

/// Finds a line's rule and what follows it on the right.
fn place_row(line: &PlacedLine, all: &[&PlacedLine], map: &InkMap, config: &Config) -> Row {
    let search = if line.baseline_seen { config.rule.search_seen } else { config.rule.search };
    let (left, right) = (line.baseline.0, line.baseline.1);
    let follows = |other: &&&PlacedLine| {
        let start = other.baseline.0;
        start.x >= right.x && start.x < right.x + 3.0 * line.pitch && (start.y - right.y).abs() < line.pitch / 3.0
    };
    let end = if all.iter().any(|o| follows(&o)) { RowEnd::Neighbour } else { RowEnd::Open };
    let rule = Rule::find(map, line.baseline, search, &config.rule);
    Row { left: left.x.round() as i32, right: right.x.round() as i32, rule, pitch: line.pitch, end }
}

/// What a page's lines are drawn from.
struct Desk<'a> {
    map: &'a InkMap,
    parts: &'a Parts,
    page: &'a AlignedPage,
    config: &'a Config,
}

/// One writing line as drawn.
struct Drawn {
    ink: Ink,
    picture: Option<LinePicture>,
    place: Rect<PageSpace>,
    polygon: Polygon<PageSpace>,
}

impl Desk<'_> {
    fn draw(&self, row: &Row, pieces: &[Piece], line: &PlacedLine) -> Drawn {
        let mut drawn =
            Drawn { ink: Ink::Blank, picture: None, place: line.place.bounds(), polygon: line.place.clone() };
        if !blank::is_written(self.parts, pieces, row, &self.config.blank) {
            return drawn;
        }
        let Some(mut canvas) = Canvas::draw(self.parts, pieces) else { return drawn };
        let middle = row.rule.row_at(canvas.left + canvas.width / 2) - canvas.top as f32;
        drawn.ink = match strike::find(&canvas, middle, row.pitch, &self.config.strike) {
            Struck::Wholly => Ink::StruckOut,
            Struck::Partly(stretches) => {
                stretches.iter().for_each(|&(from, to)| canvas.clear_columns(from, to));
                Ink::Written
            }
            Struck::Not => Ink::Written,
        };
        if blank::is_blot(&canvas, &self.config.blank) {
            drawn.ink = Ink::Illegible;
        }
        self.picture(&mut drawn, &canvas, middle, line.part);
        drawn
    }

    fn picture(&self, drawn: &mut Drawn, canvas: &Canvas, rule: f32, part: LinePart) {
        let settings = &self.config.picture;
        let Some((grey, x, y)) = picture::render(canvas, &self.page.page.grey, self.map, settings) else { return };
        let (left, top) = (x as f32, y as f32);
        let place = Rect::new(left, top, left + grey.width() as f32, top + grey.height() as f32);
        let baseline = picture::baseline(canvas, rule, settings) + canvas.top as f32 - top;
        let (was, now) = (drawn.place, place);
        if now.left < was.left || now.right > was.right || now.top < was.top || now.bottom > was.bottom {
            drawn.place = around(was, now);
            drawn.polygon = drawn.place.corners();
        }
        if drawn.ink == Ink::Written {
            drawn.picture = Some(LinePicture { part, grey, place, baseline });
        }
    }

    fn slot(&self, key: &str, lines: Vec<Drawn>) -> SlotPicture {
        let inks: Vec<Ink> = lines.iter().map(|l| l.ink).collect();
        let has = |ink: Ink| inks.contains(&ink);
        let ink = [Ink::Written, Ink::Illegible, Ink::StruckOut].into_iter().find(|&i| has(i)).unwrap_or(Ink::Blank);
        let to_scan = &self.page.page.to_scan;
        let place = lines.iter().map(|l| to_scan.apply_polygon(&l.polygon)).collect();
        let slot = lines.iter().map(|l| l.place).reduce(around).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
        let grey = &self.page.page.grey;
        let context = self.config.context;
        let crop = Rect::new(
            (slot.left - context).max(0.0),
            (slot.top - context).max(0.0),
            (slot.right + context).min(grey.width() as f32),
            (slot.bottom + context).min(grey.height() as f32),
        );
        SlotPicture { key: key.to_owned(), ink, lines: lines.into_iter().filter_map(|l| l.picture).collect(), place, crop }
    }
}

/// The box around two boxes.
fn around(a: Rect<PageSpace>, b: Rect<PageSpace>) -> Rect<PageSpace> {
    Rect::new(a.left.min(b.left), a.top.min(b.top), a.right.max(b.right), a.bottom.max(b.bottom))
}
