//! A scan as it is, edge to edge in its true size, with the text that it shows as an invisible layer over the writing.

use crate::archive::{self, About};
use crate::font::{Codes, Font};
use crate::writer::{Id, Pack, Writer};

/// The picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pixels<'a> {
    /// A JPEG file, taken byte for byte.
    Jpeg(&'a [u8], Colours),
    /// Rows of bytes from the top, packed without loss.
    Bytes(&'a [u8], Colours),
}

/// Channels a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// One.
    Grey,
    /// Three: sRGB.
    Rgb,
}

impl Colours {
    fn space(self) -> &'static str {
        match self {
            Self::Grey => "DeviceGray",
            Self::Rgb => "DeviceRGB",
        }
    }
}

/// How far a reader has to turn the stored picture clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// It is upright.
    #[default]
    None,
    /// A quarter.
    Quarter,
    /// Upside down.
    Half,
    /// Three quarters.
    ThreeQuarters,
}

impl Turn {
    fn degrees(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarters => 270,
        }
    }
}

/// A scan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scan<'a> {
    /// As stored.
    pub pixels: Pixels<'a>,
    /// Width and height as stored.
    pub size: (u32, u32),
    /// Pixels an inch, above zero.
    pub dpi: f32,
    /// To be read upright.
    pub turn: Turn,
}

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Corners on the stored picture, pixels, as one reads: top left, top right, bottom right, bottom left.
    pub corners: [(f32, f32); 4],
}

/// Points an inch in PDF.
const POINTS: f32 = 72.0;
/// Share of a line's height that lies below the writing.
const BELOW: f32 = 0.22;

/// A page of the file: a scan, and the text on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf<'a> {
    /// The scan.
    pub scan: Scan<'a>,
    /// What stands on it.
    pub lines: Vec<Line>,
}

