//! `kill -9` of a real `sohoa export` at any moment: what lies there is the old delivery or the new one, never a part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use sohoa::delivery::package::{sums_of, whole};
use tempfile::TempDir;

use crate::delivery::{OFFICE, keep_as, office};
use crate::kill::moment;

const KILLS: usize = 40;

fn export(office: &TempDir, to: &Path) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("sohoa"));
    command.current_dir(office.path()).args(["export", "run", "--office", OFFICE, "--to"]).arg(to);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started")
}

fn book(to: &Path) -> PathBuf {
    to.join("xalocthuan_hbd_tbt.KS.2008.01")
}

/// Sums of an undisturbed export.
fn undisturbed(office: &TempDir, to: &Path) -> String {
    assert!(export(office, to).wait().expect("ended").code().is_some());
    sums_of(&book(to).join("lan-1")).expect("a delivery")
}

/// What an importer's helper would find: the delivery's sums, where there is one. Anything else must show that it is no
/// delivery.
fn found(to: &Path) -> Option<String> {
    let entries = fs::read_dir(book(to)).ok()?;
    let names = entries.map(|entry| entry.expect("entry").file_name().into_string().expect("plain"));
    let seen: Vec<String> = names.filter(|name| !name.starts_with(".part-")).collect();
    let delivery = book(to).join("lan-1");
    match seen.as_slice() {
        [] => None,
        [name] if name == "lan-1" => {
            assert!(whole(&delivery), "a delivery with a missing or damaged file");
            Some(sums_of(&delivery).expect("sums"))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_killed_export_leaves_the_old_delivery_or_the_new_one() {
    let folder = tempfile::tempdir().expect("folder");
    // the same book twice: as it was, and after an entry was read again
    let offices = [office(), office()];
    let store = crate::fake::open(&offices[1].path().join("run"));
    keep_as(&store, 2, &[("meHoTen", "Lê Thị Hoa")], 1.0, "read again");
    drop(store);
    let began = Instant::now();
    let sums = [0, 1].map(|at| undisturbed(&offices[at], &folder.path().join(format!("undisturbed-{at}"))));
    let whole_export = began.elapsed() / 2;
    assert_ne!(sums[0], sums[1]);

    let to = folder.path().join("out");
    let (mut killed, mut attempt, mut last) = (0, 0, None);
    let mut outcomes: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    while killed < KILLS {
        let mut child = export(&offices[attempt % 2], &to);
        std::thread::sleep(whole_export.mul_f64(moment(attempt)));
        child.kill().expect("kill -9");
        let ended = child.wait().expect("ended").code().is_some();
        killed += usize::from(!ended);
        let now = found(&to);
        let which = now.as_ref().map(|now| sums.iter().position(|own| own == now).expect("old or new"));
        assert!(now.is_some() || last.is_none(), "a delivery that was there is gone");
        *outcomes.entry(which).or_default() += 1;
        (last, attempt) = (now, attempt + 1);
        assert!(attempt < 20 * KILLS, "every export ends before it is killed: {outcomes:?}");
    }
    for (at, office) in offices.iter().enumerate() {
        assert_eq!(undisturbed(office, &to), sums[at], "the same bytes as without a kill");
        let left: Vec<_> = fs::read_dir(book(&to)).expect("folder").map(|e| e.expect("entry").file_name()).collect();
        assert_eq!(left, ["lan-1"], "nothing half written stays");
    }
}
