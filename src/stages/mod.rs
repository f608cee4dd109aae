//! The stages, in flow order. A stage imports only stages before it.

pub mod intake;
pub mod cleanup;
pub mod align;
pub mod cut;
pub mod read;
pub mod extract;
pub mod validate;
pub mod dedupe;
pub mod triage;
