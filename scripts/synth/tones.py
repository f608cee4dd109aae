"""Vietnamese letters for faces that lack them: the bare Latin letter, its marks drawn over it as a pen does.

    letter(glyph, char, pen, rng) -> (ink uint8, left, top, advance)
        `glyph(char)` gives the face's own glyph in the same shape (hands.glyph); `pen` is its stroke in px of
        DRAWN, the x-height at which glyphs are drawn
    thickness(glyph) -> px of the face's strokes

Marks of a face are as tidy as its letters; a clerk's stand high or low, lean, and run into the next letter.
"""
import unicodedata

import cv2
import numpy as np

GRAVE, ACUTE, HAT, TILDE, BREVE, HOOK, HORN, DOT = (chr(c) for c in (0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323))
# Strokes in units of the mark's half width and height; y grows downwards, 0 is the mark's foot.
SHAPES = {
    GRAVE: [(-0.7, -1.0), (0.5, 0.0)], ACUTE: [(-0.5, 0.0), (0.7, -1.0)],
    HAT: [(-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)], BREVE: [(-1.0, -1.0), (-0.6, -0.2), (0.0, 0.0), (0.6, -0.2), (1.0, -1.0)],
    TILDE: [(-1.0, -0.1), (-0.55, -0.8), (-0.1, -0.55), (0.3, -0.2), (0.7, -0.35), (1.0, -1.0)],
    HOOK: [(-0.7, -0.8), (-0.1, -1.15), (0.5, -0.95), (0.45, -0.5), (0.0, -0.3), (0.0, 0.0)],
}
# every letter that has a mark of its own
MARKED = set("àáảãạằắẳẵặầấẩẫậăâèéẻẽẹềếểễệêìíỉĩịòóỏõọồốổỗộờớởỡợôơùúủũụừứửữựưỳýỷỹỵđ")
MARKED |= {c.upper() for c in MARKED}
FINE = 4
DRAWN = 24


def bare(char):
    """The Latin letter under the marks."""
    return {"đ": "d", "Đ": "D"}.get(char) or unicodedata.normalize("NFD", char)[0]


def thickness(glyph):
    """Stroke width from the deepest point of a plain letter."""
    depths = []
    for char in "lno":
        ink = glyph(char)[0]
        if ink is not None:
            depths.append(2 * float(cv2.distanceTransform((ink > 127).astype(np.uint8), cv2.DIST_L2, 3).max()))
    return float(np.clip(np.median(depths), 1.2, 5.0)) if depths else 2.0


def letter(glyph, char, pen, rng):
    """See the module's head."""
    if char in "đĐ":
        return barred(glyph, char, pen, rng)
    base, *marks = unicodedata.normalize("NFD", char)
    ink, left, top, advance = glyph(base)
    if ink is None or not marks:
        return ink, left, top, advance
    above = [m for m in marks if m not in (HORN, DOT)]
    if base == "i" and above:
        ink, top = dotless(ink, top)
    sheet = Sheet(ink, left, top)
    roof, middle = float(top), sheet.middle()
    if HORN in marks:
        sheet.horn(pen, rng)
    for mark in sorted(above, key=lambda m: m not in (HAT, BREVE)):
        roof = sheet.over(mark, roof, middle, pen, rng)
    if DOT in marks:
        sheet.dot(pen, rng)
    return sheet.taken(advance)


