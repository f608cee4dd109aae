//! `sohoa bench reader`: our reader and Tesseract side by side on labelled lines.

mod fields;
mod measure;
mod report;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, Subcommand};

use self::fields::Field;
use self::measure::{Attempt, Judged, Outcome};
use super::{Failure, say};
use crate::cli::Exit;
use crate::config;
use crate::domain::date::DateLimits;
use crate::domain::text::normalise;
use crate::domain::{LinePart, Reading};
use crate::meaning::{part_keys, sense};
use crate::pipeline::tools::resources_beside;
use crate::print::{Arrangement, PrintReader, Tesseract};
use crate::stages::cleanup::WORKING_DPI;
use crate::stages::read::calibration::{Signs, part_signs, signs};
use crate::stages::read::neural::NeuralReader;

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub struct BenchArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Accuracy and speed of reading, by class
    Reader(ReaderArguments),
}

/// Arguments of `bench reader`.
#[derive(Debug, Args)]
pub struct ReaderArguments {
    /// Folder with labels.tsv and line pictures; made by `sohoa slots`, or lines/NAME.jpg with line and text
    #[arg(long)]
    lines: PathBuf,
    /// At most so many values of a class
    #[arg(long, default_value_t = usize::MAX)]
    limit: usize,
    /// Also read with Tesseract
    #[arg(long)]
    tesseract: bool,
    /// Fit the confidence on half of the writers and write it here
    #[arg(long)]
    fit: Option<PathBuf>,
    /// Print every value: class, right or wrong, confidence (as fitted, with --fit), truth, plain reading, reading
    #[arg(long)]
    values: bool,
    /// Thresholds; the model lies beside it
    #[arg(long, default_value = "pipeline.toml")]
    config: PathBuf,
    /// The model's folder, where it is not models/ beside the configuration
    #[arg(long)]
    model: Option<PathBuf>,
}

/// Runs one bench.
pub fn bench(arguments: &BenchArguments) -> Result<Exit, Failure> {
    match &arguments.what {
        What::Reader(arguments) => reader(arguments),
    }
}

fn reader(arguments: &ReaderArguments) -> Result<Exit, Failure> {
    let config = config::load(&arguments.config).map_err(Failure::usage)?.config;
    let folder = arguments.model.clone().unwrap_or_else(|| resources_beside(&arguments.config).join("models"));
    let hand = match arguments.fit {
        Some(_) => NeuralReader::load_raw(&folder, &config.read),
        None => NeuralReader::load(&folder, &config.read),
    };
    let hand = hand.map_err(Failure::usage)?;
    let print: Option<Arc<dyn PrintReader>> =
        if arguments.tesseract { Some(Arc::new(Tesseract::start("vie").map_err(Failure::usage)?)) } else { None };
    let fields = fields::load(&arguments.lines, arguments.limit).map_err(Failure::Usage)?;
    let mut outcomes = Vec::with_capacity(fields.len());
    for field in &fields {
        outcomes.push(attempt(field, &hand, print.as_deref(), &config.read.joint.dates)?);
    }
    say(&report::accuracy(&outcomes))?;
    if let Some(path) = &arguments.fit {
        let calibration = report::fit(&outcomes, hand.networks().id(), &provenance(arguments));
        write(path, &toml::to_string(&calibration)?)?;
        outcomes.iter_mut().for_each(|o| o.calibrate(&calibration));
    }
    if arguments.values {
        outcomes.iter().try_for_each(|o| say(&o.lines()))?;
    }
    if arguments.fit.is_some() {
        outcomes.retain(|o| !o.is_for_fitting());
    }
    say(&report::confidence(&outcomes))?;
    Ok(if outcomes.is_empty() { Exit::Nothing } else { Exit::Complete })
}

fn provenance(arguments: &ReaderArguments) -> String {
    let today = jiff::Zoned::now().date();
    let lines = arguments.lines.file_name().unwrap_or_default().to_string_lossy();
    format!("{today}, `sohoa bench reader --lines {lines} --fit`, half of the writers")
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|e| Failure::Run(anyhow::Error::new(e).context(path.display().to_string())))
}

/// Reads one value with every engine.
fn attempt(
    field: &Field,
    hand: &NeuralReader,
    print: Option<&dyn PrintReader>,
    dates: &DateLimits,
) -> Result<Outcome, Failure> {
    let pictures = field.pictures()?;
    let begin = Instant::now();
    let views = hand.views(pictures.iter().map(|(part, grey)| (*part, grey)))?;
    let network = begin.elapsed();
    let reading = views.and_then(|v| hand.decode(field.kind, &field.office, &v));
    let decoding = begin.elapsed() - network;
    let print = print.map(|engine| printed(engine, &pictures)).transpose()?;
    Ok(Outcome {
        class: field.class.clone(),
        kind: field.kind,
        writer: field.writer.clone(),
        truth: field.text.clone(),
        plain: reading.as_ref().map(|r| r.unconstrained.clone()).unwrap_or_default(),
        print,
        network,
        decoding,
        columns: pictures.iter().map(|(_, p)| p.width() as usize * 32 / p.height().max(1) as usize).sum(),
        lines: pictures.len(),
        reading: reading.map(|r| judge(field, r, dates)),
    })
}

/// Holds a reading and the parts that it states against the truth.
fn judge(field: &Field, reading: Reading, dates: &DateLimits) -> Attempt {
    let stated = |text: &str| sense(field.kind, &normalise(text), dates);
    let parts = |text: &str| part_keys(field.kind, &normalise(text), dates);
    let whole = Judged {
        right: stated(&reading.text) == stated(&field.text),
        confidence: reading.confidence,
        signs: signs(field.kind, &reading, dates),
    };
    let (own, truth) = (parts(&reading.text), parts(&field.text));
    let part = |(i, signs): (usize, Option<Signs>)| {
        let confidence = reading.parts.get(i).copied().unwrap_or(reading.confidence);
        Some((i, Judged { right: own[i] == truth[i], confidence, signs: signs? }))
    };
    let parts = part_signs(field.kind, &reading, dates).into_iter().enumerate().filter_map(part).collect();
    Attempt { whole, parts, text: reading.text }
}

fn printed(engine: &dyn PrintReader, pictures: &[(LinePart, image::GrayImage)]) -> Result<String, Failure> {
    let mut words = Vec::new();
    for (_, picture) in pictures {
        words.extend(engine.words(picture, WORKING_DPI, Arrangement::Block)?.into_iter().map(|w| w.text));
    }
    Ok(words.join(" "))
}
