//! `report.json` and `report.html`: counts, confidence by kind, where people are needed most.

use std::collections::BTreeMap;
use std::io::Write;

use askama::Template;
use base64::Engine;
use serde::Serialize;

use super::aside::AsideRow;
use super::queue::{kind_id, reason_id};
use super::words;
use super::{Config, Judged, pictures};
use crate::domain::{Absence, Ink, PageFacts, PageId, SlotFacts, Value};
use crate::stages::dedupe::Group;
use crate::store::folder::write_whole;
use crate::store::{RunFolder, StoreError};

mod chart;

const BINS: usize = 20;

/// Everything counted in a run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Counts {
    /// Raised with every change that breaks a reader of `report.json`.
    pub schema_version: u32,
    /// Pages read.
    pub pages_read: usize,
    /// Pages and files set aside.
    pub set_aside: usize,
    /// Entries on the pages read.
    pub entries: usize,
    /// Entries that need no person.
    pub records: usize,
    /// Fields of all entries.
    pub fields: usize,
    /// Fields with writing.
    pub written: usize,
    /// Fields with writing that were accepted.
    pub written_accepted: usize,
    /// Fields for people.
    pub queued: usize,
    /// Groups of duplicates by reason.
    pub duplicates: BTreeMap<&'static str, usize>,
    /// Pages by layout.
    pub layouts: BTreeMap<String, usize>,
    /// Queued fields by reason; a field with two reasons counts twice.
    pub reasons: BTreeMap<String, usize>,
    /// Findings by rule.
    pub rules: BTreeMap<String, usize>,
    /// Set aside by reason.
    pub aside_reasons: BTreeMap<String, usize>,
    /// Confidence of written fields by kind.
    pub kinds: BTreeMap<String, KindCounts>,
}

/// Confidence of the written fields of one kind.
#[derive(Debug, Clone, Default, Serialize)]
pub struct KindCounts {
    /// Written fields.
    pub written: usize,
    /// Those accepted.
    pub accepted: usize,
    /// How many fall into each twentieth of the confidence, from 0 to 1.
    pub confidence: [usize; BINS],
}

/// A page that a person may want to see.
#[derive(Debug, Clone)]
struct Page {
    id: PageId,
    path: String,
    number: u32,
    facts: PageFacts,
    queued: usize,
    // (part, ordinal, slot) of queued fields
    marked: Vec<(u8, u8, String)>,
}

/// Gathers a report while the pages go by; holds pictures of none of them.
#[derive(Debug, Default)]
pub struct Report {
    counts: Counts,
    worst: Vec<Page>,
    rescans: Vec<(String, u32, String)>,
}

impl Report {
    /// Counts a page and its entries.
    pub fn add_page(&mut self, id: PageId, path: &str, facts: &PageFacts, entries: &[Judged<'_>], config: &Config) {
        self.counts.pages_read += 1;
        for sheet in &facts.sheets {
            *self.counts.layouts.entry(sheet.layout.clone()).or_default() += 1;
        }
        let mut marked = Vec::new();
        for judged in entries {
            self.add_entry(judged, &mut marked);
        }
        let remarks: Vec<&str> =
            facts.remarks.iter().filter(|remark| config.rescan_remarks.contains(remark)).map(String::as_str).collect();
        if !remarks.is_empty() {
            self.rescans.push((
                path.to_owned(),
                id.index + 1,
                remarks.iter().map(|r| words::said(r)).collect::<Vec<_>>().join(", "),
            ));
        }
        let page = Page {
            id,
            path: path.to_owned(),
            number: id.index + 1,
            facts: facts.clone(),
            queued: marked.len(),
            marked,
        };
        let at = self.worst.partition_point(|known| known.queued >= page.queued);
        self.worst.insert(at, page);
        self.worst.truncate(config.report_pages);
    }

    fn add_entry(&mut self, judged: &Judged<'_>, marked: &mut Vec<(u8, u8, String)>) {
        let counts = &mut self.counts;
        let entry = &judged.checked.entry;
        counts.entries += 1;
        counts.records += usize::from(judged.verdict.is_record);
        for finding in &judged.checked.findings {
            *counts.rules.entry(finding.rule.clone()).or_default() += 1;
        }
        for (field, verdict) in entry.fields.iter().zip(&judged.verdict.fields) {
            let accepted = verdict.queued.is_empty();
            counts.fields += 1;
            counts.queued += usize::from(!accepted);
            for reason in &verdict.queued {
                *counts.reasons.entry(reason_id(reason)).or_default() += 1;
            }
            if !accepted {
                marked.push((entry.id.part, entry.id.ordinal, field.slot.clone()));
            }
            // a signer without a title: the slot is written, this part of it is not
            let is_missing = matches!(field.value, Value::Nothing { absence: Absence::Blank });
            if field.ink != Ink::Blank && !is_missing {
                counts.written += 1;
                counts.written_accepted += usize::from(accepted);
                let kind = counts.kinds.entry(kind_id(field.kind)).or_default();
                kind.written += 1;
                kind.accepted += usize::from(accepted);
                kind.confidence[((field.confidence.get() * BINS as f32) as usize).min(BINS - 1)] += 1;
            }
        }
    }

    /// Counts what lies beside the entries.
    pub fn add_rest(&mut self, aside: &[AsideRow], groups: &[Group]) {
        self.counts.schema_version = 1;
        self.counts.set_aside = aside.len();
        for row in aside {
            *self.counts.aside_reasons.entry(row.told.1.clone()).or_default() += 1;
        }
        for group in groups {
            *self.counts.duplicates.entry(group.why.id()).or_default() += 1;
        }
    }

    /// The counts.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Writes both files.
    pub fn write(&self, folder: &RunFolder, aside: &[AsideRow], config: &Config) -> Result<(), StoreError> {
        write_whole(&folder.file("report.json"), |out| {
            serde_json::to_writer_pretty(&mut *out, &self.counts)?;
            out.write_all(b"\n")
        })?;
        let sheets = self.worst.iter().flat_map(|page| sheets(page, folder, config)).collect();
        let view = View {
            counts: &self.counts,
            kinds: self.counts.kinds.iter().map(|(name, kind)| (name.as_str(), kind, chart::bars(kind))).collect(),
            sheets,
            rescans: &self.rescans,
            aside,
        };
        write_whole(&folder.file("report.html"), |out| view.write_into(out).map_err(std::io::Error::other))
    }
}

#[derive(Template)]
#[template(path = "report.html")]
struct View<'a> {
    counts: &'a Counts,
    kinds: Vec<(&'a str, &'a KindCounts, String)>,
    sheets: Vec<SheetView>,
    rescans: &'a [(String, u32, String)],
    aside: &'a [AsideRow],
}

