//! Ids as people read them, Vietnamese first; files for programs keep the ids.

use crate::domain::SlotKind;

/// Language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// As the cookie and `lang` say it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// From the cookie; Vietnamese for anything else.
    #[must_use]
    pub fn from_code(code: Option<&str>) -> Self {
        if code == Some("en") { Self::English } else { Self::Vietnamese }
    }

    /// The one of two texts.
    #[must_use]
    pub fn pick<'a>(self, vietnamese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }

    /// A share with the language's comma, two digits.
    #[must_use]
    pub fn share(self, share: f32) -> String {
        // rounded down: 0.979 must not read as "0.98 < 0.98"
        let text = format!("{:.2}", (share * 100.0).floor() / 100.0);
        match self {
            Self::Vietnamese => text.replace('.', ","),
            Self::English => text,
        }
    }
}

/// A kind of field.
#[must_use]
pub fn kind(kind: SlotKind, language: Language) -> &'static str {
    let (vi, en) = match kind {
        SlotKind::PageNumber => ("trang số", "page number"),
        SlotKind::RegisterNumber => ("số đăng ký", "register number"),
        SlotKind::PersonName => ("họ tên", "name"),
        SlotKind::Sex => ("giới tính", "sex"),
        SlotKind::Date => ("ngày tháng", "date"),
        SlotKind::DateWords => ("ngày bằng chữ", "date in words"),
        SlotKind::TimeOfDeath => ("giờ chết", "time of death"),
        SlotKind::EthnicGroup => ("dân tộc", "ethnic group"),
        SlotKind::Country => ("quốc tịch", "nationality"),
        SlotKind::Place => ("địa danh", "place"),
        SlotKind::IdNumber => ("số giấy tờ", "ID number"),
        SlotKind::Relation => ("quan hệ", "relation"),
        SlotKind::Signer => ("người ký", "signer"),
        SlotKind::Signature => ("chữ ký", "signature"),
        SlotKind::MaritalStatus => ("tình trạng hôn nhân", "marital status"),
        SlotKind::Purpose => ("mục đích", "purpose"),
        SlotKind::CauseOfDeath => ("nguyên nhân chết", "cause of death"),
        SlotKind::DeathNotice => ("giấy báo tử", "death notice"),
        SlotKind::DecisionNumber => ("quyết định số", "decision number"),
        SlotKind::RegisterType => ("loại đăng ký", "kind of registration"),
        SlotKind::Ordinal => ("lần thứ", "ordinal"),
        SlotKind::MarginNote => ("ghi chú lề", "margin note"),
        SlotKind::FreeText => ("chữ khác", "other text"),
    };
    language.pick(vi, en)
}

/// A group of reasons, as the filter names it.
#[must_use]
pub fn reason_group(id: &str, language: Language) -> String {
    match group(id) {
        Some((vi, en)) => language.pick(vi, en).to_owned(),
        None => match id.strip_prefix("rule:") {
            Some(id) => format!("{}{}", language.pick("quy tắc: ", "rule: "), rule(id, language)),
            None => id.to_owned(),
        },
    }
}

/// What a rule is about; an id without a name stays as it is.
#[must_use]
pub fn rule(id: &str, language: Language) -> &str {
    let named = |line: &'static str| {
        let mut cells = line.split('\t');
        (cells.next() == Some(id)).then(|| (cells.next().unwrap_or_default(), cells.next().unwrap_or_default()))
    };
    let found = include_str!("../../lists/rule_names.tsv").lines().skip(1).find_map(named);
    found.map_or(id, |(vi, en)| language.pick(vi, en))
}

fn group(id: &str) -> Option<(&'static str, &'static str)> {
    Some(match id {
        "low-confidence" => ("đọc chưa chắc", "unsure reading"),
        "required-blank" => ("bắt buộc mà để trống", "required but blank"),
        "illegible" => ("không đọc được", "illegible"),
        "corrected" => ("có gạch sửa", "corrected"),
        "runs-over" => ("chữ tràn khỏi chỗ", "runs over"),
        "struck-out" => ("bị gạch", "struck out"),
        "not-in-form" => ("không đúng dạng", "not in its form"),
        "returned" => ("cơ sở dữ liệu trả lại", "sent back by the importer"),
        "check" => ("kiểm tra", "check"),
        "brought-up" => ("nảy sinh do sửa", "brought up by a change"),
        _ => return None,
    })
}

/// What an id of a kind, reason, duplicate or remark is called in Vietnamese; an id without a name stays as it is.
#[must_use]
pub fn said(id: &str) -> &str {
    if let Ok(known) = serde_json::from_value::<SlotKind>(id.into()) {
        return kind(known, Language::Vietnamese);
    }
    if let Some((vietnamese, _)) = group(id) {
        return vietnamese;
    }
    match id {
        "same-file" => "cùng một tệp",
        "same-pixels" => "cùng một ảnh",
        "rescan" => "quét lại cùng một tờ",
        "same-act" => "cùng số đăng ký",
        "same-event" => "cùng sự kiện",
        "low-resolution" => "độ phân giải thấp",
        "soft" => "hơi mờ",
        "dim" => "tối",
        "cut-edge" => "mất mép",
        "layout-misfit" => "không khớp bố cục đã chọn",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Register;

    #[test]
    fn every_rule_has_a_name_in_both_languages() {
        for card in crate::stages::validate::cards() {
            let (vi, en) = (rule(card.id, Language::Vietnamese), rule(card.id, Language::English));
            assert!(vi != card.id && !en.is_empty() && vi != en, "{} in lists/rule_names.tsv", card.id);
        }
        assert_eq!(
            reason_group("rule:one-number-two-people", Language::Vietnamese),
            "quy tắc: hai người một số giấy tờ"
        );
        assert_eq!(rule("unheard-of", Language::English), "unheard-of");
    }
    use crate::outputs::queue::kind_id;

    #[test]
    fn a_known_id_has_its_name_and_an_unknown_one_stays() {
        assert_eq!(said("person-name"), "họ tên");
        assert_eq!(said("rule:number-missing"), "rule:number-missing");
    }

    #[test]
    fn every_reason_that_the_schema_knows_has_a_name() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../schemas/records.schema.json")).expect("json");
        let reasons =
            schema.pointer("/$defs/reason/properties/reason/enum").and_then(|r| r.as_array()).expect("reasons");
        assert!(reasons.len() > 5);
        for reason in reasons.iter().filter_map(|r| r.as_str()).filter(|r| *r != "finding") {
            assert_ne!(reason_group(reason, Language::Vietnamese), reason);
        }
    }

    #[test]
    fn every_kind_of_every_layout_has_a_name() {
        let layouts =
            crate::forms::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("forms")).expect("forms");
        let kinds: std::collections::BTreeSet<SlotKind> =
            layouts.iter().flat_map(|l| l.slots.iter().map(|s| s.kind)).collect();
        assert!(kinds.len() > 15 && layouts.iter().any(|l| l.register == Register::Kt));
        for kind in kinds {
            let id = kind_id(kind);
            assert_ne!(said(&id), id);
        }
    }
}
