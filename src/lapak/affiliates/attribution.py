"""Which click wins an order line: pure rules of clicks and windows; docs/concepts/links-and-commission.md."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lapak.affiliates.decision import Candidate, RateDecision, decide_rate
from lapak.affiliates.rates import Kind, Offer, Sale

DEFAULT_WINDOW_DAYS = 7
LONGEST_WINDOW = timedelta(days=90)
"""No programme counts a click for longer, so nothing older is worth keeping in a browser."""


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
    """The click that earns on an order line, and why so much: its terms are frozen at purchase."""

    click: PromotedClick
    decision: RateDecision

    @property
    def kind(self) -> Kind:
        return self.decision.sale.kind

    @property
    def paying(self) -> Candidate:
        """The offer that pays."""
        return self.decision.candidates[0]


def attribute_line(
    clicks: Sequence[PromotedClick], sale: Sale, at: datetime, left_idr: Mapping[uuid.UUID, int] | None = None
) -> Attribution | None:
    """The newest click on this product or its shop that an offer still pays for, under its creator's best such offer.

    `sale` as of a click on the product itself; `left_idr` as `decide_rate` takes it.
    """
    for click in sorted(clicks, key=lambda click: (click.clicked_at, click.click_id), reverse=True):
        kind = _kind(click, sale)
        if kind is None:
            continue
        decision = decide_rate(
            click.offers, replace(sale, kind=kind), at, clicked_at=click.clicked_at, left_idr=left_idr
        )
        if decision.paying:
            return Attribution(click, decision)
    return None


def _kind(click: PromotedClick, sale: Sale) -> Kind | None:
    if click.product_id == sale.product_id:
        return Kind.DIRECT
    return Kind.INDIRECT if click.shop_id == sale.shop_id else None
