//! ALTO 4: what stands on a page, and where.

use crate::Program;
use crate::xml::Xml;

/// One page of a scanned file.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Name of the scanned file.
    pub file: &'a str,
    /// SHA-256 of its bytes, hex.
    pub sha256: &'a str,
    /// Page in the file, from 1.
    pub number: u32,
    /// Width and height as stored, pixels.
    pub size: (u32, u32),
    /// What stands on it.
    pub lines: Vec<Line>,
}

/// One line of writing.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What the line belongs to, e.g. a field's key; lines of one thing follow each other.
    pub label: String,
    /// What it says.
    pub text: String,
    /// Corners, pixels, as one reads: top left, top right, bottom right, bottom left.
    pub corners: [(f32, f32); 4],
    /// Probability that it is right, 0 to 1.
    pub confidence: f32,
}

const SPACE: &str = "http://www.loc.gov/standards/alto/ns-v4#";

/// The page's description.
#[must_use]
pub fn page(page: &Page<'_>, program: Program) -> String {
    let mut xml = Xml::default();
    xml.open("alto", &[("xmlns", SPACE)]);
    xml.open("Description", &[]).leaf("MeasurementUnit", &[], "pixel").open("sourceImageInformation", &[]);
    xml.leaf("fileName", &[], page.file);
    xml.leaf("fileIdentifier", &[("fileIdentifierLocation", "SHA-256")], page.sha256).close();
    xml.open("Processing", &[("ID", "reading")]).open("processingSoftware", &[]);
    xml.leaf("softwareName", &[], program.name).leaf("softwareVersion", &[], program.version);
    xml.close().close().close();
    let mut labels: Vec<&str> = page.lines.iter().map(|line| line.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    if !labels.is_empty() {
        xml.open("Tags", &[]);
        for (at, label) in labels.iter().enumerate() {
            xml.empty("StructureTag", &[("ID", &format!("T{}", at + 1)), ("LABEL", label)]);
        }
        xml.close();
    }
    let [width, height] = [page.size.0, page.size.1].map(|side| side.to_string());
    let sheet = page.number.to_string();
    xml.open("Layout", &[]);
    xml.open("Page", &[("ID", "P1"), ("PHYSICAL_IMG_NR", &sheet), ("WIDTH", &width), ("HEIGHT", &height)]);
    xml.open("PrintSpace", &[("HPOS", "0"), ("VPOS", "0"), ("WIDTH", &width), ("HEIGHT", &height)]);
    for (at, group) in page.lines.chunk_by(|a, b| a.label == b.label).enumerate() {
        block(&mut xml, at + 1, group, &labels);
    }
    xml.end()
}

fn block(xml: &mut Xml, number: usize, lines: &[Line], labels: &[&str]) {
    let tag = lines.first().and_then(|line| labels.iter().position(|label| *label == line.label)).unwrap_or_default();
    let all: Vec<(f32, f32)> = lines.iter().flat_map(|line| line.corners).collect();
    let id = format!("B{number}");
    let place = place(&all);
    let mut attributes = vec![("ID", id.clone()), ("TAGREFS", format!("T{}", tag + 1))];
    attributes.extend(place);
    xml.open("TextBlock", &borrowed(&attributes));
    for (at, line) in lines.iter().enumerate() {
        let own = self::place(&line.corners);
        let mut attributes = vec![("ID", format!("{id}L{}", at + 1))];
        attributes.extend(own.clone());
        xml.open("TextLine", &borrowed(&attributes));
        let points: Vec<String> = line.corners.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
        xml.open("Shape", &[]).empty("Polygon", &[("POINTS", &points.join(" "))]).close();
        let mut attributes = vec![("ID", format!("{id}L{}S1", at + 1))];
        attributes.extend(own);
        attributes.extend([("CONTENT", line.text.clone()), ("WC", format!("{:.3}", line.confidence.clamp(0.0, 1.0)))]);
        xml.empty("String", &borrowed(&attributes)).close();
    }
    xml.close();
}

fn borrowed<'a>(attributes: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    attributes.iter().map(|(key, value)| (*key, value.as_str())).collect()
}

/// The box around points, whole pixels.
fn place(points: &[(f32, f32)]) -> [(&'static str, String); 4] {
    let edge =
        |of: fn(&(f32, f32)) -> f32, pick: fn(f32, f32) -> f32, start: f32| points.iter().map(of).fold(start, pick);
    let (left, top) = (edge(|p| p.0, f32::min, f32::MAX).floor(), edge(|p| p.1, f32::min, f32::MAX).floor());
    let (right, bottom) = (edge(|p| p.0, f32::max, 0.0).ceil(), edge(|p| p.1, f32::max, 0.0).ceil());
    [
        ("HPOS", format!("{:.0}", left.max(0.0))),
        ("VPOS", format!("{:.0}", top.max(0.0))),
        ("WIDTH", format!("{:.0}", (right - left.max(0.0)).max(0.0))),
        ("HEIGHT", format!("{:.0}", (bottom - top.max(0.0)).max(0.0))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_stands_in_the_block_of_its_label_with_place_and_confidence() {
        let corners = [(10.2, 20.0), (110.0, 20.0), (110.0, 60.7), (10.2, 60.7)];
        let line = |label: &str, text: &str| Line { label: label.into(), text: text.into(), corners, confidence: 0.5 };
        let page = Page {
            file: "KS & 1.jpg",
            sha256: "00ff",
            number: 1,
            size: (200, 300),
            lines: vec![line("nksHoTen", "Nguyễn <Văn>"), line("nksNoiSinh", "ấp 2"), line("nksNoiSinh", "xã B")],
        };
        let text = super::page(&page, Program { name: "p", version: "1" });
        assert_eq!((text.matches("<TextBlock ").count(), text.matches("<TextLine ").count()), (2, 3));
        assert!(
            text.contains(
                "HPOS=\"10\" VPOS=\"20\" WIDTH=\"100\" HEIGHT=\"41\" CONTENT=\"Nguyễn &lt;Văn&gt;\" WC=\"0.500\""
            ),
            "{text}"
        );
        assert!(text.contains("<StructureTag ID=\"T2\" LABEL=\"nksNoiSinh\"/>") && text.contains("TAGREFS=\"T2\""));
        assert!(text.contains("<fileName>KS &amp; 1.jpg</fileName>"));
    }
}
