"""File and folder names of a delivery, and the containers pages are stored in."""
import io
import struct
import unicodedata

from PIL import Image

KIND = {"ks": "KS", "kh": "KH", "kt": "KT", "cmc": "CMC", "hn": "HN"}


def folder_code(place):
    """"xã Phú Long" → "xa_phu_long"."""
    plain = unicodedata.normalize("NFD", place.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return "_".join("".join(c if c.isalnum() else " " for c in plain).split())


def book_folder(book):
    """xa_phu_long/KS/A4/2008/01"""
    return f"{folder_code(book['commune'])}/{book['type']}/{book['paper']}/{book['year']}/{book['number']:02d}"


def page_name(book, iso_date, number):
    """KS.2008.01.2008-01-15.001"""
    return f"{book['type']}.{book['year']}.{book['number']:02d}.{iso_date}.{number:03d}"


def wrong_name(book, iso_date, number, rng):
    """A name that real folders show and that the page contradicts. Returns (name, what is wrong)."""
    kind = str(rng.choice(["type", "null-number", "number", "date", "year", "free"]))
    if kind == "type":
        other = str(rng.choice([t for t in KIND.values() if t != book["type"]]))
        return page_name({**book, "type": other}, iso_date, number), kind
    if kind == "null-number":
        return f"{book['type']}.{book['year']}.{book['number']:02d}.{iso_date}.null", kind
    if kind == "number":
        return page_name(book, iso_date, number + int(rng.integers(1, 9)) * 10), kind
    if kind == "date":
        y, m, d = iso_date.split("-")
        return page_name(book, f"{y}-{(int(m) + 5) % 12 + 1:02d}-{min(int(d), 28):02d}", number), kind
    if kind == "year":
        return page_name({**book, "year": book["year"] + 1}, iso_date, number), kind
    return f"scan{int(rng.integers(1, 9999)):04d} trang {number}", kind


def jpeg(picture, quality, dpi, exif=1, grey=False):
    """JPEG bytes. `exif` is the orientation flag; the caller stores the pixels turned to match."""
    im = Image.fromarray(picture)
    if grey:
        im = im.convert("L")
    out = io.BytesIO()
    extra = {}
    if exif != 1:
        tags = Image.Exif()
        tags[0x0112] = exif
        extra["exif"] = tags.tobytes()
    im.save(out, "JPEG", quality=quality, dpi=(dpi, dpi), **extra)
    return out.getvalue()


def jpeg_size(data):
    """(width, height, channels) from the frame header."""
    i = 2
    while True:
        marker, length = struct.unpack(">BxH", data[i + 1 : i + 2] + b"\0" + data[i + 2 : i + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            h, w, n = struct.unpack(">HHB", data[i + 5 : i + 10])
            return w, h, n
        i += 2 + length


def pdf(pages):
    """A PDF of whole-page JPEGs, stored as they are. `pages` is a list of (jpeg bytes, dpi)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", None]
    kids = []
    for data, dpi in pages:
        w, h, n = jpeg_size(data)
        pw, ph = w * 72 / dpi, h * 72 / dpi
        first = len(objects) + 1
        space = b"/DeviceGray" if n == 1 else b"/DeviceRGB"
        draw = b"q %.3f 0 0 %.3f 0 0 cm /Im0 Do Q" % (pw, ph)
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] /Resources << /XObject << /Im0 %d 0 R >> >> /Contents %d 0 R >>"
                       % (pw, ph, first + 1, first + 2))
        objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n"
                       % (w, h, space, len(data)) + data + b"\nendstream")
        objects.append(b"<< /Length %d >>\nstream\n" % len(draw) + draw + b"\nendstream")
        kids.append(first)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % i + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def tiff_g4(pictures, dpi):
    """A many-page black-and-white TIFF in CCITT G4."""
    frames = []
    for p in pictures:
        grey = Image.fromarray(p).convert("L")
        frames.append(grey.point(lambda v: 255 if v > 165 else 0).convert("1", dither=Image.NONE))
    out = io.BytesIO()
    frames[0].save(out, "TIFF", compression="group4", save_all=True, append_images=frames[1:], dpi=(dpi, dpi))
    return out.getvalue()


def png(picture, dpi):
    """PNG bytes."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()
