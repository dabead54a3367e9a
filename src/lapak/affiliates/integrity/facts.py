"""What the rules look at: a creator's sales of the last weeks, and whose hands they went through. Pure values."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lapak.lib import clock

LOOK_BACK = timedelta(days=45)
"""How far back sales count: longer than any order takes to settle, so that nothing is credited that no rule has seen."""

MOST_SALES = 500
"""Of these the newest: a fair picture of anybody, and a look never costs more."""


@dataclass(frozen=True, slots=True)
class Sale:
    """An order line that a creator earns on. `is_waiting`: it has settled and is in no balance, so a rule may freeze it."""

    commission_id: uuid.UUID
    order_id: uuid.UUID
    buyer_id: uuid.UUID
    link_id: uuid.UUID
    click_id: uuid.UUID
    clicked_at: datetime
    bought_at: datetime
    place: str
    came_back: bool
    """Every piece of the line."""
    is_waiting: bool

    @property
    def clicked_on(self) -> date:
        """The day of Jakarta."""
        return self.clicked_at.astimezone(clock.WIB).date()


@dataclass(frozen=True, slots=True)
class Traffic:
    """Clicks on a link on a day, and how many people they were; what is known to be automatic is in neither."""

    clicks: int
    people: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one creator at a moment."""

    at: datetime
    sales: tuple[Sale, ...]
    own_places: frozenset[str] = frozenset()
    near_buyers: frozenset[uuid.UUID] = frozenset()
    """Buyers who share a bank account with someone who shares one with the creator."""
    closed_twin_id: uuid.UUID | None = None
    """A closed account that is paid into the same bank account."""
    traffic: Mapping[tuple[uuid.UUID, date], Traffic] = field(default_factory=dict)
    """By link and day, of the days on which the clicks of waiting sales were made."""
    late: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    """Orders on which the creator earns nothing, as the buyer was at the checkout when the link was opened; whose each is."""
    clicks: int = 0
    """On all of the creator's links, since `LOOK_BACK`."""


def place_of(address: Mapping[str, Any]) -> str:
    """Where a parcel goes, however it is typed; empty for an address that is not kept any more."""
    street = "".join(sign for sign in str(address.get("street", "")).casefold() if sign.isalnum())
    return f"{address.get('postal_code', '')} {street}" if street else ""


def orders_of(sales: Iterable[Sale]) -> set[uuid.UUID]:
    """Whose lines these are."""
    return {sale.order_id for sale in sales}
