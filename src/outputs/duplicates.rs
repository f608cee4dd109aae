//! `duplicates.csv`: groups that belong together, one member a row. Nothing was dropped because of them.

use super::table::Table;
use crate::stages::dedupe::Group;
use crate::store::{RunFolder, StoreError};

/// The name of a group by its place in the sorted list.
#[must_use]
pub fn group_name(at: usize) -> String {
    format!("D{:04}", at + 1)
}

/// Writes the groups.
pub fn write(folder: &RunFolder, groups: &[Group]) -> Result<(), StoreError> {
    let header = ["group", "why", "run", "file", "page", "entry", "message"];
    let mut table = Table::create(&folder.file("duplicates.csv"), &header)?;
    for (at, group) in groups.iter().enumerate() {
        for member in &group.members {
            let page = member.page.map(|page| page.to_string()).unwrap_or_default();
            let entry = member.entry.map(|entry| entry.to_string()).unwrap_or_default();
            let (name, why) = (group_name(at), group.why);
            table.row(&[&name, why.id(), &member.run, &member.path, &page, &entry, why.message()])?;
        }
    }
    table.keep()
}
