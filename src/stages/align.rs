//! `CleanPage` → `AlignedPage`: which layout, and where each slot lies.
//!
//! Dots and rules are found and wiped, Tesseract reads what is left, printed labels are looked for in it, and the
//! layout whose labels stand in the right places is laid over the page. Then each slot settles: its ends at the labels
//! as they are printed on this page, its baseline on the dots.

mod choose;
mod comb;
mod fit;
mod marks;
mod row;
mod settle;
mod sight;
mod strip;
mod ties;
mod turn;

use std::sync::Arc;

use serde::Deserialize;

use self::choose::Match;
use self::marks::Marks;
use self::settle::Ground;
use super::cleanup::{CleanPage, WORKING_DPI};
use crate::domain::{LinePart, PageSpace, Point, Polygon, text};
use crate::forms::Layout;
use crate::print::{Arrangement, PrintError, PrintReader, PrintedWord};

/// Section `[align]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Grey below this is ink.
    pub ink_level: u8,
    /// Grey below this may be a dot or a rule.
    pub mark_level: u8,
    /// Grey below this may be a dot or a rule of faint print, asked where nothing darker lies.
    pub faint_level: u8,
    /// Grey that the print reader gets as black.
    pub print_black: u8,
    /// Grey that the print reader gets as white.
    pub print_white: u8,
    /// Highest printed dot, pixels.
    pub dot_height: usize,
    /// Longest run of dots that have grown together, pixels.
    pub dots_joined: usize,
    /// How far along a row dots are counted, pixels to each side.
    pub dot_reach: f32,
    /// How far dots of one row lie above or below each other, pixels.
    pub dot_wander: f32,
    /// Dots within reach that make a row.
    pub dots_together: usize,
    /// Shortest rule, pixels.
    pub rule_length: usize,
    /// Thickest rule, pixels.
    pub rule_thickness: usize,
    /// Share of a label's letters that may be misread.
    pub label_errors: f32,
    /// Letters of a label that is long enough to place the page by.
    pub sure_letters: usize,
    /// Sightings that are tried in pairs.
    pub most_guesses: usize,
    /// Nominal distance of two sightings that place a page, mm.
    pub guess_distance: f32,
    /// Smallest size against nominal.
    pub scale_least: f32,
    /// Largest size against nominal.
    pub scale_most: f32,
    /// Largest turn left by clean-up, degrees.
    pub turn_most: f32,
    /// How far a label may stand off its place at first, mm.
    pub near_first: f32,
    /// And after fitting, mm.
    pub near_last: f32,
    /// Least agreement to accept a layout.
    pub score_least: f32,
    /// The same for a table whose rules all fit.
    pub score_ruled: f32,
    /// Least lead over the second best layout.
    pub lead_least: f32,
    /// Words that covers print, folded.
    pub cover_words: Vec<String>,
    /// How many of them make a cover.
    pub cover_least: usize,
    /// Width over height from which a page is a spread.
    pub spread_aspect: f32,
    /// Words in a half of a spread from which it is no blank half.
    pub half_words: usize,
    /// Distance over which a label's misfit says something about its neighbours, mm.
    pub local_reach: f32,
    /// Difference between read and usual label end that means a misreading, mm.
    pub end_doubt: f32,
    /// Width of a colon with the gap before it, mm.
    pub colon: f32,
    /// Height of letters without their marks, mm.
    pub letter_height: f32,
    /// How far a label's end is moved to reach white, mm.
    pub gap_reach: f32,
    /// Narrowest white gap that parts label and writing, pixels.
    pub gap_least: f32,
    /// How far off the dots may be, in line pitches.
    pub snap: f32,
    /// Steps of tilt tried for a row of dots (three to each side).
    pub snap_tilt: f32,
    /// Share of 4 px cells with a dot from which a row counts as seen.
    pub dots_share: f32,
    /// Share of the frame's upper or lower rule that must be seen; rows of dots fill up to half.
    pub frame_share: f32,
    /// How far from its nominal end a dotted line may end, mm.
    pub end_reach: f32,
    /// Share of inked columns from which writing hides the dots at a line's end.
    pub end_hidden: f32,
    /// How far from its nominal place a rule may run, mm.
    pub rule_reach: f32,
    /// How far a table's rules may be from where its labels have them, mm.
    pub table_reach: f32,
    /// Share of a table's rules that must be seen to go by them.
    pub table_share: f32,
    /// How far from the comb one column's rule may run, mm.
    pub edge_reach: f32,
    /// Length of an upright rule that says where it runs beside a line, in line pitches.
    pub edge_pitches: f32,
    /// How far inside the middle of its rules a cell begins and ends, mm.
    pub cell_edge: f32,
    /// Share of an upright rule that must be seen.
    pub rule_share: f32,
    /// Reach of a line's box above its baseline, in line pitches.
    pub box_above: f32,
    /// And below.
    pub box_below: f32,
}

