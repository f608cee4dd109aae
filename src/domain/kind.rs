//! What kind of thing a slot holds. Code matches on these, never on a field's name.

use serde::{Deserialize, Serialize};

/// The five registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Register {
    /// Khai sinh: births.
    Ks,
    /// Kết hôn: marriages.
    Kh,
    /// Khai tử: deaths.
    Kt,
    /// Nhận cha, mẹ, con: recognition of parent or child.
    Cmc,
    /// Xác nhận tình trạng hôn nhân: marital-status certificates.
    Hn,
}

impl Register {
    /// As file names write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ks => "KS",
            Self::Kh => "KH",
            Self::Kt => "KT",
            Self::Cmc => "CMC",
            Self::Hn => "HN",
        }
    }

    /// As its cover calls the book.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ks => "Sổ đăng ký khai sinh",
            Self::Kh => "Sổ đăng ký kết hôn",
            Self::Kt => "Sổ đăng ký khai tử",
            Self::Cmc => "Sổ đăng ký nhận cha, mẹ, con",
            Self::Hn => "Sổ cấp giấy xác nhận tình trạng hôn nhân",
        }
    }

    /// From a file name's part.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Ks, Self::Kh, Self::Kt, Self::Cmc, Self::Hn].into_iter().find(|r| r.code().eq_ignore_ascii_case(code))
    }
}

/// What is written in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotKind {
    /// "Trang số", printed in the 2010 books.
    PageNumber,
    /// "Số": the number of the act in its year.
    RegisterNumber,
    /// Họ, chữ đệm, tên.
    PersonName,
    /// Nam / Nữ.
    Sex,
    /// A date in digits, perhaps in parts around printed words.
    Date,
    /// A date in words.
    DateWords,
    /// Time and date of death in one slot.
    TimeOfDeath,
    /// Dân tộc.
    EthnicGroup,
    /// Quốc tịch.
    Country,
    /// A place, from hamlet to province, or a hospital.
    Place,
    /// CMND, CCCD, passport or what stands for it.
    IdNumber,
    /// Quan hệ.
    Relation,
    /// Name and title of who signed.
    Signer,
    /// A signature; kept as a picture, not read.
    Signature,
    /// Tình trạng hôn nhân.
    MaritalStatus,
    /// Mục đích sử dụng.
    Purpose,
    /// Nguyên nhân chết.
    CauseOfDeath,
    /// Giấy báo tử: number and issuer.
    DeathNotice,
    /// Quyết định số.
    DecisionNumber,
    /// Đúng hạn, quá hạn, đăng ký lại …
    RegisterType,
    /// Kết hôn lần thứ mấy.
    Ordinal,
    /// The margin: later changes.
    MarginNote,
    /// Anything else.
    FreeText,
}

/// Which part of a value stands on a writing line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinePart {
    /// All of it, or the next stretch of it.
    #[default]
    Whole,
    /// The day between printed "ngày" and "tháng".
    Day,
    /// The month between printed "tháng" and "năm".
    Month,
    /// The year after printed "năm".
    Year,
    /// The number between printed words.
    Number,
}
