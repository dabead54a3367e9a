"""What creators brought a shop, and what that cost it: for the creators of one page, never for all."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Sum

from lapak.affiliates.models import Commission
from lapak.affiliates.posts.models import Post
from lapak.affiliates.rules import State
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.samples.queries import given
from lapak.lib import clock
from lapak.people.shops.models import Shop

PERIODS_DAYS = (30, 90, 365)
"""That a shop may look back over."""


@dataclass(frozen=True, slots=True)
class Brought:
    """By one creator, in a period: orders, what their lines cost the buyers, the commission on them, the fees for posts, and the
    pieces given."""

    orders: int = 0
    sales_idr: int = 0
    commission_idr: int = 0
    fees_idr: int = 0
    samples_idr: int = 0

    @property
    def cost_idr(self) -> int:
        return self.commission_idr + self.fees_idr + self.samples_idr

    @property
    def sold_for_each(self) -> Decimal | None:
        """How many rupiah were sold for each that it cost, to a tenth, rounded down; None where it cost nothing."""
        return Decimal(self.sales_idr * 10 // self.cost_idr) / 10 if self.cost_idr else None


def brought_to(shop: Shop, creator_ids: Collection[uuid.UUID], days: int) -> dict[uuid.UUID, Brought]:
    """Of each of these creators, in the last `days`. Three queries. What was reversed is not counted, nor what Lapak paid."""
    since = clock.now() - timedelta(days=days)
    fees, samples = _paid(shop, creator_ids, since), _given(shop, creator_ids, since)
    earning = Commission.objects.filter(creator__in=creator_ids, programme__shop=shop, created_at__gte=since)
    sums = (
        earning.exclude(state=State.REVERSED)
        .order_by()
        .values_list("creator_id")
        .annotate(orders=Count("order_id", distinct=True), sales=Sum("base_idr"), earned=Sum("amount_idr"))
    )
    sold = {creator_id: (orders, int(sales), int(earned)) for creator_id, orders, sales, earned in sums}
    return {id_: _brought(sold.get(id_, (0, 0, 0)), fees.get(id_, 0), samples.get(id_, 0)) for id_ in creator_ids}


def _brought(sold: tuple[int, int, int], fees_idr: int, samples_idr: int) -> Brought:
    orders, sales_idr, commission_idr = sold
    return Brought(orders, sales_idr, commission_idr, fees_idr, samples_idr)


def _paid(shop: Shop, creator_ids: Collection[uuid.UUID], since: datetime) -> dict[uuid.UUID, int]:
    """Fees that have reached their creators."""
    posts = Post.objects.filter(shop=shop, creator__in=creator_ids, credited_at__gte=since)
    sums = posts.order_by().values_list("creator_id").annotate(fees=Sum("fee_idr"))
    return {creator_id: int(fees) for creator_id, fees in sums}


def _given(shop: Shop, creator_ids: Collection[uuid.UUID], since: datetime) -> dict[uuid.UUID, int]:
    samples = Sample.objects.filter(given(), shop=shop, creator__in=creator_ids, asked_at__gte=since)
    sums = samples.order_by().values_list("creator_id").annotate(worth=Sum("price_idr"))
    return {creator_id: int(worth) for creator_id, worth in sums}
