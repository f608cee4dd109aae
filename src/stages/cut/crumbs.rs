//! What lies scattered on a line beside its writing: pieces of strokes that shine through, rests of dots and stamps.
//!
//! A word stands close together and has a letter as high as letters are. What is low, small and far from every word of its
//! line is none, and a reader would make "1" or "n" of it.

use serde::Deserialize;

use super::owner::{Piece, Row, RowKind, shade};
use super::parts::Parts;

/// Section `[cut.crumbs]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Least gap between what is judged apart, as a share of the pitch.
    pub apart: f32,
    /// Crumbs are lower than this share of the pitch …
    pub low: f32,
    /// … none has so many pixels …
    pub part: u32,
    /// … and those of one place together have fewer than this.
    pub place: u32,
    /// A whole line that is lower than this share of the pitch …
    pub faint_low: f32,
    /// … of whose span the ink covers less than this …
    pub faint_cover: f32,
    /// … and that has less than this share of the page's usual darkness may shine through.
    pub faint: f32,
    /// A dash is so many times wider than high.
    pub dash: f32,
    /// So many crumbs without any writing are no writing …
    pub several: usize,
    /// … unless one is as high as this share of the pitch, as figures are.
    pub figure: f32,
}

/// What stands close together on a line.
#[derive(Debug)]
struct Cluster {
    pieces: Vec<Piece>,
    /// Outside the last column.
    right: i32,
}

impl Cluster {
    fn is_dash(&self, config: &Config) -> bool {
        let flat = |p: &Piece| (p.clip.2 - p.clip.0) as f32 >= config.dash * height(p);
        matches!(self.pieces.as_slice(), [one] if flat(one))
    }
}

/// Takes the crumbs before and behind a line's writing out, or all of a line that has nothing else.
pub(super) fn sweep(parts: &Parts, row: &Row, pieces: &mut Vec<Piece>, config: &Config) {
    if row.kind == RowKind::Area {
        return;
    }
    let clusters = clusters(pieces, config.apart * row.pitch);
    let words: Vec<usize> =
        (0..clusters.len()).filter(|i| !is_crumbs(parts, &clusters[*i].pieces, row.pitch, config)).collect();
    // a dash between two words stays, and the one before a title on a line of its own
    let kept = match (words.first(), words.last()) {
        (Some(1), Some(last)) if clusters[0].is_dash(config) => 0..last + 1,
        (Some(first), Some(last)) => *first..last + 1,
        _ if pieces.len() < config.several || has_figure(pieces, row, config) => return,
        _ => 0..0,
    };
    if kept.len() < clusters.len() {
        *pieces = clusters[kept].iter().flat_map(|c| c.pieces.iter().copied()).collect();
    }
}

/// Whether all that a line holds may shine through: it is low, in few places, and a little paler than the page's writing. A short
/// word with a crumb far behind it is all three, too.
///
/// `usual` is how dark the page's writing is.
pub(super) fn may_shine_through(parts: &Parts, row: &Row, pieces: &[Piece], usual: f32, config: &Config) -> bool {
    let low = pieces.iter().all(|p| height(p) < config.faint_low * row.pitch);
    let clusters = clusters(pieces, 1.0);
    let covered: i32 = clusters.iter().map(|c| c.right - c.pieces[0].clip.0).sum();
    let span = clusters.first().zip(clusters.last()).map_or(0, |(a, b)| b.right - a.pieces[0].clip.0);
    let (darkness, _) = shade(parts, pieces.iter().map(|p| p.part));
    low && (covered as f32) < config.faint_cover * span as f32 && darkness < config.faint * usual
}

fn has_figure(pieces: &[Piece], row: &Row, config: &Config) -> bool {
    pieces.iter().any(|p| height(p) >= config.figure * row.pitch)
}

fn height(piece: &Piece) -> f32 {
    (piece.clip.3 - piece.clip.1) as f32
}

/// The pieces from left to right, parted where nothing stands for at least `apart` columns.
fn clusters(pieces: &[Piece], apart: f32) -> Vec<Cluster> {
    let mut ordered = pieces.to_vec();
    ordered.sort_by_key(|p| (p.clip.0, p.clip.1, p.part));
    let mut clusters: Vec<Cluster> = Vec::new();
    for piece in ordered {
        let (left, _, right, _) = piece.clip;
        match clusters.last_mut().filter(|c| ((left - c.right) as f32) < apart) {
            Some(cluster) => {
                cluster.right = cluster.right.max(right);
                cluster.pieces.push(piece);
            }
            None => clusters.push(Cluster { pieces: vec![piece], right }),
        }
    }
    clusters
}

fn is_crumbs(parts: &Parts, pieces: &[Piece], pitch: f32, config: &Config) -> bool {
    let areas = || pieces.iter().map(|p| parts.list()[p.part].area);
    let low = pieces.iter().all(|p| height(p) < config.low * pitch);
    low && areas().all(|area| area < config.part) && areas().sum::<u32>() < config.place
}
