"""A shop, or the whole marketplace, announces that it closes, and calls that off: docs/concepts/closing.md.

What stands is kept in each process for some seconds, so that no page asks the database for it; a purchase is decided on
what the database says (flows/place_purchase/read.py).
"""

import uuid
from datetime import datetime, timedelta

from django.core.cache import caches
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.numbers import filled
from lapak.people.shops.closing_rules import SENT_WITHIN_AT_LEAST, Closing, earliest
from lapak.people.shops.commands import lock_shop
from lapak.people.shops.errors import ClosingBegun, ClosingMoved, ClosingNotFound, ClosingRefused
from lapak.people.shops.models import AnnouncedClosing, Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, is_let_in

Known = dict[uuid.UUID | None, Closing]
"""By shop; None is the marketplace."""

NOBODY_LEFT = uuid.UUID(int=2**128 - 1)
"""After it comes no user who could be told."""

KEPT_IN_MIND, KEPT_AS = timedelta(seconds=10), "closings"
"""So much later another process's pages may know of an announcement; a page that is kept in front of Django, a minute."""


@act
def announce_closing(
    by: User | None, shop_id: uuid.UUID | None, *, orders_stop_at: datetime, ship_by: datetime
) -> AnnouncedClosing:
    """From `orders_stop_at` on nothing is ordered from the shop, or (no shop) from anyone; what no courier has at `ship_by` is
    cancelled and refunded. It takes the place of what was announced before.

    By an owner of the shop or the operator; of the marketplace by the operator, or on the machine itself (None).
    Refuses anyone else (`ShopNotFound`, `NotYourDuty`, `ClosingNotFound`), instants that are over or too near to each
    other (`ClosingRefused`), once orders have stopped (`ClosingBegun`), and where somebody
    else was first (`ClosingMoved`).
    """
    standing, now = _lock_standing(by, shop_id), clock.now()
    if orders_stop_at <= now:
        raise ClosingRefused("orders_stop_at", _("Orders stop at a moment that is still to come."))
    if ship_by < orders_stop_at + SENT_WITHIN_AT_LEAST:
        message = _("Leave at least {days} days after the last order: what was ordered is still paid, packed and sent.")
        raise ClosingRefused("ship_by", filled(message, days=SENT_WITHIN_AT_LEAST.days))
    if standing:
        _call_off(by, standing)
    announced = AnnouncedClosing(
        shop_id=shop_id, announced_at=now, announced_by=by, orders_stop_at=orders_stop_at, ship_by=ship_by
    )
    AnnouncedClosing.objects.bulk_create([announced], ignore_conflicts=True)
    if _standing(shop_id).get() != announced:
        raise ClosingMoved
    transaction.on_commit(_forget)
    return announced


@act
def call_off_closing(by: User | None, shop_id: uuid.UUID | None) -> AnnouncedClosing:
    """All goes on as before. By whom, and what is refused, as of `announce_closing`; `ClosingNotFound` where none stands."""
    standing = _lock_standing(by, shop_id)
    if standing is None:
        raise ClosingNotFound
    _call_off(by, standing)
    return standing


def standing_closing(shop_id: uuid.UUID | None) -> AnnouncedClosing | None:
    """What the shop, or (None) the marketplace, has announced and not called off."""
    return _standing(shop_id).first()


def closings_announced() -> QuerySet[AnnouncedClosing]:
    """All there ever were, with their shops, the newest first."""
    return AnnouncedClosing.objects.select_related("shop", "announced_by").order_by("-announced_at", "-id")


def has_closed(shop_id: uuid.UUID) -> bool:
    """Whether the time to send what was ordered is over, of the shop or of the marketplace; asks the database."""
    announced = AnnouncedClosing.objects.filter(Q(shop=shop_id) | Q(shop=None), called_off_at=None)
    return announced.filter(ship_by__lt=clock.now()).exists()


def closings_begun() -> QuerySet[AnnouncedClosing]:
    """Those since which nothing is ordered any more; asks the database."""
    return AnnouncedClosing.objects.filter(called_off_at=None, orders_stop_at__lte=clock.now())


def closing_of(shop_id: uuid.UUID | None) -> Closing | None:
    """When the shop closes, be it alone or with the marketplace; of None when the marketplace does. As of some seconds ago."""
    known: Known = caches["mind"].get_or_set(KEPT_AS, _all_ahead, KEPT_IN_MIND.total_seconds()) or {}
    return earliest(known[each] for each in {None, shop_id} if each in known)


def is_resting(shop: Shop) -> bool:
    """Whether its goods are shown and not sold at this moment: it is on holiday, is without NIB for too long, is suspended, or
    has stopped to take orders."""
    closing = closing_of(shop.id)
    return (
        shop.is_on_holiday
        or shop.is_past_legalisation
        or shop.is_suspended
        or (closing is not None and closing.orders_stop_at <= clock.now())
    )


def closings_begun_for(shop: Shop | OuterRef) -> QuerySet[AnnouncedClosing]:
    """Those since which nothing is ordered of this shop any more: its own, and the marketplace's."""
    return closings_begun().filter(Q(shop=shop) | Q(shop=None))


def closings_to_end() -> QuerySet[AnnouncedClosing]:
    """Those whose time to send is over, and of which something may be left to do."""
    over = AnnouncedClosing.objects.filter(called_off_at=None, ended_at=None, ship_by__lt=clock.now())
    return over.order_by("ship_by")


def _standing(shop_id: uuid.UUID | None) -> QuerySet[AnnouncedClosing]:
    of_it = Q(shop=shop_id) if shop_id else Q(shop=None)
    return AnnouncedClosing.objects.filter(of_it, called_off_at=None)


def _all_ahead() -> Known:
    """All that stands, but for shops whose closing is over: they are not open any more."""
    standing = AnnouncedClosing.objects.filter(Q(ended_at=None) | Q(shop=None), called_off_at=None)
    rows = standing.values_list("shop_id", "orders_stop_at", "ship_by")
    return {shop_id: Closing(*instants) for shop_id, *instants in rows}


def _forget() -> None:
    caches["mind"].delete(KEPT_AS)


def _lock_standing(by: User | None, shop_id: uuid.UUID | None) -> AnnouncedClosing | None:
    """Held until the transaction ends, for who may change it; None if there is none. `ClosingBegun` if it is too late."""
    if by is not None and not is_let_in(by, Desk.CLOSINGS):
        if shop_id is None:
            raise ClosingNotFound
        lock_shop(by, shop_id, Duty.OWNERSHIP)
    standing = _standing(shop_id).select_for_update(no_key=True).first()
    if standing and standing.has_begun:
        raise ClosingBegun
    return standing


def _call_off(by: User | None, standing: AnnouncedClosing) -> None:
    standing.called_off_at, standing.called_off_by = clock.now(), by
    standing.told_up_to = None if standing.told_up_to else NOBODY_LEFT  # whom nobody has alarmed nobody calms
    standing.save(update_fields=["called_off_at", "called_off_by", "told_up_to"])
    transaction.on_commit(_forget)
