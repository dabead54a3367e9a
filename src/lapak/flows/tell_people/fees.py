"""What is told of fees: to every shop that others are announced, or called off; to the operator that one objects, and to the shop
what became of that."""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.acts import act
from lapak.lib.ids import derived_id
from lapak.money.fees.models import ConsentEvent, Schedule
from lapak.money.fees.rules import Answer
from lapak.people.notices.commands import AT_ONCE, Telling, tell
from lapak.people.shops.models import Shop

TOLD_SHOP = {Answer.KEPT: "fee_objection_accepted", Answer.DECLINED: "fee_objection_declined"}


def tell_shops_of_fees() -> int:
    """The owners of the next thousand shops hear of the fees that were announced last, or (those who heard that) that they do not
    come; answers how many shops that were. A shop that opens before they begin is told as well."""
    newest = Schedule.objects.order_by("-number")[0]
    return 0 if newest.has_begun else _tell_next(newest.id)


@act
def _tell_next(schedule_id: uuid.UUID) -> int:
    schedule = Schedule.objects.select_for_update(no_key=True).get(id=schedule_id)
    after = {"id__gt": schedule.told_up_to} if schedule.told_up_to else {}
    shops = list(Shop.objects.filter(is_open=True, **after).order_by("id")[:AT_ONCE])
    if shops:
        readers = readers_of({shop.id for shop in shops})
        tell([telling for shop in shops for telling in _to_owners(schedule, shop, readers)])
        schedule.told_up_to = shops[-1].id
        schedule.save(update_fields=["told_up_to"])
    return len(shops)


def _to_owners(schedule: Schedule, shop: Shop, readers: Readers) -> Iterator[Telling]:
    said = {"schedule": schedule.number}
    if schedule.called_off_at:
        told = when(derived_id(schedule.id, shop.id, "called_off"), schedule.called_off_at)
        yield from readers.tell_owners(shop.id, "fees_called_off", said, **told)
    else:
        fact = "fees_to_agree" if schedule.needs_consent else "fees_announced"
        told = when(derived_id(schedule.id, shop.id), schedule.announced_at, schedule.begins_at)
        yield from readers.tell_owners(shop.id, fact, said, **told)


def of_consents(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each step."""
    found = ConsentEvent.objects.filter(id__in=event_ids).select_related("consent__schedule")
    events = list(found.order_by("happened_at", "id"))
    readers = readers_of({event.consent.shop_id for event in events})
    for event in events:
        yield from _of(event, readers)


def _of(event: ConsentEvent, readers: Readers) -> Iterator[Telling]:
    consent, state = event.consent, Answer(event.state)
    said: dict[str, Any] = {"schedule": consent.schedule.number, "consent_id": str(consent.id)}
    if fact := TOLD_SHOP.get(state):
        yield from readers.tell_owners(consent.shop_id, fact, said, **when(event.id, event.happened_at))
    if state == Answer.OBJECTED:
        told = when(event.id, event.happened_at, consent.act_by if consent.state == state else None)
        shop = {"shop": readers.name_of(consent.shop_id)}
        yield from readers.tell_operators("case_fee_objection", said | shop, **told)
