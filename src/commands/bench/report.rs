//! Tables of accuracy and of confidence, and the fit of the confidence.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::measure::{Outcome, Row, Tally};
use crate::domain::SlotKind;
use crate::stages::read::calibration::{Calibration, Map, Signs};

/// A kind with fewer values to fit on shares the map of all kinds.
const LEAST_FOR_OWN_MAP: usize = 60;
/// Confidence is compared with accuracy in ten steps.
const STEPS: usize = 10;

/// Accuracy by class: CER, CER without marks, WER, exact, for every engine.
pub(super) fn accuracy(outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "{:<28}{:>6}  {:^31}  {:^31}  {:^31}\n{:<36}{}\n",
        "class",
        "n",
        "network alone",
        "with the field's grammar",
        "Tesseract",
        "",
        ["    CER   bare    WER  exact"; 3].join("     ")
    );
    for (class, of_class) in by_class(outcomes) {
        let [mut plain, mut read, mut print] = [Tally::default(); 3];
        for o in &of_class {
            plain.add(&o.plain, &o.truth);
            read.add(o.text(), &o.truth);
            if let Some(p) = &o.print {
                print.add(p, &o.truth);
            }
        }
        let _ = write!(text, "{class:<28}{:>6}  ", of_class.len());
        for tally in [plain, read, print] {
            let cells = tally.rates().map(|r| format!("{r:>7.2}")).concat();
            let _ = write!(text, "{}     ", if tally.values > 0 { cells } else { format!("{:>28}", "-") });
        }
        text.push('\n');
    }
    text + &speed(outcomes)
}

fn speed(outcomes: &[Outcome]) -> String {
    let sum = |f: fn(&Outcome) -> f64| outcomes.iter().map(f).sum::<f64>();
    let lines = sum(|o| o.lines as f64).max(1.0);
    let (network, decoding) = (sum(|o| o.network.as_secs_f64()), sum(|o| o.decoding.as_secs_f64()));
    format!(
        "one core: {:.1} ms a line in the network, {:.1} ms in decoding; {:.0} columns a line on average\n",
        1e3 * network / lines,
        1e3 * decoding / lines,
        sum(|o| o.columns as f64) / lines
    )
}

/// By class: expected calibration error, and how much can be accepted at which error. Of composite slots the parts count
/// among all, not the whole, as on a page.
pub(super) fn confidence(outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "{:<28}{:>6}{:>8}{:>8}{:>34}\n",
        "confidence", "n", "right", "ECE", "accepted at error of 0.5 / 1 / 2 %"
    );
    let mut classes: BTreeMap<String, Vec<(f32, bool)>> = BTreeMap::new();
    let mut all = Vec::new();
    for Row { class, is_field, sure, right } in outcomes.iter().flat_map(Outcome::rows) {
        classes.entry(class).or_default().push((sure, right));
        if is_field {
            all.push((sure, right));
        }
    }
    for (class, mut sure) in classes.into_iter().chain([("all".to_owned(), all)]) {
        sure.sort_by(|a, b| b.0.total_cmp(&a.0));
        let right = sure.iter().filter(|s| s.1).count() as f64 / sure.len().max(1) as f64;
        let accepted = [0.005, 0.01, 0.02].map(|e| format!("{:>9.1}", 100.0 * coverage(&sure, e))).concat();
        let _ = writeln!(text, "{class:<28}{:>6}{:>8.1}{:>8.3}  {accepted}", sure.len(), 100.0 * right, error(&sure));
    }
    text
}

/// Mean distance of confidence and accuracy over steps of equal size.
fn error(sorted: &[(f32, bool)]) -> f64 {
    let size = sorted.len().div_ceil(STEPS).max(1);
    let steps = sorted.chunks(size).map(|step| {
        let said: f64 = step.iter().map(|s| f64::from(s.0)).sum();
        let held = step.iter().filter(|s| s.1).count() as f64;
        (said - held).abs()
    });
    steps.sum::<f64>() / sorted.len().max(1) as f64
}

/// The largest share that can be accepted, surest first, with at most this share of errors among it.
fn coverage(sorted: &[(f32, bool)], allowed: f64) -> f64 {
    let mut wrong = 0_usize;
    let mut most = 0_usize;
    for (i, (_, right)) in sorted.iter().enumerate() {
        wrong += usize::from(!right);
        // a threshold cannot part values of equal confidence
        let parts = sorted.get(i + 1).is_none_or(|next| next.0 < sorted[i].0);
        if parts && wrong as f64 <= allowed * (i + 1) as f64 {
            most = i + 1;
        }
    }
    most as f64 / sorted.len().max(1) as f64
}

