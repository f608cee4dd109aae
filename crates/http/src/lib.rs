//! A small HTTP/1.1 server for an office: one thread a connection, limits on everything that comes in.
//!
//! What it leaves out on purpose: chunked requests, `Expect`, upgrades, compression. A browser on the office network
//! needs none of them.

mod form;
mod request;
mod response;
mod server;

pub use form::{Form, Plus, decode, encode};
pub use request::{Method, Request};
pub use response::Response;
pub use server::{Limits, Server};
