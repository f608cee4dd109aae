"""Books: consecutive entries of one office in one year, written by one clerk on one printing of the form."""
import datetime
from functools import cache

import numpy as np

from . import fill, values
from .pen import Pen
from .places import FULL
from .real import RealLines
from .typeset import Press

TYPES = {"ks": "KS", "kh": "KH", "kt": "KT", "cmc": "CMC", "hn": "HN"}


def open_book(form, mode, args, rng):
    """Chooses everything that stays the same from page to page."""
    year = int(rng.integers(2010, 2016) if form.id.endswith("2010") else rng.integers(2006, 2010))
    if form.id == "kh-table":
        year = int(rng.integers(1999, 2006))
    office = values.open_office(year, rng)
    home = office.home
    clerk = fill.Clerk(Pen({"heldout": "heldout", "real-dev": "heldout", "drawn": "drawn"}.get(args.hands, "train"), rng), rng)
    if args.hands.startswith("real-"):
        clerk.real = real_lines(args.shared, args.hands.removeprefix("real-"))
        clerk.writer = clerk.real.writer(rng)
    clerk.sign_ink = str(rng.choice(["black", "blue", "dark-blue"]))
    clerk.name_stamp = bool(rng.random() < 0.2)
    return {
        "type": TYPES[form.id.split("-")[0]],
        "year": year,
        "number": int(rng.integers(1, 4)),
        "paper": "A3" if form.width > 300 else "A4",
        "commune": f"{FULL[home['ct']]} {home['c']}",
        "office": office,
        "layout": form.id,
        "clerk": clerk,
        "press": Press(form, args.faces, 1.0, rng) if mode == "typeset" else None,
        "tone": None,
        "seals": seal_places(form, rng),
        "seal_text": f"UBND {FULL[home['ct']]} {home['c']} * {FULL[home['dt']]} {home['d']}",
        "next": int(rng.integers(1, 180)),
        "day": datetime.date(year, 1, 1) + datetime.timedelta(days=int(rng.integers(3, 250))),
        "page": int(rng.integers(1, 150)),
    }


@cache
def real_lines(shared, split):
    """The real lines of one split, read once."""
    return RealLines(shared / "data" / "handwriting", split)


def seal_places(form, rng):
    """Half seals sit at one height on all pages of a book; half the books have none in the picture."""
    out = []
    if rng.random() < 0.45:
        out.append({"x": float(rng.choice([-0.01, 1.01])), "y": float(rng.uniform(0.15, 0.6))})
    if rng.random() < 0.12:
        out.append({"x": float(rng.uniform(0.3, 0.6)), "y": float(rng.uniform(0.8, 0.9))})
    if rng.random() < 0.12:
        out.append({"x": float(rng.uniform(0.7, 0.8)), "y": float(rng.uniform(0.3, 0.7))})
    return out


def next_entry(book, rng):
    """The book's next act: number and date go up."""
    number = book["next"]
    book["next"] += 1
    book["day"] = min(book["day"] + datetime.timedelta(days=int(rng.integers(0, 6))), datetime.date(book["year"], 12, 31))
    return number, book["day"], values.entry(book, number, book["day"], rng)


def generator(*parts):
    """A random generator that depends on nothing but its parts."""
    return np.random.default_rng([int(p) for p in parts])
