"""Samples as creators and shops read them, and the gates of both."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapak.affiliates.models import Creator, Membership
from lapak.affiliates.queries import paying, promotes
from lapak.affiliates.rules import words_sought
from lapak.affiliates.samples.errors import SampleNotFound
from lapak.affiliates.samples.models import Sample, SampleEvent, SampleTerms
from lapak.affiliates.samples.rules import (
    AFTER_ITS_TIME,
    BEFORE_SENDING,
    MOST_OPEN,
    UNDER_WAY,
    SampleState,
    remembered_since,
)
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.catalogue.on_sale import on_sale, variants_on_sale
from lapak.lib import clock
from lapak.lib.days import begin_of
from lapak.people.shops.closings import closings_begun_for
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

_SHOWN = ("shop", "creator", "variant__product")


def samples_of_creator(creator: Creator) -> QuerySet[Sample]:
    """What a creator asked for, newest first."""
    return Sample.objects.filter(creator=creator).order_by("-asked_at", "-id")


def samples_of_shop(shop: Shop, state: str = "") -> QuerySet[Sample]:
    """What a shop was asked for, newest first; in one state only, if one is named."""
    found = Sample.objects.filter(shop=shop)
    return (found.filter(state=state) if state else found).order_by("-asked_at", "-id")


def samples_shown(ids: Collection[uuid.UUID]) -> list[Sample]:
    """These, newest first, with what a list shows of each."""
    found = Sample.objects.filter(id__in=ids).select_related(*_SHOWN)
    return list(found.order_by("-asked_at", "-id"))


def sample_for_creator(user: User, sample_id: uuid.UUID) -> Sample:
    """The sample, for the creator who asked for it; `SampleNotFound` for everyone else."""
    sample = Sample.objects.filter(id=sample_id, creator__user=user).select_related(*_SHOWN).first()
    if sample is None:
        raise SampleNotFound
    return sample


def sample_for_seller(user: User, sample_id: uuid.UUID) -> Sample:
    """The sample, for who agrees with creators in its shop; `SampleNotFound` for a stranger."""
    sample = Sample.objects.filter(id=sample_id).select_related(*_SHOWN).first()
    if sample is None or not works_for(user, sample.shop_id, Duty.PROMOTION):
        raise SampleNotFound
    return sample


def events_of_sample(sample: Sample) -> QuerySet[SampleEvent]:
    """What happened to it, the oldest first."""
    return SampleEvent.objects.filter(sample=sample).order_by("happened_at", "id")


def samples_a_month(shop: Shop) -> int:
    """How many the shop gives one creator in a month; 0: none."""
    return SampleTerms.objects.filter(shop=shop).values_list("a_month", flat=True).first() or 0


def samples_to_answer(shop: Shop) -> int:
    """How many wait for the shop's answer."""
    return samples_of_shop(shop, SampleState.ASKED).count()


def goods_to_ask_for(creator: Creator, words: str = "") -> QuerySet[Product, uuid.UUID]:
    """Of the shops that the creator promotes and that give samples, the goods on sale, newest first; ids alone, narrowed to those
    whose title or shop has all the words."""
    joined = paying(Membership.objects.filter(creator=creator, programme__shop=OuterRef("shop")))
    goods = on_sale().filter(Exists(joined), shop__sample_terms__a_month__gt=0)
    for word in words_sought(words):
        goods = goods.filter(Q(title__icontains=word) | Q(shop__name__icontains=word))
    return goods.order_by("-created_at", "-id").values_list("id", flat=True)


def variants_to_ask_for(product_id: uuid.UUID | None) -> QuerySet[Variant]:
    """Which of a product a creator may choose, in its order."""
    return variants_on_sale().filter(product=product_id).order_by("position", "id")


def asked_this_month(creator: Creator, shop: Shop) -> int:
    """Of the shop's number for a month, how many the creator has asked for; what came to nothing before it was sent is not
    counted."""
    since = begin_of(clock.today().replace(day=1), clock.WIB)
    counted = samples_of_creator(creator).filter(Q(state__in=UNDER_WAY) | given(), shop=shop, asked_at__gte=since)
    return counted.count()


def given() -> Q:
    """What has left the shop, and cost it a piece, whatever became of it."""
    return ~Q(tracking_number="")


def can_be_shown(sample: Sample) -> bool:
    """Whether whoever sees it could buy it, and the creator earn by it."""
    is_sold = not sells_no_more(sample.shop) and variants_on_sale().filter(id=sample.variant_id).exists()
    return is_sold and promotes(sample.creator, sample.shop)


def sells_no_more(shop: Shop) -> bool:
    """Whether its orders have stopped, alone or with the marketplace: nobody could buy what is shown."""
    return closings_begun_for(shop).exists()


def open_samples(creator: Creator) -> int:
    """How many of a creator's are under way, or were lately not shown."""
    unshown = Q(state=SampleState.UNPOSTED, asked_at__gt=remembered_since(_now()))
    return samples_of_creator(creator).filter(Q(state__in=UNDER_WAY) | unshown).count()


def most_open() -> int:
    """As many as there may be, today."""
    return MOST_OPEN.on(clock.today())


def samples_past_time() -> QuerySet[Sample]:
    """Those whose time in their state is over, the oldest first."""
    return Sample.objects.filter(state__in=AFTER_ITS_TIME, act_by__lte=clock.now()).order_by("act_by", "id")


def samples_without_ground() -> QuerySet[Sample]:
    """What was not sent, and whose shop, creator or programme is no longer there for it; the oldest first."""
    joined = paying(Membership.objects.filter(creator=OuterRef("creator"), programme__shop=OuterRef("shop")))
    waiting = Sample.objects.filter(state__in=BEFORE_SENDING)
    gone = Q(shop__is_open=False) | Q(creator__user__is_active=False) | Q(creator__closed_from__lte=clock.now())
    sells_no_more = Exists(closings_begun_for(OuterRef("shop")))
    return waiting.filter(gone | sells_no_more | ~Exists(joined)).order_by("act_by", "id")


def has_no_ground(sample: Sample) -> bool:
    """Whether the (locked) sample is one of these."""
    return samples_without_ground().filter(id=sample.id).exists()


def _now() -> datetime:
    return clock.now().astimezone(clock.WIB)
