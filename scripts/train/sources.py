"""Labelled lines to learn from: each source draws (grey picture, text) with a random generator."""
import csv
from pathlib import Path

import cv2

import distort


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


def build(args):
    """The mix that the command line asks for."""
    weights = dict(part.split("=") for part in args.mix.split(","))
    weights = {name: float(value) for name, value in weights.items()}
    parts = []
    if weights.get("real") and not args.no_contest:
        parts.append((RealLines(args.lines), weights["real"]))
    for folder in args.own:
        parts.append((RealLines(folder), weights.get("own", 1.0)))
    return Mix(parts)
