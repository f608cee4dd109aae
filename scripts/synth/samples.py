"""Makes samples/: a small delivery with every trouble in it once, its truth, and inputs that are no good.

python -m synth.samples --out samples
"""
import argparse
import json
import shutil
from pathlib import Path

import numpy as np

from . import bad, camera, files, hands
from . import book as books
from . import pages
from .forms import load_form

SEED = 20080115
SMALL = {"dpi": 150, "quality": 62}
# what happens to the three pages of each layout's book; everything not named is drawn from the level
PLANS = {
    "ks-2006": [("light", {**SMALL}), ("hard", {**SMALL, "device": "scanner", "skew": -4.5, "bleed": 0.3, "turned": 0, "exif": 1, "grey": False}),
                ("light", {**SMALL, "turned": 2, "skew": 0.8})],
    "kh-2006": [("light", {**SMALL, "edges": [["left", "brown", 6.0]]}), ("hard", {**SMALL, "device": "phone", "edges": [], "turned": 0, "exif": 6, "skew": 2.0, "grey": False}),
                ("light", {**SMALL, "quality": 45})],
    "kh-2010": [("light", {**SMALL}), ("hard", {**SMALL, "device": "scanner", "skew": 3.2, "ink": 0.5, "turned": 0, "exif": 1}), ("light", {"dpi": 200, "quality": 60})],
    "kt-2010": [("light", {**SMALL, "gutter": ["left", 0.4]}), ("hard", {"dpi": 96, "quality": 60, "device": "scanner", "turned": 0, "exif": 1}),
                ("light", {**SMALL, "edges": [["right", "stack", 7.0]]})],
    "cmc-2006": [("light", {**SMALL}), ("hard", {**SMALL, "device": "scanner", "skew": 6.4, "turned": 0, "exif": 1}), ("none", {"dpi": 300, "quality": 55})],
    "cmc-2010": [("light", {**SMALL}), ("hard", {**SMALL, "device": "phone", "edges": [], "turned": 0, "exif": 1, "skew": -3.0}), ("light", {"dpi": 110, "quality": 70, "skew": 1.2})],
    "hn-2006": [("light", {**SMALL, "tone": "pink"}), ("hard", {**SMALL, "device": "scanner", "skew": -2.0, "edges": [["left", "black", 8.0]], "turned": 0, "exif": 1}),
                ("light", {**SMALL, "bleed": 0.25})],
    "kh-table": [("light", {**SMALL, "gutter": None}), ("light", {**SMALL, "skew": -1.0}), ("hard", {"dpi": 130, "quality": 60, "device": "scanner", "skew": 1.5, "turned": 0, "exif": 1})],
}
# which pages are not plain JPEG files
CONTAINERS = {("kh-2006", 0): "pdf", ("kt-2010", 1): "png", ("cmc-2006", 2): "pdf", ("hn-2006", 0): "pdf"}
# one writer a book; readable faces, all under the SIL Open Font License 1.1
FACES = ["playwrite-vn", "patrick-hand", "mali", "charm", "sriracha", "merienda", "dancing-script", "pangolin"]
WHOLE_FACES = ["mynerve", "itim"]
# whole books in one file: (layout, pages, container)
WHOLE = [("ks-2006", 4, "pdf"), ("kt-2010", 3, "tiff")]


class Options:
    """What pages.py would have been told."""

    mode, hands, faces, distort, shared = "typeset", "train", "all", "light", None


def open_numbered(layout, n, face):
    """Book `n` of the samples, written in `face`."""
    form = load_form(layout)
    book = books.open_book(form, "typeset", Options, books.generator(SEED, n))
    book["seed"] = SEED + n
    book["clerk"].name_stamp = layout == "kh-2010"
    pen = book["clerk"].pen
    pen.hand.face, pen.name = str(hands.FOLDER / f"{face}.ttf"), face
    pen.block = pen.hand
    return form, book


def shot(form, book, level, forced, n, i):
    """Page `i` of book `n`: leaf, picture, plan, truth."""
    rng = books.generator(SEED, n, i + 1)
    plan = camera.draw_plan(level, rng, False)
    plan.update(forced)
    camera.open_spread(plan, form, rng)
    leaf = pages.write_leaf(book, form, Options, level if level != "none" else "light", plan, rng)
    return leaf, *pages.photograph(leaf, plan, rng)


def write_single(out, book, leaf, picture, plan, container):
    """Stores one page in a file of its own; returns its path under `out`."""
    name = Path("scans") / files.book_folder(book) / files.page_name(book, leaf["day"], leaf["number"])
    if container == "png":
        data, ext = files.png(np.asarray(picture), plan["dpi"]), "png"
    else:
        data, ext = pages.encode(picture, plan, container)
    path = out / f"{name}.{ext}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path, data