/// The file's bytes: one page a scan.
#[must_use]
pub fn write(leaves: &[Leaf<'_>], about: &About) -> Vec<u8> {
    let (mut pdf, mut codes, font) = (Writer::default(), Codes::default(), Font::regular());
    let pages = pdf.reserve();
    let drawn: Vec<Drawn> = leaves.iter().map(|leaf| draw(leaf, &mut pdf, &font, &mut codes)).collect();
    // one face for all pages, once it is known which letters they have
    let face = drawn.iter().any(|page| page.has_text).then(|| codes.write(&font, &mut pdf));
    let kids: Vec<Id> = drawn
        .iter()
        .map(|page| {
            let Drawn { image, content, width, height, turn, .. } = page;
            let own = face.as_ref().filter(|_| page.has_text);
            let fonts = own.map(|face| format!("/Font << /F {face} >> ")).unwrap_or_default();
            pdf.object(&format!(
                "<< /Type /Page /Parent {pages} /MediaBox [0 0 {width:.3} {height:.3}] /Rotate {} /Contents {content} \
                 /Resources << {fonts}/XObject << /P {image} >> >> >>",
                turn.degrees()
            ))
        })
        .collect();
    archive::end(pdf, pages, &kids, about)
}

/// What a page is made of, before its face is there.
struct Drawn {
    image: Id,
    content: Id,
    width: f32,
    height: f32,
    turn: Turn,
    has_text: bool,
}

fn draw(leaf: &Leaf<'_>, pdf: &mut Writer, font: &Font, codes: &mut Codes) -> Drawn {
    let scan = &leaf.scan;
    let scale = POINTS / scan.dpi;
    let (width, height) = (scan.size.0 as f32 * scale, scan.size.1 as f32 * scale);
    let image = image(pdf, scan);
    let mut content = format!("q {width:.3} 0 0 {height:.3} 0 0 cm /P Do Q\n");
    let shown: Vec<String> =
        leaf.lines.iter().filter_map(|line| invisible(line, height, scale, font, codes)).collect();
    if !shown.is_empty() {
        content.push_str(&format!("BT 3 Tr /F 1 Tf\n{}ET\n", shown.concat()));
    }
    let content = pdf.stream("", content.as_bytes(), Pack::Deflate);
    Drawn { image, content, width, height, turn: scan.turn, has_text: !shown.is_empty() }
}

fn image(pdf: &mut Writer, scan: &Scan<'_>) -> Id {
    let (width, height) = scan.size;
    let (bytes, colours, filter, pack) = match scan.pixels {
        Pixels::Jpeg(bytes, colours) => (bytes, colours, " /Filter /DCTDecode", Pack::Plain),
        Pixels::Bytes(bytes, colours) => (bytes, colours, "", Pack::Deflate),
    };
    let entries = format!(
        "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /{} /BitsPerComponent 8{filter}",
        colours.space()
    );
    pdf.stream(&entries, bytes, pack)
}

/// One line's text, as wide as its place; `None` for what has no letters or no place.
fn invisible(line: &Line, page: f32, scale: f32, font: &Font, codes: &mut Codes) -> Option<String> {
    let point = |(x, y): (f32, f32)| (x * scale, page - y * scale);
    let [top_left, _, right, left] = line.corners.map(point);
    let along = (right.0 - left.0, right.1 - left.1);
    let up = (top_left.0 - left.0, top_left.1 - left.1);
    let (length, height) = (along.0.hypot(along.1), up.0.hypot(up.1));
    let natural = font.width(&line.text) * height * (1.0 - BELOW);
    if length <= 0.0 || natural <= 0.0 {
        return None;
    }
    let size = height * (1.0 - BELOW);
    let (cos, sin) = (along.0 / length * size, along.1 / length * size);
    let (x, y) = (left.0 + up.0 * BELOW, left.1 + up.1 * BELOW);
    let hex = codes.encode(&line.text);
    let stretch = length / natural * 100.0;
    Some(format!("{stretch:.2} Tz {cos:.4} {sin:.4} {:.4} {cos:.4} {x:.3} {y:.3} Tm {hex} Tj\n", -sin))
}

/// A text that runs over several places, word by word, each as far as its width goes.
#[must_use]
pub fn spread(text: &str, places: &[[(f32, f32); 4]]) -> Vec<Line> {
    let width = |c: &[(f32, f32); 4]| (c[1].0 - c[0].0).hypot(c[1].1 - c[0].1);
    let total: f32 = places.iter().map(width).sum();
    let letters = text.chars().count() as f32;
    let (mut words, mut lines, mut room) = (text.split(' ').peekable(), Vec::new(), 0.0);
    for (at, place) in places.iter().enumerate() {
        room += width(place) / total * letters;
        let mut own = String::new();
        while let Some(word) = words.peek() {
            let length = word.chars().count() as f32;
            // a word belongs where its middle is; the last place takes the rest
            if at + 1 < places.len() && length / 2.0 > room {
                break;
            }
            room -= length + 1.0;
            if !own.is_empty() {
                own.push(' ');
            }
            own.push_str(word);
            words.next();
        }
        if !own.is_empty() {
            lines.push(Line { text: own, corners: *place });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::tests::checked;

    const BOX: [(f32, f32); 4] = [(100.0, 200.0), (500.0, 200.0), (500.0, 240.0), (100.0, 240.0)];

    fn made(pixels: Pixels<'_>, lines: &[Line]) -> String {
        let scan = Scan { pixels, size: (1240, 1754), dpi: 150.0, turn: Turn::Quarter };
        let leaf = Leaf { scan, lines: lines.to_vec() };
        checked(&write(&[leaf], &About { title: "T".into(), language: "vi", ..About::default() }))
    }

    #[test]
    fn several_scans_are_as_many_pages_each_in_its_own_size_and_one_face_serves_all() {
        let scan = |size, turn| Scan { pixels: Pixels::Bytes(&[0; 9], Colours::Grey), size, dpi: 72.0, turn };
        let line = Line { text: "An".into(), corners: BOX };
        let leaf = |size, turn| Leaf { scan: scan(size, turn), lines: vec![line.clone()] };
        let bare = Leaf { lines: Vec::new(), ..leaf((300, 200), Turn::None) };
        let leaves = [leaf((600, 800), Turn::None), bare, leaf((800, 600), Turn::Half)];
        let text = checked(&write(&leaves, &About { title: "T".into(), language: "vi", ..About::default() }));
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}"));
        assert!(text.contains("/Count 3 >>"), "{text}");
        assert!(at("[0 0 600.000 800.000] /Rotate 0") < at("[0 0 300.000 200.000] /Rotate 0"));
        assert!(at("[0 0 300.000 200.000]") < at("[0 0 800.000 600.000] /Rotate 180"));
        assert_eq!((text.matches("/Font <<").count(), text.matches("/FontDescriptor /FontName").count()), (2, 1));
    }

    #[test]
    fn the_jpeg_is_in_the_file_byte_for_byte_and_the_page_has_the_size_of_the_paper() {
        let text = made(Pixels::Jpeg(b"\xff\xd8as it is\xff\xd9", Colours::Rgb), &[]);
        assert!(text.contains("/DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length 12 >>\nstream\n\u{ff}\u{d8}as it is\u{ff}\u{d9}\nendstream"));
        assert!(text.contains("/MediaBox [0 0 595.200 841.920] /Rotate 90"), "{text}");
        assert!(!text.contains("/Font"), "without text no face");
        assert!(
            made(Pixels::Bytes(&[0; 9], Colours::Grey), &[])
                .contains("/DeviceGray /BitsPerComponent 8 /Filter /FlateDecode")
        );
    }

    #[test]
    fn text_is_invisible_and_as_wide_as_its_place() {
        let (font, mut codes) = (Font::regular(), Codes::default());
        let line = Line { text: "Nguyễn Văn Đô".into(), corners: BOX };
        let shown = invisible(&line, 841.92, 0.48, &font, &mut codes).expect("shown");
        let numbers: Vec<f32> = shown.split(' ').filter_map(|word| word.parse().ok()).collect();
        let (stretch, size, x, y) = (numbers[0], numbers[1], numbers[5], numbers[6]);
        assert!((font.width(&line.text) * size * stretch / 100.0 - 400.0 * 0.48).abs() < 0.1);
        assert!((x - 48.0).abs() < 0.01 && (y - (841.92 - 240.0 * 0.48 + 40.0 * 0.48 * BELOW)).abs() < 0.01, "{shown}");
        let nothing = Line { text: String::new(), corners: BOX };
        assert_eq!(invisible(&nothing, 841.92, 0.48, &font, &mut codes), None);
    }

    #[test]
    fn a_long_text_is_spread_over_its_lines_and_nothing_of_it_is_lost() {
        let second = BOX.map(|(x, y)| (x, y + 50.0));
        let lines = spread("xã Phú Long huyện Bình Đại tỉnh Bến Tre", &[BOX, second]);
        assert_eq!(lines.len(), 2);
        assert_eq!(format!("{} {}", lines[0].text, lines[1].text), "xã Phú Long huyện Bình Đại tỉnh Bến Tre");
        assert!(lines[0].text.len().abs_diff(lines[1].text.len()) < 12, "{lines:?}");
        assert_eq!(spread("một", &[BOX, second]).len(), 1);
        assert_eq!(spread("một", &[]), []);
    }
}
