//! Which administrative unit a place text names: "Ấp 2 Xã Phú Long, H. Bình Đại, T. Bến Tre".

use crate::domain::text::{compare_key, fold};

use super::{Era, Gazetteer, Level, Unit, gazetteer, unit_word};

/// Longest unit name in words ("Bà Rịa - Vũng Tàu" has four, some communes six).
const LONGEST_NAME: usize = 6;
/// Common short forms that are no unit words.
const SHORT_NAMES: [(&str, &str); 4] =
    [("hcm", "ho chi minh"), ("tphcm", "ho chi minh"), ("brvt", "ba ria vung tau"), ("hue", "thua thien hue")];

/// What a place text names.
#[derive(Debug, PartialEq, Eq)]
pub enum PlaceMatch {
    /// Units from small to large, each in the next; the first is the smallest that is sure.
    Named(Vec<&'static Unit>),
    /// As many units fit equally well.
    Several(usize),
    /// No unit of the gazetteer.
    Nothing,
}

impl PlaceMatch {
    /// The smallest unit.
    #[must_use]
    pub fn smallest(&self) -> Option<&'static Unit> {
        match self {
            Self::Named(chain) => chain.first().copied(),
            Self::Several(_) | Self::Nothing => None,
        }
    }
}

/// A stretch of words that may name a unit.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    unit: &'static Unit,
    /// Words of the name with the unit word before it: from, to.
    from: usize,
    to: usize,
    /// A unit word stands before the name.
    announced: bool,
    /// Spelled with its marks.
    exact: bool,
    score: u32,
}

impl Candidate {
    /// Whether it may name a unit without a larger one after it: many a person and hospital is called like a commune.
    fn stands_alone(&self) -> bool {
        self.announced
            || self.unit.level == Level::Province
            || (self.unit.level == Level::District && self.to - self.from > 1)
    }
}

/// Finds the unit. A text with no separators is read as well as one with commas; order is from small to large.
#[must_use]
pub fn match_place(text: &str) -> PlaceMatch {
    let words = Words::of(text);
    let candidates = candidates(&words);
    let province = last_province(&candidates, words.folded.len());
    let mut best: Vec<Vec<Candidate>> = Vec::new();
    let mut best_score = 0;
    for chain in chains(&candidates).into_iter().filter(|c| province.is_none_or(|p| fits(c, p))) {
        let score: u32 = chain.iter().map(|c| c.score).sum::<u32>() + bonus(&chain);
        if score > best_score {
            best_score = score;
            best.clear();
        }
        if score == best_score {
            best.push(chain);
        }
    }
    best.dedup_by(|a, b| same_units(a, b));
    match best.as_slice() {
        [] => PlaceMatch::Nothing,
        [chain] => PlaceMatch::Named(chain.iter().map(|c| c.unit).collect()),
        // which commune is open, but all of them lie in one larger unit that is named
        [first, ..] => match first.last() {
            Some(large) if first.len() > 1 && best.iter().all(|c| c.last().is_some_and(|l| l.unit == large.unit)) => {
                PlaceMatch::Named(vec![large.unit])
            }
            _ => PlaceMatch::Several(best.len()),
        },
    }
}

/// The province that a text ends with, spelled with its marks.
fn last_province(candidates: &[Candidate], end: usize) -> Option<&Candidate> {
    let exact = |c: &&Candidate| c.unit.level == Level::Province && c.to == end && c.exact;
    candidates.iter().filter(exact).max_by_key(|c| (c.score, c.unit.era == Era::Districts))
}

/// A chain that leaves out the province named at the end must not lie in another one.
fn fits(chain: &[Candidate], province: &Candidate) -> bool {
    let Some(last) = chain.last() else { return false };
    last.to > province.from || within(last.unit, province.unit) || last.unit.era != province.unit.era
}

/// Books to be digitised are from before July 2025, so of two equal readings the one with districts holds; and "Bình Đại,
/// Bến Tre" is the district of the province before it is a town of the same name in it.
fn bonus(chain: &[Candidate]) -> u32 {
    let direct =
        chain.windows(2).filter(|w| w[0].unit.era == w[1].unit.era && w[0].unit.lies_in(w[1].unit)).count() as u32;
    // "Bắc Ninh" alone is the province, not its city
    let whole = u32::from(chain.len() == 1 && chain[0].unit.level == Level::Province);
    whole + direct + 2 * u32::from(chain[0].unit.era == Era::Districts)
}

