//! Alignment against known places.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;

use super::{Bench, draw};
use crate::cli::Exit;
use crate::commands::{Failure, say};
use crate::domain::{Polygon, Rect, ScanSpace};
use crate::stages::align::AlignedPage;

/// One line of truth.jsonl, as far as places go.
#[derive(Debug, Deserialize)]
struct Truth {
    file: String,
    page: u32,
    layout: String,
    slots: Vec<TrueLine>,
}

/// One writing line.
#[derive(Debug, Deserialize)]
struct TrueLine {
    slot: String,
    entry: usize,
    line: usize,
    polygon: Vec<(f32, f32)>,
    /// Where its writing lies; none where nothing is written.
    #[serde(default)]
    ink: Option<Vec<(f32, f32)>>,
}

/// What one layout's pages add up to.
#[derive(Debug, Default)]
struct Tally {
    pages: usize,
    right: usize,
    lines: usize,
    good: usize,
    written: usize,
    cut: usize,
    left: Vec<f32>,
    right_ends: Vec<f32>,
    heights: Vec<f32>,
    seconds: f32,
}

/// Boxes that agree this well count as found.
const GOOD_IOU: f32 = 0.7;
/// Writing that begins so far before its box (pixels at 200 dpi, a millimetre) lacks a stroke or a letter.
const CUT: f32 = 8.0;

pub(super) fn eval(bench: &Bench, folder: &Path, drawings: Option<&Path>) -> Result<Exit, Failure> {
    let text = std::fs::read_to_string(folder.join("truth.jsonl"))?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    if let Some(drawings) = drawings {
        std::fs::create_dir_all(drawings)?;
    }
    for (number, line) in text.lines().enumerate() {
        let truth: Truth = serde_json::from_str(line)?;
        if truth.page != 1 {
            continue;
        }
        let tally = tallies.entry(truth.layout.clone()).or_default();
        tally.pages += 1;
        let started = Instant::now();
        let pages = bench.align(&folder.join(&truth.file), bench.layouts());
        tally.seconds += started.elapsed().as_secs_f32();
        match pages {
            Err(Failure::Run(error) | Failure::Usage(error)) => {
                let told = format!("{error:#}");
                say(&format!("{}: {}\n", truth.file, told.lines().next().unwrap_or_default()))?;
            }
            Ok(pages) => {
                let before = (tally.good, tally.lines);
                tally.add(&truth, &pages[0]);
                say(&format!(
                    "{}: {} found {:.0} % misfit {:.2} mm, {} of {} boxes\n",
                    truth.file,
                    pages[0].layout.id,
                    pages[0].labels_found * 100.0,
                    pages[0].misfit,
                    tally.good - before.0,
                    tally.lines - before.1
                ))?;
                if let Some(drawings) = drawings {
                    draw::draw(&pages[0]).save(drawings.join(format!("{number:04}-{}.png", truth.layout)))?;
                }
            }
        }
    }
    say(&report(&tallies))?;
    Ok(Exit::Complete)
}

impl Tally {
    fn add(&mut self, truth: &Truth, page: &AlignedPage) {
        if page.layout.id != truth.layout {
            self.lines += truth.slots.len();
            return;
        }
        self.right += 1;
        for line in &truth.slots {
            let alone = truth.slots.iter().filter(|l| (&l.slot, l.entry) == (&line.slot, line.entry)).count() == 1;
            let Some(place) = find(page, line, alone) else { continue };
            let bounds = |corners: &[(f32, f32)]| upright(page, &Polygon::from(corners));
            let seen = upright(page, &place);
            if let Some(ink) = &line.ink {
                self.written += 1;
                if seen.left > bounds(ink).left + CUT {
                    self.cut += 1;
                    tracing::info!(slot = line.slot, line = line.line, "writing begins before the box");
                }
            }
            let known = bounds(&line.polygon);
            self.lines += 1;
            if seen.iou(&known) >= GOOD_IOU {
                self.good += 1;
            } else {
                tracing::info!(slot = line.slot, line = line.line, ?seen, ?known, "box is off");
            }
            self.left.push(seen.left - known.left);
            self.right_ends.push(seen.right - known.right);
            self.heights.push(f32::midpoint(seen.top, seen.bottom) - f32::midpoint(known.top, known.bottom));
        }
    }
}

/// Where a line is placed; with all lines of its slot where the truth knows only the slot as a whole (a cell to sign in).
fn find(page: &AlignedPage, line: &TrueLine, alone: bool) -> Option<Polygon<ScanSpace>> {
    let slot = page.entries.get(line.entry)?.slots.iter().find(|s| s.key == line.slot)?;
    let lines = if alone { &slot.lines[..] } else { slot.lines.get(line.line..=line.line)? };
    let corners = lines.iter().flat_map(|l| l.place.0.iter().copied()).collect();
    Some(page.page.to_scan.apply_polygon(&Polygon(corners)))
}

/// Both places are compared on the clean page, where boxes are upright.
fn upright(page: &AlignedPage, place: &Polygon<ScanSpace>) -> Rect<crate::domain::PageSpace> {
    page.page.to_scan.inverse().apply_polygon(place).bounds()
}

fn report(tallies: &BTreeMap<String, Tally>) -> String {
    let mut text = String::from(
        "layout      pages  right  lines  IoU≥0.7  first stroke left of the box   left: median  p10..p90   right: median p10..p90   middle: median p10..p90   s/page\n",
    );
    let mut all = Tally::default();
    for (layout, tally) in tallies {
        row(&mut text, layout, tally);
        all.pages += tally.pages;
        all.right += tally.right;
        all.lines += tally.lines;
        all.good += tally.good;
        all.written += tally.written;
        all.cut += tally.cut;
        all.seconds += tally.seconds;
        all.left.extend(&tally.left);
        all.right_ends.extend(&tally.right_ends);
        all.heights.extend(&tally.heights);
    }
    row(&mut text, "all", &all);
    text
}

fn row(text: &mut String, name: &str, tally: &Tally) {
    let share = 100.0 * tally.good as f32 / tally.lines.max(1) as f32;
    let _ = write!(text, "{name:10} {:6} {:6} {:6} {share:7.1} %", tally.pages, tally.right, tally.lines);
    let share = 100.0 * tally.cut as f32 / tally.written.max(1) as f32;
    let _ = write!(text, " {:6} of {:5} {share:5.1} %", tally.cut, tally.written);
    for offs in [&tally.left, &tally.right_ends, &tally.heights] {
        let mut offs = offs.clone();
        offs.sort_by(f32::total_cmp);
        let at = |share: f32| offs.get((offs.len() as f32 * share) as usize).copied().unwrap_or(f32::NAN);
        let _ = write!(text, "   {:6.1} {:6.1}..{:<6.1}", at(0.5), at(0.1), at(0.9));
    }
    let _ = writeln!(text, "   {:.2}", tally.seconds / tally.pages.max(1) as f32);
}
