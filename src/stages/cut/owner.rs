//! Whose ink it is: shares the connected parts of a page among its writing lines.
//!
//! A part whose bulk stands on a line's baseline is a body of that line. Whatever is too flat or too far off to be
//! anybody's body (tone marks, dots, commas) follows the body it is nearest to.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::parts::{Part, Parts};
use super::rule::{Dots, Rule};

/// Section `[cut.owner]`. Shares are shares of the line pitch.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A line's own ink reaches so far above its baseline …
    pub zone_up: f32,
    /// … and so far below.
    pub zone_down: f32,
    /// Bodies stand between the baseline and this height.
    pub body_up: f32,
    /// Least height of a body within that band.
    pub body_least: f32,
    /// Least share of a part's ink that a line must hold to claim it.
    pub claim: f32,
    /// Share from which the line gets all of it.
    pub claim_whole: f32,
    /// Marks farther than this from every body of the line are not its own.
    pub mark_reach: f32,
    /// Share of the usual reach within which a mark stands on another mark.
    pub mark_on_mark: f32,
    /// Marks no farther than this from print may be the print's.
    pub print_marks: f32,
    /// Nothing that belongs to a letter lies lower than this below the line.
    pub mark_below: f32,
    /// How many times a gap sideways counts against a gap up or down.
    pub sideways: f32,
    /// Least height of what is writing if it stands behind the label's letters.
    pub tall: f32,
    /// What reaches so far behind the label's letters is not theirs alone.
    pub touches: f32,
    /// Least share of a part that lies behind the label's end when it begins a little before.
    pub crossing: f32,
    /// What sticks out at the label's side by more than this is cut off there, pixels.
    pub stick_out: i32,
    /// Largest speck, pixels.
    pub speck: i32,
    /// Specks farther than this from every body of the line are dust, the label's colon, or other lines'.
    pub speck_reach: f32,
    /// A place so close behind a line's end has only a rule between.
    pub adjoining: f32,
    /// A place so close behind a line's end has its label between.
    pub followed: f32,
    /// Letters that come so close to a rule may go on behind it.
    pub brink: f32,
    /// Letters so close behind writing that has left its line may be its next word.
    pub goes_on: f32,
    /// Widest gap over which running over is followed, pixels …
    pub overflow_gap: i32,
    /// … or so many times the widest gap within the line …
    pub overflow_wide: f32,
    /// … but never more than this share of the pitch.
    pub overflow_most: f32,
    /// Least darkness of what is followed, as a share of the line's own.
    pub overflow_darkness: f32,
    /// Parts paler than this share of the line's own ink shine through from another page.
    pub pale: f32,
    /// Highest speck of a dot left beside the rule, times the dot's height.
    pub dot_rest: f32,
    /// How much higher a part is than what is printed there, pixels.
    pub soft_edges: i32,
}

/// A writing line with the rule found.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// First column for writing: the label's end, or where the dots begin.
    pub(super) left: i32,
    /// Where the letters of the label before it end.
    pub(super) letters_end: Option<f32>,
    /// Outside the last column: the line's end or the next label's beginning.
    pub(super) right: i32,
    /// Its rule.
    pub(super) rule: Rule,
    /// Usual distance of lines.
    pub(super) pitch: f32,
    /// Distance to the line above and to the line below, as far as there is one.
    pub(super) apart: (f32, f32),
    /// What lies to the left.
    pub(super) start: RowEnd,
    /// What lies to the right.
    pub(super) end: RowEnd,
    /// Printed or only gathered from the ink.
    pub(super) kind: RowKind,
}

/// Where a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A printed writing line.
    Line,
    /// Writing in an area without lines.
    Area,
}

/// What lies beyond a writing line's start or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowEnd {
    /// Print.
    Neighbour,
    /// A drawn rule with another place right behind it.
    Adjoining,
    /// The frame and the margin: writing may run over.
    Open,
}

