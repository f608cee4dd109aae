//! Writing PEM; reading it is rustls' own.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LINE: usize = 64;

/// Bytes under a label.
pub(crate) fn pem(label: &str, bytes: &[u8]) -> String {
    let text = base64(bytes);
    let mut out = format!("-----BEGIN {label}-----\n");
    for start in (0..text.len()).step_by(LINE) {
        out.push_str(&text[start..text.len().min(start + LINE)]);
        out.push('\n');
    }
    out.push_str(&format!("-----END {label}-----\n"));
    out
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]);
            out.push(if at <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_filled_up_to_four_letters() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn lines_are_64_letters_long() {
        let lines: Vec<String> = pem("X", &[0; 49]).lines().map(str::to_owned).collect();
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [17, 64, 4, 15]);
    }
}
