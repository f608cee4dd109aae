"""The picture contract of the reader: the Rust side does exactly the same (docs/reader.md)."""
import cv2
import numpy as np

HEIGHT = 32
MIN_CONTRAST = 40.0
WHITE_PERCENTILE = 80
BLACK_PERCENTILE = 1
INK = 128


def stretch(grey, white=WHITE_PERCENTILE, black=BLACK_PERCENTILE):
    """Paper to 255, darkest ink to 0: weak and strong pens look alike afterwards."""
    top = float(np.percentile(grey, white))
    bottom = min(float(np.percentile(grey, black)), top - MIN_CONTRAST)
    return np.clip((grey.astype(np.float32) - bottom) / (top - bottom), 0, 1) * 255


def trim(white, margin=0.25):
    """Cuts empty paper left and right of a stretched line, keeping `margin` heights of it."""
    height, width = white.shape
    dark = (white < INK).sum(axis=0) >= max(1, height // 40)
    columns = np.flatnonzero(dark)
    if len(columns) == 0:
        return white
    keep = int(margin * height)
    return white[:, max(0, columns[0] - keep):columns[-1] + 1 + keep]


def to_input(grey, wide=1.0):
    """Grey line of any size (ink dark) -> 32 x W floats in -1..1; W is a multiple of 4."""
    height, width = grey.shape
    target = max(8, round(width * HEIGHT / height * wide / 4)) * 4
    method = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    small = cv2.resize(grey.astype(np.float32), (target, HEIGHT), interpolation=method)
    return small / 127.5 - 1
