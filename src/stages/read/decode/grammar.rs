//! What may stand in a slot, as a weighted automaton over characters.
//!
//! The weights of a node's ways out (edges, jumps, end) are probabilities, so that a text's weight is its prior.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::stages::read::lattice::{Vocabulary, log_add};

/// A place in a grammar.
pub(super) type NodeId = u32;

/// A place while a grammar is built.
#[derive(Debug, Clone, Default)]
struct Draft {
    /// Class, target, ln weight; sorted by class.
    edges: Vec<(u16, NodeId, f32)>,
    /// Ways that take no character: target, ln weight.
    jumps: Vec<(NodeId, f32)>,
    /// Any character but space (`Letters`) or any at all: target, ln weight for each.
    any: Option<(Any, NodeId, f32)>,
    /// ln weight of stopping here.
    end: Option<f32>,
}

/// Which characters an open place takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Any {
    /// All but the space.
    Letters,
    /// All.
    Characters,
}

/// The same in a finished grammar; its ways lie together with those of all others.
#[derive(Debug, Clone)]
struct Node {
    edges: Range<u32>,
    jumps: Range<u32>,
    any: Option<(Any, NodeId, f32)>,
    end: Option<f32>,
}

impl Node {
    /// Whether a text can stand here: it may end or go on with a character.
    fn rests(&self) -> bool {
        self.end.is_some() || self.any.is_some() || !self.edges.is_empty()
    }
}

/// A weighted automaton; several places may hold at once.
#[derive(Debug, Clone)]
pub(super) struct Grammar {
    nodes: Vec<Node>,
    edges: Vec<(u16, NodeId, f32)>,
    jumps: Vec<(NodeId, f32)>,
    space: Option<u16>,
}

fn of<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    &all[range.start as usize..range.end as usize]
}

/// Places that a text may have led to, each with the ln weight of the way.
pub(super) type Places = Vec<(NodeId, f32)>;

/// More places than this at once are never needed; the least likely are dropped.
const MOST_PLACES: usize = 64;

impl Grammar {
    /// Where every text begins.
    #[must_use]
    pub(super) fn start(&self) -> Places {
        self.settle(vec![(0, 0.0)])
    }

    /// Where one more character leads; empty when it may not follow.
    #[must_use]
    pub(super) fn step(&self, places: &Places, class: u16) -> Places {
        let mut next = Vec::new();
        for (at, weight) in places {
            let node = &self.nodes[*at as usize];
            let edges = of(&self.edges, &node.edges);
            let edges = edges[edges.partition_point(|e| e.0 < class)..].iter().take_while(|e| e.0 == class);
            next.extend(edges.map(|e| (e.1, weight + e.2)));
            if let Some((any, to, cost)) = node.any {
                if any == Any::Characters || self.space != Some(class) {
                    next.push((to, weight + cost));
                }
            }
        }
        self.settle(next)
    }

    /// ln weight of the text ending here; `None` where it may not.
    #[must_use]
    pub(super) fn end(&self, places: &Places) -> Option<f32> {
        let ends = places.iter().filter_map(|(at, w)| Some(w + self.nodes[*at as usize].end?));
        ends.reduce(log_add)
    }

    /// ln weight of a whole text; `None` where the grammar does not take it.
    #[must_use]
    pub(super) fn weigh(&self, text: &[u16]) -> Option<f32> {
        let places = text.iter().fold(self.start(), |places, class| self.step(&places, *class));
        self.end(&places)
    }

    /// Number of nodes, for curiosity and tests.
    #[must_use]
    #[cfg(test)]
    fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Follows the jumps and adds up ways to the same place.
    fn settle(&self, mut places: Places) -> Places {
        let mut i = 0;
        while i < places.len() {
            let (at, weight) = places[i];
            places.extend(of(&self.jumps, &self.nodes[at as usize].jumps).iter().map(|j| (j.0, weight + j.1)));
            i += 1;
        }
        places.sort_unstable_by_key(|p| p.0);
        places.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = log_add(kept.1, later.1);
            }
            same
        });
        // places that one only passes through would take the room of others
        places.retain(|p| self.nodes[p.0 as usize].rests());
        if places.len() > MOST_PLACES {
            places.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            places.truncate(MOST_PLACES);
        }
        places
    }
}

