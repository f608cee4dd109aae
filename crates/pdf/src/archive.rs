//! What every PDF/A-2b file needs around its pages: colour profile, metadata, catalogue.

use crate::srgb;
use crate::writer::{Id, Pack, Writer, text_string};

/// What the file says about itself.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Title, for the window and the catalogue.
    pub title: String,
    /// What it is known by, e.g. the name of the case.
    pub identifier: String,
    /// What it holds, in words.
    pub description: String,
    /// What it was made from, e.g. the hash of the scan.
    pub source: String,
    /// Language of its text, e.g. `vi`.
    pub language: &'static str,
}

/// Program named as the producer.
const PRODUCER: &str = "sohoa";

/// Ends a file that has one page after the other; `pages` was reserved before, and the pages name it as their parent.
#[must_use]
pub fn end(mut pdf: Writer, pages: Id, kids: &[Id], about: &About) -> Vec<u8> {
    let list: Vec<String> = kids.iter().map(Id::to_string).collect();
    pdf.put(pages, &format!("<< /Type /Pages /Kids [{}] /Count {} >>", list.join(" "), kids.len()));
    let profile = pdf.stream("/N 3", &srgb::profile(), Pack::Deflate);
    let intent = pdf.object(&format!(
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile {profile} >>"
    ));
    // programs look for metadata without unpacking
    let metadata = pdf.stream("/Type /Metadata /Subtype /XML", metadata(about).as_bytes(), Pack::Plain);
    let root = pdf.object(&format!(
        "<< /Type /Catalog /Pages {pages} /Metadata {metadata} /OutputIntents [{intent}] /Lang ({}) \
         /ViewerPreferences << /DisplayDocTitle true >> >>",
        about.language
    ));
    let title: String = about.title.chars().filter(allowed).collect();
    let (title, producer) = (text_string(&title), text_string(PRODUCER));
    let info = pdf.object(&format!("<< /Title {title} /Producer {producer} >>"));
    pdf.end(root, info)
}

fn metadata(about: &About) -> String {
    let About { title, identifier, description, source, language } = about;
    let [title, identifier, description, source] = [title, identifier, description, source].map(|text| escape(text));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
         <pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n</rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{description}</rdf:li></rdf:Alt></dc:description>\n\
         <dc:identifier>{identifier}</dc:identifier>\n<dc:source>{source}</dc:source>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n</rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <pdf:Producer>{PRODUCER}</pdf:Producer>\n</rdf:Description>\n\
         </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// Whether XML has a place for a character.
fn allowed(c: &char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Text for XML; control characters are left out.
///
/// PDF/A wants the same title here and in the document information, from which they are left out too. Workbooks and
/// packages treat tabs and line ends otherwise, each for its own reader's sake.
fn escape(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars().filter(allowed) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::tests::checked;

    #[test]
    fn a_file_says_what_it_is_twice_in_the_same_words() {
        let mut pdf = Writer::default();
        let pages = pdf.reserve();
        let page = pdf.object(&format!("<< /Type /Page /Parent {pages} /MediaBox [0 0 10 10] >>"));
        let about = About { title: "A <& \u{1}B".into(), language: "vi", ..About::default() };
        let text = checked(&end(pdf, pages, &[page], &about));
        assert!(text.contains("<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>"));
        assert!(text.contains("x-default\">A &lt;&amp; B</rdf:li>"));
        assert!(text.contains(&format!("/Title {}", text_string("A <& B"))));
        assert!(text.contains("/S /GTS_PDFA1") && text.contains("/Lang (vi)"));
    }
}
