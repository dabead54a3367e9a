"""What is told of closings: a shop's, to those who deal with it; the marketplace's, to everyone."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from lapak.affiliates.models import Membership
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.acts import act
from lapak.lib.ids import derived_id, number_of
from lapak.people.notices.commands import AT_ONCE, Telling, tell
from lapak.people.shops.models import AnnouncedClosing
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State


def of_closings(since: datetime, until: datetime) -> Iterator[Telling]:
    """Shops whose closing was announced, or called off, from `since` to `until`: who works there, who promotes for them, and
    who waits for a parcel from them."""
    announced = _of_shops(announced_at__gt=since, announced_at__lte=until, called_off_at=None)
    called_off = _of_shops(called_off_at__gt=since, called_off_at__lte=until)
    readers = readers_of({shop_id for shop_id, _ in [*announced, *called_off]})
    closing_again = {shop_id for shop_id, _ in announced}
    for shop_id, closing in announced:
        told = when(derived_id(closing.id, "closes"), closing.announced_at, closing.orders_stop_at)
        yield from _to_its_people(shop_id, "closes", readers, told)
        yield from _to_buyers(shop_id, closing, readers)
    for shop_id, closing in called_off:
        if shop_id not in closing_again and closing.called_off_at:
            told = when(derived_id(closing.id, "stays"), closing.called_off_at)
            yield from _to_its_people(shop_id, "stays", readers, told)


def _of_shops(**told: object) -> list[tuple[uuid.UUID, AnnouncedClosing]]:
    """The closings of shops, and of which; the marketplace's are told to everyone."""
    found = AnnouncedClosing.objects.filter(**told).order_by("announced_at")
    return [(closing.shop_id, closing) for closing in found if closing.shop_id]


def _to_its_people(shop_id: uuid.UUID, what: str, readers: Readers, told: dict[str, Any]) -> Iterator[Telling]:
    yield from readers.tell_owners(shop_id, f"own_shop_{what}", {}, **told)
    said = {"shop": readers.name_of(shop_id)}
    members = Membership.objects.filter(programme__shop=shop_id).order_by("creator_id")
    for user_id in members.values_list("creator__user_id", flat=True).distinct():
        yield Telling(fact=f"programme_shop_{what}", reader_id=user_id, said=said, **told)


def _to_buyers(shop_id: uuid.UUID, closing: AnnouncedClosing, readers: Readers) -> Iterator[Telling]:
    waiting = Order.objects.filter(shop=shop_id, state__in=[State.TO_PACK, State.PACKED]).order_by("id")
    for order_id, buyer_id in waiting.values_list("id", "buyer_id"):
        said = {"shop": readers.name_of(shop_id), "number": number_of(order_id), "order_id": str(order_id)}
        told = when(derived_id(closing.id, order_id), closing.announced_at, closing.ship_by)
        yield Telling(fact="order_of_closing_shop", reader_id=buyer_id, said=said, **told)


def tell_everyone_of_closing() -> int:
    """The next thousand users hear that the marketplace closes, or (those who heard that) that it does not; answers how many.

    Everyone is told within minutes or, of millions, hours; on every page it stands at once.
    """
    newest = AnnouncedClosing.objects.filter(shop=None).order_by("-announced_at").first()
    return _tell_next(newest.id) if newest else 0


@act
def _tell_next(closing_id: uuid.UUID) -> int:
    closing = AnnouncedClosing.objects.select_for_update(no_key=True).get(id=closing_id)
    after = Q(id__gt=closing.told_up_to) if closing.told_up_to else Q()
    user_ids = list(User.objects.filter(after, is_active=True).order_by("id").values_list("id", flat=True)[:AT_ONCE])
    if user_ids:
        tell([_to_user(closing, user_id) for user_id in user_ids])
        closing.told_up_to = user_ids[-1]
        closing.save(update_fields=["told_up_to"])
    return len(user_ids)


def _to_user(closing: AnnouncedClosing, user_id: uuid.UUID) -> Telling:
    if closing.called_off_at:
        return Telling(
            fact="market_stays", reader_id=user_id, **when(derived_id(closing.id, "stays"), closing.called_off_at)
        )
    told = when(closing.id, closing.announced_at, closing.orders_stop_at)
    return Telling(fact="market_closes", reader_id=user_id, **told)
