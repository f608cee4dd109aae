use super::slot::{SlotEvidence, fields_of};
use super::*;
use crate::domain::{Confidence, DatePrecision, Ink, LinePart, Reading, Register, SlotKind};
use crate::forms::Slot;

pub(super) const CONFIG: Config =
    Config { dates: DateLimits { first_year: 1850, last_year: 2030, short_years_from: 1926 } };

fn slot(kind: SlotKind, fields: &[&str]) -> Slot {
    let fields = fields.iter().map(|f| (*f).to_owned()).collect();
    Slot { key: "slot".into(), kind, fields, required: true, parts: vec![LinePart::Whole] }
}

pub(super) fn evidence(ink: Ink, text: Option<&str>) -> SlotEvidence {
    let reading = text.map(|text| Reading {
        text: text.to_owned(),
        chars: Vec::new(),
        confidence: Confidence::new(0.9),
        parts: Vec::new(),
        unconstrained: text.to_owned(),
        alternatives: Vec::new(),
        reader: "replay".into(),
    });
    SlotEvidence { ink, reading, place: Vec::new() }
}

fn read(kind: SlotKind, fields: &[&str], text: &str) -> Vec<Field> {
    fields_of(&slot(kind, fields), Register::Kt, &evidence(Ink::Written, Some(text)), &CONFIG)
}

fn texts(kind: SlotKind, fields: &[&str], text: &str) -> Vec<String> {
    read(kind, fields, text).iter().map(|f| f.value.text()).collect()
}

fn absence(field: &Field) -> Option<Absence> {
    match field.value {
        Value::Nothing { absence } => Some(absence),
        _ => None,
    }
}

#[test]
fn four_kinds_of_nothing_stay_apart() {
    let name = slot(SlotKind::PersonName, &["nksHoTen"]);
    let of = |ink, text| absence(&fields_of(&name, Register::Ks, &evidence(ink, text), &CONFIG)[0]);
    assert_eq!(of(Ink::Blank, None), Some(Absence::Blank));
    assert_eq!(of(Ink::Illegible, None), Some(Absence::Illegible));
    assert_eq!(of(Ink::StruckOut, None), Some(Absence::StruckOut));
    assert_eq!(of(Ink::Written, Some("không rõ")), Some(Absence::StatedUnknown));
    assert_eq!(of(Ink::Written, Some("Lê Văn An")), None);
}

#[test]
fn ink_without_text_is_illegible_and_never_blank() {
    let name = slot(SlotKind::PersonName, &["nksHoTen"]);
    for text in [None, Some(""), Some("  ")] {
        let field = &fields_of(&name, Register::Ks, &evidence(Ink::Written, text), &CONFIG)[0];
        assert_eq!((absence(field), field.confidence), (Some(Absence::Illegible), Confidence::NONE));
    }
}

#[test]
fn a_signer_feeds_name_and_title() {
    let keys = ["nguoiKy", "chucVuNguoiKy"];
    assert_eq!(texts(SlotKind::Signer, &keys, "Lê Văn Ba - P.CT"), ["Lê Văn Ba", "Phó Chủ tịch"]);
    let fields = read(SlotKind::Signer, &keys, "Lê Văn Ba");
    assert_eq!(absence(&fields[1]), Some(Absence::Blank));
    assert_eq!((fields[0].required, fields[1].required), (true, false));
}

#[test]
fn a_time_of_death_feeds_time_and_date() {
    let keys = ["nktGioPhutChet", "nktNgayChet"];
    assert_eq!(texts(SlotKind::TimeOfDeath, &keys, "17 h 30, 25/6/2013"), ["17:30", "25.06.2013"]);
    let fields = read(SlotKind::TimeOfDeath, &keys, "17 h 30, 31/6/2013");
    assert!(matches!(fields[1].value, Value::Unparsed { .. }));
    assert_eq!((fields[1].kind, fields[1].required, fields[0].required), (SlotKind::Date, true, false));
}

#[test]
fn what_does_not_fit_the_kind_is_kept_as_read() {
    for (kind, text) in [
        (SlotKind::Date, "31/4/2010"),
        (SlotKind::EthnicGroup, "Mán"),
        (SlotKind::Country, "Atlantis"),
        (SlotKind::IdNumber, "32012345"),
        (SlotKind::PageNumber, "l2"),
        (SlotKind::DateWords, "ngày một"),
        (SlotKind::PersonName, "12/3"),
    ] {
        let field = &read(kind, &["k"], text)[0];
        assert_eq!(
            (&field.value, field.as_written.as_str()),
            (&Value::Unparsed { text: text.into() }, text),
            "{kind:?}"
        );
    }
}

