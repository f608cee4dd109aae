"""What is laid over a written sheet, and how its truth is carried into the picture."""
import cv2
import numpy as np

from . import camera, marks, paper
from .layout import Label


def seals(desk, form, book, font):
    """Red office seals: half over the outer edge ("giáp lai"), sometimes one over a signature."""
    for place in book["seals"]:
        alpha = marks.seal(desk.dpi, desk.rng, book["seal_text"], font) * desk.rng.uniform(0.5, 0.95)
        half = alpha.shape[0] / 2
        x, y = place["x"] * form.width + desk.rng.normal(0, 1.5), place["y"] * form.height + desk.rng.normal(0, 4)
        paper.lay(desk.page, alpha, marks.RED, x * desk.mm - half, y * desk.mm - half)


def line_box(place, height, mm):
    """The area of one writing line as a flat rectangle in px."""
    up, down = height
    a, b = place.y, place.y_end
    return np.array([[place.x0, a - up], [place.x1, b - up], [place.x1, b + down], [place.x0, a + down]]) * mm


def carried(lines, mm, warp):
    """Slot lines with their polygons in the finished picture."""
    out = []
    for l in lines:
        ink = l["ink"]
        quad = None if ink is None else warp.points([[ink[0], ink[1]], [ink[2], ink[1]], [ink[2], ink[3]], [ink[0], ink[3]]])
        out.append({"slot": l["slot"], "entry": l["entry"], "keys": l["keys"], "line": l["line"], "text": l["text"],
                    "polygon": rounded(warp.points(line_box(l["place"], l["height"], mm))), "ink": None if quad is None else rounded(quad)})
    return out


def rounded(points):
    return [[round(float(x), 1), round(float(y), 1)] for x, y in points]


def shoot(flat, dpi, plan, rng):
    """Scanner or phone."""
    return (camera.phone if plan["device"] == "phone" else camera.scan)(flat, dpi, plan, rng)


def enlarge(alpha, w, h):
    """Brings a layer of another resolution to this page's."""
    return cv2.resize(alpha, (w, h), interpolation=cv2.INTER_LINEAR) if alpha.shape != (h, w) else alpha


def print_slot(form, slot, values):
    """Puts a pre-printed number into the form's print."""
    text = " ".join(values[k]["written"] for k in slot.keys if k in values)
    form.labels.append(Label(text, slot.lines[0].x0, slot.lines[0].y))
