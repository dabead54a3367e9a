"""What is told of samples: each step to the other side, and what runs out to whoever has to do something."""

import uuid
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from lapak.affiliates.samples.models import Sample, SampleEvent
from lapak.affiliates.samples.rules import SampleState
from lapak.flows.tell_people.readers import readers_of, when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

SOON = timedelta(hours=24)
"""As of every deadline by which someone would lose by silence."""

_S = SampleState

TOLD_CREATOR = {
    _S.APPROVED: "sample_approved",
    _S.DECLINED: "sample_declined",
    _S.CALLED_OFF: "sample_called_off",
    _S.LAPSED: "sample_lapsed",
    _S.ENDED: "sample_ended",
    _S.SENT: "sample_sent",
    _S.ARRIVED: "sample_arrived",
    _S.UNPOSTED: "sample_unposted",
}

TOLD_SHOP = {
    _S.ASKED: "shop_sample_asked",
    _S.WITHDRAWN: "shop_sample_withdrawn",
    _S.LAPSED: "shop_sample_lapsed",
    _S.ENDED: "shop_sample_ended",
    _S.NOT_ARRIVED: "shop_sample_not_arrived",
    _S.POSTED: "shop_sample_posted",
    _S.UNPOSTED: "shop_sample_unposted",
}

SOON_FOR_SHOP = {_S.ASKED: "shop_sample_answer_soon", _S.APPROVED: "shop_sample_send_soon"}
SOON_FOR_CREATOR = {_S.SENT: "sample_arrives_soon", _S.ARRIVED: "sample_post_soon"}


def of_samples(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each step. A creator who says that it is there is not told so."""
    of_these = SampleEvent.objects.filter(id__in=event_ids)
    events = list(of_these.select_related("sample__creator", "sample__variant__product").order_by("happened_at", "id"))
    readers = readers_of({event.sample.shop_id for event in events})
    for event in events:
        sample, state = event.sample, _S(event.state)
        said, told = _said_of(sample, readers.name_of(sample.shop_id)), when(event.id, event.happened_at, sample.act_by)
        if fact := TOLD_SHOP.get(state):
            yield from readers.tell_promoting(sample.shop_id, fact, said, **told)
        if (fact := TOLD_CREATOR.get(state)) and event.actor_id != sample.creator.user_id:
            yield Telling(fact=fact, reader_id=sample.creator.user_id, said=said, **told)


def of_samples_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """Whose state ends then."""
    due = Sample.objects.filter(act_by__gt=since, act_by__lte=until, state__in=[*SOON_FOR_SHOP, *SOON_FOR_CREATOR])
    samples = list(due.select_related("creator", "variant__product").order_by("act_by", "id"))
    readers = readers_of({sample.shop_id for sample in samples})
    for sample in samples:
        said, state = _said_of(sample, readers.name_of(sample.shop_id)), _S(sample.state)
        told = when(derived_id(sample.id, sample.state, "due"), until - SOON, sample.act_by)
        if fact := SOON_FOR_SHOP.get(state):
            yield from readers.tell_promoting(sample.shop_id, fact, said, **told)
        else:
            yield Telling(fact=SOON_FOR_CREATOR[state], reader_id=sample.creator.user_id, said=said, **told)


def _said_of(sample: Sample, shop: str) -> dict[str, Any]:
    return {
        "sample_id": str(sample.id),
        "creator": str(sample.creator),
        "goods": name_in_a_line(sample.variant.product.title),
        "shop": shop,
    }
