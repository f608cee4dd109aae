//! What a JPEG file says of itself before its pixels: enough to show it as it is.

use crate::scan::Colours;

/// Size and channels of a JPEG that a PDF can show byte for byte; `None` for anything else: other files, four channels,
/// more than eight bits, and kinds that readers of PDF do not know (lossless, arithmetic).
#[must_use]
pub fn head(bytes: &[u8]) -> Option<((u32, u32), Colours)> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    loop {
        while *bytes.get(at)? != 0xff || *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        let two = |place: usize| Some(u16::from_be_bytes([*bytes.get(place)?, *bytes.get(place + 1)?]));
        match marker {
            // baseline, extended, progressive
            0xc0..=0xc2 => {
                let size = (u32::from(two(at + 7)?), u32::from(two(at + 5)?));
                let colours = match (bytes.get(at + 4)?, bytes.get(at + 9)?) {
                    (8, 1) => Colours::Grey,
                    (8, 3) => Colours::Rgb,
                    _ => return None,
                };
                return (size.0 > 0 && size.1 > 0).then_some((size, colours));
            }
            // other kinds of frames, or pixels without a frame
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xda | 0xd9 => return None,
            _ => at += 2 + usize::from(two(at + 2)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with a comment before its frame.
    fn file(marker: u8, bits: u8, channels: u8) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xfe, 0, 4, 0xff, 0xc0, 0xff, marker, 0, 11, bits];
        bytes.extend([0x06, 0xda, 0x04, 0xd8, channels, 1, 0x11, 0]);
        bytes
    }

    #[test]
    fn grey_and_colour_are_told_with_their_size() {
        assert_eq!(head(&file(0xc0, 8, 3)), Some(((1240, 1754), Colours::Rgb)));
        assert_eq!(head(&file(0xc2, 8, 1)), Some(((1240, 1754), Colours::Grey)));
    }

    #[test]
    fn what_readers_of_pdf_do_not_show_is_none() {
        for (marker, bits, channels) in [(0xc0, 8, 4), (0xc1, 12, 3), (0xc3, 8, 3), (0xc9, 8, 3)] {
            assert_eq!(head(&file(marker, bits, channels)), None, "{marker:x} {bits} {channels}");
        }
        assert_eq!(head(b"\x89PNG"), None);
        assert_eq!(head(&file(0xc0, 8, 3)[..12]), None, "cut off");
    }
}