/// A page with its layout found.
#[derive(Debug, Clone)]
pub struct AlignedPage {
    /// The picture; for half a spread, that half on its own grid.
    pub page: CleanPage,
    /// 0: the whole scan or the left half; 1: the right half of a spread of two pages.
    pub part: u8,
    /// The layout.
    pub layout: Arc<Layout>,
    /// How badly the labels found fit: root mean square in millimetres.
    pub misfit: f32,
    /// Share of the layout's label characters that were found.
    pub labels_found: f32,
    /// All printed words, for the page number and for later questions.
    pub words: Vec<PrintedWord>,
    /// Entries in order.
    pub entries: Vec<AlignedEntry>,
}

/// One entry's slots, in the layout's order.
#[derive(Debug, Clone)]
pub struct AlignedEntry {
    /// From 0.
    pub ordinal: u8,
    /// One for each of `layout.slots`, same order.
    pub slots: Vec<PlacedSlot>,
}

/// Where one slot lies.
#[derive(Debug, Clone)]
pub struct PlacedSlot {
    /// The slot's key.
    pub key: String,
    /// Writing lines in reading order, one for each of the slot's parts.
    pub lines: Vec<PlacedLine>,
}

/// One stretch of writing line.
#[derive(Debug, Clone)]
pub struct PlacedLine {
    /// Which part of the value.
    pub part: LinePart,
    /// Where writing is expected: from about one line pitch above the baseline to a third below.
    pub place: Polygon<PageSpace>,
    /// The dotted line, left to right.
    pub baseline: (Point<PageSpace>, Point<PageSpace>),
    /// Distance to the neighbouring line, pixels.
    pub pitch: f32,
    /// Whether the printed dots or rule were seen there, or the place is only predicted.
    pub baseline_seen: bool,
    /// Whether nothing is printed before it: writing may begin earlier.
    pub starts_free: bool,
    /// Where the letters of the label before it end, its colon not counted: no letter of print lies behind.
    pub letters_end: Option<f32>,
}

/// Why a page has no layout.
#[derive(Debug, thiserror::Error)]
pub enum AlignError {
    /// Too few labels of any layout.
    #[error(
        "unknown layout (best: {best}, {found:.0} % of its labels)\nhint: add the layout as forms/NAME.toml, or set the page aside if it is no register page"
    )]
    UnknownLayout {
        /// The least unlikely layout.
        best: String,
        /// Percent of label characters found.
        found: f32,
    },
    /// A cover page.
    #[error("cover page\nhint: nothing to do, covers hold no entry")]
    Cover,
    /// The print reader failed.
    #[error(transparent)]
    Print(#[from] PrintError),
}

/// Finds the layout and places the slots; two pages for a spread of single pages.
///
/// `quarter` makes the page anew with the other guess of which way its lines run: a wrong guess also takes a spread for an
/// upright page of half its size.
pub fn align(
    page: &CleanPage,
    quarter: impl FnOnce() -> Option<CleanPage>,
    layouts: &[Arc<Layout>],
    print: &dyn PrintReader,
    config: &Config,
) -> Result<Vec<AlignedPage>, AlignError> {
    let upright = either_way_up(page, layouts, print, config);
    let Err(AlignError::UnknownLayout { .. }) = &upright else { return upright };
    match quarter().map(|turned| either_way_up(&turned, layouts, print, config)) {
        None | Some(Err(AlignError::UnknownLayout { .. })) => upright,
        Some(found) => found,
    }
}

