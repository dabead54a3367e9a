"""How large a shop is by the turnover it states: pure. PP 7/2021 Art. 35 (3): sales of a year, without tax."""

from datetime import date

from lapak.lib.dated import Dated

SMALL_UP_TO_IDR = Dated((date(2021, 2, 2), 15_000_000_000))
"""Micro (up to Rp 2 billion) and small businesses together; above it medium and large ones."""

MAX_TURNOVER_IDR = 1_000_000_000_000_000
"""A thousand trillion: more than any shop sells; above it is a slip of the keyboard."""

STATED_FOR_YEARS = 1
"""What was sold in a year counts through the next: by then the newer year can be stated. Ours."""


def is_small_seller(turnover_idr: int | None, turnover_year: int | None, year: int) -> bool:
    """Whether what the shop stated counts in that year, and makes it a micro or small business."""
    if turnover_idr is None or turnover_year is None or turnover_year < year - STATED_FOR_YEARS:
        return False
    return turnover_idr <= SMALL_UP_TO_IDR.on(date(year, 1, 1))
