//! The station's own words, Vietnamese first.

use crate::domain::{Absence, Reason, Register, SlotKind, Value};
pub use crate::outputs::words::{Language, kind, reason_group, rule};
use crate::store::Role;

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
        Reason::Corrected => language
            .pick(
                "Có chữ bị gạch và sửa: xem chữ nào còn giá trị.",
                "Part of the writing is struck out: see what stands.",
            )
            .to_owned(),
        Reason::RunsOver => language
            .pick(
                "Chữ viết chạm hết chỗ: xem phần cuối có nằm sang ô bên cạnh không.",
                "The writing reaches the end of its place: see whether it goes on in the next one.",
            )
            .to_owned(),
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

/// What the importer said of a delivered entry.
#[must_use]
pub fn returned(said: &str, language: Language) -> String {
    match (said, language) {
        ("", Language::Vietnamese) => "Cơ sở dữ liệu trả lại, không nêu lý do.".to_owned(),
        ("", Language::English) => "Sent back by the importer without a reason.".to_owned(),
        (_, Language::Vietnamese) => format!("Cơ sở dữ liệu trả lại: {said}"),
        (_, Language::English) => format!("Sent back by the importer: {said}"),
    }
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
