"""Dates and times as clerks write them, in digits and in words (all variants of the spec's section 8)."""
import datetime

from .people import pick

STYLES = ["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{d:02}-{m:02}-{y}", "{d}-{m}-{y}",
          "{d:02}/{m}/{y}", "{d} / {m} / {y}", "{d:02} / {m:02} / {y}", "{d} - {m} - {y}", "{d:02} . {m:02} . {y}",
          "ngày {d} tháng {m} năm {y}", "{d:02} tháng {m:02} năm {y}"]
WEIGHTS = [5, 5, 3, 1, 3, 2, 2, 1.5, 1.5, 1, 0.7, 0.7, 0.7]
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def day(rng, first=1930, last=2014):
    return datetime.date(int(rng.integers(first, last + 1)), 1, 1) + datetime.timedelta(days=int(rng.integers(365)))


def date_style(rng):
    total = sum(WEIGHTS)
    return STYLES[int(rng.choice(len(STYLES), p=[w / total for w in WEIGHTS]))]


def write(date, how):
    return how.format(d=date.day, m=date.month, y=date.year)


def words_style(rng):
    """Everything in which clerks differ when they write a date in words; one clerk keeps to it."""
    return {"thousand": pick(["nghìn", "nghìn", "ngàn", "ngàn"], rng), "and": pick(["linh", "lẻ"], rng),
            "zero": bool(rng.random() < 0.6), "one": "mốt" if rng.random() < 0.85 else "một",
            "four": pick(["bốn", "tư"], rng), "five": pick(["lăm", "lăm", "nhăm"], rng), "seven": pick(["bảy", "bảy", "bẩy"], rng),
            "ten": pick(["mươi", "mươi", "mười"], rng), "day": pick(["ngày", "ngày", "ngày mùng", "ngày mồng"], rng),
            "april": pick(["tư", "tư", "bốn"], rng), "nineteen": pick(["một {t} chín trăm"] * 5 + ["mười chín trăm"], rng),
            "case": pick(["sentence", "sentence", "lower", "title", "upper"], rng), "comma": bool(rng.random() < 0.2),
            "start": pick(["ngày", "ngày", "ngày", ""], rng)}


def below_hundred(n, how):
    tens, units = divmod(n, 10)
    seven = how["seven"]
    name = lambda k: seven if k == 7 else DIGITS[k]
    if tens == 0:
        return name(units)
    if tens == 1:
        return "mười" + ("" if units == 0 else " lăm" if units == 5 else " " + name(units))
    tail = {0: "", 1: " " + how["one"], 4: " " + how["four"], 5: " " + how["five"]}.get(units, " " + name(units))
    return f"{name(tens)} {how['ten']}{tail}"


def year_words(y, how):
    t = how["thousand"]
    thousands, rest = divmod(y, 1000)
    hundreds, rest = divmod(rest, 100)
    head = f"{DIGITS[thousands]} {t}"
    if thousands == 1 and hundreds == 9:
        head = how["nineteen"].format(t=t)
    elif hundreds or how["zero"]:
        head += f" {DIGITS[hundreds]} trăm"
    if rest == 0:
        return head if hundreds or not how["zero"] else f"{DIGITS[thousands]} {t}"
    if rest < 10:
        return f"{head} {how['and']} {below_hundred(rest, how)}"
    return f"{head} {below_hundred(rest, how)}"


def in_words(date, how):
    d = below_hundred(date.day, how)
    word = how["start"]
    if date.day <= 10 and how["day"] != "ngày" and word:
        word = how["day"]
    month = how["april"] if date.month == 4 else below_hundred(date.month, how)
    comma = "," if how["comma"] else ""
    text = f"{word} {d}{comma} tháng {month}{comma} năm {year_words(date.year, how)}".strip()
    return cased(text, how["case"])


def cased(text, case):
    if case == "sentence":
        return text[0].upper() + text[1:]
    return {"lower": text, "upper": text.upper(), "title": text.title()}[case]


def clock(rng):
    """(as written, HH:MM or HH) of a time of death."""
    h, m = int(rng.integers(0, 24)), int(rng.choice([0, 0, 15, 30, 45, int(rng.integers(60))]))
    forms = ["{h} giờ {m:02} phút", "{h:02} giờ {m:02} phút", "{h} h {m:02}", "{h}h{m:02}", "{h:02}g{m:02}", "{h} giờ {m}", "{h:02}h{m:02}'"]
    if m == 0:
        forms += ["{h} giờ", "{h}h", "{h:02} giờ 00"] * 2
    return pick(forms, rng).format(h=h, m=m), f"{h:02}:{m:02}"
