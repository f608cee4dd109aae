"""Names of people: modern ones by the counted parts, village and Khmer ones, and names never seen."""
import json
import os
import re
import unicodedata
from functools import cache
from pathlib import Path

from . import lists

TEXT = Path(os.environ.get("SOHOA_TEXT", Path(__file__).parents[2] / ".." / "shared" / "data" / "text"))
INITIALS = "b c ch d đ g gi h k kh l m n ng ngh nh ph qu r s t th tr v x".split()
RHYMES = "a an ang anh ao ai ăn ăng ân âm âu en êm ênh iên iêu inh oa oan oanh ong ôn ông ơn u un ung ươn ương uyên uy ưng ưu ia iếc ạc ật ộc ọt ức ếp ễn ồng ưỡng ượng ưởng ửu ẫn ẳng ịnh ụng".split()


# Every letter of Vietnamese names; what else the source lists hold is rubbish of old fonts and wrong encodings.
LETTERS = re.compile("[aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz' ]+", re.IGNORECASE)
# "Vuõ", "Caåm": a vowel and a letter of the VNI font that stood for its mark; marks on the wrong vowel
MISSPELT = re.compile("aâ|oâ|eâ|eê|oô|[aeou][õù]|[ừứửữự]ơ", re.IGNORECASE)


def clean(word):
    """A part of a name as it is spelt today; "" for what is none."""
    # the Icelandic letter looks the same
    word = unicodedata.normalize("NFC", word.strip()).replace("Ð", "Đ").replace("ð", "đ")
    # the frequencies were counted in class lists
    return "" if word == "Student" or not LETTERS.fullmatch(word) or MISSPELT.search(word) else word


@cache
def parts():
    """[words, running weights] for surname, middle and given name; and the two lists of given names."""
    counts = json.loads((TEXT / "name_part_frequencies.json").read_text(encoding="utf-8"))
    tables = {}
    for key, pairs in counts.items():
        pairs = [(clean(w), n) for w, n in pairs if clean(w)]
        words = [w for w, _ in pairs]
        weights = [n ** 0.75 for _, n in pairs]
        total = sum(weights)
        tables[key] = (words, [w / total for w in weights])
    for sex, file in (("Nam", "names_boy.txt"), ("Nữ", "names_girl.txt")):
        lines = (TEXT / file).read_text(encoding="utf-8").split("\n")
        tables[sex] = [clean(line) for line in lines if clean(line)]
    return tables


def pick(items, rng):
    return items[int(rng.integers(len(items)))]


def part(key, rng):
    words, weights = parts()[key]
    return words[int(rng.choice(len(words), p=weights))]


def surname(rng):
    return pick(lists.SURNAMES_KHMER, rng) if rng.random() < 0.05 else part("ho", rng)


def person(rng, sex=None, family=None):
    """A full name in Title Case; `family` fixes the surname."""
    sex = sex or pick(["Nam", "Nữ"], rng)
    family = family or surname(rng)
    roll = rng.random()
    if roll < 0.3:
        middle = "Văn" if sex == "Nam" else "Thị"
        if rng.random() < 0.25:
            middle += " " + part("dem", rng)
        given = part("ten", rng) if rng.random() < 0.6 else pick(lists.SYLLABLES_SOUTH, rng)
        return f"{family} {middle} {given}"
    if roll < 0.55:
        return f"{family} {pick(parts()[sex], rng)}"
    if roll < 0.9:
        return f"{family} {part('dem', rng)} {part('ten', rng)}"
    if roll < 0.95:
        return f"{family} {unheard(rng)} {unheard(rng)}"
    return f"{family} {part('ten', rng)}"


def unheard(rng):
    """A syllable that is spelt like Vietnamese and need not be anybody's name."""
    return (pick(INITIALS, rng) + pick(RHYMES, rng)).capitalize()
