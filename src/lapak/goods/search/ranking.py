"""What raises goods among those that fit a buyer's words: pure, the same for every shop, and nothing that is paid for.

`raised_by` is what `/ranking` shows; the index multiplies by it (Tantivy: by log2(2 + merit)).
"""

import math
from typing import Protocol

BEFORE_FOR_ONE, MOST_FOR_BEFORE = 10, 100
"""How many pieces sold elsewhere count as one sold here, and how many at most they count as."""

FOR_STOCK, FOR_SALES = 0.5, 0.24


class Ranked(Protocol):
    """All that is asked of goods beside their words."""

    @property
    def in_stock(self) -> bool: ...
    @property
    def sold_here(self) -> int: ...
    @property
    def sold_before(self) -> int: ...


def merit(goods: Ranked) -> float:
    """What raises a score, whoever the shop is: something to buy now, and that others bought it. The index adds a little to
    give equals an order of their own: some 70,000 different scores are left, so hardly ever do two fall back on their places
    in the files."""
    return FOR_STOCK * goods.in_stock + FOR_SALES * popularity(goods.sold_here, goods.sold_before)


def raised_by(goods: Ranked) -> float:
    """By what the score of the words is multiplied: 1.32 in stock, at most 1.46 with what was sold, 1 when sold out and never
    sold."""
    return math.log2(2 + merit(goods))


def popularity(sold_here: int, sold_before: int) -> float:
    """0 for what nobody bought, 1 for a million pieces and more; the tenth piece counts as much as the millionth.

    Of what was sold elsewhere, which the shop's own files say and nobody here has seen, ten pieces count as one, and all
    together as no more than a hundred.
    """
    before = min(sold_before / BEFORE_FOR_ONE, MOST_FOR_BEFORE)
    return min(1.0, math.log10(1 + sold_here + before) / 6)
