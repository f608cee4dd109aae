//! Connections: one thread each, so many and no more, none silent for long.

use std::io::{self, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::request::{Connection, Refused};
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
    open: Arc<AtomicUsize>,
}

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
        Ok(Self { listener: TcpListener::bind(address)?, limits, open: Arc::default() })
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
        let (limits, handler) = (self.limits, Arc::clone(handler));
        // no thread to be had: the connection is dropped like one too many
        let _ = std::thread::Builder::new().name("connection".to_owned()).spawn(move || {
            let _place = place;
            // the other side is gone: nobody is left to be told
            let _ = converse(&stream, &peer.ip().to_string(), &limits, &*handler);
        });
    }
}

fn converse(
    stream: &TcpStream,
    peer: &str,
    limits: &Limits,
    handler: &(impl Fn(&Request) -> Response + ?Sized),
) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(limits.silence))?;
    stream.set_write_timeout(Some(limits.silence))?;
    let mut from = BufReader::new(stream);
    loop {
        let request = match Request::read(&mut from, peer, limits) {
            Ok(request) => request,
            Err(Refused::Gone) => return Ok(()),
            Err(Refused::Status(status)) => return Response::text(status, "").write(&mut &*stream, Connection::Close),
        };
        let answer = catch_unwind(AssertUnwindSafe(|| handler(&request)));
        let answer = answer.unwrap_or_else(|_| Response::text(500, "internal error"));
        answer.write(&mut &*stream, request.keep_alive)?;
        if request.keep_alive == Connection::Close {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

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

    #[test]
    fn a_body_over_the_limit_is_refused_before_it_is_read() {
        let address = started(Limits::office());
        let answer = ask(address, "POST / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
}
