//! Free text: any syllables, numbers and marks in between.

use super::grammar::{Builder, NodeId};

const MARKS: [(&str, f32); 8] =
    [(" ", 0.8), (", ", 0.1), (". ", 0.03), (" - ", 0.02), ("; ", 0.01), (": ", 0.02), (",", 0.01), ("/", 0.01)];

/// Words of any kind.
pub(super) fn text(b: &mut Builder, from: NodeId, to: NodeId, letter: f32) {
    let [word, number, behind] = std::array::from_fn(|_| b.node());
    b.jump(from, word, 0.88);
    b.jump(from, number, 0.12);
    for (case, weight) in
        [(str::to_lowercase as fn(&str) -> String, 0.7), (super::words::title, 0.25), (str::to_uppercase, 0.05)]
    {
        let start = b.node();
        b.jump(word, start, weight);
        b.unknown_word(start, behind, case, letter);
    }
    for (count, weight) in [(1, 0.35), (2, 0.35), (3, 0.15), (4, 0.15)] {
        let start = b.node();
        b.jump(number, start, weight);
        let end = b.digits(start, count);
        b.jump(end, behind, 1.0);
    }
    b.jump(behind, to, 0.2);
    let again = b.node();
    b.jump(behind, again, 0.8);
    b.phrases(again, from, MARKS);
}
