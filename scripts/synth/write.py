"""Writes an entry into its slots and notes what became of each value."""
from . import fill, marks, parts
from .correct import spoil

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
                          **parts.write_area(desk, clerk, slot, got, fields.setdefault(slot.entry, {}), on_lines)})
            continue
        got = [(k, values[slot.entry][k]) for k in slot.keys if k in values[slot.entry]]
        result = write_one(desk, clerk, slot, got, fields.setdefault(slot.entry, {}), level, stamp_font)
        for i, line in enumerate(slot.lines):
            lines.append({"slot": slot.name, "entry": slot.entry, "keys": slot.keys, "line": i, "place": line, "height": (slot.above, slot.below), **(result[i] or {"text": None, "ink": None})})
    return fields, lines


def left_blank(slot):
    """What is true of a key of the slot while nothing is written."""
    return {"written": "", "value": None, "kind": slot.kind, "state": "blank"}


def write_nothing(form):
    """Truth of a form that nobody filled in: every key blank, but for what the printing house set."""
    fields = {}
    for slot in form.slots:
        own = fields.setdefault(slot.entry, {})
        own.update({} if slot.printed else {k: left_blank(slot) for k in slot.keys})
    return fields, []


def write_one(desk, clerk, slot, got, fields, level, stamp_font):
    """Writes one slot and notes what became of each of its keys. Returns per line {text, ink} or None."""
    nothing = [None] * len(slot.lines)
    got = [(k, v) for k, v in got if v["written"]]
    for k in slot.keys:
        fields.setdefault(k, left_blank(slot))
    if not got:
        return nothing
    if slot.printed:
        return print_number(slot, got, fields, desk.numbers)
    if any(l.part != "whole" for l in slot.lines):
        return parts.write_parts(desk, clerk, slot, got, fields)
    if slot.kind == "death-notice":
        return parts.death_notice(desk, clerk, slot, got, fields)
    text, kind = joined(got, desk.rng), got[0][1]["kind"]
    real = parts.lift_real(desk, clerk, slot, got, fields)
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
    box = desk.put(alpha, base, x, line.y + desk.rng.uniform(-1.5, 0.8), marks.RED, desk.rng.normal(0, 0.02))
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
