"""Writes an entry's values into the slots of a form, as a clerk does: too long, crooked, corrected; and keeps the truth."""
import re

import cv2
import numpy as np

from . import marks
from .layout import Line
from .paper import cover, lay

INKS = {"black": (0.10, 0.10, 0.13), "blue": (0.13, 0.18, 0.50), "dark-blue": (0.10, 0.12, 0.30), "purple": (0.32, 0.15, 0.42), "brown": (0.32, 0.19, 0.14)}


class Clerk:
    """Who writes a book: one hand, one pen, the same habits on every page."""

    def __init__(self, pen, rng):
        self.pen = pen
        self.ink = str(rng.choice(list(INKS), p=[0.4, 0.25, 0.15, 0.1, 0.1]))
        self.xheight = rng.uniform(1.75, 2.6)  # mm
        self.capital_names = bool(rng.random() < 0.35)
        self.slope = rng.normal(0, 0.006)
        self.lift = rng.uniform(0.1, 0.9)  # mm above the dotted line
        self.start = rng.uniform(0.5, 4.0)  # mm after the label
        self.pressure = rng.uniform(0.85, 1.0)
        self.real, self.writer = None, None  # real lines for place fields, and whose
        self.careless = rng.uniform(0.2, 1.0)  # how readily lines run over


class Desk:
    """The page being written: float RGB picture, scale and everything written so far."""

    def __init__(self, page, dpi, strength, rng):
        self.page, self.dpi, self.mm, self.strength, self.rng = page, dpi, dpi / 25.4, strength, rng
        self.numbers = None  # the page number on a scanned blank, {"text": "01"} or {} where it cannot be read
        h, w = page.shape[:2]
        self.ink_alpha = np.zeros((h, w), np.float32)  # for the bleed-through of the page before

    def put(self, alpha, base, x_mm, y_mm, colour, tilt=0.0):
        """Lays ink with its baseline start at (x_mm, y_mm). Returns its box (x0, y0, x1, y1) in px."""
        if tilt:
            alpha, base = slant_baseline(alpha, base, tilt)
        x, y = x_mm * self.mm, y_mm * self.mm - base
        lay(self.page, np.clip(alpha * self.strength, 0, 1), colour, x, y)
        self._remember(alpha, x, y)
        ys, xs = np.where(alpha > 0.2)
        if len(xs) == 0:
            return None
        return [float(x + xs.min()), float(y + ys.min()), float(x + xs.max() + 1), float(y + ys.max() + 1)]

    def _remember(self, alpha, x, y):
        h, w = self.ink_alpha.shape
        ah, aw = alpha.shape
        x, y = int(round(x)), int(round(y))
        x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + aw), min(h, y + ah)
        if x1 > x0 and y1 > y0:
            part = self.ink_alpha[y0:y1, x0:x1]
            np.maximum(part, alpha[y0 - y : y1 - y, x0 - x : x1 - x], out=part)


def slant_baseline(alpha, base, tilt):
    """Lets a line climb or sink by `tilt` (rise per length) with its start on the baseline."""
    h, w = alpha.shape
    rise = int(abs(tilt) * w) + 1
    m = np.float32([[1, 0, 0], [-tilt, 1, rise]])
    return cv2.warpAffine(alpha, m, (w, h + 2 * rise)), base + rise


def wrap(words, widths, space, room):
    """Breaks words greedily over lines of `room` px; what is left over stays on the last line."""
    lines, at = [[] for _ in room], 0
    used = 0.0
    for word, width in zip(words, widths):
        need = width if not lines[at] else used + space + width
        if lines[at] and need > room[at] and at + 1 < len(room):
            at, need = at + 1, width
        elif not lines[at] and width > room[at] and at + 1 < len(room) and room[at + 1] > 1.3 * room[at]:
            at, need = at + 1, width
        lines[at].append(word)
        used = need
    return lines


def breakable(text):
    """The pieces between which a line may break: after a space or a hyphen between letters."""
    return re.findall(r"(?:[^\s-]|-(?=\d))*(?:-(?=\w)|\s+)|(?:[^\s-]|-(?=\d))+-?|-+", text)


