//! `AlignedPage` → `CutPage`: slot pictures made for reading, and whether there is ink at all.
//!
//! Print goes, writing stays: frames and dotted lines are taken out of the page's ink, what is left falls into
//! connected parts, each part is given to the line it stands on, and only a line's own parts come into its picture.

mod area;
mod blank;
mod canvas;
mod crumbs;
#[cfg(test)]
mod drawing;
mod hue;
mod ink;
mod owner;
mod parts;
mod picture;
mod rule;
mod stamp;
mod strike;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;

use image::GrayImage;
use serde::Deserialize;

use self::canvas::Canvas;
use self::hue::Hues;
use self::ink::InkMap;
use self::owner::{Piece, Row, RowEnd, RowKind};
use self::parts::Parts;
use self::rule::Rule;
use self::stamp::Stamps;
use self::strike::Struck;
use super::align::{AlignedEntry, AlignedPage, PlacedLine};
use super::cleanup::CleanPage;
use crate::domain::{Ink, LinePart, PageSpace, Polygon, Rect, ScanSpace, SlotKind, Transform};

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
    /// What colour tells of whose ink it is.
    pub hue: hue::Config,
    /// Strike-outs.
    pub strike: strike::Config,
    /// Blank or written.
    pub blank: blank::Config,
    /// What is no word beside the writing.
    pub crumbs: crumbs::Config,
    /// The picture itself.
    pub picture: picture::Config,
    /// A place higher than this many line pitches has no line of its own.
    pub area_height: f32,
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
    /// Which of the slot's writing lines, from 0; an area without lines gives several pictures of line 0.
    pub line: usize,
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
    let kinds: Vec<SlotKind> = page.layout.slots.iter().map(|slot| slot.kind).collect();
    let entries = cut_entries(&page.page, &page.entries, &kinds, config);
    CutPage { entries, page }
}

/// `kinds` are one for each slot of an entry.
fn cut_entries(page: &CleanPage, entries: &[AlignedEntry], kinds: &[SlotKind], config: &Config) -> Vec<CutEntry> {
    let places: Vec<&PlacedLine> = entries.iter().flat_map(|e| e.slots.iter().flat_map(|s| &s.lines)).collect();
    let lines: Vec<&PlacedLine> = places.iter().copied().filter(|p| !is_area(p, config)).collect();
    let mut shared = Shared::of(page, &lines, config.ink.below, config);
    if blank::is_paler(&shared.parts, &shared.pieces, config.ink.weak, &config.blank) {
        shared = Shared::of(page, &lines, config.ink.below_weak, config);
    }
    let Shared { grey, map, rows, parts, mut pieces, taken } = shared;
    let darkness = blank::least_darkness(&parts, &pieces, &config.blank);
    let hardly_ink = blank::is_paler(&parts, &pieces, config.blank.palest / config.blank.own_share, &config.blank);
    for (row, pieces) in rows.iter().zip(&mut pieces) {
        crumbs::sweep(&parts, row, pieces, &config.crumbs);
    }
    let desk = Desk { darkness, hardly_ink, grey: &grey, map: &map, parts: &parts, to_scan: &page.to_scan, config };
    let mut written = rows.into_iter().zip(pieces);
    let stretches = |place: &PlacedLine| -> Vec<(Row, Vec<Piece>)> {
        if is_area(place, config) {
            area::lines(&parts, place.place.bounds(), place.pitch, &taken, &config.owner)
        } else {
            written.next().into_iter().collect()
        }
    };
    let stretches: Vec<Vec<(Row, Vec<Piece>)>> = places.iter().copied().map(stretches).collect();
    let mut stretches = stretches.iter();
    let stamps = LazyCell::new(|| Stamps::of(page, config.ink.below));
    let stamped = |n: usize, line: &PlacedLine| {
        let stamps = stamps.as_ref()?;
        let darkness = blank::least_darkness(&stamps.parts, &[], &config.blank);
        let desk = Desk { darkness, grey: &stamps.grey, map: &stamps.map, parts: &stamps.parts, ..desk };
        Some(desk.draw(n, line, &stamps.line(line, &config.owner)))
    };
    let cut_entry = |entry: &AlignedEntry| {
        let slots = entry.slots.iter().zip(kinds).map(|(slot, kind)| {
            let drawn = slot.lines.iter().zip(stretches.by_ref()).enumerate().map(|(n, (line, own))| {
                let by_pen = desk.draw(n, line, own);
                match kind {
                    SlotKind::Signer if by_pen.inks.is_empty() => stamped(n, line).unwrap_or(by_pen),
                    _ => by_pen,
                }
            });
            desk.slot(&slot.key, *kind, drawn.collect())
        });
        CutEntry { ordinal: entry.ordinal, slots: slots.collect() }
    };
    entries.iter().map(cut_entry).collect()
}

/// A page's ink, shared among its writing lines.
struct Shared {
    grey: GrayImage,
    map: InkMap,
    rows: Vec<Row>,
    parts: Parts,
    /// One a row.
    pieces: Vec<Vec<Piece>>,
    /// Which parts are somebody's.
    taken: Vec<bool>,
}

