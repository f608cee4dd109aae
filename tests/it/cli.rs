//! The binary: exit codes, messages, nothing but data on stdout.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder with the shipped configuration, layouts and empty recorded answers.
fn office() -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(shipped.join("pipeline.toml"), folder.path().join("pipeline.toml")).expect("config");
    fs::create_dir(folder.path().join("forms")).expect("forms");
    for entry in fs::read_dir(shipped.join("forms")).expect("forms") {
        let entry = entry.expect("entry");
        fs::copy(entry.path(), folder.path().join("forms").join(entry.file_name())).expect("layout");
    }
    fs::write(folder.path().join("answers.json"), r#"{"words":{},"readings":{}}"#).expect("answers");
    fs::create_dir(folder.path().join("scans")).expect("scans");
    folder
}

fn sohoa(office: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("sohoa").expect("built");
    let done = command.current_dir(office.path()).args(arguments).output().expect("ran");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (done.status.code(), text(done.stdout), text(done.stderr))
}

const RUN: [&str; 4] = ["run", "scans", "--recorded", "answers.json"];

#[test]
fn a_wrong_option_is_wrong_usage() {
    let (code, out, told) = sohoa(&office(), &["run", "scans", "--wrkers", "2"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(told.contains("--workers"), "{told}");
}

#[test]
fn help_is_no_error() {
    let (code, out, told) = sohoa(&office(), &["--help"]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    for command in ["run", "status", "check", "eval"] {
        assert!(out.contains(command), "{command} is not in the help");
    }
}

#[test]
fn a_typo_in_the_configuration_is_named_with_line_and_cure() {
    let office = office();
    let path = office.path().join("pipeline.toml");
    let text = fs::read_to_string(&path).expect("config").replace("look_distance", "look_distence");
    fs::write(&path, text).expect("config");
    let (code, _, told) = sohoa(&office, &RUN);
    assert_eq!(code, Some(2));
    assert!(told.contains("pipeline.toml, line ") && told.contains("hint: did you mean `look_distance`?"), "{told}");
    assert_eq!(told.lines().filter(|l| l.starts_with("error:")).count(), 1, "{told}");
}

#[test]
fn a_missing_configuration_is_wrong_usage_with_a_cure() {
    let (code, _, told) = sohoa(&office(), &["run", "scans", "--config", "none.toml"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("none.toml") && told.contains("hint: "), "{told}");
}

#[test]
fn files_that_cannot_be_read_are_set_aside_and_nothing_was_processed() {
    let office = office();
    fs::write(office.path().join("scans/notes.jpg"), "no picture").expect("file");
    let (code, out, _) = sohoa(&office, &RUN);
    assert_eq!(code, Some(1), "{out}");
    let aside = fs::read_to_string(office.path().join("run/aside.csv")).expect("aside");
    assert!(aside.contains("scans/notes.jpg"), "{aside}");
    assert!(aside.lines().nth(1).is_some_and(|row| !row.ends_with(',')), "a cure is told: {aside}");
    let (code, out, _) = sohoa(&office, &["status", "run"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("files aside  1"), "{out}");
}

#[test]
fn an_output_folder_that_cannot_be_made_is_one_clear_message() {
    let office = office();
    // a file where the folder should be: refused to root as well
    fs::write(office.path().join("taken"), "").expect("file");
    let (code, out, told) = sohoa(&office, &["run", "scans", "--recorded", "answers.json", "--out", "taken/run"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(told.contains("taken/run") && told.contains("hint: "), "{told}");
}

#[test]
fn a_disk_that_takes_no_more_is_one_clear_message() {
    let office = office();
    let binary = assert_cmd::cargo::cargo_bin("sohoa");
    // files may not grow over 16 KiB, and the signal for it is ignored: writes fail as on a full disk
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" run scans --recorded answers.json";
    fs::write(office.path().join("scans/notes.jpg"), "no picture").expect("file");
    let mut shell = Command::new("bash");
    let done = shell.current_dir(office.path()).args(["-c", script]).arg(binary).output().expect("ran");
    let told = String::from_utf8(done.stderr).expect("text");
    assert_eq!(done.status.code(), Some(1), "{told}");
    assert!(told.contains("hint: check that the disk has room"), "{told}");
    assert_eq!(told.lines().filter(|l| l.starts_with("error:")).count(), 1, "{told}");
}

#[test]
fn an_empty_folder_is_nothing_to_read() {
    let (code, out, told) = sohoa(&office(), &RUN);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(told.contains("no scans found") && told.contains("hint: "), "{told}");
}

#[test]
fn the_status_of_what_is_no_run_is_wrong_usage() {
    let (code, _, told) = sohoa(&office(), &["status", "scans"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("no run folder"), "{told}");
}

#[test]
fn check_names_the_model_that_is_missing() {
    let (code, out, told) = sohoa(&office(), &["check"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("configuration: pipeline.toml") && out.contains("ks-2006"), "{out}");
    assert!(told.contains("model") && told.contains("hint: "), "{told}");
}

#[test]
fn lines_for_training_are_a_command_of_their_own_that_wants_to_know_who_allowed_it() {
    let office = office();
    let (code, _, told) = sohoa(&office, &["export", "training", "nowhere", "--to", "lines"]);
    assert!(code == Some(2) && told.contains("--allowed-by"), "{told}");
    let (code, _, told) = sohoa(&office, &["export", "training", "nowhere", "--to", "lines", "--allowed-by", "QĐ 12"]);
    assert!(code == Some(2) && told.contains("nowhere is no run folder"), "{told}");
    assert!(!office.path().join("lines").exists(), "nothing is left behind");
    let (code, _, told) = sohoa(&office, &["export", "training", "x", "--to", "scans", "--allowed-by", "QĐ 12"]);
    assert!(code == Some(2) && told.contains("scans is there already"), "{told}");
    let (code, _, told) = sohoa(&office, &["export"]);
    assert!(code == Some(2) && told.contains("--to"), "{told}");
    let (code, _, told) = sohoa(&office, &["export", "nowhere", "--to", "out"]);
    assert!(code == Some(2) && told.contains("nowhere is no run folder"), "{told}");
}
