//! Changes outside the queue: who may make them once a book is confirmed, and what they bring up.

use super::{Station, Visit, Work};
use crate::review::words::Language;
use crate::store::Role;

/// Longer reasons are letters.
pub(super) const LONGEST_NOTE: usize = 500;

/// Why a change is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Objection {
    /// The book is confirmed and no reason was given, or the reason is a letter.
    Reason,
    /// The book is confirmed: operators leave it alone.
    Role,
}

impl Objection {
    /// As addresses say it.
    pub(super) fn said(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Role => "role",
        }
    }
}

impl Station {
    /// The reason given for a change outside the queue, if this person may make it.
    pub(super) fn leave_for(&self, visit: &Visit<'_>, work: &Work, book: &str) -> Result<String, Objection> {
        if work.desk.is_confirmed(book) && visit.frame.role == Role::Operator {
            return Err(Objection::Role);
        }
        self.reason_for(visit, work, book)
    }

    /// The reason given for a change; a confirmed book needs one.
    pub(super) fn reason_for(&self, visit: &Visit<'_>, work: &Work, book: &str) -> Result<String, Objection> {
        let reason = crate::domain::text::normalise(visit.request.form.get("note"));
        let missing = reason.is_empty() && work.desk.is_confirmed(book);
        if missing || reason.chars().count() > LONGEST_NOTE { Err(Objection::Reason) } else { Ok(reason) }
    }
}

/// What a page says after a change was made or refused.
pub(super) fn said_in_words(said: &str, l: Language) -> &'static str {
    match said {
        "kept" => l.pick("Đã ghi.", "Kept."),
        "overtaken" => l.pick(
            "Người khác vừa thay đổi; thay đổi của bạn không được ghi.",
            "Another person has just changed it; your change was not kept.",
        ),
        "reason" => l.pick(
            "Quyển này đã được xác nhận: phải ghi lý do (tối đa 500 chữ).",
            "This book is confirmed: a change needs a reason (500 letters at most).",
        ),
        "role" => l.pick(
            "Quyển này đã được xác nhận: chỉ người nhập lần hai hoặc công chức được sửa.",
            "This book is confirmed: only a second key or an officer may change it.",
        ),
        "waiting" => {
            l.pick("Trường này đang chờ quyết định trong hàng đợi.", "This field waits for a decision in the queue.")
        }
        "confirmed" => l.pick(
            "Quyển này đã được xác nhận: hãy sửa ở trang trường hợp, kèm lý do.",
            "This book is confirmed: change the field in its entry, with a reason.",
        ),
        "undone" => l.pick("Đã hoàn tác.", "Taken back."),
        "nothing-to-undo" => l.pick("Không có gì để hoàn tác.", "Nothing to take back."),
        "findings" => l.pick("Đã ghi; giá trị mới làm nảy sinh điều bất thường:", "Kept; the new value brings up:"),
        "raised" => l.pick(
            "Đã ghi; giá trị mới làm nảy sinh điều bất thường, các trường liên quan đã vào hàng đợi cho người thứ hai:",
            "Kept; the new value brings up what follows, and the fields wait for a second person:",
        ),
        "split" => l.pick(
            "Đã thêm một trường hợp trên trang này; các trường của nó đã vào hàng đợi.",
            "One more entry on this page; its fields are queued.",
        ),
        "layout" => l.pick("Đã ghi bố cục của trang.", "The page's layout is kept."),
        "part" => l.pick(
            "Chỉ ghép được vào trường hợp cùng loại sổ, chưa ghép vào trường hợp khác.",
            "An entry joins one of the same register that is itself no part and has no mark.",
        ),
        "reread" => l.pick(
            "Trang đang chờ đọc lại theo bố cục khác: hãy sửa sau lần đọc ấy.",
            "The page waits to be read as another layout: change it after that.",
        ),
        "text" => l.pick("Phải gõ chữ, hoặc chọn một kiểu không có chữ.", "Type a text, or choose a kind of nothing."),
        "other" => l.pick("Không có trường hợp nào mang mã ấy.", "There is no entry of that name."),
        _ => "",
    }
}
