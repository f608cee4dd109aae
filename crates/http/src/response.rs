//! One answer.

use std::io::{self, Write};

use crate::request::Connection;

/// One answer, with the headers that keep a page from being used against its user.
#[derive(Debug, Clone)]
pub struct Response {
    /// Status code.
    pub status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// Nothing but our own files: no foreign origin, no inline script or style, no frame around the page.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Response {
    /// Any bytes.
    #[must_use]
    pub fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", kind.to_owned())];
        Self { status, headers, body: body.into() }
    }

    /// A page; never kept by the browser, because it shows personal data.
    #[must_use]
    pub fn page(status: u16, html: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", html).with("Cache-Control", "no-store")
    }

    /// A short text.
    #[must_use]
    pub fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text).with("Cache-Control", "no-store")
    }

    /// Go and get that page.
    #[must_use]
    pub fn see(place: &str) -> Self {
        Self::text(303, "").with("Location", place)
    }

    /// Adds a header; line breaks in a value would be a second header and are left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.chars().filter(|c| !c.is_control()).collect()));
        self
    }

    pub(crate) fn write(&self, out: &mut impl Write, connection: Connection) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\nContent-Security-Policy: {POLICY}\r\n", self.body.len()));
        head.push_str("X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: same-origin\r\n");
        head.push_str("Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n");
        head.push_str(match connection {
            Connection::Keep => "Connection: keep-alive\r\n\r\n",
            Connection::Close => "Connection: close\r\n\r\n",
        });
        let mut whole = head.into_bytes();
        whole.extend_from_slice(&self.body);
        out.write_all(&whole)?;
        out.flush()
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        303 => "See Other",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        421 => "Misdirected Request",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(response: &Response) -> String {
        let mut out = Vec::new();
        response.write(&mut out, Connection::Keep).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn every_answer_carries_the_policy_and_its_length() {
        let text = written(&Response::page(200, "é".to_owned()));
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("\r\n\r\né"), "{text}");
        assert!(text.contains("Content-Length: 2\r\n") && text.contains("default-src 'none'"), "{text}");
        assert!(text.contains("Cache-Control: no-store"), "{text}");
    }

    #[test]
    fn a_value_cannot_start_another_header() {
        let text = written(&Response::see("/queue\r\nSet-Cookie: a=b"));
        assert!(text.contains("Location: /queueSet-Cookie: a=b\r\n"), "{text}");
    }
}
