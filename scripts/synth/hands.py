"""Writes text as a hand would: a handwriting face with one writer's slant, width, spacing, pen and unsteadiness.

    new_hand(rng, split="train", style="any") -> Hand
        a writer; split "heldout" uses faces that no training has seen; "drawn" and "drawn-heldout" are faces without
        Vietnamese letters, whose marks a pen adds (tones.py); style "plain" suits ALL CAPITALS, which script faces
        overdo
    render(text, hand, rng, xheight=24) -> (alpha, baseline)
        float32 ink 0..1, cropped to the ink with a margin of 2 px; `baseline` is the row the text stands on
    width(text, hand, xheight=24) -> about how wide that will be

Faces come from `hand_fonts.py`; SOHOA_HANDS names another folder.
"""
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from . import tones

FOLDER = Path(os.environ.get("SOHOA_HANDS", Path(__file__).parents[2] / "vendor/fonts/hands"))
# Glyphs are drawn once at this x-height and scaled afterwards.
DRAWN = tones.DRAWN
# Tone marks off: the difference between "Ờ" and "Ơ" is the mark, which clerks set far above capitals.
TONELESS = {toned: base for base, row in
            {"A": "ÀÁẢÃẠ", "Ă": "ẰẮẲẴẶ", "Â": "ẦẤẨẪẬ", "E": "ÈÉẺẼẸ", "Ê": "ỀẾỂỄỆ", "I": "ÌÍỈĨỊ", "O": "ÒÓỎÕỌ", "Ô": "ỒỐỔỖỘ",
             "Ơ": "ỜỚỞỠỢ", "U": "ÙÚỦŨỤ", "Ư": "ỪỨỬỮỰ", "Y": "ỲÝỶỸỴ", "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ",
             "ê": "ềếểễệ", "i": "ìíỉĩị", "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự",
             "y": "ỳýỷỹỵ"}.items() for toned in row}
BELOW = set("ẠẶẬẸỆỊỌỘỢỤỰỴạặậẹệịọộợụựỵ")


@dataclass
class Hand:
    """One writer."""

    face: str
    slant: float
    stretch: float
    spacing: float
    gap: float
    jitter: float
    pen: float
    lift: float
    skips: float
    pressure: float
    wave: float
    drawn: bool = False

    @property
    def name(self):
        return Path(self.face).stem


@lru_cache
def faces(split, style="any"):
    rows = [line.split("\t") for line in (Path(__file__).parent / "hands.tsv").read_text().split("\n")[1:] if line]
    paths = [FOLDER / f"{name}.ttf" for name, part, kind in rows if part == split and style in ("any", kind)]
    found = [str(p) for p in paths if p.exists()]
    if not found:
        raise SystemExit(f"no handwriting faces in {FOLDER}: run scripts/synth/hand_fonts.py")
    return found


def new_hand(rng, split="train", style="any"):
    loose = rng.random()
    # Plain faces are nearer to what clerks write, so they come more often than their number.
    choice = faces(split, "plain" if style == "plain" or rng.random() < 0.4 else "any")
    return Hand(face=choice[int(rng.integers(len(choice)))], slant=float(rng.normal(0.05, 0.16)),
                stretch=float(np.exp(rng.normal(0.05, 0.18))), spacing=float(rng.normal(0.02, 0.06) if loose < 0.8 else rng.uniform(0.1, 0.5)),
                gap=float(rng.uniform(0.35, 1.1)), jitter=float(abs(rng.normal(0, 0.035))), pen=float(rng.normal(0, 0.25)),
                lift=float(rng.uniform(0.1, 0.7) if rng.random() < 0.4 else 0), skips=float(rng.uniform(0.2, 1) if rng.random() < 0.25 else 0),
                pressure=float(rng.uniform(0.5, 1)), wave=float(abs(rng.normal(0, 0.03))), drawn=split.startswith("drawn"))


