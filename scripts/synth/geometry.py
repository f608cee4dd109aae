"""Where a point of the flat sheet lands in the finished picture, and the same map for the pixels."""
import cv2
import numpy as np


class Warp:
    """A page bend (book gutter) followed by a homography; both are kept so that truth polygons can follow the pixels.

    The bend moves x to grow(x) (paper falls away towards the gutter, so it looks narrower there) and y to y + lift(x).
    """

    def __init__(self, size):
        self.size = size  # (w, h) of the flat sheet in pixels
        self.h = np.eye(3)
        self.table = None  # per flat column: (new x, lift)

    def bend(self, side, reach, squeeze, lift):
        """Bends the sheet near its left or right edge: `reach` px of it are narrowed by up to `squeeze` and lifted by `lift` px."""
        w = self.size[0]
        x = np.arange(w, dtype=np.float64)
        near = {"left": x, "right": w - 1 - x, "middle": np.abs(x - w / 2)}[side]
        fall = np.exp(-near / reach)
        step = 1 - squeeze * fall
        grown = np.cumsum(step)
        # the far edge stays where it was; at a middle gutter the middle does
        grown = grown - {"left": grown[-1] - (w - 1), "right": grown[0], "middle": grown[w // 2] - w / 2}[side]
        self.table = (grown, lift * fall)

    def then(self, matrix):
        """Adds a homography after everything so far."""
        self.h = np.asarray(matrix, dtype=np.float64) @ self.h

    def points(self, pts):
        """Maps an (n, 2) array of flat points."""
        p = np.asarray(pts, dtype=np.float64).reshape(-1, 2)
        if self.table is not None:
            cols = np.arange(self.size[0])
            # outside the sheet (overflowing ink) the bend goes on as a plain shift
            x = np.interp(p[:, 0], cols, self.table[0])
            x += np.minimum(p[:, 0], 0) + np.maximum(p[:, 0] - (self.size[0] - 1), 0)
            p = np.stack([x, p[:, 1] + np.interp(p[:, 0], cols, self.table[1])], 1)
        q = np.c_[p, np.ones(len(p))] @ self.h.T
        return q[:, :2] / q[:, 2:]

    def picture(self, flat, out_size, fill=(255, 255, 255)):
        """Maps the pixels; what lies outside the sheet becomes `fill`."""
        if self.table is None:
            return cv2.warpPerspective(flat, self.h, out_size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=fill)
        ow, oh = out_size
        inv = np.linalg.inv(self.h)
        u, v = np.meshgrid(np.arange(ow, dtype=np.float32), np.arange(oh, dtype=np.float32))
        d = inv[2, 0] * u + inv[2, 1] * v + inv[2, 2]
        xb = (inv[0, 0] * u + inv[0, 1] * v + inv[0, 2]) / d
        yb = (inv[1, 0] * u + inv[1, 1] * v + inv[1, 2]) / d
        cols = np.arange(self.size[0], dtype=np.float64)
        x = np.interp(xb, self.table[0], cols, left=-9, right=self.size[0] + 9).astype(np.float32)
        y = (yb - np.interp(x, cols, self.table[1])).astype(np.float32)
        return cv2.remap(flat, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=fill)


def shift(dx, dy):
    """A translation."""
    return np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1.0]])


def scale(k):
    """A uniform scale; half-pixel centres are kept so that repeated resizing does not creep."""
    return np.array([[k, 0, (k - 1) / 2], [0, k, (k - 1) / 2], [0, 0, 1.0]])


def turn(degrees, centre):
    """A rotation about a point, counter-clockwise as seen."""
    m = cv2.getRotationMatrix2D(centre, degrees, 1.0)
    return np.vstack([m, [0, 0, 1.0]])


def corners(src, dst):
    """The homography that takes four points to four points."""
    return cv2.getPerspectiveTransform(np.float32(src), np.float32(dst)).astype(np.float64)


def quarter(turns, w, h):
    """The map of np.rot90(picture, turns) for a picture of w × h pixels (counter-clockwise quarter turns)."""
    turns %= 4
    if turns == 0:
        return np.eye(3)
    if turns == 1:
        return np.array([[0, 1, 0], [-1, 0, w - 1], [0, 0, 1.0]])
    if turns == 2:
        return np.array([[-1, 0, w - 1], [0, -1, h - 1], [0, 0, 1.0]])
    return np.array([[0, -1, h - 1], [1, 0, 0], [0, 0, 1.0]])
