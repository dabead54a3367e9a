"""Of everyone.py: breaches of people's data are recorded, told of and closed."""

from collections.abc import Callable

from lapak.flows.tell_people.breaches import tell_people_of_breaches
from lapak.lib import clock
from lapak.people.privacy import breaches
from lapak.people.privacy.models import Breach
from lapak.testing.breaches import WORDS, recorded_breach
from lapak.testing.market import Market


def _one(do: Callable[[Market, Breach], object]) -> Callable[[Market, int], object]:
    def act(market: Market, pick: int) -> object:
        found = list(Breach.objects.order_by("id"))
        return found and do(market, found[pick % len(found)])

    return act


def _record(market: Market, pick: int) -> Breach:
    """Of a list: one of everybody's grows with the market by its nature."""
    listed = market.operator.email
    return recorded_breach(market.operator, whose="listed", listed=listed, is_for_the_public=bool(pick % 2))


def _tell_authority(market: Market, breach: Breach) -> Breach:
    return breaches.note_authority_told(market.operator, breach.id, told_at=clock.now(), words="Surel 12/2026")


OF_BREACHES = {
    "record breach": _record,
    "tell people of breach": _one(lambda market, found: breaches.tell_people_of_breach(market.operator, found.id)),
    "write letters of breach": lambda _market, _pick: tell_people_of_breaches(),
    "tell authority of breach": _one(_tell_authority),
    "publish breach": _one(lambda market, found: breaches.publish_breach(market.operator, found.id)),
    "close breach": _one(lambda market, found: breaches.close_breach(market.operator, found.id, WORDS)),
}
"""As `ACTS` there."""