impl Shared {
    /// `below`: what is darker is ink.
    fn of(page: &CleanPage, lines: &[&PlacedLine], below: u8, config: &Config) -> Self {
        let (grey, map, rows) = without_print(&page.grey, lines, below, config);
        let parts = Parts::of(&map, &grey);
        let mut pieces = owner::share(&parts, &rows, &config.owner);
        let mut taken = vec![false; parts.list().len()];
        pieces.iter().flatten().for_each(|piece| taken[piece.part] = true);
        let hues = Hues { parts: &parts, grey: &grey, colour: &page.colour, config: &config.hue };
        for (row, pieces) in rows.iter().zip(&mut pieces) {
            hues.mend(row, pieces, &taken);
        }
        pieces.iter().flatten().for_each(|piece| taken[piece.part] = true);
        Self { grey, map, rows, parts, pieces, taken }
    }
}

/// Whether a place has no writing line of its own. A line that lies aslant is no higher for it.
fn is_area(place: &PlacedLine, config: &Config) -> bool {
    let aslant = (place.baseline.1.y - place.baseline.0.y).abs();
    place.place.bounds().height() - aslant > config.area_height * place.pitch
}

/// The page without frames and dotted lines: its picture, its ink, and the lines as found.
fn without_print(page: &GrayImage, lines: &[&PlacedLine], below: u8, config: &Config) -> (GrayImage, InkMap, Vec<Row>) {
    let mut print = InkMap::new(page, config.ink.print_below);
    print.erase_frames(&config.ink);
    let mut rows: Vec<Row> = lines.iter().map(|line| place_row(line, lines, &print, config)).collect();
    rows.iter().for_each(|row| row.rule.erase(&mut print, &config.rule));
    let mut grey = page.clone();
    print.paint_out(&mut grey);
    let mut map = InkMap::smoothed(&grey, below);
    // what was too pale to be print at first
    map.erase_frames(&config.ink);
    for (row, line) in rows.iter_mut().zip(lines) {
        if row.rule.found.is_none() {
            row.rule = Rule::find(&map, line.baseline, search(line, config), &config.rule);
        }
        row.rule.erase(&mut map, &config.rule);
        row.rule.erase_pale(&mut map, &grey, line.pitch, &config.rule);
    }
    (grey, map, rows)
}

/// How far off its predicted place a line's rule may be.
fn search(line: &PlacedLine, config: &Config) -> i32 {
    if line.baseline_seen { config.rule.search_seen } else { config.rule.search }
}

/// Finds a line's rule and what follows it on the right.
fn place_row(line: &PlacedLine, all: &[&PlacedLine], map: &InkMap, config: &Config) -> Row {
    let (left, right) = (line.baseline.0, line.baseline.1);
    let beside = all.iter().map(|other| other.baseline.0).filter(|start| (start.y - right.y).abs() < line.pitch / 3.0);
    let next = beside
        .map(|start| (start.x - right.x) / line.pitch)
        .filter(|gap| *gap > -config.owner.adjoining)
        .min_by(f32::total_cmp);
    let end = match next {
        Some(gap) if gap < config.owner.adjoining => RowEnd::Adjoining,
        Some(gap) if gap < config.owner.followed => RowEnd::Neighbour,
        _ => RowEnd::Open,
    };
    let start = if line.starts_free { RowEnd::Open } else { RowEnd::Neighbour };
    let rule = Rule::find(map, line.baseline, search(line, config), &config.rule);
    let (left, right) = (left.x.round() as i32, right.x.round() as i32);
    let letters_end = line.letters_end;
    Row { left, letters_end, right, rule, pitch: line.pitch, apart: apart(line, all), start, end, kind: RowKind::Line }
}

/// How far the lines above and below are; the usual pitch where there is none about so far.
fn apart(line: &PlacedLine, all: &[&PlacedLine]) -> (f32, f32) {
    let middle = |l: &PlacedLine| f32::midpoint(l.baseline.0.y, l.baseline.1.y);
    let near = (0.6 * line.pitch)..(1.4 * line.pitch);
    let nearest = |side: f32| {
        let off = all.iter().map(|other| side * (middle(other) - middle(line))).filter(|off| near.contains(off));
        off.min_by(f32::total_cmp).unwrap_or(line.pitch)
    };
    (nearest(-1.0), nearest(1.0))
}

/// What a page's lines are drawn from.
struct Desk<'a> {
    /// Least darkness of ink on this page.
    darkness: f32,
    /// Most of its writing is paler than ink is known to be.
    hardly_ink: bool,
    grey: &'a GrayImage,
    map: &'a InkMap,
    parts: &'a Parts,
    to_scan: &'a Transform<PageSpace, ScanSpace>,
    config: &'a Config,
}

/// One place as drawn.
struct Drawn {
    inks: Vec<Ink>,
    pictures: Vec<LinePicture>,
    place: Rect<PageSpace>,
    polygon: Polygon<PageSpace>,
    /// All of it may shine through from the next page.
    faint: bool,
}

