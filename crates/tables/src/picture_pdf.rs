//! A PDF of one page that shows one JPEG, edge to edge in its true size. No times and no ids: same picture, same bytes.

/// A baseline JPEG and how many pixels an inch it has.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// The file's bytes, taken as they are.
    pub jpeg: &'a [u8],
    /// Pixels: width and height.
    pub size: (u32, u32),
    /// Pixels an inch, above zero.
    pub dpi: f32,
}

/// Points an inch in PDF.
const POINTS: f32 = 72.0;

/// The PDF's bytes: version 1.4, colour picture, title for the reader's window.
#[must_use]
pub fn write(picture: &Picture<'_>, title: &str) -> Vec<u8> {
    let (width, height) = picture.size;
    let points = |pixels: u32| pixels as f32 / picture.dpi * POINTS;
    let (w, h) = (points(width), points(height));
    let content = format!("q {w:.2} 0 0 {h:.2} 0 0 cm /P Do Q");
    let mut pdf = Pdf { bytes: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: Vec::new() };
    pdf.object("<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>", None);
    pdf.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", None);
    pdf.object(
        &format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w:.2} {h:.2}] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>"
        ),
        None,
    );
    pdf.object(&format!("<< /Length {} >>", content.len()), Some(content.as_bytes()));
    pdf.object(
        &format!(
            "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 \
             /Filter /DCTDecode /Length {} >>",
            picture.jpeg.len()
        ),
        Some(picture.jpeg),
    );
    pdf.object(&format!("<< /Title {} >>", text_string(title)), None);
    pdf.end()
}

struct Pdf {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Pdf {
    fn object(&mut self, dictionary: &str, stream: Option<&[u8]>) {
        self.places.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n{dictionary}\n", self.places.len()).bytes());
        if let Some(stream) = stream {
            self.bytes.extend(b"stream\n");
            self.bytes.extend(stream);
            self.bytes.extend(b"\nendstream\n");
        }
        self.bytes.extend(b"endobj\n");
    }

    fn end(mut self) -> Vec<u8> {
        let (table, count) = (self.bytes.len(), self.places.len() + 1);
        let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for place in &self.places {
            end.push_str(&format!("{place:010} 00000 n \n"));
        }
        end.push_str(&format!("trailer\n<< /Size {count} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        self.bytes.extend(end.bytes());
        self.bytes
    }
}

/// A text string in UTF-16 with its mark, as hex: no character needs care.
fn text_string(text: &str) -> String {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{hex}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        write(&Picture { jpeg: b"\xff\xd8not looked at\xff\xd9", size: (1240, 1754), dpi: 150.0 }, "KS Đ 001")
    }

    #[test]
    fn the_page_has_the_size_of_the_paper() {
        let text = String::from_utf8_lossy(&sample()).into_owned();
        assert!(text.contains("/MediaBox [0 0 595.20 841.92]"), "{text}");
        assert!(text.contains("<FEFF004B0053002001100020003000300031>"), "{text}");
    }

    #[test]
    fn every_object_stands_where_the_table_says() {
        let bytes = sample();
        let end = String::from_utf8_lossy(&bytes).into_owned();
        let start: usize = end.split("startxref\n").nth(1).and_then(|t| t.lines().next()?.parse().ok()).expect("place");
        let table = std::str::from_utf8(&bytes[start..]).expect("plain");
        assert!(table.starts_with("xref\n0 7\n"));
        for (at, line) in table.lines().skip(3).take(6).enumerate() {
            let place: usize = line[..10].parse().expect("place");
            assert_eq!(line.len(), 19, "twenty bytes with the line's end");
            assert!(bytes[place..].starts_with(format!("{} 0 obj\n", at + 1).as_bytes()), "object {}", at + 1);
        }
    }
}
