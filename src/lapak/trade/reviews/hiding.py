"""The operator hides what may not be said, and shows it again. Author and shop read why; who thinks it wrong writes to Lapak,
and the second decision stands beside the first."""

import uuid

from lapak.goods.catalogue.ratings import count_stars, discount_stars
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.trade.reviews.errors import ReviewMoved
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.steps import fit_reason, for_operator, lock_review, record


@act
def hide_review(by: User, review_id: uuid.UUID, words: str) -> Review:
    """Only its author, the shop and the operator see the review, and its stars are not counted.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is hidden
    (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if review.is_hidden:
        raise ReviewMoved
    review.hidden_at, review.hidden_because = clock.now(), fit_reason(words)
    review.save(update_fields=["hidden_at", "hidden_because"])
    record(
        by, review.line, ReviewEvent.Kind.HIDDEN,
        from_stars=review.stars, to_stars=None, words=review.hidden_because,
    )  # fmt: skip
    discount_stars(review.product, review.stars)
    return review


@act
def show_review(by: User, review_id: uuid.UUID, words: str) -> Review:
    """Everybody reads the review again, and its stars are counted.

    Refuses anyone but the operator (`ReviewNotFound`), no reason (`ReviewReasonMissing`), and one that is not hidden
    (`ReviewMoved`).
    """
    review = lock_review(review_id, for_operator(by))
    if not review.is_hidden:
        raise ReviewMoved
    reason = fit_reason(words)
    review.hidden_at, review.hidden_because = None, ""
    review.save(update_fields=["hidden_at", "hidden_because"])
    record(by, review.line, ReviewEvent.Kind.SHOWN, from_stars=None, to_stars=review.stars, words=reason)
    count_stars(review.product, review.stars)
    return review