impl Desk<'_> {
    fn draw(&self, number: usize, line: &PlacedLine, own: &[(Row, Vec<Piece>)]) -> Drawn {
        let (place, polygon) = (line.place.bounds(), line.place.clone());
        let usual = self.darkness / self.config.blank.own_share;
        let is_faint = |(row, pieces): &(Row, Vec<Piece>)| {
            crumbs::may_shine_through(self.parts, row, pieces, usual, &self.config.crumbs)
        };
        let faint = line.part == LinePart::Whole && own.iter().all(is_faint);
        let mut drawn = Drawn { inks: Vec::new(), pictures: Vec::new(), place, polygon, faint };
        for (row, pieces) in own {
            let Some((ink, canvas)) = self.ink(row, pieces) else { continue };
            drawn.inks.push(ink);
            let middle = row.rule.row_at(canvas.left + canvas.width / 2);
            let Some(mut picture) = self.picture(&canvas, middle) else { continue };
            (picture.line, picture.part) = (number, line.part);
            drawn.reach(picture.place);
            if ink.is_writing() {
                drawn.pictures.push(picture);
            }
        }
        drawn
    }

    /// What ink a line holds, struck-out stretches left out; `None` for none.
    fn ink(&self, row: &Row, pieces: &[Piece]) -> Option<(Ink, Canvas)> {
        if !blank::is_written(self.parts, (pieces, row), self.darkness, &self.config.blank) {
            return None;
        }
        let mut canvas = Canvas::draw(self.parts, pieces)?;
        let middle = row.rule.row_at(canvas.left + canvas.width / 2) - canvas.top as f32;
        let struck = match row.kind {
            RowKind::Line => {
                strike::find(&canvas.core(self.grey, self.config.strike.core), middle, row.pitch, &self.config.strike)
            }
            // signatures run through themselves
            RowKind::Area => Struck::Not,
        };
        let ink = match struck {
            Struck::Wholly => Ink::StruckOut,
            Struck::Partly(stretches) => {
                stretches.iter().for_each(|&(from, to)| canvas.clear_columns(from, to));
                Ink::Corrected
            }
            Struck::Not if blank::is_blot(&canvas, &self.config.blank) => Ink::Illegible,
            Struck::Not if owner::runs_over(self.parts, row, pieces, &self.config.owner) => Ink::RunsOver,
            Struck::Not => Ink::Written,
        };
        Some((ink, canvas))
    }

    fn picture(&self, canvas: &Canvas, rule: f32) -> Option<LinePicture> {
        let settings = &self.config.picture;
        let (grey, x, y) = picture::render(canvas, self.grey, self.map, settings)?;
        let (left, top) = (x as f32, y as f32);
        let place = Rect::new(left, top, left + grey.width() as f32, top + grey.height() as f32);
        let baseline = picture::baseline(canvas, rule - canvas.top as f32, settings) + canvas.top as f32 - top;
        Some(LinePicture { line: 0, part: LinePart::Whole, grey, place, baseline })
    }

    fn slot(&self, key: &str, kind: SlotKind, mut lines: Vec<Drawn>) -> SlotPicture {
        // a clerk who leaves a place's first line empty writes on the next; a last line may hold one short word
        let is_written = |line: &Drawn| !line.faint && !line.pictures.is_empty();
        if let Some(last) = lines.iter().rposition(is_written) {
            lines[..last].iter_mut().filter(|line| line.faint).for_each(Drawn::clear);
        }
        let has = |ink: &Ink| lines.iter().any(|l| l.inks.contains(ink));
        let by_weight = [Ink::Corrected, Ink::RunsOver, Ink::Written, Ink::Illegible, Ink::StruckOut];
        let ink = match by_weight.into_iter().find(has) {
            // one line of two is struck out
            Some(Ink::Written | Ink::RunsOver) if has(&Ink::StruckOut) => Ink::Corrected,
            Some(ink) => ink,
            // where most writing is hardly ink, nobody knows that a place holds none
            None if self.hardly_ink && kind != SlotKind::Signature => Ink::Illegible,
            None => Ink::Blank,
        };
        let place = lines.iter().map(|l| self.to_scan.apply_polygon(&l.polygon)).collect();
        let slot = lines.iter().map(|l| l.place).reduce(Rect::around).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
        let context = self.config.context;
        let crop = Rect::new(
            (slot.left - context).max(0.0),
            (slot.top - context).max(0.0),
            (slot.right + context).min(self.grey.width() as f32),
            (slot.bottom + context).min(self.grey.height() as f32),
        );
        SlotPicture {
            key: key.to_owned(),
            ink,
            lines: lines.into_iter().flat_map(|l| l.pictures).collect(),
            place,
            crop,
        }
    }
}

impl Drawn {
    fn clear(&mut self) {
        self.inks.clear();
        self.pictures.clear();
    }

    /// Takes ink beyond the place into it.
    fn reach(&mut self, ink: Rect<PageSpace>) {
        let all = self.place.around(ink);
        if all != self.place {
            self.place = all;
            self.polygon = all.corners();
        }
    }
}
