"""Of a regular price and a lower one beside it, the one at which goods are sold now.

The other has no place here: shops may not advertise a price as lowered that was not asked before (UU 8/1999 Art. 9 and 11), and
a file does not show what was asked here. How many there are is told.
"""

from datetime import datetime, timedelta

from lapak.lib import clock
from lapak.moving.past.dates import DateStyle, any_moment
from lapak.moving.row import Row
from lapak.moving.values import Number
from lapak.moving.workbook import Cell

SALE, WAS = "sale_price", "was_price"
"""The lower price, in a column of its own; or the higher one, where the price itself is what goods cost now."""

_WHOLE_DAY = timedelta(days=1)


def is_lower(one: Number, other: Number) -> bool:
    """Whether one price is below the other; one that is not said or cannot be read is below none."""
    return isinstance(one, int) and isinstance(other, int) and 0 < one < other


def is_on_sale_now(row: Row) -> bool:
    """Whether the row's lower price holds at this moment: without dates it does. With a date that nobody can read it does not,
    as nothing is to be sold too cheaply by mistake."""
    begins, _range, ends = (row.text("sale_dates") or "").partition("/")
    first = any_moment(begins or row.cell("sale_begins"), DateStyle.DAY_FIRST)
    last = any_moment(ends or row.cell("sale_ends"), DateStyle.DAY_FIRST)
    now = clock.now()
    has_begun = first is None or (isinstance(first, datetime) and first <= now)
    goes_on = last is None or (isinstance(last, datetime) and now < last + _rest_of_day(ends or row.cell("sale_ends")))
    return has_begun and goes_on


def _rest_of_day(cell: Cell) -> timedelta:
    """A day without an hour is meant whole."""
    return timedelta() if isinstance(cell, datetime) or ":" in str(cell) else _WHOLE_DAY
