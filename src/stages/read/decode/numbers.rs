//! Register numbers, ID numbers, numbers of decisions, ordinals.

use super::grammar::{Any, Builder, NodeId};

/// "12", "012", "12/2008", "12A".
pub(super) fn register_number(b: &mut Builder, from: NodeId, to: NodeId) {
    let behind = b.node();
    for (count, weight) in [(1, 0.08), (2, 0.5), (3, 0.35), (4, 0.07)] {
        let start = b.node();
        b.jump(from, start, weight);
        let end = b.digits(start, count);
        b.jump(end, behind, 1.0);
    }
    b.jump(behind, to, 0.8);
    let year = b.then_exactly(behind, &[("/", 0.13), (" / ", 0.01), ("-", 0.01)]);
    b.phrases(year, to, (1950..=2030).map(|y: u32| (y.to_string(), 1.0)));
    b.phrases(behind, to, ["A", "B", "a", "b", "C", "Bis", "bis"].map(|t| (t, 0.01)));
}

/// CMND of 9 digits, personal number of 12, a passport, and what clerks put around them.
pub(super) fn id_number(b: &mut Builder, from: NodeId, to: NodeId, letter: f32) {
    let [number, behind] = [b.node(), b.node()];
    b.jump(from, number, 0.95);
    let paper = b.then(from, &[("CMND ", 0.4), ("CMND số ", 0.2), ("số ", 0.2), ("CCCD ", 0.2)]);
    b.jump(paper, number, 0.05);
    for (groups, weight) in [(&[9][..], 0.7), (&[3, 3, 3], 0.07), (&[12], 0.12), (&[3, 3, 3, 3], 0.02), (&[8], 0.02)] {
        let start = b.node();
        b.jump(number, start, weight);
        let end = grouped(b, start, groups);
        b.jump(end, behind, 1.0);
    }
    let passport = b.then_exactly(number, &[("B", 0.02), ("C", 0.02), ("N", 0.01), ("M", 0.005), ("A", 0.005)]);
    let end = b.digits(passport, 7);
    b.jump(end, behind, 1.0);
    b.jump(behind, to, 0.95);
    // kh-table: the number, then who gave it and when
    let tail = b.then_exactly(behind, &[(" ", 0.02), (", ", 0.02), (" - ", 0.01)]);
    b.open(tail, to, Any::Characters, letter);
}

fn grouped(b: &mut Builder, from: NodeId, groups: &[usize]) -> NodeId {
    let mut at = from;
    for (i, count) in groups.iter().enumerate() {
        if i > 0 {
            at = b.then_exactly(at, &[(" ", 0.7), (".", 0.3)]);
        }
        at = b.digits(at, *count);
    }
    at
}

/// "12/QĐ-UBND", "05/2008/QĐ-UBND", "12".
pub(super) fn decision_number(b: &mut Builder, from: NodeId, to: NodeId) {
    let behind = b.node();
    for (count, weight) in [(1, 0.1), (2, 0.6), (3, 0.3)] {
        let start = b.node();
        b.jump(from, start, weight);
        let end = b.digits(start, count);
        b.jump(end, behind, 1.0);
    }
    b.jump(behind, to, 0.5);
    let year = b.then_exactly(behind, &[("/", 0.2)]);
    let years = b.node();
    b.phrases(year, years, (1990..=2030).map(|y: u32| (y.to_string(), 1.0)));
    b.jump(years, to, 0.3);
    b.jump(behind, years, 0.3);
    b.phrases(
        years,
        to,
        [("/QĐ-UBND", 0.5), ("/QĐ", 0.15), ("/QĐ.UBND", 0.1), ("/QĐUB", 0.05), ("/QĐ-UB", 0.1), ("/QĐ - UBND", 0.1)],
    );
}

/// Kết hôn lần thứ mấy: "1", "01", "lần 1", "lần thứ nhất", "nhất".
pub(super) fn ordinal(b: &mut Builder, from: NodeId, to: NodeId) {
    let number = b.then(from, &[("", 0.7), ("lần ", 0.15), ("lần thứ ", 0.15)]);
    let forms = [
        ("1", 0.5),
        ("01", 0.2),
        ("2", 0.06),
        ("02", 0.04),
        ("3", 0.02),
        ("nhất", 0.1),
        ("một", 0.02),
        ("hai", 0.04),
        ("ba", 0.02),
        ("I", 0.02),
        ("II", 0.01),
    ];
    b.words(number, to, &forms);
    b.words(from, to, &[("lần đầu", 0.05), ("đầu", 0.01)]);
}