def dotless(ink, top):
    """An i without its dot: only the lowest stroke."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > 60).astype(np.uint8))
    if count < 3:
        return ink, top
    stem = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    row = stats[stem, cv2.CC_STAT_TOP]
    return np.where(labels == stem, ink, 0)[row:].astype(np.uint8), top + int(row)


def barred(glyph, char, pen, rng):
    """d and D with their bar."""
    ink, left, top, advance = glyph("d" if char == "đ" else "D")
    if ink is None:
        return ink, left, top, advance
    sheet = Sheet(ink, left, top)
    height, width = ink.shape
    y = top + height * (rng.uniform(0.08, 0.28) if char == "đ" else rng.uniform(0.42, 0.6))
    row = np.flatnonzero(ink[int(y - top)] > 60)
    if char == "đ":
        x = left + (row[-1] if len(row) else width * 0.8)
        reach = DRAWN * rng.uniform(0.2, 0.42)
        ends = [(x - reach, y + rng.normal(0, 1)), (x + reach * rng.uniform(0.3, 0.9), y + rng.normal(0, 1))]
    else:
        stem = left + (row[0] if len(row) else 0)
        ends = [(stem - DRAWN * rng.uniform(0.08, 0.3), y + rng.normal(0, 1)), (stem + DRAWN * rng.uniform(0.3, 0.6), y + rng.normal(0, 1))]
    sheet.stroke(ends, pen)
    return sheet.taken(advance)


class Sheet:
    """A letter's ink with room around it; coordinates as the glyph's (x from the pen, y from the baseline)."""

    def __init__(self, ink, left, top):
        self.room = 3 * DRAWN
        self.left, self.top = left - self.room, top - self.room
        self.ink = cv2.copyMakeBorder(ink, self.room, self.room, self.room, self.room, cv2.BORDER_CONSTANT)
        self.box = (left, top, ink.shape[1], ink.shape[0])

    def middle(self):
        """Where marks centre: over the upper part of the letter, which slanted letters have further right."""
        left, _, _, height = self.box
        upper = self.ink[self.room:self.room + max(2, height // 2), self.room:-self.room]
        columns = np.flatnonzero(upper.max(axis=0) > 60)
        return left + (columns[0] + columns[-1]) / 2 if len(columns) else left + self.box[2] / 2

    def stroke(self, points, pen):
        fine = np.array([[(x - self.left) * FINE, (y - self.top) * FINE] for x, y in points]).round().astype(np.int32)
        big = np.zeros((self.ink.shape[0] * FINE, self.ink.shape[1] * FINE), np.uint8)
        cv2.polylines(big, [fine], False, 255, max(2, round(pen * FINE)), cv2.LINE_AA)
        self.ink = np.maximum(self.ink, cv2.resize(big, self.ink.shape[::-1], interpolation=cv2.INTER_AREA))

    def over(self, mark, roof, middle, pen, rng):
        """One mark over the letter or over the mark before; returns the row over which the next would stand."""
        half = DRAWN * 0.27 * rng.uniform(0.7, 1.4)
        tall = DRAWN * 0.26 * rng.uniform(0.7, 1.5)
        gap = DRAWN * abs(rng.normal(0.1, 0.12)) + pen * 0.6
        lean = rng.normal(0.05, 0.15)
        x, y = middle + rng.normal(0.03, 0.1) * DRAWN, roof - gap
        if mark not in (HAT, BREVE) and roof < self.box[1] and rng.random() < 0.5:
            # a tone often leans on the hat's right shoulder instead of standing over it
            x, y = middle + DRAWN * rng.uniform(0.25, 0.5), roof + DRAWN * rng.uniform(-0.05, 0.25)
        points = [(x + px * half * (1 + rng.normal(0, 0.1)) - (py * lean) * tall, y + py * tall * (1 + rng.normal(0, 0.1))) for px, py in SHAPES[mark]]
        self.stroke(points, pen)
        return min(roof, min(py for _, py in points))

    def horn(self, pen, rng):
        left, top, width, _ = self.box
        x, y = left + width - DRAWN * rng.uniform(0.02, 0.15), top + DRAWN * rng.uniform(0.0, 0.2)
        out, up = DRAWN * rng.uniform(0.12, 0.32), DRAWN * rng.uniform(0.1, 0.35)
        self.stroke([(x, y), (x + out, y - up * 0.2), (x + out * 0.9, y - up)], pen)

    def dot(self, pen, rng):
        x = self.middle() + rng.normal(0, 0.1) * DRAWN
        y = DRAWN * rng.uniform(0.15, 0.45)
        self.stroke([(x, y), (x + rng.normal(0.02, 0.05) * DRAWN, y + abs(rng.normal(0.02, 0.04)) * DRAWN)], pen * rng.uniform(1.1, 1.7))

    def taken(self, advance):
        rows, columns = np.flatnonzero(self.ink.max(axis=1)), np.flatnonzero(self.ink.max(axis=0))
        cut = self.ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        return np.ascontiguousarray(cut), self.left + int(columns[0]), self.top + int(rows[0]), advance
