"""Fees for tests."""

from typing import Any

from lapak.lib import clock
from lapak.money.fees.commands import announce_fees, object_to_fees
from lapak.money.fees.models import Consent, Schedule
from lapak.money.fees.rules import EVERYTHING, Answer, Rate, earliest_begin
from lapak.testing.cast import Cast

WORDS = "Payments have become dearer for us."
OBJECTION = "A third more is too much for a small shop."


def told(rates: dict[str, Rate]) -> dict[str, Any]:
    """What is announced of rates that begin as early as the law lets them."""
    return {"begins_on": earliest_begin(clock.today()), "rates": rates, "words": WORDS}


def dearer() -> dict[str, Any]:
    """3 % of everything, 2.5 % of electronics."""
    return told({EVERYTHING: Rate(300, 150), "elektronik": Rate(250, 100)})


def dearer_fees(cast: Cast) -> Schedule:
    """Announced: as `dearer`."""
    return announce_fees(cast.operator, **dearer())


def cheaper_fees(cast: Cast) -> Schedule:
    """Announced: 1.5 % of everything."""
    return announce_fees(cast.operator, **told({EVERYTHING: Rate(150, 75)}))


def newest_fees() -> Schedule:
    """Announced last."""
    return Schedule.objects.latest("number")


def objection(cast: Cast) -> Consent:
    """The shop's, to dearer fees that are announced: the one there is, or a new one, as only one schedule lies ahead."""
    if known := Consent.objects.filter(shop=cast.shop, state=Answer.OBJECTED).first():
        return known
    return object_to_fees(cast.seller, cast.shop.id, dearer_fees(cast).id, OBJECTION)
