//! Style and script, inside the program: no build step, nothing from elsewhere.

use sohoa_http::Response;

const STYLE: &str = include_str!("../../templates/review/station.css");
const TYPING: &str = include_str!("../../templates/review/typing.js");
const DECIDE: &str = include_str!("../../templates/review/decide.js");

const ICON: &str = include_str!("../../templates/review/icon.svg");
const EDIT: &str = include_str!("../../templates/review/edit.js");
const SUGGEST: &str = include_str!("../../templates/review/suggest.js");
const ASIDE: &str = include_str!("../../templates/review/aside.js");
const MANY: &str = include_str!("../../templates/review/many.js");

/// The file of a name.
#[must_use]
pub fn asset(name: &str) -> Option<Response> {
    let (kind, text) = match name {
        "station.css" => ("text/css; charset=utf-8", STYLE),
        "icon.svg" => ("image/svg+xml", ICON),
        "typing.js" => ("text/javascript; charset=utf-8", TYPING),
        "decide.js" => ("text/javascript; charset=utf-8", DECIDE),
        "edit.js" => ("text/javascript; charset=utf-8", EDIT),
        "suggest.js" => ("text/javascript; charset=utf-8", SUGGEST),
        "aside.js" => ("text/javascript; charset=utf-8", ASIDE),
        "many.js" => ("text/javascript; charset=utf-8", MANY),
        _ => return None,
    };
    Some(Response::new(200, kind, text).with("Cache-Control", "no-cache"))
}
