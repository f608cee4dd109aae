//! Who has which field before them. A lease only spares double work; what keeps two people from overwriting each other
//! is that the store refuses a decision that does not go on from the last one.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Fields in hand, by item.
#[derive(Debug)]
pub struct Leases {
    held: HashMap<usize, (String, Instant)>,
    time: Duration,
}

impl Leases {
    /// Leases of `time` each.
    #[must_use]
    pub fn new(time: Duration) -> Self {
        Self { held: HashMap::new(), time }
    }

    /// Whether somebody else has the item in hand.
    #[must_use]
    pub fn held_by_other(&self, item: usize, who: &str, now: Instant) -> bool {
        self.held.get(&item).is_some_and(|(holder, until)| holder != who && *until > now)
    }

    /// Takes an item, or renews the own lease; a person has one item at a time.
    pub fn take(&mut self, item: usize, who: &str, now: Instant) {
        self.held.retain(|_, (holder, until)| holder != who && *until > now);
        self.held.insert(item, (who.to_owned(), now + self.time));
    }

    /// Gives all items of a person back.
    pub fn give_back(&mut self, who: &str) {
        self.held.retain(|_, (holder, _)| holder != who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_free_again_when_the_time_is_over_or_its_holder_goes_on() {
        let (mut leases, now) = (Leases::new(Duration::from_secs(60)), Instant::now());
        leases.take(1, "lan", now);
        assert!(leases.held_by_other(1, "minh", now) && !leases.held_by_other(1, "lan", now));
        let end = now + Duration::from_secs(60);
        assert!(leases.held_by_other(1, "minh", end - Duration::from_millis(1)));
        assert!(!leases.held_by_other(1, "minh", end));
        leases.take(2, "lan", now);
        assert!(!leases.held_by_other(1, "minh", now), "she went on");
        leases.give_back("lan");
        assert!(!leases.held_by_other(2, "minh", now));
    }
}