/// A part, or a stretch of one, that belongs to a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    /// Index of the part.
    pub(super) part: usize,
    /// What of it: left, top, right, bottom, the last two outside.
    pub(super) clip: (i32, i32, i32, i32),
}

impl Row {
    pub(super) fn base_at(&self, x: f32) -> f32 {
        self.rule.row_at(x as i32)
    }

    /// Whether most of a part stands behind the label's last letter: what is there and high was written.
    pub(super) fn is_behind_print(&self, part: &Part) -> bool {
        self.letters_end.is_some_and(|end| part.centre.0 > end)
    }

    /// Whether a part is as high as letters and digits are.
    fn is_tall(&self, part: &Part, config: &Config) -> bool {
        part.height() as f32 >= config.tall * self.pitch
    }

    /// From which column on a part may be the row's.
    fn begin(&self, part: &Part, config: &Config) -> i32 {
        let Some(end) = self.letters_end.filter(|_| self.is_tall(part, config)) else { return self.left };
        // writing that touches the label's last letter is one part with it
        let reaches = part.right as f32 > end + config.touches * self.pitch;
        if self.is_behind_print(part) || reaches { self.left.min(end as i32) } else { self.left }
    }

    /// Rows of a part in a band above a baseline.
    fn rows_in_body(&self, part: &Part, base: f32, config: &Config) -> f32 {
        let (top, bottom) = (base - config.body_up * self.pitch, base);
        (part.bottom as f32).min(bottom) - (part.top as f32).max(top)
    }

    /// Whether a part stands on a line so far below this one.
    fn is_body(&self, part: &Part, below: f32, config: &Config) -> bool {
        let base = self.base_at(part.centre.0) + below;
        self.rows_in_body(part, base, config) >= config.body_least * self.pitch
    }
}

/// Shares the page's parts among the rows; one list of pieces a row.
pub(super) fn share(parts: &Parts, rows: &[Row], config: &Config) -> Vec<Vec<Piece>> {
    let surveys: Vec<Survey> = rows.iter().map(|row| survey(parts, row, config)).collect();
    let written: BTreeSet<usize> = surveys.iter().flat_map(|s| s.bodies.iter().map(|piece| piece.part)).collect();
    let with_marks = |(row, survey)| row_pieces(parts, row, survey, &written, config);
    let mut shared: Vec<Vec<Piece>> = rows.iter().zip(surveys).map(with_marks).collect();
    let over: Vec<Vec<Piece>> = rows.iter().zip(&shared).map(|(row, own)| overflow(parts, row, own, config)).collect();
    for (i, pieces) in over.into_iter().enumerate() {
        for piece in &pieces {
            // the margin's own line lies there too: what continues another line is not the margin's
            for (_, other) in shared.iter_mut().enumerate().filter(|(j, _)| *j != i) {
                other.retain(|p| p.part != piece.part);
            }
        }
        shared[i].extend(pieces);
    }
    shared.iter_mut().for_each(|pieces| drop_pale(parts, pieces, config));
    shared
}

/// Leaves out what is much paler than most of the line's ink.
pub(super) fn drop_pale(parts: &Parts, pieces: &mut Vec<Piece>, config: &Config) {
    let mut shades: Vec<(f32, u32)> =
        pieces.iter().map(|p| &parts.list()[p.part]).map(|p| (p.darkness, p.area)).collect();
    shades.sort_by(|a, b| b.0.total_cmp(&a.0));
    let half = shades.iter().map(|s| s.1).sum::<u32>() / 2;
    let mut seen = 0;
    let usual = shades.iter().find(|(_, area)| {
        seen += area;
        seen > half
    });
    let least = usual.map_or(0.0, |s| config.pale * s.0);
    pieces.retain(|p| parts.list()[p.part].darkness >= least);
}

/// What lies about a row.
struct Survey {
    /// Bodies that the row claims.
    bodies: Vec<Piece>,
    /// Parts that are nobody's body.
    marks: Vec<usize>,
    /// Bodies of other rows and print.
    foreign: Vec<usize>,
}

