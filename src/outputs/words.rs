//! Ids as people read them; files for programs keep the ids.

/// What an id of a kind, reason or remark is called in Vietnamese; an id without a name stays as it is.
#[must_use]
pub fn said(id: &str) -> &str {
    let name = |line: &'static str| line.split_once('\t').filter(|(own, _)| *own == id).map(|(_, name)| name);
    include_str!("../../lists/words_vi.tsv").lines().skip(1).find_map(name).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::domain::{Register, SlotKind};
    use crate::outputs::queue::kind_id;

    #[test]
    fn a_known_id_has_its_name_and_an_unknown_one_stays() {
        assert_eq!(said("person-name"), "họ tên");
        assert_eq!(said("rule:number-missing"), "rule:number-missing");
    }

    #[test]
    fn every_kind_of_every_layout_has_a_name() {
        let layouts =
            crate::forms::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("forms")).expect("forms");
        let kinds: std::collections::BTreeSet<SlotKind> =
            layouts.iter().flat_map(|l| l.slots.iter().map(|s| s.kind)).collect();
        assert!(kinds.len() > 15 && layouts.iter().any(|l| l.register == Register::Kt));
        for kind in kinds {
            let id = kind_id(kind);
            assert_ne!(said(&id), id, "lists/words_vi.tsv");
        }
    }
}
