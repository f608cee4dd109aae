#!/usr/bin/env python3
"""Opens archival files with other programs: what PDF/A-2b asks for, as far as qpdf, poppler and an XML reader can tell.

    scripts/check_archive.py FILE.pdf... | PACKAGE...

A package is checked file by file against its METS, its METS by the schema and the rules of the E-ARK validator where that is
installed (eark-validator; its vocabularies lie on the network, so the words used here stand below), and its EAD by the schema that
django-ead brings along. For PREMIS and ALTO no schema was at hand: they are checked for form only. Two of its rules cannot be
met: CSIP63 of 2.1.0 is false for every group without "OTHER", CSIP103 wants a division "Representations" where the
specification (CSIP107) wants "Representations/rep1". veraPDF is not among these: this is no full proof of PDF/A. Needs pikepdf.
Not part of the tests.
"""
import hashlib
import importlib.util
import io
import shutil
import subprocess
import sys
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path

import pikepdf

METS = {"m": "http://www.loc.gov/METS/"}
HREF = "{http://www.w3.org/1999/xlink}href"


def check_pdf(path):
    raw = Path(path).read_bytes()
    assert raw.startswith(b"%PDF-1.7\n%") and all(byte > 127 for byte in raw[10:14]), "header"
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == [], pdf.check_pdf_syntax()
        assert "/ID" in pdf.trailer and "/Encrypt" not in pdf.trailer
        root = pdf.Root
        assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(root.keys())
        [intent] = root.OutputIntents
        assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3
        icc = intent.DestOutputProfile.read_bytes()
        assert icc[36:40] == b"acsp" and icc[16:20] == b"RGB " and int.from_bytes(icc[:4], "big") == len(icc)
        check_metadata(root.Metadata.read_bytes(), pdf)
        fonts, pictures = {}, 0
        for page in pdf.pages:
            resources = page.get("/Resources", {})
            for name, font in resources.get("/Font", {}).items():
                fonts[str(font.objgen)] = font
            for picture in resources.get("/XObject", {}).values():
                assert picture.Subtype == "/Image" and "/SMask" not in picture and "/Interpolate" not in picture
                assert picture.ColorSpace in ("/DeviceRGB", "/DeviceGray")
                pictures += 1
        for font in fonts.values():
            check_font(font)
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Stream):
                assert "/F" not in obj and obj.get("/Filter") in (None, "/FlateDecode", "/DCTDecode"), obj.get("/Filter")
        return len(pdf.pages), pictures, len(fonts)


def check_metadata(xmp, pdf):
    text = xmp.decode("utf-8")
    ET.fromstring(text[text.index("<x:xmpmeta") : text.index("</x:xmpmeta>") + len("</x:xmpmeta>")])
    assert "<pdfaid:part>2</pdfaid:part>" in text and "<pdfaid:conformance>B</pdfaid:conformance>" in text
    with pdf.open_metadata() as meta:
        assert meta.pdfa_status == "2B", meta.pdfa_status
        assert str(pdf.docinfo["/Title"]) == meta["dc:title"] and str(pdf.docinfo["/Producer"]) == meta["pdf:Producer"]


def check_font(font):
    [inner] = font.DescendantFonts
    file = inner.FontDescriptor.FontFile2.read_bytes()
    assert len(file) == inner.FontDescriptor.FontFile2.Length1
    assert font.BaseFont == inner.BaseFont == inner.FontDescriptor.FontName and font.Encoding == "/Identity-H"
    # code 0 is never shown; no other code may show the glyph for what is lacking
    gids = inner.CIDToGIDMap.read_bytes()
    assert all(int.from_bytes(gids[at : at + 2], "big") > 0 for at in range(2, len(gids), 2))
    first, widths = inner.W
    assert first == 1 and len(widths) == len(gids) // 2 - 1
    tables = {file[12 + 16 * i : 16 + 16 * i]: 12 + 16 * i for i in range(int.from_bytes(file[4:6], "big"))}
    place = lambda name: int.from_bytes(file[tables[name] + 8 : tables[name] + 12], "big")
    units = int.from_bytes(file[place(b"head") + 18 : place(b"head") + 20], "big")
    count = int.from_bytes(file[place(b"hhea") + 34 : place(b"hhea") + 36], "big")
    for at, width in enumerate(widths):
        gid = min(int.from_bytes(gids[2 * at + 2 : 2 * at + 4], "big"), count - 1)
        own = int.from_bytes(file[place(b"hmtx") + 4 * gid : place(b"hmtx") + 4 * gid + 2], "big") * 1000 / units
        assert abs(own - float(width)) <= 1, (at, own, width)


