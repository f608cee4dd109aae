//! `sohoa review`: the review station, until Ctrl-C.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use sohoa_http::{Limits, Request, Server};

use super::{Failure, say};
use crate::cli::Exit;
use crate::config;
use crate::review::station::Station;
use crate::store::{AccountState, Claim, Store};

/// Arguments of `review`.
#[derive(Debug, Args)]
pub struct ReviewArguments {
    /// The run folder
    run: PathBuf,
    /// Address and port; only this machine's own address (loopback) for now
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Thresholds and switches
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Serves the run to browsers.
pub fn review(arguments: &ReviewArguments) -> Result<Exit, Failure> {
    // passwords and names would cross the office network in the clear
    if !arguments.listen.ip().is_loopback() {
        return Err(Failure::usage(anyhow::anyhow!(
            "{} is not an address of this machine alone, and there is no TLS yet\n\
             hint: keep 127.0.0.1 and let other machines in through SSH (ssh -L 8080:127.0.0.1:8080 SERVER)",
            arguments.listen.ip()
        )));
    }
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let store = Store::for_people(&arguments.run, Claim::Station).map_err(Failure::usage)?;
    if !store.accounts()?.iter().any(|account| account.state == AccountState::Active) {
        return Err(Failure::usage(anyhow::anyhow!(
            "nobody may sign in yet\nhint: sohoa user add {} NAME --role operator",
            arguments.run.display()
        )));
    }
    let stop = super::stop_on_signal()?;
    let server = Server::bind(arguments.listen, Limits::office()).map_err(|error| {
        Failure::usage(anyhow::anyhow!(
            "cannot listen on {}: {error}\nhint: another port with --listen 127.0.0.1:8081",
            arguments.listen
        ))
    })?;
    let address = server.address()?;
    let hosts = vec![address.to_string(), format!("localhost:{}", address.port())];
    let station = Station::open(store, config, hosts)?;
    say(&format!("http://{address}/  (Ctrl-C ends; what was decided is kept at once)\n"))?;
    server.serve(Arc::new(move |request: &Request| station.answer(request)), &stop)?;
    Ok(Exit::Complete)
}
