"""Reads forms/*.toml."""
import copy
import tomllib
from functools import cache
from pathlib import Path

from . import table
from .layout import Area, Form, Label, Line, Slot, Table

FORMS = Path(__file__).resolve().parents[2] / "forms"
STYLES = {"bold": "bold", "italic": "italic", "bold-italic": "bolditalic"}
LAYOUTS = sorted(p.stem for p in FORMS.glob("*.toml"))
# the clerk writes these by hand even where the printer left a number
PREPRINTED = ("ks-2006", "kh-2006", "kh-2010", "kt-2010", "cmc-2010")


def load_form(layout):
    """A fresh copy of one layout."""
    return copy.deepcopy(read(layout))


@cache
def read(layout):
    with open(FORMS / f"{layout}.toml", "rb") as handle:
        data = tomllib.load(handle)
    texts = {l["id"]: l["text"] for l in data.get("label", [])}
    if "table" in data:
        return table_of(data, texts)
    slots = [s for raw in data["slot"] for s in [slot_of(raw, texts, data)]]
    return Form(data["id"], data["page"]["width"], data["page"]["height"], labels_of(data), slots, rules_of(data), data.get("pitch", 8.5))


def table_of(data, texts):
    """The table layout, cells laid out for every entry."""
    t = data["table"]
    columns = {c["number"]: (c["left"], c["right"]) for c in t["column"]}
    row_labels = {r["name"]: (r["label"]["text"], r["label"]["column"], r["label"]["from"], r["label"]["to"]) for r in t["row"] if "label" in r}
    free, heads = [], []
    for l in data["label"]:
        label = Label(l["text"], l["from"], l["baseline"], STYLES.get(l.get("style"), "regular"), l["to"] - l["from"])
        middle = (l["from"] + l["to"]) / 2
        inside = [n for n, (a, b) in columns.items() if a <= middle <= b and l["baseline"] > t["header"]["top"]]
        heads.append((label, inside[0])) if inside else free.append(label)
    slots = [slot_of(raw, texts, data) for raw in data["slot"] if "cell" not in raw]
    cells = [(slot_of(raw, texts, data), raw["cell"]["column"], raw["cell"].get("row")) for raw in data["slot"] if "cell" in raw]
    made = Table(columns, [r["name"] for r in t["row"]], row_labels, (t["header"]["top"], t["header"]["bottom"]), (t["body"]["top"], t["body"]["bottom"]),
                 t["gutter"], t["entries"], t["lines_a_row"], cells, heads)
    bare = Form(data["id"], data["page"]["width"], data["page"]["height"], free, slots, [], data["pitch"])
    form = table.lay(bare, made)
    form.bare = bare
    return form


def labels_of(data):
    """Labels; headings of signatures and of the margin stand around a middle, the rest at a left edge."""
    out = []
    last = max(l["baseline"] for s in data["slot"] for l in s.get("line", []) if l.get("after"))
    split = data.get("frame", {}).get("divider", 1e9)
    for l in data.get("label", []):
        centre = l["baseline"] > last + 3 or (l["from"] > split and l["baseline"] > data["frame"]["top"])
        out.append(Label(l["text"], l["from"], l["baseline"], STYLES.get(l.get("style"), "regular"), l["to"] - l["from"], centre))
    return out


def slot_of(raw, texts, data):
    """One slot with its lines or its area."""
    lines = [Line(l["from"], l["to"], l["baseline"], l.get("baseline_to", l["baseline"]), l.get("part", "whole"), texts.get(l.get("after"), "")) for l in raw.get("line", [])]
    keys = raw.get("fields") or [raw["key"]]
    area = raw.get("area", [None])[0] if isinstance(raw.get("area"), list) else raw.get("area")
    pitch = data.get("pitch", 8.5)
    slot = Slot(raw["key"], keys, lines, raw["kind"], above=0.7 * pitch, below=0.25 * pitch)
    slot.area = Area(area["left"], area["top"], area["right"], area["bottom"]) if area else None
    slot.printed = raw["kind"] == "page-number" and data["id"] in PREPRINTED
    slot.leader = not slot.printed and not (lines and not lines[0].after and raw["kind"] == "person-name" and data["id"].endswith("2010"))
    return slot


def rules_of(data):
    """The frame and its divider as straight rules."""
    f = data.get("frame")
    if not f:
        return []
    a, b, c, d = f["left"], f["top"], f["right"], f["bottom"]
    rules = [(a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d)]
    return rules + ([(f["divider"], b, f["divider"], d)] if "divider" in f else [])