fn survey(parts: &Parts, row: &Row, config: &Config) -> Survey {
    let mut survey = Survey { bodies: Vec::new(), marks: Vec::new(), foreign: Vec::new() };
    for index in nearby(parts, row, row.left, row.right, config) {
        let part = &parts.list()[index];
        if row.is_body(part, 0.0, config) {
            match claim(parts, index, row, config) {
                Some(piece) => survey.bodies.push(piece),
                None => survey.foreign.push(index),
            }
        } else if row.is_body(part, -row.apart.0, config) || row.is_body(part, row.apart.1, config) {
            survey.foreign.push(index);
        } else {
            survey.marks.push(index);
        }
    }
    // with nothing behind it, what stands before the line's beginning is the label's last letter
    let is_behind = |piece: &Piece| parts.list()[piece.part].centre.0 >= row.left as f32;
    if row.start == RowEnd::Neighbour && !survey.bodies.iter().any(is_behind) {
        survey.bodies.retain(|piece| piece.clip.2 > row.left);
    }
    survey
}

/// The row's bodies with their marks; `written` are the bodies of all rows.
fn row_pieces(parts: &Parts, row: &Row, survey: Survey, written: &BTreeSet<usize>, config: &Config) -> Vec<Piece> {
    let Survey { bodies: mut pieces, mut marks, foreign } = survey;
    let part = |index: usize| parts.list()[index];
    let (others, print): (Vec<usize>, Vec<usize>) = foreign.into_iter().partition(|index| written.contains(index));
    let [others, print] = [others, print].map(|indices| indices.into_iter().map(part).collect::<Vec<Part>>());
    let mut own: Vec<Part> = pieces.iter().map(|p| clipped(&part(p.part), p.clip)).collect();
    // a mark may stand on another mark (ế, ổ): once more, and closer, for those that the first round left
    for closer in [1.0, config.mark_on_mark] {
        let about = About { own: &own, others: &others, print: &print, closer };
        let (mine, rest): (Vec<usize>, Vec<usize>) =
            marks.into_iter().partition(|&index| is_own_mark(&part(index), row, &about, config));
        if own.is_empty() {
            return mine.into_iter().map(|index| whole(parts, index)).collect();
        }
        // what stands on a speck is dust on dust
        let carries = |mark: &Part| mark.width() > config.speck || mark.height() > config.speck;
        own.extend(mine.iter().map(|&index| part(index)).filter(carries));
        pieces.extend(mine.into_iter().map(|index| whole(parts, index)));
        marks = rest;
    }
    pieces
}

/// Parts that could have to do with a row.
fn nearby(parts: &Parts, row: &Row, left: i32, right: i32, config: &Config) -> Vec<usize> {
    let reach = 2.0 * row.pitch;
    let close = |p: &Part| {
        let base = row.base_at(p.centre.0);
        p.right > left - config.stick_out
            && p.left < right + config.stick_out
            && (p.bottom as f32) > base - reach
            && (p.top as f32) < base + reach
    };
    (0..parts.list().len()).filter(|&i| close(&parts.list()[i])).collect()
}

/// All of a part.
pub(super) fn whole(parts: &Parts, index: usize) -> Piece {
    let p = &parts.list()[index];
    Piece { part: index, clip: (p.left, p.top, p.right, p.bottom) }
}

fn clipped(part: &Part, clip: (i32, i32, i32, i32)) -> Part {
    let (left, top, right, bottom) = clip;
    Part { left, top, right, bottom, ..*part }
}

/// What of a part a row may have, if anything.
fn claim(parts: &Parts, index: usize, row: &Row, config: &Config) -> Option<Piece> {
    let part = &parts.list()[index];
    let (left, right) = claim_columns(parts, index, row, config)?;
    let (top, bottom) = claim_rows(parts, index, row, config)?;
    Some(Piece { part: index, clip: (left.max(part.left), top, right.min(part.right), bottom) })
}

