//! Vietnamese text from before Unicode: TCVN3 ("ABC" fonts) and VNI, as programs show it when they take it for Latin-1.

use unicode_normalization::UnicodeNormalization;

/// A way of writing Vietnamese before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// One byte a letter; fonts whose names begin with ".Vn".
    Tcvn3,
    /// A letter and its mark as two bytes; fonts whose names begin with "VNI-".
    Vni,
}

/// TCVN3: each pair of characters is what is seen and what is meant.
const TCVN3: &str = "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©âªê«ô¬ơ\u{ad}ư®đµà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞị\
    ßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụõừöửøứ÷ữùựúỳûỷüỹýýþỵ";

/// VNI: base letters, and what a mark behind them makes of them.
const VNI_A: &str = "ùáøàûảõãïạââáấàầåẩãẫäậêăéắèằúẳüẵëặ";
const VNI_E: &str = "ùéøèûẻõẽïẹâêáếàềåểãễäệ";
const VNI_O: &str = "ùóøòûỏõõïọâôáốàồåổãỗäộ";
const VNI_HORN_O: &str = "ùớøờûởõỡïợ";
const VNI_U: &str = "ùúøùûủõũïụ";
const VNI_HORN_U: &str = "ùứøừûửõữïự";
const VNI_Y: &str = "ùýøỳûỷõỹ";
/// VNI letters that stand alone.
const VNI_ALONE: &str = "ñđôơöưæỉóĩòịîỵ";

/// Composed Unicode.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

fn pair(table: &str, seen: char) -> Option<char> {
    let mut chars = table.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == seen {
            return Some(to);
        }
    }
    None
}

fn vni_table(base: char) -> &'static str {
    match base {
        'a' => VNI_A,
        'e' => VNI_E,
        'o' => VNI_O,
        'ô' => VNI_HORN_O,
        'u' => VNI_U,
        'ö' => VNI_HORN_U,
        'y' => VNI_Y,
        _ => "",
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// In the case of its model.
fn cased(letter: char, model: char) -> char {
    if model.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}

/// The old way that a sheet's texts are written in; `None` for Unicode and for text that tells nothing.
pub fn detect<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Legacy> {
    let (mut tcvn3, mut vni) = (0_usize, 0_usize);
    for text in texts {
        // letters that only Unicode has: nobody mixes the two in one table
        if text.chars().any(|c| matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ơ' | 'Ư' | '\u{1ea0}'..='\u{1ef9}'))
        {
            return None;
        }
        // signs that are no letters in Latin-1 but stand inside words
        tcvn3 += text.chars().filter(|c| matches!(c, '¡'..='¾' | '×' | '÷') && *c != '°').count();
        let chars: Vec<char> = text.chars().map(lower).collect();
        vni += chars.windows(2).filter(|w| pair(vni_table(w[0]), w[1]).is_some()).count();
        vni += chars.iter().filter(|c| matches!(c, 'ñ' | 'ö')).count();
    }
    match (tcvn3, vni) {
        (0, 0) => None,
        (t, v) if t >= v => Some(Legacy::Tcvn3),
        // two marks may stand together in French words, hardly three
        (_, v) => (v >= 3).then_some(Legacy::Vni),
    }
}

/// The text in Unicode.
#[must_use]
pub fn convert(text: &str, from: Legacy) -> String {
    match from {
        Legacy::Tcvn3 => text.chars().map(|c| pair(TCVN3, c).unwrap_or(c)).collect(),
        Legacy::Vni => from_vni(text),
    }
}

fn from_vni(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while let Some(&base) = chars.get(at) {
        let marked = chars.get(at + 1).and_then(|mark| pair(vni_table(lower(base)), lower(*mark)));
        if let Some(letter) = marked {
            out.push(cased(letter, base));
            at += 2;
        } else {
            out.push(pair(VNI_ALONE, lower(base)).map_or(base, |letter| cased(letter, base)));
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tcvn3_becomes_unicode() {
        let text = "NguyÔn V¨n Hïng, x· Phó Léc, tØnh B×nh §Þnh, ngµy s¸u th¸ng t\u{ad}";
        assert_eq!(detect([text].into_iter()), Some(Legacy::Tcvn3));
        assert_eq!(convert(text, Legacy::Tcvn3), "Nguyễn Văn Hùng, xã Phú Lộc, tỉnh Bình Định, ngày sáu tháng tư");
    }

    #[test]
    fn vni_becomes_unicode_in_its_case() {
        let text = "Nguyeãn Vaên Huøng, NGUYEÃN THÒ ÑAØO, xaõ Phuù Loäc, tænh Bình Ñònh, Löông, Trôøi";
        assert_eq!(detect([text].into_iter()), Some(Legacy::Vni));
        let expected = "Nguyễn Văn Hùng, NGUYỄN THỊ ĐÀO, xã Phú Lộc, tỉnh Bình Định, Lương, Trời";
        assert_eq!(convert(text, Legacy::Vni), expected);
    }

    #[test]
    fn unicode_and_plain_text_are_left_alone() {
        for text in ["Nguyễn Văn Hùng", "Le Van A", "Hoà Bình", "Trà Cú", "", "Bà Rịa", "20 °C"] {
            assert_eq!(detect([text].into_iter()), None, "{text}");
        }
        // one word in Unicode speaks for the whole table
        assert_eq!(detect(["NguyÔn", "Đặng"].into_iter()), None);
    }

    #[test]
    fn every_letter_of_tcvn3_is_in_the_table_once() {
        let seen: Vec<char> = TCVN3.chars().step_by(2).collect();
        let once: std::collections::BTreeSet<char> = seen.iter().copied().collect();
        assert_eq!((TCVN3.chars().count() % 2, seen.len()), (0, once.len()));
    }
}
