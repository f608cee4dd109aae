"""Labelled lines to learn from: each source draws (grey picture, text) with a random generator."""
import csv
from pathlib import Path

import cv2
import numpy as np

import distort
import page
import picture
from figures import Figures
from synth import content, hands


def read_labels(folder: Path):
    with open(folder / "labels.tsv", encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


class RealLines:
    """Lines of ../shared/data/handwriting (or a user's own lines in the same shape)."""

    def __init__(self, folder: Path, split="train"):
        rows = [r for r in read_labels(folder) if r["split"] == split]
        self.rows = rows
        self.pictures = [_read(folder / "lines" / f"{r['line']}.jpg") for r in rows]

    def draw(self, rng):
        k = int(rng.integers(len(self.rows)))
        return distort.real(self.pictures[k], rng), self.rows[k]["text"]


def _read(path):
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise SystemExit(f"cannot read {path}")
    return picture


class Mix:
    """Several sources with weights."""

    def __init__(self, parts):
        self.parts = [(source, weight) for source, weight in parts if weight > 0]
        self.total = sum(weight for _, weight in self.parts)

    def draw(self, rng):
        roll = rng.random() * self.total
        for source, weight in self.parts:
            roll -= weight
            if roll <= 0:
                break
        return source.draw(rng)


class Fonts:
    """Register values in handwriting faces, on pages."""

    WEIGHTS = {"name": 24, "date": 16, "date_words": 9, "place": 16, "id_number": 9, "number": 4, "time": 4, "ethnic": 4, "country": 4,
               "relation": 3, "sex": 2, "title": 5, "free_text": 8}

    def __init__(self, split="train", kind=None):
        self.split, self.kind = split, kind
        kinds, weights = zip(*self.WEIGHTS.items())
        self.kinds, self.shares = kinds, [w / sum(weights) for w in weights]
        self.recent = []

    def draw(self, rng):
        kind = self.kind or self.kinds[int(rng.choice(len(self.kinds), p=self.shares))]
        text = spread(content.value(kind, rng), kind, rng)
        alpha, base = self.ink(text, rng)
        if rng.random() < 0.02:
            wrong, _ = self.ink(content.value("name", rng).split()[-1], rng)
            alpha, base = beside(page.strike(wrong, rng), alpha, base)
        self.recent = [*self.recent[-15:], (alpha, base)]
        other = lambda r: self.recent[int(r.integers(len(self.recent)))]
        return page.photographed(alpha, base, rng, other), " ".join(text.split())

    def ink(self, text, rng):
        capitals = sum(c.isupper() for c in text) > 0.6 * sum(c.isalpha() for c in text) and len(text) > 3
        hand = hands.new_hand(rng, self.split, "plain" if capitals else "any")
        return hands.render(text, hand, rng, rng.uniform(12, 26))


def spread(text, kind, rng):
    """Dates on widely set forms stand apart: more blanks between the parts, as one blank in the label."""
    if kind in ("date", "id_number") and rng.random() < 0.25:
        wide = " " * int(rng.integers(2, 5))
        return text.replace(" ", wide)
    return text


def beside(left, right, base):
    """Two inks on one baseline (both bottoms taken as near it)."""
    h = max(left.shape[0], right.shape[0])
    pad = lambda a: np.pad(a, ((h - a.shape[0], 0), (0, 0)))
    gap = np.zeros((h, h // 3), np.float32)
    return np.hstack([pad(left), gap, pad(right)]), base + h - right.shape[0]


class OnPages:
    """Real lines whose ink is lifted off their paper and laid on a page with dots, labels and neighbours."""

    def __init__(self, lines):
        self.lines = lines

    def draw(self, rng):
        k = int(rng.integers(len(self.lines.rows)))
        grey = distort.pen(distort.warp(self.lines.pictures[k], rng), rng)
        alpha = lift(grey)
        other = lambda r: (lift(self.lines.pictures[int(r.integers(len(self.lines.pictures)))]), 0)
        return page.photographed(alpha, page.baseline_of(alpha), rng, other), self.lines.rows[k]["text"]


def lift(grey):
    """Ink 0..1 of a photographed line."""
    alpha = 1 - picture.stretch(grey) / 255
    return np.clip((alpha - 0.12) / 0.88, 0, 1)


class Cut:
    """Line pictures of generated pages as `sohoa slots` cuts them: what the reader will really get."""

    def __init__(self, folder: Path):
        rows = read_labels(folder)
        self.rows = [r for r in rows if r["picture"] and r["text"] and r["ink"] in ("written", "corrected")]
        self.folder = folder

    def draw(self, rng):
        row = self.rows[int(rng.integers(len(self.rows)))]
        grey = _read(self.folder / row["picture"])
        return distort.pen(distort.warp(grey, rng, 0.5), rng), row["text"]


def build(args):
    """The mix that the command line asks for."""
    weights = dict(part.split("=") for part in args.mix.split(","))
    weights = {name: float(value) for name, value in weights.items()}
    parts = []
    if not args.no_contest:
        lines = RealLines(args.lines)
        parts += [(lines, weights.get("real", 0)), (OnPages(lines), weights.get("paged", 0))]
        if weights.get("bank"):
            from bank import Recombined
            parts.append((Recombined(args.bank / "train.npz"), weights["bank"]))
    for folder in args.own:
        parts.append((RealLines(folder), weights.get("own", 1.0)))
    cut = [Cut(folder) for folder in args.slots]
    lines = sum(len(source.rows) for source in cut)
    parts += [(source, weights.get("cut", 1.0) * len(source.rows) / lines) for source in cut]
    parts += [(Fonts(), weights.get("fonts", 0)), (Fonts("drawn"), weights.get("drawn", 0))]
    if weights.get("figures"):
        parts.append((Figures(args.figures), weights["figures"]))
    return Mix(parts)
