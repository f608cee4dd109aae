//! Connections: the server's half of TLS over a blocking stream.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::Identity;

/// Serves TLS 1.3 under one identity.
#[derive(Debug, Clone)]
pub struct Tls(Arc<ServerConfig>);

/// A connection that nobody else on the network can read.
#[derive(Debug)]
pub struct Secured(StreamOwned<ServerConnection, TcpStream>);

impl Tls {
    /// With certificate and key; refused where the two do not belong together.
    pub fn new(identity: Identity) -> io::Result<Self> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13]);
        let config = versions.map_err(io::Error::other)?.with_no_client_auth();
        Ok(Self(Arc::new(config.with_single_cert(identity.chain, identity.key).map_err(io::Error::other)?)))
    }

    /// Takes a connection; the handshake happens with its first bytes.
    pub fn accept(&self, stream: TcpStream) -> io::Result<Secured> {
        let connection = ServerConnection::new(Arc::clone(&self.0)).map_err(io::Error::other)?;
        Ok(Secured(StreamOwned::new(connection, stream)))
    }
}

impl Read for Secured {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Write for Secured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Drop for Secured {
    /// Says goodbye, so that the other side can tell an end from a cut.
    fn drop(&mut self) {
        self.0.conn.send_close_notify();
        // the other side may be gone already
        let _ = self.0.flush();
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use rustls::pki_types::ServerName;
    use rustls::{ClientConfig, ClientConnection, RootCertStore};

    use super::*;
    use crate::Validity;

    fn identity(name: &str) -> Identity {
        let validity = Validity { from: (2026, 1, 1), until: (2099, 1, 1) };
        Identity::new(&[name.to_owned()], validity).expect("identity")
    }

    /// What a client that trusts the certificate gets when it asks under a name.
    fn ask(name: &str) -> io::Result<String> {
        let identity = identity("127.0.0.1");
        let mut roots = RootCertStore::empty();
        roots.add(identity.chain[0].clone()).expect("root");
        let tls = Tls::new(identity).expect("tls");
        let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
        let address = listener.local_addr().expect("address");
        let server = std::thread::spawn(move || {
            let (stream, _) = listener.accept().expect("accepted");
            let mut secured = tls.accept(stream).expect("secured");
            let mut four = [0; 4];
            if secured.read_exact(&mut four).is_ok() {
                let _ = secured.write_all(&four).and_then(|()| secured.flush());
            }
        });
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.expect("versions").with_root_certificates(roots).with_no_client_auth();
        let name = ServerName::try_from(name.to_owned()).expect("name");
        let connection = ClientConnection::new(Arc::new(config), name).expect("client");
        let mut stream = StreamOwned::new(connection, TcpStream::connect(address).expect("connected"));
        let mut answer = String::new();
        let asked = stream.write_all(b"ping").and_then(|()| stream.read_to_string(&mut answer));
        drop(stream);
        server.join().expect("server");
        asked.map(|_| answer)
    }

    #[test]
    fn a_client_that_trusts_the_certificate_is_served_and_told_the_end() {
        assert_eq!(ask("127.0.0.1").expect("answer"), "ping");
    }

    #[test]
    fn a_client_that_asks_for_another_name_turns_away() {
        let told = ask("127.0.0.2").expect_err("refused").to_string();
        assert!(told.contains("certificate"), "{told}");
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let (first, second) = (identity("localhost"), identity("localhost"));
        let mixed = Identity { chain: first.chain, key: second.key };
        assert!(Tls::new(mixed).is_err());
    }
}
