"""One page: sheet, print, writing, marks, camera; and its truth."""
import cv2
import numpy as np

from . import camera, fill, marks, paper
from .correct import spoil
from .layout import Label, Line

RED = (0.78, 0.13, 0.16)
UNKNOWN = ["không rõ", "Không rõ", "không", "K/rõ", "không nhớ"]
# what a register may leave open without looking unfinished
OPEN = {"place", "date", "date_words", "id_number", "relation", "free_text", "ethnic", "country", "title", "time", "text"}


def choose_state(kind, level, rng):
    """What stands in a slot: the four kinds of nothing kept apart, and the two kinds of correction."""
    p = {"none": 0.0, "light": 0.5, "hard": 1.0}[level]
    roll = rng.random()
    for state, chance, needs_open in (("blank", 0.035, True), ("unknown", 0.02, True), ("struck", 0.012, True), ("corrected", 0.035, False), ("whitened", 0.02, False)):
        if roll < chance * p:
            allowed = kind in (("place", "date", "id_number", "time") if state == "unknown" else OPEN)
            return state if not needs_open or allowed else "written"
        roll -= chance * p
    return "written"


def write_values(desk, clerk, form, values, level, stamp_font):
    """Writes every slot of every entry. Returns (fields per entry, lines of truth in flat mm and px)."""
    fields, lines = {}, []
    on_lines = {k for s in form.slots if s.lines for k in s.keys}
    for slot in form.slots:
        if slot.area:
            got = [(k, values[slot.entry][k]) for k in slot.keys if k in values[slot.entry]]
            lines.append({"slot": slot.name, "entry": slot.entry, "keys": slot.keys if slot.kind != "signature" else [], "line": 0,
                          **write_area(desk, clerk, slot, got, fields.setdefault(slot.entry, {}), on_lines)})
            continue
        got = [(k, values[slot.entry][k]) for k in slot.keys if k in values[slot.entry]]
        result = write_one(desk, clerk, slot, got, fields.setdefault(slot.entry, {}), level, stamp_font)
        for i, line in enumerate(slot.lines):
            lines.append({"slot": slot.name, "entry": slot.entry, "keys": slot.keys, "line": i, "place": line, "height": (slot.above, slot.below), **(result[i] or {"text": None, "ink": None})})
    return fields, lines


def write_one(desk, clerk, slot, got, fields, level, stamp_font):
    """Writes one slot and notes what became of each of its keys. Returns per line {text, ink} or None."""
    nothing = [None] * len(slot.lines)
    got = [(k, v) for k, v in got if v["written"]]
    for k in slot.keys:
        fields.setdefault(k, {"written": "", "value": None, "kind": slot.kind, "state": "blank"})
    if not got:
        return nothing
    if slot.printed:
        return print_number(slot, got, fields, desk.numbers)
    if any(l.part != "whole" for l in slot.lines):
        return write_parts(desk, clerk, slot, got, fields)
    if slot.kind == "death-notice":
        return death_notice(desk, clerk, slot, got, fields)
    text, kind = joined(got, desk.rng), got[0][1]["kind"]
    real = lift_real(desk, clerk, slot, got, fields)
    if real:
        return real
    state = "written" if len(got) > 1 else choose_state(kind, level, desk.rng)
    if state in ("corrected", "whitened", "struck") and not room_for_slip(desk, clerk, slot, text):
        state = "written"
    if state == "blank":
        return nothing
    note = {}
    if state == "unknown":
        text = str(desk.rng.choice(UNKNOWN))
        note = {"written": text, "value": None}
    for k, v in got:
        fields[k] = {"written": v["written"], "value": v["value"], "kind": v["kind"], "state": {"corrected": "written", "whitened": "written"}.get(state, state), **note}
    only = fields[got[0][0]]
    if got[0][0] == "nguoiKy" and clerk.name_stamp and state == "written":
        return stamp(desk, slot, got, only, clerk, stamp_font)
    if state in ("struck", "corrected", "whitened"):
        return corrected(desk, clerk, slot, text, state, only, kind)
    return fill.write_slot(desk, clerk, slot, text)


def joined(got, rng):
    """Several values on one line, with the signs that clerks put between them."""
    sign = str(rng.choice([", ", " - ", " ", " – "])) if got[-1][1]["kind"] == "title" else " "
    return sign.join(v["written"] for _, v in got)


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


def room_for_slip(desk, clerk, slot, text):
    """A clerk strikes out a short value; a long one would need a new form."""
    first = slot.lines[0]
    return clerk.pen.width(text, clerk.xheight * desk.mm) < 0.75 * (first.x1 - first.x0) * desk.mm


