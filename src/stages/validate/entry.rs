//! Rules about one entry, one a file.

mod age;
mod applicant;
mod applicant_child;
mod applicant_dead;
mod birth_registration;
mod country_unknown;
mod date_doubt;
mod date_words;
mod death_birth;
mod death_registration;
mod ethnic_doubt;
mod ethnic_foreigner;
mod ethnic_inherited;
mod ethnic_unknown;
mod hint_date;
mod hint_missing;
mod hint_number;
mod hint_register;
mod hint_year;
mod id_province;
mod id_sex;
mod id_year;
mod late;
mod marriage_age;
mod number_year;
mod one_number;
mod page_number;
mod paper_dates;
mod parent_age;
mod parent_child;
mod person_age;
mod place_commune;
mod place_unknown;
mod recognition;
mod recognition_age;
mod registration_day;
mod relation_unknown;
mod sex_name;
mod spouses;
mod surname;

use super::rule::EntryRule;

/// In the order of the findings: dates, people, papers, lists, places, names of files.
pub(super) const RULES: &[EntryRule] = &[
    date_words::RULE,
    birth_registration::RULE,
    death_birth::RULE,
    death_registration::RULE,
    paper_dates::RULE,
    parent_child::RULE,
    parent_age::RULE,
    recognition::RULE,
    recognition_age::RULE,
    marriage_age::RULE,
    person_age::RULE,
    late::RULE,
    date_doubt::RULE,
    registration_day::RULE,
    age::RULE,
    id_province::RULE,
    id_sex::RULE,
    id_year::RULE,
    one_number::RULE,
    spouses::RULE,
    applicant::RULE,
    applicant_dead::RULE,
    applicant_child::RULE,
    surname::RULE,
    sex_name::RULE,
    ethnic_doubt::RULE,
    ethnic_unknown::RULE,
    ethnic_foreigner::RULE,
    ethnic_inherited::RULE,
    country_unknown::RULE,
    relation_unknown::RULE,
    number_year::RULE,
    page_number::RULE,
    place_unknown::RULE,
    place_commune::RULE,
    hint_register::RULE,
    hint_number::RULE,
    hint_date::RULE,
    hint_year::RULE,
    hint_missing::RULE,
];
