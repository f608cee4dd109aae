//! Connections: one thread each, so many and no more, none silent for long.

use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use sohoa_tls::Tls;

use crate::request::{Connection, Method, Refused};
use crate::{Request, Response};

/// What a server takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Request line and headers.
    pub head_bytes: usize,
    /// Posted form.
    pub body_bytes: usize,
    /// Connections at once; a browser holds up to six.
    pub connections: usize,
    /// Silence after which a connection ends.
    pub silence: Duration,
}

impl Limits {
    /// For some ten people in an office.
    #[must_use]
    pub fn office() -> Self {
        Self {
            head_bytes: 16 * 1024,
            body_bytes: 256 * 1024,
            connections: 256,
            silence: Duration::from_secs(20),
        }
    }
}

/// A bound server.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    limits: Limits,
    tls: Option<Tls>,
    open: Arc<AtomicUsize>,
}

/// The first byte of every TLS connection; no HTTP method begins with it.
const HANDSHAKE: u8 = 0x16;

/// Counts a connection for as long as it lives, whatever ends it.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Server {
    /// Takes an address; port 0 takes any free port.
    pub fn bind(address: SocketAddr, limits: Limits) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address)?, limits, tls: None, open: Arc::default() })
    }

    /// Serves over TLS only; who comes without it is sent to the same address with it.
    #[must_use]
    pub fn secured(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until `stop` is set; a handler that panics costs its own answer only.
    pub fn serve<H>(&self, handler: Arc<H>, stop: &AtomicBool) -> io::Result<()>
    where
        H: Fn(&Request) -> Response + Send + Sync + 'static,
    {
        // a short poll, so that a signal ends the server without another connection
        self.listener.set_nonblocking(true)?;
        while !stop.load(Ordering::Relaxed) {
            match self.listener.accept() {
                Ok((stream, peer)) => self.start(stream, peer, &handler),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(5)),
                // too many open files, a connection gone before it was taken: the next may do
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
        Ok(())
    }

    fn start<H>(&self, stream: TcpStream, peer: SocketAddr, handler: &Arc<H>)
    where
        H: Fn(&Request) -> Response + Send + Sync + 'static,
    {
        let place = Place(Arc::clone(&self.open));
        if self.open.fetch_add(1, Ordering::Relaxed) >= self.limits.connections {
            // dropping the stream closes it; a browser tries again
            return;
        }
        let (limits, tls, handler) = (self.limits, self.tls.clone(), Arc::clone(handler));
        // no thread to be had: the connection is dropped like one too many
        let _ = std::thread::Builder::new().name("connection".to_owned()).spawn(move || {
            let _place = place;
            // the other side is gone: nobody is left to be told
            let _ = begin(stream, tls.as_ref(), &peer.ip().to_string(), &limits, &*handler);
        });
    }
}

fn begin(
    stream: TcpStream,
    tls: Option<&Tls>,
    peer: &str,
    limits: &Limits,
    handler: &impl Fn(&Request) -> Response,
) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(limits.silence))?;
    stream.set_write_timeout(Some(limits.silence))?;
    let Some(tls) = tls else { return converse(stream, peer, limits, handler) };
    let mut first = [0];
    if stream.peek(&mut first)? == 1 && first[0] != HANDSHAKE {
        return converse(stream, peer, limits, &secure_only);
    }
    converse(tls.accept(stream)?, peer, limits, handler)
}

/// Somebody left out the `https`: nothing that came is looked at but the name that was asked for.
fn secure_only(request: &Request) -> Response {
    let host = request.header("host").unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if request.method == Method::Get && !host.is_empty() && host.bytes().all(plain) {
        return Response::see(&format!("https://{host}/"));
    }
    Response::text(421, "this address is served over https only")
}

