"""Tests of the page generator: PYTHONPATH=scripts python -m unittest synth.test_pages"""
import unittest

import numpy as np

from . import correct, files, forms, geometry, typeset
from .fill import breakable, wrap


def dot_lands(warp, size, at):
    """Distance between where the pixels of a dot went and where its point went."""
    flat = np.zeros((size[1], size[0], 3), np.uint8)
    x, y = at
    flat[y - 1 : y + 2, x - 1 : x + 2] = 255
    out = warp.picture(flat, size, (0, 0, 0))[..., 0].astype(float)
    ys, xs = np.nonzero(out)
    seen = np.array([np.average(xs, weights=out[ys, xs]), np.average(ys, weights=out[ys, xs])])
    return float(np.linalg.norm(seen - warp.points([at])[0]))


class Geometry(unittest.TestCase):
    def test_points_follow_pixels_through_bend_and_perspective(self):
        for side in ("left", "right", "middle"):
            warp = geometry.Warp((400, 300))
            warp.bend(side, 40, 0.2, 9)
            warp.then(geometry.turn(4, (200, 150)))
            warp.then(geometry.corners([[0, 0], [400, 0], [400, 300], [0, 300]], [[9, 5], [390, 12], [380, 290], [4, 295]]))
            for at in ((60, 80), (200, 150), (340, 240)):
                self.assertLess(dot_lands(warp, (400, 300), at), 0.6, (side, at))

    def test_quarter_turns_agree_with_rot90(self):
        picture = np.zeros((30, 50), int)
        picture[7, 11] = 1
        for turns in range(4):
            y, x = np.argwhere(np.rot90(picture, turns) == 1)[0]
            warp = geometry.Warp((50, 30))
            warp.then(geometry.quarter(turns, 50, 30))
            self.assertTrue(np.allclose(warp.points([[11, 7]])[0], [x, y]), turns)


class Writing(unittest.TestCase):
    def test_pieces_join_back_to_the_text(self):
        for text in ("Tân Hòa-Tam Trà", "01-02-2003", "a - b", "-5", "TX. Bến Tre – x", "Ấp 2, Xã X"):
            self.assertEqual("".join(breakable(text)), text)

    def test_a_date_stays_whole_up_to_its_year(self):
        self.assertEqual(breakable("01-02-2003")[0], "01-02-")

    def test_nothing_is_lost_in_wrapping(self):
        words = breakable("Ấp Bình Hòa, xã Phú Long, huyện Bình Đại")
        lines = wrap(words, [10 * len(w) for w in words], 10, [120, 130, 140])
        self.assertEqual("".join("".join(l) for l in lines), "".join(words))

    def test_a_slip_is_never_the_right_value(self):
        rng = np.random.default_rng(1)
        for text, kind in (("12/3/2004", "date"), ("Kinh", "ethnic"), ("Nguyễn Văn An", "name"), ("?", "text")):
            for _ in range(200):
                self.assertNotEqual(correct.spoil(text, kind, rng), text)


class Names(unittest.TestCase):
    def test_a_wrong_name_differs_from_the_right_one(self):
        book = {"type": "KS", "year": 2008, "number": 1}
        rng = np.random.default_rng(1)
        for _ in range(300):
            self.assertNotEqual(files.wrong_name(book, "2008-07-15", 12, rng)[0], files.page_name(book, "2008-07-15", 12))

    def test_folder_codes_hold_no_marks(self):
        self.assertEqual(files.folder_code("xã Đại Hòa Lộc"), "xa_dai_hoa_loc")


class Printing(unittest.TestCase):
    def test_hardly_a_leader_runs_over_the_frame(self):
        over = lines = 0
        for layout in ("hn-2006", "cmc-2010", "ks-2006"):
            for seed in range(10):
                rng = np.random.default_rng(seed)
                form = typeset.relay(typeset.Press(forms.load_form(layout), "all", 1.0, rng), rng)
                walls = sorted(x for x, _, end, _ in form.rules if abs(end - x) < 0.1)
                top = min(y for _, y, _, _ in form.rules)
                inside = [l for s in form.slots for l in s.lines if l.y > top]
                lines += len(inside)
                over += sum(1 for l in inside for wall in walls if l.x0 < wall and l.x1 > wall + 0.1)
        # a label wider than its row leaves no room for any leader
        self.assertLess(over, 0.01 * lines)


if __name__ == "__main__":
    unittest.main()
