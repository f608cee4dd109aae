//! TLS for an office server: a certificate of its own, made once and kept private, or files that are given.

mod identity;
mod pem;
mod tls;

pub use identity::{Day, Identity, IdentityError, Validity};
pub use tls::{Secured, Tls};
