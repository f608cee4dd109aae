//! What a person at a terminal sees while pages are read; nothing where stderr is no terminal.

use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::domain::CheckedEntry;
use crate::pipeline::Watch;
use crate::stages::triage::{self, triage};

/// The bar.
pub(super) struct Display<'a> {
    bar: ProgressBar,
    triage: &'a triage::Config,
    entries: AtomicUsize,
    queued: AtomicUsize,
    aside: AtomicUsize,
}

impl<'a> Display<'a> {
    pub(super) fn new(triage: &'a triage::Config) -> Self {
        let looks = "{bar:32} {pos}/{len} pages  {per_sec}  {eta} left  {msg}";
        let style = ProgressStyle::with_template(looks).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(0).with_style(style);
        Self { bar, triage, entries: AtomicUsize::new(0), queued: AtomicUsize::new(0), aside: AtomicUsize::new(0) }
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn step(&self) {
        let [entries, queued, aside] =
            [&self.entries, &self.queued, &self.aside].map(|count| count.load(Ordering::Relaxed));
        self.bar.set_message(format!("{entries} entries, {queued} fields to review, {aside} aside"));
        self.bar.inc(1);
    }
}

impl Watch for Display<'_> {
    fn start(&self, to_do: usize, known: usize) {
        self.bar.set_length((to_do + known) as u64);
        self.bar.set_position(known as u64);
        // the pages of an earlier start took no time now
        self.bar.reset_eta();
    }

    fn read(&self, entries: &[CheckedEntry]) {
        let queued =
            |entry: &CheckedEntry| triage(entry, self.triage).fields.iter().filter(|f| !f.queued.is_empty()).count();
        self.entries.fetch_add(entries.len(), Ordering::Relaxed);
        self.queued.fetch_add(entries.iter().map(queued).sum(), Ordering::Relaxed);
        self.step();
    }

    fn aside(&self) {
        self.aside.fetch_add(1, Ordering::Relaxed);
        self.step();
    }
}
