"""Reading what a shop was before it came."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from lapak.moving.formats.registry import title_of
from lapak.moving.past.models import BROUGHT, PastCreator, PastGoods, PastIncomeMonth, PastMonth, PastReview
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
    """Whether the shop has past orders, or was told what was paid for some."""
    return PastMonth.objects.filter(shop=shop).exists() or PastIncomeMonth.objects.filter(shop=shop).exists()


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


def past_reviews_of(product_id: uuid.UUID) -> QuerySet[PastReview]:
    """What was said of a product elsewhere, newest first."""
    return PastReview.objects.filter(product=product_id).order_by("-written_at", "-id")


def creators_of_past(shop: Shop) -> QuerySet[PastCreator]:
    """Who promoted the shop elsewhere, those who sold most first."""
    return PastCreator.objects.filter(shop=shop).order_by("-goods_idr", "id")
