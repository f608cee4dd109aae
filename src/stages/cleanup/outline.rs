//! Where the page lies in the picture: told from scanner lid, table and the book's other pages by steps of brightness.

use super::Config;
use super::squares::{Squares, luma, spread};

/// A corner, preview pixels.
pub(super) type Corner = (f32, f32);

/// The page in a preview.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outline {
    /// Clockwise from the top left.
    pub(super) corners: [Corner; 4],
    /// Which sides are edges of the page that the picture shows, in the order left, top, right, bottom; the others
    /// run along the picture's own border.
    pub(super) seen: [bool; 4],
    /// Colour of the paper.
    pub(super) paper: [f32; 3],
    /// Which squares lie beyond the page, its very edge among them, however its sides run.
    pub(super) beyond: Vec<bool>,
}

impl Outline {
    /// The paper's colour as a pixel.
    pub(super) fn paper_colour(&self) -> [u8; 3] {
        self.paper.map(|v| v as u8)
    }
}

/// The page's outline; the whole picture where none can be told.
pub(super) fn outline_of(squares: &Squares, size: (u32, u32), config: &Config) -> Outline {
    let page = page_squares(squares, config);
    let paper = paper_level(squares, &page);
    let whole = [(0.0, 0.0), (size.0 as f32, 0.0), (size.0 as f32, size.1 as f32), (0.0, size.1 as f32)];
    let sides = Side::ALL.map(|side| side.line(squares, &page, size, config));
    let [left, top, right, bottom] = sides.map(|s| s.0);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(a, b)| crossing(a, b));
    let seen = sides.map(|s| s.1);
    let is_small = page.iter().filter(|p| **p).count() * 4 < page.len();
    let beyond = if is_small { vec![false; page.len()] } else { beyond(squares, &page) };
    if is_small || !sound(&corners, size) {
        return Outline { corners: whole, seen: [false; 4], paper, beyond };
    }
    Outline { corners, seen, paper, beyond }
}

/// What is not the page and hangs together with the picture's border (a dark place on the page does not), and the squares
/// beside it: a square that is dark to a half still has the level of paper.
fn beyond(squares: &Squares, page: &[bool]) -> Vec<bool> {
    let mut patch: Vec<Option<usize>> = vec![None; page.len()];
    for at in (0..page.len()).filter(|at| squares.neighbours(*at).count() < 4) {
        if patch[at].is_none() && !page[at] {
            grow(squares, at, 0, page, &mut patch);
        }
    }
    let mut beyond: Vec<bool> = patch.iter().map(Option::is_some).collect();
    let beside: Vec<usize> = (0..page.len()).filter(|at| squares.neighbours(*at).any(|n| beyond[n])).collect();
    beside.into_iter().for_each(|at| beyond[at] = true);
    beyond
}

/// Squares that belong to the page: even patches, the largest bright one and what is as bright as it (the other page of
/// a spread), and around them what the light falls off to without a step.
fn page_squares(squares: &Squares, config: &Config) -> Vec<bool> {
    let n = squares.levels.len();
    let step = steps(squares, config);
    let mut patch: Vec<Option<usize>> = vec![None; n];
    let mut patches = Vec::new();
    for start in 0..n {
        if patch[start].is_none() && !step[start] {
            patches.push(grow(squares, start, patches.len(), &step, &mut patch));
        }
    }
    // a dark table may be larger than the page on it, the page is brighter
    let weight = |(count, light): &(usize, f32)| *count as f32 * (light / *count as f32).powi(2);
    let Some(main) = (0..patches.len()).max_by(|a, b| weight(&patches[*a]).total_cmp(&weight(&patches[*b]))) else {
        return vec![true; n];
    };
    let mean = |i: usize| patches[i].1 / patches[i].0 as f32;
    let other =
        |i: usize| patches[i].0 * config.least_part_squares >= n && mean(i) >= config.other_part_light * mean(main);
    let mut page: Vec<bool> = patch.into_iter().map(|p| p.is_some_and(|p| p == main || other(p))).collect();
    (0..RIM).for_each(|_| widen(squares, &mut page, config));
    page
}

/// Squares to each side in which a step is looked for: an edge lies in one, its blur in the next.
const REACH: usize = 2;
/// Squares by which a page is widened into its own rim afterwards.
const RIM: usize = 3;