/// Clean-up cannot tell a page from one upside down: no label is legible then.
fn either_way_up(
    page: &CleanPage,
    layouts: &[Arc<Layout>],
    print: &dyn PrintReader,
    config: &Config,
) -> Result<Vec<AlignedPage>, AlignError> {
    let upright = attempt(page, layouts, print, config);
    let Err(AlignError::UnknownLayout { .. }) = &upright else { return upright };
    match attempt(&turn::upside_down(page), layouts, print, config) {
        Err(AlignError::UnknownLayout { .. }) => upright,
        found => found,
    }
}

/// One orientation.
fn attempt(
    page: &CleanPage,
    layouts: &[Arc<Layout>],
    print: &dyn PrintReader,
    config: &Config,
) -> Result<Vec<AlignedPage>, AlignError> {
    let (width, height) = page.grey.dimensions();
    if (width as f32) < config.spread_aspect * height as f32 {
        let upright: Vec<Arc<Layout>> = layouts.iter().filter(|l| l.page.0 <= l.page.1).cloned().collect();
        return Ok(vec![single(page, 0, &upright, print, config)?]);
    }
    let wide: Vec<Arc<Layout>> = layouts.iter().filter(|l| l.page.0 > l.page.1).cloned().collect();
    match single(page, 0, &wide, print, config) {
        Err(AlignError::UnknownLayout { .. }) => halves(page, layouts, print, config),
        found => Ok(vec![found?]),
    }
}

/// A spread of two single pages, each aligned on its own.
fn halves(
    page: &CleanPage,
    layouts: &[Arc<Layout>],
    print: &dyn PrintReader,
    config: &Config,
) -> Result<Vec<AlignedPage>, AlignError> {
    let upright: Vec<Arc<Layout>> = layouts.iter().filter(|l| l.page.0 <= l.page.1).cloned().collect();
    let fold = fold(page);
    let parts = [turn::columns(page, 0, fold), turn::columns(page, fold, page.grey.width())];
    let mut pages = Vec::new();
    let mut blank = None;
    for (part, half) in (0..).zip(parts) {
        let words = print.words(&half.grey, WORKING_DPI, Arrangement::Block)?.len();
        match single(&half, part, &upright, print, config) {
            Ok(found) => pages.push(found),
            // a half with hardly a word is an empty page, not a page lost
            Err(e) if words < config.half_words => blank = Some(e),
            Err(e) => return Err(e),
        }
    }
    match blank {
        Some(e) if pages.is_empty() => Err(e),
        _ => Ok(pages),
    }
}

/// The darkest column near the middle: the shadow of the fold, else the middle itself.
fn fold(page: &CleanPage) -> u32 {
    let (width, height) = page.colour.dimensions();
    let light = |x: u32| -> u32 { (0..height).step_by(8).map(|y| u32::from(page.colour.get_pixel(x, y).0[1])).sum() };
    (width * 9 / 20..width * 11 / 20).min_by_key(|x| (light(*x), x.abs_diff(width / 2))).unwrap_or(width / 2)
}

