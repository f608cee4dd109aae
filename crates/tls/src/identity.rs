//! Who the server is: certificate and key, its own or given.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rcgen::{Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};

use crate::pem::pem;

/// A certificate that ends sooner is made anew at the next start, so that it does not end on a working day.
const SPARE: Duration = Duration::from_secs(30 * 86_400);

/// Certificate and key, ready to serve with.
#[derive(Debug)]
pub struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

/// Year, month, day.
pub type Day = (i32, u8, u8);

/// How long a new certificate is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// Why there is no identity.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file holds something else.
    #[error("{path} holds no {what} in PEM")]
    Content {
        /// Which.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// A key that others on the machine can read is no secret.
    #[error("{0} may be read by everybody on this machine\nhint: chmod 600 it")]
    Open(PathBuf),
    /// The certificate could not be made.
    #[error("the certificate could not be made: {0}")]
    Make(#[from] rcgen::Error),
}

impl Identity {
    /// The one kept in these files, if it serves all `names` for a while yet; otherwise a new one, kept there.
    ///
    /// The key's file is for its owner alone from the moment it is there.
    pub fn kept(certificate: &Path, key: &Path, names: &[String], validity: Validity) -> Result<Self, IdentityError> {
        if certificate.exists() && key.exists() {
            let known = Self::given(certificate, key);
            match known {
                Ok(identity) if names.iter().all(|name| identity.serves(name, SPARE)) => return Ok(identity),
                Err(error @ IdentityError::Open(_)) => return Err(error),
                _ => {}
            }
        }
        let (made, key_made) = make(names, validity)?;
        // the key first: a certificate without its key would be taken for whole and is not
        write(key, &pem("PRIVATE KEY", &key_made.serialize_der()), 0o600)?;
        write(certificate, &pem("CERTIFICATE", made.der()), 0o644)?;
        Self::given(certificate, key)
    }

    /// A new one that is kept nowhere.
    pub fn new(names: &[String], validity: Validity) -> Result<Self, IdentityError> {
        let (made, key) = make(names, validity)?;
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        Ok(Self { chain: vec![made.der().clone()], key })
    }

    /// From files; the certificate's may hold a chain.
    pub fn given(certificate: &Path, key: &Path) -> Result<Self, IdentityError> {
        let refused = |path: &Path, source| IdentityError::File { path: path.to_owned(), source };
        let none = |path: &Path, what| IdentityError::Content { path: path.to_owned(), what };
        let mode = fs::metadata(key).map_err(|source| refused(key, source))?.permissions().mode();
        if mode & 0o007 != 0 {
            return Err(IdentityError::Open(key.to_owned()));
        }
        let text = fs::read(certificate).map_err(|source| refused(certificate, source))?;
        let chain = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(|| none(certificate, "certificate"))?;
        let text = fs::read(key).map_err(|source| refused(key, source))?;
        let key = PrivateKeyDer::from_pem_slice(&text).map_err(|_| none(key, "private key"))?;
        Ok(Self { chain, key })
    }

    /// Whether a browser that trusts this very certificate accepts it under a name, in `after` from now.
    #[must_use]
    pub fn serves(&self, name: &str, after: Duration) -> bool {
        let Ok(name) = ServerName::try_from(name.to_owned()) else { return false };
        let Some(own) = self.chain.first() else { return false };
        let mut roots = RootCertStore::empty();
        if roots.add(own.clone()).is_err() {
            return false;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let Ok(verifier) = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build() else {
            return false;
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        verifier.verify_server_cert(own, &[], &name, &[], UnixTime::since_unix_epoch(now + after)).is_ok()
    }

    /// SHA-256 of the certificate as browsers show it: pairs of hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let own = self.chain.first().map(|der| der.as_ref()).unwrap_or_default();
        let hash = rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;
        let Some(suite) = hash.tls13() else { return String::new() };
        let mut digest = suite.common.hash_provider.start();
        digest.update(own);
        let pairs: Vec<String> = digest.finish().as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
        pairs.join(":")
    }
}

fn make(names: &[String], validity: Validity) -> Result<(Certificate, KeyPair), IdentityError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(names.to_vec())?;
    let ((y, m, d), (to_y, to_m, to_d)) = (validity.from, validity.until);
    params.not_before = date_time_ymd(y, m, d);
    params.not_after = date_time_ymd(to_y, to_m, to_d);
    params.distinguished_name.push(DnType::CommonName, "sohoa review");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok((params.self_signed(&key)?, key))
}

/// Whole or not at all, under these rights from the beginning.
fn write(path: &Path, text: &str, mode: u32) -> Result<(), IdentityError> {
    let beside = path.with_extension("part");
    let work = || {
        // one that a killed start left may have other rights
        if let Err(error) = fs::remove_file(&beside)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    work().map_err(|source| IdentityError::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Validity = Validity { from: (2026, 1, 1), until: (2099, 1, 1) };
    const PAST: Validity = Validity { from: (2020, 1, 1), until: (2021, 1, 1) };

    /// A folder that goes when the test ends.
    struct TestFolder(PathBuf);

    impl TestFolder {
        fn new() -> Self {
            let thread = format!("{:?}", std::thread::current().id());
            let folder = std::env::temp_dir().join(format!("sohoa-tls-{}-{thread}", std::process::id()));
            fs::create_dir_all(&folder).expect("folder");
            Self(folder)
        }
    }

    impl Drop for TestFolder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn kept(folder: &Path, names: &[&str], validity: Validity) -> Result<Identity, IdentityError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Identity::kept(&folder.join("c.pem"), &folder.join("k.pem"), &names, validity)
    }

    #[test]
    fn a_key_is_for_its_owner_alone_and_an_open_one_is_refused() {
        let folder = TestFolder::new();
        kept(&folder.0, &["localhost"], LONG).expect("made");
        let key = folder.0.join("k.pem");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&key), 0o600);
        fs::set_permissions(&key, fs::Permissions::from_mode(0o604)).expect("set");
        assert!(matches!(kept(&folder.0, &["localhost"], LONG), Err(IdentityError::Open(_))));
        fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("set");
        assert!(kept(&folder.0, &["localhost"], LONG).is_ok(), "a group may read it");
    }

    #[test]
    fn it_stays_the_same_until_a_name_is_missing_or_its_time_is_up() {
        let folder = TestFolder::new();
        let first = kept(&folder.0, &["10.0.0.5", "archive"], LONG).expect("made").fingerprint();
        assert_eq!(first.len(), 32 * 3 - 1);
        assert_eq!(kept(&folder.0, &["archive"], LONG).expect("kept").fingerprint(), first);
        let other = kept(&folder.0, &["10.0.0.6"], LONG).expect("made anew").fingerprint();
        assert_ne!(other, first, "another address");
        let past = kept(&folder.0, &["10.0.0.7"], PAST).expect("made").fingerprint();
        let fresh = kept(&folder.0, &["10.0.0.7"], LONG).expect("made anew").fingerprint();
        assert_ne!(past, fresh, "the old one had ended");
        assert_eq!(kept(&folder.0, &["10.0.0.7"], LONG).expect("kept").fingerprint(), fresh);
    }

    #[test]
    fn it_serves_its_own_names_and_no_others() {
        let folder = TestFolder::new();
        let identity = kept(&folder.0, &["10.0.0.5", "archive"], LONG).expect("made");
        assert!(identity.serves("10.0.0.5", Duration::ZERO) && identity.serves("archive", Duration::ZERO));
        assert!(!identity.serves("10.0.0.4", Duration::ZERO) && !identity.serves("other", Duration::ZERO));
        assert!(!identity.serves("archive", Duration::from_secs(100 * 365 * 86_400)), "it ends in 2099");
    }

    #[test]
    fn files_that_hold_something_else_are_named() {
        let folder = TestFolder::new();
        kept(&folder.0, &["localhost"], LONG).expect("made");
        let (certificate, key) = (folder.0.join("c.pem"), folder.0.join("k.pem"));
        let told = Identity::given(&key, &key).expect_err("no certificate").to_string();
        assert!(told.contains("k.pem holds no certificate"), "{told}");
        fs::set_permissions(&certificate, fs::Permissions::from_mode(0o600)).expect("set");
        let told = Identity::given(&certificate, &certificate).expect_err("no key").to_string();
        assert!(told.contains("c.pem holds no private key"), "{told}");
        let told = Identity::given(&folder.0.join("none"), &key).expect_err("no file").to_string();
        assert!(told.contains("none: "), "{told}");
    }
}
