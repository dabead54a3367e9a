"""Reading what a shop was before it came."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lapak.goods.catalogue.models import Product
from lapak.moving.formats.registry import title_of
from lapak.moving.past.models import (
    BROUGHT,
    PastCreator,
    PastGoods,
    PastIncomeMonth,
    PastMonth,
    PastReview,
    PastReviewReport,
)
from lapak.people.audit.models import Change
from lapak.people.audit.rules import Kind
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.trade.reviews.errors import ReviewNotFound


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
    """What was said of a product elsewhere, newest first; not what is hidden."""
    return PastReview.objects.filter(product=product_id, hidden_at=None).order_by("-written_at", "-id")


def was_reviewed_before(product_id: uuid.UUID) -> bool:
    """Whether anything was said of it elsewhere, hidden by now or not."""
    return PastReview.objects.filter(product=product_id).exists()


def shown_past_review(review_id: int) -> tuple[PastReview, Product]:
    """The review as everybody reads it, and its goods; `ReviewNotFound` for one that is hidden, or of goods that are not here."""
    review = _one(PastReview.objects.filter(id=review_id, hidden_at=None))
    if review.product is None:
        raise ReviewNotFound
    return review, review.product


def past_review_for_operator(user: User, review_id: int) -> PastReview:
    """The review, for the operator; `ReviewNotFound` for everyone else."""
    require_desk(user, Desk.REVIEWS, ReviewNotFound)
    return _one(PastReview.objects.filter(id=review_id))


def reported_past_reviews() -> QuerySet[PastReview]:
    """What waits for the operator: what was reported first first, with how many reports of it wait."""
    waiting = Count("reports", filter=Q(reports__decision=None))
    reported = PastReview.objects.filter(reported_at__isnull=False).select_related("product", "shop")
    return reported.annotate(report_count=waiting).order_by("reported_at", "id")


def count_reported_past() -> int:
    """How many reviews from elsewhere wait for the operator."""
    return PastReview.objects.filter(reported_at__isnull=False).count()


def reports_of_past_review(review: PastReview) -> QuerySet[PastReviewReport]:
    """Who said what of it, the last first, decided or not."""
    return review.reports.select_related("reporter", "decision").order_by("-reported_at", "-id")


def has_reported_past(user: User, review: PastReview) -> bool:
    """Whether they ever did: nobody here changes what was written elsewhere."""
    return PastReviewReport.objects.filter(review=review, reporter=user).exists()


def changes_of_past_review(review: PastReview) -> QuerySet[Change]:
    """What was done with it, the first first."""
    return Change.objects.filter(kind=Kind.PAST_REVIEW, subject_id=str(review.pk)).order_by("happened_at", "id")


def creators_of_past(shop: Shop) -> QuerySet[PastCreator]:
    """Who promoted the shop elsewhere, those who sold most first."""
    return PastCreator.objects.filter(shop=shop).order_by("-goods_idr", "id")


def _one(reviews: QuerySet[PastReview]) -> PastReview:
    found = reviews.select_related("product", "shop").first()
    if found is None:
        raise ReviewNotFound
    return found
