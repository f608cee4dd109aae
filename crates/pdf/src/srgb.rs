//! The sRGB colour space (IEC 61966-2-1) as an ICC profile of version 2, made here from the standard's numbers.

/// White of the profile connection space, D50.
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
/// Red, green and blue of sRGB, adapted to D50 (Bradford).
const PRIMARIES: [[f64; 3]; 3] =
    [[0.436_075, 0.222_504, 0.013_932], [0.385_065, 0.716_879, 0.097_105], [0.143_080, 0.060_617, 0.714_173]];
/// Entries of the tone curve: between two of them a straight line errs by less than one step of eight bits.
const STEPS: u32 = 1024;

/// The profile's bytes.
#[must_use]
pub fn profile() -> Vec<u8> {
    let colour = |xyz: [f64; 3]| tag(b"XYZ ", &xyz.iter().flat_map(|v| fixed(*v)).collect::<Vec<u8>>());
    let [red, green, blue] = PRIMARIES.map(colour);
    let tags: [(&[u8; 4], Vec<u8>); 7] = [
        (b"desc", description("sRGB")),
        (b"cprt", tag(b"text", b"No copyright, use freely\0")),
        (b"wtpt", colour(D50)),
        (b"rXYZ", red),
        (b"gXYZ", green),
        (b"bXYZ", blue),
        (b"rTRC", curve()),
    ];
    // all three channels share one curve
    let names: [&[u8; 4]; 9] = [b"desc", b"cprt", b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"];
    let mut at = 128 + 4 + 12 * names.len();
    let (mut table, mut body) = (Vec::new(), Vec::new());
    let mut places = Vec::new();
    for (_, bytes) in &tags {
        places.push((at, bytes.len()));
        body.extend(bytes);
        let padding = bytes.len().next_multiple_of(4) - bytes.len();
        body.extend(std::iter::repeat_n(0, padding));
        at += bytes.len() + padding;
    }
    table.extend(number(names.len()));
    for (index, name) in names.iter().enumerate() {
        let (place, length) = places[index.min(tags.len() - 1)];
        table.extend(*name);
        table.extend(number(place));
        table.extend(number(length));
    }
    let mut profile = header(at);
    profile.extend(table);
    profile.extend(body);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = number(size).to_vec();
    header.extend([0; 4]);
    header.extend([2, 0x10, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // a fixed day: the same bytes for ever
    for part in [2000_u16, 1, 1, 0, 0, 0] {
        header.extend(part.to_be_bytes());
    }
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(D50.iter().flat_map(|v| fixed(*v)));
    header.resize(128, 0);
    header
}

fn tag(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_vec();
    bytes.extend([0; 4]);
    bytes.extend(data);
    bytes
}

/// A name in ASCII, with empty Unicode and Macintosh forms.
fn description(name: &str) -> Vec<u8> {
    let mut data = number(name.len() + 1).to_vec();
    data.extend(name.bytes());
    data.push(0);
    data.extend([0; 8 + 2 + 1 + 67]);
    tag(b"desc", &data)
}

fn curve() -> Vec<u8> {
    let mut data = STEPS.to_be_bytes().to_vec();
    for step in 0..STEPS {
        let v = f64::from(step) / f64::from(STEPS - 1);
        let linear = if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        data.extend(((linear * 65_535.0).round() as u16).to_be_bytes());
    }
    tag(b"curv", &data)
}

/// Sixteen bits before the point and sixteen behind.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(profile: &[u8], place: usize) -> usize {
        u32::from_be_bytes(profile[place..place + 4].try_into().expect("four bytes")) as usize
    }

    #[test]
    fn size_and_tags_are_where_the_header_says() {
        let profile = profile();
        assert_eq!(at(&profile, 0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        assert_eq!(at(&profile, 128), 9);
        for tag in 0..9 {
            let entry = 132 + 12 * tag;
            let (place, length) = (at(&profile, entry + 4), at(&profile, entry + 8));
            assert!(place % 4 == 0 && place + length <= profile.len());
            let kind: &[u8; 4] = profile[place..place + 4].try_into().expect("kind");
            assert!([b"desc", b"text", b"XYZ ", b"curv"].contains(&kind));
        }
    }

    #[test]
    fn the_three_colours_together_are_white() {
        for axis in 0..3 {
            let sum: f64 = PRIMARIES.iter().map(|colour| colour[axis]).sum();
            assert!((sum - D50[axis]).abs() < 5e-4, "axis {axis}: {sum}");
        }
    }

    #[test]
    fn the_curve_begins_in_black_and_ends_in_white() {
        let curve = curve();
        assert_eq!((&curve[12..14], &curve[curve.len() - 2..]), (&[0, 0][..], &[255, 255][..]));
        assert_eq!(curve.len(), 12 + 2 * STEPS as usize);
    }
}