impl View<'_> {
    /// An id as people read it, with the id where files for programs use it.
    fn said(id: &str) -> String {
        match words::said(id) {
            same if same == id => match id.strip_prefix("rule:") {
                Some(rule) => format!("quy tắc: {}", Self::rule(rule)),
                None => id.to_owned(),
            },
            name => format!("{name} ({id})"),
        }
    }

    fn rule(id: &str) -> String {
        format!("{} ({id})", words::rule(id, words::Language::Vietnamese))
    }

    fn share(part: &usize, all: &usize) -> String {
        if *all == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * *part as f64 / *all as f64) }
    }
}

struct SheetView {
    path: String,
    number: u32,
    layout: String,
    queued: usize,
    misfit: String,
    picture: String,
    size: (u32, u32),
    slots: Vec<SlotView>,
}

struct SlotView {
    class: &'static str,
    key: String,
    left: i64,
    top: i64,
    width: i64,
    height: i64,
}

fn sheets(page: &Page, folder: &RunFolder, config: &Config) -> Vec<SheetView> {
    let shown = page.facts.sheets.iter().map(|sheet| {
        let small = pictures::load_sheet(&folder.page(page.id, sheet.part))
            .and_then(|picture| pictures::thumbnail(&picture, config.thumbnail_width, config.crop_quality));
        let state = |slot: &SlotFacts| match page.marked.contains(&(sheet.part, slot.ordinal, slot.key.clone())) {
            true => State::Queued,
            false => State::Accepted,
        };
        SheetView {
            path: page.path.clone(),
            number: page.number,
            layout: sheet.layout.clone(),
            queued: page.marked.iter().filter(|(part, ..)| *part == sheet.part).count(),
            misfit: format!("{:.2}", sheet.misfit),
            picture: base64::engine::general_purpose::STANDARD.encode(small.unwrap_or_default()),
            size: sheet.size,
            slots: sheet.slots.iter().map(|slot| slot_view(slot, state(slot))).collect(),
        }
    });
    shown.collect()
}

#[derive(Clone, Copy)]
enum State {
    Accepted,
    Queued,
}

fn slot_view(slot: &SlotFacts, state: State) -> SlotView {
    let class = match (slot.ink, state) {
        (_, State::Queued) => "queued",
        (Ink::Blank, State::Accepted) => "blank",
        (Ink::Written | Ink::Corrected | Ink::RunsOver | Ink::StruckOut | Ink::Illegible, State::Accepted) => {
            "accepted"
        }
    };
    let round = |edge: f32| edge.round() as i64;
    SlotView {
        class,
        key: slot.key.clone(),
        left: round(slot.crop.left),
        top: round(slot.crop.top),
        width: round(slot.crop.width()),
        height: round(slot.crop.height()),
    }
}