fn claim_columns(parts: &Parts, index: usize, row: &Row, config: &Config) -> Option<(i32, i32)> {
    let part = &parts.list()[index];
    let begin = row.begin(part, config);
    let before = parts.mass_left_of(index, begin) as f32 / part.area as f32;
    let until = parts.mass_left_of(index, row.right) as f32 / part.area as f32;
    let inside = until - before;
    let (mut left, mut right) = (part.left, part.right);
    if row.start == RowEnd::Neighbour && begin - part.left > config.stick_out {
        left = begin - 1;
    }
    if row.end != RowEnd::Open && part.right - row.right > config.stick_out {
        right = row.right + 1;
    }
    let cut = left > part.left || right < part.right;
    // print ends where its label ends: what begins before that place and goes on behind it was written
    let least = match (cut, part.left < begin) {
        (true, _) => config.claim,
        (false, true) => config.crossing,
        (false, false) => 0.5,
    };
    (inside >= least && right > left).then_some((left, right))
}

fn claim_rows(parts: &Parts, index: usize, row: &Row, config: &Config) -> Option<(i32, i32)> {
    let part = &parts.list()[index];
    let base = row.base_at(part.centre.0);
    let masses = parts.row_masses(index);
    let mass = |from: f32, to: f32| -> f32 {
        let rows = (part.top..).zip(&masses);
        rows.filter(|(y, _)| (*y as f32) >= from && (*y as f32) < to).map(|(_, m)| *m as f32).sum::<f32>()
            / part.area as f32
    };
    let (up, down) = (base - config.zone_up * row.apart.0, base + config.zone_down * row.apart.1);
    let own = mass(up, down);
    if own >= config.claim_whole {
        return Some((part.top, part.bottom));
    }
    if own < config.claim {
        return None;
    }
    let thinnest = |from: f32, to: f32| {
        let rows = (part.top..).zip(&masses).filter(|(y, _)| (*y as f32) >= from && (*y as f32) < to);
        rows.min_by_key(|(_, m)| **m).map(|(y, _)| y)
    };
    let other = 1.0 - config.claim_whole;
    let top =
        (mass(f32::MIN, up) > other / 2.0).then(|| thinnest(up - 0.2 * row.pitch, up + 0.2 * row.pitch)).flatten();
    let bottom = (mass(down, f32::MAX) > other / 2.0).then(|| thinnest(base + 2.0, down + 0.2 * row.pitch)).flatten();
    Some((top.unwrap_or(part.top), bottom.unwrap_or(part.bottom)))
}

fn distance(a: &Part, b: &Part, config: &Config) -> f32 {
    let (dx, dy) = a.gaps(b);
    config.sideways * dx as f32 + dy as f32
}

/// What a mark may belong to.
struct About<'a> {
    /// The row's own ink so far.
    own: &'a [Part],
    /// Bodies of other rows.
    others: &'a [Part],
    /// Bodies of no row.
    print: &'a [Part],
    /// How much of the usual reach a mark may be off.
    closer: f32,
}

