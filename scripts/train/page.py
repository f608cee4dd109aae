"""Puts ink on a register page and cuts it out again as a slot cutter would, with what stands around it."""
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

import distort

ROOT = Path(__file__).parents[2]
LABELS = ["Họ và tên:", "Giới tính:", "Dân tộc:", "Quốc tịch:", "Quê quán:", "Nơi sinh:", "Ngày, tháng, năm sinh:", "tháng", "năm",
          "ngày", "Đăng ký ngày", "Số Giấy CMND/Hộ chiếu:", "Nơi thường trú/tạm trú:", "Quan hệ với người được khai sinh:",
          "ghi bằng chữ", "Nơi đăng ký:", "Nguyên nhân chết:", "Ghi chú:", "cấp ngày", "do", "Số:", "Chồng:", "Vợ:", "khai sinh:"]


def print_faces():
    """Faces of printed labels: the page generator's, or the system's; only such as hold Vietnamese."""
    found = sorted(ROOT.glob("vendor/fonts/print/*/*.ttf")) or sorted(Path("/usr/share/fonts").rglob("*Serif*.ttf"))
    return [p for p in found if {0x1EB7, 0x1EEF, 0x1ED9, 0x1EA5} <= TTFont(p).getBestCmap().keys()]


PRINT = print_faces()


