//! An officer or an office read otherwise than on the other pages: few of them stand in a book, each on many of its pages.

use std::collections::BTreeMap;

use super::super::Config;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::{Act, USUAL, is_near};
use crate::domain::text::{compare_key, fold};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "differs-from-book",
        severity: Severity::Warning,
        fields: "nguoiKy, nguoiThucHien, noiDangKy",
        why: "few officers and offices stand in a book: a name that is nearly one of theirs is mostly that one, misread",
        sentence: "Ở đây đọc là “{0}”; {1} trang khác trong sổ ghi “{2}”.",
    },
    check,
};

/// A name as the book has it.
struct Usual<'a> {
    /// The spelling most pages have.
    text: &'a str,
    /// Letters without marks: marks are what is misread most.
    letters: String,
    /// Pages on which it was read just so.
    pages: usize,
}

fn check(acts: &[Act], config: &Config) -> Vec<(EntryId, Hit)> {
    USUAL.iter().flat_map(|key| differing(acts, key, config)).collect()
}

fn differing(acts: &[Act], key: &'static str, config: &Config) -> Vec<(EntryId, Hit)> {
    let names = names(acts, key);
    let differing = acts.iter().filter_map(|act| {
        let read = act.usual.get(key)?;
        let own = &names[&compare_key(read)];
        let usual = names.values().filter(|s| s.pages >= config.usual_pages && s.pages > 2 * own.pages);
        let meant = usual.filter(|s| is_near(&s.letters, &own.letters, config)).max_by_key(|s| s.pages)?;
        let hit = Hit::new(&[key], [read, &meant.pages as &dyn std::fmt::Display, &meant.text]);
        Some((act.id, hit.proposing(key, meant.text.to_owned())))
    });
    differing.collect()
}

/// What stands in one column of the book, by what the comparison of names takes for one.
fn names<'a>(acts: &'a [Act], key: &str) -> BTreeMap<String, Usual<'a>> {
    let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for read in acts.iter().filter_map(|act| act.usual.get(key)) {
        *spellings.entry(compare_key(read)).or_default().entry(read).or_default() += 1;
    }
    spellings
        .into_iter()
        .map(|(key, spellings)| {
            let pages = spellings.values().sum();
            // of equally frequent spellings the first of the alphabet, so that the order of pages is nothing
            let text = spellings.into_iter().rev().max_by_key(|(_, n)| *n).map_or("", |(text, _)| text);
            (key, Usual { text, letters: fold(text), pages })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, with_name};
    use super::*;

    fn told(names: &[&str]) -> Vec<(u32, String)> {
        told_of("nguoiKy", names)
    }

    fn told_of(key: &str, names: &[&str]) -> Vec<(u32, String)> {
        let found = check(&with_name(key, names), &CONFIG);
        found.into_iter().map(|(id, hit)| (id.page.index, hit.proposal.expect("proposes").1)).collect()
    }

    #[test]
    fn a_name_that_is_nearly_one_of_the_books_is_asked_with_that_one_as_the_proposal() {
        let names = ["Trần Hồng Tân", "Trần Hồng Tân", "Trần Hồng Tân", "Trần Hông Tâm"];
        assert_eq!(told(&names), [(3, "Trần Hồng Tân".to_owned())]);
    }

    #[test]
    fn who_makes_the_entry_and_where_are_asked_alike() {
        let names = ["Lê Thị Hoa", "Lê Thị Hoa", "Lê Thị Hoa", "Lê Thị Hòe"];
        assert_eq!(told_of("nguoiThucHien", &names), [(3, "Lê Thị Hoa".to_owned())]);
        assert_eq!(told_of("noiDangKy", &names), [(3, "Lê Thị Hoa".to_owned())]);
        assert_eq!(told_of("chaHoTen", &names), [], "fathers are many");
    }

    #[test]
    fn another_person_a_name_of_few_pages_and_one_as_frequent_are_let_be() {
        let mut names = ["Trần Hồng Tân"; 5].to_vec();
        names.push("Lê Thị Hoa");
        assert_eq!(told(&names), [], "another person");
        assert_eq!(told(&["Trần Hồng Tân", "Trần Hồng Tân", "Trần Hồng Tâm"]), [], "two pages prove little");
        let mut both = ["Trần Hồng Tân"; 4].to_vec();
        both.extend(["Trần Hồng Tâm"; 2]);
        assert_eq!(told(&both), [], "brothers");
        both.push("Trần Hồng Tân");
        assert_eq!(told(&both), [(4, "Trần Hồng Tân".to_owned()), (5, "Trần Hồng Tân".to_owned())]);
    }
}