def print_number(slot, got, fields, known):
    """A number that the printing house set; on a scanned blank it is the blank's own, where it can be read at all."""
    text = " ".join(v["written"] for _, v in got) if known is None else known.get("text")
    for k, v in got:
        fields[k] = {"written": text or "", "value": text and str(int(text)), "kind": v["kind"], "state": "written" if text else "illegible", "medium": "print"}
    return [{"text": text, "ink": None}] + [None] * (len(slot.lines) - 1)


def stamp(desk, slot, got, field, clerk, font):
    """The signer's name as a red stamp, a little askew, on the last line; the title by hand on the first."""
    out = [None] * len(slot.lines)
    rest = " ".join(v["written"] for _, v in got[1:])
    if rest and len(slot.lines) > 1:
        out[0] = fill.write_slot(desk, clerk, slot, rest, slot.lines[:1])[0]
    text, line = got[0][1]["value"], slot.lines[-1]
    alpha, base = marks.name_stamp(text, desk.dpi, desk.rng, font)
    room = (line.x1 - line.x0) * desk.mm
    x = line.x0 + max(0, desk.rng.uniform(0.1, 0.9) * (room - alpha.shape[1])) / desk.mm
    box = desk.put(alpha, base, x, line.y + desk.rng.uniform(-1.5, 0.8), RED, desk.rng.normal(0, 0.02))
    field.update(medium="stamp", written=text)
    if rest and len(slot.lines) == 1:
        return [{"text": text, "ink": box}]
    out[-1] = {"text": text, "ink": box}
    return out


def corrected(desk, clerk, slot, text, state, field, kind):
    """A slip and what the clerk did about it."""
    rng, line = desk.rng, slot.lines[0]
    wrong = text if state == "struck" else spoil(text, kind, rng)
    out = fill.write_slot(desk, clerk, slot, wrong, lines=[line])
    box = out[0]["ink"] if out[0] else None
    if box is None:
        return out
    if state == "whitened":
        fill.whiten(desk, box)
        field["mark"] = "whitener"
        return fill.write_slot(desk, clerk, slot, text)
    fill.strike_out(desk, clerk, box)
    field["struck"] = wrong
    if state == "struck":
        field.update(written="", value=None)
        return out
    place = fill.beside(line, box, clerk.pen.width(text, clerk.xheight * desk.mm), desk)
    done = fill.write_slot(desk, clerk, type(slot)(slot.name, slot.keys, [place]), text)
    return [done[0]] + [None] * (len(slot.lines) - 1)


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


def seals(desk, form, book, font):
    """Red office seals: half over the outer edge ("giáp lai"), sometimes one over a signature."""
    for place in book["seals"]:
        alpha = marks.seal(desk.dpi, desk.rng, book["seal_text"], font) * desk.rng.uniform(0.5, 0.95)
        half = alpha.shape[0] / 2
        x, y = place["x"] * form.width + desk.rng.normal(0, 1.5), place["y"] * form.height + desk.rng.normal(0, 4)
        paper.lay(desk.page, alpha, RED, x * desk.mm - half, y * desk.mm - half)


def line_box(place, height, mm):
    """The area of one writing line as a flat rectangle in px."""
    up, down = height
    a, b = place.y, place.y_end
    return np.array([[place.x0, a - up], [place.x1, b - up], [place.x1, b + down], [place.x0, a + down]]) * mm


def carried(lines, mm, warp):
    """Slot lines with their polygons in the finished picture."""
    out = []
    for l in lines:
        ink = l["ink"]
        quad = None if ink is None else warp.points([[ink[0], ink[1]], [ink[2], ink[1]], [ink[2], ink[3]], [ink[0], ink[3]]])
        out.append({"slot": l["slot"], "entry": l["entry"], "keys": l["keys"], "line": l["line"], "text": l["text"],
                    "polygon": rounded(warp.points(line_box(l["place"], l["height"], mm))), "ink": None if quad is None else rounded(quad)})
    return out


def rounded(points):
    return [[round(float(x), 1), round(float(y), 1)] for x, y in points]


def shoot(flat, dpi, plan, rng):
    """Scanner or phone."""
    return (camera.phone if plan["device"] == "phone" else camera.scan)(flat, dpi, plan, rng)


def enlarge(alpha, w, h):
    """Brings a layer of another resolution to this page's."""
    return cv2.resize(alpha, (w, h), interpolation=cv2.INTER_LINEAR) if alpha.shape != (h, w) else alpha



def print_slot(form, slot, values):
    """Puts a pre-printed number into the form's print."""
    text = " ".join(values[k]["written"] for k in slot.keys if k in values)
    form.labels.append(Label(text, slot.lines[0].x0, slot.lines[0].y))
