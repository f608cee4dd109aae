//! The station on the office network: over TLS only, seen by a real client.

use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use sohoa::review::door::{Door, Scheme};
use sohoa::review::station::Station;
use sohoa::store::{Claim, Store};
use sohoa_http::{Limits, Request, Server, encode};
use sohoa_tls::{Identity, Tls, Validity};

use crate::station::{Answer, PASSWORD, run_with_people, settings};

/// A client that trusts one certificate and nothing else.
struct Client {
    config: Arc<ClientConfig>,
    address: SocketAddr,
}

impl Client {
    fn ask(&self, text: &str) -> Answer {
        let name = ServerName::try_from(self.address.ip().to_string()).expect("name");
        let connection = ClientConnection::new(Arc::clone(&self.config), name).expect("client");
        let stream = TcpStream::connect(self.address).expect("connected");
        Answer::heard(StreamOwned::new(connection, stream), text)
    }

    fn sign_in_from(&self, origin: &str) -> Answer {
        let body = format!("name=lan&password={}", encode(PASSWORD));
        self.ask(&format!(
            "POST /sign-in HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }
}

#[test]
fn over_tls_people_sign_in_and_the_session_never_travels_in_the_clear() {
    let folder = run_with_people();
    let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), Limits::office()).expect("bound");
    let address = server.address().expect("address");
    let door = Door::new(Scheme::Https, address, &[]);
    let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
    let validity = Validity { from: (2026, 1, 1), until: (2099, 1, 1) };
    let identity = Identity::kept(&certificate, &key, door.names(), validity).expect("identity");
    let server = server.secured(Tls::new(identity).expect("tls"));
    let store = Store::for_people(&folder.path().join("run"), Claim::Station).expect("station");
    let station = Station::open(store, settings(folder.path()), door).expect("open");
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let thread = std::thread::spawn(move || {
        server.serve(Arc::new(move |request: &Request| station.answer(request)), &seen).expect("served");
    });

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&certificate).expect("certificate")).expect("root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = Arc::new(config.expect("versions").with_root_certificates(roots).with_no_client_auth());
    let client = Client { config, address };

    let signed_in = client.sign_in_from(&format!("https://{address}"));
    assert_eq!(signed_in.status, 303, "{signed_in:?}");
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("; Secure") && cookie.contains("HttpOnly"), "{cookie}");
    let session = cookie.split(';').next().expect("cookie");
    let queue = client
        .ask(&format!("GET /queue HTTP/1.1\r\nHost: {address}\r\nCookie: {session}\r\nConnection: close\r\n\r\n"));
    assert_eq!(queue.status, 200, "{}", queue.head);
    assert_eq!(client.sign_in_from(&format!("http://{address}")).status, 421, "a page that came in the clear");

    let plain = TcpStream::connect(address).expect("connected");
    let plain = Answer::heard(
        plain,
        &format!("GET /queue HTTP/1.1\r\nHost: {address}\r\nCookie: {session}\r\nConnection: close\r\n\r\n"),
    );
    assert_eq!((plain.status, plain.header("location")), (303, format!("https://{address}/").as_str()));
    assert!(plain.body.is_empty(), "nothing of the queue");

    stop.store(true, Ordering::Relaxed);
    thread.join().expect("ended");
}