#[test]
fn lists_give_their_own_spelling_and_the_page_keeps_its_own() {
    let field = &read(SlotKind::EthnicGroup, &["nksDanToc"], "Mèo")[0];
    assert_eq!((field.value.text(), field.as_written.as_str()), ("Mông".into(), "Mèo"));
    assert_eq!(texts(SlotKind::EthnicGroup, &["d"], "Thổ"), ["Thổ"]);
    assert_eq!(texts(SlotKind::Sex, &["s"], "không xác định"), ["Không xác định"]);
    assert_eq!(texts(SlotKind::Relation, &["r"], "cháu gọi bằng cô"), ["cháu gọi bằng cô"]);
}

#[test]
fn a_place_keeps_the_text_and_names_its_unit_beside_it() {
    let field = &read(SlotKind::Place, &["p"], "Ấp 2, xã Phú Long, H. Bình Đại")[0];
    let Value::Place { text, unit } = &field.value else { panic!("{field:?}") };
    assert_eq!(text, "Ấp 2, xã Phú Long, H. Bình Đại");
    assert_eq!(unit.as_ref().map(|u| u.path.as_str()), Some("Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"));
}

#[test]
fn an_age_is_no_year() {
    let field = &read(SlotKind::Date, &["d"], "25T")[0];
    let Value::Date { date, text } = &field.value else { panic!("{field:?}") };
    assert_eq!((date.precision, date.year, text.as_str()), (DatePrecision::Age, None, "25T"));
}

#[test]
fn a_register_type_gives_its_code_and_the_rest_is_the_note() {
    let keys = ["loaiDangKy", "ghiChu"];
    assert_eq!(texts(SlotKind::RegisterType, &keys, "Đăng ký quá hạn"), ["4", ""]);
    assert_eq!(texts(SlotKind::RegisterType, &keys, "Đúng hạn. Vợ đã chết"), ["1", "Vợ đã chết"]);
    assert_eq!(texts(SlotKind::RegisterType, &keys, "Cải chính ngày sinh"), ["", "Cải chính ngày sinh"]);
}

#[test]
fn a_death_notice_gives_number_kind_and_issuer() {
    let keys = ["gbtSo", "gbtLoai", "gbtCoQuanCap"];
    let text = "Giấy báo tử số 12/GBT do BV Nguyễn Đình Chiểu";
    assert_eq!(texts(SlotKind::DeathNotice, &keys, text), ["12/GBT", "1", "BV Nguyễn Đình Chiểu"]);
    let text = "Số 20 - Biên bản xác nhận việc chết Trạm y tế xã";
    assert_eq!(texts(SlotKind::DeathNotice, &keys, text), ["20", "6", "Trạm y tế xã"]);
    let text = "Giấy báo tử số 7, Ban ấp";
    assert_eq!(texts(SlotKind::DeathNotice, &keys, text), ["7", "1", "Ban ấp"]);
    assert_eq!(texts(SlotKind::DeathNotice, &keys, "chết tại nhà"), ["chết tại nhà", "", ""]);
}

#[test]
fn notes_from_two_slots_are_both_kept() {
    let mut first = read(SlotKind::FreeText, &["ghiChu"], "Đăng ký lại").remove(0);
    let second = read(SlotKind::MarginNote, &["ghiChu"], "Ly hôn 2015").remove(0);
    join(&mut first, second);
    assert_eq!(first.value.text(), "Đăng ký lại; Ly hôn 2015");
}

#[test]
fn a_part_is_as_sure_as_the_reader_says_of_it_or_else_as_the_whole() {
    let keys = ["nguoiKy", "chucVuNguoiKy"];
    let mut seen = evidence(Ink::Written, Some("Lê Văn Ba - Chủ tịch"));
    let sure = |seen: &SlotEvidence| {
        let fields = fields_of(&slot(SlotKind::Signer, &keys), Register::Ks, seen, &CONFIG);
        [fields[0].confidence.get(), fields[1].confidence.get()]
    };
    assert_eq!(sure(&seen), [0.9, 0.9]);
    seen.reading.as_mut().expect("read").parts = [0.6, 0.99].map(Confidence::new).to_vec();
    assert_eq!(sure(&seen), [0.6, 0.99]);
}
