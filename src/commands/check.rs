//! `sohoa check`: everything that a run needs, without reading a page.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, complain, say};
use crate::cli::Exit;
use crate::config;
use crate::forms;
use crate::pipeline::tools::resources_beside;
use crate::print::Tesseract;
use crate::stages::read::Reader;
use crate::stages::read::neural::NeuralReader;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Thresholds and switches; layouts and model lie beside it
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
}

/// Checks one thing after the other; all complaints, not the first alone.
pub fn check(arguments: &CheckArguments) -> Result<Exit, Failure> {
    let folder = resources_beside(&arguments.config);
    let loaded = config::load(&arguments.config);
    let mut sound = true;
    sound &= tell(
        "configuration",
        loaded.as_ref().map(|_| arguments.config.display().to_string()).map_err(ToString::to_string),
    )?;
    let layouts = forms::load(&folder.join("forms")).map_err(|error| error.to_string());
    let names =
        |all: Vec<std::sync::Arc<forms::Layout>>| all.iter().map(|l| l.id.clone()).collect::<Vec<_>>().join(" ");
    sound &= tell("layouts", layouts.map(names))?;
    sound &=
        tell("print", Tesseract::start("vie").map(|_| "tesseract, vie".to_owned()).map_err(|error| error.to_string()))?;
    if let Ok(loaded) = &loaded {
        let model = NeuralReader::load(&folder.join("models"), &loaded.config.read);
        sound &= tell("model", model.map(|reader| reader.id()).map_err(|error| error.to_string()))?;
    }
    Ok(if sound { Exit::Complete } else { Exit::Usage })
}

fn tell(what: &str, found: Result<String, String>) -> Result<bool, std::io::Error> {
    match found {
        Ok(found) => say(&format!("{what}: {found}\n")).map(|()| true),
        Err(wrong) => {
            complain(&Failure::Usage(anyhow::anyhow!("{what}: {wrong}")));
            Ok(false)
        }
    }
}