def singles(out, truth):
    """Three consecutive pages of each layout."""
    kept = {}
    for n, (layout, plans) in enumerate(PLANS.items()):
        form, book = open_numbered(layout, n, FACES[n])
        for i, (level, forced) in enumerate(plans):
            leaf, picture, plan, facts = shot(form, book, level, forced, n, i)
            path, data = write_single(out, book, leaf, picture, plan, CONTAINERS.get((layout, i), "jpg"))
            note(truth, path.relative_to(out), 1, book, facts)
            kept[(layout, i)] = (leaf, plan, path, data, book)
    return kept


def wholes(out, truth):
    """Books in one file: a PDF of JPEGs and a black-and-white TIFF."""
    for n, (layout, count, container) in enumerate(WHOLE, 50):
        form, book = open_numbered(layout, n, WHOLE_FACES[n - 50])
        shots = [shot(form, book, "light", {"dpi": 200 if container == "tiff" else 130, "quality": 60, "bleed": 0.0, "grey": container == "tiff", "turned": 0, "wear": 0.05,
                                            "tone": "white", "edges": [], "gutter": None, "noise": 0.003, "ink": 1.0}, n, i) for i in range(count)]
        path = out / "scans" / files.book_folder(book) / f"{book['type']}.{book['year']}.{book['number']:02d}.{'tif' if container == 'tiff' else 'pdf'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if container == "tiff":
            path.write_bytes(files.tiff_g4([s[1] for s in shots], 200))
        else:
            path.write_bytes(files.pdf([(files.jpeg(s[1], s[2]["quality"], s[2]["dpi"]), s[2]["dpi"]) for s in shots]))
        for i, s in enumerate(shots):
            note(truth, path.relative_to(out), i + 1, book, s[3])


def note(truth, file, page, book, facts):
    """One line of truth."""
    truth.append({"file": str(file), "page": page, "misnamed": None, "book": {k: book[k] for k in ("type", "year", "number", "commune")}, **facts})


def bad_ones(out, kept):
    """samples/bad with expected.jsonl."""
    folder, rng = out / "bad", books.generator(SEED, 99)
    folder.mkdir(parents=True)
    good, _, good_path = kept[("ks-2006", 0)][3], 0, kept[("ks-2006", 0)][2]
    small = bad.stored(bad.printed_leaf(bad.COVER, rng), rng)
    leaf, plan, path, _, _ = kept[("kh-2010", 0)]
    again = {**plan, "skew": -plan["skew"] + 0.6, "quality": 55, "dpi": 140, "noise": 0.01}
    rescan = files.jpeg(pages.photograph(leaf, again, rng)[0], 55, 140)
    cases = [
        ("truncated.jpg", good[: len(good) * 3 // 5], "broken", "cut off after 60 % of its bytes"),
        ("zero-bytes.jpg", b"", "empty", "no bytes"),
        ("zero-bytes.pdf", b"", "empty", "no bytes"),
        ("empty-document.pdf", files.pdf([]), "empty", "a PDF without pages"),
        ("text.pdf", "Danh sách sổ hộ tịch năm 2008\nChưa quét.\n".encode(), "foreign", "plain text under the name of a PDF"),
        ("encrypted.pdf", bad.encrypted_pdf(files.pdf([(small, 150)])), "encrypted", "needs a password"),
        ("huge-header.png", bad.huge_png(60000), "oversized", "promises 60000 × 60000 pixels in a few bytes"),
        ("blank-page.jpg", bad.stored(bad.leaf(rng), rng), "blank page", "paper only"),
        ("cover-page.jpg", small, "cover page", "the cover of a book"),
        ("unknown-layout.jpg", bad.stored(bad.printed_leaf(bad.GUARDIAN, rng, tone="white"), rng), "unknown layout", "a register of guardianship"),
        ("KS.2008.01.2008-02-30.null.jpg", good, "duplicate file", f"the same bytes as {good_path.relative_to(out)}"),
        ("rescan.jpg", rescan, "rescan", f"another scan of {path.relative_to(out)}"),
    ]
    with open(folder / "expected.jsonl", "w", encoding="utf-8") as lines:
        for name, data, fate, why in cases:
            (folder / name).write_bytes(data)
            lines.write(json.dumps({"file": f"bad/{name}", "expect": fate, "why": why}, ensure_ascii=False) + "\n")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=Path, required=True)
    out = p.parse_args().out
    for part in ("scans", "bad"):
        shutil.rmtree(out / part, ignore_errors=True)
    truth = []
    kept = singles(out, truth)
    wholes(out, truth)
    bad_ones(out, kept)
    with open(out / "truth.jsonl", "w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(t, ensure_ascii=False) + "\n" for t in truth)


if __name__ == "__main__":
    main()
