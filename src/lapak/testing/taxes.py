"""Taxes for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.letters import hand_in_letter, name_taxpayer
from lapak.money.taxes.models import Letter, Pph22Step, Taxpayer
from lapak.money.taxes.numbers import TaxedAs
from lapak.money.taxes.pph22_rules import LetterKind, LetterState, days_of_statement, earliest_step
from lapak.people.users.models import Address
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.trade.orders.models import Order

DECREE = "PMK 37/2025, as announced on the day before."


def pph22_begins() -> dict[str, Any]:
    """What an operator sets for PPh 22 to begin tomorrow."""
    return {"begins_on": earliest_step(clock.today()), "is_on": True, "words": DECREE}


def set_from(cast: Cast, begins_on: date, *, is_on: bool) -> Pph22Step:
    """Set on the day before."""
    with on(begins_on - timedelta(days=1)):
        return set_pph22(cast.operator, begins_on=begins_on, is_on=is_on, words=DECREE)


@contextmanager
def on(day: date) -> Iterator[None]:
    """At noon of that day in Jakarta."""
    with clock.stopped_at(datetime.combine(day, time(12), clock.WIB)):
        yield


PDF = b"%PDF-1.4 signed"
NIK = "3201234567890001"


def person(cast: Cast) -> Taxpayer:
    """The shop is a person's."""
    known = Taxpayer.objects.filter(shop=cast.shop).first()
    return known or name_taxpayer(cast.seller, cast.shop.id, kind=TaxedAs.INDIVIDUAL, name="Sekar Ayu", number=NIK)


def stated(cast: Cast, year: int | None = None) -> Letter:
    """The person has handed in the statement of the year: of this one, if none is named."""
    person(cast)
    first_day, last_day = days_of_statement(year or clock.today().year)
    return hand_in_letter(
        cast.seller, cast.shop.id, kind=LetterKind.STATEMENT, first_day=first_day, last_day=last_day, file=PDF
    )


def letter_to_look_at(cast: Cast) -> Letter:
    """Of the shop: the one there is, or a new one."""
    return Letter.objects.filter(shop=cast.shop, state=LetterState.ASKED).first() or stated(cast)


def skb(cast: Cast, first_day: date, last_day: date) -> Letter:
    """An exemption letter for these days is handed in."""
    return hand_in_letter(
        cast.seller, cast.shop.id, kind=LetterKind.SKB, first_day=first_day, last_day=last_day, file=PDF
    )


def sold_on(cast: Cast, day: date, price_idr: int = 100_000) -> Order:
    """Placed, paid and brought at noon of that day."""
    with on(day):
        return confirm_receipt(
            cast.buyer, delivered_order(cast, (stocked_variant(cast.shop, price_idr=price_idr), 1)).id
        )


def withheld_yesterday(cast: Cast) -> Order:
    """An order of Rp 100,000, settled, of which PPh 22 was withheld."""
    yesterday = clock.today() - timedelta(days=1)
    set_from(cast, yesterday, is_on=True)
    return sold_on(_another_buys(cast), yesterday)


def _another_buys(cast: Cast) -> Cast:
    """Whoever has cancelled nothing, as the buyer of a big market has."""
    address = Address.objects.get(pk=cast.address.pk)
    address.pk, address.user = None, cast.stranger
    address.save(force_insert=True)
    return replace(cast, buyer=cast.stranger, address=address)
