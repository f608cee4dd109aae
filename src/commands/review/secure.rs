//! Certificate and key of a station on the office network.

use std::net::SocketAddr;
use std::path::Path;

use sohoa_tls::{Day, Identity, Validity};

use crate::commands::Failure;
use crate::review::door::Door;
use crate::store::RunFolder;

/// Some systems take no certificate that is good for longer.
const GOOD_FOR_DAYS: i64 = 820;

/// The names that were given, and the machine's own where it listens on more than one address.
pub(super) fn names(address: SocketAddr, given: &[String]) -> Vec<String> {
    let mut names = given.to_vec();
    if address.ip().is_unspecified()
        && let Ok(own) = rustix::system::uname().nodename().to_str()
        && !names.iter().any(|name| name == own)
    {
        names.push(own.to_owned());
    }
    names
}

/// The given files, or the station's own: made at the first start, made anew when a name is missing or its time is up.
pub(super) fn identity(folder: &RunFolder, door: &Door, given: Option<(&Path, &Path)>) -> Result<Identity, Failure> {
    if let Some((certificate, key)) = given {
        return Identity::given(certificate, key).map_err(Failure::usage);
    }
    let today = jiff::Zoned::now().date();
    // clocks in an office differ by hours
    let days = |days: i64| today.checked_add(jiff::Span::new().days(days)).map(day).map_err(Failure::from);
    let validity = Validity { from: days(-1)?, until: days(GOOD_FOR_DAYS)? };
    let (certificate, key) = (folder.file("station-certificate.pem"), folder.file("station-key.pem"));
    Identity::kept(&certificate, &key, door.names(), validity).map_err(Failure::usage)
}

fn day(date: jiff::civil::Date) -> Day {
    (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
}