fn is_own_mark(mark: &Part, row: &Row, about: &About<'_>, config: &Config) -> bool {
    if mark.centre.0 < row.left as f32 || mark.centre.0 >= row.right as f32 || is_dot_rest(mark, row, config) {
        return false;
    }
    let height = (row.base_at(mark.centre.0) - mark.centre.1) / row.pitch;
    if height < -config.mark_below {
        return false;
    }
    let nearest = |bodies: &[Part]| bodies.iter().map(|b| distance(mark, b, config)).fold(f32::MAX, f32::min);
    let own = about.own;
    let mine = nearest(own);
    // print has its marks close by: what is farther off was written under it
    let print = Some(nearest(about.print)).filter(|off| *off <= config.print_marks * row.pitch).unwrap_or(f32::MAX);
    let others = nearest(about.others).min(print);
    let level = (-0.1..config.body_up).contains(&height);
    let is_speck = mark.width() <= config.speck && mark.height() <= config.speck;
    let is_dots = !level && is_flat_as_dots(mark, row, config);
    if (is_speck || is_dots) && !own.is_empty() {
        // a tone mark or full stop stands close to its letter; the rest is dust, colons, ends of the neighbours'
        // strokes, dots of the line above: one of them and the picture is so high that its letters become small
        return mine < others && mine <= about.closer * config.speck_reach * row.pitch;
    }
    let reach = if level { 1.5 } else { config.mark_reach } * row.pitch;
    let in_zone = (-config.zone_down..config.zone_up).contains(&height);
    // a line that holds nothing but marks still shows them: they are the evidence for what the blank test decides
    if own.is_empty() {
        in_zone && others > mark.height() as f32
    } else {
        mine <= about.closer * reach && (mine < others || level)
    }
}

/// A printed dot that stands a little off the rule.
fn is_dot_rest(mark: &Part, row: &Row, config: &Config) -> bool {
    let Some(dots) = row.rule.found else { return false };
    let off = (row.base_at(mark.centre.0) - mark.centre.1).abs();
    mark.width() <= largest_dot(dots, config) && mark.height() <= largest_dot(dots, config) && off <= 2.0 * dots.height
}

/// No higher than the form's dots: maybe a row of them grown together.
fn is_flat_as_dots(mark: &Part, row: &Row, config: &Config) -> bool {
    row.rule.found.is_some_and(|dots| mark.height() <= largest_dot(dots, config) + config.soft_edges)
}

fn largest_dot(dots: Dots, config: &Config) -> i32 {
    (config.dot_rest * dots.height.max(dots.width.min(2.0 * dots.height))) as i32
}

/// Parts beyond the line's ends that continue its writing without a wide gap.
fn overflow(parts: &Parts, row: &Row, own: &[Piece], config: &Config) -> Vec<Piece> {
    let sides = [(row.start, Side::Left), (row.end, Side::Right)];
    let mut open = sides.into_iter().filter(|(end, _)| *end == RowEnd::Open).peekable();
    if open.peek().is_none() {
        return Vec::new();
    }
    let (taken, least) =
        (own.iter().map(|p| p.part).collect(), config.overflow_darkness * shade(parts, own.iter().map(|p| p.part)).0);
    open.flat_map(|(_, side)| beyond(parts, row, own, side, (&taken, least), config)).collect()
}

/// Mean darkness of parts, each pixel alike, and their area.
pub(super) fn shade(parts: &Parts, own: impl Iterator<Item = usize>) -> (f32, u32) {
    let own = own.map(|i| &parts.list()[i]);
    let (ink, area) = own.fold((0.0, 0), |(ink, area), p| (ink + p.darkness * p.area as f32, area + p.area));
    (ink / area.max(1) as f32, area)
}

#[derive(Debug, Clone, Copy)]
enum Side {
    Left,
    Right,
}

impl Side {
    /// Both sides are measured alike: columns grow outwards.
    fn out(self, left: i32, right: i32) -> (i32, i32) {
        match self {
            Self::Left => (-right, -left),
            Self::Right => (left, right),
        }
    }

    /// The columns beyond a row's end on this side.
    fn columns_beyond(self, row: &Row) -> (i32, i32) {
        match self {
            Self::Left => (i32::MIN / 2, row.left),
            Self::Right => (row.right, i32::MAX / 2),
        }
    }
}

