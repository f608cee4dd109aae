//! How long the stages took: kept apart from all results, because times differ from run to run.

use std::time::{Duration, Instant};

/// Time by stage of one page or of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageTimes(Vec<(&'static str, Duration)>);

impl StageTimes {
    /// Runs a stage and notes its time.
    pub fn measure<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = work();
        self.add(stage, start.elapsed());
        made
    }

    /// Adds the times of another page.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(stage, time)| self.add(stage, *time));
    }

    /// Stage and seconds, in flow order.
    pub fn seconds(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.0.iter().map(|(stage, time)| (*stage, time.as_secs_f64()))
    }

    fn add(&mut self, stage: &'static str, time: Duration) {
        match self.0.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, sum)) => *sum += time,
            None => self.0.push((stage, time)),
        }
    }
}

/// The most memory this process ever held, in MiB, where the system tells.
#[must_use]
pub fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_stage_add_up() {
        let mut times = StageTimes::default();
        times.add("read", Duration::from_secs(1));
        let mut all = StageTimes::default();
        all.merge(&times);
        all.merge(&times);
        assert_eq!(all.seconds().collect::<Vec<_>>(), [("read", 2.0)]);
    }
}
