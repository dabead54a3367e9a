"""The parts of Lapak's own file, in the order in which they lie in it. To add one, copy a module and name it here."""

from collections.abc import Sequence

from lapak.moving.formats.lapak.part import Part
from lapak.moving.formats.lapak.parts import creators, incomes, orders, past_orders, promotions, reviews, statement

PARTS: Sequence[Part] = (
    orders.PART,
    past_orders.PART,
    creators.PART,
    promotions.PART,
    incomes.PART,
    reviews.PART,
    statement.PART,
)
