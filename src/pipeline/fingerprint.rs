//! What a result depends on besides the scan: another fingerprint means reading again.

use sha2::Digest;

use crate::domain::BookHint;

/// Raised with every change of a stage that changes what comes out of a page.
pub const STAGES_VERSION: u32 = 1;

/// Of a whole run: program, readers, configuration, layouts.
#[must_use]
pub fn of_run(readers: &[String], page_sections: &str, layouts: &str) -> String {
    let stages = format!("{} {STAGES_VERSION}", env!("CARGO_PKG_VERSION"));
    digest(std::iter::once(stages.as_str()).chain(readers.iter().map(String::as_str)).chain([page_sections, layouts]))
}

/// Of a page: the run's, and what its names claim, because the rules compare that with the page.
#[must_use]
pub fn of_page(run: &str, hint: &BookHint) -> String {
    digest([run, &format!("{hint:?}")].into_iter())
}

/// Of a page that people said has a certain layout.
#[must_use]
pub fn as_layout(page: &str, layout: &str) -> String {
    digest([page, layout].into_iter())
}

/// Each part with its length before it, so that no two lists of parts look alike.
fn digest<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_model_never_collides() {
        let with = |reader: &str, config: &str| of_run(&[reader.to_owned()], config, "");
        assert_ne!(with("neural:1", "a"), with("neural:2", "a"));
        assert_ne!(with("neural:1", "a"), with("neural:", "1a"));
        assert_eq!(with("neural:1", "a"), with("neural:1", "a"));
    }

    #[test]
    fn the_same_bytes_under_another_name_are_judged_anew() {
        let named = BookHint { number: Some("7".to_owned()), ..BookHint::default() };
        assert_ne!(of_page("run", &BookHint::default()), of_page("run", &named));
    }
}
