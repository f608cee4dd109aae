//! The station's own words, Vietnamese first.

use crate::domain::{Absence, Reason, Register, SlotKind, Value};
use crate::store::Role;

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

/// A register.
#[must_use]
pub fn register(register: Register, language: Language) -> &'static str {
    let (vi, en) = match register {
        Register::Ks => ("khai sinh", "births"),
        Register::Kh => ("kết hôn", "marriages"),
        Register::Kt => ("khai tử", "deaths"),
        Register::Cmc => ("nhận cha, mẹ, con", "recognitions"),
        Register::Hn => ("tình trạng hôn nhân", "marital status"),
    };
    language.pick(vi, en)
}

/// A group of reasons, as the filter names it.
#[must_use]
pub fn reason_group(id: &str, language: Language) -> String {
    let (vi, en) = match id {
        "low-confidence" => ("đọc chưa chắc", "unsure reading"),
        "required-blank" => ("bắt buộc mà để trống", "required but blank"),
        "illegible" => ("không đọc được", "illegible"),
        "struck-out" => ("bị gạch", "struck out"),
        "not-in-form" => ("không đúng dạng", "not in its form"),
        "check" => ("kiểm tra", "check"),
        other => return other.replacen("rule:", language.pick("quy tắc: ", "rule: "), 1),
    };
    language.pick(vi, en).to_owned()
}

/// One reason in words; findings speak for themselves and are not repeated here.
#[must_use]
pub fn reason(reason: &Reason, of: SlotKind, confidence: f32, language: Language) -> Option<String> {
    Some(match reason {
        Reason::LowConfidence { threshold } => {
            let (is, needs) = (language.share(confidence), language.share(threshold.get()));
            let kind = kind(of, language);
            match language {
                Language::Vietnamese => format!("Đọc chưa chắc: {kind} {is} < {needs}."),
                Language::English => format!("Unsure reading: {kind} {is} < {needs}."),
            }
        }
        Reason::RequiredBlank => {
            language.pick("Trường bắt buộc mà không thấy chữ.", "Required, but no writing was found.").to_owned()
        }
        Reason::Illegible => {
            language.pick("Có nét mực nhưng máy không đọc được.", "There is ink, but no reading.").to_owned()
        }
        Reason::StruckOut => language.pick("Chữ bị gạch bỏ.", "The writing is struck out.").to_owned(),
        Reason::NotInForm => {
            let kind = kind(of, language);
            match language {
                Language::Vietnamese => format!("Đọc được nhưng không đúng dạng của {kind}."),
                Language::English => format!("Read, but not in the form of a {kind}."),
            }
        }
        Reason::Finding { .. } => return None,
    })
}

/// A value that a person decided: the four kinds of nothing look different.
#[must_use]
pub fn decided(value: &Value, language: Language) -> String {
    let Value::Nothing { absence } = value else { return value.text() };
    let (vi, en) = match absence {
        Absence::Blank => ("(để trống)", "(blank)"),
        Absence::Illegible => ("(không đọc được)", "(illegible)"),
        Absence::StruckOut => ("(bị gạch)", "(struck out)"),
        Absence::StatedUnknown => ("(ghi là không rõ)", "(stated unknown)"),
    };
    language.pick(vi, en).to_owned()
}

/// A role.
#[must_use]
pub fn role(role: Role, language: Language) -> &'static str {
    let (vi, en) = match role {
        Role::Operator => ("nhập liệu", "operator"),
        Role::SecondKey => ("nhập lần hai", "second key"),
        Role::Officer => ("công chức hộ tịch", "officer"),
        Role::Administrator => ("quản trị", "administrator"),
    };
    language.pick(vi, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Confidence;

    #[test]
    fn a_reason_tells_value_and_threshold_and_never_rounds_up_to_it() {
        let low = Reason::LowConfidence { threshold: Confidence::new(0.98) };
        let told = reason(&low, SlotKind::Date, 0.979_9, Language::Vietnamese).expect("words");
        assert_eq!(told, "Đọc chưa chắc: ngày tháng 0,97 < 0,98.");
        let told = reason(&low, SlotKind::Date, 0.5, Language::English).expect("words");
        assert_eq!(told, "Unsure reading: date 0.50 < 0.98.");
    }
}