/// Fits a map for each kind, and each part of a composite slot, with enough values, and one for all the others together, on
/// half of the writers.
pub(super) fn fit(outcomes: &[Outcome], model: &str, provenance: &str) -> Calibration {
    let mut wholes: BTreeMap<SlotKind, Vec<Sample>> = BTreeMap::new();
    let mut parts: BTreeMap<SlotKind, Vec<Vec<Sample>>> = BTreeMap::new();
    // the frequent kinds are the easy ones: with them in it, the map would promise the rare ones too much
    let mut others: Vec<Sample> = Vec::new();
    for o in outcomes.iter().filter(|o| o.is_for_fitting()) {
        let Some(read) = &o.reading else { continue };
        wholes.entry(o.kind).or_default().push((read.whole.signs, read.whole.right));
        for (part, judged) in &read.parts {
            let of_kind = parts.entry(o.kind).or_default();
            of_kind.resize(of_kind.len().max(part + 1), Vec::new());
            of_kind[*part].push((judged.signs, judged.right));
        }
    }
    let simple = wholes.iter().filter(|(kind, _)| !parts.contains_key(kind)).map(|(_, samples)| samples);
    let pooled = simple.chain(parts.values().flatten()).filter(|samples| !is_enough(samples));
    pooled.for_each(|samples| others.extend(samples));
    let other = Map::fit(&others);
    let own = |samples: &Vec<Sample>| if is_enough(samples) { Map::fit(samples) } else { other };
    Calibration {
        model: model.to_owned(),
        provenance: provenance.to_owned(),
        other,
        kinds: wholes.iter().filter(|(_, s)| is_enough(s)).map(|(kind, s)| (*kind, Map::fit(s))).collect(),
        parts: parts.iter().map(|(kind, parts)| (*kind, parts.iter().map(own).collect())).collect(),
    }
}

/// The signs of something read, and whether it was right.
type Sample = (Signs, bool);

fn is_enough(samples: &[Sample]) -> bool {
    samples.len() >= LEAST_FOR_OWN_MAP
}

fn by_class(outcomes: &[Outcome]) -> Vec<(String, Vec<&Outcome>)> {
    let mut classes: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    outcomes.iter().for_each(|o| classes.entry(&o.class).or_default().push(o));
    classes.into_iter().map(|(c, o)| (c.to_owned(), o)).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::measure::{Attempt, Judged};
    use super::*;
    use crate::domain::Confidence;

    #[test]
    fn coverage_stops_where_the_errors_begin_but_not_at_the_first() {
        let sorted = [(0.9, true), (0.8, false), (0.7, true), (0.6, true), (0.5, false)];
        assert!((coverage(&sorted, 0.0) - 0.2).abs() < 1e-9);
        assert!((coverage(&sorted, 0.25) - 0.8).abs() < 1e-9);
        assert!((coverage(&sorted, 0.24) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn values_of_equal_confidence_are_accepted_together_or_not_at_all() {
        assert!(coverage(&[(0.9, true), (0.9, false)], 0.1).abs() < 1e-9);
    }

    /// Signers of two writers, one of whom fits: the name right or not, the title always.
    fn signers(rights: impl Iterator<Item = bool>) -> Vec<Outcome> {
        let judged = |right, odds| Judged { right, confidence: Confidence::NONE, signs: [odds, 0.0, 0.0, 0.0] };
        let one = |right: bool, writer: &str| Outcome {
            class: "signer".into(),
            kind: SlotKind::Signer,
            writer: writer.into(),
            truth: String::new(),
            plain: String::new(),
            reading: Some(Attempt {
                text: String::new(),
                whole: judged(right, 2.0),
                parts: vec![(0, judged(right, 2.0)), (1, judged(true, 9.0))],
            }),
            print: None,
            network: Duration::ZERO,
            decoding: Duration::ZERO,
            columns: 0,
            lines: 0,
        };
        rights.flat_map(|right| ["a", "b", "c", "d"].map(|writer| one(right, writer))).collect()
    }

    #[test]
    fn a_part_is_fitted_by_itself_once_there_are_enough_of_it() {
        let many = signers((0..60).map(|i| i % 2 == 0));
        let fitted = fit(&many, "m", "p");
        let sure = |part: usize, odds: f32| {
            fitted.map_of_part(SlotKind::Signer, part).probability([odds, 0.0, 0.0, 0.0]).get()
        };
        assert!((sure(0, 2.0) - 0.5).abs() < 0.05, "{}", sure(0, 2.0));
        assert!(sure(1, 9.0) > 0.95, "{}", sure(1, 9.0));
        let few = fit(&many[..40], "m", "p");
        assert_eq!(few.parts[&SlotKind::Signer], [few.other; 2]);
    }

    #[test]
    fn the_parts_count_among_all_and_the_whole_does_not() {
        let table = confidence(&signers([true, false].into_iter()));
        let row = |class: &str| {
            let found = table.lines().find(|line| line.starts_with(class)).expect(class);
            found[28..42].split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(row("signer  "), ["8", "50.0"]);
        assert_eq!(row("signer 2"), ["8", "100.0"]);
        assert_eq!(row("all"), ["16", "75.0"]);
    }

    #[test]
    fn confidence_that_holds_has_no_error() {
        let sorted: Vec<(f32, bool)> = (0..10).map(|i| (0.5, i % 2 == 0)).collect();
        assert!(error(&sorted[..2]) <= 0.5);
        assert!((error(&[(1.0, false)]) - 1.0).abs() < 1e-9);
    }
}
