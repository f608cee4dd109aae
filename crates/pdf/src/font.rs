//! A typeface with Vietnamese letters, embedded in the file: Noto Serif, cut down to Latin (`fonts/OFL.txt`).

use std::collections::BTreeMap;

use crate::writer::{Id, Pack, Writer};

/// A TrueType file as far as a PDF needs it.
#[derive(Debug)]
pub struct Font {
    bytes: &'static [u8],
    name: &'static str,
    glyphs: BTreeMap<char, u16>,
    widths: Vec<u16>,
    units: f32,
    ascent: i16,
    descent: i16,
    bounds: [i16; 4],
}

/// Upright.
const REGULAR: &[u8] = include_bytes!("../fonts/NotoSerif-Regular.ttf");
/// For headings.
const BOLD: &[u8] = include_bytes!("../fonts/NotoSerif-Bold.ttf");

/// Shown in the place of letters that the typeface lacks.
const LACKING: char = '?';

impl Font {
    /// The upright face.
    #[must_use]
    pub fn regular() -> Self {
        Self::read(REGULAR, "SOHOAA+NotoSerif-Regular")
    }

    /// The bold face.
    #[must_use]
    pub fn bold() -> Self {
        Self::read(BOLD, "SOHOAA+NotoSerif-Bold")
    }

    /// The files are part of the program; what cannot be read in them would be zero and fail the tests.
    fn read(bytes: &'static [u8], name: &'static str) -> Self {
        let (head, hhea) = (table(bytes, b"head"), table(bytes, b"hhea"));
        let count = word(hhea, 34);
        let hmtx = table(bytes, b"hmtx");
        let bounds = [36, 38, 40, 42].map(|at| word(head, at).cast_signed());
        Self {
            bytes,
            name,
            glyphs: glyphs(table(bytes, b"cmap")),
            widths: (0..usize::from(count)).map(|glyph| word(hmtx, 4 * glyph)).collect(),
            units: f32::from(word(head, 18).max(1)),
            ascent: word(hhea, 4).cast_signed(),
            descent: word(hhea, 6).cast_signed(),
            bounds,
        }
    }

    fn glyph(&self, letter: char) -> u16 {
        let known = self.glyphs.get(&letter).or_else(|| self.glyphs.get(&LACKING));
        known.copied().unwrap_or_default()
    }

    /// Width of a letter, thousandths of the size.
    fn advance(&self, letter: char) -> f32 {
        let glyph = usize::from(self.glyph(letter));
        // glyphs behind the last width all have that one
        let width = self.widths.get(glyph).or(self.widths.last()).copied().unwrap_or_default();
        f32::from(width) * 1000.0 / self.units
    }

    /// Width of a text, in units of the size.
    #[must_use]
    pub fn width(&self, text: &str) -> f32 {
        text.chars().map(|letter| self.advance(letter)).sum::<f32>() / 1000.0
    }

    /// Whether every letter of a text can be shown.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        text.chars().all(|letter| self.glyphs.contains_key(&letter))
    }

    /// Height of its letters over the line, in units of the size.
    #[must_use]
    pub fn ascent(&self) -> f32 {
        f32::from(self.ascent) / self.units
    }

    /// Depth below the line, in units of the size; above zero.
    #[must_use]
    pub fn descent(&self) -> f32 {
        -f32::from(self.descent) / self.units
    }
}

/// The letters of one file, each under its own code, so that copying and searching give back just these.
#[derive(Debug, Default)]
pub struct Codes(BTreeMap<char, u16>);

impl Codes {
    /// Takes in a text; gives it as the hex string that shows it.
    pub fn encode(&mut self, text: &str) -> String {
        let mut hex = String::from("<");
        for letter in text.chars() {
            // code 0 is kept free
            let next = u16::try_from(self.0.len() + 1).unwrap_or(u16::MAX);
            let code = *self.0.entry(letter).or_insert(next);
            hex.push_str(&format!("{code:04X}"));
        }
        hex.push('>');
        hex
    }

    /// The letters by code.
    fn by_code(&self) -> Vec<(u16, char)> {
        let mut codes: Vec<(u16, char)> = self.0.iter().map(|(letter, code)| (*code, *letter)).collect();
        codes.sort_unstable();
        codes
    }

    /// Writes the face with these codes.
    pub fn write(&self, font: &Font, pdf: &mut Writer) -> Id {
        let name = font.name;
        let thousandths = |v: i16| (f32::from(v) * 1000.0 / font.units).round();
        let file = pdf.stream(&format!("/Length1 {}", font.bytes.len()), font.bytes, Pack::Deflate);
        let [left, bottom, right, top] = font.bounds.map(thousandths);
        let descriptor = pdf.object(&format!(
            "<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{left} {bottom} {right} {top}] /ItalicAngle 0 \
             /Ascent {} /Descent {} /CapHeight {} /StemV 80 /FontFile2 {file} >>",
            thousandths(font.ascent),
            thousandths(font.descent),
            714
        ));
        let codes = self.by_code();
        let mut map = vec![0, 0];
        codes.iter().for_each(|(_, letter)| map.extend(font.glyph(*letter).to_be_bytes()));
        let map = pdf.stream("", &map, Pack::Deflate);
        let widths: Vec<String> = codes.iter().map(|(_, letter)| format!("{:.0}", font.advance(*letter))).collect();
        let inner = pdf.object(&format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} /CIDToGIDMap {map} \
             /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [1 [{}]] >>",
            widths.join(" ")
        ));
        let unicode = pdf.stream("", to_unicode(&codes).as_bytes(), Pack::Deflate);
        pdf.object(&format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{inner}] \
             /ToUnicode {unicode} >>"
        ))
    }
}

