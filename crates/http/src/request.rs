//! One request, read with limits.

use std::io::{self, BufRead, Read};

use crate::form::{Form, Plus, decode};
use crate::server::Limits;

/// The methods the server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes.
    Post,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// What it asks for.
    pub method: Method,
    /// Decoded path, beginning with `/`.
    pub path: String,
    /// Decoded query.
    pub query: Form,
    /// The query as it came.
    pub query_text: String,
    /// Posted form; empty for GET.
    pub form: Form,
    /// Address of the other side.
    pub peer: String,
    headers: Vec<(String, String)>,
    pub(crate) keep_alive: Connection,
}

/// Whether the connection stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    Keep,
    Close,
}

/// Why there is no request.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The other side is gone, or was silent too long.
    Gone,
    /// An answer with this status, then the connection ends.
    Status(u16),
}

impl From<io::Error> for Refused {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

const MAX_HEADERS: usize = 64;

impl Request {
    /// A header's value; names are compared without case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let pairs = self.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Reads one request; the body only if it is small enough and a form.
    pub(crate) fn read(from: &mut impl BufRead, peer: &str, limits: &Limits) -> Result<Self, Refused> {
        let head = read_head(from, limits.head_bytes)?;
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(&head) {
            Ok(httparse::Status::Complete(_)) => {}
            Ok(httparse::Status::Partial) => return Err(Refused::Status(400)),
            Err(httparse::Error::TooManyHeaders) => return Err(Refused::Status(431)),
            Err(_) => return Err(Refused::Status(400)),
        }
        let method = match parsed.method {
            Some("GET") => Method::Get,
            Some("POST") => Method::Post,
            _ => return Err(Refused::Status(405)),
        };
        let target = parsed.path.unwrap_or_default();
        let (path, query_text) = target.split_once('?').unwrap_or((target, ""));
        let path = decode(path, Plus::Plus).filter(|path| path.starts_with('/')).ok_or(Refused::Status(400))?;
        let query = Form::parse(query_text).ok_or(Refused::Status(400))?;
        let (query_text, version) = (query_text.to_owned(), parsed.version);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| Refused::Status(400));
        let headers = parsed.headers.iter().map(|h| Ok((h.name.to_owned(), text(h.value)?)));
        let headers = headers.collect::<Result<Vec<_>, Refused>>()?;
        let mut request = Self {
            method,
            path,
            query,
            query_text,
            form: Form::default(),
            peer: peer.to_owned(),
            headers,
            keep_alive: Connection::Keep,
        };
        let asked = request.header("connection").unwrap_or_default().to_ascii_lowercase();
        if asked.contains("close") || version != Some(1) {
            request.keep_alive = Connection::Close;
        }
        request.read_body(from, limits.body_bytes)?;
        Ok(request)
    }

    fn read_body(&mut self, from: &mut impl BufRead, most: usize) -> Result<(), Refused> {
        // two ways to tell a length are how requests get smuggled
        let lengths = self.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).count();
        if self.header("transfer-encoding").is_some() || lengths > 1 {
            return Err(Refused::Status(400));
        }
        let length = match self.header("content-length") {
            None => 0,
            Some(text) if text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() => {
                text.parse::<usize>().map_err(|_| Refused::Status(413))?
            }
            Some(_) => return Err(Refused::Status(400)),
        };
        if length > most {
            return Err(Refused::Status(413));
        }
        if self.method == Method::Get {
            return if length == 0 { Ok(()) } else { Err(Refused::Status(400)) };
        }
        let kind = self.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if length > 0 && !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refused::Status(415));
        }
        let mut body = vec![0; length];
        from.read_exact(&mut body)?;
        let text = String::from_utf8(body).map_err(|_| Refused::Status(400))?;
        self.form = Form::parse(&text).ok_or(Refused::Status(400))?;
        Ok(())
    }
}

/// Everything up to the empty line.
fn read_head(from: &mut impl BufRead, most: usize) -> Result<Vec<u8>, Refused> {
    let mut head = Vec::new();
    loop {
        let left = (most - head.len()) as u64;
        let read = from.by_ref().take(left).read_until(b'\n', &mut head)?;
        if read == 0 {
            return Err(if head.len() >= most { Refused::Status(431) } else { Refused::Gone });
        }
        if head.ends_with(b"\r\n\r\n") {
            return Ok(head);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, u16> {
        let limits = Limits { head_bytes: 200, body_bytes: 10, ..Limits::office() };
        Request::read(&mut text.as_bytes(), "x", &limits).map_err(|refused| match refused {
            Refused::Status(status) => status,
            Refused::Gone => 0,
        })
    }

    fn post(headers: &str, body: &str) -> Result<Request, u16> {
        read(&format!("POST /a HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n{body}"))
    }

    #[test]
    fn a_request_is_taken_apart() {
        let request = read("GET /a%20b?x=1+2 HTTP/1.1\r\nCookie: a=b; s=t\r\n\r\n").expect("request");
        assert_eq!((request.path.as_str(), request.query.get("x")), ("/a b", "1 2"));
        assert_eq!((request.cookie("s"), request.cookie("t")), (Some("t"), None));
        assert_eq!(request.keep_alive, Connection::Keep);
        let old = read("GET / HTTP/1.0\r\n\r\n").expect("request");
        assert_eq!(old.keep_alive, Connection::Close);
    }

    #[test]
    fn a_form_is_read_to_its_length() {
        assert_eq!(post("Content-Length: 3\r\n", "a=1&b=2").expect("form").form.get("a"), "1");
        assert!(post("Content-Length: 10\r\n", "a=23456789").is_ok());
        assert_eq!(post("Content-Length: 11\r\n", "a=234567890").unwrap_err(), 413);
        assert_eq!(post("Content-Length: 9\r\n", "a=1").unwrap_err(), 0, "the rest never came");
    }

    #[test]
    fn doubtful_lengths_are_refused() {
        for headers in [
            "Content-Length: 3\r\nContent-Length: 3\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Length: +3\r\n",
            "Content-Length: -1\r\n",
            "Content-Length:\r\n",
        ] {
            assert_eq!(post(headers, "a=1").unwrap_err(), 400, "{headers}");
        }
        assert_eq!(post("Content-Length: 99999999999999999999999\r\n", "").unwrap_err(), 413);
    }

    #[test]
    fn long_heads_other_methods_and_other_bodies_are_refused() {
        assert_eq!(read(&format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(200))).unwrap_err(), 431);
        assert_eq!(read("PUT / HTTP/1.1\r\n\r\n").unwrap_err(), 405);
        assert_eq!(read("GET http://other/ HTTP/1.1\r\n\r\n").unwrap_err(), 400);
        assert_eq!(read("nonsense\r\n\r\n").unwrap_err(), 400);
        let json = "POST / HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(read(json).unwrap_err(), 415);
    }
}
