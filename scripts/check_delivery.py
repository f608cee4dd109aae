#!/usr/bin/env python3
"""Opens a delivery with other programs: openpyxl, LibreOffice and poppler where they are there. Not part of the tests.

    scripts/check_delivery.py DIR/<base>/lan-1
"""
import csv
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl


def check_sums(folder):
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        want, name = line.split("  ", 1)
        got = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert got == want, f"{name} differs from SHA256SUMS"


def openpyxl_rows(path):
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 1, book.sheetnames
    rows = []
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value is not None:
                assert cell.data_type in ("s", "inlineStr"), (cell.coordinate, cell.data_type)
                assert cell.number_format == "@", (cell.coordinate, cell.number_format)
        rows.append([cell.value or "" for cell in row])
    return rows


def libreoffice_rows(path):
    with tempfile.TemporaryDirectory() as out:
        home = f"-env:UserInstallation=file://{out}/home"
        # separator 44, quote 34, UTF-8, first line 1, cells as shown, quote all text, formulas off
        form = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false'
        subprocess.run(["soffice", home, "--headless", "--convert-to", form, "--outdir", out, str(path)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
        [made] = Path(out).glob("*.csv")
        with made.open(newline="", encoding="utf-8") as file:
            return list(csv.reader(file))


def check_pdfs(path, rows):
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as out:
        names = archive.namelist()
        assert names == sorted(names) and all("/" not in n for n in names)
        assert len(names) == len(rows) - 1, (len(names), len(rows) - 1)
        assert archive.testzip() is None
        sizes = [info.file_size for info in archive.infolist()]
        print(f"{len(names)} PDFs, {min(sizes)}-{max(sizes)} bytes, mean {sum(sizes) // len(sizes)}")
        if shutil.which("pdfimages"):
            archive.extract(names[0], out)
            shown = subprocess.run(["pdfimages", "-list", f"{out}/{names[0]}"], check=True, capture_output=True, text=True)
            print(shown.stdout)


def main():
    folder = Path(sys.argv[1])
    check_sums(folder)
    [book] = [p for p in folder.glob("*.xlsx") if p.name != "preflight.xlsx"]
    rows = openpyxl_rows(book)
    print(f"{book.name}: {len(rows) - 1} rows of {len(rows[0])} columns, every cell text")
    if shutil.which("soffice"):
        other = [row + [""] * (len(rows[0]) - len(row)) for row in libreoffice_rows(book)]
        assert other == rows, "LibreOffice reads other cells than openpyxl"
        print("LibreOffice reads the same cells")
    check_pdfs(book.with_suffix(".zip"), rows)


if __name__ == "__main__":
    main()
