"""A clerk's hand as the page writer uses it: hands.py with the writer kept."""
from dataclasses import replace

from . import hands


class Pen:
    """One writer for a whole book."""

    def __init__(self, split, rng):
        self.hand = hands.new_hand(rng, split)
        # a page is legible to the office that keeps it: the faintest pens belong to single lines, not to books
        self.hand.pressure = max(self.hand.pressure, 0.6)
        self.hand.spacing = min(self.hand.spacing, 0.25)
        self.name = self.hand.name
        self.block = block_letters(self.hand, split)

    def _for(self, text):
        letters = [c for c in text if c.isalpha()]
        return self.block if len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters) else self.hand

    def width(self, text, xheight):
        """About how wide `text` will be, px."""
        return hands.width(text, self._for(text), xheight)

    def write(self, text, xheight, rng):
        """Ink (alpha 0..1) and its baseline row."""
        return hands.render(text, self._for(text), rng, xheight)


def block_letters(hand, split):
    """Who writes a running hand still prints his capitals: swash capitals in a row can be read by nobody."""
    plain = hands.faces(split, "plain")
    if hand.face in plain:
        return hand
    # chosen by name, not by the generator: the rest of the page stays as it would be
    return replace(hand, face=plain[sum(map(ord, hand.name)) % len(plain)])
