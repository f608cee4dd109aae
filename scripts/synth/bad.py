"""Inputs that must be set aside or noticed, each with what is wrong with it."""
import struct
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from . import files, paper
from .typeset import FONTS


def huge_png(side):
    """A PNG that promises side × side pixels in a few bytes."""

    def chunk(tag, body):
        return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 4096)) + chunk(b"IEND", b"")


def encrypted_pdf(data):
    """The PDF behind a password."""
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as doc:
        # the old cipher needs no random start value, so the file is the same every time
        lock = pikepdf.Encryption(owner="chu", user="mat-khau", R=3, aes=False, metadata=False)
        doc.save(out, encryption=lock, static_id=True)
    return out.getvalue()


def leaf(rng, dpi=150, tone="cream", wear=0.5):
    """A4 paper with nothing on it, float RGB."""
    return paper.sheet(int(210 / 25.4 * dpi), int(297 / 25.4 * dpi), dpi, tone, wear, rng)


def printed_leaf(lines, rng, dpi=150, **look):
    """A4 paper with centred or left lines of print: (text, y mm, size mm, style, x mm or None for the middle)."""
    page = leaf(rng, dpi, **look)
    layer = Image.new("L", page.shape[1::-1], 0)
    pen = ImageDraw.Draw(layer)
    for text, y, size, style, x in lines:
        font = ImageFont.truetype(str(FONTS / "tinos" / f"{style}.ttf"), int(size / 25.4 * dpi))
        at = (page.shape[1] / 2 if x is None else x / 25.4 * dpi, y / 25.4 * dpi)
        pen.text(at, text, font=font, fill=240, anchor="ms" if x is None else "ls")
    paper.lay(page, np.asarray(layer, np.float32) / 255, (0.08, 0.08, 0.09))
    return page


COVER = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 35, 5, "bold", None), ("Độc lập - Tự do - Hạnh phúc", 43, 5, "bold", None), ("SỔ ĐĂNG KÝ KHAI SINH", 120, 11, "bold", None),
         ("Cơ quan đăng ký hộ tịch: ................................................................", 170, 5, "regular", 35),
         ("Quyển số: .....................", 185, 5, "regular", 35), ("Mở ngày ........ tháng ........ năm ............", 200, 5, "regular", 35),
         ("Khóa ngày ........ tháng ........ năm ............", 215, 5, "regular", 35)]
GUARDIAN = [("SỔ ĐĂNG KÝ GIÁM HỘ", 30, 6, "bold", None)] + [
    (f"{label} {'.' * (95 - len(label))}", 50 + 13 * i, 4.4, "bold" if label.startswith("Phần") else "regular", 22)
    for i, label in enumerate(["Phần ghi về người giám hộ:", "Họ và tên:", "Ngày, tháng, năm sinh:", "Nghề nghiệp:", "Nơi thường trú:", "Phần ghi về người được giám hộ:", "Họ và tên:",
                               "Ngày, tháng, năm sinh:", "Nơi thường trú:", "Lý do giám hộ:", "Danh mục tài sản của người được giám hộ:", "", "", "Người đi đăng ký giám hộ:", "Số quyết định:"])]


def stored(page, rng, dpi=150):
    """JPEG bytes of a plain scan."""
    noisy = np.clip(page + rng.normal(0, 0.006, page.shape), 0, 1)
    return files.jpeg((noisy * 255).astype(np.uint8), 70, dpi)
