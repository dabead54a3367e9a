"""Reading what a shop was before it came."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.moving.formats.registry import title_of
from lapak.moving.past.models import BROUGHT, PastCreator, PastGoods, PastLine, PastMonth
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class Past:
    """A shop at one platform: its months from the first to the last, in which nothing may have been sold, and all of them."""

    platform: str
    title: str
    months: list[PastMonth]

    @property
    def orders(self) -> int:
        return sum(month.orders for month in self.months)

    @property
    def completed(self) -> int:
        return sum(month.completed for month in self.months)

    @property
    def goods_idr(self) -> int:
        return sum(month.goods_idr for month in self.months)


def has_past(shop: Shop) -> bool:
    """Whether the shop has past orders."""
    return PastMonth.objects.filter(shop=shop).exists()


def pasts_of_shop(shop: Shop) -> list[Past]:
    """The platforms from which the shop has past orders, the one with most of them first."""
    by_platform: dict[str, list[PastMonth]] = {}
    for month in PastMonth.objects.filter(shop=shop).order_by("month"):
        by_platform.setdefault(month.platform, []).append(month)
    pasts = [Past(platform, title_of(platform), months) for platform, months in by_platform.items()]
    return sorted(pasts, key=lambda past: past.orders, reverse=True)


def best_sellers(shop: Shop, platform: str) -> QuerySet[PastGoods]:
    """What the shop sold at the platform, the most pieces first."""
    sold = PastGoods.objects.filter(shop=shop, platform=platform)
    return sold.select_related("product").order_by("-pieces", "id")


def brought_past(shop_id: uuid.UUID, upload_id: uuid.UUID) -> bool:
    """Whether the upload was the first to bring anything of the shop's past."""
    return any(rows.filter(shop=shop_id, upload_id=upload_id).exists() for rows in BROUGHT)


def creators_of_past(shop: Shop) -> QuerySet[PastCreator]:
    """Who promoted the shop elsewhere, those who sold most first."""
    return PastCreator.objects.filter(shop=shop).order_by("-goods_idr", "id")


COLUMNS = (
    "order", "placed_at", "state", "buyer", "total_idr", "sku_id", "seller_sku", "product", "variation", "quantity",
    "returned", "goods_idr",
)  # fmt: skip


def past_rows(shop: Shop, platform: str) -> Iterator[tuple[str, ...]]:
    """All the shop's past orders at a platform as rows under `COLUMNS`, oldest first, an order's own fields on each of its
    lines: moments as in Jakarta, the buyer as a pseudonym."""
    lines = PastLine.objects.filter(order__shop=shop, order__platform=platform).select_related("order")
    for line in lines.order_by("order__placed_at", "order_id", "id").iterator(chunk_size=2_000):
        order = line.order
        yield (
            order.source_id,
            order.placed_at.astimezone(clock.WIB).isoformat(sep=" ", timespec="seconds"),
            order.state,
            order.buyer,
            "" if order.total_idr is None else str(order.total_idr),
            line.sku_id,
            line.seller_sku,
            line.title,
            line.variation,
            str(line.quantity),
            str(line.returned),
            str(line.goods_idr),
        )
