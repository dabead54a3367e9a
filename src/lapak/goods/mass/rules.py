"""What a good must be for one of many acts: pure, so that the plan and the act judge alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.rules import STEEP_FALL, question_about_price, refuse_unfit_price
from lapak.goods.mass.errors import AskedAlone

MOST_GOODS = 5_000
"""Of one change: some minutes of work; who has more does the rest after it."""

LEAST_PRICE_BP = -10_000 + 10_000 // STEEP_FALL
MOST_PRICE_BP = (STEEP_FALL - 1) * 10_000
"""Prices fall to a fifth and rise to five times at most: further is asked about when one is typed, or is a slip."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant, as far as acts on many look at it. Prices in whole rupiah."""

    id: UUID
    price_idr: int
    on_hand: int
    reserved: int
    is_offered: bool


@dataclass(frozen=True, slots=True)
class Good:
    """A product, likewise; its choices in the order of their ids, as stock is locked."""

    id: UUID
    status: str
    category_id: int | None
    has_picture: bool
    choices: tuple[Choice, ...]
    category: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def offered(self) -> list[Choice]:
        """What buyers may choose."""
        return [choice for choice in self.choices if choice.is_offered]


def missing_to_be_whole(good: Good) -> "list[str | Promise]":
    """What a buyer would miss, if anything."""
    missing: list[str | Promise] = []
    if not good.has_picture:
        missing.append(_("no picture"))
    if not any(choice.on_hand > choice.reserved for choice in good.offered):
        missing.append(_("nothing in stock"))
    return missing


def price_after(price_idr: int, by_bp: int) -> int:
    """The price (IDR) so many basis points higher, or below zero lower; half a rupiah goes up.

    Raises `ListingRefused` out of bounds, and `AskedAlone` for a price that is asked about when it is typed.
    """
    new_idr = (price_idr * (10_000 + by_bp) + 5_000) // 10_000
    refuse_unfit_price(new_idr)
    if question := question_about_price(new_idr, price_idr):
        raise AskedAlone(question)
    return new_idr