/// Builds a grammar; node 0 is the start.
#[derive(Debug)]
pub(super) struct Builder<'v> {
    vocabulary: &'v Vocabulary,
    nodes: Vec<Draft>,
}

#[derive(Default)]
struct Trie {
    mass: f64,
    /// Where the phrases that end here lead.
    ends: BTreeMap<NodeId, f64>,
    children: BTreeMap<u16, Trie>,
}

impl<'v> Builder<'v> {
    /// Only a start.
    #[must_use]
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, nodes: vec![Draft::default()] }
    }

    /// A new place.
    pub(super) fn node(&mut self) -> NodeId {
        self.nodes.push(Draft::default());
        (self.nodes.len() - 1) as NodeId
    }

    /// A way without a character.
    pub(super) fn jump(&mut self, from: NodeId, to: NodeId, weight: f32) {
        self.nodes[from as usize].jumps.push((to, weight.ln()));
    }

    /// Texts may end here.
    pub(super) fn end(&mut self, at: NodeId, weight: f32) {
        self.nodes[at as usize].end = Some(weight.ln());
    }

    /// Phrases from one place to another; their weights need not add up to one. Those with a character that the
    /// network lacks are left out.
    pub(super) fn phrases<S: AsRef<str>>(
        &mut self,
        from: NodeId,
        to: NodeId,
        phrases: impl IntoIterator<Item = (S, f32)>,
    ) {
        self.phrases_apart(from, phrases.into_iter().map(|(text, weight)| (text, weight, to)));
    }

    /// Phrases that lead each to a place of its own.
    pub(super) fn phrases_apart<S: AsRef<str>>(
        &mut self,
        from: NodeId,
        phrases: impl IntoIterator<Item = (S, f32, NodeId)>,
    ) {
        let mut root = Trie::default();
        for (text, weight, to) in phrases {
            let Some(classes) = self.vocabulary.classes(text.as_ref()) else { continue };
            let mut at = &mut root;
            at.mass += f64::from(weight);
            for class in classes {
                at = at.children.entry(class).or_default();
                at.mass += f64::from(weight);
            }
            *at.ends.entry(to).or_default() += f64::from(weight);
        }
        let top = self.grow(&root, &mut HashMap::new());
        self.jump(from, top, 1.0);
    }

    /// The place for a trie; tries that go on alike share theirs, which makes lists of names ten times smaller.
    fn grow(&mut self, trie: &Trie, known: &mut HashMap<Vec<(u16, NodeId, i32)>, NodeId>) -> NodeId {
        let share = |mass: f64| ((mass / trie.mass).ln() * 1000.0).round() as i32;
        let mut key: Vec<(u16, NodeId, i32)> = Vec::with_capacity(trie.children.len() + trie.ends.len());
        key.extend(trie.ends.iter().map(|(to, mass)| (0, *to, share(*mass))));
        for (class, child) in &trie.children {
            let next = self.grow(child, known);
            key.push((*class, next, share(child.mass)));
        }
        if let Some(same) = known.get(&key) {
            return *same;
        }
        let (ends, ways): (Vec<_>, Vec<_>) =
            key.iter().map(|(c, n, w)| (*c, *n, *w as f32 / 1000.0)).partition(|e| e.0 == 0);
        let at = self.node();
        self.nodes[at as usize].jumps = ends.into_iter().map(|e| (e.1, e.2)).collect();
        self.nodes[at as usize].edges = ways;
        known.insert(key, at);
        at
    }

    /// A stretch of one or more characters of any kind: each costs `letter` (an ln weight), leaving is free.
    pub(super) fn open(&mut self, from: NodeId, to: NodeId, any: Any, letter: f32) {
        let first = self.node();
        let more = self.node();
        self.jump(from, first, 1.0);
        self.nodes[first as usize].any = Some((any, more, letter));
        self.nodes[more as usize].any = Some((any, more, letter));
        self.jump(more, to, 1.0);
    }

    /// The finished grammar.
    #[must_use]
    pub(super) fn finish(self) -> Grammar {
        let (mut nodes, mut edges, mut jumps) = (Vec::with_capacity(self.nodes.len()), Vec::new(), Vec::new());
        for mut draft in self.nodes {
            draft.edges.sort_unstable_by_key(|e| e.0);
            let starts = (edges.len() as u32, jumps.len() as u32);
            edges.append(&mut draft.edges);
            jumps.append(&mut draft.jumps);
            nodes.push(Node {
                edges: starts.0..edges.len() as u32,
                jumps: starts.1..jumps.len() as u32,
                any: draft.any,
                end: draft.end,
            });
        }
        edges.shrink_to_fit();
        jumps.shrink_to_fit();
        Grammar { nodes, edges, jumps, space: self.vocabulary.class(' ') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::read::lattice::tests::vocabulary;

    fn weigh(g: &Grammar, v: &Vocabulary, text: &str) -> Option<f32> {
        g.weigh(&v.classes(text).expect("known")).map(f32::exp)
    }

    #[test]
    fn the_weights_of_phrases_are_their_shares() {
        let v = vocabulary("amnữN ");
        let mut b = Builder::new(&v);
        let out = b.node();
        b.phrases(0, out, [("nam", 3.0), ("nữ", 1.0), ("na", 4.0), ("né", 9.0)]);
        b.end(out, 1.0);
        let g = b.finish();
        assert!((weigh(&g, &v, "nam").expect("a phrase") - 0.375).abs() < 1e-3);
        assert!((weigh(&g, &v, "na").expect("a phrase") - 0.5).abs() < 1e-3);
        assert_eq!(weigh(&g, &v, "n"), None, "a beginning is no phrase");
        assert_eq!(weigh(&g, &v, "namn"), None);
    }

    #[test]
    fn endings_that_are_alike_are_shared() {
        let v = vocabulary("abcdef");
        let mut b = Builder::new(&v);
        let out = b.node();
        b.phrases(0, out, ["a", "b", "c", "d"].map(|i| (format!("{i}efef"), 1.0)));
        b.end(out, 1.0);
        assert_eq!(
            b.finish().size(),
            8,
            "start, end, the list's own start, what follows the first letter once for all four, letter by letter"
        );
    }

    #[test]
    fn an_open_stretch_takes_anything_but_costs_by_the_letter() {
        let v = vocabulary("ab ");
        let mut b = Builder::new(&v);
        let out = b.node();
        b.open(0, out, Any::Letters, -1.0);
        b.end(out, 1.0);
        let g = b.finish();
        let score = |t| g.weigh(&v.classes(t).expect("known"));
        assert_eq!(score("a"), Some(-1.0));
        assert_eq!(score("aba"), Some(-3.0));
        assert_eq!(score("a b"), None, "letters only");
        assert_eq!(score(""), None, "one at least");
    }

    #[test]
    fn two_ways_to_the_same_text_add_up() {
        let v = vocabulary("ab");
        let mut b = Builder::new(&v);
        let (left, right, out) = (b.node(), b.node(), b.node());
        b.jump(0, left, 0.5);
        b.jump(0, right, 0.5);
        b.phrases(left, out, [("ab", 1.0)]);
        b.phrases(right, out, [("ab", 1.0), ("b", 1.0)]);
        b.end(out, 1.0);
        let g = b.finish();
        assert!((weigh(&g, &v, "ab").expect("both") - 0.75).abs() < 1e-3);
    }
}