/// What each code means, for copying and searching.
fn to_unicode(codes: &[(u16, char)]) -> String {
    let mut text = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    // a hundred at most stand in one block
    for block in codes.chunks(100) {
        text.push_str(&format!("{} beginbfchar\n", block.len()));
        for (code, letter) in block {
            let mut units = [0; 2];
            let hex: String = letter.encode_utf16(&mut units).iter().map(|unit| format!("{unit:04X}")).collect();
            text.push_str(&format!("<{code:04X}> <{hex}>\n"));
        }
        text.push_str("endbfchar\n");
    }
    text.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    text
}

fn word(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]))
}

fn long(bytes: &[u8], at: usize) -> usize {
    usize::from(word(bytes, at)) << 16 | usize::from(word(bytes, at + 2))
}

/// A table of the file; empty where there is none.
fn table<'a>(bytes: &'a [u8], name: &[u8; 4]) -> &'a [u8] {
    let entries = (0..usize::from(word(bytes, 4))).map(|index| 12 + 16 * index);
    let found =
        entries.filter(|at| bytes.get(*at..at + 4) == Some(name)).map(|at| (long(bytes, at + 8), long(bytes, at + 12)));
    found.filter_map(|(place, length)| bytes.get(place..place + length)).next().unwrap_or_default()
}

/// The glyph of each letter, from the first sub-table of format 4 (all letters of the first plane).
fn glyphs(cmap: &[u8]) -> BTreeMap<char, u16> {
    let tables = (0..usize::from(word(cmap, 2))).map(|index| long(cmap, 8 + 8 * index));
    let mut found = BTreeMap::new();
    let Some(table) = tables.filter_map(|at| cmap.get(at..)).find(|table| word(table, 0) == 4) else { return found };
    let segments = usize::from(word(table, 6)) / 2;
    let part = |which: usize, segment: usize| 14 + 2 * segments * which + 2 * segment + if which > 0 { 2 } else { 0 };
    for segment in 0..segments {
        let (end, start) = (word(table, part(0, segment)), word(table, part(1, segment)));
        let (delta, offset) = (word(table, part(2, segment)), usize::from(word(table, part(3, segment))));
        for code in start..=end.min(0xfffe) {
            let glyph = if offset == 0 {
                code.wrapping_add(delta)
            } else {
                match word(table, part(3, segment) + offset + 2 * usize::from(code - start)) {
                    0 => 0,
                    glyph => glyph.wrapping_add(delta),
                }
            };
            if let (Some(letter), true) = (char::from_u32(u32::from(code)), glyph != 0) {
                found.insert(letter, glyph);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_can_be_shown_in_both_faces() {
        let lower = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz";
        let others = "0123456789 .,;:!?'’-–—/()\"“”%…•H'Bia Niê-Kđăm Blŭ Čil ŏĕĭñ";
        for font in [Font::regular(), Font::bold()] {
            for text in [lower, &lower.to_uppercase(), others] {
                let lacking: String = text.chars().filter(|c| !font.has(&c.to_string())).collect();
                assert_eq!(lacking, "", "{}", font.name);
            }
        }
    }

    #[test]
    fn widths_are_those_of_the_face() {
        let font = Font::regular();
        assert!(font.width("i") < font.width("n") && font.width("n") < font.width("W"));
        assert!((font.width("Đ") - 0.75).abs() < 0.1, "{}", font.width("Đ"));
        assert!((font.width("nn") - 2.0 * font.width("n")).abs() < 1e-6);
        assert!((0.9..1.3).contains(&font.ascent()) && (0.2..0.4).contains(&font.descent()));
    }

    #[test]
    fn each_letter_has_one_code_from_1_on() {
        let mut codes = Codes::default();
        assert_eq!(codes.encode("ana"), "<000100020001>");
        assert_eq!(codes.encode("nb"), "<00020003>");
        assert_eq!(codes.by_code(), [(1, 'a'), (2, 'n'), (3, 'b')]);
        assert!(to_unicode(&codes.by_code()).contains("3 beginbfchar\n<0001> <0061>\n"));
    }

    #[test]
    fn a_letter_that_the_face_lacks_is_shown_as_a_question_and_keeps_its_meaning() {
        let (font, mut codes) = (Font::regular(), Codes::default());
        assert_eq!(font.glyph('字'), font.glyph('?'));
        codes.encode("字");
        assert!(to_unicode(&codes.by_code()).contains("<0001> <5B57>"));
    }
}
