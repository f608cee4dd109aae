"""From a flat sheet to a picture of it: flat-bed scanner or phone, with everything that either does to geometry and light."""
import cv2
import numpy as np

from . import geometry as g
from .paper import cloud, grain


def draw_plan(level, rng, blank):
    """Chooses what will happen to one page. `blank` sheets are scans already: they get no second paper, edge or bleed-through."""
    plan = {"device": "scanner", "skew": 0.0, "dpi": 200, "quality": 90, "turned": 0, "edges": [], "gutter": None, "bleed": 0.0,
            "noise": 0.004, "blur": 0.0, "wear": 0.1, "tone": "white", "ink": 1.0, "exif": 1, "grey": False}
    if level == "none":
        return plan
    hard = level == "hard"
    plan["dpi"] = int(rng.choice([65, 96, 150, 200, 300], p=[0.06, 0.1, 0.22, 0.37, 0.25] if hard else [0, 0, 0.15, 0.6, 0.25]))
    plan["quality"] = int(rng.integers(35, 76) if hard else rng.integers(70, 91))
    plan["skew"] = float(np.clip(rng.normal(0, 2.6), -7, 7) if hard else rng.uniform(-1.5, 1.5))
    plan["wear"] = float(rng.uniform(0.2, 1.0) if hard else rng.uniform(0.05, 0.4))
    plan["tone"] = str(rng.choice(["white", "cool", "grey", "cream", "pink", "old"], p=[0.2, 0.25, 0.15, 0.15, 0.15, 0.1]))
    plan["noise"] = float(rng.uniform(0.006, 0.025) if hard else rng.uniform(0.003, 0.01))
    plan["blur"] = float(rng.uniform(0, 0.9) if hard else rng.uniform(0, 0.4))
    plan["ink"] = float((rng.uniform(0.45, 0.7) if rng.random() < 0.2 else rng.uniform(0.7, 1.0)) if hard else rng.uniform(0.85, 1.0))
    plan["bleed"] = 0.0 if blank else float(rng.uniform(0.08, 0.35) if hard else rng.uniform(0.0, 0.15))
    if rng.random() < (0.6 if hard else 0.3):
        plan["edges"] = [[str(s), str(c), round(float(rng.uniform(1, 9)), 1)] for s in rng.choice(["left", "right", "top", "bottom"], rng.integers(1, 3), replace=False)
                         for c in rng.choice(["black", "brown", "white", "stack"], 1)]
    if rng.random() < (0.45 if hard else 0.2):
        plan["gutter"] = [str(rng.choice(["left", "right"])), round(float(rng.uniform(0.25, 0.75) if hard else rng.uniform(0.1, 0.35)), 2)]
    if rng.random() < (0.08 if hard else 0.02):
        plan["turned"] = 2
    elif hard and rng.random() < 0.04:
        plan["turned"] = int(rng.choice([1, 3]))
    if hard and rng.random() < 0.06:
        plan["grey"] = True
    if hard and rng.random() < 0.2:
        plan.update(device="phone", edges=[], gutter=plan["gutter"] if rng.random() < 0.5 else None, turned=0,
                    dpi=int(rng.choice([65, 96, 150, 200])), exif=int(rng.choice([1, 1, 3, 6, 8])))
    return plan


def open_spread(plan, form, rng):
    """Two facing pages have their gutter in the middle, and it is dark."""
    if form.table:
        plan["gutter"] = ["middle", round(float(rng.uniform(0.35, 0.85)), 2)]
        plan["dpi"] = min(plan["dpi"], 200)


EDGE = {"black": (0.05, 0.05, 0.06), "brown": (0.33, 0.22, 0.15), "white": (0.97, 0.97, 0.97), "stack": (0.72, 0.68, 0.6)}


