//! Under which names browsers reach the station, and whether others on the network could listen in.

use std::collections::HashSet;
use std::net::SocketAddr;

/// How browsers come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear: this machine alone.
    Http,
    /// Over TLS.
    Https,
}

/// The station's own addresses; a request under another name is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    scheme: Scheme,
    port: u16,
    names: Vec<String>,
}

impl Door {
    /// At an address, and under further names at its port.
    #[must_use]
    pub fn new(scheme: Scheme, address: SocketAddr, more: &[String]) -> Self {
        let mut names: Vec<String> = more.iter().map(|name| name.to_ascii_lowercase()).collect();
        // all addresses of the machine is no name of its own
        if !address.ip().is_unspecified() {
            names.insert(0, address.ip().to_string());
        }
        if address.ip().is_loopback() || address.ip().is_unspecified() {
            names.push("localhost".to_owned());
        }
        let mut known = HashSet::new();
        names.retain(|name| known.insert(name.clone()));
        Self { scheme, port: address.port(), names }
    }

    /// Names without port, as a certificate has them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Where a browser finds it.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        self.names.iter().map(|name| format!("{}://{}/", self.scheme.word(), self.host(name))).collect()
    }

    /// Whether a `Host` header is ours: a foreign name may be a trick of DNS.
    #[must_use]
    pub fn is_own(&self, host: &str) -> bool {
        self.names.iter().any(|name| {
            let default = self.port == self.scheme.port() && host.eq_ignore_ascii_case(&bracketed(name));
            default || host.eq_ignore_ascii_case(&self.host(name))
        })
    }

    /// Whether a page of this origin is ours, for a request that came under `host`.
    #[must_use]
    pub fn is_origin(&self, origin: &str, host: &str) -> bool {
        origin.strip_prefix(self.scheme.word()).and_then(|rest| rest.strip_prefix("://")) == Some(host)
    }

    /// Cookies that carry a session never travel in the clear where there is TLS.
    #[must_use]
    pub fn cookie_rights(&self) -> &'static str {
        match self.scheme {
            Scheme::Http => "Path=/; HttpOnly; SameSite=Strict",
            Scheme::Https => "Path=/; HttpOnly; SameSite=Strict; Secure",
        }
    }

    /// Browsers keep cookies by name of the machine: two stations on one would sign each other's people out.
    #[must_use]
    pub fn session_cookie(&self) -> String {
        format!("session-{}", self.port)
    }

    fn host(&self, name: &str) -> String {
        format!("{}:{}", bracketed(name), self.port)
    }
}

impl Scheme {
    fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// IPv6 addresses stand in brackets before a port.
fn bracketed(name: &str) -> String {
    if name.contains(':') { format!("[{name}]") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(scheme: Scheme, address: &str, more: &[&str]) -> Door {
        let more: Vec<String> = more.iter().map(|name| (*name).to_owned()).collect();
        Door::new(scheme, address.parse().expect("address"), &more)
    }

    #[test]
    fn a_name_that_is_given_though_it_is_known_is_told_once() {
        let told = door(Scheme::Https, "0.0.0.0:8443", &["localhost", "luutru", "LocalHost"]).addresses();
        assert_eq!(told, ["https://localhost:8443/", "https://luutru:8443/"]);
    }

    #[test]
    fn a_door_knows_its_own_names_and_ports() {
        let office = door(Scheme::Https, "192.168.1.5:8443", &["luutru"]);
        assert!(office.is_own("192.168.1.5:8443") && office.is_own("LuuTru:8443"));
        for foreign in ["192.168.1.5", "192.168.1.5:8080", "localhost:8443", "evil.example:8443", ""] {
            assert!(!office.is_own(foreign), "{foreign}");
        }
        let plain = door(Scheme::Https, "192.168.1.5:443", &[]);
        assert!(plain.is_own("192.168.1.5"), "browsers leave the usual port out");
        let six = door(Scheme::Https, "[fd00::5]:8443", &[]);
        assert!(six.is_own("[fd00::5]:8443") && six.addresses() == ["https://[fd00::5]:8443/"]);
    }

    #[test]
    fn all_addresses_is_no_name() {
        let door = door(Scheme::Https, "0.0.0.0:8443", &["luutru"]);
        assert_eq!(door.names(), ["luutru", "localhost"]);
    }

    #[test]
    fn a_page_that_came_in_the_clear_is_not_ours_where_there_is_tls() {
        let office = door(Scheme::Https, "192.168.1.5:8443", &[]);
        let host = "192.168.1.5:8443";
        assert!(office.is_origin("https://192.168.1.5:8443", host));
        for origin in ["http://192.168.1.5:8443", "https://192.168.1.5", "null", ""] {
            assert!(!office.is_origin(origin, host), "{origin}");
        }
        assert!(office.cookie_rights().ends_with("; Secure"));
        assert!(!door(Scheme::Http, "127.0.0.1:80", &[]).cookie_rights().contains("Secure"));
    }
}
