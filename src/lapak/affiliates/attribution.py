"""Which click wins an order line: pure rules of clicks and windows; docs/concepts/links-and-commission.md."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lapak.affiliates.rates import Offer, applicable_rate_bp

DEFAULT_WINDOW_DAYS = 7
LONGEST_WINDOW = timedelta(days=90)
"""No programme counts a click for longer, so nothing older is worth keeping in a browser."""


class Kind(StrEnum):
    """How a click led to a line. The same values as `Commission.Attribution`."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class PromotedClick:
    """A proven click, what its link leads to, and the offers its creator promotes under.

    A product link carries its shop too. A showcase link carries neither, and so earns nothing by itself: the product
    links on the showcase page do.
    """

    click_id: uuid.UUID
    clicked_at: datetime
    link_id: uuid.UUID
    creator_id: uuid.UUID
    product_id: uuid.UUID | None
    shop_id: uuid.UUID | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The click that earns on an order line, and the terms it earns under, frozen at purchase."""

    click: PromotedClick
    kind: Kind
    programme_id: uuid.UUID
    rate_bp: int


def attribute_line(
    clicks: Sequence[PromotedClick], product_id: uuid.UUID, shop_id: uuid.UUID, at: datetime
) -> Attribution | None:
    """The newest click on this product or its shop that an offer still pays for, under its creator's best such offer."""
    for click in sorted(clicks, key=lambda click: (click.clicked_at, click.click_id), reverse=True):
        kind = _kind(click, product_id, shop_id)
        if kind is None:
            continue
        rate_bp, programme_id = _best_terms(click, shop_id, at)
        if programme_id is not None:
            return Attribution(click, kind, programme_id, rate_bp)
    return None


def _kind(click: PromotedClick, product_id: uuid.UUID, shop_id: uuid.UUID) -> Kind | None:
    if click.product_id == product_id:
        return Kind.DIRECT
    return Kind.INDIRECT if click.shop_id == shop_id else None


def _best_terms(click: PromotedClick, shop_id: uuid.UUID, at: datetime) -> tuple[int, uuid.UUID | None]:
    """The highest rate above zero among the offers that hold in this shop and still count this click; the id of the
    programme decides between equal ones, so that the answer never depends on the order of reading."""
    rates = [
        (applicable_rate_bp(offer.terms, offer.joined_at, at), offer.programme_id)
        for offer in click.offers
        if offer.shop_id in (None, shop_id) and at - click.clicked_at < offer.window
    ]
    return max((rate for rate in rates if rate[0] > 0), default=(0, None))
