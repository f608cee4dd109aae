//! `timing.json`: how long it took. Apart from everything else, because it is the one file that differs between runs.

use std::io::Write;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::store::folder::write_whole;
use crate::store::{RunFolder, StoreError};

/// What one run took.
#[derive(Debug, Clone, Default)]
pub struct Timing {
    /// Pages read by this command.
    pub pages: usize,
    /// Pages at once.
    pub workers: usize,
    /// Wall clock.
    pub wall: Duration,
    /// Seconds by stage, summed over workers.
    pub stages: Vec<(&'static str, f64)>,
    /// Most memory held, MiB.
    pub peak_memory: Option<f64>,
}

/// Writes it.
pub fn write(folder: &RunFolder, timing: &Timing) -> Result<(), StoreError> {
    let round = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
    let wall = timing.wall.as_secs_f64();
    let stages: Map<String, Value> =
        timing.stages.iter().map(|(name, s)| ((*name).to_owned(), json!(round(*s)))).collect();
    let told = json!({
        "pages_read": timing.pages,
        "workers": timing.workers,
        "wall_seconds": round(wall),
        "seconds_per_page": if timing.pages == 0 { Value::Null } else { json!(round(wall / timing.pages as f64)) },
        "stage_seconds": stages,
        "peak_memory_mib": timing.peak_memory.map(f64::round),
    });
    write_whole(&folder.file("timing.json"), |out| writeln!(out, "{told:#}"))
}
