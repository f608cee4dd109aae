"""Makes register pages with truth. See samples/README.md for the schema.

python -m synth.pages --out DIR --pages N --seed S --layouts all --mode typeset|blank --hands train|heldout --distort light
"""
import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from . import book as books
from . import camera, compose, files, fill, geometry, paper, typeset, write
from .forms import LAYOUTS, load_form
from .typeset import FONTS

STAMP_FONT = FONTS / "arimo" / "bold.ttf"


def arguments(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--pages", type=int, required=True)
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--layouts", default="all", help="comma-separated ids, or all")
    p.add_argument("--mode", choices=["typeset", "blank"], default="typeset")
    p.add_argument("--hands", choices=["train", "drawn", "heldout", "real-dev", "real-train"], default="train")
    p.add_argument("--faces", choices=sorted(typeset.FACES), default="develop", help="which printing faces")
    p.add_argument("--distort", choices=["none", "light", "hard", "mixed"], default="light")
    p.add_argument("--format", choices=["jpg", "pdf", "mixed"], default="jpg")
    p.add_argument("--book", type=int, default=5, help="pages a book")
    p.add_argument("--empty", action="store_true", help="forms that nobody filled in: print, seals and paper only")
    p.add_argument("--misnamed", action="store_true", help="give some files a wrong name on purpose")
    p.add_argument("--shared", type=Path, default=typeset.ROOT.parent / "shared", help="where the blanks and real lines are (mode blank)")
    return p.parse_args(argv)


def chosen_layouts(args):
    """The layouts to make; there are no pictures of two of them."""
    wanted = LAYOUTS if args.layouts == "all" else args.layouts.split(",")
    return [l for l in wanted if args.mode == "typeset" or (args.shared / "forms" / f"{l}.jpg").exists()]


def make_page(book, form, args, rng, forced=None):
    """One page of a book. Returns (picture, plan, truth without names, (iso date, number))."""
    level = args.distort if args.distort != "mixed" else str(rng.choice(["light", "hard"]))
    plan = camera.draw_plan(level, rng, args.mode == "blank")
    plan.update(forced or {})
    camera.open_spread(plan, form, rng)
    leaf = write_leaf(book, form, args, level, plan, rng)
    return (*photograph(leaf, plan, rng), (leaf["day"], leaf["number"]))


def write_leaf(book, form, args, level, plan, rng):
    """The flat, written sheet before any camera has seen it."""
    acts = [books.next_entry(book, rng) for _ in range(1 + max(s.entry for s in form.slots))]
    page, sheet, dpi = printed_sheet(book, form, args, plan, acts, rng) if args.mode == "typeset" else scanned_blank(form, args)
    desk = fill.Desk(page, dpi, plan["ink"] * book["clerk"].pressure, rng)
    desk.numbers = None if args.mode == "typeset" else {"ks-2006": {"text": "01"}}.get(form.id, {})
    fields, lines = write.write_nothing(sheet) if args.empty else write.write_values(desk, book["clerk"], sheet, [a[2] for a in acts], level, STAMP_FONT)
    compose.seals(desk, sheet, book, STAMP_FONT)
    book["last_ink"] = desk.ink_alpha
    book["page"] += 1
    number, day, _ = acts[0]
    head = {"layout": form.id, "mode": args.mode, "hand": book["clerk"].pen.name, "ink": book["clerk"].ink, "face": book["press"].face if book["press"] else None}
    return {"flat": desk.page, "dpi": dpi, "lines": lines, "head": head, "entries": [fields[e] for e in sorted(fields)], "day": day.isoformat(), "number": number}


def printed_sheet(book, form, args, plan, acts, rng):
    """Paper, bleed-through and print. Returns (page, form as laid out, dpi)."""
    dpi = 300 if plan["dpi"] > 220 and form.width < 300 else 200
    sheet = typeset.relay(book["press"], rng_of(book))
    w, h = int(round(sheet.width * dpi / 25.4)), int(round(sheet.height * dpi / 25.4))
    plan["tone"] = book["tone"] = book["tone"] or plan["tone"]
    page = paper.sheet(w, h, dpi, plan["tone"], plan["wear"], rng)
    for s in sheet.slots:
        if s.printed:
            compose.print_slot(sheet, s, acts[s.entry][2])
    alpha = typeset.draw(sheet, book["press"], dpi, rng)
    back = book.get("last_ink")
    if plan["bleed"] > 0.02:
        paper.show_through(page, alpha, compose.enlarge(back, w, h) if back is not None else np.zeros_like(alpha), dpi, plan["bleed"], rng)
    paper.lay(page, alpha, (0.08, 0.08, 0.09))
    return page, sheet, dpi


def scanned_blank(form, args):
    """A real blank as it was scanned, at 200 dpi."""
    page = np.asarray(Image.open(args.shared / "forms" / f"{form.id}.jpg").convert("RGB"), np.float32) / 255
    return page, form, 200


def photograph(leaf, plan, rng):
    """Scans or photographs a leaf. Returns (picture, plan, truth without names)."""
    flat, dpi = leaf["flat"], leaf["dpi"]
    picture, warp = compose.shoot(flat, dpi, plan, rng)
    picture = stored_turned(picture, warp, plan["exif"])
    h, w = flat.shape[:2]
    truth = {
        **leaf["head"],
        "width": picture.shape[1],
        "height": picture.shape[0],
        "entries": leaf["entries"],
        "slots": compose.carried(leaf["lines"], dpi / 25.4, warp),
        "sheet": compose.rounded(warp.points([[0, 0], [w, 0], [w, h], [0, h]])),
        "distortions": plan,
    }
    return picture, plan, truth


def stored_turned(picture, warp, exif):
    """Turns the pixels as a camera stores them, so that a viewer that obeys the EXIF flag shows them upright."""
    turns = {1: 0, 3: 2, 6: 1, 8: 3}[exif]
    warp.then(geometry.quarter(turns, picture.shape[1], picture.shape[0]))
    return np.ascontiguousarray(np.rot90(picture, turns))


def rng_of(book):
    """The same generator for every page of a book: one printing has one geometry."""
    return books.generator(book["seed"], 77)


def encode(picture, plan, container):
    """Bytes and extension of a single page."""
    data = files.jpeg(picture, plan["quality"], plan["dpi"], plan["exif"], plan["grey"])
    if container == "pdf" and plan["exif"] == 1:
        return files.pdf([(data, plan["dpi"])]), "pdf"
    return data, "jpg"


def make_set(args):
    """Writes the pages and truth.jsonl."""
    layouts = chosen_layouts(args)
    args.out.mkdir(parents=True, exist_ok=True)
    done, n = 0, 0
    with open(args.out / "truth.jsonl", "w", encoding="utf-8") as out:
        while done < args.pages:
            rng = books.generator(args.seed, n)
            form = load_form(layouts[n % len(layouts)])
            book = books.open_book(form, args.mode, args, rng)
            book["seed"] = args.seed * 1000 + n
            size = min(args.book if form.id != "kh-table" else max(1, args.book // 2), args.pages - done)
            for i in range(size):
                page_rng = books.generator(args.seed, n, i + 1)
                picture, plan, truth, (day, number) = make_page(book, form, args, page_rng)
                container = args.format if args.format != "mixed" else str(page_rng.choice(["jpg", "pdf"]))
                data, ext = encode(picture, plan, container)
                name, wrong = files.page_name(book, day, number), None
                if args.misnamed and page_rng.random() < 0.12:
                    name, wrong = files.wrong_name(book, day, number, page_rng)
                path = args.out / files.book_folder(book) / f"{name}.{ext}"
                while path.exists() and n >= 0:
                    path = path.with_name(path.stem + "_1" + path.suffix)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                head = {"file": str(path.relative_to(args.out)), "page": 1, "misnamed": wrong, "book": {k: book[k] for k in ("type", "year", "number", "commune")}}
                out.write(json.dumps({**head, **truth}, ensure_ascii=False) + "\n")
                if args.misnamed and page_rng.random() < 0.04:
                    copy = path.with_name(f"{path.stem} - Copy{path.suffix}")
                    copy.write_bytes(data)
                    out.write(json.dumps({**head, **truth, "file": str(copy.relative_to(args.out)), "misnamed": "copy"}, ensure_ascii=False) + "\n")
                out.flush()
            done, n = done + size, n + 1


if __name__ == "__main__":
    make_set(arguments())
