//! Puts the sections of `pipeline.toml` together.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::stages::{align, cleanup, cut, dedupe, extract, intake, read, triage, validate};
use crate::{delivery, outputs, pipeline, review};

/// All of `pipeline.toml`; no stage sees more than its own section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Failures.
    pub run: pipeline::Config,
    /// Limits before decoding.
    pub intake: intake::Config,
    /// Picture clean-up and the quality gate.
    pub cleanup: cleanup::Config,
    /// Finding the form.
    pub align: align::Config,
    /// Slot pictures.
    pub cut: cut::Config,
    /// Readers and decoding.
    pub read: read::Config,
    /// Fields from readings.
    pub extract: extract::Config,
    /// Rules.
    pub validate: validate::Config,
    /// Duplicates.
    pub dedupe: dedupe::Config,
    /// Accept or queue.
    pub triage: triage::Config,
    /// Pictures and lists for people.
    pub outputs: outputs::Config,
    /// The review station.
    pub review: review::Config,
    /// What goes to the national register.
    pub delivery: delivery::Config,
}

/// Sections that decide what is read from a page: another text there means reading again.
/// The others only decide what becomes of a reading and are applied anew at the end of every run.
const PAGE_SECTIONS: [&str; 7] = ["intake", "cleanup", "align", "cut", "read", "extract", "validate"];

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No such file, or not to be read.
    #[error(
        "cannot read the configuration {path}: {source}\nhint: give its place with --config, or start in the folder that holds pipeline.toml"
    )]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A typo or a value of the wrong type.
    #[error("{path}, line {line}: {place}{message}\nhint: {cure}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line from 1.
        line: usize,
        /// `section.key: `, where known.
        place: String,
        /// What is wrong.
        message: String,
        /// What to do.
        cure: String,
    },
}

/// A configuration with what the fingerprint needs of it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The sections.
    pub config: Config,
    /// The sections that decide what is read, without comments and spacing.
    pub page_sections: String,
}

/// Reads a configuration file.
pub fn load(path: &Path) -> Result<Loaded, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    parse(path, &text)
}

fn parse(path: &Path, text: &str) -> Result<Loaded, ConfigError> {
    let wrong = |place: String, error: &toml::de::Error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        let cure = cure(&message);
        ConfigError::Wrong { path: path.to_owned(), line, place, message, cure }
    };
    let deserializer = toml::Deserializer::parse(text).map_err(|error| wrong(String::new(), &error))?;
    let config = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let place = match error.path().to_string().as_str() {
            "." => String::new(),
            known => format!("{known}: "),
        };
        wrong(place, error.inner())
    })?;
    let table: toml::Table = toml::from_str(text).map_err(|error| wrong(String::new(), &error))?;
    Ok(Loaded { config, page_sections: page_sections(&table) })
}

/// Debug form of the sections in fixed order: keys are sorted, comments gone, every value written one way.
fn page_sections(table: &toml::Table) -> String {
    let one = |name: &&str| format!("{name} {:?}\n", table.get(*name).map(ToString::to_string));
    PAGE_SECTIONS.iter().map(one).collect()
}

/// The nearest known key, where the message names one that is not known.
fn cure(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let unknown = names.next().filter(|_| message.starts_with("unknown"));
    let nearest = unknown.and_then(|typed| {
        let near = |name: &&str| (strsim::jaro_winkler(typed, name) * 1000.0) as u32;
        names.max_by_key(near).filter(|name| near(name) > 800)
    });
    match (nearest, message.starts_with("missing")) {
        (Some(name), _) => format!("did you mean `{name}`?"),
        (None, true) => "add the key; pipeline.toml of the repository shows it with its reason".to_owned(),
        (None, false) => "compare with pipeline.toml of the repository".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> String {
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline.toml")).expect("readable")
    }

    fn refusal(text: &str) -> String {
        parse(Path::new("p.toml"), text).expect_err("must be refused").to_string()
    }

    #[test]
    fn the_shipped_configuration_is_accepted() {
        parse(Path::new("p.toml"), &shipped()).expect("accepted");
    }

    #[test]
    fn a_typo_is_named_with_its_line_and_the_key_that_was_meant() {
        let text = shipped().replace("max_attempts", "max_atempts");
        let line = text.lines().position(|l| l.starts_with("max_atempts")).expect("there") + 1;
        let told = refusal(&text);
        assert!(told.contains(&format!("line {line}: ")), "{told}");
        assert!(told.contains("did you mean `max_attempts`?"), "{told}");
    }

    #[test]
    fn a_value_of_the_wrong_type_is_named_with_its_key() {
        let told = refusal(&shipped().replace("max_attempts = 3", "max_attempts = \"three\""));
        assert!(told.contains("run.max_attempts: invalid type"), "{told}");
    }

    #[test]
    fn a_missing_key_is_not_filled_in() {
        let text: String =
            shipped().lines().filter(|l| !l.starts_with("max_attempts")).map(|l| format!("{l}\n")).collect();
        assert!(refusal(&text).contains("missing field `max_attempts`"));
    }

    #[test]
    fn comments_do_not_change_what_is_read_and_page_sections_do() {
        let plain = parse(Path::new("p"), &shipped()).expect("accepted").page_sections;
        let comment = parse(Path::new("p"), &format!("# more\n{}", shipped())).expect("accepted").page_sections;
        assert_eq!(plain, comment);
        let other: toml::Table = toml::from_str("[intake]\nlimit = 7").expect("toml");
        assert_ne!(page_sections(&other), page_sections(&toml::Table::new()));
    }
}
