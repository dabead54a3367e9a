"""What every change of a review shares: locked for whoever may, fit to be shown, recorded."""

import re
import uuid
from collections.abc import Callable

from lapak.goods.catalogue.rules import STARS
from lapak.lib import clock
from lapak.lib.written import LONGEST_STORY
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, is_let_in
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.errors import ReviewNotFound, ReviewReasonMissing, ReviewWordsRefused, StarsRefused
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.rules import LONGEST_REVIEW

_EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")

Gate = Callable[[Review], bool]
"""Whose the review is, asked of the locked one."""


def lock_review(review_id: uuid.UUID, gate: Gate) -> Review:
    """The review with its line and product, held until the transaction ends; `ReviewNotFound` if there is none, and for whom
    the gate does not let through."""
    locked = Review.objects.select_for_update(of=("self",), no_key=True).select_related("line", "product")
    review = locked.filter(id=review_id).first()
    if review is None or not gate(review):
        raise ReviewNotFound
    return review


def for_author(by: User) -> Gate:
    """The one who wrote it."""
    return lambda review: review.author_id == by.id


def for_shop(by: User) -> Gate:
    """One who deals with the orders of the shop; `NotYourDuty` for the others who work there."""
    return lambda review: works_for(by, review.shop_id, Duty.ORDERS)


def for_operator(by: User) -> Gate:
    """Whoever runs the marketplace."""
    return lambda _review: is_let_in(by, Desk.REVIEWS)


def fit_stars(stars: int) -> int:
    """One to five, else `StarsRefused`."""
    if stars not in STARS:
        raise StarsRefused
    return stars


def fit_words(words: str) -> str:
    """Without the space around them, or none at all; too many are `ReviewWordsRefused`. Of empty lines one is left between
    two that say something: nobody fills the goods' page with nothing."""
    words = _EMPTY_LINES.sub("\n\n", words.strip())
    if len(words) > LONGEST_REVIEW:
        raise ReviewWordsRefused
    return words


def fit_reason(words: str) -> str:
    """Why the operator decides so; `ReviewReasonMissing` without, or with more than `LONGEST_STORY`."""
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_STORY:
        raise ReviewReasonMissing
    return words


def record(
    by: User,
    line: OrderLine,
    kind: ReviewEvent.Kind,
    *,
    from_stars: int | None,
    to_stars: int | None,
    words: str = "",
) -> ReviewEvent:
    """What was done stays on record."""
    return ReviewEvent.objects.create(
        line=line,
        shop_id=line.shop_id,
        kind=kind,
        from_stars=from_stars,
        to_stars=to_stars,
        actor=by,
        words=words,
        happened_at=clock.now(),
    )
