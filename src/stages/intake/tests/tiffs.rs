//! TIFF of several kinds.

use std::io::Cursor;

use ::tiff::encoder::{TiffEncoder, colortype};

use super::*;

/// Black and white rows as CCITT G4 holds them.
fn g4(width: u16, rows: &[Vec<bool>]) -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for row in rows {
        let pels = row.iter().map(|black| if *black { fax::Color::Black } else { fax::Color::White });
        encoder.encode_line(pels, width).expect("encodes");
    }
    encoder.finish().expect("encodes").finish()
}

/// A TIFF of one strip a page, written by hand: tags (number, type, value) and data.
pub(super) fn tiff_of(pages: &[(Vec<(u16, u16, u32)>, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for (tags, data) in pages {
        let at = bytes.len() as u32;
        bytes.extend(data);
        if bytes.len() % 2 == 1 {
            bytes.push(0);
        }
        let directory = bytes.len() as u32;
        bytes.splice(link..link + 4, directory.to_le_bytes());
        let mut tags = tags.clone();
        tags.extend([(273, 4, at), (279, 4, data.len() as u32)]);
        tags.sort_unstable();
        bytes.extend((tags.len() as u16).to_le_bytes());
        for (tag, kind, value) in tags {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        link = bytes.len();
        bytes.extend([0; 4]);
    }
    bytes
}

fn bilevel(width: u32, height: u32, compression: u32, photometric: u32) -> Vec<(u16, u16, u32)> {
    vec![
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, photometric),
        (277, 3, 1),
        (278, 4, height),
    ]
}

fn stairs(width: u32, height: u32) -> Vec<Vec<bool>> {
    (0..height).map(|y| (0..width).map(|x| x < y || (x + 3 * y) % 17 == 0).collect()).collect()
}

#[test]
fn each_page_of_a_g4_file_is_read() {
    let pages: Vec<_> =
        [(70, 40), (33, 50)].into_iter().map(|(w, h)| (bilevel(w, h, 4, 0), g4(w as u16, &stairs(w, h)))).collect();
    let bytes = tiff_of(&pages);
    for (page, (w, h)) in [(70, 40), (33, 50)].into_iter().enumerate() {
        let scan = page_of(&bytes, page as u32, &config()).expect("a page");
        let want = RgbImage::from_fn(w, h, |x, y| Rgb([if stairs(w, h)[y as usize][x as usize] { 0 } else { 255 }; 3]));
        assert_eq!(scan.image, want, "page {page}");
        assert_eq!(scan.id.index, page as u32);
    }
    assert!(matches!(page_of(&bytes, 2, &config()), Err(IntakeError::NoSuchPage { page: 3 })));
    let two = page_of(&bytes, 0, &Config { max_pages: 1, ..config() });
    assert!(matches!(two, Err(IntakeError::TooLarge { what: "pages", .. })), "{two:?}");
}

#[test]
fn white_may_be_one_or_nought() {
    let row = vec![0b1100_0000];
    let values = |photometric| {
        let scan = scan_of(&tiff_of(&[(bilevel(4, 1, 1, photometric), row.clone())])).expect("a page");
        scan.image.pixels().map(|p| p.0[0]).collect::<Vec<_>>()
    };
    assert_eq!(values(1), [255, 255, 0, 0]);
    assert_eq!(values(0), [0, 0, 255, 255]);
}

#[test]
fn grey_and_colour_keep_their_values_orientation_and_resolution() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).expect("begins");
    let mut page = encoder.new_image::<colortype::RGB8>(9, 5).expect("begins");
    page.resolution(::tiff::tags::ResolutionUnit::Inch, ::tiff::encoder::Rational { n: 300, d: 1 });
    page.encoder().write_tag(::tiff::tags::Tag::Orientation, 6_u16).expect("writes");
    page.write_data(picture(9, 5).as_raw()).expect("writes");
    let grey: Vec<u16> = (0..12).map(|v| v * 256 + 255).collect();
    encoder.write_image::<colortype::Gray16>(4, 3, &grey).expect("writes");
    let bytes = bytes.into_inner();
    let colour = page_of(&bytes, 0, &config()).expect("a page");
    assert_eq!((&colour.image, colour.dpi), (&picture(9, 5), Some(300.0)));
    assert_eq!(colour.orientation, Orientation::Rotate90);
    let grey = page_of(&bytes, 1, &config()).expect("a page");
    assert_eq!(grey.image.pixels().map(|p| p.0[0]).collect::<Vec<_>>(), (0..12).collect::<Vec<u8>>());
}

#[test]
fn a_cut_or_looping_file_is_an_error() {
    let whole = tiff_of(&[(bilevel(70, 40, 1, 1), vec![0; 9 * 40])]);
    assert!(scan_of(&whole).is_ok());
    let mut shorter = whole.clone();
    // the strip is said to lie behind the end
    let at = shorter.windows(2).position(|w| w == 273_u16.to_le_bytes()).expect("has strips");
    shorter.splice(at + 8..at + 12, 90_000_u32.to_le_bytes());
    assert!(scan_of(&shorter).is_err());
    let mut looping = whole.clone();
    let end = looping.len() - 4;
    let first: [u8; 4] = looping[4..8].try_into().expect("four");
    looping.splice(end.., first);
    assert!(scan_of(&looping).is_err());
}