def write_slot(desk, clerk, slot, text, lines=None, medium="hand"):
    """Writes `text` over the slot's lines. Returns per line {text, ink box} (None where nothing stands)."""
    rng, mm = desk.rng, desk.mm
    lines = lines or slot.lines
    height = clerk.xheight * rng.uniform(0.93, 1.07)
    pieces = [text]
    start = [clerk.start * rng.uniform(0.3, 1.6) for _ in lines]
    start[0] = min(start[0], 0.25 * (lines[0].x1 - lines[0].x0))
    if len(lines) > 1:
        if lines[0].x1 - lines[0].x0 < 45:  # a narrow cell: small writing from its very edge
            start = [min(s, 1.0) for s in start]
        room = [(l.x1 - l.x0 - s) * mm * (1.0 + 0.06 * clerk.careless) for l, s in zip(lines, start)]
        words, least = breakable(text), height * rng.uniform(0.58, 0.75)
        while True:
            each_letter = clerk.pen.width(text, height * mm) / max(1, len(text))
            broken = wrap(words, [each_letter * len(w.strip()) for w in words], each_letter, room)
            tight = any(each_letter * len("".join(b).strip()) > r * 1.12 for b, r in zip(broken, room))
            if not tight or height < least:
                break
            height *= 0.94
        pieces = ["".join(b).strip() for b in broken]
    out = [None] * len(slot.lines)
    for i, (line, piece) in enumerate(zip(lines, pieces)):
        if not piece:
            continue
        box = write_line(desk, clerk, line, piece, height, start[i] if i < len(start) else 0)
        out[slot.lines.index(line)] = {"text": piece, "ink": box}
    return out


def write_line(desk, clerk, line, text, height, start):
    """Writes one line, squeezing it first and letting it run past the end after that."""
    rng, mm = desk.rng, desk.mm
    alpha, base = clerk.pen.write(text, height * mm, rng)
    room = (line.x1 - line.x0 - start) * mm
    if alpha.shape[1] > room:
        floor = rng.uniform(0.45, 0.7) if line.walled else rng.uniform(0.72, 0.92)
        k = max(floor, room / alpha.shape[1])
        alpha = cv2.resize(alpha, (max(1, int(alpha.shape[1] * k)), alpha.shape[0]), interpolation=cv2.INTER_AREA)
        if alpha.shape[1] > room:  # begin right behind the label, on top of it if need be
            start = max(-2.0, start - (alpha.shape[1] - room) / mm)
    y = line.y - clerk.lift + rng.normal(0, 0.25)
    fall = (line.y_end - line.y) / max(1.0, line.x1 - line.x0)
    return desk.put(alpha, base, line.x0 + start, y + fall * start, INKS[clerk.ink], clerk.slope + rng.normal(0, 0.003) - fall)


def strike_out(desk, clerk, box):
    """Draws a stroke through the ink in `box`."""
    x0, y0, x1, y1 = box
    alpha = marks.strike(x1 - x0, y1 - y0, desk.dpi, desk.rng)
    lay(desk.page, alpha * desk.strength, INKS[clerk.ink], x0 - 4, y0 - 4)


def whiten(desk, box):
    """Dabs correction fluid over `box` before the right value is written."""
    x0, y0, x1, y1 = box
    w, h = int(x1 - x0 + 2.5 * desk.mm), int((y1 - y0) * 1.1 + desk.mm)
    if w > 8 and h > 8:
        cover(desk.page, marks.whitener(w, h, desk.rng), (0.985, 0.985, 0.98), x0 - 1.2 * desk.mm, y0 - 0.5 * desk.mm)


def beside(line, box, width, desk):
    """Where the right value goes after a strike-out: behind the struck word where there is room, else over it."""
    end = box[2] / desk.mm + 1.5
    if end + width / desk.mm * 0.8 <= line.x1 + 12:
        return Line(end, max(line.x1, end + 10), line.y)
    return Line(line.x0, line.x1, line.y - 3.4)
