"""A clerk's hand as the page writer uses it: hands.py with the writer kept."""
from . import hands


class Pen:
    """One writer for a whole book."""

    def __init__(self, split, rng):
        self.hand = hands.new_hand(rng, split)
        # a page is legible to the office that keeps it: the faintest pens belong to single lines, not to books
        self.hand.pressure = max(self.hand.pressure, 0.6)
        self.hand.spacing = min(self.hand.spacing, 0.25)
        self.name = self.hand.name

    def width(self, text, xheight):
        """About how wide `text` will be, px."""
        return hands.width(text, self.hand, xheight)

    def write(self, text, xheight, rng):
        """Ink (alpha 0..1) and its baseline row."""
        return hands.render(text, self.hand, rng, xheight)
