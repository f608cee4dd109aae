"""Slots that are more than a line of text: dates between printed words, the death notice, real lines, areas."""
import numpy as np

from . import fill, marks
from .layout import Line


def write_parts(desk, clerk, slot, got, fields):
    """Dates and numbers between printed words; what else the slot holds goes on its whole lines."""
    out = [None] * len(slot.lines)
    dated = [v for _, v in got if "parts" in v]
    wanted = {"day", "month", "year"} & {l.part for l in slot.lines}
    rest = [v for _, v in got if not (wanted and "parts" in v)]
    numbers = [v for v in rest if v["kind"] == "number"] if any(l.part == "number" for l in slot.lines) else []
    text = " ".join(v["written"] for v in rest if v not in numbers)
    for k, v in got:
        fields[k] = {"written": v["written"], "value": v["value"], "kind": v["kind"], "state": "written"}
        if wanted and "parts" in v:
            fields[k]["written"] = " ".join(v["parts"][p] for p in ("day", "month", "year") if v["parts"][p])
    for i, line in enumerate(slot.lines):
        piece = dated[0]["parts"][line.part] if line.part in wanted and dated else numbers[0]["written"] if line.part == "number" and numbers else ""
        if piece:
            start = desk.rng.uniform(0.2, 0.8) * max(0.5, line.x1 - line.x0 - clerk.pen.width(piece, clerk.xheight * desk.mm) / desk.mm)
            out[i] = {"text": piece, "ink": fill.write_line(desk, clerk, line, piece, clerk.xheight, start)}
    whole = [l for l in slot.lines if l.part == "whole"]
    if text and whole:
        for i, got_line in enumerate(fill.write_slot(desk, clerk, slot, text, whole)):
            out[i] = got_line or out[i]
    return out


def death_notice(desk, clerk, slot, got, fields):
    """Number and kind of the paper before the printed "do", the issuing office after it; both run across the printed words."""
    for k, v in got:
        fields[k] = {"written": v["written"], "value": v["value"], "kind": v["kind"], "state": "written"}
    value = {k: v["written"] for k, v in got}
    cut = next((i for i, l in enumerate(slot.lines) if l.after == "do"), len(slot.lines))
    number = f"Số {value['gbtSo']}" if desk.rng.random() < 0.5 else value.get("gbtSo", "")
    first = " ".join(t for t in (value.get("gbtLoai", ""), number) if t) if desk.rng.random() < 0.5 else " - ".join(t for t in (number, value.get("gbtLoai", "")) if t)
    out = [None] * len(slot.lines)
    for text, lines in ((first, slot.lines[:cut]), (value.get("gbtCoQuanCap", ""), slot.lines[cut:])):
        for i, d in enumerate(fill.write_slot(desk, clerk, slot, text, lines) if text and lines else []):
            out[i] = d or out[i]
    return out


def lift_real(desk, clerk, slot, got, fields):
    """Puts a real line into a place field when the book's clerk is a real one. Returns None where nothing fits."""
    if clerk.real is None or len(got) != 1 or got[0][1]["kind"] != "place" or desk.rng.random() < 0.15:
        return None
    at = 0 if len(slot.lines) == 1 or desk.rng.random() < 0.5 else 1
    line = slot.lines[at]
    found = clerk.real.pick(clerk.writer, (line.x1 - line.x0 - 1) * desk.mm, clerk.xheight * 1.25 * desk.mm, desk.rng)
    if found is None:
        return None
    alpha, base, text = found
    ink = desk.put(alpha, base, line.x0 + desk.rng.uniform(0.2, 1.5), line.y - clerk.lift, fill.INKS[clerk.ink], clerk.slope)
    fields[got[0][0]] = {"written": text, "value": text, "kind": "place", "state": "written", "medium": "real"}
    out = [None] * len(slot.lines)
    out[at] = {"text": text, "ink": ink}
    return out


def sign(desk, clerk, area):
    """A signature somewhere in its area; one in eight is missing."""
    rng = desk.rng
    if rng.random() < 0.12:
        return None
    room_w, room_h = area.right - area.left, area.bottom - area.top
    w, h = min(rng.uniform(20, 42), room_w * 0.95), min(rng.uniform(9, 18), room_h * 0.95)
    alpha = marks.signature(w, h, desk.dpi, rng)
    ink = fill.INKS[clerk.sign_ink] if rng.random() < 0.7 else fill.INKS["blue"]
    x = area.left + (room_w - w) * np.clip(rng.normal(0.5, 0.15), 0, 1)
    return desk.put(alpha, 0, x, area.top + (room_h - h) * rng.uniform(0.1, 0.9), ink)


def write_area(desk, clerk, slot, got, fields, taken):
    """Signatures and margin notes: places without writing lines. Returns one truth line."""
    a = slot.area
    whole = {"place": Line(a.left, a.right, a.bottom), "height": (a.bottom - a.top, 0.0)}
    if slot.kind == "signature":
        return {**whole, "text": None, "ink": sign(desk, clerk, a)}
    for k in slot.keys:
        if k not in taken:
            fields.setdefault(k, {"written": "", "value": None, "kind": "free_text", "state": "blank"})
    got = [(k, v) for k, v in got if v["written"] and k not in taken]
    if not got:
        return {**whole, "text": None, "ink": None}
    rows = [Line(a.left + 0.5, a.right - 0.5, a.top + 7 + 7.5 * i) for i in range(int((a.bottom - a.top - 8) / 7.5))]
    text = got[0][1]["written"]
    done = [d for d in fill.write_slot(desk, clerk, type(slot)(slot.name, slot.keys, rows), text) if d]
    boxes = np.array([d["ink"] for d in done if d["ink"]] or [[0, 0, 1, 1]])
    fields[got[0][0]] = {"written": text, "value": got[0][1]["value"], "kind": "free_text", "state": "written"}
    return {**whole, "text": text, "ink": [*boxes[:, :2].min(0), *boxes[:, 2:].max(0)]}
