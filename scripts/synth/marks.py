"""Marks that are neither print nor the clerk's writing: seals, name stamps, signatures, strokes through words, whitener."""
import math

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

RED = (0.78, 0.13, 0.16)


def uneven(shape, rng, low, grain):
    """A field in [low, 1] that thins ink as a hand-held stamp does: large dry patches and fine grain."""
    h, w = shape
    patch = rng.random((max(2, h // 60), max(2, w // 60))).astype(np.float32)
    patch = cv2.resize(patch, (w, h), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(rng.random((h, w)).astype(np.float32), (0, 0), grain)
    fine = (fine - fine.min()) / max(1e-6, float(fine.max() - fine.min()))
    return np.clip(low + (1 - low) * (0.55 * patch + 0.75 * fine), 0, 1)


def seal(dpi, rng, around, font_path):
    """A round office seal, 36 mm: two rings, words along the ring, a star. Returns alpha in 0..1."""
    side = int(38 / 25.4 * dpi)
    k = 3
    big = Image.new("L", (side * k, side * k), 0)
    d = ImageDraw.Draw(big)
    c, r = side * k / 2, side * k * 0.47
    d.ellipse([c - r, c - r, c + r, c + r], outline=255, width=int(r * 0.035))
    for q, width in ((0.93, 0.012), (0.60, 0.015)):
        d.ellipse([c - r * q, c - r * q, c + r * q, c + r * q], outline=255, width=max(1, int(r * width)))
    star = [(c + r * q * math.sin(math.pi * i / 5), c - r * q * math.cos(math.pi * i / 5)) for i in range(10) for q in [0.22 if i % 2 == 0 else 0.09]]
    d.polygon(star, fill=255)
    font = ImageFont.truetype(str(font_path), int(r * 0.17))
    ring = around.upper()
    # the letters share the ring evenly; real seals leave a gap at the foot
    for i, ch in enumerate(ring):
        a = -150 + 300 * i / max(1, len(ring) - 1)
        tile = Image.new("L", (int(r * 0.4), int(r * 0.4)), 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), ch, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-a, resample=Image.BICUBIC)
        x, y = c + r * 0.765 * math.sin(math.radians(a)), c - r * 0.765 * math.cos(math.radians(a))
        big.paste(255, (int(x - tile.width / 2), int(y - tile.height / 2)), tile)
    big = big.rotate(rng.uniform(-25, 25), resample=Image.BICUBIC)
    alpha = np.asarray(big.resize((side, side), Image.LANCZOS), np.float32) / 255
    return np.clip(alpha * uneven(alpha.shape, rng, rng.uniform(0.15, 0.5), dpi / 220) * 1.15, 0, 1)


def name_stamp(text, dpi, rng, font_path):
    """A signer's name stamped in red. Returns (alpha, baseline row)."""
    px = int(rng.uniform(3.6, 4.6) / 25.4 * dpi * 1.35)
    font = ImageFont.truetype(str(font_path), px)
    w = int(font.getlength(text)) + px
    tile = Image.new("L", (w, px * 2), 0)
    base = int(px * 1.45)
    ImageDraw.Draw(tile).text((px // 2, base), text, font=font, fill=255, anchor="ls")
    alpha = np.asarray(tile, np.float32) / 255
    alpha = cv2.GaussianBlur(alpha, (0, 0), dpi / 500)
    return alpha * uneven(alpha.shape, rng, 0.35, dpi / 250), base


def signature(w_mm, h_mm, dpi, rng):
    """A quick signature: an initial with a loop, a running hand that flattens, often a flourish back under it. Returns alpha."""
    w, h = int(w_mm / 25.4 * dpi), int(h_mm / 25.4 * dpi)
    turns = rng.uniform(2.5, 7)
    t = np.linspace(0, 1, 160)
    swing = 2 * math.pi * turns * t ** rng.uniform(0.7, 1.2)
    tall = np.interp(t, [0, 0.15, 0.35, 1], [rng.uniform(0.3, 0.46), rng.uniform(0.25, 0.46), rng.uniform(0.08, 0.2), rng.uniform(0.03, 0.12)])
    x = 0.1 + 0.68 * t + rng.uniform(0.03, 0.09) * np.cos(swing + rng.uniform(0, 6)) * (0.4 + tall * 2)
    y = 0.52 + rng.normal(0, 0.08) * t + tall * np.sin(swing) + 0.04 * np.sin(swing * 0.37 + rng.uniform(0, 6))
    pts = np.stack([x * w, y * h], 1)
    if rng.random() < 0.6:
        back = spline(np.array([[x[-1], y[-1]], [0.9, 0.45], [rng.uniform(0.2, 0.4), rng.uniform(0.7, 0.92)], [0.97, rng.uniform(0.5, 0.9)]]) * (w, h), 30)
        pts = np.vstack([pts, back])
    return stroke(np.clip(pts, 2, [w - 3, h - 3]), (h, w), rng, dpi, rng.uniform(0.3, 0.5))


def spline(knots, steps):
    """Catmull–Rom through the knots."""
    k = np.vstack([knots[0], knots, knots[-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    out = []
    for a, b, c, d in zip(k, k[1:], k[2:], k[3:]):
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack(out)


def stroke(pts, shape, rng, dpi, width_mm):
    """A pen line whose width follows its speed: slow is thick."""
    h, w = shape
    k = 2
    img = np.zeros((h * k, w * k), np.uint8)
    speed = np.linalg.norm(np.diff(pts, axis=0), axis=1)
    speed = cv2.GaussianBlur(speed.reshape(-1, 1).astype(np.float32), (1, 9), 3).ravel()
    thick = width_mm / 25.4 * dpi * np.clip(1.25 - 0.5 * speed / (speed.mean() + 1e-6), 0.5, 1.3)
    for p, q, t in zip(pts, pts[1:], thick):
        cv2.line(img, tuple(int(v * k) for v in p), tuple(int(v * k) for v in q), 255, max(1, int(round(t * k))), cv2.LINE_AA)
    return cv2.resize(img, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def strike(length, height, dpi, rng):
    """A stroke (or two, or a zigzag) through a word of `length` × `height` px. Returns alpha of that size plus a margin of 4 px."""
    w, h = int(length) + 8, int(height) + 8
    kind = rng.choice(["line", "double", "zigzag"], p=[0.6, 0.25, 0.15])
    mid = h * rng.uniform(0.5, 0.62)
    alpha = np.zeros((h, w), np.float32)
    rows = [mid] if kind != "double" else [mid - h * 0.08, mid + h * 0.08]
    for row in rows:
        n = 4 if kind != "zigzag" else max(4, int(w / max(6, h * 0.35)))
        ys = row + rng.normal(0, h * 0.03, n) if kind != "zigzag" else row + h * 0.2 * np.where(np.arange(n) % 2, 1, -1)
        alpha = np.maximum(alpha, stroke(spline(np.stack([np.linspace(2, w - 3, n), ys], 1), 20), (h, w), rng, dpi, 0.4))
    return alpha


def whitener(w, h, rng):
    """A dab of correction fluid. Returns alpha with ragged edges."""
    n = 14
    ang = np.linspace(0, 2 * math.pi, n, endpoint=False)
    box = np.stack([np.sign(np.cos(ang)) * np.abs(np.cos(ang)) ** 0.4, np.sign(np.sin(ang)) * np.abs(np.sin(ang)) ** 0.4], 1)
    box *= 1 + rng.normal(0, 0.06, (n, 1))
    pts = np.stack([w / 2 + box[:, 0] * w * 0.46, h / 2 + box[:, 1] * h * 0.42], 1)
    alpha = np.zeros((h, w), np.uint8)
    cv2.fillPoly(alpha, [spline(np.vstack([pts, pts[:1]]), 8).astype(np.int32)], 255, cv2.LINE_AA)
    return cv2.GaussianBlur(alpha.astype(np.float32) / 255, (0, 0), 1.0) * rng.uniform(0.86, 0.97)
