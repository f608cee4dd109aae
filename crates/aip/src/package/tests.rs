use std::collections::BTreeMap;

use super::*;

fn about() -> About {
    About {
        id: format!("urn:uuid:{}", uuid("KS/2008/01")),
        fonds: None,
        created: "2026-02-03T07:00:00+07:00".into(),
        events: Vec::new(),
        program: Program { name: "p", version: "1" },
    }
}

fn made(dir: &Path) -> PathBuf {
    let mut package = Package::create(dir, about()).expect("started");
    package.schema("records.schema.json", "application/json", b"{}").expect("written");
    let (pdf, text) = (package.representation("PDF"), package.representation("ALTO"));
    let one = Description { title: "Khai sinh số 01".into(), ..Description::default() };
    let piece = |name, media| Piece { name, media, bytes: b"%PDF", source: "sha256:cd" };
    package.data(pdf, &piece("a.pdf", "application/pdf"), Some(&one)).expect("written");
    package.data(text, &piece("a.xml", "text/xml"), None).expect("written");
    let whole = Description { title: "Sổ đăng ký khai sinh 01/2008".into(), ..Description::default() };
    package.place(&whole).expect("placed")
}

/// All files below a folder with their bytes.
fn files(folder: &Path, base: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            files(&path, base, all);
        } else {
            let name = path.strip_prefix(base).expect("inside").to_string_lossy().into_owned();
            all.insert(name, fs::read(&path).expect("bytes"));
        }
    }
}

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    files(folder, folder, &mut all);
    all
}

#[test]
fn the_folder_is_as_the_specification_wants_it_and_the_same_again() {
    let dir = tempfile::tempdir().expect("folder");
    let (folder, other) = (made(dir.path()), tempfile::tempdir().expect("folder"));
    let all = read(&folder);
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    let expected = [
        "METS.xml",
        "metadata/descriptive/EAD.xml",
        "metadata/preservation/PREMIS.xml",
        "representations/rep1/METS.xml",
        "representations/rep1/data/a.pdf",
        "representations/rep1/metadata/descriptive/EAD_doc_File1.xml",
        "representations/rep2/METS.xml",
        "representations/rep2/data/a.xml",
        "schemas/records.schema.json",
    ];
    assert_eq!(names, expected);
    assert!(folder.ends_with(about().id.replace(':', "_")));
    assert_eq!(read(&made(other.path())), all);
    assert_eq!(read(&made(dir.path())), all, "in the place of the old one");
    assert_eq!(fs::read_dir(dir.path()).expect("folder").count(), 1);
}

#[test]
fn every_file_is_named_with_the_hash_that_it_has() {
    let dir = tempfile::tempdir().expect("folder");
    let all = read(&made(dir.path()));
    let text = |name: &str| String::from_utf8(all[name].clone()).expect("text");
    let hash = |name: &str| Sha256::digest(&all[name]).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (root, own, premis) =
        (text("METS.xml"), text("representations/rep1/METS.xml"), text("metadata/preservation/PREMIS.xml"));
    for name in [
        "metadata/descriptive/EAD.xml",
        "metadata/preservation/PREMIS.xml",
        "representations/rep1/METS.xml",
        "representations/rep2/METS.xml",
        "schemas/records.schema.json",
    ] {
        assert!(root.contains(&hash(name)) && root.contains(&format!("xlink:href=\"{name}\"")), "{name}");
    }
    for name in ["data/a.pdf", "metadata/descriptive/EAD_doc_File1.xml"] {
        assert!(
            own.contains(&hash(&format!("representations/rep1/{name}")))
                && own.contains(&format!("xlink:href=\"{name}\"")),
            "{name}"
        );
    }
    assert!(premis.contains("representations/rep1/data/a.pdf") && premis.contains("sha256:cd"));
}

#[test]
fn what_is_not_placed_leaves_nothing_and_odd_names_are_refused() {
    let dir = tempfile::tempdir().expect("folder");
    let mut package = Package::create(dir.path(), about()).expect("started");
    package.representation("PDF");
    for name in ["", "a/b.pdf", "..", "số.pdf"] {
        assert!(package.document(name, "application/pdf", b"").is_err(), "{name}");
    }
    package.document("a.pdf", "application/pdf", b"").expect("written");
    assert!(package.document("a.pdf", "application/pdf", b"").is_err(), "two of one name");
    drop(package);
    let away = About { id: "urn:../x".into(), ..about() };
    assert!(Package::create(dir.path(), away).is_err(), "an id that leads elsewhere");
    assert_eq!(fs::read_dir(dir.path()).expect("folder").count(), 0);
}

#[test]
fn the_same_words_have_the_same_uuid() {
    assert_eq!(uuid("a"), uuid("a"));
    assert_ne!(uuid("a"), uuid("b"));
    let uuid = uuid("a");
    assert_eq!((uuid.len(), uuid.as_bytes()[14]), (36, b'8'));
}
