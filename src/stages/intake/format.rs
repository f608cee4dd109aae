//! The type of a file by its first bytes.

use super::IntakeError;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Tiff,
    Jpeg2000,
    Pdf,
}

/// Mail programs and scanners put lines before a PDF's head; readers look this far.
const PDF_HEAD: usize = 1024;

impl Format {
    /// Tells the type by content: suffixes are wrong too often in real folders.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, IntakeError> {
        match bytes {
            [] => Err(IntakeError::Empty),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Self::Png),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Ok(Self::Tiff),
            [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => Ok(Self::Jpeg2000),
            _ if bytes[..bytes.len().min(PDF_HEAD)].windows(5).any(|w| w == b"%PDF-") => Ok(Self::Pdf),
            _ => Err(IntakeError::Foreign(looks_like(bytes).to_owned())),
        }
    }
}

/// A word for what a foreign file seems to be, so that the message helps.
fn looks_like(bytes: &[u8]) -> &'static str {
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => "it looks like a HEIC photo of a telephone",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "it looks like WebP",
        [b'G', b'I', b'F', b'8', ..] => "it looks like GIF",
        [b'B', b'M', ..] => "it looks like BMP",
        [b'P', b'K', 3, 4, ..] => "it looks like a ZIP or Office file",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "it looks like an old Office file",
        _ if bytes.iter().take(512).all(|b| *b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r')) => "it looks like text",
        _ => "its first bytes are of no known format",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(Format::of(b"\xff\xd8\xff\xe0").expect("known"), Format::Jpeg);
        assert_eq!(Format::of(b"II*\0").expect("known"), Format::Tiff);
        assert_eq!(Format::of(b"\r\n%PDF-1.4").expect("known"), Format::Pdf);
    }

    #[test]
    fn no_bytes_and_strange_bytes_are_told_apart() {
        assert!(matches!(Format::of(b""), Err(IntakeError::Empty)));
        let error = Format::of(b"Dear Sir").expect_err("text").to_string();
        assert!(error.contains("looks like text") && error.contains("hint:"), "{error}");
        assert!(matches!(Format::of(&[0; 40]), Err(IntakeError::Foreign(_))));
    }

    #[test]
    fn a_pdf_head_far_inside_is_no_pdf() {
        let mut bytes = vec![b' '; PDF_HEAD];
        bytes.extend_from_slice(b"%PDF-1.4");
        assert!(matches!(Format::of(&bytes), Err(IntakeError::Foreign(_))));
    }
}
