//! The numbers as text.

use std::fmt::Write;

use super::score::{Pages, Score, Scores};

/// Three tables and a line.
pub(super) fn text(scores: &Scores) -> String {
    let mut out = String::new();
    // writing to a String cannot fail
    let _ = pages(&mut out, scores);
    for (title, groups) in [("medium", &scores.media), ("kind", &scores.kinds), ("layout", &scores.layouts)] {
        let _ = writeln!(
            out,
            "\n{title:<28}{:>7}{:>10}{:>8}{:>8}{:>10}{:>8}",
            "fields", "as written", "value", "CER", "accepted", "error"
        );
        for (name, score) in groups {
            let _ = row(&mut out, name, score);
        }
    }
    let _ = confusion(&mut out, scores);
    let _ = writeln!(
        out,
        "\nentries {}, records {} ({}), with a wrong value {}",
        scores.entries,
        scores.records,
        share(scores.records, scores.entries),
        scores.records_wrong
    );
    out
}

fn pages(out: &mut String, scores: &Scores) -> std::fmt::Result {
    writeln!(
        out,
        "{:<28}{:>7}{:>14}{:>14}{:>8}{:>12}",
        "pages", "all", "right layout", "other layout", "aside", "not in run"
    )?;
    let mut sum = Pages::default();
    for (layout, pages) in &scores.pages {
        line(out, layout, pages)?;
        sum.all += pages.all;
        sum.right_layout += pages.right_layout;
        sum.other_layout += pages.other_layout;
        sum.aside += pages.aside;
        sum.not_in_run += pages.not_in_run;
    }
    line(out, "all", &sum)
}

fn line(out: &mut String, name: &str, p: &Pages) -> std::fmt::Result {
    let right = format!("{} {}", p.right_layout, share(p.right_layout, p.all));
    writeln!(out, "{name:<28}{:>7}{right:>14}{:>14}{:>8}{:>12}", p.all, p.other_layout, p.aside, p.not_in_run)
}

fn row(out: &mut String, name: &str, s: &Score) -> std::fmt::Result {
    writeln!(
        out,
        "{name:<28}{:>7}{:>10}{:>8}{:>8}{:>10}{:>8}",
        s.fields,
        share(s.exact, s.fields),
        share(s.value, s.fields),
        share(s.edits, s.letters),
        share(s.accepted, s.fields),
        share(s.accepted_wrong, s.accepted)
    )
}

fn confusion(out: &mut String, scores: &Scores) -> std::fmt::Result {
    let seen = ["written", "blank", "illegible", "struck", "unknown", "no field"];
    write!(out, "\n{:<28}", "stands there / seen as")?;
    seen.iter().try_for_each(|name| write!(out, "{name:>10}"))?;
    for (there, counts) in &scores.ink {
        write!(out, "\n{there:<28}")?;
        seen.iter().try_for_each(|name| write!(out, "{:>10}", counts.get(name).copied().unwrap_or(0)))?;
    }
    writeln!(out)
}

fn share(part: usize, all: usize) -> String {
    if all == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / all as f64) }
}
