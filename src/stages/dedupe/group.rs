//! From pairs to groups.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Mark, Place, Why};

/// Members that pairs connect, sorted.
pub(super) fn join(marks: &[Mark], pairs: &[(usize, usize)]) -> Vec<Vec<Place>> {
    let mut parent: Vec<usize> = (0..marks.len()).collect();
    for &(a, b) in pairs {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    let mut members: BTreeMap<usize, BTreeSet<&Place>> = BTreeMap::new();
    for &(a, b) in pairs {
        let top = root(&mut parent, a);
        members.entry(top).or_default().extend([&marks[a].place, &marks[b].place]);
    }
    members.into_values().map(|places| places.into_iter().cloned().collect()).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Adds groups that no stronger reason has named, and only those that this run takes part in.
pub(super) fn add(groups: &mut Vec<Group>, why: Why, found: Vec<Vec<Place>>) {
    let mut known: BTreeMap<&Place, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        group.members.iter().for_each(|member| known.entry(member).or_default().push(at));
    }
    let told = |members: &[Place]| {
        let of_first = members.first().and_then(|first| known.get(first)).map(Vec::as_slice).unwrap_or_default();
        of_first.iter().any(|at| members.iter().all(|member| groups[*at].members.binary_search(member).is_ok()))
    };
    let ours = |members: &[Place]| members.iter().any(|member| member.run.is_empty());
    let fresh: Vec<Group> = found
        .into_iter()
        .filter(|members| ours(members) && !told(members))
        .map(|members| Group { why, members })
        .collect();
    groups.extend(fresh);
}
