//! Areas without printed lines (margin, signatures): their ink falls into lines of its own.

use super::owner::{self, Piece, Row, RowEnd, RowKind};
use super::parts::Parts;
use super::rule::Rule;
use crate::domain::{PageSpace, Rect};

/// The lines of writing in an area, top to bottom; parts that a writing line owns are not the area's.
pub(super) fn lines(
    parts: &Parts,
    area: Rect<PageSpace>,
    pitch: f32,
    taken: &[bool],
    config: &owner::Config,
) -> Vec<(Row, Vec<Piece>)> {
    let inside = |i: &usize| {
        let part = &parts.list()[*i];
        let (x, y) = part.centre;
        !taken[*i]
            && (area.left..area.right).contains(&x)
            && (area.top..area.bottom).contains(&y)
            && (part.height() as f32) < 3.0 * pitch
    };
    let own: Vec<usize> = (0..parts.list().len()).filter(inside).collect();
    let middles = middles(parts, &own, area, pitch);
    let mut pieces: Vec<Vec<Piece>> = vec![Vec::new(); middles.len()];
    for index in own {
        let off = |m: &f32| (m - parts.list()[index].centre.1).abs();
        let nearest = (0..middles.len()).min_by(|&a, &b| off(&middles[a]).total_cmp(&off(&middles[b])));
        nearest.into_iter().for_each(|n| pieces[n].push(owner::whole(parts, index)));
    }
    pieces.iter_mut().for_each(|p| owner::drop_pale(parts, p, config));
    // letters stand about a quarter of the pitch below the middle of their ink
    let row = |middle: &f32| Row {
        left: area.left as i32,
        letters_end: None,
        right: area.right as i32,
        rule: Rule::level(area.left as i32, middle + pitch / 4.0),
        pitch,
        apart: (pitch, pitch),
        start: RowEnd::Neighbour,
        end: RowEnd::Neighbour,
        kind: RowKind::Area,
    };
    middles.iter().map(row).zip(pieces).collect()
}

/// Rows where ink gathers, at least half a pitch apart.
fn middles(parts: &Parts, own: &[usize], area: Rect<PageSpace>, pitch: f32) -> Vec<f32> {
    let rows = area.height().ceil() as usize + 1;
    let mut mass = vec![0.0_f32; rows];
    for &i in own {
        let part = &parts.list()[i];
        mass[((part.centre.1 - area.top) as usize).min(rows - 1)] += part.area as f32;
    }
    let reach = (pitch / 2.0) as usize;
    let around = |y: usize| -> f32 {
        let near = y.saturating_sub(reach)..(y + reach + 1).min(rows);
        near.map(|i| mass[i] * (1.0 - i.abs_diff(y) as f32 / (reach + 1) as f32)).sum()
    };
    let dense: Vec<f32> = (0..rows).map(around).collect();
    let peak = |y: &usize| {
        let near = y.saturating_sub(reach)..(y + reach + 1).min(rows);
        // of equal neighbours the first is the peak
        dense[*y] > 0.0 && near.clone().all(|i| if i < *y { dense[i] < dense[*y] } else { dense[i] <= dense[*y] })
    };
    (0..rows).filter(peak).map(|y| area.top + y as f32).collect()
}