/// Squares near a step of brightness or tint: a page's edge, not light falling off across a sheet.
fn steps(squares: &Squares, config: &Config) -> Vec<bool> {
    let size = (squares.across, squares.down);
    let light: Vec<f32> = squares.levels.iter().map(|l| luma(*l)).collect();
    let (low, high) = (spread(&light, size, REACH, f32::min), spread(&light, size, REACH, f32::max));
    let mut step: Vec<bool> = low.iter().zip(&high).map(|(low, high)| *low < config.same_sheet_light * high).collect();
    for c in [0, 2] {
        let tint: Vec<f32> = squares.levels.iter().map(|l| l[c] / luma(*l).max(1.0)).collect();
        let (low, high) = (spread(&tint, size, REACH, f32::min), spread(&tint, size, REACH, f32::max));
        step.iter_mut()
            .zip(low.iter().zip(&high))
            .for_each(|(s, (low, high))| *s |= high - low > config.same_sheet_tint);
    }
    step
}

/// One patch up to what stops it: how many squares, and the sum of their brightness.
fn grow(squares: &Squares, start: usize, name: usize, stop: &[bool], patch: &mut [Option<usize>]) -> (usize, f32) {
    let (mut open, mut count, mut light) = (vec![start], 0, 0.0);
    patch[start] = Some(name);
    while let Some(at) = open.pop() {
        count += 1;
        light += squares.luma(at);
        for next in squares.neighbours(at) {
            if patch[next].is_none() && !stop[next] {
                patch[next] = Some(name);
                open.push(next);
            }
        }
    }
    (count, light)
}

/// Takes neighbours in that are nearly as bright and of the same tint.
fn widen(squares: &Squares, page: &mut [bool], config: &Config) {
    let next_to =
        |at: usize| squares.neighbours(at).any(|n| page[n] && alike(squares.levels[n], squares.levels[at], config));
    let more: Vec<usize> = (0..page.len()).filter(|at| !page[*at] && next_to(*at)).collect();
    more.into_iter().for_each(|at| page[at] = true);
}

fn alike(page: [f32; 3], rim: [f32; 3], config: &Config) -> bool {
    let (lp, lr) = (luma(page), luma(rim));
    let tint = |c: usize| (page[c] / lp.max(1.0) - rim[c] / lr.max(1.0)).abs() <= config.same_sheet_tint;
    lr >= config.rim_light * lp && tint(0) && tint(2)
}

fn paper_level(squares: &Squares, page: &[bool]) -> [f32; 3] {
    std::array::from_fn(|c| {
        let light = (0..page.len()).filter(|i| page[*i]).map(|i| squares.levels[i][c]).collect();
        median(light).unwrap_or(255.0)
    })
}

/// `at` along the side's own axis as a function of the place on the other: `at = start + slope · place`.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: f32,
    slope: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

impl Side {
    const ALL: [Self; 4] = [Self::Left, Self::Top, Self::Right, Self::Bottom];

    /// The side's line in pixels, and whether it is an edge that the picture shows.
    fn line(self, squares: &Squares, page: &[bool], size: (u32, u32), config: &Config) -> (Line, bool) {
        let side = squares.side as f32;
        let (across, down) = (squares.across, squares.down);
        let (places, depth, end) = match self {
            Self::Left | Self::Right => (down, across, size.0 as f32),
            Self::Top | Self::Bottom => (across, down, size.1 as f32),
        };
        let far = matches!(self, Self::Right | Self::Bottom);
        let on_page = |place: usize, at: usize| match self {
            Self::Left | Self::Right => page[place * across + at],
            Self::Top | Self::Bottom => page[at * across + place],
        };
        let first = |place: usize| {
            let at = if far {
                (0..depth).rev().find(|at| on_page(place, *at))? + 1
            } else {
                (0..depth).find(|at| on_page(place, *at))?
            };
            Some(((place as f32 + 0.5) * side, at as f32 * side))
        };
        // corners are rounded or bent: the middle of a side tells its line
        let ends: Vec<(f32, f32)> = (places / 10..places - places / 10).filter_map(first).collect();
        let border = Line { start: if far { end } else { 0.0 }, slope: 0.0 };
        let Some(line) = fit(&ends, side, config) else { return (border, false) };
        let middle = line.start + line.slope * places as f32 * side / 2.0;
        if (middle - border.start).abs() <= 0.75 * side { (border, false) } else { (line, true) }
    }
}

