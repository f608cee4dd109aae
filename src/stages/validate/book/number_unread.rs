//! Entries without a readable number, and what their neighbours say.

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, NUMBER, by_page};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "number-between-neighbours",
        severity: Severity::Note,
        fields: "so, trangSo",
        why: "the pages before and after tell what the number must be",
        sentence: "Không đọc được số; theo trang trước và sau có thể là {0}.",
    },
    check,
};

fn check(acts: &[Act], _: &Config) -> Vec<(EntryId, Hit)> {
    let pages = by_page(acts);
    let between = pages.windows(3).filter_map(|w| {
        let (before, here, after) = (w[0].1, w[1].1, w[2].1);
        let fits = here.number.is_none() && before.year == after.year && after.number? == before.number? + 2;
        fits.then(|| (here.id, Hit::new(&[NUMBER], [&(before.number.unwrap_or_default() + 1)])))
    });
    between.collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{book, book_hits};
    use super::*;

    #[test]
    fn only_one_number_fits_between_neighbours_two_apart() {
        let acts = book(&[("1", "7", "2/1/2008"), ("2", "", "3/1/2008"), ("3", "9", "4/1/2008")]);
        assert_eq!(
            book_hits(&RULE, &acts),
            [(1, "Không đọc được số; theo trang trước và sau có thể là 8.".to_owned())]
        );
        let apart = book(&[("1", "7", "2/1/2008"), ("2", "", "3/1/2008"), ("3", "10", "4/1/2008")]);
        assert!(book_hits(&RULE, &apart).is_empty());
    }
}
