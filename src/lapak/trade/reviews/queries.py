"""Reading reviews, and the gates to each."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from lapak.goods.catalogue.models import ProductImage
from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import is_member, shops_of_seller, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk, works_at
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.orders.rules import is_over
from lapak.trade.reviews.errors import ReviewNotFound
from lapak.trade.reviews.models import Review, ReviewEvent, ReviewPicture, ReviewReport
from lapak.trade.reviews.rules import changed_until, may_be_reviewed


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reviews of a product are wanted: those that gave so many stars (0: any), those with pictures, and those that come
    after the one named, in the list's order."""

    stars: int = 0
    with_pictures: bool = False
    after: uuid.UUID | None = None


def reviews_of_product(product_id: uuid.UUID, asked: Asked = Asked()) -> QuerySet[Review]:
    """What everybody reads of a product, newest first, with pictures and what was bought."""
    shown = _whole(Review.objects.filter(product=product_id, hidden_at=None))
    if asked.stars:
        shown = shown.filter(stars=asked.stars)
    if asked.with_pictures:
        shown = shown.filter(picture_count__gt=0)
    last = Review.objects.filter(id=asked.after, product=product_id).first() if asked.after else None
    if last:
        earlier = Q(written_at=last.written_at, id__lt=last.id) | Q(written_at__lt=last.written_at)
        shown = shown.filter(earlier, written_at__lte=last.written_at)
    return shown.order_by("-written_at", "-id")


def line_for_buyer(user: User, line_id: uuid.UUID) -> OrderLine:
    """The order line with its order, for the one who bought it; `ReviewNotFound` for everyone else."""
    line = _with_goods(OrderLine.objects.filter(id=line_id, order__buyer=user)).first()
    if line is None:
        raise ReviewNotFound
    return line


def review_of_line(line: OrderLine) -> Review | None:
    """What its buyer says of it, hidden or not."""
    return _whole(Review.objects.filter(line=line)).first()


def may_write_review(user: User, line: OrderLine) -> bool:
    """Whether `write_review` would not refuse the line's buyer outright."""
    return (
        may_be_reviewed(line.order.state, line.remaining_quantity)
        and not is_member(user, line.order.shop_id)
        and not said_of([line.id])
    )


def said_of(line_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the order lines that were first reviewed so long ago that a review could not be changed any more."""
    written = ReviewEvent.objects.filter(line__in=line_ids, kind=ReviewEvent.Kind.WRITTEN)
    first = written.values_list("line").annotate(at=Min("happened_at"))
    return {line_id for line_id, at in first if is_over(changed_until(at.astimezone(WIB)), clock.now())}


def review_of_author(user: User, review_id: uuid.UUID) -> Review:
    """The review, for the one who wrote it; `ReviewNotFound` for everyone else."""
    return _one(Review.objects.filter(id=review_id, author=user))


def review_for_seller(user: User, line_id: uuid.UUID) -> Review:
    """What the buyer says of the order line, for one who deals with the orders of its shop; `ReviewNotFound` for everyone
    else."""
    own = Review.objects.filter(line=line_id, shop__in=shops_of_seller(user, Duty.ORDERS))
    return _one(_whole(own).select_related("product"))


def review_for_operator(user: User, review_id: uuid.UUID) -> Review:
    """The review, for the operator; `ReviewNotFound` for everyone else."""
    require_desk(user, Desk.REVIEWS, ReviewNotFound)
    return _one(_whole(Review.objects.filter(id=review_id)).select_related("product"))


def reviews_of_order(order: Order) -> list[tuple[OrderLine, Review | None]]:
    """The order's lines that were reviewed or may be, each with its review."""
    written: Mapping[uuid.UUID, Review] = {
        review.line_id: review for review in Review.objects.filter(line__in=order.lines.all())
    }
    open_ = [
        line.id
        for line in order.lines.all()
        if line.id not in written and may_be_reviewed(order.state, line.remaining_quantity)
    ]
    shown = {*written, *open_} - (said_of(open_) if open_ else set())
    return [(line, written.get(line.id)) for line in order.lines.all() if line.id in shown]


def reviews_of_shop(shop: Shop, *, only_unanswered: bool = False) -> QuerySet[Review]:
    """What is said of a shop's goods, newest first, also what is hidden; or what waits for its answer."""
    reviews = _whole(Review.objects.filter(shop=shop)).select_related("product")
    if only_unanswered:
        reviews = reviews.filter(hidden_at=None, answered_at=None)
    return reviews.order_by("-written_at", "-id")


def newest_reviews() -> QuerySet[Review]:
    """Of all shops, for the operator."""
    return _whole(Review.objects.select_related("product")).order_by("-written_at", "-id")


def reported_reviews() -> QuerySet[Review]:
    """What waits for the operator: what was reported first first, with how many reports of it wait."""
    waiting = Count("reports", filter=Q(reports__decision=None))
    reported = _whole(Review.objects.filter(reported_at__isnull=False)).annotate(report_count=waiting)
    return reported.order_by("reported_at", "id")


def count_reported() -> int:
    """How many reviews wait for the operator."""
    return Review.objects.filter(reported_at__isnull=False).count()


def reports_of_review(review: Review) -> QuerySet[ReviewReport]:
    """Who said what of it, the last first, decided or not."""
    return review.reports.select_related("reporter", "decision").order_by("-reported_at", "-id")


def has_reported(user: User, review: Review) -> bool:
    """Whether they reported what stands there now, or their report of it still waits."""
    own = ReviewReport.objects.filter(review=review, reporter=user)
    return own.filter(decision=None).exists() or own.filter(reported_at__gte=review.last_said_at).exists()


def shown_review(review_id: uuid.UUID) -> Review:
    """The review as everybody reads it; `ReviewNotFound` for one that is hidden."""
    return _one(_whole(Review.objects.filter(id=review_id, hidden_at=None)).select_related("product"))


def events_of_review(review: Review) -> QuerySet[ReviewEvent]:
    """What was done with what its buyer said of the line, the first first; also with what was deleted before."""
    return ReviewEvent.objects.filter(line=review.line_id).select_related("actor").order_by("happened_at", "id")


def picture_of_review(user: User | None, picture_id: uuid.UUID) -> tuple[ReviewPicture, bool]:
    """The picture, and whether everybody may see it; of a hidden review it is for its author, those who deal with the shop's
    orders and the operator, and `ReviewNotFound` for everyone else."""
    picture = ReviewPicture.objects.filter(id=picture_id).select_related("review").first()
    if picture is None or not (picture.review.hidden_at is None or _may_see_hidden(user, picture.review)):
        raise ReviewNotFound
    return picture, not picture.review.is_hidden


def _may_see_hidden(user: User | None, review: Review) -> bool:
    if user is None:
        return False
    is_theirs = review.author_id == user.id or works_at(user, Desk.REVIEWS)
    return is_theirs or works_for(user, review.shop_id, Duty.ORDERS)


def _whole(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("author", "line", "shop").prefetch_related("pictures")


def _with_goods(lines: QuerySet[OrderLine]) -> QuerySet[OrderLine]:
    first_image = ProductImage.objects.filter(position=0).select_related("image")
    return lines.select_related("order__shop", "variant__product").prefetch_related(
        Prefetch("variant__product__images", first_image)
    )


def _one(reviews: QuerySet[Review]) -> Review:
    found = reviews.first()
    if found is None:
        raise ReviewNotFound
    return found
