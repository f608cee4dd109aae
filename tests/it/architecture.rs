//! Imports draw the flow: a stage knows only the stages before it.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("folder").map(|entry| entry.expect("entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("source");
            found.push((path, text));
        }
    }
    found
}

/// The stages in flow order, as `stages/mod.rs` lists them.
fn flow() -> Vec<String> {
    let list = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/stages/mod.rs")).expect("stages");
    let names = list.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// Stage names that a source mentions as modules: `stages::NAME`, or `super::NAME` in the stage's own file.
fn mentioned(text: &str, flow: &[String], own_file: bool) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let named = |name: &&String| {
        let mut ways = vec![format!("stages::{name}::"), format!("stages::{name};"), format!("stages::{{{name}")];
        if own_file {
            ways.extend([format!("super::{name}::"), format!("super::{name};")]);
        }
        ways.iter().any(|way| code.contains(way.as_str()))
    };
    flow.iter().filter(named).cloned().collect()
}

fn stage_of(path: &Path, flow: &[String]) -> Option<(String, bool)> {
    let inside: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let at = inside.iter().position(|part| part == "stages")? + 1;
    let name = inside[at].trim_end_matches(".rs").to_owned();
    flow.contains(&name).then(|| (name, at + 1 == inside.len()))
}

#[test]
fn a_stage_imports_only_stages_before_it() {
    let flow = flow();
    assert_eq!(flow.len(), 9, "stages in flow order: {flow:?}");
    let place = |name: &str| flow.iter().position(|stage| stage == name).expect("stage");
    for (path, text) in sources("src/stages") {
        let Some((stage, own_file)) = stage_of(&path, &flow) else { continue };
        for other in mentioned(&text, &flow, own_file).iter().filter(|other| **other != stage) {
            assert!(place(other) < place(&stage), "{} ({stage}) uses the later stage {other}", path.display());
        }
    }
}

#[test]
fn the_domain_touches_no_file_and_knows_nobody() {
    for (path, text) in sources("src/domain") {
        for foreign in ["std::fs", "std::io", "std::net", "crate::stages", "crate::store", "crate::forms", "rusqlite"] {
            assert!(!text.contains(foreign), "{} uses {foreign}", path.display());
        }
    }
}

#[test]
fn sql_stands_in_the_store_only() {
    for (path, text) in sources("src") {
        let in_store = path.to_string_lossy().contains("/src/store");
        assert!(in_store || !text.contains("rusqlite::"), "{} talks to the database", path.display());
    }
}

#[test]
fn threads_are_started_in_the_pipeline_only() {
    for (path, text) in sources("src") {
        let allowed =
            path.to_string_lossy().contains("/src/pipeline") || path.to_string_lossy().contains("/src/commands");
        let parallel = ["rayon::", "thread::spawn", "thread::scope"].iter().any(|way| text.contains(way));
        assert!(allowed || !parallel, "{} runs things in parallel", path.display());
    }
}

#[test]
fn no_stage_sees_the_whole_configuration() {
    for (path, text) in sources("src/stages") {
        assert!(!text.contains("crate::config"), "{} imports crate::config", path.display());
    }
}

#[test]
fn main_stays_short() {
    let main = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/main.rs")).expect("main");
    assert!(main.lines().count() <= 40);
}
