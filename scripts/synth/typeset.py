"""Prints a blank form from layout data, with a geometry of its own: no two printing houses set these forms alike."""
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from . import table
from .layout import Area, Form, Line

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "vendor" / "fonts" / "print"
# the second half is for measuring only: an aligner must not have been developed on these faces
FACES = {
    "develop": ["tinos", "gelasio", "noto-serif", "source-serif-4", "lora", "crimson-pro"],
    "heldout": ["stix-two-text", "eb-garamond", "literata", "merriweather", "newsreader"],
}
FACES["all"] = FACES["develop"] + FACES["heldout"]


class Press:
    """One printing of a form: face, size, leaders and how far everything moved from the nominal places."""

    def __init__(self, form, faces, freedom, rng):
        self.form = form
        # most real forms are set in a Times-like face
        names = FACES[faces]
        weight = np.array([4.0 if n in ("tinos", "stix-two-text") else 1.0 for n in names])
        self.face = str(rng.choice(names, p=weight / weight.sum()))
        self.freedom = freedom
        f = freedom
        self.kx, self.ky = 1 + f * rng.uniform(-0.04, 0.03), 1 + f * rng.uniform(-0.05, 0.03)
        self.dx, self.dy = f * float(np.clip(rng.normal(0, 2), -4, 4)), f * float(np.clip(rng.normal(0.5, 2), -2.5, 5))
        self.size = 1 + f * rng.uniform(-0.08, 0.06)
        self.track = f * rng.uniform(-0.02, 0.03)
        self.pitch_mm = rng.uniform(0.75, 1.7)
        self.dot_mm = rng.uniform(0.22, 0.4)
        self.leader = str(rng.choice(["dots", "dots", "dots", "fine", "dashes"]))
        self.drop = f * rng.uniform(-0.2, 0.6)  # leader below its nominal place, mm
        self.gap = rng.uniform(0.0, 1.6)
        self.rule_mm = rng.uniform(0.15, 0.3)
        self.grey = rng.uniform(0.62, 0.97)
        self.base_mm = fitted_size(form, self.face) * self.size

    def font(self, style, dpi, factor=1.0):
        """A face at the body size in pixels."""
        return ImageFont.truetype(str(FONTS / self.face / f"{style}.ttf"), max(6, int(round(self.base_mm * factor / 25.4 * dpi))))


def fitted_size(form, face):
    """The type size (mm) at which this face's labels are about as wide as the nominal ones."""
    probe = {s: ImageFont.truetype(str(FONTS / face / f"{s}.ttf"), 100) for s in ("regular", "bold", "italic", "bolditalic")}
    ratios = []
    for label in form.labels:
        nxt = [l.x0 for s in form.slots for l in s.lines if abs(l.y - label.y) < 3 and label.x + 4 < l.x0 < label.x + 120]
        if label.width:
            ratios.append(label.width / (probe[label.style].getlength(label.text) / 100))
        elif nxt and len(label.text) > 5:
            ratios.append((min(nxt) - label.x) / (probe[label.style].getlength(label.text) / 100))
    return float(np.median(ratios)) if ratios else 4.6


def rows_of(form):
    """Labels and slot lines that stand on one printed row, rows from top to bottom, items from left to right."""
    items = [(label.y, label.x, "label", label, None) for label in form.labels]
    items += [(l.y, l.x0, "line", s, i) for s in form.slots for i, l in enumerate(s.lines)]
    items.sort(key=lambda t: t[0])
    rows = []
    for it in items:
        if rows and it[0] - rows[-1][-1][0] < 2.2:
            rows[-1].append(it)
        else:
            rows.append([it])
    return [sorted(r, key=lambda t: t[1]) for r in rows]


def relay(press, rng):
    """Lays the form out again. Returns a Form with the places of this printing."""
    form, f = press.form, press.freedom
    if f == 0:
        return form
    if form.table:
        return relay_table(press, rng)
    left = min(x for x, _, _, _ in form.rules) if form.rules else 0

    def tx(x):
        return left + (x - left) * press.kx + press.dx

    drift = 0.0

    def ty(y):
        return y * press.ky + press.dy

    labels, lines = [], {}
    walls = [x for x, _, x1, _ in form.rules if abs(x1 - x) < 0.1] + [form.width]
    for row in rows_of(form):
        drift = float(np.clip(drift + rng.normal(0, 0.35) * f, -3, 3))
        # how far this printing's leaders end from where the form has them; the last one ends where the form has it
        ends = [0 if what == "label" or n == len(row) - 1 else rng.normal(0, 3) * f for n, (_, _, what, _, _) in enumerate(row)]
        stop = max((item.lines[i].x1 for _, _, what, item, i in row if what == "line"), default=0)
        limit = max(tx(stop), tx(min(x for x in walls if x >= stop)) - 0.5)
        # no printer lets a row run over the frame: leaders and gaps are set tighter until it fits
        for tight in (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3):
            row_labels, row_lines, end = lay_row(press, row, ends, tight, tx, ty, drift)
            if end <= limit:
                break
        labels += row_labels
        lines.update(row_lines)
    slots = [replace(s, lines=[lines[(s.name, i)] for i in range(len(s.lines))], area=moved(s.area, tx, ty)) for s in form.slots]
    foot = max(r[3] for r in form.rules)
    # the frame goes down to where this printing's last line is
    low = max([ty(foot)] + [l.y + 5 for s in slots for l in s.lines] + [l.y + 5 for l in labels])
    rules = [tuple(low if i % 2 and abs(v - foot) < 0.5 else ty(v) if i % 2 else tx(v) for i, v in enumerate(r)) for r in form.rules]
    return Form(form.id, form.width, form.height, labels, slots, rules, form.pitch)