def baseline_of(alpha):
    """Where the line of writing stands: the row below which most ink ends."""
    profile = np.convolve(alpha.sum(axis=1), np.ones(max(1, alpha.shape[0] // 16)), "same")
    low = len(profile) // 3
    return int(low + np.argmin(np.diff(profile[low:]))) if len(profile) > 6 else len(profile)


def lay(alpha, base, rng, other=None):
    """Grey picture of the ink on paper. `other(rng)` gives ink of neighbouring lines."""
    height = alpha.shape[0]
    body = max(10, min(base, height))
    alpha, base = frame(alpha, base, rng)
    paper = rng.uniform(195, 255)
    tone = rng.uniform(10, 110)
    grey = np.full(alpha.shape, paper, np.float32)
    if rng.random() < 0.12:
        shine_through(grey, rng, other)
    if rng.random() < 0.6:
        leader(grey, base, body, rng)
    if rng.random() < 0.1:
        seal(grey, rng)
    if PRINT and rng.random() < 0.22:
        grey, alpha = label(grey, alpha, base, body, rng)
    if other and rng.random() < 0.35:
        neighbour(alpha, other(rng)[0], rng)
    grey = grey * (1 - alpha) + np.minimum(grey, tone) * alpha
    return np.clip(grey, 0, 255).astype(np.uint8), base


def photographed(alpha, base, rng, other=None):
    """`lay`, scanned; a third of the pictures then go through a slot cutter's cleaning."""
    grey, base = lay(alpha, base, rng, other)
    tall = grey.shape[0]
    grey = distort.scan(grey, rng)
    base = base * grey.shape[0] / tall
    return cleaned(grey, base, rng) if rng.random() < 0.35 else grey


def cleaned(grey, base, rng):
    """Paper to pure white, specks and dots on the writing line gone, and now and then a bit of stroke with them."""
    h = grey.shape[0]
    paper = float(np.percentile(grey, 85))
    dark = float(np.percentile(grey, 1))
    soft = cv2.GaussianBlur(grey, (3, 3), 0) if h > 40 else grey
    mask = (soft < paper - (paper - dark) * rng.uniform(0.25, 0.55)).astype(np.uint8)
    if rng.random() < 0.3:
        # What a rule remover takes: a band at the line of writing, in pieces.
        y, thick = int(base + rng.normal(0.03, 0.05) * h), max(1, int(h * rng.uniform(0.015, 0.04)))
        band = np.repeat(rng.random(-(-grey.shape[1] // 8)) < 0.6, 8)[:grey.shape[1]]
        mask[max(0, y):max(0, y + thick)] *= 1 - band.astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    small = stats[:, cv2.CC_STAT_AREA] < (h * rng.uniform(0.03, 0.09)) ** 2
    low = stats[:, cv2.CC_STAT_TOP] > base - 0.15 * h
    specks = stats[:, cv2.CC_STAT_AREA] < (h * 0.03) ** 2
    keep = ~((small & low) | specks)
    keep[0] = False
    ink = cv2.dilate(keep[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) if rng.random() < 0.6 else keep[labels].astype(np.uint8)
    return np.where(ink > 0, grey, 255).astype(np.uint8)


def frame(alpha, base, rng):
    """The cut: mostly close to the ink, sometimes a band of fixed height that leaves air or takes a stroke's end off."""
    h = alpha.shape[0]
    if rng.random() < 0.7:
        top, bottom = (int(h * v) for v in np.clip(rng.normal(0.05, 0.07, 2), -0.07, 0.3))
    else:
        top, bottom = (int(h * v) for v in rng.uniform(0.0, 0.55, 2))
    left, right = (int(h * v) for v in rng.uniform(0.02, 0.8, 2))
    alpha = alpha[max(0, -top):h - max(0, -bottom)]
    alpha = cv2.copyMakeBorder(alpha, max(0, top), max(0, bottom), left, right, cv2.BORDER_CONSTANT)
    return alpha, base + top


def leader(grey, base, body, rng):
    """Dots, dashes or a rule that the text stands on; often only what a cleaner left of it."""
    h, w = grey.shape
    y = base + body * rng.normal(0.06, 0.07)
    drop = body * rng.normal(0, 0.03)
    shade = rng.uniform(20, 150)
    layer = np.zeros((h, w), np.uint8)
    kind = rng.random()
    if kind < 0.72:
        pitch, radius = body * rng.uniform(0.09, 0.3), body * rng.uniform(0.018, 0.05)
        keep = 1.0 if rng.random() < 0.45 else rng.uniform(0.03, 0.6)
        for x in np.arange(rng.uniform(0, pitch), w, pitch):
            if rng.random() < keep:
                centre = (int(x * 16), int((y + drop * x / w + rng.normal(0, 0.01) * body) * 16))
                cv2.circle(layer, centre, int(max(0.5, radius) * 16), 255, -1, cv2.LINE_AA, 4)
    else:
        thick = max(1, int(body * rng.uniform(0.01, 0.04)))
        start = 0 if rng.random() < 0.7 else int(rng.uniform(0, 0.7) * w)
        cv2.line(layer, (start, int(y)), (w, int(y + drop)), 255, thick, cv2.LINE_AA)
    if rng.random() < 0.3:
        layer = cv2.GaussianBlur(layer, (0, 0), 0.6)
    mix = layer.astype(np.float32) / 255
    grey *= 1 - mix
    grey += mix * shade


def seal(grey, rng):
    h, w = grey.shape
    layer = np.zeros((h, w), np.uint8)
    centre = (int(rng.uniform(-0.1, 1.1) * w), int(rng.uniform(-1.5, 2.5) * h))
    radius = int(h * rng.uniform(0.8, 2.2))
    for r in (radius, int(radius * 0.9), int(radius * 0.6)):
        cv2.circle(layer, centre, r, 255, max(1, h // 30), cv2.LINE_AA)
    mix = layer.astype(np.float32) / 255 * rng.uniform(0.1, 0.5)
    grey *= 1 - mix


def label(grey, alpha, base, body, rng):
    """Printed words at the left or right end, whole or cut through; they are not part of the value."""
    face = ImageFont.truetype(str(PRINT[int(rng.integers(len(PRINT)))]), max(8, int(body * rng.uniform(0.45, 0.75))))
    text = LABELS[int(rng.integers(len(LABELS)))]
    h = grey.shape[0]
    wide = int(face.getlength(text)) + 2
    image = Image.new("L", (wide, h))
    ImageDraw.Draw(image).text((1, base), text, font=face, fill=255, anchor="ls")
    ink = np.asarray(image, np.float32) / 255
    show = int(wide * (rng.uniform(0.08, 0.5) if rng.random() < 0.65 else 1.0))
    gap = int(body * rng.uniform(0.05, 0.6))
    strip = np.full((h, show + gap), np.median(grey), np.float32)
    at_left = rng.random() < 0.6
    part = ink[:, -show:] if at_left else ink[:, :show]
    x = 0 if at_left else gap
    strip[:, x:x + show] *= 1 - part * rng.uniform(0.6, 0.95)
    clear = np.zeros_like(strip)
    order = lambda a, b: np.hstack([b, a] if at_left else [a, b])
    return order(grey, strip), order(alpha, clear)


def neighbour(alpha, ink, rng):
    """Lets the lower ends of the line above or the heads of the line below into the picture."""
    h, w = alpha.shape
    reach = min(int(h * rng.uniform(0.05, 0.28)), ink.shape[0])
    if reach < 2:
        return
    x = int(rng.uniform(-0.3, 0.8) * w)
    x0, x1 = max(0, x), min(w, x + ink.shape[1])
    if x1 <= x0:
        return
    piece = ink[:, x0 - x:x1 - x]
    if rng.random() < 0.5:
        np.maximum(alpha[:reach, x0:x1], piece[-reach:], out=alpha[:reach, x0:x1])
    else:
        np.maximum(alpha[-reach:, x0:x1], piece[:reach], out=alpha[-reach:, x0:x1])


def shine_through(grey, rng, other):
    """The mirrored writing of the next page."""
    if other is None:
        return
    ink = other(rng)[0][:, ::-1]
    h, w = grey.shape
    ink = cv2.GaussianBlur(ink, (0, 0), 1.2)
    y, x = int(rng.uniform(-0.4, 0.6) * h), int(rng.uniform(-0.2, 0.6) * w)
    x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + ink.shape[1]), min(h, y + ink.shape[0])
    if x1 > x0 and y1 > y0:
        grey[y0:y1, x0:x1] *= 1 - ink[y0 - y:y1 - y, x0 - x:x1 - x] * rng.uniform(0.08, 0.3)


def strike(alpha, rng):
    """A word crossed out, to stand before the right one."""
    out = alpha.copy()
    h, w = out.shape
    for _ in range(int(rng.integers(1, 4))):
        y0, y1 = (int(h * v) for v in rng.uniform(0.3, 0.7, 2))
        line = np.zeros((h, w), np.uint8)
        cv2.line(line, (0, y0), (w, y1), 255, max(1, h // 25), cv2.LINE_AA)
        np.maximum(out, line.astype(np.float32) / 255 * 0.9, out=out)
    return out
