#!/usr/bin/env python3
"""Writes lists/name_parts.tsv: how often a part stands in which place of a Vietnamese name, and in boys' or girls' names.

    python scripts/name_parts.py ../shared/data/text lists/name_parts.tsv

Columns: place (family, middle, given), part, count (in 8,757 full names), boys, girls (in the lists by sex).
Southern village names that modern lists lack are added by hand with a small count: the door must be open for them.
"""
import json
import sys
from collections import Counter
from pathlib import Path

from synth.people import clean

BY_HAND = {
    "family": "Thạch Sơn Danh Kim Kiên Chau Néang Lục Tăng Liêu Trà Từ Nguyển Huỳnh Hùynh Phù Ung Giang Quách Tiêu Khưu Mạch",
    "middle": "Thị Văn Út Tư Năm Sáu Bảy Tám Chín Mười Hai Ba Bé Ngọc Kim Sa Si Thọ Hữu",
    "given": "Nhớ Đẹp Út Tư Năm Bé Lượm Sáu Gấm Muội Hai Ba Bảy Tám Chín Mười Đực Cò Tèo Tí Mén Lớn Nhỏ Thêm Dư Thừa "
             "Chót Nở Lành Hiền Đặng Rớt Lụa Lài Huệ Mãnh Dung Diễm Thơ Mận Đào Bưởi Ớt Khoai Ngò Cưng Tuội Xuyến Xinh "
             "Xài Của Đèo Sang Giàu Khá Dễ Khó Chiến Hòa Bình Thắng Lợi Bền Vững Cứng Mạnh Khỏe Tỵ Sửu Dần Mẹo Thìn Ngọ "
             "Mùi Thân Dậu Tuất Hợi",
}
PLACES = {"ho": "family", "dem": "middle", "ten": "given"}


def read_names(path: Path) -> Counter:
    parts = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        words = [clean(word) for word in line.split()]
        if words and all(words):
            parts.update([("given", words[-1])] + [("middle", w) for w in words[:-1]])
    return parts


def main() -> None:
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    counts = Counter()
    for place, pairs in json.loads((folder / "name_part_frequencies.json").read_text(encoding="utf-8")).items():
        for part, count in pairs:
            counts[(PLACES[place], clean(part))] += count
    boys, girls = read_names(folder / "names_boy.txt"), read_names(folder / "names_girl.txt")
    hand = {(place, part) for place, parts in BY_HAND.items() for part in parts.split()}
    rows = []
    for key in sorted(set(counts) | set(boys) | set(girls) | hand):
        if not key[1]:
            continue
        rows.append((key[0], key[1], max(counts[key], 3 if key in hand else 1), boys[key], girls[key]))
    order = {"family": 0, "middle": 1, "given": 2}
    rows.sort(key=lambda r: (order[r[0]], -r[2], r[1]))
    text = ["place\tpart\tcount\tboys\tgirls"] + ["\t".join(map(str, r)) for r in rows]
    target.write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"{target}: {Counter(r[0] for r in rows)}")


if __name__ == "__main__":
    main()
