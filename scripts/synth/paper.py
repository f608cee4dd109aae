"""Paper: its tone, grain and wear, and what shines through from the other side."""
import cv2
import numpy as np

from .marks import spline

TONES = {
    "white": (250, 250, 250),
    "cool": (238, 236, 243),
    "grey": (226, 226, 224),
    "cream": (246, 240, 224),
    "pink": (243, 222, 236),
    "old": (230, 212, 182),
}


def cloud(shape, rng, cells):
    """Slow variation in -1..1, `cells` blobs across."""
    h, w = shape
    small = rng.normal(0, 1, (max(3, cells * h // w), cells)).astype(np.float32)
    return np.clip(cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC) / 2, -1, 1)


def grain(shape, rng, sigma):
    """Fibre-like noise, unit variance. One tile is repeated: a page of fresh noise costs more than it shows."""
    h, w = shape
    tile = rng.normal(0, 1, (512, 512)).astype(np.float32)
    if sigma > 0:
        tile = cv2.GaussianBlur(tile, (0, 0), sigma)
    tile /= tile.std()
    reps = np.tile(tile, (h // 512 + 1, w // 512 + 1))
    return reps[:h, :w]


def sheet(w, h, dpi, tone, wear, rng):
    """A blank sheet as float RGB in 0..1; `wear` 0..1 sets stains, scratches and unevenness."""
    base = np.array(TONES[tone], np.float32) / 255 * rng.uniform(0.985, 1.0)
    base = np.clip(base + rng.normal(0, 0.006, 3), 0, 1).astype(np.float32)
    shade = cloud((h, w), rng, 5) * 0.012 * (0.4 + wear) + cloud((h, w), rng, 30) * 0.006 * wear
    shade += grain((h, w), rng, dpi / 180) * (0.004 + 0.006 * wear)
    paper = base[None, None, :] * (1 + shade[..., None])
    if wear > 0.15:
        stains(paper, dpi, wear, rng)
        scratches(paper, dpi, wear, rng)
    return np.clip(paper, 0, 1).astype(np.float32)


def stains(paper, dpi, wear, rng):
    """Foxing and finger marks: brown or grey specks, a few large soft ones."""
    h, w = paper.shape[:2]
    for _ in range(rng.poisson(50 * wear)):
        r = max(1, int(rng.exponential(0.25) / 25.4 * dpi))
        x, y = int(rng.integers(0, w)), int(rng.integers(0, h))
        tint = np.array([0.86, 0.8, 0.7]) if rng.random() < 0.5 else np.full(3, rng.uniform(0.4, 0.85))
        soft_spot(paper, x, y, r, tint, rng.uniform(0.3, 1))
    for _ in range(rng.poisson(0.7 * wear)):
        r = int(rng.uniform(4, 18) / 25.4 * dpi)
        soft_spot(paper, int(rng.integers(0, w)), int(rng.integers(0, h)), r, np.array([0.95, 0.92, 0.84]), rng.uniform(0.2, 0.55))


def soft_spot(paper, x, y, r, tint, strength):
    """Darkens a round spot towards `tint` with a soft edge."""
    h, w = paper.shape[:2]
    x0, x1, y0, y1 = max(0, x - 2 * r), min(w, x + 2 * r + 1), max(0, y - 2 * r), min(h, y + 2 * r + 1)
    if x1 <= x0 or y1 <= y0:
        return
    yy, xx = np.mgrid[y0:y1, x0:x1]
    a = np.exp(-(((xx - x) ** 2 + (yy - y) ** 2) / (r * r + 0.3)) ** 2).astype(np.float32)[..., None] * strength
    paper[y0:y1, x0:x1] *= 1 - a * (1 - tint.astype(np.float32))


def scratches(paper, dpi, wear, rng):
    """Thin curved scratches and hairs, light or dark, as on scanner glass and laminated pages."""
    h, w = paper.shape[:2]
    layer = np.zeros((h, w), np.uint8)
    for _ in range(rng.poisson(14 * wear)):
        at = rng.uniform(0, 1, 2) * (w, h)
        way = rng.normal(0, 1, 2)
        way = way / np.linalg.norm(way) * rng.uniform(3, 40) / 25.4 * dpi
        knots = np.stack([at + way * t + rng.normal(0, 0.06, 2) * np.linalg.norm(way) for t in np.linspace(0, 1, 4)])
        cv2.polylines(layer, [spline(knots, 12).astype(np.int32)], False, int(rng.integers(60, 200)), 1, cv2.LINE_AA)
    paper *= 1 - layer.astype(np.float32)[..., None] / 255 * rng.uniform(-0.03, 0.12)


def show_through(paper, print_alpha, ink_alpha, dpi, strength, rng):
    """Lets the mirrored other side shine through: blurred, a few millimetres off, ink stronger than print."""
    back = np.clip(print_alpha * 0.8 + ink_alpha, 0, 1)[:, ::-1]
    back = cv2.GaussianBlur(np.ascontiguousarray(back), (0, 0), dpi / 200 * rng.uniform(0.8, 2.2))
    dx, dy = rng.normal(0, 2.0, 2) / 25.4 * dpi
    h, w = paper.shape[:2]
    back = cv2.warpAffine(back, np.float32([[1, 0, dx], [0, 1, dy]]), (w, h))
    # paper is not equally thin everywhere
    back *= strength * (1 + 0.5 * cloud((h, w), rng, 6))
    paper *= 1 - back[..., None] * np.array([0.9, 1.0, 0.95], np.float32)


def lay(page, alpha, colour, x=0, y=0):
    """Lays ink of `colour` (RGB 0..1) with its top-left at (x, y): multiplies, as ink on paper does; parts outside are cut."""
    h, w = page.shape[:2]
    ah, aw = alpha.shape
    x, y = int(round(x)), int(round(y))
    x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + aw), min(h, y + ah)
    if x1 <= x0 or y1 <= y0:
        return
    a = alpha[y0 - y : y1 - y, x0 - x : x1 - x, None]
    page[y0:y1, x0:x1] *= 1 - a * (1 - np.asarray(colour, np.float32))


def cover(page, alpha, colour, x, y):
    """Lays an opaque film (whitener) over what is there."""
    h, w = page.shape[:2]
    ah, aw = alpha.shape
    x, y = int(round(x)), int(round(y))
    x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + aw), min(h, y + ah)
    if x1 <= x0 or y1 <= y0:
        return
    a = alpha[y0 - y : y1 - y, x0 - x : x1 - x, None]
    page[y0:y1, x0:x1] = page[y0:y1, x0:x1] * (1 - a) + a * np.asarray(colour, np.float32)