def gutter_shadow(w, h, dpi, side, depth, rng):
    """Light lost towards the book's spine, as a row of factors."""
    near = np.arange(w, dtype=np.float32) / dpi * 25.4
    if side == "right":
        near = near[::-1]
    if side == "middle":
        near = np.abs(near - near[w // 2])
    return 1 - depth * np.exp(-near / rng.uniform(4, 10))


def scan(flat, dpi, plan, rng):
    """Scans a flat sheet (float RGB 0..1). Returns (picture uint8 RGB, warp)."""
    h, w = flat.shape[:2]
    warp = g.Warp((w, h))
    mm = dpi / 25.4
    if plan["gutter"]:
        side, depth = plan["gutter"]
        flat = flat * gutter_shadow(w, h, dpi, side, depth, rng)[None, :, None]
        warp.bend(side, rng.uniform(5, 12) * mm, 0.25 * depth, rng.normal(0, 2.5 * depth) * mm)
    pad = {"left": 0.0, "right": 0.0, "top": 0.0, "bottom": 0.0}
    for side, _, width in plan["edges"]:
        pad[side] = width * mm
    ow, oh = int(w + pad["left"] + pad["right"]), int(h + pad["top"] + pad["bottom"])
    warp.then(g.shift(pad["left"], pad["top"]))
    warp.then(g.turn(plan["skew"], (ow / 2, oh / 2)))
    ground = scanner_ground(ow, oh, plan, rng)
    picture = composite(flat, warp, ground)
    return finish(picture, dpi, plan, warp, rng)


def scanner_ground(w, h, plan, rng):
    """What the scanner sees beside the sheet."""
    edges = plan["edges"]
    base = EDGE[edges[0][1]] if edges else (EDGE["white"] if rng.random() < 0.7 else EDGE["black"])
    ground = np.empty((h, w, 3), np.float32)
    ground[:] = np.array(base, np.float32) * rng.uniform(0.9, 1.02)
    if edges and edges[0][1] == "stack":
        lines = 1 + 0.12 * cv2.GaussianBlur(rng.normal(0, 1, (1, w)).astype(np.float32), (0, 0), 1.2)
        ground *= lines[..., None] if edges[0][0] in ("left", "right") else 1.0
    ground *= 1 + 0.03 * cloud((h, w), rng, 4)[..., None]
    return ground


def composite(flat, warp, ground):
    """Puts the warped sheet on the ground with a soft contact shadow."""
    h, w = ground.shape[:2]
    sheet = (np.clip(flat, 0, 1) * 255).astype(np.uint8)
    mask = np.full(flat.shape[:2], 255, np.uint8)
    moved = warp.picture(sheet, (w, h)).astype(np.float32) / 255
    m = warp.picture(mask, (w, h), 0).astype(np.float32) / 255
    if m.min() > 0.99:
        return moved
    shadow = cv2.blur(m, (31, 31))
    return ground * (1 - 0.35 * shadow[..., None]) * (1 - m[..., None]) + moved * m[..., None]


def phone(flat, dpi, plan, rng):
    """Photographs a sheet lying on a table. Returns (picture uint8 RGB, warp)."""
    h, w = flat.shape[:2]
    warp = g.Warp((w, h))
    mm = dpi / 25.4
    if plan["gutter"]:
        side, depth = plan["gutter"]
        flat = flat * gutter_shadow(w, h, dpi, side, depth, rng)[None, :, None]
        warp.bend(side, rng.uniform(8, 20) * mm, 0.3 * depth, rng.normal(0, 4 * depth) * mm)
    margin = rng.uniform(0.02, 0.09)
    ow, oh = int(w * (1 + 2 * margin)), int(h * (1 + 2 * margin))
    amount = rng.uniform(0.01, 0.05)
    quad = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]]) + rng.uniform(-amount, amount, (4, 2))
    quad = (quad * (1 - 2 * margin) + margin) * (ow, oh)
    warp.then(g.corners([[0, 0], [w, 0], [w, h], [0, h]], quad))
    warp.then(g.turn(plan["skew"] * 0.6, (ow / 2, oh / 2)))
    ground = table(ow, oh, rng)
    picture = composite(flat, warp, ground)
    light = 1 + 0.16 * cloud((oh, ow), rng, 3)
    gx, gy = rng.normal(0, 0.12, 2)
    xx = np.linspace(-1, 1, ow, dtype=np.float32)[None, :]
    yy = np.linspace(-1, 1, oh, dtype=np.float32)[:, None]
    light = light + gx * xx + gy * yy - 0.08 * (xx**2 + yy**2)
    if rng.random() < 0.6:
        light *= hand_shadow(ow, oh, rng)
    cast = np.array([1 + rng.normal(0, 0.03), 1, 1 + rng.normal(0, 0.05)], np.float32)
    picture = np.clip(picture * light[..., None].astype(np.float32) * cast, 0, 1)
    return finish(picture, dpi, plan, warp, rng)


def hand_shadow(w, h, rng):
    """The soft shadow of the hand and phone across one corner."""
    mask = np.zeros((h // 8, w // 8), np.float32)
    x = 0 if rng.random() < 0.5 else w // 8
    cv2.ellipse(mask, (x, h // 8), (int(w / 8 * rng.uniform(0.4, 0.9)), int(h / 8 * rng.uniform(0.25, 0.6))), float(rng.uniform(-30, 30)), 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(6, 20))
    return 1 - rng.uniform(0.15, 0.4) * cv2.resize(mask, (w, h), interpolation=cv2.INTER_LINEAR)


def table(w, h, rng):
    """A table top: wood, cloth or dark."""
    tint = np.array([(0.45, 0.31, 0.2), (0.25, 0.27, 0.3), (0.62, 0.6, 0.56), (0.12, 0.12, 0.13)][rng.integers(0, 4)], np.float32)
    streak = cv2.resize(rng.normal(0, 1, (h // 6, max(2, w // 200))).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return np.clip(tint * (1 + 0.08 * streak[..., None] + 0.1 * cloud((h, w), rng, 5)[..., None]), 0, 1)


def finish(picture, dpi, plan, warp, rng):
    """Resolution, sharpness, sensor noise, turning. Returns (uint8 RGB, warp)."""
    k = plan["dpi"] / dpi
    h, w = picture.shape[:2]
    if abs(k - 1) > 1e-3:
        nw, nh = int(round(w * k)), int(round(h * k))
        picture = cv2.resize(picture, (nw, nh), interpolation=cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC)
        m = g.scale(1.0)
        m[0, 0], m[1, 1] = nw / w, nh / h
        m[0, 2], m[1, 2] = (nw / w - 1) / 2, (nh / h - 1) / 2
        warp.then(m)
    if plan["blur"] > 0.15:
        picture = cv2.GaussianBlur(picture, (0, 0), plan["blur"] * max(0.6, plan["dpi"] / 200))
    h, w = picture.shape[:2]
    noise = np.stack([grain((h, w), rng, 0.0) for _ in range(3)], -1) * 0.5 + grain((h, w), rng, 0.6)[..., None] * 0.7
    picture = np.clip(picture + noise * plan["noise"], 0, 1)
    out = (picture * 255 + 0.5).astype(np.uint8)
    if plan["grey"]:
        out = np.repeat(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    if plan["turned"]:
        warp.then(g.quarter(plan["turned"], w, h))
        out = np.ascontiguousarray(np.rot90(out, plan["turned"]))
    return out, warp
