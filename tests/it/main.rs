//! One integration binary: the crate as its users see it.

mod architecture;
mod batch;
mod cli;
mod fake;
mod kill;
mod station;
