"""An entry's values, from content.py, with the book's number, page and date put in."""
from . import content


def open_office(year, rng):
    """Office, signer and habits of one book."""
    return content.new_book(rng, year)


# places that repeat a value under another name
SAME = {"nxnNoiCuTruTruoc": "nxnNoiCuTruTruocXuatCanh", "soGiayXacNhan": "so", "loaiXacNhan": "quanHe", "hoTenNguoiKyNyc": "nycHoTen"}


def entry(book, number, day, rng):
    """One act of the book. The page number counts leaves, not acts."""
    out = content.entry(book["layout"], rng, book["office"], number, day)
    page = book["page"]
    out["trangSo"] = {"written": f"{page:02d}", "value": str(page), "kind": "number"}
    for key, source in SAME.items():
        if source in out:
            out[key] = out[source]
    return out