def lay_row(press, row, ends, tight, tx, ty, drift):
    """Labels, leaders and the right end of one printed row; `tight` is the share of gaps and least leaders that is left."""
    labels, lines, cursor, end = [], {}, None, 0.0
    for (y, x, what, item, i), off in zip(row, ends):
        ny = ty(y) + drift
        if what == "label":
            nx = tx(x)
            if cursor is not None:
                nx = max(nx, cursor) if tight == 1 else min(max(nx, cursor), cursor + press.gap * tight)
            width = label_width(press, item)
            if item.centre:
                labels.append(replace(item, x=tx(item.x + (item.width or 0) / 2) - width / 2, y=ny, width=width))
            else:
                labels.append(replace(item, x=nx, y=ny, width=width))
                cursor = nx + width + press.gap * tight
        else:
            old = item.lines[i]
            x0 = tx(old.x0) if cursor is None else cursor
            x1 = tx(old.x1) + off
            # a label may be so wide that it eats the slot: the printer then lets the leader run to the next word
            least = x0 + min(8, old.x1 - old.x0)
            x1 = max(x1, least) if tight == 1 else min(max(x1, least), x0 + max(4.0, tight * (old.x1 - old.x0)))
            lines[(item.name, i)] = Line(x0, x1, ny + press.drop, None, old.part, old.after)
            cursor, end = x1 + press.gap * tight * 0.5, x1
    return labels, lines, end


def relay_table(press, rng):
    """A table printed anew: heads keep the middle of their columns at this face's widths."""
    made = table.vary(press.form.table, press, rng)
    drop = made.header[0] - press.form.table.header[0]
    made.heads = [(replace(l, y=l.y + drop, width=label_width(press, l)), c) for l, c in made.heads]
    bare = press.form.bare
    bare = replace(bare, labels=[replace(l, x=l.x + press.dx * 0.5, y=l.y + drop) for l in bare.labels],
                   slots=[replace(s, lines=[replace(l, x0=l.x0 + press.dx * 0.5, x1=l.x1 + press.dx * 0.5, y=l.y + drop, y_end=l.y + drop) for l in s.lines]) for s in bare.slots])
    return table.lay(bare, made)


def moved(area, tx, ty):
    """An area in this printing's places."""
    return area and Area(tx(area.left), ty(area.top), tx(area.right), ty(area.bottom))


def label_width(press, label):
    """The label's width in this printing, mm."""
    probe = ImageFont.truetype(str(FONTS / press.face / f"{label.style}.ttf"), 200)
    return probe.getlength(label.text) / 200 * press.base_mm * label.factor * (1 + press.track)


def draw(form, press, dpi, rng):
    """The print as alpha in 0..1: frame, labels, leaders."""
    mm = dpi / 25.4
    w, h = int(round(form.width * mm)), int(round(form.height * mm))
    page = Image.new("L", (w, h), 0)
    pen = ImageDraw.Draw(page)
    for label in form.labels:
        text_run(pen, label, press, dpi)
    alpha = np.asarray(page).copy()
    for s in form.slots:
        for l in s.lines if s.leader else []:
            leader(alpha, l, press, mm)
    for a, b, c, d in table.thin_rules(form.table) if form.table else []:
        cv2.line(alpha, (int(a * mm), int(b * mm)), (int(c * mm), int(d * mm)), 110, 1, cv2.LINE_AA)
    thick = max(1, int(round(press.rule_mm * mm)))
    for a, b, c, d in form.rules:
        cv2.line(alpha, (int(a * mm), int(b * mm)), (int(c * mm), int(d * mm)), 235, thick, cv2.LINE_AA)
    return alpha.astype(np.float32) / 255 * press.grey


def text_run(pen, label, press, dpi):
    """Draws a label word by word so that the tracking can differ from the face's own."""
    mm = dpi / 25.4
    font = press.font(label.style, dpi, label.factor)
    x = label.x * mm
    if abs(press.track) < 0.004:
        pen.text((x, label.y * mm), label.text, font=font, fill=250, anchor="ls")
        return
    for ch_end, ch in enumerate(label.text, 1):
        at = font.getlength(label.text[: ch_end - 1]) * (1 + press.track)
        pen.text((x + at, label.y * mm), ch, font=font, fill=250, anchor="ls")


def leader(alpha, line, press, mm):
    """The dotted line that a value is written on."""
    y = line.y * mm
    if press.leader == "dashes":
        step, run = press.pitch_mm * 1.6, press.pitch_mm
        for x in np.arange(line.x0, line.x1 - run, step):
            cv2.line(alpha, (int(x * mm), int(y)), (int((x + run) * mm), int(y)), 190, 1, cv2.LINE_AA)
        return
    k = 0.62 if press.leader == "fine" else 1.0
    r = max(0.5, press.dot_mm * k * mm / 2)
    for x in np.arange(line.x0, line.x1, press.pitch_mm * k):
        cv2.circle(alpha, (int(x * mm * 16), int(y * 16)), int(r * 16), 235, -1, cv2.LINE_AA, 4)
