//! `kill -9` at random moments, then the same again: nothing lost, nothing twice.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::fake;

const PAGES: std::ops::RangeInclusive<u8> = 1..=30;
const KILLS: usize = 60;

/// What the killed process does; started by the test below, does nothing when the suite runs it.
#[test]
fn child() {
    let Some(out) = std::env::var_os("SOHOA_TEST_RUN") else { return };
    let out = Path::new(&out);
    let scratch = tempfile::tempdir().expect("folder");
    let numbers: Vec<u8> = PAGES.collect();
    fake::run(out, &fake::tools(scratch.path()), &numbers, 2, &|job| {
        std::thread::sleep(Duration::from_millis(u64::from(job.file.sha256.0[0] % 4) * 3));
        Ok(fake::page(job))
    });
}

fn start(out: &Path) -> std::process::Child {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "kill::child"]).env("SOHOA_TEST_RUN", out);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started")
}

/// Steps of a fixed stride through 0–1, so that the moments of death cover the whole run.
pub(crate) fn moment(kill: usize) -> f64 {
    (kill as f64 * 0.618_033_988_75).fract()
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().expect("folder");
    let undisturbed = folder.path().join("undisturbed");
    let began = std::time::Instant::now();
    assert!(start(&undisturbed).wait().expect("ended").success());
    let whole = began.elapsed();
    let (mut killed, mut finished, mut attempt) = (0, 0, 0);
    while killed < KILLS {
        let run = folder.path().join(format!("run-{finished}"));
        loop {
            let mut child = start(&run);
            std::thread::sleep(whole.mul_f64(moment(attempt)));
            attempt += 1;
            child.kill().expect("kill -9");
            // a process that ended by itself first has finished the run
            if child.wait().expect("ended").success() {
                break;
            }
            killed += 1;
        }
        fake::assert_same(&undisturbed, &run);
        finished += 1;
        assert!(attempt < 20 * KILLS, "no run ever ends");
    }
    assert!(finished >= 3, "only {finished} runs were compared");
}
