//! Numbers against pages.

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, by_page};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "number-against-page",
        severity: Severity::Warning,
        fields: "so, trangSo",
        why: "numbers rise with the pages: one of the two is misread, or the pages are bound in another order",
        sentence: "Trang {0} có số {1} nhỏ hơn số {2} của trang {3}.",
    },
    check,
};

fn check(acts: &[Act], _: &Config) -> Vec<(EntryId, Hit)> {
    let pages = by_page(acts);
    let numbered: Vec<(u32, u16, u32, &Act)> =
        pages.into_iter().filter_map(|(p, a)| Some((p, a.year?, a.number?, a))).collect();
    let falls = numbered.windows(2).filter(|w| (w[1].1, w[1].2) < (w[0].1, w[0].2));
    falls.map(|w| (w[1].3.id, Hit::new(&["so", "trangSo"], [&w[1].0, &w[1].2, &w[0].2, &w[0].0]))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{book, book_hits};
    use super::*;

    #[test]
    fn rising_numbers_are_silent_a_fall_speaks() {
        let rising = book(&[("1", "1", "2/1/2008"), ("2", "2", "3/1/2008"), ("3", "1", "4/1/2009")]);
        let falling = book(&[("1", "5", "2/1/2008"), ("2", "4", "3/1/2008")]);
        assert!(book_hits(&RULE, &rising).is_empty());
        assert_eq!(book_hits(&RULE, &falling), [(1, "Trang 2 có số 4 nhỏ hơn số 5 của trang 1.".to_owned())]);
    }
}