/// By their names: after a merger the same commune may stand in the gazetteer under two codes.
fn same_units(a: &[Candidate], b: &[Candidate]) -> bool {
    let path = |c: &Candidate| compare_key(&gazetteer().path(c.unit));
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.unit.era == y.unit.era && path(x) == path(y))
}

struct Words {
    folded: Vec<String>,
    marked: Vec<String>,
}

impl Words {
    /// "P7" and "Q1" are parted, other words stay as they are; "TPHCM" gets its words.
    fn of(text: &str) -> Self {
        let mut marked: Vec<String> = Vec::new();
        for word in compare_key(text).split(' ').filter(|w| !w.is_empty()) {
            let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
            let at = word.char_indices().nth(letters).map_or(word.len(), |(i, _)| i);
            let numbered = at > 0 && at < word.len() && word[at..].bytes().all(|b| b.is_ascii_digit());
            match SHORT_NAMES.iter().find(|(short, _)| *short == word) {
                Some((short, full)) if *short != "hue" => marked.extend(full.split(' ').map(str::to_owned)),
                _ if numbered => marked.extend([word[..at].to_owned(), word[at..].to_owned()]),
                _ => marked.push(word.to_owned()),
            }
        }
        Self { folded: marked.iter().map(|w| fold(w)).collect(), marked }
    }
}

fn candidates(words: &Words) -> Vec<Candidate> {
    let mut found = Vec::new();
    for from in 0..words.folded.len() {
        let ahead: Vec<&str> = words.folded[from..].iter().map(String::as_str).collect();
        let announced = unit_word(&ahead);
        let (levels, skip): (&[Level], usize) = match announced {
            Some((word, n)) => (word.levels, n),
            None => (&[Level::Commune, Level::District, Level::Province], 0),
        };
        named_at(words, from, from + skip, levels, &mut found);
        if announced.is_some() {
            // a unit word may also be the first word of a name ("Xá", "Tân" are not, "Thị Nghè", "Tổ" are)
            named_at(words, from, from, &[Level::Commune, Level::District, Level::Province], &mut found);
        }
    }
    without_parts_of_provinces(found)
}

/// "Bà Rịa" in "Bà Rịa - Vũng Tàu" is no province by itself.
fn without_parts_of_provinces(found: Vec<Candidate>) -> Vec<Candidate> {
    let provinces: Vec<Candidate> =
        found.iter().copied().filter(|c| c.unit.level == Level::Province && c.exact).collect();
    let inside = |c: &Candidate, p: &Candidate| {
        p.from <= c.from && c.to <= p.to && c.to - c.from < p.to - p.from && !c.announced
    };
    found.into_iter().filter(|c| c.unit.level != Level::Province || !provinces.iter().any(|p| inside(c, p))).collect()
}

fn named_at(words: &Words, from: usize, start: usize, levels: &[Level], found: &mut Vec<Candidate>) {
    let announced = start > from;
    for to in start + 1..=(start + LONGEST_NAME).min(words.folded.len()) {
        let name = words.folded[start..to].join(" ");
        let numeric = name.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        if numeric && !announced {
            continue;
        }
        let marked = words.marked[start..to].join(" ");
        for unit in gazetteer().named(&name).filter(|u| levels.contains(&u.level)) {
            let exact = numeric || compare_key(unit.name) == marked;
            let score = 4 * (to - start) as u32 + 2 * u32::from(exact) + 2 * u32::from(announced);
            found.push(Candidate { unit, from, to, announced, exact, score });
        }
    }
}

fn chains(candidates: &[Candidate]) -> Vec<Vec<Candidate>> {
    let mut chains = Vec::new();
    for (i, small) in candidates.iter().enumerate() {
        if small.stands_alone() {
            chains.push(vec![*small]);
        }
        for middle in candidates[i + 1..].iter().filter(|c| c.from >= small.to && within(small.unit, c.unit)) {
            if !small.unit.lies_in(middle.unit) && names_district_between(candidates, small, middle) {
                continue;
            }
            chains.push(vec![*small, *middle]);
            let larger = candidates.iter().filter(|c| c.from >= middle.to && c.unit.level > middle.unit.level);
            chains.extend(larger.filter(|c| within(middle.unit, c.unit)).map(|c| vec![*small, *middle, *c]));
        }
    }
    chains
}

