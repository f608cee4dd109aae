//! One integration binary: the crate as its users see it.

mod architecture;
mod batch;
mod cli;
mod delivery;
mod fake;
mod kill;
mod station;
