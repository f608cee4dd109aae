//! Extraction against the samples' truth: what stands on a slot's lines must become the value that the generator had in mind.

use std::path::Path;

use serde_json::Value as Json;

use super::slot::{SlotEvidence, fields_of};
use super::tests::{CONFIG, evidence};
use crate::domain::text::same_text;
use crate::domain::{Absence, Field, Ink, LinePart, Value};
use crate::forms::{self, Slot};

/// The slot's text as a reader would join it: parts of a date by strokes, lines by spaces.
fn text_of(page: &Json, entry: usize, slot: &Slot) -> String {
    let lines =
        page["slots"].as_array().unwrap().iter().filter(|l| l["slot"] == slot.key.as_str() && l["entry"] == entry);
    let texts: Vec<&str> = lines.filter_map(|l| l["text"].as_str()).collect();
    texts.join(if slot.parts.contains(&LinePart::Month) { "/" } else { " " })
}

fn agrees(field: &Field, truth: &Json) -> bool {
    match truth["state"].as_str().unwrap() {
        "unknown" => matches!(field.value, Value::Nothing { absence: Absence::StatedUnknown }),
        "written" => {
            let value = truth["value"].as_str().unwrap();
            let number = matches!(&field.value, Value::Number { number, .. } if number.to_string() == value);
            number || same_text(&field.value.text(), value) || same_text(&field.as_written, value)
        }
        // struck-out and blank slots have no text here
        _ => true,
    }
}

#[test]
fn what_stands_on_the_samples_becomes_the_value_that_was_meant() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let layouts = forms::load(&root.join("forms")).unwrap();
    let truth = std::fs::read_to_string(root.join("samples/truth.jsonl")).unwrap();
    let (mut seen, mut wrong) = (0, Vec::new());
    for page in truth.lines().map(|l| serde_json::from_str::<Json>(l).unwrap()) {
        let Some(layout) = layouts.iter().find(|l| page["layout"] == l.id.as_str()) else { continue };
        for (i, entry) in page["entries"].as_array().unwrap().iter().enumerate() {
            for slot in &layout.slots {
                let text = text_of(&page, i, slot);
                if text.is_empty() {
                    continue;
                }
                let read: SlotEvidence = evidence(Ink::Written, Some(&text));
                for field in fields_of(slot, layout.register, &read, &CONFIG) {
                    let Some(truth) = entry.get(&field.key).filter(|t| t["state"] != "blank") else { continue };
                    seen += 1;
                    if !agrees(&field, truth) {
                        wrong.push(format!("{} {text:?} → {:?}, meant {}", field.key, field.value, truth["value"]));
                    }
                }
            }
        }
    }
    assert!(seen > 700, "{seen}");
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
}
