//! A signer read otherwise than on the other pages: few people sign a book, and each of them signs many of its pages.

use std::collections::BTreeMap;

use super::super::Config;
use super::super::facts::SIGNER;
use super::super::rule::{BookRule, Hit, RuleCard};
use super::Act;
use crate::domain::text::{compare_key, fold};
use crate::domain::{EntryId, Severity};

/// The rule.
pub(super) const RULE: BookRule = BookRule {
    card: RuleCard {
        id: "signer-differs",
        severity: Severity::Warning,
        fields: "nguoiKy",
        why: "few people sign a book: a name that is nearly one of theirs is mostly that one, misread",
        sentence: "Người ký đọc là “{0}”; {1} trang khác trong sổ ghi “{2}”.",
    },
    check,
};

/// A name as the book has it.
struct Signer<'a> {
    /// The spelling most pages have.
    text: &'a str,
    /// Letters without marks: marks are what is misread most.
    letters: String,
    /// Pages on which it was read just so.
    pages: usize,
}

fn check(acts: &[Act], config: &Config) -> Vec<(EntryId, Hit)> {
    let signers = signers(acts);
    let differing = acts.iter().filter_map(|act| {
        let read = act.signer.as_deref()?;
        let own = &signers[&compare_key(read)];
        let usual = signers.values().filter(|s| s.pages >= config.signer_pages && s.pages > 2 * own.pages);
        let alike = |s: &&Signer<'_>| {
            let edits = strsim::levenshtein(&s.letters, &own.letters);
            edits as f32 <= config.signer_edits * s.letters.chars().count() as f32
        };
        let meant = usual.filter(alike).max_by_key(|s| s.pages)?;
        let hit = Hit::new(&[SIGNER], [&read, &meant.pages, &meant.text]);
        Some((act.id, hit.proposing(SIGNER, meant.text.to_owned())))
    });
    differing.collect()
}

/// The book's signers, by what the comparison of names takes for one.
fn signers(acts: &[Act]) -> BTreeMap<String, Signer<'_>> {
    let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for read in acts.iter().filter_map(|act| act.signer.as_deref()) {
        *spellings.entry(compare_key(read)).or_default().entry(read).or_default() += 1;
    }
    spellings
        .into_iter()
        .map(|(key, spellings)| {
            let pages = spellings.values().sum();
            // of equally frequent spellings the first of the alphabet, so that the order of pages is nothing
            let text = spellings.into_iter().rev().max_by_key(|(_, n)| *n).map_or("", |(text, _)| text);
            (key, Signer { text, letters: fold(text), pages })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{CONFIG, signed};
    use super::*;

    fn told(names: &[&str]) -> Vec<(u32, String)> {
        let found = check(&signed(names), &CONFIG);
        found.into_iter().map(|(id, hit)| (id.page.index, hit.proposal.expect("proposes").1)).collect()
    }

    #[test]
    fn a_name_that_is_nearly_one_of_the_books_is_asked_with_that_one_as_the_proposal() {
        let names = ["Trần Hồng Tân", "Trần Hồng Tân", "Trần Hồng Tân", "Trần Hông Tâm"];
        assert_eq!(told(&names), [(3, "Trần Hồng Tân".to_owned())]);
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
