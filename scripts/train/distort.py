"""What pens, pages and scanners do to a line, on grey pictures (ink dark, paper light)."""
import cv2
import numpy as np


def warp(grey, rng, strength=1.0):
    """Slant, slope, stretch and a slow wave of the baseline; paper is added at the ends."""
    h, w = grey.shape
    slant = rng.normal(0, 0.14) * strength
    slope = np.clip(rng.normal(0, 0.012), -0.03, 0.03) * strength
    tall = np.exp(rng.normal(0, 0.07) * strength)
    # Room for the slant: no letter may lean out of the picture.
    pad = int(h * 0.3)
    grey = cv2.copyMakeBorder(grey, 0, 0, pad, pad, cv2.BORDER_CONSTANT, value=float(np.percentile(grey, 80)))
    w2 = grey.shape[1]
    centre = h / 2
    matrix = np.float32([[1, -slant, slant * centre],
                         [slope, tall, centre - tall * centre - slope * w2 / 2]])
    grey = cv2.warpAffine(grey, matrix, (w2, h), flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.4 * strength:
        grey = _wave(grey, rng)
    left, right = rng.integers(0, max(1, pad // 2), 2)
    return grey[:, left:w2 - right]


def _wave(grey, rng):
    h, w = grey.shape
    xs, ys = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    length = h * rng.uniform(1.5, 8)
    phase = rng.uniform(0, 6.28)
    ys = ys + h * rng.uniform(0.01, 0.04) * np.sin(xs * (6.28 / length) + phase).astype(np.float32)
    length = h * rng.uniform(1.0, 6)
    xs = xs + h * rng.uniform(0.01, 0.08) * np.sin(xs * (6.28 / length) + phase).astype(np.float32)
    return cv2.remap(grey, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def crop(grey, rng, reach=0.15):
    """Sloppy vertical crops: up to `reach` of the height added, half of that cut above and below."""
    h = grey.shape[0]
    top, bottom = (int(h * v) for v in np.clip(rng.normal(0.02, reach / 2, 2), -reach / 2, reach))
    paper = float(np.percentile(grey, 80))
    grey = grey[max(0, -top):h - max(0, -bottom)]
    return cv2.copyMakeBorder(grey, max(0, top), max(0, bottom), 0, 0,
                              cv2.BORDER_CONSTANT, value=paper)


def pen(grey, rng):
    """Thicker, thinner or weaker strokes."""
    roll = rng.random()
    if roll < 0.15:
        grey = cv2.erode(grey, np.ones((2, 2), np.uint8))
    elif roll < 0.27:
        grey = cv2.addWeighted(grey, 0.5, cv2.dilate(grey, np.ones((2, 2), np.uint8)), 0.5, 0)
    return grey


def scan(grey, rng):
    """Resolution of 100-300 dpi, blur, noise, paper tone and JPEG."""
    h, w = grey.shape
    if rng.random() < 0.5:
        # Not below what a person could still read: 22 rows for a line.
        scale = rng.uniform(min(0.9, max(0.35, 22 / h)), 1.0)
        small = cv2.resize(grey, (max(8, int(w * scale)), max(8, int(h * scale))),
                           interpolation=cv2.INTER_AREA)
        grey = small if rng.random() < 0.5 else cv2.resize(small, (w, h))
    if rng.random() < 0.3:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, min(1.2, h / 60 + 0.4)))
    out = grey.astype(np.float32)
    if rng.random() < 0.4:
        out += rng.normal(0, rng.uniform(2, 10), grey.shape).astype(np.float32)
    if rng.random() < 0.3:
        paper = float(np.percentile(grey, 80))
        out = paper - (paper - out) * rng.uniform(0.4, 1.0)
    out = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        out = cv2.imdecode(cv2.imencode(".jpg", out, quality)[1], 0)
    return out


def real(grey, rng):
    """For pictures that already come from paper."""
    return scan(crop(pen(warp(grey, rng), rng), rng), rng)
