"""Taxes for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from lapak.lib import clock
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.models import Pph22Step
from lapak.money.taxes.pph22_rules import earliest_step
from lapak.testing.cast import Cast

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
