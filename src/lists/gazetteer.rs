//! Administrative units of two eras, and the provinces of the books' own time.

use std::collections::HashMap;

use crate::domain::text::fold;

/// When a unit's name was or is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Era {
    /// With districts, 63 provinces: to 30 June 2025.
    Districts,
    /// Without districts, 34 provinces: since 1 July 2025.
    TwoLevels,
    /// A province gone before 2004.
    Gone {
        /// First year, give or take two.
        from: u16,
        /// Last year, give or take two.
        to: u16,
    },
}

/// How large a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh.
    District,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
}

/// One unit under one name; a renamed unit occurs once a name.
#[derive(Debug, PartialEq, Eq)]
pub struct Unit {
    /// When.
    pub era: Era,
    /// How large.
    pub level: Level,
    /// Code of the statistical office, unique in era and level; `-` for provinces long gone.
    pub code: &'static str,
    /// Code of the unit that it belongs to.
    pub parent: Option<&'static str>,
    /// "Xã", "Thị trấn", "Tỉnh" …
    pub kind: &'static str,
    /// Without its kind: "Phú Long".
    pub name: &'static str,
}

impl Unit {
    /// "Xã Phú Long".
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }

    /// Whether `self` lies directly in `other`. A province long gone takes anything: its districts are not known.
    #[must_use]
    pub fn lies_in(&self, other: &Self) -> bool {
        matches!(other.era, Era::Gone { .. }) || (self.era == other.era && self.parent == Some(other.code))
    }
}

/// All units with their lookups.
#[derive(Debug)]
pub struct Gazetteer {
    units: Vec<Unit>,
    by_name: HashMap<String, Vec<usize>>,
    by_code: HashMap<(Era, Level, &'static str), usize>,
    children: HashMap<(Era, Level, &'static str), Vec<usize>>,
}

impl Gazetteer {
    pub(super) fn parse(units: &'static str, old_provinces: &'static str) -> Self {
        let known = units.lines().skip(1).filter_map(unit);
        let gone = old_provinces.lines().skip(1).filter_map(old_province);
        let mut all = Self {
            units: known.chain(gone).collect(),
            by_name: HashMap::new(),
            by_code: HashMap::new(),
            children: HashMap::new(),
        };
        for (i, unit) in all.units.iter().enumerate() {
            all.by_name.entry(name_key(unit.name)).or_default().push(i);
            all.by_code.entry((unit.era, unit.level, unit.code)).or_insert(i);
        }
        for (i, unit) in all.units.iter().enumerate() {
            if let Some(parent) = all.parent(unit) {
                all.children.entry((parent.era, parent.level, parent.code)).or_default().push(i);
            }
        }
        all
    }

    /// All units.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Units with this bare name, marks and leading zeros aside ("ben tre", "7").
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Unit> {
        self.by_name.get(&name_key(name)).into_iter().flatten().map(|i| &self.units[*i])
    }

    /// The unit of a code.
    #[must_use]
    pub fn by_code(&self, era: Era, level: Level, code: &'static str) -> Option<&Unit> {
        self.by_code.get(&(era, level, code)).map(|i| &self.units[*i])
    }

    /// The unit that a unit lies in.
    #[must_use]
    pub fn parent(&self, unit: &Unit) -> Option<&Unit> {
        let code = unit.parent?;
        let level = match (unit.era, unit.level) {
            (Era::Districts, Level::Commune) => Level::District,
            _ => Level::Province,
        };
        self.by_code(unit.era, level, code)
    }

    /// The units that lie directly in a unit.
    pub fn children(&self, unit: &Unit) -> impl Iterator<Item = &Unit> {
        self.children.get(&(unit.era, unit.level, unit.code)).into_iter().flatten().map(|i| &self.units[*i])
    }

    /// "Xã Phú Long, Huyện Bình Đại, Tỉnh Bến Tre".
    #[must_use]
    pub fn path(&self, unit: &Unit) -> String {
        let chain = std::iter::successors(Some(unit), |u| self.parent(u));
        chain.map(Unit::full_name).collect::<Vec<_>>().join(", ")
    }
}

/// "Phường 07" is "Phường 7".
fn name_key(name: &str) -> String {
    let folded = fold(name);
    match folded.bytes().all(|b| b.is_ascii_digit()) {
        true => folded.trim_start_matches('0').to_owned(),
        false => folded,
    }
}

fn unit(line: &'static str) -> Option<Unit> {
    let mut cells = line.split('\t');
    let era = if cells.next()? == "63" { Era::Districts } else { Era::TwoLevels };
    let level = match cells.next()? {
        "p" => Level::Province,
        "d" => Level::District,
        _ => Level::Commune,
    };
    let code = cells.next()?;
    let parent = cells.next().filter(|p| *p != "-");
    Some(Unit { era, level, code, parent, kind: cells.next()?, name: cells.next()? })
}

fn old_province(line: &'static str) -> Option<Unit> {
    let mut cells = line.split('\t');
    let name = cells.next()?;
    let era = Era::Gone { from: cells.next()?.parse().ok()?, to: cells.next()?.parse().ok()? };
    Some(Unit { era, level: Level::Province, code: "-", parent: None, kind: "Tỉnh", name })
}