def check_mets(path):
    """Every file that a METS names, with the size and hash that it names."""
    root, count = ET.parse(path).getroot(), 0
    named = [(e, e.find("m:FLocat", METS)) for e in root.iterfind(".//m:file", METS)]
    named += [(e, e) for e in root.iterfind(".//m:mdRef", METS)]
    for entry, place in named:
        data = (path.parent / place.get(HREF)).read_bytes()
        assert len(data) == int(entry.get("SIZE")), place.get(HREF)
        assert hashlib.sha256(data).hexdigest() == entry.get("CHECKSUM"), place.get(HREF)
        count += 1
    return count


def check_package(folder):
    files = {p for p in folder.rglob("*") if p.is_file()}
    named = sum(check_mets(p) for p in sorted(folder.rglob("METS.xml")))
    # all but the package's own METS is named somewhere
    assert named == len(files) - 1, (named, len(files))
    for path in sorted(folder.rglob("*.xml")):
        ET.parse(path)
    for path in sorted(folder.rglob("*.pdf")):
        check_pdf(path)
    check_ead(sorted(folder.rglob("EAD*.xml")))
    print(f"{folder.name}: {len(files)} files, all named with their hashes; every XML is well formed, every PDF passes")
    check_csip(folder / "METS.xml")


def check_ead(paths):
    package = importlib.util.find_spec("ead")
    if package is None:
        print("  without django-ead the EAD is not checked by its schema")
        return
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(Path(package.origin).parent / "management/commands/ead3.xsd")))
    for path in paths:
        schema.assertValid(etree.parse(str(path)))
    print(f"  {len(paths)} EAD files are valid by EAD3 1.1.1")


WORDS = {
    "ContentCategory": ["Textual works – Digitised", "Mixed", "Other"],
    "ContentInformationType": ["MIXED", "OTHER"],
    "OAISPackageType": ["AIP", "SIP", "DIP"],
    "Status": ["CURRENT", "SUPERSEDED"],
}
CANNOT_BE_MET = {"CSIP63", "CSIP101", "CSIP103", "CSIP105"}


def check_csip(path):
    def words(address, *_):
        own = next(words for name, words in WORDS.items() if f"{name}.xml" in str(address))
        return io.BytesIO("".join(f"<Term>{word}</Term>\n" for word in own).encode())

    urllib.request.urlopen = words
    try:
        from eark_validator.ipxml.schema import IP_SCHEMA
        from eark_validator.rules import ValidationProfile
        from eark_validator.specifications.specification import SpecificationType, SpecificationVersion
        from lxml import etree
    except ImportError:
        print("  without eark-validator the rules of CSIP are not checked")
        return
    IP_SCHEMA["csip"].assertValid(etree.parse(str(path)))
    for version in SpecificationVersion:
        profile = ValidationProfile(SpecificationType.CSIP, version)
        profile.validate(str(path))
        told = [result for result in profile.get_all_results() if "INFO" not in str(result.severity)]
        other = {result.rule_id for result in told} - CANNOT_BE_MET
        print(f"  METS schema and CSIP {version}: {sorted(result.rule_id for result in told)}")
        # the older rules ask for a group that is named just "Representations"
        assert other <= ({"CSIP114"} if "2_0" in str(version) or "2.0" in str(version) else set()), other


def main():
    for name in sys.argv[1:]:
        path = Path(name)
        if path.is_dir():
            check_package(path)
        else:
            pages, pictures, fonts = check_pdf(path)
            print(f"{path.name}: {pages} pages, {pictures} pictures, {fonts} faces")
            if shutil.which("pdftotext"):
                text = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout
                print(f"  text: {' | '.join(text.split(chr(10))[:4])}")


if __name__ == "__main__":
    main()