/// One page of one layout.
fn single(
    page: &CleanPage,
    part: u8,
    layouts: &[Arc<Layout>],
    print: &dyn PrintReader,
    config: &Config,
) -> Result<AlignedPage, AlignError> {
    let marks = Marks::find(&page.grey, config);
    // what is printed over two facing pages is a table
    let table = page.grey.width() as f32 >= config.spread_aspect * page.grey.height() as f32;
    let arrangement = if table { Arrangement::Scattered } else { Arrangement::Block };
    let words = print.words(&marks.wiped(&page.grey, config), WORKING_DPI, arrangement)?;
    let lines = sight::lines(&words);
    let ranked = choose::ranked(layouts, &lines, WORKING_DPI, config);
    let mut matched = accepted(ranked, &marks, &words, config)?;
    let mut ties = choose::ties(&matched.layout, &matched.seen);
    let trust = config.near_last * WORKING_DPI as f32 / 25.4;
    ties.extend(ties::rule_ties(&matched, &marks, config));
    ties.extend(ties::table_ties(&matched, &marks, config));
    matched.fit = matched.fit.refined(&ties, trust);
    ties.extend(Ground::new(&matched, &marks, &page.grey, config).row_ties());
    matched.fit = matched.fit.refined(&ties, trust);
    let entries = Ground::new(&matched, &marks, &page.grey, config).entries();
    Ok(AlignedPage {
        part,
        misfit: misfit(&matched),
        labels_found: matched.found,
        words,
        entries,
        layout: matched.layout,
        page: page.clone(),
    })
}

/// The best layout if it is good enough and clearly better than the next.
fn accepted(ranked: Vec<Match>, marks: &Marks, words: &[PrintedWord], config: &Config) -> Result<Match, AlignError> {
    let enough = |best: &Match| {
        let ruled = !ties::table_ties(best, marks, config).is_empty();
        best.score >= if ruled { config.score_ruled } else { config.score_least }
    };
    let lead = ranked.get(1).map_or(1.0, |second| ranked[0].score - second.score);
    let mut ranked = ranked.into_iter();
    let best = ranked.next();
    match best {
        Some(best) if enough(&best) && lead >= config.lead_least => Ok(best),
        _ if is_cover(words, config) => Err(AlignError::Cover),
        best => Err(AlignError::UnknownLayout {
            best: best.as_ref().map_or_else(|| "none".to_owned(), |b| b.layout.id.clone()),
            found: best.map_or(0.0, |b| b.found * 100.0),
        }),
    }
}

fn is_cover(words: &[PrintedWord], config: &Config) -> bool {
    let all = text::fold(&words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "));
    config.cover_words.iter().filter(|w| all.contains(w.as_str())).count() >= config.cover_least
}

/// Root mean square distance of seen labels from the fit, millimetres.
fn misfit(matched: &Match) -> f32 {
    let (across, down) = matched.fit.scale();
    let mut sum = 0.0;
    let mut count = 0;
    for (label, seen) in matched.layout.labels.iter().zip(&matched.seen) {
        let Some(seen) = seen else { continue };
        let x = matched.fit.at((label.from, label.baseline)).0;
        let y = matched.fit.at((f32::midpoint(label.from, label.to), label.baseline)).1;
        sum += ((seen.left - x) / across).powi(2) + ((seen.level() - y) / down).powi(2);
        count += 1;
    }
    (sum / count.max(1) as f32).sqrt()
}

#[cfg(test)]
mod testing {
    use std::collections::BTreeMap;

    use image::{GrayImage, RgbImage};

    use super::Config;
    use crate::domain::{BookHint, PageId, Sha256, Transform};
    use crate::stages::cleanup::{CleanPage, Quality};

    /// The project's own thresholds: tests hold for what is shipped.
    pub(super) fn config() -> Config {
        let all: BTreeMap<String, toml::Value> = toml::from_str(include_str!("../../pipeline.toml")).expect("toml");
        all["align"].clone().try_into().expect("section [align]")
    }

    pub(super) fn clean_page(grey: GrayImage) -> CleanPage {
        let (width, height) = grey.dimensions();
        CleanPage {
            id: PageId { file: Sha256([0; 32]), index: 0 },
            hint: BookHint::default(),
            pixels_sha256: Sha256([0; 32]),
            colour: RgbImage::from_fn(width, height, |x, y| image::Rgb([grey.get_pixel(x, y).0[0]; 3])),
            seal: GrayImage::new(width, height),
            grey,
            to_scan: Transform::identity(),
            quality: Quality::default(),
        }
    }
}
