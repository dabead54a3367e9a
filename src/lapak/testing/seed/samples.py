"""Samples of the big market: what creators asked for, and the pieces that left the shelves for it."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lapak.affiliates.samples.models import Sample, SampleEvent, SampleTerms
from lapak.affiliates.samples.rules import NEEDS_ADDRESS, SampleState, act_by
from lapak.goods.catalogue.models import StockChange, Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.seed.goods import Change, Goods, Stocked
from lapak.testing.seed.people import People

DAY = timedelta(days=1)
AT_ONCE = 5_000
A_MONTH = 3
ORDERS_A_SAMPLE = 30
FIRST_CREATOR = 0.5
"""Of all samples; theirs have all come to their end."""

_S = SampleState
WAYS: dict[SampleState, tuple[SampleState, ...]] = {
    _S.POSTED: (_S.ASKED, _S.APPROVED, _S.SENT, _S.ARRIVED, _S.POSTED),
    _S.NOT_ARRIVED: (_S.ASKED, _S.APPROVED, _S.SENT, _S.NOT_ARRIVED),
    _S.DECLINED: (_S.ASKED, _S.DECLINED),
    _S.WITHDRAWN: (_S.ASKED, _S.WITHDRAWN),
    _S.LAPSED: (_S.ASKED, _S.LAPSED),
    _S.ARRIVED: (_S.ASKED, _S.APPROVED, _S.SENT, _S.ARRIVED),
    _S.SENT: (_S.ASKED, _S.APPROVED, _S.SENT),
    _S.APPROVED: (_S.ASKED, _S.APPROVED),
    _S.ASKED: (_S.ASKED,),
}
"""How each state is come to, a day a step."""
OVER = (_S.POSTED, _S.POSTED, _S.POSTED, _S.NOT_ARRIVED, _S.DECLINED, _S.WITHDRAWN, _S.LAPSED)
UNDER_WAY = (_S.ASKED, _S.APPROVED, _S.SENT, _S.ARRIVED)
ADDRESS = {
    "recipient": "Kreator", "phone": "081298765432", "street": "Jl. Cihampelas 9", "district": "Coblong", "city": "Bandung",
    "province_code": "32", "postal_code": "40131",
}  # fmt: skip


def bring_samples(
    people: People, goods: Sequence[Sequence[Goods]], orders: int, stocked: Stocked, chance: random.Random
) -> None:
    """Every shop gives some; one for so many orders was asked for, and what left the shelves is noted in `stocked`."""
    SampleTerms.objects.bulk_create(SampleTerms(shop=shop, a_month=A_MONTH) for shop in people.shops)
    asked = list(_asked(people, goods, orders // ORDERS_A_SAMPLE, chance))
    prices_idr = dict(Variant.objects.filter(id__in=[each.variant_id for each in asked]).values_list("id", "price_idr"))
    for each in asked:
        each.price_idr = prices_idr[each.variant_id]
    Sample.objects.bulk_create(asked, batch_size=AT_ONCE)
    SampleEvent.objects.bulk_create(
        (
            SampleEvent(sample=each, state=step, happened_at=each.asked_at + n * DAY)
            for each in asked
            for n, step in enumerate(WAYS[SampleState(each.state)])
        ),
        batch_size=AT_ONCE,
    )
    sellers = {seller.shop.id: str(seller.user_id) for seller in people.sellers}
    for each in asked:
        if _S.APPROVED in WAYS[SampleState(each.state)]:
            stocked.changes[each.variant_id].append(
                Change(-1, StockChange.Reason.SAMPLE, sellers[each.shop_id], str(each.id), each.asked_at + DAY)
            )


def _asked(people: People, goods: Sequence[Sequence[Goods]], count: int, chance: random.Random) -> Iterator[Sample]:
    """The first creator asks every shop, each other one the first shop, at most once."""
    others = iter(people.creators[1:])
    for n in range(count):
        if n % 2 == 0:
            of_shop = goods[0] if chance.random() < FIRST_CREATOR else chance.choice(goods)
            creator, state = people.creators[0], OVER[n // 2 % len(OVER)]
        elif (other := next(others, None)) is not None:
            creator, of_shop, state = other, goods[0], (*OVER, *UNDER_WAY)[n // 2 % (len(OVER) + len(UNDER_WAY))]
        else:
            continue
        each = chance.choice(of_shop)
        days_ago = len(WAYS[state]) - 0.5 if state in UNDER_WAY else chance.uniform(35, 85)
        yield _sample(people, each, state, clock.now() - days_ago * DAY, creator_id=creator.id)


def _sample(people: People, goods: Goods, state: SampleState, asked_at: datetime, **whose: object) -> Sample:
    was_sent, since = _S.SENT in WAYS[state], asked_at + (len(WAYS[state]) - 1) * DAY
    return Sample(
        id=new_id(), shop=people.shops[goods.shop], variant_id=goods.variant_id, state=state, asked_at=asked_at,
        words="Pengikut saya menunggu batik.", place="TikTok, siaran Jumat",
        address=ADDRESS if state in NEEDS_ADDRESS else {}, act_by=act_by(state, since.astimezone(clock.WIB)),
        reason="Habis." if state == _S.DECLINED else "", courier="JNE" if was_sent else "",
        tracking_number="JX0001234567" if was_sent else "",
        post="https://www.tiktok.com/@kreator/video/7301" if state == _S.POSTED else "", **whose,
    )  # fmt: skip