/// What goes on from `own` on one side: parts not taken yet and at least so dark.
fn beyond(
    parts: &Parts,
    row: &Row,
    own: &[Piece],
    side: Side,
    (taken, least): (&BTreeSet<usize>, f32),
    config: &Config,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let Some(reached) = own.iter().map(|p| side.out(p.clip.0, p.clip.2).1).max() else { return pieces };
    let (from, to) = side.columns_beyond(row);
    let reach = nearby(parts, row, from, to, config);
    let candidate = |i: &usize| {
        let part = &parts.list()[*i];
        let height = (row.base_at(part.centre.0) - part.centre.1) / row.pitch;
        // what straddles the end and is nobody's yet goes on from the line too
        let outside = part.right > from && part.left < to;
        !taken.contains(i) && outside && part.darkness >= least && (-config.zone_down..config.zone_up).contains(&height)
    };
    let columns = |i: usize| side.out(parts.list()[i].left, parts.list()[i].right);
    let mut waiting: Vec<usize> = reach.into_iter().filter(candidate).collect();
    waiting.sort_by_key(|&i| columns(i).0);
    let mut edge = reached;
    let widest = (config.overflow_wide * widest_gap(own) as f32).min(config.overflow_most * row.pitch) as i32;
    for index in waiting {
        let (part, (near, far)) = (&parts.list()[index], columns(index));
        if near - edge > config.overflow_gap.max(widest) {
            break;
        }
        if let Some((top, bottom)) = claim_rows(parts, index, row, config) {
            // specks are taken along but do not carry the writing on
            edge = if part.height() > config.speck { edge.max(far) } else { edge };
            pieces.push(Piece { part: index, clip: (part.left, top, part.right, bottom) });
        }
    }
    pieces
}

/// Whether a line's writing goes on in what lies to its right, as far as can be seen.
pub(super) fn runs_over(parts: &Parts, row: &Row, own: &[Piece], config: &Config) -> bool {
    let is_cut = || own.iter().any(|piece| piece.clip.2 < parts.list()[piece.part].right);
    match row.end {
        RowEnd::Open => goes_on(parts, row, own, config),
        RowEnd::Neighbour => is_cut(),
        RowEnd::Adjoining => is_cut() || crosses_rule(parts, row, own, config),
    }
}

/// Whether writing that has left its line is followed by more after a gap too wide to follow it over.
fn goes_on(parts: &Parts, row: &Row, own: &[Piece], config: &Config) -> bool {
    let reached = own.iter().map(|piece| piece.clip.2).max().unwrap_or(row.right);
    if reached <= row.right + config.stick_out {
        return false;
    }
    let until = reached + (config.goes_on * row.pitch) as i32;
    let least = config.overflow_darkness * shade(parts, own.iter().map(|piece| piece.part)).0;
    let more = |&index: &usize| {
        let part = &parts.list()[index];
        let is_letter = row.is_tall(part, config) && row.is_body(part, 0.0, config) && part.darkness >= least;
        is_letter && (reached..until).contains(&part.left)
    };
    nearby(parts, row, reached, until, config).iter().any(more)
}

/// Whether letters end at the rule on the right and others begin behind it: with the rule, the word's middle was erased.
fn crosses_rule(parts: &Parts, row: &Row, own: &[Piece], config: &Config) -> bool {
    let brink = config.brink * row.pitch;
    let end = row.right as f32;
    let at_end = |piece: &Piece| {
        let part = clipped(&parts.list()[piece.part], piece.clip);
        row.is_tall(&part, config) && part.right as f32 >= end - brink
    };
    let behind = |&index: &usize| {
        let part = &parts.list()[index];
        row.is_tall(part, config) && row.is_body(part, 0.0, config) && (part.left as f32 - end).abs() <= brink
    };
    own.iter().any(at_end) && nearby(parts, row, row.right, row.right, config).iter().any(behind)
}

/// The widest stretch of columns without ink between pieces.
fn widest_gap(pieces: &[Piece]) -> i32 {
    let mut across: Vec<(i32, i32)> = pieces.iter().map(|p| (p.clip.0, p.clip.2)).collect();
    across.sort_unstable();
    let (mut widest, mut reached) = (0, None);
    for (left, right) in across {
        widest = widest.max(reached.map_or(0, |reached: i32| left - reached));
        reached = reached.max(Some(right));
    }
    widest
}
