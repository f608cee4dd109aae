//! Pages that were never scanned: enough of them to try the store, the batch and the outputs without engines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use image::{Rgb, RgbImage};
use sohoa::domain::{
    BookHint, CheckedEntry, Confidence, DraftEntry, EntryId, Field, Finding, Ink, PageFacts, Rect, Register, Severity,
    Sha256, SheetFacts, SlotFacts, SlotKind, Value,
};
use sohoa::pipeline::batch::Batch;
use sohoa::pipeline::finish::finish;
use sohoa::pipeline::page::{PageFailure, PageRead};
use sohoa::pipeline::timing::StageTimes;
use sohoa::pipeline::{Engines, Job, Tally, Tools, Watch};
use sohoa::stages::intake::{SourceFile, Stamp};
use sohoa::store::{PageState, Store, StoreError};

/// Watches nothing.
pub(crate) struct Blind;

impl Watch for Blind {
    fn start(&self, _: usize, _: usize) {}
    fn read(&self, _: &[CheckedEntry]) {}
    fn aside(&self) {}
}

/// Shipped configuration and layouts, no engines.
pub(crate) fn tools(folder: &Path) -> Tools {
    let answers = folder.join("answers.json");
    std::fs::write(&answers, r#"{"words":{},"readings":{}}"#).expect("answers");
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipeline.toml");
    Tools::load(&config, &Engines::Recorded(answers)).expect("tools")
}

pub(crate) fn file(n: u8) -> SourceFile {
    let hint = BookHint {
        office: Some("xa_x".to_owned()),
        register: Some(Register::Ks),
        year: Some("2008".to_owned()),
        book: Some("01".to_owned()),
        ..BookHint::default()
    };
    SourceFile {
        path: PathBuf::from(format!("scans/{n:03}.jpg")),
        sha256: Sha256([n; 32]),
        pages: 1,
        hint,
        stamp: Stamp::default(),
    }
}

pub(crate) fn job(n: u8) -> Job {
    Job { file: Arc::new(file(n)), index: 0, fingerprint: "test".to_owned(), layout: None }
}

/// A page whose content follows from its number alone; every third one has something for people.
pub(crate) fn page(job: &Job) -> PageRead {
    let n = job.file.sha256.0[0];
    let kinds = [
        ("so", SlotKind::RegisterNumber),
        ("nksHoTen", SlotKind::PersonName),
        ("nksNoiSinh", SlotKind::Place),
        ("ghiChu", SlotKind::MarginNote),
    ];
    let slots: Vec<SlotFacts> = (0_u8..).zip(kinds).map(|(row, (key, _))| slot(n, row, key)).collect();
    let fields = kinds.map(|(key, kind)| field(n, key, kind)).to_vec();
    let finding = Finding {
        rule: "odd".to_owned(),
        severity: Severity::Warning,
        fields: vec!["nksHoTen".to_owned()],
        message: "Họ tên lạ.".to_owned(),
        proposal: None,
    };
    let id = EntryId { page: job.id(), part: 0, ordinal: 0 };
    let entry =
        DraftEntry { id, layout: "ks-2006".to_owned(), register: Register::Ks, hint: job.file.hint.clone(), fields };
    let findings = if n % 5 == 0 { vec![finding] } else { Vec::new() };
    let sheet =
        SheetFacts { part: 0, layout: "ks-2006".to_owned(), misfit: 0.3, labels_found: 0.9, size: (300, 400), slots };
    let facts = PageFacts {
        pixels: Sha256([n; 32]),
        sharpness: 1.0,
        dpi: 200.0,
        remarks: if n % 7 == 0 { vec!["blurred".to_owned()] } else { Vec::new() },
        sheets: vec![sheet],
    };
    let picture = RgbImage::from_fn(300, 400, |x, y| Rgb([n, (x % 256) as u8, (y % 256) as u8]));
    PageRead {
        facts,
        entries: vec![CheckedEntry { entry, findings }],
        pictures: vec![picture],
        times: StageTimes::default(),
    }
}

fn slot(n: u8, row: u8, key: &str) -> SlotFacts {
    let top = 40.0 + 60.0 * f32::from(row);
    let look = u64::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(u32::from(row) * 7);
    SlotFacts {
        ordinal: 0,
        key: key.to_owned(),
        ink: Ink::Written,
        crop: Rect::new(60.0, top, 200.0, top + 30.0),
        look: Some(look),
    }
}

fn field(n: u8, key: &str, kind: SlotKind) -> Field {
    let text = match kind {
        SlotKind::RegisterNumber => n.to_string(),
        _ => format!("=chữ số {n} \"{key}\""),
    };
    let value = match kind {
        SlotKind::RegisterNumber => Value::Number { number: n.into(), text: text.clone() },
        _ => Value::Text { text: text.clone() },
    };
    Field {
        key: key.to_owned(),
        kind,
        slot: key.to_owned(),
        required: kind != SlotKind::MarginNote,
        ink: Ink::Written,
        as_written: text,
        value,
        confidence: Confidence::new(if n % 3 == 0 { 0.5 } else { 1.0 }),
        proposal: None,
        reading: None,
        place: Vec::new(),
    }
}

/// A run that nobody else works in. A process that another test starts holds this one's lock until it becomes another
/// program, a moment later.
pub(crate) fn open(run: &Path) -> Store {
    for _ in 0..200 {
        match Store::open(run) {
            Err(StoreError::Busy(_)) => std::thread::sleep(std::time::Duration::from_millis(20)),
            store => return store.expect("store"),
        }
    }
    panic!("{} stays busy", run.display())
}

/// Works through the pages as `sohoa run` does: skips what is done, reads the rest, writes the outputs.
pub(crate) fn run(
    out: &Path,
    tools: &Tools,
    numbers: &[u8],
    workers: usize,
    read: &(dyn Fn(&Job) -> Result<PageRead, PageFailure> + Sync),
) -> Tally {
    let store = open(out);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().expect("pool");
    let mut jobs = Vec::new();
    let mut tally = Tally::default();
    for n in numbers {
        let plain = job(*n);
        let job = Job::new(&plain.file, plain.index, &plain.fingerprint, &store).expect("job");
        store.note_file(&job.file.path, job.file.sha256, 1, &job.file.hint).expect("noted");
        match store.page_state(job.id(), &job.fingerprint).expect("state") {
            PageState::Done => tally.known += 1,
            PageState::Pending(_) => jobs.push(job),
        }
    }
    let stop = AtomicBool::new(false);
    let batch = Batch { pool: &pool, store: &store, stop: &stop, picture_quality: 70 };
    batch.work_through(&jobs, &Blind, read, &mut tally).expect("worked");
    finish(&tools.basis, &store, &[]).expect("finished");
    tally
}

/// All files that must not differ between runs: name → bytes.
pub(crate) fn outputs(run: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![run.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("folder") {
            let path = entry.expect("entry").path();
            let name = path.strip_prefix(run).expect("inside").to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if !name.starts_with("run.sqlite") && name != ".lock" && name != "timing.json" {
                found.insert(name, std::fs::read(&path).expect("file"));
            }
        }
    }
    found
}

/// Fails with the names of the files that differ.
pub(crate) fn assert_same(left: &Path, right: &Path) {
    let (a, b) = (outputs(left), outputs(right));
    let names: Vec<_> = a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).collect();
    assert!(names.is_empty(), "{} and {} differ in {names:?}", left.display(), right.display());
}
