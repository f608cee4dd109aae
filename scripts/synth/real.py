"""Real handwriting for place fields of development pages: a line's ink, lifted off its paper. Never for committed pictures."""
import csv
from pathlib import Path

import cv2
import numpy as np


class RealLines:
    """Lines of one split, drawn without repeats within a book's writer where the writer is known."""

    def __init__(self, folder, split):
        with open(Path(folder) / "labels.tsv", encoding="utf-8") as handle:
            rows = [r for r in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if r["split"] == split]
        self.folder = Path(folder) / "lines"
        self.by_writer = {}
        for r in rows:
            self.by_writer.setdefault(r["writer"] or r["set"], []).append(r)
        self.writers = sorted(self.by_writer)

    def writer(self, rng):
        """One writer for a book."""
        weights = np.array([len(self.by_writer[w]) for w in self.writers], float)
        return str(rng.choice(self.writers, p=weights / weights.sum()))

    def pick(self, writer, room_px, height_px, rng, tries=12):
        """A line that fits `room_px` at a natural height. Returns (alpha, baseline row, text) or None."""
        rows = self.by_writer[writer]
        for _ in range(tries):
            row = rows[int(rng.integers(len(rows)))]
            alpha = lift(cv2.imread(str(self.folder / f"{row['line']}.jpg"), cv2.IMREAD_GRAYSCALE))
            if alpha is None:
                continue
            base, xheight = body(alpha)
            k = height_px / xheight
            if alpha.shape[1] * k > room_px * 1.25:
                continue
            squeeze = min(1.0, room_px / (alpha.shape[1] * k))
            size = (max(1, int(alpha.shape[1] * k * squeeze)), max(1, int(alpha.shape[0] * k)))
            return cv2.resize(alpha, size, interpolation=cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC).clip(0, 1), int(base * k), row["text"]
        return None


def lift(grey):
    """Ink as alpha: the paper's local brightness taken away, table rules and what hangs in from neighbours removed."""
    if grey is None:
        return None
    g = grey.astype(np.float32)
    paper = cv2.GaussianBlur(cv2.dilate(g, np.ones((25, 25), np.uint8)), (0, 0), 9)
    dark = np.clip((paper - g) / np.maximum(paper, 1), 0, 1)
    ink = np.percentile(dark, 99.3)
    if ink < 0.12:
        return None
    alpha = np.clip((dark - 0.10) / max(0.15, ink - 0.10), 0, 1)
    return tidy(alpha)


def tidy(alpha):
    """Removes long rules and parts that touch the upper or lower border only."""
    binary = (alpha > 0.3).astype(np.uint8)
    # outside counts as paper, or every stem that leaves the crop would pass for a rule
    outside = {"borderType": cv2.BORDER_CONSTANT, "borderValue": 0}
    rules = cv2.morphologyEx(binary, cv2.MORPH_OPEN, np.ones((1, 90), np.uint8), **outside) | cv2.morphologyEx(binary, cv2.MORPH_OPEN, np.ones((76, 1), np.uint8), **outside)
    rules = cv2.dilate(rules, np.ones((5, 5), np.uint8))
    binary[rules > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8)
    h, keep = alpha.shape[0], np.zeros(alpha.shape, np.uint8)
    for i in range(1, count):
        x, y, w, ch, area = stats[i]
        stray = (y == 0 and y + ch < h * 0.3) or (y + ch == h and y > h * 0.75) or area < 4
        wide = alpha.shape[1]
        side_rule = w <= 7 and ch >= 0.3 * h and (x < 14 or x + w > wide - 14)
        foot_rule = ch <= 7 and w >= 14 and (y > 0.8 * h or y + ch < 0.12 * h)
        if not (stray or side_rule or foot_rule):
            keep[labels == i] = 1
    keep = cv2.dilate(keep, np.ones((3, 3), np.uint8)) & (rules == 0)
    alpha = alpha * keep
    cols = np.where(alpha.max(0) > 0.3)[0]
    if len(cols) < 30:
        return None
    return np.ascontiguousarray(alpha[:, cols[0] : cols[-1] + 1])


def body(alpha):
    """(baseline row, x-height) from the rows that hold most ink."""
    rows = cv2.GaussianBlur(alpha.sum(1).reshape(-1, 1).astype(np.float32), (1, 7), 2).ravel()
    peak = rows.max()
    strong = np.where(rows > 0.5 * peak)[0]
    top, base = int(strong[0]), int(strong[-1])
    return base, float(np.clip(base - top, 12, 40))
