//! Objects of a PDF file and the table that tells where they stand.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};

/// Number of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id(usize);

impl std::fmt::Display for Id {
    /// As a reference: `7 0 R`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// How the bytes of a stream are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pack {
    /// As they are.
    Plain,
    /// Deflated; the stream's dictionary says so.
    Deflate,
}

/// A PDF file in the making.
#[derive(Debug)]
pub struct Writer {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Default for Writer {
    fn default() -> Self {
        // the second line tells programs that the file is no text
        Self { bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: Vec::new() }
    }
}

impl Writer {
    /// A number for an object that is written later.
    pub fn reserve(&mut self) -> Id {
        self.places.push(0);
        Id(self.places.len())
    }

    /// Writes a reserved object.
    pub fn put(&mut self, id: Id, body: &str) {
        self.begin(id);
        self.bytes.extend(format!("{body}\nendobj\n").bytes());
    }

    /// Writes an object under a new number.
    pub fn object(&mut self, body: &str) -> Id {
        let id = self.reserve();
        self.put(id, body);
        id
    }

    /// Writes a stream; `entries` stand in its dictionary beside its length and filter.
    pub fn stream(&mut self, entries: &str, bytes: &[u8], pack: Pack) -> Id {
        let id = self.reserve();
        self.begin(id);
        let packed = match pack {
            Pack::Plain => None,
            Pack::Deflate => Some(deflate(bytes)),
        };
        let filter = if packed.is_some() { " /Filter /FlateDecode" } else { "" };
        let bytes = packed.as_deref().unwrap_or(bytes);
        self.bytes.extend(format!("<< {entries}{filter} /Length {} >>\nstream\n", bytes.len()).bytes());
        self.bytes.extend(bytes);
        self.bytes.extend(b"\nendstream\nendobj\n");
        id
    }

    fn begin(&mut self, id: Id) {
        if let Some(place) = self.places.get_mut(id.0 - 1) {
            *place = self.bytes.len();
        }
        self.bytes.extend(format!("{} 0 obj\n", id.0).bytes());
    }

    /// Ends the file: table, trailer with an identity made from the content.
    #[must_use]
    pub fn end(mut self, root: Id, info: Id) -> Vec<u8> {
        let digest = Sha256::digest(&self.bytes);
        let identity: String = digest.iter().take(16).map(|byte| format!("{byte:02X}")).collect();
        let (table, count) = (self.bytes.len(), self.places.len() + 1);
        let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for place in &self.places {
            end.push_str(&format!("{place:010} 00000 n \n"));
        }
        end.push_str(&format!(
            "trailer\n<< /Size {count} /Root {root} /Info {info} /ID [<{identity}> <{identity}>] >>\n\
             startxref\n{table}\n%%EOF\n"
        ));
        self.bytes.extend(end.bytes());
        self.bytes
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    // a vector takes everything
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

/// A text string in UTF-16 with its mark, as hex: no character needs care.
#[must_use]
pub fn text_string(text: &str) -> String {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{hex}>")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Checks that every object stands where the table says, and gives the file as text.
    pub(crate) fn checked(bytes: &[u8]) -> String {
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let start: usize =
            text.rsplit("startxref\n").next().and_then(|t| t.lines().next()?.parse().ok()).expect("start");
        let from = |place: usize| bytes[place..].iter().map(|byte| char::from(*byte)).collect::<String>();
        let table = from(start);
        let mut lines = table.split('\n');
        assert_eq!(lines.next(), Some("xref"));
        let count: usize = lines.next().and_then(|l| l.strip_prefix("0 ")?.parse().ok()).expect("count");
        assert_eq!(lines.next(), Some("0000000000 65535 f "));
        for at in 1..count {
            let line = lines.next().expect("a line an object");
            assert_eq!(line.len(), 19, "twenty bytes with the line's end");
            let place: usize = line[..10].parse().expect("place");
            assert!(bytes[place..].starts_with(format!("{at} 0 obj\n").as_bytes()), "object {at}");
        }
        text
    }

    #[test]
    fn objects_stand_where_the_table_says_whatever_their_order() {
        let mut pdf = Writer::default();
        let late = pdf.reserve();
        let stream = pdf.stream("/Kind /X", b"abc", Pack::Plain);
        pdf.stream("", &[7; 1000], Pack::Deflate);
        pdf.put(late, &format!("<< /To {stream} >>"));
        let text = checked(&pdf.end(late, stream));
        assert!(text.contains("<< /Kind /X /Length 3 >>\nstream\nabc\nendstream"), "{text}");
        assert!(text.contains("1 0 obj\n<< /To 2 0 R >>\nendobj"), "{text}");
        assert!(text.contains("/Filter /FlateDecode /Length"), "{text}");
    }

    #[test]
    fn the_identity_follows_the_content() {
        let file = |body: &str| {
            let mut pdf = Writer::default();
            let id = pdf.object(body);
            let text = checked(&pdf.end(id, id));
            text.split("/ID [").nth(1).expect("identity")[..34].to_owned()
        };
        assert_eq!(file("<< /A 1 >>"), file("<< /A 1 >>"));
        assert_ne!(file("<< /A 1 >>"), file("<< /A 2 >>"));
    }
}
