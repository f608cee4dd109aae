"""A bank of real words and signs, cut from the real lines by forced CTC alignment, and lines recombined from it.

Streets and places carry people's names and every digit occurs, so names, dates and numbers can be put together in
real hands. Train and dev banks are cut from the train and dev lines only and never meet.
"""
import argparse
import sys
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import distort
import page
import picture
from synth import content, people

SIGNS = "0123456789/-.,"
# A cut between touching strokes would teach half letters: at most this much ink in the cutting column.
CLEAR = 1.2


def align(scores, labels):
    """Viterbi over CTC: for each label the frame of its peak."""
    path = [0]
    for label in labels:
        path += [label, 0]
    best = np.full(len(path), -np.inf)
    best[0], best[1] = scores[0, 0], scores[0, path[1]]
    back = np.zeros((len(scores), len(path)), np.int8)
    emit = scores[:, path]
    skip = np.array([i > 1 and path[i] != 0 and path[i] != path[i - 2] for i in range(len(path))])
    for t in range(1, len(scores)):
        one = np.concatenate([[-np.inf], best[:-1]])
        two = np.where(skip, np.concatenate([[-np.inf, -np.inf], best[:-2]]), -np.inf)
        options = np.stack([best, one, two])
        back[t] = options.argmax(axis=0)
        best = options.max(axis=0) + emit[t]
    state = len(path) - 1 if best[-1] > best[-2] else len(path) - 2
    peaks = [(-np.inf, 0)] * len(labels)
    for t in range(len(scores) - 1, -1, -1):
        if state % 2:
            k = state // 2
            peaks[k] = max(peaks[k], (emit[t, state], t))
        state -= int(back[t, state])
    return [frame for _, frame in peaks], float(best.max() / max(1, len(labels)))


def cut_line(grey, text, network):
    """Pieces (text, ink uint8 80 px high) of one line, and the row it stands on."""
    white = picture.trim(picture.stretch(grey))
    line = picture.to_input(white)[:, :1024]
    scores = network.session.run(None, {"images": np.repeat(line[None, None], 3, axis=1).astype(np.float32)})[0][:, 0]
    labels = [network.chars.index(c) for c in text]
    if len(labels) + 2 > len(scores):
        return [], 0
    frames, trust = align(scores, labels)
    if trust < -1.0:
        return [], 0
    columns = [(f + 0.5) * 4 * white.shape[1] / line.shape[1] for f in frames]
    alpha = without_rules(np.clip((1 - white / 255 - 0.12) / 0.88, 0, 1))
    base = page.baseline_of(alpha)
    return list(pieces(alpha, text, columns)), base


def without_rules(alpha):
    """Takes the cell's ruled lines out: runs no stroke of a letter is as long as."""
    for shape in ((61, 1), (1, 65)):
        rule = cv2.morphologyEx(alpha, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8))
        alpha = alpha * (cv2.dilate(rule, np.ones((3, 3), np.uint8)) < 0.25)
    return alpha


def pieces(alpha, text, columns):
    """Words between blanks; in words of digits and signs every one alone."""
    ink = alpha.sum(axis=0)
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] != " ":
            end += 1
        word = text[start:end]
        parts = [(i, i + 1) for i in range(start, end)] if any(c.isdigit() for c in word) else [(start, end)]
        if word and not word[-1].isalnum() and len(parts) == 1 and end - start > 1:
            parts = [(start, end - 1), (end - 1, end)]
        for a, b in parts:
            left, right = border(ink, columns, a - 1, a), border(ink, columns, b - 1, b)
            piece = text[a:b]
            if left is not None and right is not None and right - left > 2 and (len(piece) > 1 or piece in SIGNS or piece.isalpha()):
                ink_of = (alpha[:, left:right] * 255).astype(np.uint8)
                ink_of = main_stroke(ink_of) if piece.isdigit() else ink_of
                if ink_of.max() > 120:
                    yield piece, ink_of
        start = end + 1