fn converse<S: Read + Write>(
    stream: S,
    peer: &str,
    limits: &Limits,
    handler: &impl Fn(&Request) -> Response,
) -> io::Result<()> {
    let mut from = BufReader::new(stream);
    loop {
        let request = match Request::read(&mut from, peer, limits) {
            Ok(request) => request,
            Err(Refused::Gone) => return Ok(()),
            Err(Refused::Status(status)) => return Response::text(status, "").write(from.get_mut(), Connection::Close),
        };
        let answer = catch_unwind(AssertUnwindSafe(|| handler(&request)));
        let answer = answer.unwrap_or_else(|_| Response::text(500, "internal error"));
        answer.write(from.get_mut(), request.keep_alive)?;
        if request.keep_alive == Connection::Close {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use sohoa_tls::{Identity, Validity};

    use super::*;

    /// A server that answers with the path; panics at `/panic`.
    fn started(limits: Limits) -> SocketAddr {
        let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), limits).expect("bound");
        let address = server.address().expect("address");
        let handler = |request: &Request| {
            assert!(request.path != "/panic");
            Response::text(200, &request.path)
        };
        std::thread::spawn(move || server.serve(Arc::new(handler), &AtomicBool::new(false)));
        address
    }

    fn ask(address: SocketAddr, text: &str) -> String {
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.write_all(text.as_bytes()).expect("sent");
        let mut answer = String::new();
        // a refused request may end in a reset
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    #[test]
    fn one_connection_carries_many_requests_and_survives_a_panic() {
        let address = started(Limits::office());
        let three = "GET /a HTTP/1.1\r\n\r\nGET /panic HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n";
        let answer = ask(address, three);
        let statuses: Vec<&str> = answer.matches("HTTP/1.1 200 OK").chain(answer.matches("HTTP/1.1 500")).collect();
        assert_eq!(statuses.len(), 3, "{answer}");
        assert!(answer.ends_with("/b"), "{answer}");
    }

    #[test]
    fn a_silent_connection_is_closed() {
        let address = started(Limits { silence: Duration::from_millis(50), ..Limits::office() });
        assert_eq!(ask(address, "GET / HTTP/1.1\r\nHost:"), "");
    }

    #[test]
    fn connections_beyond_the_limit_are_dropped_and_later_ones_served() {
        let address = started(Limits { connections: 1, silence: Duration::from_millis(200), ..Limits::office() });
        let held = TcpStream::connect(address).expect("connected");
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(ask(address, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), "");
        drop(held);
        std::thread::sleep(Duration::from_millis(100));
        assert!(ask(address, "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n").ends_with("/x"));
    }

    /// As [`started`], over TLS.
    fn secured() -> SocketAddr {
        let validity = Validity { from: (2026, 1, 1), until: (2099, 1, 1) };
        let identity = Identity::new(&["127.0.0.1".to_owned()], validity).expect("identity");
        let limits = Limits { silence: Duration::from_millis(200), ..Limits::office() };
        let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), limits).expect("bound");
        let server = server.secured(Tls::new(identity).expect("tls"));
        let address = server.address().expect("address");
        let handler = |request: &Request| Response::text(200, &request.path);
        std::thread::spawn(move || server.serve(Arc::new(handler), &AtomicBool::new(false)));
        address
    }

    #[test]
    fn who_leaves_out_the_https_is_sent_there_and_nothing_else_is_answered() {
        let address = secured();
        let answer = ask(address, "GET /secret HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n");
        assert!(answer.contains("303 See Other") && answer.contains("Location: https://127.0.0.1:8080/\r\n"), "{answer}");
        assert!(!answer.contains("/secret"), "{answer}");
        let odd = ask(address, "GET / HTTP/1.1\r\nHost: a/../b?c\r\nConnection: close\r\n\r\n");
        assert!(odd.starts_with("HTTP/1.1 421"), "{odd}");
        let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=1";
        let posted = ask(address, &format!("POST /sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{form}"));
        assert!(posted.starts_with("HTTP/1.1 421"), "{posted}");
    }

    #[test]
    fn a_handshake_of_nonsense_ends_the_connection_and_the_server_lives() {
        let address = secured();
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.write_all(&[HANDSHAKE; 600]).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
        let plain = ask(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(plain.starts_with("HTTP/1.1 303"), "{plain}");
    }

    #[test]
    fn a_body_over_the_limit_is_refused_before_it_is_read() {
        let address = started(Limits::office());
        let answer = ask(address, "POST / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
}