@lru_cache(maxsize=128)
def font(face):
    probe = ImageFont.truetype(face, 100, layout_engine=ImageFont.Layout.BASIC)
    tall = -probe.getbbox("x", anchor="ls")[1]
    return ImageFont.truetype(face, max(8, round(100 * DRAWN / tall)), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20000)
def glyph(face, char):
    """(ink uint8, left, top above the baseline, advance) of one letter."""
    f = font(face)
    left, top, right, bottom = f.getbbox(char, anchor="ls")
    if right <= left or bottom <= top:
        return None, 0, 0, f.getlength(char)
    image = Image.new("L", (right - left + 2, bottom - top + 2))
    ImageDraw.Draw(image).text((1 - left, 1 - top), char, font=f, fill=255, anchor="ls")
    return np.asarray(image), left - 1, top - 1, f.getlength(char)


@lru_cache(maxsize=20000)
def marked(face, char, version):
    """`glyph` for a face whose marks a pen draws; `version` tells one drawing of the letter from another."""
    bare = lambda c: glyph(face, c)
    return tones.letter(bare, char, stroke(face), np.random.default_rng([version, ord(char)]))


@lru_cache
def stroke(face):
    return tones.thickness(lambda c: glyph(face, c))


@lru_cache(maxsize=4000)
def lifted(face, char):
    """The letter without its tone and the tone alone, on the letter's canvas; None if the face draws them in one."""
    base = TONELESS.get(char)
    if base is None or char in BELOW:
        return None
    full, left, top, _ = glyph(face, char)
    bare, bleft, btop, _ = glyph(face, base)
    canvas = np.zeros_like(full)
    y, x = btop - top, bleft - left
    if y < 0 or x < 0 or y + bare.shape[0] > full.shape[0] or x + bare.shape[1] > full.shape[1]:
        return None
    canvas[y:y + bare.shape[0], x:x + bare.shape[1]] = bare
    mark = np.where(canvas > 40, 0, full)
    return (canvas, mark) if (full.astype(int) - np.maximum(canvas, mark)).max() < 90 else None


def render(text, hand, rng, xheight=24):
    """Ink of one line of text; see the module's head."""
    size = font(hand.face).size
    room = int(width(text, hand, DRAWN) * 1.3 + 6 * DRAWN)
    sheet = np.zeros((size * 5, room), np.uint8)
    base, x = size * 3, 2.0 * DRAWN
    rise = 0.0
    for char in text:
        if char == " ":
            x += DRAWN * hand.gap * rng.uniform(0.7, 1.5)
            rise = rng.normal(0, hand.jitter * 1.5) * DRAWN
            continue
        x += place(sheet, char, hand, x, base + rise + rng.normal(0, hand.jitter) * DRAWN, rng)
        x += DRAWN * (hand.spacing + rng.normal(0, hand.jitter))
    return finish(sheet, base, hand, rng, xheight / DRAWN)


def drawn(char, hand, rng):
    """The letter as this hand writes it."""
    if hand.drawn and char in tones.MARKED:
        return marked(hand.face, char, int(rng.integers(8)))
    return glyph(hand.face, char)


def place(sheet, char, hand, x, y, rng):
    """Draws one letter; returns how far the pen moved."""
    ink, left, top, advance = drawn(char, hand, rng)
    if ink is None:
        return advance
    pieces = [(ink, 0)]
    if hand.lift and not hand.drawn and (char.isupper() or rng.random() < 0.3):
        parts = lifted(hand.face, char)
        if parts:
            pieces = [(parts[0], 0), (parts[1], -int(hand.lift * DRAWN * rng.uniform(0.5, 1.2)))]
    for piece, dy in pieces:
        grow = 1 + rng.normal(0, hand.jitter)
        if abs(grow - 1) > 0.02:
            piece = cv2.resize(piece, None, fx=grow, fy=grow, interpolation=cv2.INTER_LINEAR)
        stamp(sheet, piece, int(round(x + left)), int(round(y + top * grow)) + dy)
    return advance


