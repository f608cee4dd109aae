//! Closed and half-closed lists: sex, ethnic group, country, relation, register type, marital status, cause of death, purpose.

use super::grammar::{Builder, NodeId};
use super::words::cased;
use crate::domain::SlotKind;
use crate::lists::{self, ClosedList};

const MARITAL: [&str; 12] = [
    "chưa đăng ký kết hôn với ai",
    "chưa đăng ký kết hôn",
    "chưa đăng ký kết hôn với ai tại địa phương",
    "hiện tại chưa đăng ký kết hôn với ai",
    "chưa kết hôn",
    "chưa kết hôn với ai",
    "độc thân",
    "đã ly hôn",
    "đã ly hôn, hiện tại chưa đăng ký kết hôn với ai",
    "đã ly hôn, hiện chưa đăng ký kết hôn với ai",
    "có vợ đã chết",
    "có chồng đã chết",
];
const CAUSES: [&str; 26] = [
    "bệnh",
    "già yếu",
    "bệnh già",
    "tuổi già",
    "già",
    "già bệnh",
    "bệnh tuổi già",
    "già yếu bệnh",
    "tai nạn giao thông",
    "TNGT",
    "tai nạn",
    "chết đuối",
    "đuối nước",
    "ung thư",
    "bệnh ung thư",
    "ung thư gan",
    "ung thư phổi",
    "tai biến mạch máu não",
    "tai biến",
    "bệnh tim",
    "bệnh tim mạch",
    "cao huyết áp",
    "nhồi máu cơ tim",
    "suy tim",
    "đột tử",
    "tự tử",
];

const PURPOSES: [&str; 22] = [
    "kết hôn",
    "đăng ký kết hôn",
    "để đăng ký kết hôn",
    "làm thủ tục kết hôn",
    "làm thủ tục đăng ký kết hôn",
    "kết hôn với người nước ngoài",
    "vay vốn",
    "vay vốn ngân hàng",
    "thế chấp vay vốn",
    "bổ túc hồ sơ",
    "bổ sung hồ sơ",
    "bổ sung lý lịch",
    "mua bán nhà đất",
    "mua bán tài sản",
    "chuyển nhượng quyền sử dụng đất",
    "hợp thức hóa nhà đất",
    "thừa kế tài sản",
    "nhận con nuôi",
    "xin việc làm",
    "đi lao động nước ngoài",
    "làm hồ sơ xuất cảnh",
    "khai sinh cho con",
];

/// Every spelling of a closed list, in every case; nothing for other kinds.
pub(super) fn members(kind: SlotKind) -> Vec<String> {
    let cased = |texts: Vec<&str>| texts.into_iter().flat_map(|t| cased(t, 1.0)).map(|(text, _)| text).collect();
    let spellings = |list: &'static ClosedList| cased(list.spellings().map(|(s, _)| s).collect());
    match kind {
        SlotKind::MaritalStatus => cased(MARITAL.to_vec()),
        SlotKind::CauseOfDeath => cased(CAUSES.to_vec()),
        SlotKind::Purpose => cased(PURPOSES.to_vec()),
        _ => lists::of_kind(kind).map_or_else(Vec::new, spellings),
    }
}

/// How likely a member is before looking; everything else shares what is left.
pub(super) fn closed(b: &mut Builder, from: NodeId, to: NodeId, list: &ClosedList, frequent: &[(&str, f32)]) {
    let usual = |text: &str| frequent.iter().find(|f| f.0 == text).map_or(1.0, |f| f.1);
    // another spelling is rarer than the list's own
    let forms: Vec<(&str, f32)> =
        list.spellings().map(|(s, m)| (s, usual(m.text) * if s == m.text { 1.0 } else { 0.15 })).collect();
    b.words(from, to, &forms);
}

/// Giới tính.
pub(super) fn sex(b: &mut Builder, from: NodeId, to: NodeId) {
    closed(b, from, to, lists::sexes(), &[("Nam", 50.0), ("Nữ", 50.0)]);
}

/// Dân tộc: six of seven people are Kinh.
pub(super) fn ethnic_group(b: &mut Builder, from: NodeId, to: NodeId) {
    let large =
        [("Tày", 4.0), ("Thái", 4.0), ("Mường", 4.0), ("Khơ Me", 4.0), ("Hoa", 3.0), ("Nùng", 3.0), ("Mông", 3.0)];
    let frequent: Vec<(&str, f32)> = std::iter::once(("Kinh", 300.0)).chain(large).collect();
    closed(b, from, to, lists::ethnic_groups(), &frequent);
}

/// Quốc tịch: nearly always Việt Nam.
pub(super) fn country(b: &mut Builder, from: NodeId, to: NodeId) {
    closed(b, from, to, lists::countries(), &[("Việt Nam", 4000.0)]);
}

/// Quan hệ.
pub(super) fn relation(b: &mut Builder, from: NodeId, to: NodeId) {
    closed(
        b,
        from,
        to,
        lists::relations(),
        &[
            ("Cha", 40.0),
            ("Mẹ", 40.0),
            ("Con", 8.0),
            ("Ông nội", 4.0),
            ("Bà nội", 6.0),
            ("Ông ngoại", 4.0),
            ("Bà ngoại", 6.0),
            ("Tự khai", 10.0),
        ],
    );
}

/// Loại đăng ký.
pub(super) fn register_type(b: &mut Builder, from: NodeId, to: NodeId) {
    closed(b, from, to, lists::register_types(), &[]);
}

/// Tình trạng hôn nhân: the usual sentences; more follows in free text.
pub(super) fn marital_status(b: &mut Builder, from: NodeId, to: NodeId) {
    b.words(from, to, &MARITAL.map(|m| (m, 1.0)));
}

/// Nguyên nhân chết.
pub(super) fn cause_of_death(b: &mut Builder, from: NodeId, to: NodeId) {
    b.words(from, to, &CAUSES.map(|c| (c, 1.0)));
}

/// Mục đích sử dụng: what people ask the certificate for.
pub(super) fn purpose(b: &mut Builder, from: NodeId, to: NodeId) {
    b.words(from, to, &PURPOSES.map(|p| (p, 1.0)));
}
