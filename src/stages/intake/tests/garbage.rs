//! Nothing may panic: a hostile file costs that file.

use proptest::prelude::*;

use super::tiffs::tiff_of;
use super::*;

/// Everything short of the guard, so that a panic of our own shows.
fn survive(bytes: &[u8]) {
    let config = Config { max_side: 400, max_pixels: 100_000, max_pages: 20, ..config() };
    let _ = decode(bytes.to_vec(), 0, &config);
}

fn heads() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        b"\xff\xd8\xff\xe0".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        b"II*\0\x08\0\0\0".to_vec(),
        b"MM\0*\0\0\0\x08".to_vec(),
        b"II+\0\x08\0\0\0".to_vec(),
        b"\0\0\0\x0cjP  \r\n\x87\n".to_vec(),
        b"\xff\x4f\xff\x51".to_vec(),
        b"%PDF-1.4\n1 0 obj<<".to_vec(),
        Vec::new(),
    ])
}

fn samples() -> impl Strategy<Value = Vec<u8>> {
    let tags = vec![(256, 4, 20), (257, 4, 10), (258, 3, 8), (259, 3, 1), (262, 3, 1), (277, 3, 1), (278, 4, 10)];
    prop::sample::select(vec![jpeg_of(&busy(40, 30)), png_of(&busy(30, 20)), tiff_of(&[(tags, vec![7; 200])])])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_behind_a_known_head_do_not_panic(head in heads(), tail in prop::collection::vec(any::<u8>(), 0..600)) {
        survive(&[head, tail].concat());
    }

    #[test]
    fn changed_bytes_of_a_sound_file_do_not_panic(
        mut bytes in samples(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        survive(&bytes);
    }

    #[test]
    fn any_name_gives_a_hint_without_panic(name in "\\PC{0,60}") {
        let _ = hint_of(std::path::Path::new(&name));
    }
}