def stamp(sheet, piece, x, y):
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(sheet.shape[1], x + piece.shape[1]), min(sheet.shape[0], y + piece.shape[0])
    if x1 > x0 and y1 > y0:
        view = sheet[y0:y1, x0:x1]
        np.maximum(view, piece[y0 - y:y1 - y, x0 - x:x1 - x], out=view)


def finish(sheet, base, hand, rng, scale):
    """Slant, stretch, wave, pen width and ink; then the crop."""
    xs, ys = np.flatnonzero(sheet.any(axis=0)), np.flatnonzero(sheet.any(axis=1))
    if len(xs) == 0:
        return np.zeros((4, 4), np.float32), 3
    lean = int(abs(hand.slant) * 3 * DRAWN) + 4
    sheet = cv2.copyMakeBorder(sheet[ys[0]:ys[-1] + 1, xs[0]:xs[-1] + 1], 6, 6, lean, lean, cv2.BORDER_CONSTANT)
    base = base - ys[0] + 6
    h, w = sheet.shape
    sx, sy = scale * hand.stretch, scale
    matrix = np.float32([[sx, -hand.slant * sx, hand.slant * sx * base], [0, sy, 0]])
    out = cv2.warpAffine(sheet, matrix, (max(4, int(w * sx)), max(4, int(h * sy))), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    base = base * sy
    if hand.wave > 0.01:
        out = undulate(out, hand.wave * DRAWN * scale, rng)
    alpha = ink(out.astype(np.float32) / 255, hand, rng, scale)
    rows, columns = np.flatnonzero(alpha.max(axis=1) > 0.08), np.flatnonzero(alpha.max(axis=0) > 0.08)
    if len(rows) == 0:
        return np.zeros((4, 4), np.float32), 3
    top, left = max(0, rows[0] - 2), max(0, columns[0] - 2)
    return np.ascontiguousarray(alpha[top:rows[-1] + 3, left:columns[-1] + 3]), int(round(base - top))


def undulate(picture, depth, rng):
    h, w = picture.shape
    xs, ys = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    length = h * rng.uniform(2, 9)
    phase = rng.uniform(0, 6.28)
    ys += (depth * np.sin(xs * (6.28 / length) + phase)).astype(np.float32)
    xs += (depth * 1.5 * np.sin(xs * (6.28 / length) * 1.7 + phase)).astype(np.float32)
    return cv2.remap(picture, xs, ys, cv2.INTER_LINEAR)


def ink(alpha, hand, rng, scale):
    """Pen width by a soft threshold, pressure by a slow cloud, ballpoint skips by a fine one."""
    soft = cv2.GaussianBlur(alpha, (0, 0), max(0.5, 0.05 * DRAWN * scale))
    # A thin face blurs away: its strokes count as full ink all the same.
    soft /= max(0.25, float(np.percentile(soft[soft > 0.1], 90)) if (soft > 0.1).any() else 1.0)
    level = 0.42 - 0.22 * float(np.clip(hand.pen + rng.normal(0, 0.05), -0.9, 0.9))
    alpha = np.clip((soft - level + 0.2) / 0.4, 0, 1)
    h, w = alpha.shape
    slow = cv2.resize(rng.normal(0, 0.12, (2, max(2, w // 30))).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    alpha *= np.clip(hand.pressure + slow, 0.15, 1)
    if hand.skips:
        fine = cv2.GaussianBlur(rng.normal(0, 1, (h, w)).astype(np.float32), (0, 0), max(0.6, 0.07 * DRAWN * scale))
        fine /= fine.std() + 1e-6
        alpha *= np.clip(1 - hand.skips * np.clip(fine - 0.6, 0, 1.5), 0, 1)
    return alpha


def width(text, hand, xheight=24):
    """Approximate width of `render`'s result in pixels."""
    letters = sum(glyph(hand.face, tones.bare(c) if hand.drawn else c)[3] + DRAWN * hand.spacing for c in text if c != " ")
    return (letters + text.count(" ") * DRAWN * hand.gap * 1.1) * hand.stretch * xheight / DRAWN