/// A district named between commune and province is not to be passed over: then the commune is of another one.
fn names_district_between(candidates: &[Candidate], small: &Candidate, large: &Candidate) -> bool {
    let between = candidates.iter().filter(|c| c.from >= small.to && c.to <= large.from);
    between.into_iter().any(|c| c.announced && c.unit.level == Level::District)
}

/// Directly, or with the district left out.
fn within(small: &Unit, large: &Unit) -> bool {
    let all: &'static Gazetteer = gazetteer();
    small.level < large.level
        && (small.lies_in(large)
            || all.parent(small).is_some_and(|middle| large.level > middle.level && middle.lies_in(large)))
}

/// The commune of a district whose name is nearest to a misspelled one, if only one is as near; for a proposal, never a rewrite.
#[must_use]
pub fn nearest_child(parent: &'static Unit, name: &str, most_edits: usize) -> Option<&'static Unit> {
    let wanted = fold(name);
    let ranked = gazetteer().children(parent).map(|u| (strsim::levenshtein(&fold(u.name), &wanted), u));
    let mut near: Vec<_> = ranked.filter(|(edits, _)| *edits <= most_edits).collect();
    near.sort_by_key(|(edits, _)| *edits);
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(a, first), (b, _), ..] if a < b => Some(first),
        [..] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> String {
        match match_place(text) {
            PlaceMatch::Named(chain) => gazetteer().path(chain[0]),
            PlaceMatch::Several(n) => format!("one of {n}"),
            PlaceMatch::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn places_as_clerks_write_them_find_their_unit() {
        for (text, unit) in [
            ("Ấp 2 Xã Phú Long, H. Bình Đại, T. Bến Tre", "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"),
            ("xã Phú Long huyện Bình Đại tỉnh Bến Tre", "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"),
            ("Phú Long, Bình Đại, Bến Tre", "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"),
            ("PHU LONG - BINH DAI", "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre"),
            ("Phú Khương - TX. Bến Tre", "Phường Phú Khương, Thành phố Bến Tre, Tỉnh Bến Tre"),
            ("Trạm y tế xã Lộc Thuận, Bình Đại", "Xã Lộc Thuận, Huyện Bình Đại, Tỉnh Bến Tre"),
            ("BV Nguyễn Đình Chiểu, T. Bến Tre", "Tỉnh Bến Tre"),
            ("P.9, Q.3, TP.HCM", "Phường 09, Quận 3, Thành phố Hồ Chí Minh"),
            ("F 9 Q3 TPHCM", "Phường 09, Quận 3, Thành phố Hồ Chí Minh"),
            ("P.7, Q.3, TP.HCM", "Quận 3, Thành phố Hồ Chí Minh"),
            ("Hoà Lộc, Mỏ Cày Bắc", "Xã Hòa Lộc, Huyện Mỏ Cày Bắc, Tỉnh Bến Tre"),
            ("Bình Trị Thiên", "Tỉnh Bình Trị Thiên"),
            ("P. An Phú, Quận 2, TP HCM", "Thành phố Hồ Chí Minh"),
            ("Xã Tân Hoà, Huyện Tân Thành, Bà Rịa - Vũng Tàu", "Tỉnh Bà Rịa - Vũng Tàu"),
            ("Bắc Ninh", "Tỉnh Bắc Ninh"),
            ("Bình Đại, Bến Tre", "Huyện Bình Đại, Tỉnh Bến Tre"),
        ] {
            assert_eq!(path(text), unit, "{text}");
        }
    }

    #[test]
    fn what_fits_many_units_names_none() {
        assert!(matches!(match_place("xã Tân Bình"), PlaceMatch::Several(n) if n > 5));
        assert_eq!(match_place("nhà bảo sanh Cô Tư"), PlaceMatch::Nothing);
        assert_eq!(match_place(""), PlaceMatch::Nothing);
    }

    #[test]
    fn a_misspelled_commune_is_proposed_only_when_one_is_nearest() {
        let PlaceMatch::Named(chain) = match_place("H. Bình Đại, T. Bến Tre") else { panic!() };
        assert_eq!(nearest_child(chain[0], "Phú Lông", 1).map(|u| u.name), Some("Phú Long"));
        assert_eq!(nearest_child(chain[0], "Phu Lomgh", 1), None);
    }
}
