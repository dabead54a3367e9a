"""Reading what the rules look at. Bounded: the newest sales of one creator, and what those lead to."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from lapak.affiliates.clicks.queries import clicked_between
from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.contenders.queries import without_earning
from lapak.affiliates.integrity.facts import LOOK_BACK, MOST_SALES, Facts, Sale, Traffic, orders_of, place_of
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.queries import persons
from lapak.lib import clock
from lapak.people.users.models import Address, BankAccount

LEAST_SALES = 5
"""No rule says anything of fewer, but that of closed accounts."""

MOST_DAYS_OF_LINKS = 20
"""Days of links that are looked at for floods of clicks: those that brought most of what waits."""

_COLUMNS = (
    "pk", "order_id", "line__order__buyer_id", "link_id", "click_id", "clicked_at", "created_at",
    "line__order__purchase__address", "line__quantity", "line__refunded_quantity",
    "line__cancelled_quantity",
)  # fmt: skip


def facts_of(creator: Creator, waiting: Collection[uuid.UUID], at: datetime) -> Facts:
    """What the rules look at: the creator's sales of `LOOK_BACK`, of which those wait that are named. Two statements for most
    creators: of so few sales as they have, no rule says more."""
    sales = tuple(_sales(creator.id, frozenset(waiting), at))
    twin_id = _closed_twin(creator, at)
    if len(sales) < LEAST_SALES:
        return Facts(at, sales, closed_twin_id=twin_id)
    return Facts(
        at=at,
        sales=sales,
        own_places=_places_of(creator.user_id),
        near_buyers=_near(creator.user_id, {sale.buyer_id for sale in sales}),
        closed_twin_id=twin_id,
        traffic=_traffic(sales),
        late=_late(creator, orders_of(sales), at - LOOK_BACK),
        clicks=clicked_between(creator.id, _day(at - LOOK_BACK), _day(at)).clicks,
    )


def _sales(creator_id: uuid.UUID, waiting: frozenset[uuid.UUID], at: datetime) -> list[Sale]:
    since = Commission.objects.filter(creator_id=creator_id, created_at__gte=at - LOOK_BACK)
    rows = since.order_by("-created_at", "-pk").values_list(*_COLUMNS)[:MOST_SALES]
    return [
        Sale(
            *(pk, order_id, buyer_id, link_id, click_id, clicked_at, bought_at),
            place=place_of(address or {}),
            came_back=refunded == quantity > cancelled,
            is_waiting=pk in waiting,
        )
        for (
            pk, order_id, buyer_id, link_id, click_id, clicked_at, bought_at, address, quantity, refunded, cancelled,
        ) in rows
    ]  # fmt: skip


def _places_of(user_id: uuid.UUID) -> frozenset[str]:
    rows = Address.objects.filter(user_id=user_id).values("street", "postal_code")
    return frozenset(filter(None, map(place_of, rows)))


def _near(user_id: uuid.UUID, buyer_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """The buyers who share a bank account with someone who shares one with the user."""
    own = persons([user_id])[user_id].bank_accounts
    others = {sharer for sharer in _paid_into(own) if sharer != user_id}
    if not others:
        return frozenset()
    theirs = frozenset().union(*(person.bank_accounts for person in persons(others).values()))
    buyers = persons(buyer_ids)
    return frozenset(id_ for id_, buyer in buyers.items() if not theirs.isdisjoint(buyer.bank_accounts))


def _paid_into(accounts: Collection[tuple[str, str]]) -> set[uuid.UUID]:
    if not accounts:
        return set()
    numbers = reduce(or_, (Q(bank_code=bank_code, number=number) for bank_code, number in sorted(accounts)))
    return set(BankAccount.objects.filter(numbers).values_list("user_id", flat=True))


def _closed_twin(creator: Creator, at: datetime) -> uuid.UUID | None:
    """From the account to whoever is paid into it: the closed ones of the whole market are many more."""
    account = creator.bank_account
    if account is None:
        return None
    same = BankAccount.objects.filter(bank_code=account.bank_code, number=account.number).values("id")
    twins = Creator.objects.filter(bank_account__in=same, closed_from__lte=at).exclude(id=creator.id)
    return twins.order_by("id").values_list("id", flat=True).first()


def _traffic(sales: Sequence[Sale]) -> dict[tuple[uuid.UUID, date], Traffic]:
    """Of the links and days that most of what waits was clicked on."""
    clicked = Counter((sale.link_id, sale.clicked_on) for sale in sales if sale.is_waiting)
    links_and_days = [at for at, _count in clicked.most_common(MOST_DAYS_OF_LINKS)]
    counted = {(link_id, day): clicked_between(link_id, day, day) for link_id, day in links_and_days}
    return {at: Traffic(each.clicks, each.people) for at, each in counted.items()}


def _late(creator: Creator, earning: Collection[uuid.UUID], since: datetime) -> dict[uuid.UUID, uuid.UUID]:
    """Of the newest clicks that led to an order and earn nothing, those that were made at the checkout. Who earns on the order
    by an earlier click has snatched nothing."""
    newest = without_earning(creator).values_list("verdict", "clicked_at", "line__order_id", "line__order__buyer_id")
    return {
        order_id: buyer_id
        for verdict, clicked_at, order_id, buyer_id in newest[:MOST_SALES]
        if verdict == Contender.Verdict.AT_CHECKOUT and clicked_at >= since and order_id not in earning
    }


def _day(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()
