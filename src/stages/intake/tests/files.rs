//! JPEG, PNG, JPEG 2000; limits, walking, names.

use image::metadata::Orientation;

use super::*;

#[test]
fn png_pixels_come_out_as_they_went_in() {
    let scan = scan_of(&png_of(&picture(40, 30))).expect("a picture");
    assert_eq!(scan.image, picture(40, 30));
    assert_eq!((scan.orientation, scan.dpi), (Orientation::NoTransforms, None));
    assert_eq!(scan.hint.number.as_deref(), Some("001"));
}

#[test]
fn equal_pixels_in_unequal_files_share_the_pixel_hash_only() {
    let (a, b) = (
        scan_of(&png_of(&picture(40, 30))).expect("a"),
        scan_of(&{
            let mut bytes = png_of(&picture(40, 30));
            bytes.extend_from_slice(b"trailing");
            bytes
        }),
    );
    let b = b.expect("bytes behind the end do no harm");
    assert_eq!(a.pixels_sha256, b.pixels_sha256);
    assert_ne!(a.id.file, b.id.file);
    // 30 × 40 has the same bytes in another shape
    let turned = RgbImage::from_raw(30, 40, picture(40, 30).into_raw()).expect("as many pixels");
    assert_ne!(scan_of(&png_of(&turned)).expect("c").pixels_sha256, a.pixels_sha256);
}

#[test]
fn a_jpeg_cut_anywhere_is_truncated_or_broken_but_never_a_page() {
    let bytes = jpeg_of(&busy(160, 120));
    assert!(scan_of(&bytes).is_ok());
    for part in 1..40 {
        let cut = &bytes[..bytes.len() * part / 40];
        let error = scan_of(cut).expect_err("a page from a part").to_string();
        assert!(error.contains("cut short") || error.contains("no frame header"), "{part}/40: {error}");
    }
    let error = scan_of(&bytes[..bytes.len() - 2]);
    assert!(!matches!(&error, Err(e) if !matches!(e, IntakeError::Truncated { .. })), "{error:?}");
}

#[test]
fn every_exif_orientation_is_told() {
    let jpeg = jpeg_of(&picture(16, 8));
    for n in 1..=8 {
        let scan = scan_of(&with_segment(&jpeg, 0xe1, &exif(n.into(), 300))).expect("a picture");
        assert_eq!(Some(scan.orientation), Orientation::from_exif(n), "{n}");
        assert_eq!(scan.image.dimensions(), (16, 8), "pixels stay as stored");
    }
}

#[test]
fn resolutions_outside_of_the_believable_are_dropped() {
    let jpeg = jpeg_of(&picture(16, 8));
    let stated = |dpi| {
        // the encoder writes a JFIF head without a unit, so that EXIF speaks
        scan_of(&with_segment(&jpeg, 0xe1, &exif(1, dpi))).expect("a picture").dpi
    };
    assert_eq!([49, 50, 1200, 1201].map(stated), [None, Some(50.0), Some(1200.0), None]);
}

