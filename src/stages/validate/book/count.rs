//! How many acts the book has.

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, by_number};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "book-count",
        severity: Severity::Note,
        fields: "so",
        why: "to be held against the closing note on paper",
        sentence: "Năm {0}: {1} trường hợp có số, từ số {2} đến số {3}, thiếu {4}, không đọc được số {5}.",
    },
    check,
};

fn check(acts: &[Act], _: &Config) -> Vec<(EntryId, Hit)> {
    let unread = |year: u16| acts.iter().filter(|a| a.year == Some(year) && a.number.is_none()).count();
    let years = by_number(acts);
    let count = |(year, acts): (&u16, &Vec<(u32, &Act)>)| {
        let ((first, _), (last, act)) = (acts.first()?, acts.last()?);
        let different = acts.chunk_by(|a, b| a.0 == b.0).count() as u32;
        let missing = last - first + 1 - different;
        Some((act.id, Hit::new(&[], [year, &acts.len(), first, last, &missing, &unread(*year)])))
    };
    years.iter().filter_map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{book, book_hits};
    use super::*;

    #[test]
    fn every_year_is_counted_on_its_last_act() {
        let acts =
            book(&[("1", "1", "2/1/2008"), ("2", "3", "3/1/2008"), ("3", "", "4/1/2008"), ("4", "1", "5/1/2009")]);
        let said: Vec<String> = book_hits(&RULE, &acts).into_iter().map(|(_, s)| s).collect();
        assert_eq!(said[0], "Năm 2008: 2 trường hợp có số, từ số 1 đến số 3, thiếu 1, không đọc được số 1.");
        assert_eq!(said[1], "Năm 2009: 1 trường hợp có số, từ số 1 đến số 1, thiếu 0, không đọc được số 0.");
    }
}
