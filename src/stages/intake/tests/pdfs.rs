//! PDF made of pictures, written by hand.

use std::fmt::Write as _;

use image::metadata::Orientation;

use super::*;

/// A picture object: dictionary entries and data.
struct Xobject {
    entries: String,
    data: Vec<u8>,
}

fn dct(picture: &RgbImage) -> Xobject {
    let (w, h) = picture.dimensions();
    let entries = format!("/Width {w} /Height {h} /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode");
    Xobject { entries, data: jpeg_of(picture) }
}

fn raw(w: u32, h: u32, more: &str, data: &[u8]) -> Xobject {
    Xobject { entries: format!("/Width {w} /Height {h} {more}"), data: data.to_vec() }
}

fn flate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, data).expect("writes");
    encoder.finish().expect("ends")
}

/// One page a list of (content matrix, picture), with page entries such as `/Rotate 90`.
fn pdf_of(pages: &[(&str, Vec<(&str, Xobject)>)]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), Vec::new()];
    let mut kids = String::new();
    for (entries, pictures) in pages {
        let (mut content, mut names) = (String::new(), String::new());
        for (i, (matrix, picture)) in pictures.iter().enumerate() {
            objects.push(stream(&format!("/Type/XObject/Subtype/Image {}", picture.entries), &picture.data));
            write!(names, "/P{i} {} 0 R", objects.len()).expect("writes");
            write!(content, "q {matrix} cm /P{i} Do Q\n").expect("writes");
        }
        objects.push(stream("", content.as_bytes()));
        let content = objects.len();
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{entries}/Contents {content} 0 R/Resources<</XObject<<{names}>>>>>>")
                .into_bytes(),
        );
        write!(kids, "{} 0 R ", objects.len()).expect("writes");
    }
    objects[1] = format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()).into_bytes();
    finish(&objects)
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{entries}/Length {}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