def main_stroke(ink):
    """A digit without the comma or dot that leans on it: the largest stroke and what stands over or under it."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > 60).astype(np.uint8))
    if count < 3:
        return ink
    main = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    keep = [main]
    left, right = stats[main, 0], stats[main, 0] + stats[main, 2]
    for k in range(1, count):
        middle = stats[k, 0] + stats[k, 2] / 2
        if k != main and left <= middle <= right and stats[k, 1] < stats[main, 1] + stats[main, 3] * 0.8 and stats[k, 4] > 0.1 * stats[main, 4]:
            keep.append(k)
    return np.where(np.isin(labels, keep), ink, 0).astype(np.uint8)


def border(ink, columns, i, k):
    """The emptiest column between letters i and k of the line; None if they touch."""
    if i < 0:
        return 0
    if k >= len(columns):
        return len(ink)
    a, b = int(columns[i]) + 1, int(columns[k])
    if b <= a:
        return None
    between = ink[a:b]
    low = np.flatnonzero(between <= between.min() + 0.05)
    return a + int(low[len(low) // 2]) if between.min() <= CLEAR else None


class Recombined:
    """Names, dates, numbers and places put together from one writer's pieces."""

    def __init__(self, file: Path, kind=None):
        data = np.load(file, allow_pickle=False)
        self.kind, strip = kind, data["strip"]
        self.pieces = defaultdict(lambda: defaultdict(list))
        for text, writer, base, a, b in zip(data["texts"], data["writers"], data["bases"], data["offsets"], data["offsets"][1:]):
            self.pieces[str(writer)][str(text)].append((strip[:, a:b], int(base)))
        tables = people.parts()
        self.syllables = {w for key in ("ho", "dem", "ten") for words in tables[key][0] for w in words.split()}
        self.surnames = {w for w in tables["ho"][0] if " " not in w}
        self.writers = [w for w, p in self.pieces.items() if sum(len(v) for v in p.values()) > 60]
        self.counters = [w for w in self.writers if sum(d in self.pieces[w] for d in "0123456789") >= 9]

    def draw(self, rng):
        kind = self.kind or ["name", "date", "id_number", "place", "number"][int(rng.choice(5, p=[0.36, 0.26, 0.16, 0.14, 0.08]))]
        ink, base, text = getattr(self, "digits" if kind in ("date", "id_number", "number") else "words")(kind, rng)
        other = lambda r: (ink[:, ::-1], base)
        if self.kind is None:
            shaped = 255 - distort.warp((255 - ink * 255).astype(np.uint8), rng)
            ink = distort.pen(shaped, rng).astype(np.float32) / 255
        return page.photographed(ink, base, rng, other), text

    def words(self, kind, rng):
        writer = self.writers[int(rng.integers(len(self.writers)))]
        own = self.pieces[writer]
        title = [w for w in own if w.isalpha() and len(w) > 1 and w[0].isupper()]
        if kind == "name":
            known = [w for w in title if w in self.syllables]
            first = [w for w in known if w in self.surnames] or known
            chosen = [pick(first, rng)] + [pick(known if rng.random() < 0.7 else title, rng) for _ in range(int(rng.integers(1, 4)))]
            glue = [" "] * (len(chosen) - 1)
        else:
            chosen = [pick(title if rng.random() < 0.8 else [w for w in own if w.isalpha()], rng) for _ in range(int(rng.integers(2, 9)))]
            comma = own.get(",") and rng.random() < 0.5
            glue = [", " if comma and rng.random() < 0.4 else " " for _ in chosen[1:]]
        items = []
        for word, mark in zip(chosen, glue + [""]):
            items += [(word, 0.0)] + [(c, 0.0) for c in mark.strip()] + [(" ", rng.uniform(0.1, 0.45))] * (" " in mark)
        return self.join(own, items, rng)

    def digits(self, kind, rng):
        own = self.pieces[self.counters[int(rng.integers(len(self.counters)))]]
        text = content.value(kind, rng)
        while any(c not in SIGNS + " " for c in text) or any(c != " " and c not in own for c in text):
            text = content.value(kind, rng)
            if rng.random() < 0.02:
                own = self.pieces[self.counters[int(rng.integers(len(self.counters)))]]
        loose = rng.uniform(0.0, 0.08) if rng.random() < 0.75 else rng.uniform(0.1, 0.5)
        items = []
        for c in text:
            items += [(" ", rng.uniform(0.12, 0.4))] if c == " " else [(c, 0.0), ("", loose * rng.uniform(0.6, 1.4))]
        return self.join(own, items, rng)

    def join(self, own, items, rng):
        """Pieces on one baseline with the asked gaps (in line heights)."""
        above, below = 70, 40
        columns, text = [], ""
        for item, gap in items:
            if item.strip() == "":
                columns.append(np.zeros((above + below, int(gap * 80)), np.float32))
            else:
                ink, base = own[item][int(rng.integers(len(own[item])))]
                ink = trimmed(ink)
                cell = np.zeros((above + below, ink.shape[1] + 2), np.float32)
                top = above - base + int(rng.normal(0, 1))
                a, b = max(0, top), min(above + below, top + ink.shape[0])
                cell[a:b, 1:-1] = ink[a - top:b - top].astype(np.float32) / 255
                columns.append(cell)
            text += item
        ink = np.hstack(columns)
        rows = np.flatnonzero(ink.max(axis=1) > 0.3)
        return ink[rows[0]:rows[-1] + 1], above - rows[0], text.strip()


def trimmed(ink):
    used = np.flatnonzero(ink.max(axis=0) > 60)
    return ink[:, used[0]:used[-1] + 1] if len(used) else ink


def pick(items, rng):
    return items[int(rng.integers(len(items)))]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True, help="a tuned ONNX with vocab.json beside it")
    p.add_argument("--lines", type=Path, default=Path("../shared/data/handwriting"))
    p.add_argument("--out", type=Path, default=Path("work/bank"))
    args = p.parse_args()
    import sources
    from score import Network
    network = Network(args.model)
    args.out.mkdir(parents=True, exist_ok=True)
    for split in ("dev", "train"):
        lines = sources.RealLines(args.lines, split)
        texts, writers, bases, inks = [], [], [], []
        for grey, row in zip(lines.pictures, lines.rows):
            found, base = cut_line(grey, row["text"], network)
            for text, ink in found:
                texts.append(text), writers.append(row["writer"] or row["set"]), bases.append(base), inks.append(ink)
        offsets = np.cumsum([0] + [ink.shape[1] for ink in inks])
        np.savez_compressed(args.out / f"{split}.npz", strip=np.hstack(inks), offsets=offsets, texts=np.array(texts), writers=np.array(writers), bases=np.array(bases))
        print(split, len(texts), "pieces from", len(lines.rows), "lines", flush=True)


if __name__ == "__main__":
    main()
