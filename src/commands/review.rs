//! `sohoa review`: the review station, until Ctrl-C.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use sohoa_http::{Limits, Request, Server};
use sohoa_tls::Tls;

use super::{Failure, say};
use crate::cli::Exit;
use crate::pipeline::Basis;
use crate::review::door::{Door, Scheme};
use crate::review::station::Station;
use crate::store::{AccountState, Claim, Store};

mod secure;

/// Arguments of `review`.
#[derive(Debug, Args)]
pub struct ReviewArguments {
    /// The run folder
    run: PathBuf,
    /// Address and port; any other than this machine's own (loopback) is served over TLS only
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Further name under which browsers reach this machine, for the certificate; may be repeated
    #[arg(long, value_name = "HOST")]
    name: Vec<String>,
    /// Certificate (chain) in PEM instead of the station's own, with --key
    #[arg(long, value_name = "PEM", requires = "key")]
    certificate: Option<PathBuf>,
    /// Private key in PEM, with --certificate
    #[arg(long, value_name = "PEM", requires = "certificate")]
    key: Option<PathBuf>,
    /// Thresholds and switches
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Serves the run to browsers.
pub fn review(arguments: &ReviewArguments) -> Result<Exit, Failure> {
    let basis = Basis::load(&arguments.config).map_err(Failure::usage)?;
    let store = Store::for_people(&arguments.run, Claim::Station).map_err(Failure::usage)?;
    if !store.accounts()?.iter().any(|account| account.state == AccountState::Active) {
        return Err(Failure::usage(anyhow::anyhow!(
            "nobody may sign in yet\nhint: sohoa user add {} NAME --role operator",
            arguments.run.display()
        )));
    }
    let stop = super::stop_on_signal()?;
    let server = Server::bind(arguments.listen, Limits::office()).map_err(|error| {
        let other = SocketAddr::new(arguments.listen.ip(), arguments.listen.port().wrapping_add(1));
        Failure::usage(anyhow::anyhow!(
            "cannot listen on {}: {error}\nhint: another port with --listen {other}",
            arguments.listen
        ))
    })?;
    let address = server.address()?;
    // passwords and names cross the office network: never in the clear
    let scheme = match (&arguments.certificate, address.ip().is_loopback()) {
        (None, true) => Scheme::Http,
        (Some(_), _) | (None, false) => Scheme::Https,
    };
    let door = Door::new(scheme, address, &secure::names(address, &arguments.name));
    let mut told = door.addresses().join("  ");
    let server = match scheme {
        Scheme::Http => server,
        Scheme::Https => {
            let given = arguments.certificate.as_deref().zip(arguments.key.as_deref());
            let identity = secure::identity(store.folder(), &door, given)?;
            // own certificates are known to no browser: people compare this before they trust it
            write!(told, "\ncertificate SHA-256 {}", identity.fingerprint()).map_err(anyhow::Error::from)?;
            server.secured(Tls::new(identity).map_err(|error| {
                Failure::usage(anyhow::anyhow!(
                    "certificate and key do not serve: {error}\nhint: do they belong together?"
                ))
            })?)
        }
    };
    let station = Station::open(store, basis, door)?;
    say(&format!("{told}\n(Ctrl-C ends; what was decided is kept at once)\n"))?;
    server.serve(Arc::new(move |request: &Request| station.answer(request)), &stop)?;
    Ok(Exit::Complete)
}