#[test]
fn a_png_states_its_resolution_in_dots_a_metre() {
    let mut bytes = png_of(&picture(8, 8));
    let mut chunk = b"pHYs".to_vec();
    chunk.extend([0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]);
    let crc = crc32(&chunk);
    let whole = [&9_u32.to_be_bytes()[..], &chunk, &crc.to_be_bytes()].concat();
    // behind the head chunk
    bytes.splice(33..33, whole);
    let dpi = scan_of(&bytes).expect("a picture").dpi.expect("stated");
    assert!((dpi - 300.0).abs() < 0.05, "{dpi}");
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

#[test]
fn a_png_cut_short_is_truncated() {
    let bytes = png_of(&busy(60, 60));
    let error = scan_of(&bytes[..bytes.len() / 2]);
    assert!(matches!(error, Err(IntakeError::Truncated { format: "PNG" })), "{error:?}");
}

#[test]
fn promised_sizes_are_refused_before_decoding() {
    let config = Config { max_side: 40, max_pixels: 1200, ..config() };
    let load = |w, h| page_of(&png_of(&picture(w, h)), 0, &config).map(|s| s.image.dimensions());
    assert_eq!(load(40, 30).expect("at the limit"), (40, 30));
    assert!(matches!(load(41, 2), Err(IntakeError::TooLarge { what: "pixels on one side", .. })));
    assert!(matches!(load(40, 31), Err(IntakeError::TooLarge { what: "pixels", .. })));
    let jpeg = page_of(&jpeg_of(&picture(41, 2)), 0, &config);
    assert!(matches!(jpeg, Err(IntakeError::TooLarge { .. })), "{jpeg:?}");
    // a head that promises 60000 × 60000 pixels
    let mut huge = png_of(&picture(2, 2));
    huge.splice(16..24, [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    assert!(matches!(scan_of(&huge), Err(IntakeError::TooLarge { found: 60000, .. })));
}

#[test]
fn a_file_at_the_byte_limit_passes_and_one_byte_more_does_not() {
    let bytes = png_of(&picture(9, 9));
    let with = |max| page_of(&bytes, 0, &Config { max_file_bytes: max, ..config() });
    assert!(with(bytes.len() as u64).is_ok());
    assert!(matches!(with(bytes.len() as u64 - 1), Err(IntakeError::TooLarge { what: "bytes", .. })));
}

#[test]
fn what_is_no_picture_says_what_it_seems_to_be() {
    let told = |bytes: &[u8]| scan_of(bytes).expect_err("foreign").to_string();
    assert!(told(b"").contains("empty"));
    assert!(told(b"PK\x03\x04 and so on").contains("ZIP"));
    assert!(told(b"\0\0\0\x18ftypheic").contains("HEIC"));
    for bytes in [&b""[..], b"hello", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"%PDF-1.4"] {
        let error = told(bytes);
        assert_eq!(error.matches("\nhint: ").count(), 1, "{error}");
    }
}

#[test]
fn jpeg_2000_is_read_and_its_cut_file_is_not() {
    let bytes: Vec<u8> = JP2
        .concat()
        .as_bytes()
        .chunks(2)
        .map(|d| u8::from_str_radix(std::str::from_utf8(d).expect("hex"), 16).expect("hex"))
        .collect();
    let scan = scan_of(&bytes).expect("a picture");
    let want = RgbImage::from_fn(24, 16, |x, y| Rgb([(x * 10) as u8, (y * 15) as u8, 128]));
    assert_eq!(scan.image, want);
    let cut = scan_of(&bytes[..bytes.len() * 2 / 3]);
    assert!(matches!(cut, Err(IntakeError::Truncated { format: "JPEG 2000" })), "{cut:?}");
}

#[test]
fn a_file_that_changes_between_counting_and_reading_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    std::fs::write(&path, png_of(&picture(9, 9))).expect("writes");
    let file = open(&path, &config()).expect("opens");
    std::fs::write(&path, png_of(&picture(9, 10))).expect("writes");
    assert!(matches!(load(&file, 0, &config()), Err(IntakeError::Changed)));
}

#[test]
fn walking_is_sorted_and_leaves_out_hidden_files_and_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["b/2.jpg", "b/10.jpg", "a/x.pdf", ".hidden/y.jpg", "a/.z.jpg", "run/page.jpg", "run/run.sqlite"] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("has one")).expect("made");
        std::fs::write(path, b"x").expect("writes");
    }
    let found = discover(&[folder.path().to_owned(), folder.path().join("a")]).expect("walks");
    let names: Vec<_> =
        found.iter().map(|p| p.strip_prefix(folder.path()).expect("below").display().to_string()).collect();
    assert_eq!(names, ["a/x.pdf", "b/10.jpg", "b/2.jpg"]);
    assert!(matches!(discover(&[PathBuf::from("/no/such/folder")]), Err(IntakeError::Io(_))));
}

/// 24 × 16, lossless.
const JP2: &[&str] = &[
    "0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000002d6a70326800000016696864720000",
    "0010000000180003070700000000000f636f6c7201000000000010000001136a703263ff4fff51002f000000000018000000",
    "100000000000000000000000180000001000000000000000000003070101070101070101ff52000c00000001000104040001",
    "ff5c00074040484850ff640025000143726561746564206279204f70656e4a5045472076657273696f6e20322e352e34ff90",
    "000a0000000000980001ff93df81e0116ad81202551d50c1c9c365fd63989b8380b02319aa33de3adcb5a8a1fcdea1ab5461",
    "c4c7597894adb95e5e5e29077a194b00243e88f1f5cbbfae5bdf8198128e9974c079ab86f405e7745dfb20848000000acd88",
    "bc862cad672eef5a949ce887bb97548c32540000000000000000c2425f80c0f903004b2554e29eb7a07c8140522a4e6cdf80",
    "ffd9",
];
