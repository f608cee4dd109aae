//! From scanned register pages to validated records and a review queue.
//!
//! ```text
//!  files ─intake→ Scan ─cleanup→ CleanPage ─align→ AlignedPage ─read→ PageReading
//!         ─extract→ DraftEntry ─validate→ CheckedEntry ─┬→ dedupe → groups ─┬→ triage → Verdict ─→ store
//!                                                       └→ book checks ─────┘                      │
//!                                                                      report, CSV, JSONL ←────────┘
//! ```
//! A page lives in one worker from scan to checked entry. What touches files: intake, store, forms, config, outputs.

pub mod cli;
pub mod commands;
pub mod config;
pub mod confirmation;
pub mod delivery;
pub mod domain;
pub mod forms;
pub mod lists;
pub mod meaning;
pub mod outputs;
pub mod pipeline;
pub mod print;
pub mod review;
pub mod stages;
pub mod standing;
pub mod store;
