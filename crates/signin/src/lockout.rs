//! After some failures a name has to wait, each time longer.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// More names than a station has people: beyond it the oldest failures are forgotten.
const REMEMBERED: usize = 10_000;
/// Longer waits would only punish the person whose name was abused.
const LONGEST_DOUBLING: u32 = 6;

/// Whether a name may try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// It may.
    Try,
    /// Not before this time has passed.
    Wait(Duration),
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

/// Failures by name.
#[derive(Debug)]
pub struct Lockout {
    failures: HashMap<String, Failures>,
    free: u32,
    wait: Duration,
}

impl Lockout {
    /// `free` failures cost nothing, the next costs `wait`, every further one twice as much.
    #[must_use]
    pub fn new(free: u32, wait: Duration) -> Self {
        Self { failures: HashMap::new(), free, wait }
    }

    /// Asked before the password is looked at, so that a locked name costs no hash.
    #[must_use]
    pub fn ask(&self, name: &str, now: Instant) -> Allowance {
        let Some(failures) = self.failures.get(name) else { return Allowance::Try };
        let passed = now.saturating_duration_since(failures.last);
        match self.wait_after(failures.count).checked_sub(passed) {
            Some(left) if !left.is_zero() => Allowance::Wait(left),
            _ => Allowance::Try,
        }
    }

    /// A wrong password.
    pub fn failed(&mut self, name: &str, now: Instant) {
        if self.failures.len() >= REMEMBERED && !self.failures.contains_key(name) {
            let oldest = self.failures.iter().min_by_key(|(_, failures)| failures.last);
            if let Some(name) = oldest.map(|(name, _)| name.clone()) {
                self.failures.remove(&name);
            }
        }
        let failures = self.failures.entry(name.to_owned()).or_insert(Failures { count: 0, last: now });
        *failures = Failures { count: failures.count.saturating_add(1), last: now };
    }

    /// The right password.
    pub fn succeeded(&mut self, name: &str) {
        self.failures.remove(name);
    }

    fn wait_after(&self, count: u32) -> Duration {
        match count.checked_sub(self.free) {
            None | Some(0) => Duration::ZERO,
            Some(over) => self.wait * 2_u32.pow((over - 1).min(LONGEST_DOUBLING)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: Duration = Duration::from_secs(60);

    fn after(count: u32) -> (Lockout, Instant) {
        let (mut lockout, now) = (Lockout::new(3, WAIT), Instant::now());
        (0..count).for_each(|_| lockout.failed("lan", now));
        (lockout, now)
    }

    #[test]
    fn the_failure_after_the_free_ones_locks_and_waiting_opens() {
        let (lockout, now) = after(3);
        assert_eq!(lockout.ask("lan", now), Allowance::Try);
        let (lockout, now) = after(4);
        assert_eq!(lockout.ask("lan", now), Allowance::Wait(WAIT));
        assert_eq!(lockout.ask("lan", now + WAIT), Allowance::Try);
        assert_eq!(lockout.ask("minh", now), Allowance::Try, "others are not locked");
    }

    #[test]
    fn every_further_failure_doubles_the_wait_up_to_a_limit() {
        let (lockout, now) = after(6);
        assert_eq!(lockout.ask("lan", now), Allowance::Wait(WAIT * 4));
        let (lockout, now) = after(1000);
        assert_eq!(lockout.ask("lan", now), Allowance::Wait(WAIT * 64));
    }

    #[test]
    fn the_right_password_forgets_the_failures() {
        let (mut lockout, now) = after(4);
        lockout.succeeded("lan");
        assert_eq!(lockout.ask("lan", now), Allowance::Try);
    }

    #[test]
    fn invented_names_do_not_fill_the_memory() {
        let (mut lockout, now) = after(4);
        for n in 0..REMEMBERED + 10 {
            lockout.failed(&n.to_string(), now + Duration::from_secs(1));
        }
        assert!(lockout.failures.len() <= REMEMBERED);
    }
}
