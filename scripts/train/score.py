"""Accuracy of readers side by side: real dev lines, recombined real words, and faces held out from training; or slots that
`sohoa slots` cut.

Greedy reading, no lexicon. CER without marks folds tone and letter marks (and đ) on both sides.
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from rapidfuzz.distance import Levenshtein

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import picture
import sources


class Network:
    """An ONNX file with its list of characters beside it."""

    def __init__(self, path: Path, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options)
        self.chars = json.loads((path.parent / "vocab.json").read_text(encoding="utf-8"))["chars"]

    def read(self, grey):
        white = picture.trim(picture.stretch(grey))
        # The published network knows positions up to 256 frames only.
        line = picture.to_input(white)[:, :1024]
        scores = self.session.run(None, {"images": np.repeat(line[None, None], 3, axis=1).astype(np.float32)})[0]
        return collapse(scores[:, 0].argmax(axis=-1), self.chars)


def collapse(best, chars):
    keep = [k for i, k in enumerate(best) if k and (i == 0 or best[i - 1] != k)]
    return " ".join("".join(chars[k] for k in keep).split())


class Tesseract:
    def read(self, grey):
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            tall = cv2.resize(grey, None, fx=64 / grey.shape[0], fy=64 / grey.shape[0], interpolation=cv2.INTER_CUBIC)
            cv2.imwrite(file.name, cv2.copyMakeBorder(tall, 16, 16, 16, 16, cv2.BORDER_REPLICATE))
            out = subprocess.run(["tesseract", file.name, "-", "-l", "vie", "--psm", "7"], capture_output=True, text=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"})
        return " ".join(out.stdout.split())


def bare(text):
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def measure(reader, lines):
    """(CER, CER without marks, WER, exact) in per cent over (picture, text) pairs."""
    edits = bare_edits = words = wrong_words = letters = exact = 0
    for grey, text in lines:
        got = reader.read(grey)
        edits += Levenshtein.distance(got, text)
        bare_edits += Levenshtein.distance(bare(got), bare(text))
        wrong_words += Levenshtein.distance(got.split(), text.split())
        letters, words, exact = letters + len(text), words + len(text.split()), exact + (got == text)
    return [100 * v for v in (edits / letters, bare_edits / letters, wrong_words / words, exact / len(lines))]


def slots(folder, count):
    """Kind -> values of one line, (grey picture, text); `count` of each kind at most."""
    rows = sources.read_labels(folder)
    place = ("scan", "page", "entry", "slot")
    lines = Counter(tuple(r[k] for k in place) for r in rows)
    single = [r for r in rows if r["text"] and r["ink"] == "written" and lines[tuple(r[k] for k in place)] == 1]
    random.Random(5).shuffle(single)
    out = defaultdict(list)
    for row in single:
        if len(out[row["kind"]]) < count:
            out[row["kind"]].append((cv2.imread(str(folder / row["picture"]), cv2.IMREAD_GRAYSCALE), row["text"]))
    return out


def sets(args):
    """Name -> list of (grey picture, text)."""
    if args.slots:
        return slots(args.slots, args.count)
    out = {}
    if args.lines.exists():
        real = sources.RealLines(args.lines, "dev")
        for name in ("address-a", "address-b"):
            rows = [k for k, row in enumerate(real.rows) if row["set"] == name][::args.every]
            out[f"dev {name}"] = [(real.pictures[k], real.rows[k]["text"]) for k in rows]
    if (args.bank / "dev.npz").exists():
        from bank import Recombined
        for kind in ("name", "date", "id_number", "place"):
            source = Recombined(args.bank / "dev.npz", kind)
            rng = np.random.default_rng(7)
            out[f"real words: {kind}"] = [source.draw(rng) for _ in range(args.count)]
    for kind in ("name", "date", "id_number", "place"):
        source, rng = sources.Fonts("drawn-heldout", kind), np.random.default_rng(13)
        out[f"held-out drawn: {kind}"] = [source.draw(rng) for _ in range(args.count)]
    if args.figures.exists():
        for kind in ("date", "id_number"):
            source, rng = sources.Figures(args.figures, "heldout", kind), np.random.default_rng(17)
            out[f"held-out figures: {kind}"] = [source.draw(rng) for _ in range(args.count)]
    for kind in sources.Fonts.WEIGHTS:
        source, rng = sources.Fonts("heldout", kind), np.random.default_rng(11)
        out[f"held-out faces: {kind}"] = [source.draw(rng) for _ in range(args.count)]
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--models", type=Path, nargs="+", required=True, help="ONNX files, each with vocab.json beside it")
    p.add_argument("--lines", type=Path, default=Path("../shared/data/handwriting"))
    p.add_argument("--bank", type=Path, default=Path("work/bank"))
    p.add_argument("--figures", type=Path, default=Path("work/figures.npz"))
    p.add_argument("--slots", type=Path, help="a folder that `sohoa slots` wrote: its values instead of all else")
    p.add_argument("--count", type=int, default=60, help="pictures a generated class, values a kind of slots")
    p.add_argument("--every", type=int, default=1, help="take every n-th dev line")
    p.add_argument("--tesseract", action="store_true")
    args = p.parse_args()
    readers = {f"{path.parent.name}/{path.stem}": Network(path) for path in args.models}
    if args.tesseract:
        readers["tesseract"] = Tesseract()
    print("| set | n | reader | CER % | CER without marks % | WER % | exact % |\n|---|---|---|---|---|---|---|")
    for name, lines in sets(args).items():
        for label, reader in readers.items():
            numbers = " | ".join(f"{v:.1f}" for v in measure(reader, lines))
            print(f"| {name} | {len(lines)} | {label} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
