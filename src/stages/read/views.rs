//! One value as the network sees it from several slants: where they disagree, nobody should be sure.

use super::lattice::{Lattice, Vocabulary};

/// What the network says about one value, once for each slant; never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Views {
    views: Vec<Lattice>,
    /// The same without the lines that may be no writing.
    rest: Option<Box<Views>>,
}

impl From<Lattice> for Views {
    fn from(only: Lattice) -> Self {
        Self { views: vec![only], rest: None }
    }
}

impl Views {
    /// `None` without a view.
    #[must_use]
    pub fn new(views: Vec<Lattice>) -> Option<Self> {
        (!views.is_empty()).then_some(Self { views, rest: None })
    }

    /// The same value, of which some lines may be no writing; `rest` is what the others say.
    #[must_use]
    pub fn or_only(self, rest: Option<Self>) -> Self {
        Self { rest: rest.map(Box::new), ..self }
    }

    /// What is left without the lines that may be no writing, where there are such.
    #[must_use]
    pub fn rest(&self) -> Option<&Self> {
        self.rest.as_deref()
    }

    /// Each view by itself, the upright one first.
    pub fn each(&self) -> impl ExactSizeIterator<Item = &Lattice> {
        self.views.iter()
    }

    /// ln of the probability that the value reads exactly `text`: the mean over the views.
    #[must_use]
    pub fn score(&self, text: &[u16]) -> f32 {
        self.views.iter().map(|view| view.score(text)).sum::<f32>() / self.views.len() as f32
    }

    /// For each character of a text the probability of its clearest frame, in the view that doubts it most.
    #[must_use]
    pub fn align(&self, text: &[u16]) -> Vec<f32> {
        let one = |view: &Lattice| -> Vec<f32> {
            let clearest = view.align(text).into_iter().zip(text);
            clearest.map(|(frame, class)| frame.map_or(0.0, |f| f[usize::from(*class)].exp())).collect()
        };
        let all = self.views.iter().map(one);
        all.reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.min(b)).collect()).unwrap_or_default()
    }

    /// What stands there without regard to any list: of the views' own readings the one that all find likeliest.
    ///
    /// `None` where the upright picture says nothing.
    #[must_use]
    pub fn plain(&self, vocabulary: &Vocabulary) -> Option<Vec<u16>> {
        let read = |view: &Lattice| trimmed(view.greedy().iter().map(|g| g.0).collect(), vocabulary);
        let mut plain: Vec<Vec<u16>> = self.views.iter().map(read).collect();
        if plain[0].is_empty() {
            return None;
        }
        plain.retain(|text| !text.is_empty());
        plain.dedup();
        match plain.len() {
            1 => plain.pop(),
            _ => plain.into_iter().max_by(|a, b| self.score(a).total_cmp(&self.score(b))),
        }
    }
}

fn trimmed(mut text: Vec<u16>, vocabulary: &Vocabulary) -> Vec<u16> {
    let is_space = |c: &u16| vocabulary.char(*c) == ' ';
    while text.last().is_some_and(is_space) {
        text.pop();
    }
    text.iter().copied().skip_while(|c| vocabulary.char(*c) == ' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::read::lattice::tests::{lattice, vocabulary};

    #[test]
    fn the_view_that_is_surer_decides_and_the_doubt_of_the_other_stays() {
        let v = vocabulary("35 ");
        let (five, three) = (lattice(&v, &[&[('5', 0.95), ('3', 0.04)]]), lattice(&v, &[&[('3', 0.6), ('5', 0.39)]]));
        let views = Views::new(vec![three, five.clone()]).expect("two");
        let plain = views.plain(&v).expect("writing");
        assert_eq!(v.text(&plain), "5");
        assert!((views.align(&plain)[0] - 0.39).abs() < 1e-3);
        let (both, alone) = (views.score(&plain), five.score(&plain));
        assert!(both < alone && (both - (0.95_f32.ln() + 0.39_f32.ln()) / 2.0).abs() < 1e-3);
    }

    #[test]
    fn where_the_upright_picture_says_nothing_nothing_is_read() {
        let v = vocabulary("35 ");
        let (nothing, space) = (lattice(&v, &[&[('-', 0.9)]]), lattice(&v, &[&[(' ', 0.9)]]));
        let five = || lattice(&v, &[&[('5', 0.9)]]);
        for first in [nothing, space] {
            assert_eq!(Views::new(vec![first.clone(), five()]).expect("two").plain(&v), None);
            assert_eq!(Views::new(vec![five(), first]).expect("two").plain(&v).map(|t| v.text(&t)), Some("5".into()));
        }
        assert_eq!(Views::new(Vec::new()), None);
    }
}
