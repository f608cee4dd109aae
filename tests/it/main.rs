//! One integration binary: the crate as its users see it.

mod architecture;
mod archive;
mod batch;
mod cli;
mod delivery;
mod fake;
mod generated;
mod hand_over;
mod kill;
mod kill_export;
mod station;
mod station_aside;
mod station_entry;
mod station_page;
mod station_tls;
mod typed_file;
