"""Sales as stories tell them: who bought what through whose link, and when."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lapak.affiliates.integrity.facts import Facts, Sale, Traffic
from lapak.affiliates.integrity.signs import RuleName, signs_in
from lapak.lib.ids import new_id

NOW = datetime(2026, 11, 27, 5, tzinfo=UTC)
HOME, ELSEWHERE = "45151 jlmelati5", "12810 jlmawar7"
LINK = uuid.UUID(int=1)


def sale(buyer: int = 0, *, place: str = ELSEWHERE, came_back: bool = False, seconds: float = 600) -> Sale:
    """One order of a buyer, bought a day ago so many seconds after a click of its own; it waits to be credited."""
    bought_at = NOW - timedelta(days=1)
    return Sale(
        commission_id=new_id(), order_id=new_id(), buyer_id=uuid.UUID(int=buyer), link_id=LINK, click_id=new_id(),
        clicked_at=bought_at - timedelta(seconds=seconds), bought_at=bought_at, place=place, came_back=came_back,
        is_waiting=True,
    )  # fmt: skip


def many(count: int, *, buyers: int = 1, **told: object) -> list[Sale]:
    """So many orders, of so many buyers in turn."""
    return [replace(sale(n % buyers), **told) for n in range(count)]  # type: ignore[arg-type]


def late(orders: int, *, buyers: int) -> dict[uuid.UUID, uuid.UUID]:
    """So many orders, of so many buyers in turn, that were at the checkout when the link was opened."""
    return {new_id(): uuid.UUID(int=n % buyers) for n in range(orders)}


def facts(sales: Iterable[Sale], *, clicks: int = 10_000, **told: object) -> Facts:
    """Of a creator who lives at `HOME`."""
    return Facts(NOW, tuple(sales), **{"own_places": frozenset({HOME}), "clicks": clicks, **told})  # type: ignore[arg-type]


def seen_in(told: Facts) -> set[RuleName]:
    """Which rules speak."""
    return {sign.rule for sign in signs_in(told)}


def flood(clicks: int, people: int) -> dict[tuple[uuid.UUID, object], Traffic]:
    """On the day on which stories' clicks are made."""
    return {(LINK, sale().clicked_on): Traffic(clicks, people)}
