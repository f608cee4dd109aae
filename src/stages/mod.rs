//! The stages, in flow order. A stage imports only stages before it.

pub mod align;
pub mod cleanup;
pub mod cut;
pub mod dedupe;
pub mod extract;
pub mod intake;
pub mod read;
pub mod triage;
pub mod validate;