/// The median slope and start of a side's squares; `None` when too few lie on it.
fn fit(ends: &[(f32, f32)], side: f32, config: &Config) -> Option<Line> {
    let half = ends.len() / 2;
    if half < 4 {
        return None;
    }
    let slopes = (0..half).map(|i| (ends[i + half].1 - ends[i].1) / (ends[i + half].0 - ends[i].0)).collect();
    let slope = median(slopes)?;
    let start = median(ends.iter().map(|(place, at)| at - slope * place).collect())?;
    let on = ends.iter().filter(|(place, at)| (at - start - slope * place).abs() <= 1.5 * side).count();
    (on as f32 >= config.least_side_seen * ends.len() as f32).then_some(Line { start, slope })
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Where an upright side (x by y) and a level side (y by x) cross.
fn crossing(upright: Line, level: Line) -> Corner {
    let x = (upright.start + upright.slope * level.start) / (1.0 - upright.slope * level.slope);
    (x, level.start + level.slope * x)
}

/// Whether the corners make a page: none far outside, sides of at least a third of the picture.
fn sound(corners: &[Corner; 4], (width, height): (u32, u32)) -> bool {
    let (w, h) = (width as f32, height as f32);
    let inside = |c: &Corner| (-0.1 * w..=1.1 * w).contains(&c.0) && (-0.1 * h..=1.1 * h).contains(&c.1);
    let [a, b, c, d] = corners;
    corners.iter().all(inside) && (b.0 - a.0).min(c.0 - d.0) > w / 3.0 && (d.1 - a.1).min(c.1 - b.1) > h / 3.0
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;
    use crate::stages::cleanup::tests::config;

    fn outline(picture: &RgbImage) -> Outline {
        outline_of(&Squares::of(picture, 8), picture.dimensions(), &config())
    }

    fn near(a: Corner, b: Corner) -> bool {
        (a.0 - b.0).abs() < 9.0 && (a.1 - b.1).abs() < 9.0
    }

    #[test]
    fn a_page_on_a_table_has_four_seen_sides() {
        let picture = RgbImage::from_fn(800, 1100, |x, y| {
            let on = (80 + y / 20..760).contains(&x) && (100..1040 - x / 16).contains(&y);
            Rgb(if on { [235, 235, 230] } else { [130, 100, 80] })
        });
        let found = outline(&picture);
        assert_eq!(found.seen, [true; 4]);
        let want = [(85.0, 100.0), (760.0, 100.0), (760.0, 992.0), (130.0, 1032.0)];
        assert!(found.corners.iter().zip(want).all(|(a, b)| near(*a, b)), "{:?}", found.corners);
    }

    #[test]
    fn a_page_that_fills_the_picture_has_none() {
        let found = outline(&RgbImage::from_pixel(800, 1100, Rgb([235, 235, 230])));
        assert_eq!((found.seen, found.corners[2]), ([false; 4], (800.0, 1100.0)));
        assert_eq!(found.paper_colour(), [235, 235, 230]);
    }

    #[test]
    fn a_dark_gutter_does_not_halve_a_spread() {
        let picture = RgbImage::from_fn(1100, 780, |x, _| {
            let near = (x as f32 - 550.0).abs();
            Rgb([(235.0 * (1.0 - 0.85 * (-near / 20.0).exp())) as u8; 3])
        });
        let found = outline(&picture);
        assert!(near(found.corners[0], (0.0, 0.0)) && near(found.corners[2], (1100.0, 780.0)), "{found:?}");
    }

    #[test]
    fn what_lies_beyond_a_slanted_page_is_told_and_a_blot_on_the_page_is_not_beyond_it() {
        let picture = RgbImage::from_fn(800, 1100, |x, y| {
            let blot = (300..420).contains(&x) && (500..600).contains(&y);
            Rgb(if x + y < 300 || blot { [15; 3] } else { [230; 3] })
        });
        let squares = Squares::of(&picture, 8);
        let found = outline_of(&squares, picture.dimensions(), &config());
        let at = |x: usize, y: usize| found.beyond[y / 8 * squares.across + x / 8];
        assert!(at(20, 20) && at(140, 140) && !at(200, 200) && !at(360, 550), "{:?}", found.corners);
    }

    #[test]
    fn a_black_edge_on_one_side_is_cut_off() {
        let picture = RgbImage::from_fn(800, 1100, |x, _| Rgb(if x < 720 { [230; 3] } else { [15; 3] }));
        let found = outline(&picture);
        assert_eq!(found.seen, [false, false, true, false]);
        assert!((found.corners[1].0 - 720.0).abs() < 9.0, "{found:?}");
    }
}