fn finish(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        write!(table, "{:010} 00000 n \n", bytes.len()).expect("writes");
        bytes.extend(format!("{} 0 obj\n", i + 1).as_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    write!(table, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).expect("writes");
    bytes.extend(table.as_bytes());
    bytes
}

const FULL: &str = "595 0 0 842 0 0";

#[test]
fn the_embedded_jpeg_is_taken_as_it_is() {
    let (small, large) = (picture(119, 168), busy(64, 90));
    let bytes = pdf_of(&[("", vec![(FULL, dct(&small))]), ("", vec![(FULL, dct(&large))])]);
    for (page, want) in [small, large].iter().enumerate() {
        let scan = page_of(&bytes, page as u32, &config()).expect("a page");
        assert_eq!(scan.image, scan_of(&jpeg_of(want)).expect("a picture").image, "page {page}");
    }
    let dpi = page_of(&bytes, 0, &Config { min_dpi: 1.0, ..config() }).expect("a page").dpi.expect("placed");
    assert!((dpi - 119.0 / 595.0 * 72.0).abs() < 0.01, "{dpi}");
}

#[test]
fn the_page_turns_the_picture() {
    let turned = |entries| {
        let bytes = pdf_of(&[(entries, vec![(FULL, dct(&picture(20, 30)))])]);
        page_of(&bytes, 0, &config()).expect("a page").orientation
    };
    assert_eq!(turned(""), Orientation::NoTransforms);
    assert_eq!(turned("/Rotate 90"), Orientation::Rotate90);
    assert_eq!(turned("/Rotate 180"), Orientation::Rotate180);
    assert_eq!(turned("/Rotate -90"), Orientation::Rotate270);
}

#[test]
fn the_placement_turns_and_mirrors_the_picture() {
    let placed = |matrix| {
        let bytes = pdf_of(&[("", vec![(matrix, dct(&picture(20, 30)))])]);
        page_of(&bytes, 0, &config()).expect("a page").orientation
    };
    assert_eq!(placed("0 842 -595 0 595 0"), Orientation::Rotate270);
    assert_eq!(placed("0 -842 595 0 0 842"), Orientation::Rotate90);
    assert_eq!(placed("-595 0 0 842 595 0"), Orientation::FlipHorizontal);
    assert_eq!(placed("595 0 0 -842 0 842"), Orientation::FlipVertical);
}

#[test]
fn samples_without_a_picture_codec_are_read() {
    let rgb = picture(10, 6);
    let page = |x: Xobject| page_of(&pdf_of(&[("", vec![(FULL, x)])]), 0, &config()).expect("a page").image;
    let plain =
        page(raw(10, 6, "/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode", &flate(rgb.as_raw())));
    assert_eq!(plain, rgb);
    let mask = page(raw(8, 1, "/ImageMask true", &[0b1111_0000]));
    assert_eq!(mask.pixels().map(|p| p.0[0]).collect::<Vec<_>>(), [255, 255, 255, 255, 0, 0, 0, 0]);
    let inverted = page(raw(8, 1, "/BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [1 0]", &[0b1111_0000]));
    assert_eq!(inverted.get_pixel(0, 0).0, [0; 3]);
    let indexed = page(raw(2, 1, "/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 <000000 c80a14>]", &[1, 0]));
    assert_eq!(indexed.get_pixel(0, 0).0, [200, 10, 20]);
}

#[test]
fn the_scan_is_taken_and_a_stamp_on_it_is_not() {
    let scan = dct(&picture(119, 168));
    let stamp = dct(&busy(300, 300));
    let bytes = pdf_of(&[("", vec![(FULL, scan), ("60 0 0 60 100 100", stamp)])]);
    assert_eq!(page_of(&bytes, 0, &config()).expect("a page").image.dimensions(), (119, 168));
}

#[test]
fn strips_are_put_together_and_other_patchwork_is_refused() {
    let whole = picture(10, 8);
    let part = |from: u32, rows: u32| {
        let cut = image::imageops::crop_imm(&whole, 0, from, 10, rows).to_image();
        raw(10, rows, "/BitsPerComponent 8 /ColorSpace /DeviceRGB", cut.as_raw())
    };
    let strips = vec![("500 0 0 300 0 0", part(5, 3)), ("500 0 0 500 0 300", part(0, 5))];
    let joined = page_of(&pdf_of(&[("", strips)]), 0, &config()).expect("a page");
    assert_eq!(joined.image, whole);
    let beside = vec![("300 0 0 800 0 0", part(0, 8)), ("290 0 0 800 300 0", part(0, 8))];
    let error = page_of(&pdf_of(&[("", beside)]), 0, &config());
    assert!(
        matches!(&error, Err(IntakeError::Unsupported { reason, .. }) if reason.contains("2 pictures")),
        "{error:?}"
    );
}

#[test]
fn bad_documents_are_told_apart() {
    let whole = pdf_of(&[("", vec![(FULL, dct(&busy(200, 200)))])]);
    let cut = scan_of(&whole[..whole.len() / 2]);
    assert!(matches!(cut, Err(IntakeError::Truncated { .. } | IntakeError::Broken { .. })), "{cut:?}");
    let empty = scan_of(&pdf_of(&[]));
    assert!(matches!(empty, Err(IntakeError::NoPages)), "{empty:?}");
    let text = scan_of(&pdf_of(&[("", Vec::new())]));
    assert!(matches!(text, Err(IntakeError::NoPicture { page: 1 })), "{text:?}");
}

#[test]
fn a_picture_that_unfolds_beyond_its_size_is_refused() {
    let bomb = flate(&vec![0; 400_000]);
    let x = raw(10, 10, "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode", &bomb);
    let bytes = pdf_of(&[("", vec![(FULL, x)])]);
    let tight = page_of(&bytes, 0, &Config { max_pixels: 20_000, max_side: 1000, ..config() });
    assert!(matches!(tight, Err(IntakeError::TooLarge { what: "bytes in a picture", .. })), "{tight:?}");
}
