//! Writes a small package to try on other programs: `sample FOLDER`.

use std::path::Path;

use sohoa_aip::Program;
use sohoa_aip::ead::{Description, Level};
use sohoa_aip::package::{About, Package, Piece, uuid};
use sohoa_aip::premis::Event;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("FOLDER"))?;
    let created = "2026-02-03T07:00:00+07:00";
    let day = || ["2008-01-15".to_owned(), "2008-12-30".to_owned()];
    let book = Description {
        code: "KS.2008.01".into(),
        title: "Sổ đăng ký khai sinh – quyển số 01/2008".into(),
        keeper: "UBND xã".into(),
        days: day(),
        fields: vec![("totalDoc", "1".into())],
        ..Description::default()
    };
    let event = Event {
        kind: "ingestion",
        at: created.into(),
        outcome: "success",
        note: "Lập gói lưu trữ".into(),
        person: Some("hoa".into()),
    };
    let mut package = Package::create(
        Path::new(&folder),
        About {
            id: format!("urn:uuid:{}", uuid("KS/2008/01")),
            fonds: Some("H01".into()),
            created: created.into(),
            events: vec![event],
            program: Program { name: "sohoa", version: "0.1.0" },
        },
    )?;
    package.schema("rows.schema.json", "application/json", b"{}")?;
    package.document("report.pdf", "application/pdf", b"%PDF-1.7")?;
    let pdf = package.representation("PDF/A-2b");
    let case =
        Description { level: Level::Item, code: "a".into(), title: "Số 01".into(), days: day(), ..book.clone() };
    let piece = |name, media, bytes| Piece { name, media, bytes, source: "sha256:00" };
    package.data(pdf, &piece("a.pdf", "application/pdf", b"%PDF-1.7".as_slice()), Some(&case))?;
    let text = package.representation("ALTO");
    package.data(text, &piece("a.alto.xml", "text/xml", b"<alto/>".as_slice()), None)?;
    package.place(&book).map(|_| ())
}
