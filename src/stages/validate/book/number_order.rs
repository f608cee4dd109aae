//! Numbers against pages.

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, NUMBER, PAGE, by_page, order};
use crate::domain::{Confidence, EntryId, Severity};

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

fn check(acts: &[Act], config: &Config) -> Vec<(EntryId, Hit)> {
    let pages = by_page(acts);
    let numbered = pages.into_iter().filter_map(|(page, act)| Some((page, (act.year?, act.number?), act)));
    let mut numbered: Vec<(u32, (u16, u32), &Act)> = numbered.collect();
    // of two scans of one page nobody knows which is first
    numbered.sort_by_key(|(page, number, act)| (*page, act.id.part, act.id.ordinal, *number));
    let falls = |i: usize, j: usize| {
        let ((page0, number0, act0), (page1, number1, act1)) = (numbered[i], numbered[j]);
        (page0 < page1 || act0.id.page == act1.id.page) && number1 < number0
    };
    let sure: Vec<Confidence> = numbered.iter().map(|(.., act)| act.sure(&[NUMBER, PAGE])).collect();
    let asked = order::to_ask(&sure, falls, config.outweighed).into_iter();
    let hit = |(own, other): (usize, usize)| {
        let ((page0, number0, _), (page1, number1, _)) = (numbered[own.min(other)], numbered[own.max(other)]);
        (numbered[own].2.id, Hit::new(&[NUMBER, PAGE], [&page1, &number1.1, &number0.1, &page0]))
    };
    asked.map(hit).collect()
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
        let sentence = "Trang 2 có số 4 nhỏ hơn số 5 của trang 1.".to_owned();
        assert_eq!(book_hits(&RULE, &falling), [(0, sentence.clone()), (1, sentence)], "either may be misread");
    }

    #[test]
    fn one_misread_number_is_asked_and_not_the_pages_around_it() {
        let day = "2/1/2008";
        let high = book(&[("1", "5", day), ("2", "60", day), ("3", "7", day), ("4", "8", day)]);
        assert_eq!(book_hits(&RULE, &high), [(1, "Trang 3 có số 7 nhỏ hơn số 60 của trang 2.".to_owned())]);
        let low = book(&[("1", "5", day), ("2", "6", day), ("3", "1", day), ("4", "8", day)]);
        assert_eq!(book_hits(&RULE, &low), [(2, "Trang 3 có số 1 nhỏ hơn số 6 của trang 2.".to_owned())]);
    }

    #[test]
    fn scans_that_claim_the_same_page_have_no_order() {
        let day = "2/1/2008";
        assert_eq!(book_hits(&RULE, &book(&[("1", "7", day), ("1", "5", day), ("1", "6", day)])), []);
    }
}
